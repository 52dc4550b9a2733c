//! How fast the generated server and client are, beside what one would write by hand.
//!
//! A second process serves `POST /groups/{id}/threads` at three ports, with a handler that does nothing: by the generated
//! server, guard and all, as it is served in production and as a router of axum, and by axum alone, with structs that
//! serde derives for the same JSON. This process asks them in turn, over connections that stay open; then it calls the
//! last one by the generated client and by reqwest and serde, in turn. Each figure is the best of several rounds, since
//! the machine does other things, too. Then one client asks the generated server while a thousand slow connections are open.
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

    /// The better of two rounds.
    fn best(self, other: Self) -> Self {
        if other.per_second > self.per_second { other } else { self }
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

const ROUNDS: usize = 7;
/// Of a client in a round.
const CALLS: usize = 5_000;

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
        let mut ours: Option<Figures> = None;
        let mut router: Option<Figures> = None;
        let mut peer: Option<Figures> = None;
        for _ in 0..ROUNDS {
            let round = load::round(&servers.generated).await?;
            ours = Some(ours.map_or(round, |best| best.best(round)));
            let round = load::round(&servers.router).await?;
            router = Some(router.map_or(round, |best| best.best(round)));
            let round = load::round(&servers.by_hand).await?;
            peer = Some(peer.map_or(round, |best| best.best(round)));
        }
        let (Some(ours), Some(router), Some(peer)) = (ours, router, peer) else {
            return Err("no rounds".into());
        };
        ours.row("generated server, guard and all");
        router.row("the same as a router of axum");
        peer.row("axum and serde by hand, no guard");
        let ratio = |ours: Figures| ours.per_second / peer.per_second;
        println!("ratio {:.2} (at least 0.90 is wanted), {:.2}\n", ratio(ours), ratio(router));

        println!("client: create thread, one call after the other, against axum by hand");
        let mut ours: Option<Figures> = None;
        let mut peer: Option<Figures> = None;
        for _ in 0..ROUNDS {
            let round = calls::generated(&servers.by_hand, CALLS).await?;
            ours = Some(ours.map_or(round, |best| best.best(round)));
            let round = calls::by_hand(&servers.by_hand, CALLS).await?;
            peer = Some(peer.map_or(round, |best| best.best(round)));
        }
        let (Some(ours), Some(peer)) = (ours, peer) else { return Err("no rounds".into()) };
        ours.row("generated client");
        peer.row("reqwest and serde by hand");
        let ratio = peer.per_second / ours.per_second;
        println!("time per call {ratio:.2} (at most 1.10 is wanted)\n");
        slow::run(&servers).await
    })
}
