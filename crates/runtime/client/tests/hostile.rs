//! Answers that no service of good will gives: each ends in a typed error, in bounded time and memory, with no token told.
//!
//! Bodies that are no gzip or grow when they are unpacked stand in `compression`, links and redirects that lead away in
//! `pages` and `redirects`, waits of a year in `retry`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use msgraph_client::{Error, TransportErrorKind};
use support::{TOKEN, client, create, doing};
use tokio::io::AsyncWriteExt as _;

/// What `create` fails with where `head` is answered, and then `tail` over and over, until the client has enough.
async fn failure(head: impl Into<Vec<u8>>, tail: impl Into<Vec<u8>>) -> Error {
    failure_within(Duration::from_secs(60), head, tail).await
}

async fn failure_within(
    timeout: Duration,
    head: impl Into<Vec<u8>>,
    tail: impl Into<Vec<u8>>,
) -> Error {
    let (head, tail) = (head.into(), tail.into());
    let base_url = doing(move |mut stream| {
        let (head, tail) = (head.clone(), tail.clone());
        async move {
            if stream.write_all(&head).await.is_err() {
                return;
            }
            while !tail.is_empty() && stream.write_all(&tail).await.is_ok() {}
            let _ = stream.shutdown().await;
        }
    })
    .await;
    let builder = client(&base_url).response_limit(1 << 20).timeout(timeout);
    let error = create(&builder.build().expect("a client")).await.expect_err("no answer");
    assert!(!format!("{error} {error:?}").contains(TOKEN), "{error:?}");
    assert!(!error.to_string().contains(['\r', '\n']), "{error}");
    error
}

fn kind(error: &Error) -> TransportErrorKind {
    let Error::Transport { source, .. } = error else { panic!("{error:?}") };
    source.kind()
}

#[tokio::test]
async fn a_body_without_an_end_is_cut_off() {
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(4096));
    // Behind a flush, what follows it can come again and again.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let mut flushed = || {
        encoder.write_all(&[b' '; 1 << 16]).expect("memory");
        encoder.flush().expect("memory");
        std::mem::take(encoder.get_mut())
    };
    let (zipped, more) = (flushed(), flushed());
    let spaces = " ".repeat(4096);
    let json = "HTTP/1.1 201 Created\r\nContent-Type: application/json";
    for (head, tail) in [
        (
            format!("{json}\r\nTransfer-Encoding: chunked\r\n\r\n").into_bytes(),
            chunk.clone().into_bytes(),
        ),
        (format!("{json}\r\n\r\n").into_bytes(), spaces.into_bytes()),
        ([format!("{json}\r\nContent-Encoding: gzip\r\n\r\n").as_bytes(), &zipped].concat(), more),
        (b"HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec(), chunk.into_bytes()),
    ] {
        let error = failure(head.clone(), tail).await;
        let head = String::from_utf8_lossy(&head);
        assert_eq!(kind(&error), TransportErrorKind::Limit(1 << 20), "{head}: {error}");
    }
}

#[tokio::test]
async fn a_head_without_an_end_is_no_answer() {
    for (head, tail) in [
        ("HTTP/1.1 200 OK\r\n", "x-more: and more\r\n"),
        ("HTTP/1.1 200 OK\r\nx-more: ", "and more, "),
        ("HTTP/1.1 200 ", "OK and "),
        ("", "\r\n"),
    ] {
        let error = failure(head, tail.repeat(100)).await;
        assert!(matches!(error, Error::Transport { .. }), "{head:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_hundred_thousand_headers_are_no_answer() {
    let headers: String = (0..100_000).map(|number| format!("x-{number}: {number}\r\n")).collect();
    let error = failure(format!("HTTP/1.1 201 Created\r\n{headers}\r\n{{}}"), "").await;
    assert_eq!(kind(&error), TransportErrorKind::Other);
}

#[tokio::test]
async fn interim_answers_without_an_end_run_out_of_time() {
    let interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(100);
    let error = failure_within(Duration::from_millis(300), "", interim).await;
    assert_eq!(kind(&error), TransportErrorKind::Timeout);
}

#[tokio::test]
async fn what_is_no_http_is_no_answer() {
    for raw in [
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 2OO OK\r\n\r\n",
        "HTTP/1.1 99999 OK\r\n\r\n",
        "HTTP/1.1 -1 OK\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n{}",
    ] {
        let error = failure(raw, "").await;
        assert_eq!(kind(&error), TransportErrorKind::Other, "{raw:?}");
    }
}

#[tokio::test]
async fn chunks_that_are_none_or_stop_break_off() {
    let head =
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked";
    for body in [
        "2\r\n{}\r\n",
        "5\r\n{}",
        "2\r\n{}\r\n0\r\n",
        "zz\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "fffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}garbage",
    ] {
        let error = failure(format!("{head}\r\n\r\n{body}"), "").await;
        assert_eq!(kind(&error), TransportErrorKind::Other, "{body:?}");
    }
}
