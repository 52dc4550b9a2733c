//! Upload sessions: what is sent, and what is sent again.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../core/tests/sample/mod.rs"]
mod sample;
mod support;
mod upload_session;

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use msgraph_client::{
    Client, Error, RangeSource, Retry, Upload, UploadError, UploadProgress, UploadSource as _,
    UsageError,
};
use sample::graph::ConversationThread as Item;
use support::{Service, TOKEN, answer, client, header};
use upload_session::{Put, Session};

const STEP: usize = 320 << 10;
const RANGE: u32 = STEP as u32;

/// Two ranges and a half, no two of their bytes in a row alike.
fn content() -> Bytes {
    (0..STEP * 5 / 2).map(|index| b'a' + (index % 23) as u8).collect()
}

fn built(base_url: &str, attempts: u32) -> Client {
    let retry = Retry::default().attempts(attempts).first_delay(Duration::ZERO);
    client(base_url).retry(retry).build().expect("a client")
}

/// An upload to what answers at `service`, in short ranges.
fn upload(service: &Service) -> Upload {
    let url = format!("{}/upload?sig=s1gn4tur3", service.base_url);
    built(&service.base_url, 2).upload(&url).range_size(RANGE)
}

fn to(session: &Session) -> Upload {
    let url = format!("{}/upload?sig=s1gn4tur3", session.base_url);
    built(&session.base_url, 2).upload(&url).range_size(RANGE)
}

