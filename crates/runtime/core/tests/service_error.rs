//! The error of a service: read from anything, written as the envelope of OData.

use http::StatusCode;
use msgraph_core::{ErrorBody, ErrorDetail, InnerError, ServiceError};
use proptest::prelude::*;

#[test]
fn the_envelope_is_read() {
    let body = ErrorBody::from_slice(
        br#"{"error":{"code":"badRequest","message":"no","target":"topic",
            "details":[{"code":"nullValue","message":"null","target":"posts"},7],
            "innerError":{"code":"invalidRange","date":"2024-05-01T12:00:00","request-id":"1",
                "client-request-id":"2","extra":[1.5],"innererror":{"code":"tooDeep"}}}}"#,
    )
    .unwrap();
    assert_eq!((body.code.as_str(), body.message.as_str()), ("badRequest", "no"));
    assert_eq!(body.target.as_deref(), Some("topic"));
    assert_eq!(body.details.len(), 1);
    assert_eq!(body.request_id(), Some("1"));
    assert_eq!(body.codes().collect::<Vec<_>>(), ["badRequest", "invalidRange", "tooDeep"]);
    assert_eq!(body.deepest_code_of(&["badRequest", "invalidRange", "x"]), Some("invalidRange"));
    assert_eq!(body.deepest_code_of(&["x"]), None);
    assert!(body.is("tooDeep"));
    let inner = body.inner_error.as_deref().unwrap();
    assert_eq!(inner.client_request_id.as_deref(), Some("2"));
    assert_eq!(inner.more[0].0, "extra");
    assert_eq!(inner.more[0].1.as_text(), "[1.5]");
}

#[test]
fn odd_members_are_taken_for_absent() {
    for (json, code, message) in [
        (r#"{"error":{}}"#, "", ""),
        (r#"{"error":{"code":7,"message":null}}"#, "7", ""),
        (r#"{"Error":{"Code":"a","Message":"b"}}"#, "a", "b"),
        (r#"{"error":{"code":[],"message":{"lang":"en","value":"old"}}}"#, "", "old"),
        (r#"{"error":"invalid_grant","error_description":"expired"}"#, "invalid_grant", "expired"),
        (
            r#"{"error":{"code":"a","message":"b","details":{},"innerError":"x","target":{}}}"#,
            "a",
            "b",
        ),
    ] {
        let body = ErrorBody::from_slice(json.as_bytes()).expect(json);
        assert_eq!((body.code.as_str(), body.message.as_str()), (code, message), "{json}");
        assert!(body.details.is_empty() && body.inner_error.is_none() && body.target.is_none());
    }
}

#[test]
fn the_spelling_of_the_inner_error_that_is_not_null_counts() {
    let body = ErrorBody::from_slice(
        br#"{"error":{"innererror":null,"innerError":{"code":"x"},"InnerError":null}}"#,
    );
    assert_eq!(body.unwrap().codes().collect::<Vec<_>>(), ["x"]);
}

#[test]
fn what_is_no_error_of_odata_is_none() {
    for body in
        ["", "<html>502</html>", "[]", "\"error\"", "{}", r#"{"error":7}"#, r#"{"error":null}"#]
    {
        assert_eq!(ErrorBody::from_slice(body.as_bytes()), None, "{body}");
    }
    let deep =
        format!("{{\"error\":{}1{}}}", "{\"innerError\":".repeat(10_000), "}".repeat(10_000));
    assert_eq!(ErrorBody::from_slice(deep.as_bytes()), None);
}

#[test]
fn what_is_written_is_the_envelope_and_is_read_again() {
    let body = ErrorBody {
        target: Some("topic".to_owned()),
        details: vec![ErrorDetail { code: "c".to_owned(), message: "m".to_owned(), target: None }],
        inner_error: Some(Box::new(InnerError {
            request_id: Some("1".to_owned()),
            more: vec![("extra".to_owned(), 7.into())],
            ..InnerError::default()
        })),
        ..ErrorBody::new("badRequest", "no \"topic\"")
    };
    let json = body.to_json();
    assert_eq!(
        json,
        r#"{"error":{"code":"badRequest","message":"no \"topic\"","target":"topic","details":[{"code":"c","message":"m"}],"innerError":{"request-id":"1","extra":7}}}"#
    );
    assert_eq!(ErrorBody::from_slice(json.as_bytes()), Some(body));
}

#[test]
fn the_code_of_a_status_is_its_name() {
    for (status, code) in [
        (StatusCode::BAD_REQUEST, "badRequest"),
        (StatusCode::NOT_FOUND, "notFound"),
        (StatusCode::URI_TOO_LONG, "uriTooLong"),
        (StatusCode::IM_A_TEAPOT, "iMATeapot"),
        (StatusCode::from_u16(599).unwrap(), "generalException"),
    ] {
        assert_eq!(ServiceError::new(status, "").body.code, code);
    }
    let error =
        ServiceError::not_found("no such thread").with_code("itemNotFound").with_target("id");
    assert_eq!(error.to_string(), "404: itemNotFound: no such thread");
}

proptest! {
    #[test]
    fn no_bytes_make_reading_fail(bytes: Vec<u8>, text in "[{}\\[\\]\",:a-c0-9 ]{0,40}") {
        let _ = ErrorBody::from_slice(&bytes);
        let _ = ErrorBody::from_slice(text.as_bytes());
        let _ = ErrorBody::from_slice(format!("{{\"error\":{text}}}").as_bytes());
    }
}
