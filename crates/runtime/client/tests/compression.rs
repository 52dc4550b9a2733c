//! Answers that are compressed: read as what they are, and up to the limit of what they become.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use msgraph_client::{Error, Request, TransportErrorKind};
use msgraph_core::Json;
use support::{ListThreads, Service, client, header, json, threads};

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// An answer that says of its body that it is compressed.
fn answer(body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

async fn read(service: &Service) -> Result<Json, Error> {
    let client = client(&service.base_url).response_limit(1 << 20).build().expect("a client");
    Request::<ListThreads>::new(threads(&client), ()).await
}

#[tokio::test]
async fn a_compressed_answer_is_asked_for_and_read() {
    let text = r#"{"value":[{"topic":"Lunch"}]}"#;
    let service = Service::answering(answer(&compressed(text.as_bytes()))).await;
    assert_eq!(read(&service).await.expect("an answer"), json(text));
    assert_eq!(header(&service.only(), "accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn what_grows_beyond_the_limit_is_cut_off() {
    let bomb = compressed(&vec![b' '; 32 << 20]);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let service = Service::answering(answer(&bomb)).await;
    let error = read(&service).await.expect_err("a limit");
    let Error::Transport { source, .. } = &error else { panic!("{error:?}") };
    assert_eq!(source.kind(), TransportErrorKind::Limit(1 << 20), "{error}");
}

#[tokio::test]
async fn what_is_no_gzip_is_a_failure_of_the_transport() {
    let whole = compressed(br#"{"value":[]}"#);
    let cut = &whole[..whole.len() - 9];
    for body in [cut, b"{}", b"\x1f\x8b\x08\xff garbage"] {
        let service = Service::answering(answer(body)).await;
        let error = read(&service).await.expect_err("no gzip");
        assert!(matches!(error, Error::Transport { .. }), "{error:?}");
    }
}
