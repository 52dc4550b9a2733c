//! Content that is read as it comes.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use http::StatusCode;
use msgraph_client::{Download, Error, TransportErrorKind};
use support::{Service, TOKEN, answer, client, doing, photo};
use tokio::io::AsyncWriteExt as _;
use tokio::sync::mpsc;
use tokio::time::Instant;

async fn rest(download: &mut Download) -> Result<Vec<u8>, Error> {
    let mut all = Vec::new();
    while let Some(chunk) = download.next().await {
        all.extend_from_slice(&chunk?);
    }
    Ok(all)
}

#[tokio::test]
async fn head_and_bytes_are_there_before_the_end() {
    let (more, on_demand) = mpsc::channel::<&str>(1);
    let on_demand = std::sync::Arc::new(tokio::sync::Mutex::new(on_demand));
    let base_url = doing(move |mut stream| {
        let on_demand = on_demand.clone();
        async move {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 6\r\n\r\nabc";
            stream.write_all(head.as_bytes()).await.expect("a client");
            let more = on_demand.lock().await.recv().await.expect("more");
            stream.write_all(more.as_bytes()).await.expect("a client");
        }
    })
    .await;
    let client = client(&base_url).build().expect("a client");
    let mut download = photo(&client).download().await.expect("a head");
    assert_eq!(download.status(), StatusCode::OK);
    assert_eq!(download.media_type(), Some("image/png"));
    assert_eq!(download.length(), Some(6));
    assert_eq!(download.next().await.expect("a chunk").expect("bytes"), "abc");
    // Who stops waiting loses nothing.
    tokio::select! {
        biased;
        chunk = download.next() => panic!("too early: {chunk:?}"),
        () = std::future::ready(()) => {}
    }
    more.send("def").await.expect("a service");
    assert_eq!(rest(&mut download).await.expect("the rest"), b"def");
    assert!(download.next().await.is_none());
}

#[tokio::test]
async fn the_limit_is_for_what_is_read_whole() {
    let long = "x".repeat(300_000);
    let service = Service::answering(answer("200 OK", &long)).await;
    let client = client(&service.base_url).response_limit(1000).build().expect("a client");
    let mut download = photo(&client).download().await.expect("a head");
    assert_eq!(rest(&mut download).await.expect("all of it").len(), long.len());
    let error = photo(&client).await.expect_err("a limit");
    let Error::Transport { source, .. } = &error else { panic!("{error:?}") };
    assert_eq!(source.kind(), TransportErrorKind::Limit(1000));
}

#[tokio::test]
async fn a_failure_is_the_error_that_it_always_is() {
    let body = format!(r#"{{"error":{{"code":"itemNotFound","message":"no {TOKEN}"}}}}"#);
    let service = Service::answering(answer("404 Not Found", &body)).await;
    let client = client(&service.base_url).build().expect("a client");
    let error = photo(&client).download().await.expect_err("nothing there");
    assert_eq!(error.service().and_then(|failure| failure.code()), Some("itemNotFound"));
    assert!(!format!("{error} {error:?}").contains(TOKEN), "{error:?}");
}

#[tokio::test]
async fn the_body_of_a_failure_has_the_limit() {
    let service = Service::answering(answer("404 Not Found", &"x".repeat(2000))).await;
    let client = client(&service.base_url).response_limit(1000).build().expect("a client");
    let error = photo(&client).download().await.expect_err("a limit");
    let Error::Transport { source, .. } = &error else { panic!("{error:?}") };
    assert_eq!(source.kind(), TransportErrorKind::Limit(1000));
}

#[tokio::test]
async fn what_breaks_off_is_an_error_and_then_the_end() {
    for raw in [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n",
    ] {
        let service = Service::answering(raw).await;
        let client = client(&service.base_url).build().expect("a client");
        let mut download = photo(&client).download().await.expect("a head");
        let error = rest(&mut download).await.expect_err("broken off");
        assert!(
            matches!(&error, Error::Transport { operation, .. }
            if operation == "GET /groups/{group-id}/photo/$value"),
            "{error:?}"
        );
        assert!(download.next().await.is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_is_that_from_one_chunk_to_the_next() {
    let base_url = doing(|mut stream| async move {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
        stream.write_all(head.as_bytes()).await.expect("a client");
        for _ in 0..5 {
            stream.write_all(b"x").await.expect("a client");
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
        std::future::pending().await
    })
    .await;
    let builder = client(&base_url).deadline(Duration::from_secs(150));
    let client = builder.build().expect("a client");
    let before = Instant::now();
    let mut download = photo(&client).download().await.expect("a head");
    for _ in 0..5 {
        download.next().await.expect("a chunk").expect("bytes");
    }
    assert!(before.elapsed() >= Duration::from_secs(240), "{:?}", before.elapsed());
    let error = rest(&mut download).await.expect_err("silence");
    let Error::Transport { source, .. } = &error else { panic!("{error:?}") };
    assert_eq!(source.kind(), TransportErrorKind::Timeout, "{error}");
}

#[tokio::test(start_paused = true)]
async fn the_head_has_its_time_too() {
    let base_url = doing(|stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    let client = client(&base_url).timeout(Duration::from_secs(60)).build().expect("a client");
    let before = Instant::now();
    let error = photo(&client).download().await.expect_err("silence");
    let Error::Transport { source, .. } = &error else { panic!("{error:?}") };
    assert_eq!(source.kind(), TransportErrorKind::Timeout, "{error}");
    assert_eq!(before.elapsed().as_secs(), 60);
}