fn lacks(status: &str, ranges: &str) -> String {
    answer(status, &format!(r#"{{"nextExpectedRanges":[{ranges}]}}"#))
}

#[tokio::test]
async fn content_goes_range_by_range() {
    let session = Session::new(content().len(), []).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&told);
    let upload = to(&session).on_progress(move |done: UploadProgress| {
        kept.lock().expect("no panic").push((done.sent, done.total));
    });
    let uploaded = upload.send(&content()).await.expect("an upload");
    assert_eq!(uploaded.status(), StatusCode::CREATED);
    let item: Item = uploaded.into_item().expect("an item").expect("an item");
    assert_eq!(item.id(), Some("7"));
    assert_eq!(session.received(), content());
    let heads = session.heads();
    let ranges: Vec<_> = heads.iter().map(|head| header(head, "content-range")).collect();
    assert_eq!(
        ranges,
        [
            Some("bytes 0-327679/819200"),
            Some("bytes 327680-655359/819200"),
            Some("bytes 655360-819199/819200"),
        ]
    );
    let total = 819_200;
    let told = told.lock().expect("no panic").clone();
    assert_eq!(told, [(327_680, total), (655_360, total), (total, total)]);
}

#[tokio::test]
async fn the_session_gets_no_token() {
    let session = Session::new(content().len(), []).await;
    to(&session).send(&content()).await.expect("an upload");
    for head in session.heads() {
        assert!(head.starts_with("PUT /v1.0/upload?sig=s1gn4tur3 "), "{head}");
        assert_eq!(header(&head, "authorization"), None);
        assert!(!head.contains(TOKEN), "{head}");
        assert_eq!(header(&head, "content-type"), Some("application/octet-stream"));
    }
}

#[tokio::test]
async fn what_a_broken_connection_has_brought_is_not_sent_again() {
    // Of the second range a part arrives, and the session has it; the answer to the third is lost.
    let kept = 100_000;
    let puts = [Put::Take, Put::BreakAfter(kept), Put::Take, Put::TakeAndBreak, Put::Take];
    let session = Session::new(content().len(), puts).await;
    to(&session).send(&content()).await.expect("an upload");
    assert_eq!(session.received(), content());
    let heads = session.heads();
    let sent: Vec<_> = heads
        .iter()
        .map(|head| header(head, "content-range").unwrap_or("asked").to_owned())
        .collect();
    assert_eq!(
        sent,
        [
            "bytes 0-327679/819200",
            "bytes 327680-655359/819200",
            "asked",
            "bytes 427680-755359/819200",
            "bytes 755360-819199/819200",
            "asked",
        ]
    );
}

#[tokio::test]
async fn a_page_in_place_of_an_answer_is_not_the_end() {
    let session = Session::new(content().len(), [Put::Take, Put::Page]).await;
    to(&session).send(&content()).await.expect("an upload");
    assert_eq!(session.received(), content());
}

#[tokio::test]
async fn an_upload_goes_on_where_another_one_ended() {
    let session = Session::new(content().len(), [Put::Take, Put::Refuse]).await;
    let error = to(&session).send(&content()).await.expect_err("a refusal");
    assert!(matches!(error, UploadError::Request(Error::Service(_))), "{error:?}");
    to(&session).resume(&content()).await.expect("an upload");
    assert_eq!(session.received(), content());
    assert!(session.heads()[2].starts_with("GET /v1.0/upload?sig=s1gn4tur3 "));
}

#[tokio::test]
async fn each_range_has_its_own_attempts() {
    let puts = [
        Put::BreakAfter(1),
        Put::BreakAfter(0),
        Put::Take,
        Put::BreakAfter(1),
        Put::BreakAfter(0),
        Put::Take,
        Put::Take,
    ];
    let session = Session::new(content().len(), puts).await;
    to(&session).send(&content()).await.expect("an upload");
    assert_eq!(session.received(), content());
}

#[tokio::test]
async fn what_makes_no_headway_ends() {
    let session = Session::new(content().len(), [Put::BreakAfter(0); 20]).await;
    let error = to(&session).send(&content()).await.expect_err("no end");
    assert!(matches!(error, UploadError::Request(Error::Transport { .. })), "{error:?}");
    let puts = session.heads().iter().filter(|head| head.starts_with("PUT")).count();
    assert_eq!(puts, 3);

    let first = r#""0-""#;
    let service = Service::answering(lacks("202 Accepted", first)).await;
    let error = upload(&service).send(&content()).await.expect_err("no end");
    assert!(matches!(error, UploadError::Session { .. }), "{error:?}");
    assert_eq!(service.seen().len(), 5, "three times sent, and asked in between");
}

#[tokio::test]
async fn a_range_that_is_there_already_is_asked_about() {
    let service = Service::telling([
        answer("416 Range Not Satisfiable", "{}"),
        lacks("200 OK", r#""655360-""#),
        answer("201 Created", r#"{"id":"7"}"#),
    ])
    .await;
    upload(&service).send(&content()).await.expect("an upload");
    let seen = service.seen();
    assert!(seen[1].starts_with("GET "), "{}", seen[1]);
    assert_eq!(header(&seen[2], "content-range"), Some("bytes 655360-819199/819200"));
}

#[tokio::test]
async fn what_the_service_cannot_answer_for_now_is_sent_again() {
    for status in ["500 Internal Server Error", "502 Bad Gateway"] {
        let service = Service::telling([
            answer(status, ""),
            lacks("200 OK", r#""0-""#),
            answer("201 Created", "{}"),
        ])
        .await;
        upload(&service).send(&Bytes::from_static(b"abc")).await.expect(status);
    }
    let again = answer("503 Service Unavailable\r\nRetry-After: 0", "");
    let service = Service::telling([again, answer("201 Created", "{}")]).await;
    upload(&service).send(&Bytes::from_static(b"abc")).await.expect("an upload");
    assert_eq!(header(&service.seen()[1], "retry-attempt"), Some("1"));
}

#[tokio::test]
async fn a_gap_is_filled_and_no_more_than_it() {
    let service = Service::telling([
        lacks("200 OK", r#""5-9","20-""#),
        lacks("202 Accepted", r#""20-""#),
        answer("200 OK", r#"{"id":"7"}"#),
    ])
    .await;
    upload(&service).resume(&content().slice(..26)).await.expect("an upload");
    let seen = service.seen();
    assert_eq!(header(&seen[1], "content-range"), Some("bytes 5-9/26"));
    assert!(seen[1].ends_with("\r\n\r\nfghij"), "{}", seen[1]);
    assert_eq!(header(&seen[2], "content-range"), Some("bytes 20-25/26"));
}

#[tokio::test]
async fn mailboxes_answer_in_their_own_way() {
    let service = Service::telling([
        answer("200 OK", r#"{"NextExpectedRanges":["327680"]}"#),
        answer("200 OK", r#"{"NextExpectedRanges":["655360"]}"#),
        answer("201 Created\r\nLocation: https://outlook.example/a('1')", ""),
    ])
    .await;
    let uploaded = upload(&service).send(&content()).await.expect("an upload");
    assert_eq!(uploaded.location(), Some("https://outlook.example/a('1')"));
    assert!(uploaded.into_item::<Item>().expect("no failure").is_none());
    assert_eq!(service.seen().len(), 3);
}

#[tokio::test]
async fn a_session_that_tells_nothing_gets_the_next_range() {
    let service = Service::telling([
        answer("202 Accepted", ""),
        answer("202 Accepted", "{}"),
        answer("202 Accepted", r#"{"nextExpectedRanges":[]}"#),
    ])
    .await;
    let uploaded = upload(&service).send(&content()).await.expect("an upload");
    // It has all, and waits for its commitment.
    assert_eq!(uploaded.status(), StatusCode::ACCEPTED);
    let seen = service.seen();
    assert_eq!(header(&seen[2], "content-range"), Some("bytes 655360-819199/819200"));
}

#[tokio::test]
async fn a_session_that_is_gone_is_told_apart() {
    let body = r#"{"error":{"code":"itemNotFound","message":"No s1gn4tur3: {base}/upload?sig=s1gn4tur3"}}"#;
    for status in ["404 Not Found", "410 Gone"] {
        let service = Service::telling([answer(status, body)]).await;
        let error = upload(&service).send(&content()).await.expect_err("it is gone");
        assert!(matches!(error, UploadError::Gone(_)), "{error:?}");
        assert!(error.to_string().contains("[upload url]"), "{error}");
        let service = Service::telling([answer(status, body)]).await;
        assert!(matches!(upload(&service).resume(&content()).await, Err(UploadError::Gone(_))));
        upload(&service).cancel().await.expect("it is given up already");
    }
}

#[tokio::test]
async fn a_session_can_be_given_up() {
    let service = Service::answering(answer("204 No Content", "")).await;
    upload(&service).cancel().await.expect("it is given up");
    let seen = service.only();
    assert!(seen.starts_with("DELETE /v1.0/upload?sig=s1gn4tur3 "), "{seen}");
    assert_eq!(header(&seen, "authorization"), None);
    let service = Service::answering(answer("409 Conflict", "{}")).await;
    upload(&service).cancel().await.expect_err("a refusal");
}

#[tokio::test]
async fn the_address_of_a_session_shows_nowhere() {
    let echo = "you sent {base}/upload?sig=s1gn4tur3, that is /v1.0/upload?sig=s1gn4tur3";
    let redirect = "307 Temporary Redirect\r\nLocation: https://x.example/s1gn4tur3";
    for raw in [answer("403 Forbidden", echo), answer(redirect, echo), String::new()] {
        let service = Service::telling([raw]).await;
        let upload = upload(&service);
        let error = upload.send(&content()).await.expect_err("no session");
        let shown = format!("{upload:?} {error} {error:?}");
        assert!(!shown.contains("s1gn4tur3"), "{shown}");
        assert!(!error.to_string().contains('\n'));
    }
}

#[tokio::test]
async fn what_is_said_of_ranges_is_not_believed() {
    for ranges in [r#""819200-""#, r#""x""#, "7", r#""9-3""#] {
        let service = Service::answering(lacks("202 Accepted", ranges)).await;
        let error = upload(&service).send(&content()).await.expect_err(ranges);
        assert!(matches!(error, UploadError::Session { .. }), "{ranges}: {error:?}");
        assert_eq!(service.seen().len(), 1);
    }
}

#[tokio::test]
async fn ranges_are_read_when_they_are_due() {
    let session = Session::new(content().len(), []).await;
    let source = RangeSource::new(819_200, |range: std::ops::Range<u64>| async move {
        Ok(content().slice(range.start as usize..range.end as usize))
    });
    to(&session).send(&source).await.expect("an upload");
    assert_eq!(session.received(), content());

    for read in [|| Ok(Bytes::from_static(b"short")), || Err(io::Error::other("disk\nlost"))] {
        let source = RangeSource::new(819_200, move |_| std::future::ready(read()));
        let error = to(&session).send(&source).await.expect_err("no bytes");
        assert!(matches!(error, UploadError::Source(_)), "{error:?}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }
    content().read(3..1_000_000).await.expect_err("there are not so many");
}

#[tokio::test]
async fn what_cannot_be_uploaded_is_refused_before_anything_is_sent() {
    let service = Service::answering(answer("201 Created", "{}")).await;
    let local = built(&service.base_url, 0);
    let cloud = built("https://graph.example/v1.0", 0);
    let url = format!("{}/upload", service.base_url);
    let one = Bytes::from_static(b"1");
    for (upload, content) in [
        (local.upload("/upload"), &one),
        (local.upload("ftp://127.0.0.1/"), &one),
        (local.upload("http://10.0.0.1/upload"), &one),
        (local.upload("https://user@x.example/upload"), &one),
        (cloud.upload(&url), &one),
        (local.upload(&url).range_size(0), &one),
        (local.upload(&url).range_size(RANGE + 1), &one),
        (local.upload(&url), &Bytes::new()),
    ] {
        let error = upload.send(content).await.expect_err("it cannot be used");
        let UploadError::Request(Error::Usage(UsageError::Upload { .. })) = error else {
            panic!("{error:?}")
        };
    }
    assert!(service.seen().is_empty());
    local.upload(&url).send(&one).await.expect("an upload");
}
