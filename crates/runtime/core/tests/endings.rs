//! What stands behind the endings of paths: counts, content, references, single values.

#![allow(clippy::expect_used, reason = "helpers of tests")]

mod sample;

use http::{HeaderMap, header};
use msgraph_core::edm::Date;
use msgraph_core::{
    Bytes, Content, Count, Found, Location, Page, Payload, ReadMode, Reference, Reply, Single,
    Values, read,
};
use sample::graph::BodyType;

fn written(payload: impl Payload) -> String {
    let mut out = Vec::new();
    payload.write(&mut out);
    String::from_utf8(out).expect("text")
}

fn count(text: &str) -> Option<u64> {
    read::<Count>(text.as_bytes(), ReadMode::Strict).ok().map(|read| read.value.into())
}

#[test]
fn a_count_is_a_number_as_text_behind_a_byte_order_mark_or_not() {
    assert_eq!(count("42"), Some(42));
    assert_eq!(count("\u{feff}893\r\n"), Some(893));
    for text in ["", "-1", "+1", "1.0", "\"1\"", "18446744073709551616", "{\"value\":1}"] {
        assert_eq!(count(text), None, "{text}");
    }
    assert_eq!(written(Count(42)), "42");
    assert_eq!(Count::CONTENT_TYPE, Some("text/plain"));
}

#[test]
fn content_keeps_bytes_and_media_type() {
    let mut headers = HeaderMap::new();
    let body = Content::new("image/jpeg", vec![0xFF, 0xD8]).into_message(&mut headers);
    assert_eq!(headers[header::CONTENT_TYPE], "image/jpeg");
    let read = Content::from_message(&headers, body, ReadMode::Strict).unwrap().value;
    assert_eq!((read.media_type(), read.bytes()), (Some("image/jpeg"), &[0xFF, 0xD8][..]));
    assert_eq!(format!("{read:?}"), r#"Content { media_type: Some("image/jpeg"), length: 2 }"#);
}

#[test]
fn content_without_a_usable_media_type_is_any_bytes() {
    for content in [Content::new("a\r\nb: c", "x"), Content::new(" ", "x"), Content::of_bytes("x")]
    {
        assert_eq!(content.media_type(), None);
        let mut headers = HeaderMap::new();
        content.into_message(&mut headers);
        assert_eq!(headers[header::CONTENT_TYPE], "application/octet-stream");
    }
}

#[test]
fn a_location_stands_in_a_header_and_shows_in_no_log() {
    let mut headers = HeaderMap::new();
    let reply = Found::from("https://files.example/a?secret=1\r\nx");
    assert_eq!(Found::STATUS, 302);
    assert!(!format!("{reply:?}").contains("secret"), "{reply:?}");
    assert_eq!(reply.into_body().into_message(&mut headers), Bytes::new());
    let read = Location::from_message(&headers, Bytes::new(), ReadMode::Lenient).unwrap().value;
    assert_eq!(read.as_str(), "https://files.example/a?secret=1x");
    let none = Location::from_message(&HeaderMap::new(), Bytes::new(), ReadMode::Lenient);
    assert!(none.unwrap_err().to_string().contains("there is no header Location"));
}

#[test]
fn a_reference_is_an_address_and_comes_in_pages() {
    assert_eq!(
        written(Reference::new("https://x/users/1")),
        r#"{"@odata.id":"https://x/users/1"}"#
    );
    let page = br#"{"@odata.nextLink":"https://x/2","value":[{"@odata.id":"a"},{}]}"#;
    let page = read::<Page<Reference>>(page, ReadMode::Strict).unwrap().value;
    let ids: Vec<_> = page.value().iter().map(Reference::id).collect();
    assert_eq!(ids, [Some("a".into()), None]);
    assert_eq!(page.next_link().as_deref(), Some("https://x/2"));
}

#[test]
fn a_single_value_stands_in_an_envelope_that_stays() {
    let text = r#"{"@odata.context":"c","value":3}"#;
    let read_back = read::<Single<i32>>(text.as_bytes(), ReadMode::Strict).unwrap().value;
    assert_eq!(read_back.value(), Some(3));
    assert_eq!(written(read_back), text);
    assert_eq!(written(Single::from("a".to_owned())), r#"{"value":"a"}"#);
    assert_eq!(written(Single::<bool>::null()), r#"{"value":null}"#);
    let day: Date = "2024-02-29".parse().unwrap();
    assert_eq!(written(Single::<Date>::new(day)), r#"{"value":"2024-02-29"}"#);
    let kind = read::<Single<BodyType>>(br#"{"value":"html"}"#, ReadMode::Strict).unwrap().value;
    assert_eq!(kind.value(), Some(&BodyType::Html));
}

#[test]
fn a_value_of_another_type_is_refused_with_its_place() {
    let error = read::<Single<i32>>(br#"{"value":"three"}"#, ReadMode::Strict).unwrap_err();
    assert!(error.to_string().starts_with("$.value: "), "{error}");
    let error = read::<Values<bool>>(br#"{"value":[true,1]}"#, ReadMode::Strict).unwrap_err();
    assert!(error.to_string().starts_with("$.value[1]: "), "{error}");
}

#[test]
fn a_collection_of_values_is_a_list() {
    let text = r#"{"value":["a","b"],"@odata.nextLink":"n"}"#;
    let values = read::<Values<String>>(text.as_bytes(), ReadMode::Strict).unwrap().value;
    assert!(values.value() == ["a", "b"]);
    assert_eq!(values.next_link().as_deref(), Some("n"));
    assert_eq!(written(Values::new([1, 2])), r#"{"value":[1,2]}"#);
}
