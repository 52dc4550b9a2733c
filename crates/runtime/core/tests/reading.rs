//! The rules of reading, strict and lenient: what is refused and with which path, what is kept, what is found.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests")]

mod kinds;

use kinds::{Every, MORE, View, lenient, slot, strict};
use msgraph_core::edm::{Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
use msgraph_core::{Json, Object, ReadErrorKind, ReadMode, Removed, read};

fn refused(json: &str) -> String {
    strict(json).expect_err("refused").to_string()
}

/// Kept by a lenient reader, written as it was, and counted once.
fn kept(json: &str) -> Object {
    let readout = lenient(json);
    assert_eq!(readout.leniency_count, 1, "{:?}", readout.leniencies);
    assert_eq!(readout.leniencies.len(), 1);
    assert_eq!(readout.value.to_json(), json);
    readout.value
}

/// Read by both readers without a leniency, and written as it was.
fn same(json: &str) -> Object {
    let readout = lenient(json);
    assert_eq!(readout.leniencies, []);
    assert_eq!(readout.value.to_json(), json);
    let object = strict(json).unwrap();
    assert_eq!(object, readout.value);
    object
}

#[test]
fn each_kind_is_read_as_its_type() {
    let json = r#"{"s":"é\u0001","b":true,"y":255,"w":-128,"h":-32768,"i":2147483647,"l":-9223372036854775808,"r":3.4,"d":1.5e300,"m":79228162514264337593543950335.10,"n":"aGk_","a":"2024-02-29","t":"2018-02-16T08:20:19.0000000Z","c":"07:59:59.999","p":"P12DT23H59M59.999999999999S","g":"48d31887-5fad-4d73-a9f5-3c356e68a038"}"#;
    let object = same(json);
    assert_eq!(object.get::<String>(slot("s")), Some("é\u{1}"));
    assert_eq!(object.get::<bool>(slot("b")), Some(true));
    assert_eq!(object.get::<u8>(slot("y")), Some(255));
    assert_eq!(object.get::<i8>(slot("w")), Some(-128));
    assert_eq!(object.get::<i16>(slot("h")), Some(-32_768));
    assert_eq!(object.get::<i32>(slot("i")), Some(i32::MAX));
    assert_eq!(object.get::<i64>(slot("l")), Some(i64::MIN));
    assert_eq!(object.get::<f32>(slot("r")), Some(3.4));
    assert_eq!(object.get::<f64>(slot("d")), Some(1.5e300));
    let decimal: Decimal = "79228162514264337593543950335.1".parse().unwrap();
    assert_eq!(object.get::<Decimal>(slot("m")), Some(decimal));
    assert_eq!(object.get::<Date>(slot("a")), Date::new(2024, 2, 29).ok());
    assert_eq!(
        object.get::<DateTimeOffset>(slot("t")),
        DateTimeOffset::from_unix_seconds(1_518_769_219)
    );
    assert_eq!(object.get::<TimeOfDay>(slot("c")).unwrap().nanosecond(), 999_000_000);
    assert_eq!(object.get::<Duration>(slot("p")).unwrap().whole_seconds(), 13 * 86_400 - 1);
    assert_eq!(
        object.get::<Guid>(slot("g")).unwrap().to_u128(),
        0x48d3_1887_5fad_4d73_a9f5_3c35_6e68_a038
    );
}

#[test]
fn text_that_is_not_canonical_is_written_as_it_was_and_read_as_its_value() {
    let json = r#"{"l":"42","m":"1.50","n":"aGk+","t":"2024-05-01t12:00z","c":"07:59","p":"PT90M","g":"48D31887-5FAD-4D73-A9F5-3C356E68A038"}"#;
    let object = same(json);
    assert_eq!(object.get::<i64>(slot("l")), Some(42));
    assert_eq!(object.get::<Decimal>(slot("m")), "1.5".parse().ok());
    assert_eq!(object.get::<DateTimeOffset>(slot("t")), "2024-05-01T12:00:00Z".parse().ok());
    assert_eq!(object.get::<TimeOfDay>(slot("c")), "07:59:00".parse().ok());
    assert_eq!(object.get::<Duration>(slot("p")), "PT1H30M".parse().ok());
    let canonical = r#"{"l":42,"m":1.5,"n":"aGk+","t":"2024-05-01T12:00:00Z","c":"07:59:00","p":"PT1H30M","g":"48d31887-5fad-4d73-a9f5-3c356e68a038"}"#;
    assert_eq!(object, strict(canonical).unwrap());
}

#[test]
fn offsets_and_digits_of_times_are_kept() {
    for time in [
        "2024-05-01T12:00:00+00:00",
        "2024-05-01T12:00:00-00:00",
        "2024-05-01T12:00:00.120-11:30",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
        "-0044-03-15T12:00:00Z",
        "12024-05-01T12:00:00.123456789012Z",
    ] {
        let object = same(&format!(r#"{{"t":"{time}"}}"#));
        assert!(object.get::<DateTimeOffset>(slot("t")).is_some(), "{time}");
    }
}

#[test]
fn numbers_that_are_not_finite_are_text() {
    let object = same(r#"{"r":"-INF","d":"NaN"}"#);
    assert_eq!(object.get::<f32>(slot("r")), Some(f32::NEG_INFINITY));
    assert!(object.get::<f64>(slot("d")).unwrap().is_nan());
    assert_eq!(same(r#"{"d":"INF"}"#).get::<f64>(slot("d")), Some(f64::INFINITY));
    assert_eq!(
        refused(r#"{"d":"inf"}"#),
        "$.d: expected Edm.Double, found a string (line 1, column 6)"
    );
}

#[test]
fn a_double_is_written_with_or_without_a_fraction_as_it_was() {
    same(r#"{"r":5.0,"d":5}"#);
    same(r#"{"d":18446744073709551616}"#);
    same(r#"{"r":1E2,"d":1.50}"#);
    assert_eq!(strict(r#"{"d":1.50}"#).unwrap(), strict(r#"{"d":1.5}"#).unwrap());
    assert_eq!(strict(r#"{"d":1.50}"#).unwrap().get::<f64>(slot("d")), Some(1.5));
    assert_eq!(strict(r#"{"d":5}"#).unwrap(), strict(r#"{"d":5.0}"#).unwrap());
    assert_eq!(strict(r#"{"d":5}"#).unwrap().get::<f64>(slot("d")), Some(5.0));
}

#[test]
fn a_single_number_is_set_by_its_shortest_text() {
    let mut object = Object::new(&MORE);
    object.set(slot("r"), 0.1_f32);
    assert_eq!(object.to_json(), r#"{"r":0.1}"#);
    assert_eq!(object.get::<f32>(slot("r")), Some(0.1));
}

#[test]
fn a_value_of_the_wrong_kind_is_refused_with_its_path_or_kept() {
    for (json, path, expected, found) in [
        (r#"{"s":1}"#, "$.s", "a string", "a number"),
        (r#"{"b":"true"}"#, "$.b", "a boolean", "a string"),
        (r#"{"i":1.0}"#, "$.i", "Edm.Int32", "a number"),
        (r#"{"i":1e3}"#, "$.i", "Edm.Int32", "a number"),
        (r#"{"i":"1"}"#, "$.i", "Edm.Int32", "a string"),
        (r#"{"l":"1.0"}"#, "$.l", "Edm.Int64", "a string"),
        (r#"{"t":1518769219}"#, "$.t", "a string (Edm.DateTimeOffset)", "a number"),
        (r#"{"o":{"o":{"b":[]}}}"#, "$.o.o.b", "a boolean", "an array"),
        (r#"{"o":[]}"#, "$.o", "an object", "an array"),
        (r#"{"o":"{}"}"#, "$.o", "an object", "a string"),
        (r#"{"S":["a",{"b":1}]}"#, "$.S[1]", "a string", "an object"),
        (r#"{"S":"a"}"#, "$.S", "an array", "a string"),
        (r#"{"O":{}}"#, "$.O", "an array", "an object"),
        (r#"{"O":[{},{"O":[{"i":true}]}]}"#, "$.O[1].O[0].i", "Edm.Int32", "a boolean"),
        (r#"{"O":[{},7]}"#, "$.O[1]", "an object", "a number"),
        (r#"{"e":true}"#, "$.e", "a member of an enumeration", "a boolean"),
        (r#"{"e":0.5}"#, "$.e", "a member of an enumeration", "a number"),
        (r#"{"E":["red",[]]}"#, "$.E[1]", "a member of an enumeration", "an array"),
    ] {
        let error = strict(json).expect_err(json);
        assert_eq!(*error.path(), path, "{json}");
        assert_eq!(*error.kind(), ReadErrorKind::Mistyped { expected, found }, "{json}");
        kept(json);
        assert_eq!(lenient(json).leniencies[0].path, path);
    }
}

#[test]
fn a_value_out_of_range_is_refused_with_its_path_or_kept() {
    for (json, expected) in [
        (r#"{"y":256}"#, "Edm.Byte"),
        (r#"{"y":-1}"#, "Edm.Byte"),
        (r#"{"w":128}"#, "Edm.SByte"),
        (r#"{"h":32768}"#, "Edm.Int16"),
        (r#"{"i":2147483648}"#, "Edm.Int32"),
        (r#"{"i":-2147483649}"#, "Edm.Int32"),
        (r#"{"l":9223372036854775808}"#, "Edm.Int64"),
        (r#"{"l":123456789012345678901234567890}"#, "Edm.Int64"),
        (r#"{"d":1e999}"#, "Edm.Double"),
        (r#"{"r":1e39}"#, "Edm.Single"),
        (r#"{"t":"datetime-value"}"#, "Edm.DateTimeOffset"),
        (r#"{"t":"2023-02-29T00:00:00Z"}"#, "Edm.DateTimeOffset"),
        (r#"{"t":"2024-05-01T12:00:00"}"#, "Edm.DateTimeOffset"),
        (r#"{"a":"2024-5-1"}"#, "Edm.Date"),
        (r#"{"c":"24:00:00"}"#, "Edm.TimeOfDay"),
        (r#"{"p":"P1Y"}"#, "Edm.Duration"),
        (r#"{"g":"42"}"#, "Edm.Guid"),
        (r#"{"n":"not base64"}"#, "Edm.Binary"),
    ] {
        let error = strict(json).expect_err(json);
        assert_eq!(*error.kind(), ReadErrorKind::Invalid { expected }, "{json}");
        let object = kept(json);
        assert_eq!(object.present().count(), 1);
    }
}

#[test]
fn what_was_kept_is_not_found_by_its_type_but_is_there() {
    let object = kept(r#"{"i":"seven"}"#);
    assert_eq!(object.get::<i32>(slot("i")), None);
    assert!(object.contains(slot("i")) && !object.is_null(slot("i")));
    assert_eq!(object.mistyped(slot("i")), Some(&Json::from("seven")));
    let object = kept(r#"{"S":["a",1.50]}"#);
    assert_eq!(object.list::<String>(slot("S")).iter().collect::<Vec<_>>(), ["a"]);
}

#[test]
fn null_is_refused_where_the_type_does_not_allow_it() {
    for (json, path) in [
        (r#"{"required":null}"#, "$.required"),
        (r#"{"o":{"required":null}}"#, "$.o.required"),
        (r#"{"S":null}"#, "$.S"),
        (r#"{"Sn":null}"#, "$.Sn"),
        (r#"{"On":null}"#, "$.On"),
        (r#"{"S":["a",null]}"#, "$.S[1]"),
        (r#"{"O":[null]}"#, "$.O[0]"),
    ] {
        let error = strict(json).expect_err(json);
        assert_eq!((error.path().as_str(), error.kind()), (path, &ReadErrorKind::Null));
        kept(json);
    }
    assert_eq!(refused(r#"{"required":null}"#), "$.required: must not be null (line 1, column 13)");
}

#[test]
fn null_is_kept_where_the_type_allows_it() {
    let object =
        same(r#"{"s":null,"i":null,"j":null,"o":null,"e":null,"Sn":["a",null],"On":[null,{}]}"#);
    assert!(object.is_null(slot("s")) && object.is_null(slot("j")));
    assert_eq!(object.get::<Json>(slot("j")), None);
    let items: Vec<_> = object.list::<String>(slot("Sn")).iter_nullable().collect();
    assert_eq!(items, [Some("a"), None]);
    let objects = object.objects(slot("On"));
    assert_eq!(objects[0].stands_for(), Some(&Json::null()));
    assert_eq!(objects[1].stands_for(), None);
}

#[test]
fn an_absent_member_is_fine() {
    assert!(strict("{}").unwrap().is_empty());
}

#[test]
fn a_member_that_comes_twice_is_refused_or_the_last_one_counts() {
    let json = r#"{"s":"a","i":1,"s":"b"}"#;
    assert_eq!(refused(json), "$.s: comes twice (line 1, column 20)");
    let readout = lenient(json);
    assert_eq!(readout.leniency_count, 1);
    assert_eq!(readout.value.to_json(), r#"{"s":"b","i":1}"#);
    let json = r#"{"z":1,"y y":2,"z":3}"#;
    assert_eq!(refused(json), "$.z: comes twice (line 1, column 6)");
    assert_eq!(lenient(json).value.to_json(), r#"{"y y":2,"z":3}"#);
    // The same name, spelled otherwise.
    assert_eq!(refused(r#"{"s":"a","\u0073":"b"}"#), "$.s: comes twice (line 1, column 19)");
}

#[test]
fn undeclared_members_are_kept_as_text_in_both_modes() {
    let json =
        r#"{"s":"a","unknown":{ "deep" : [1.10, 1e400, 12345678901234567890123] },"S ":"\u00e9"}"#;
    let object = same(json);
    let unknown = object.unknown("unknown").unwrap();
    assert_eq!(unknown.as_text(), r#"{ "deep" : [1.10, 1e400, 12345678901234567890123] }"#);
    assert_eq!(object.unknown("S ").unwrap().as_str().as_deref(), Some("é"));
    assert_eq!(object.unknown_members().count(), 2);
    assert_eq!(object.unknown("s"), None);
}

#[test]
fn control_information_is_kept_apart_and_read_in_both_spellings() {
    let json = r##"{"@odata.context":"c","@odata.etag":"W/\"1\"","O@odata.count":7,"@removed":{"reason":"deleted"},"s":"a"}"##;
    let object = same(json);
    assert_eq!(object.etag().as_deref(), Some("W/\"1\""));
    assert_eq!(object.control("O@odata.count").and_then(Json::as_i64), Some(7));
    assert_eq!(object.control("O@count").and_then(Json::as_i64), Some(7));
    assert!(object.control("@removed").is_some() && object.control("@count").is_none());
    assert_eq!(object.unknown_members().count(), 0);
    let short = same(r#"{"@etag":"2","@type":"test.more","extra":1}"#);
    assert_eq!(short.etag().as_deref(), Some("2"));
    assert_eq!(short.type_name(), "test.more");
}

#[test]
fn an_item_that_is_gone_tells_why() {
    for (json, removed) in [
        (r#"{"@removed":{"reason":"changed"},"s":"a"}"#, Some(Removed::Changed)),
        (r#"{"@removed":{"reason":"deleted","by":"x"}}"#, Some(Removed::Deleted)),
        (r#"{"@odata.removed":{"reason":"deleted"}}"#, Some(Removed::Deleted)),
        (r#"{"@removed":{"reason":"eaten"}}"#, Some(Removed::Unstated)),
        (r#"{"@removed":{"reason":7}}"#, Some(Removed::Unstated)),
        (r#"{"@removed":true}"#, Some(Removed::Unstated)),
        (r#"{"@removed":null}"#, None),
        (r#"{"s":"@removed"}"#, None),
    ] {
        assert_eq!(same(json).removed(), removed, "{json}");
    }
}

#[test]
fn the_type_is_taken_from_control_information_early_or_late() {
    for json in [
        r##"{"@odata.type":"#test.more","s":"a","extra":7,"extras":[{"i":1}]}"##,
        r##"{"@odata.type":"test.more","s":"a","extra":7,"extras":[{"i":1}]}"##,
        r##"{"@type":"#test.more","s":"a","extra":7,"extras":[{"i":1}]}"##,
        r##"{"s":"a","extra":7,"extras":[{"i":1}],"@odata.type":"#test.more"}"##,
        r##"{"s":"a","extra":7,"@odata.type":"#test.more","extras":[{"i":1}]}"##,
    ] {
        let object = strict(json).unwrap();
        assert!(object.table().is_a(&MORE), "{json}");
        assert_eq!(object.get::<i32>(slot("extra")), Some(7), "{json}");
        assert_eq!(object.objects(slot("extras"))[0].get::<i32>(slot("i")), Some(1), "{json}");
        assert_eq!(object.get::<String>(slot("s")), Some("a"), "{json}");
        assert_eq!(object.unknown_members().count(), 0, "{json}");
        let again = strict(&object.to_json()).unwrap();
        assert_eq!(again, object, "{json}");
    }
}

#[test]
fn a_mistyped_member_before_a_late_type_names_its_own_place() {
    let error = refused("{\"extra\":\n \"seven\",\n\"@odata.type\":\"test.more\"}");
    assert_eq!(error, "$.extra: expected Edm.Int32, found a string (line 2, column 2)");
}

#[test]
fn an_unknown_type_falls_back_on_the_declared_one_and_is_kept() {
    for json in [
        r##"{"@odata.type":"#test.other","s":"a","extra":7}"##,
        r##"{"@odata.type":7,"s":"a","extra":7}"##,
    ] {
        let object = same(json);
        assert_eq!(object.table().name, "test.every");
        assert_eq!(object.get::<String>(slot("s")), Some("a"));
        assert_eq!(object.unknown("extra").and_then(Json::as_i64), Some(7));
    }
}

#[test]
fn a_type_in_the_text_makes_no_difference_where_the_table_says_it_too() {
    let mut built = Object::new(&MORE);
    built.set(slot("extra"), 7);
    let read = strict(r##"{"@odata.type":"#test.more","extra":7}"##).unwrap();
    assert_eq!(read, built);
    assert_ne!(read, strict(r#"{"extra":7}"#).unwrap());
}

#[test]
fn any_json_is_kept_as_text() {
    for value in ["[1, 2]", "\"a\"", "{ }", "true", "1.10"] {
        let object = same(&format!(r#"{{"q":{value},"j":{value}}}"#));
        assert_eq!(object.get::<Json>(slot("j")).unwrap().as_text(), value);
    }
}

#[test]
fn an_inline_stream_is_text_or_json() {
    same(r#"{"x":"aGk="}"#);
    same(r#"{"x":{"a":1}}"#);
}

#[test]
fn depth_is_bounded() {
    fn nested(depth: usize, open: &str, close: &str) -> String {
        format!("{}{}", open.repeat(depth), close.repeat(depth))
    }
    for (open, close) in [("[", "]"), ("{\"o\":", "null}"), ("{\"O\":[", "]}")] {
        let json = format!(r#"{{"unknown":{}}}"#, nested(100_000, open, close));
        for mode in [ReadMode::Strict, ReadMode::Lenient] {
            let error = read::<View<Every>>(json.as_bytes(), mode).expect_err("too deep");
            assert_eq!(*error.kind(), ReadErrorKind::TooDeep);
        }
    }
    let objects = nested(100_000, "{\"o\":", "}");
    assert_eq!(*strict(&objects).expect_err("too deep").kind(), ReadErrorKind::TooDeep);
    let arrays = format!("{{\"O\":{}}}", nested(100_000, "[{\"O\":", "}]"));
    assert_eq!(*strict(&arrays).expect_err("too deep").kind(), ReadErrorKind::TooDeep);
    let fine = format!("{}{{}}{}", "{\"o\":".repeat(127), "}".repeat(127));
    assert_eq!(strict(&fine).unwrap().to_json(), fine);
}

#[test]
fn what_is_no_json_is_an_error_with_line_and_column() {
    for (json, message) in [
        ("", "$: malformed JSON: expected a value (line 1, column 1)"),
        ("<html>", "$: malformed JSON: expected a value (line 1, column 1)"),
        ("{", "$: malformed JSON: expected a string (line 1, column 2)"),
        ("{\"s\"}", "$.s: malformed JSON: expected `:` (line 1, column 5)"),
        ("{\"s\":\"a\"", "$: malformed JSON: expected `,` or `}` (line 1, column 9)"),
        ("{\"s\":\"a\",}", "$: malformed JSON: expected a string (line 1, column 10)"),
        (
            "{\"s\":\"é\",\n  \"S\":[1 2]}",
            "$.S[0]: expected a string, found a number (line 2, column 8)",
        ),
        ("{\"I\":[1 2]}", "$.I: malformed JSON: expected `,` or `]` (line 1, column 9)"),
        ("{\"s\":\"\\x\"}", "$.s: malformed JSON: expected an escape (line 1, column 8)"),
        (
            "{\"s\":\"\\ud800\"}",
            "$.s: malformed JSON: expected the second half of a surrogate pair (line 1, column 13)",
        ),
        (
            "{\"s\":\"a\nb\"}",
            "$.s: malformed JSON: expected no control character in a string (line 1, column 8)",
        ),
        ("{\"i\":01}", "$: malformed JSON: expected `,` or `}` (line 1, column 7)"),
        ("{\"i\":-}", "$.i: malformed JSON: expected a digit (line 1, column 7)"),
        ("{\"b\":nul}", "$.b: malformed JSON: expected null (line 1, column 6)"),
        ("{} {}", "$: malformed JSON: expected the end of the text (line 1, column 4)"),
        ("null", "$: expected an object, found null (line 1, column 1)"),
        ("[]", "$: expected an object, found an array (line 1, column 1)"),
    ] {
        assert_eq!(refused(json), message, "{json}");
    }
    let error =
        read::<View<Every>>(b"{\"s\":\"\n\xff\"}", ReadMode::Lenient).expect_err("no UTF-8");
    assert_eq!(error.to_string(), "$: malformed JSON: expected text in UTF-8 (line 2, column 1)");
    assert!(error.is_syntax());
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert_eq!(strict("\u{feff}{\"s\":\"a\"}").unwrap().to_json(), r#"{"s":"a"}"#);
}

#[test]
fn no_value_of_the_text_is_in_a_message_and_names_are_cut_and_escaped() {
    let message = refused(r#"{"i":"secret"}"#);
    assert!(!message.contains("secret"));
    let name = format!("a\\u202e{}", "b".repeat(200));
    let message = refused(&format!(r#"{{"{name}":1,"{name}":2}}"#));
    assert!(message.starts_with(r"$['a\u{202e}bbb"), "{message}");
    assert!(message.contains("…']: comes twice") && message.len() < 150, "{message}");
}

#[test]
fn the_list_of_leniencies_is_bounded_and_their_count_is_not() {
    let json = format!(r#"{{"I":[{}"x"]}}"#, "\"x\",".repeat(4_999));
    let readout = lenient(&json);
    assert_eq!((readout.leniencies.len(), readout.leniency_count), (1_000, 5_000));
    assert_eq!(readout.leniencies[999].to_string(), "$.I[999]: expected Edm.Int32, found a string");
}

#[test]
fn members_in_any_order_are_written_in_that_of_the_table() {
    let object = strict(r#"{"i":1,"s":"a","required":"r","b":true}"#).unwrap();
    assert_eq!(object.to_json(), r#"{"s":"a","b":true,"i":1,"required":"r"}"#);
    assert_eq!(object.present().collect::<Vec<_>>(), ["s", "b", "i", "required"]);
}

#[test]
fn objects_that_differ_in_order_and_members_are_read_alike() {
    let json = r#"{"O":[{"s":"1","b":true,"i":1},{"i":2,"b":true,"s":"2"},{"s":"3"},{"b":true,"z":1,"i":4,"s":"4"},{},{"s":"6","b":true,"i":6}]}"#;
    let object = strict(json).unwrap();
    let items = object.objects(slot("O"));
    let texts: Vec<_> = items.iter().map(|item| item.get::<String>(slot("s"))).collect();
    assert_eq!(texts, [Some("1"), Some("2"), Some("3"), Some("4"), None, Some("6")]);
    let numbers: Vec<_> = items.iter().map(|item| item.get::<i32>(slot("i"))).collect();
    assert_eq!(numbers, [Some(1), Some(2), None, Some(4), None, Some(6)]);
}

#[test]
fn an_undeclared_name_that_is_set_goes_where_it_belongs() {
    let mut object = Object::new(&MORE);
    object.set_unknown("i", 7);
    object.set_unknown("t", "noon");
    object.set_unknown("@odata.etag", "1");
    object.set_unknown("z", vec![1, 2]);
    object.set_unknown("z", vec![3]);
    assert_eq!(object.get::<i32>(slot("i")), Some(7));
    assert_eq!(object.to_json(), r#"{"@odata.etag":"1","i":7,"t":"noon","z":[3]}"#);
    object.remove_unknown("z");
    object.remove_control("@etag");
    object.remove(slot("t"));
    assert_eq!(object.to_json(), r#"{"i":7}"#);
}

#[test]
fn an_object_is_small() {
    assert_eq!(size_of::<Object>(), 40);
    assert_eq!(size_of::<DateTimeOffset>(), 16);
    assert_eq!(size_of::<Duration>(), 16);
}

#[test]
fn what_is_special_in_a_string_is_found_wherever_it_stands() {
    for length in 0..110 {
        for at in 0..=length {
            for special in ["\"", "\\", "\n", "\u{1f}", "", "ä"] {
                let text = format!("{}{special}{}", "x".repeat(at), "y".repeat(length - at));
                let json = Json::from(text.as_str());
                assert_eq!(json.as_str().as_deref(), Some(text.as_str()));
                assert_eq!(json.as_text(), serde_json::to_string(&text).unwrap());
            }
        }
    }
}
