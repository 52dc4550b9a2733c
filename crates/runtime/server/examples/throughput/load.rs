//! The load: requests as bytes, over connections that stay open, so that little but the server is measured.

use std::error::Error;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::Figures;
use crate::by_hand::thread;
use crate::serve::TOKEN;

/// What is asked for.
pub(crate) const PATH: &str = "/v1.0/groups/29981b6a-0e57-42dc-94c9-cd24f5306196/threads";

const CONNECTIONS: usize = 32;
const REQUESTS: usize = 400;

/// One round against the server at `address`.
pub(crate) async fn round(address: &str) -> Result<Figures, Box<dyn Error>> {
    let request = request(address)?;
    let mut connections = JoinSet::new();
    let began = Instant::now();
    for _ in 0..CONNECTIONS {
        let (address, request) = (address.to_owned(), request.clone());
        connections.spawn(async move { connection(&address, request.as_bytes(), REQUESTS).await });
    }
    let mut times = Vec::with_capacity(CONNECTIONS * REQUESTS);
    while let Some(done) = connections.join_next().await {
        times.extend(done?.map_err(|error| format!("the server fails: {error}"))?);
    }
    Ok(Figures::of(times, began.elapsed()))
}

/// Requests of one connection alone.
pub(crate) async fn alone(address: &str, requests: usize) -> Result<Figures, Box<dyn Error>> {
    let began = Instant::now();
    let times = connection(address, request(address)?.as_bytes(), requests).await?;
    Ok(Figures::of(times, began.elapsed()))
}

fn request(address: &str) -> Result<String, serde_json::Error> {
    let body = serde_json::to_string(&thread())?;
    Ok(format!(
        "POST {PATH} HTTP/1.1\r\nHost: {address}\r\n\
         Authorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\nAccept: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    ))
}

async fn connection(
    address: &str,
    request: &[u8],
    requests: usize,
) -> Result<Vec<Duration>, String> {
    let told = |error: std::io::Error| error.to_string();
    let mut stream = TcpStream::connect(address).await.map_err(told)?;
    stream.set_nodelay(true).map_err(told)?;
    let mut times = Vec::with_capacity(requests);
    let mut answer = Vec::with_capacity(4096);
    for _ in 0..requests {
        let began = Instant::now();
        stream.write_all(request).await.map_err(told)?;
        answer.clear();
        while !is_whole(&answer)? {
            if stream.read_buf(&mut answer).await.map_err(told)? == 0 {
                return Err("the connection ended".to_owned());
            }
        }
        times.push(began.elapsed());
    }
    Ok(times)
}

/// Whether an answer has come whole, by its length; an error where it is not the expected one.
fn is_whole(answer: &[u8]) -> Result<bool, String> {
    let Some(head) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(false);
    };
    let text = String::from_utf8_lossy(&answer[..head]);
    if !text.starts_with("HTTP/1.1 201") {
        return Err(String::from_utf8_lossy(answer).into_owned());
    }
    let length = text.lines().filter_map(|line| line.split_once(": ")).find_map(|(name, value)| {
        name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().ok())?
    });
    Ok(answer.len() >= head + 4 + length.ok_or("an answer has no length")?)
}
