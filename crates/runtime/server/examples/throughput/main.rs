//! How fast the generated server and client are, beside what one would write by hand.
//!
//! A second process serves `POST /groups/{id}/threads` at three ports, with a handler that does nothing: by the generated
//! server, guard and all, as it is served in production and as a router of axum, and by axum alone, with structs that
//! serde derives for the same JSON. This process asks them in turn, over connections that stay open; then it calls the
//! last one by the generated client and by reqwest and serde, in turn. Each figure is that of the best round, and each
//! ratio the median of the rounds', since the machine does other things, too. Then one client asks the generated server
//! while a thousand slow connections are open.
//!
//! ```text
//! cargo bench-throughput
//! ```

mod by_hand;
mod calls;
mod count;
mod load;
mod serve;
mod slow;

use std::error::Error;
use std::time::Duration;

/// What a caller sees of some requests.
#[derive(Debug, Clone, Copy)]
struct Figures {
    per_second: f64,
    p50: Duration,
    p99: Duration,
}

impl Figures {
    /// Those of requests that took these times, `elapsed` in all.
    fn of(mut times: Vec<Duration>, elapsed: Duration) -> Self {
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        Self { per_second: times.len() as f64 / elapsed.as_secs_f64(), p50: at(0.5), p99: at(0.99) }
    }

    fn row(&self, name: &str) {
        let micros = |time: Duration| time.as_secs_f64() * 1e6;
        println!(
            "{name:<44} {:>9.0}/s   p50 {:>7.1} µs   p99 {:>7.1} µs",
            self.per_second,
            micros(self.p50),
            micros(self.p99)
        );
    }
}

/// What several rounds have seen of one.
#[derive(Default)]
struct Seen(Vec<Figures>);

impl Seen {
    /// The best round.
    fn row(&self, name: &str) {
        let fastest = |a: &&Figures, b: &&Figures| a.per_second.total_cmp(&b.per_second);
        if let Some(best) = self.0.iter().max_by(fastest) {
            best.row(name);
        }
    }

    /// A figure beside that of another: the median of what each round says, since both of a round had the same machine.
    fn ratio(&self, other: &Self, figure: impl Fn(&Figures) -> f64) -> f64 {
        let rounds = self.0.iter().zip(&other.0);
        let mut ratios: Vec<f64> =
            rounds.map(|(ours, theirs)| figure(ours) / figure(theirs)).collect();
        ratios.sort_unstable_by(f64::total_cmp);
        ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// How many requests a second it answered, beside another.
    fn rate(&self, other: &Self) -> f64 {
        self.ratio(other, |figures| figures.per_second)
    }

    /// Tells how long a request took beside another's.
    fn times(&self, other: &Self) {
        let p50 = self.ratio(other, |figures| figures.p50.as_secs_f64());
        let p99 = self.ratio(other, |figures| figures.p99.as_secs_f64());
        println!("p50 {p50:.2} × theirs, p99 {p99:.2} ×\n");
    }
}

const ROUNDS: usize = 31;
/// Of a client in a round.
const CALLS: usize = 1_500;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => {}
        ["serve"] => return serve::serve(),
        ["count", what, number] => return count::run(what, number.parse()?),
        _ => return Err("usage: cargo bench-throughput [count WHAT NUMBER]".into()),
    }
    let servers = serve::Servers::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        println!("server: create thread, 32 connections, a handler that does nothing");
        let (mut ours, mut router, mut peer) = (Seen::default(), Seen::default(), Seen::default());
        for _ in 0..ROUNDS {
            ours.0.push(load::round(&servers.generated).await?);
            router.0.push(load::round(&servers.router).await?);
            peer.0.push(load::round(&servers.by_hand).await?);
        }
        ours.row("generated server, guard and all");
        router.row("the same as a router of axum");
        peer.row("axum and serde by hand, no guard");
        let (rate, as_router) = (ours.rate(&peer), router.rate(&peer));
        println!("ratio {rate:.2} (at least 0.90 is wanted), as a router {as_router:.2}");
        ours.times(&peer);

        println!("client: create thread, one call after the other, against axum by hand");
        let (mut ours, mut peer) = (Seen::default(), Seen::default());
        for _ in 0..ROUNDS {
            ours.0.push(calls::generated(&servers.by_hand, CALLS).await?);
            peer.0.push(calls::by_hand(&servers.by_hand, CALLS).await?);
        }
        ours.row("generated client");
        peer.row("reqwest and serde by hand");
        println!("time per call {:.2} (at most 1.10 is wanted)", peer.rate(&ours));
        ours.times(&peer);
        slow::run(&servers).await
    })
}
