//! Slow connections: a thousand that hold a place each, and say little or nothing, while one good client asks.
//!
//! Half of them send a byte of a request's head every second, the other half nothing. What is told is how long the good
//! client waits, with and without them, and how much memory the server takes. They end with this process; the server's
//! header timeout would close them after thirty seconds.

use std::error::Error;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::load;
use crate::serve::Servers;

const CONNECTIONS: usize = 1_000;
/// So many that they take seconds.
const REQUESTS: usize = 200_000;

/// Asks with and without slow connections, and prints what it took.
pub(crate) async fn run(servers: &Servers) -> Result<(), Box<dyn Error>> {
    println!("load: create thread, one request after the other, while slow connections are open");
    let address = &servers.generated;
    load::alone(address, REQUESTS).await?.row("no slow connection");
    let before = servers.resident();
    let mut slow = JoinSet::new();
    for number in 0..CONNECTIONS {
        match TcpStream::connect(address).await {
            Ok(stream) => slow.spawn(trickle(stream, number % 2 == 0)),
            Err(error) => {
                println!("only {number} connections: {error} (see `ulimit -n`)");
                break;
            }
        };
    }
    let number = slow.len();
    // So that all are accepted.
    load::alone(address, 1_000).await?;
    let began = Instant::now();
    let figures = load::alone(address, REQUESTS).await?;
    figures.row(&format!("{number} slow connections"));
    if let Some(ended) = slow.try_join_next() {
        return Err(format!("a slow connection ended before its time: {ended:?}").into());
    }
    println!(
        "p99 {:.2} ms over {:.1} s (less than 50 ms is wanted)",
        figures.p99.as_secs_f64() * 1e3,
        began.elapsed().as_secs_f64()
    );
    match (before, servers.resident()) {
        (Some(before), Some(with)) => println!(
            "resident memory of the server: {before} kB, {with} kB with them ({:.1} kB each)",
            with.saturating_sub(before) as f64 / number.max(1) as f64
        ),
        _ => println!("resident memory of the server: not told by this system"),
    }
    Ok(())
}

/// Keeps a connection open as long as the server does, and sends a byte of a head every second where it `talks`.
async fn trickle(mut stream: TcpStream, talks: bool) -> std::io::Result<()> {
    let mut head = b"POST /v1.0/groups HTTP/1.1\r\nX-Slow: ".iter().chain(b"a".iter().cycle());
    let mut every = tokio::time::interval(Duration::from_secs(1));
    let mut byte = [0];
    loop {
        tokio::select! {
            _ = every.tick(), if talks => {
                if let Some(byte) = head.next() {
                    stream.write_all(&[*byte]).await?;
                }
            }
            // Nothing comes but the end.
            read = stream.read(&mut byte) => return read.map(|_| ()),
        }
    }
}
