//! Answers of several kinds.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use msgraph_core::{
    Created, Json, OneOf, Payload as _, ReadMode, Reply, Single, Status, StatusCode, Success,
};

type Answer = OneOf<Success<Single<i64>>, OneOf<Created<Json>, Status<207, Json>>>;

fn written(answer: &Answer) -> String {
    let mut out = Vec::new();
    answer.write(&mut out);
    String::from_utf8(out).expect("text")
}

#[test]
fn an_answer_is_written_as_the_one_that_it_is() {
    assert_eq!(written(&OneOf::First(Success(Single::new(3)))), r#"{"value":3}"#);
    let last = Answer::Second(OneOf::Second(Status("b".into())));
    assert_eq!((written(&last).as_str(), last.status().as_u16()), (r#""b""#, 207));
    let mut headers = http::HeaderMap::new();
    assert_eq!(last.into_message(&mut headers), r#""b""#);
    assert_eq!(headers["content-type"], "application/json");
}

#[test]
fn a_status_tells_which_answer_it_is() {
    let read = |status, body: &'static str| {
        <Answer as Reply>::read(status, &http::HeaderMap::new(), body.into(), ReadMode::Strict)
            .map(|read| read.value)
    };
    let created = read(StatusCode::CREATED, r#"{"value":3}"#).expect("an answer");
    assert!(matches!(created, OneOf::Second(OneOf::First(_))), "{created:?}");
    // One that nobody documented is taken for the first.
    let other = read(StatusCode::ACCEPTED, r#"{"value":3}"#).expect("an answer");
    assert!(matches!(other, OneOf::First(_)), "{other:?}");
    assert!(!Answer::is_documented(StatusCode::ACCEPTED));
    assert!(Answer::is_documented(StatusCode::MULTI_STATUS));
}
