//! Objects and JSON in formats of serde: `serde_json` keeps every digit, others keep what their numbers hold.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt;

use msgraph_core::Json;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, F64Deserializer, MapDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

mod sample;

use sample::graph::Post;

/// Numbers that no type of a machine holds, or not as they are written.
const LONG: &str =
    "[123456789012345678901234567890,0.1000000000000000000001,1e400,-0,-0.0,1.10,1E2]";

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Around {
    json: Json,
    posts: Vec<Post>,
}

fn json(text: &str) -> Json {
    text.parse().unwrap()
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Json {
    Deserialize::deserialize(deserializer).unwrap_or_else(|error| panic!("{error}"))
}

/// Written by a serializer that is not of `serde_json`: that of the standard library's formatter.
struct Shown(f64);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}

struct ShownJson(Json);

impl fmt::Display for ShownJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}

#[test]
fn serde_json_writes_and_reads_numbers_digit_for_digit() {
    let text = format!(r#"{{"json":{LONG},"posts":[{{"id":"1","x":{LONG}}}]}}"#);
    let around: Around = serde_json::from_str(&text).unwrap();
    assert_eq!(around.json.as_text(), LONG);
    assert_eq!(around.posts[0].unknown("x").unwrap().as_text(), LONG);
    assert_eq!(serde_json::to_string(&around).unwrap(), text);
    assert_eq!(serde_json::from_slice::<Around>(text.as_bytes()).unwrap(), around);
    assert_eq!(serde_json::from_reader::<_, Around>(text.as_bytes()).unwrap(), around);
    assert_eq!(serde_json::to_vec(&around).unwrap(), text.as_bytes());
    let pretty = serde_json::to_string_pretty(&around.posts[0]).unwrap();
    assert!(pretty.contains("123456789012345678901234567890,\n    0.1000000000000000000001,\n"));
    assert_eq!(Json::from_serialize(&around).unwrap().as_text(), text);
}

#[test]
fn integers_of_a_machine_are_such() {
    let value =
        serde_json::to_value(json("[-9223372036854775808,18446744073709551615,-0]")).unwrap();
    assert_eq!((value[0].as_i64(), value[1].as_u64()), (Some(i64::MIN), Some(u64::MAX)));
    assert!(value[2].as_f64().unwrap().is_sign_negative());
}

#[test]
fn a_value_of_serde_json_holds_what_it_can() {
    let value = serde_json::to_value(json("[0.1000000000000000000001,1.5]")).unwrap();
    assert_eq!(value, serde_json::json!([0.1, 1.5]));
    assert!(serde_json::to_value(json("1e400")).is_err(), "and it would not be null");
    let back: Json = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(back.as_text(), "[0.1,1.5]");
    assert_eq!(read(&value).as_text(), "[0.1,1.5]");
}

#[test]
fn each_of_the_values_of_serde_json_is_read() {
    let value = serde_json::json!({"a": [1.5, null], "b": "c"});
    let members = value.as_object().unwrap();
    let text = r#"{"a":[1.5,null],"b":"c"}"#;
    assert_eq!(read(members).as_text(), text);
    assert_eq!(read(members.clone()).as_text(), text);
    assert_eq!(read(value["a"][0].as_number().unwrap()).as_text(), "1.5");
    assert_eq!(read(serde_json::Number::from(7)).as_text(), "7");
    let raw: &serde_json::value::RawValue = serde_json::from_str(LONG).unwrap();
    assert_eq!(read(raw).as_text(), LONG);
}

#[test]
fn json_keeps_its_text_and_is_written_without_white_space() {
    let text = r#"{ "a": [ ], "b": { } , "c": [1,-1.5,null,true] }"#;
    let json: Json = serde_json::from_str(&format!(" {text}\n")).unwrap();
    assert_eq!(json.as_text(), text);
    let written = r#"{"a":[],"b":{},"c":[1,-1.5,null,true]}"#;
    assert_eq!(serde_json::to_string(&json).unwrap(), written);
}

#[test]
fn other_formats_have_the_nearest_number() {
    assert_eq!(ShownJson(json("0.1000000000000000000001")).to_string(), Shown(0.1).to_string());
    assert_eq!(ShownJson(json("-7")).to_string(), "-7");
    let number: F64Deserializer<Error> = 1.5.into_deserializer();
    assert_eq!(read(number).as_text(), "1.5");
    let members = MapDeserializer::<_, Error>::new([("a", 1_u64), ("b", u64::MAX)].into_iter());
    let written = r#"{"a":1,"b":18446744073709551615}"#;
    assert_eq!(read(members).as_text(), written);
}

#[test]
fn what_serde_holds_in_between_is_read_too() {
    #[derive(Serialize, Deserialize)]
    struct Flat {
        id: u8,
        #[serde(flatten)]
        rest: BTreeMap<String, Json>,
    }
    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u8),
        Post(Box<Post>),
    }
    let flat: Flat = serde_json::from_str(r#"{"id":1,"a":[1.5,{"b":null}]}"#).unwrap();
    assert_eq!(flat.rest["a"].as_text(), r#"[1.5,{"b":null}]"#);
    assert_eq!(serde_json::to_string(&flat).unwrap(), r#"{"id":1,"a":[1.5,{"b":null}]}"#);
    let either: Either = serde_json::from_str(r#"{"id":"7","x":2}"#).unwrap();
    assert!(matches!(&either, Either::Post(post) if post.id() == Some("7")));
    assert_eq!(serde_json::to_string(&either).unwrap(), r#"{"id":"7","x":2}"#);
}

#[test]
fn a_member_that_is_called_like_raw_json_is_a_member() {
    let text = r#"{"$serde_json::private::RawValue":"[1"}"#;
    let json: Json = serde_json::from_str(text).unwrap();
    assert_eq!(json.as_text(), text);
    assert_eq!(serde_json::to_string(&json).unwrap(), text);
}

#[test]
fn a_number_of_which_serde_json_keeps_all_digits_is_a_number() {
    let of = |text: &'static str| {
        MapDeserializer::<_, Error>::new([("$serde_json::private::Number", text)].into_iter())
    };
    assert_eq!(read(of("1.10")).as_text(), "1.10");
    let error = <Json as Deserialize>::deserialize(of("1,2")).unwrap_err();
    assert!(error.to_string().contains("expected a number"), "{error}");
}

#[test]
fn what_is_too_deep_is_refused_from_serde_json_too() {
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(serde_json::from_str::<Json>(&deep(128)).is_ok());
    let error = serde_json::from_str::<Json>(&deep(129)).unwrap_err();
    assert!(error.to_string().contains("deep"), "{error}");
    assert!(serde_json::from_str::<Post>(&format!(r#"{{"x":{}}}"#, deep(129))).is_err());
}
