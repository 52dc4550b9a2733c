//! Edm types: what is parsed, what is shown, what they convert to, and what they refuse.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use msgraph_core::edm::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
use msgraph_core::{Json, ReadErrorKind};
use proptest::prelude::*;
use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

fn refused<T: FromStr + Debug>(texts: &[&str]) {
    for text in texts {
        if let Ok(value) = text.parse::<T>() {
            panic!("{text} is read as {value:?}");
        }
    }
}

fn shown<T: FromStr<Err: Debug> + Display>(text: &str) -> String {
    text.parse::<T>().expect(text).to_string()
}

#[test]
fn a_date_is_one_of_the_calendar() {
    assert_eq!(shown::<Date>("2024-02-29"), "2024-02-29");
    assert_eq!(shown::<Date>("0000-01-01"), "0000-01-01");
    assert_eq!(shown::<Date>("-0001-12-31"), "-0001-12-31");
    assert_eq!(shown::<Date>("32767-12-31"), "32767-12-31");
    refused::<Date>(&[
        "",
        "2023-02-29",
        "1900-02-29",
        "2024-13-01",
        "2024-00-01",
        "2024-01-32",
        "2024-01-00",
        "24-01-01",
        "02024-01-01",
        "-0000-01-01",
        "2024-1-1",
        "2024-01-01Z",
        "+2024-01-01",
        "2024/01/01",
        "32768-01-01",
        "２０２４-01-01",
        "2024-01-0\u{661}",
    ]);
}

#[test]
fn days_are_counted_from_1970() {
    for (text, days) in [
        ("1970-01-01", 0),
        ("1969-12-31", -1),
        ("2000-02-29", 11_016),
        ("2000-03-01", 11_017),
        ("0001-01-01", -719_162),
        ("9999-12-31", 2_932_896),
    ] {
        let date: Date = text.parse().unwrap();
        assert_eq!(date.unix_days(), days, "{text}");
        assert_eq!(Date::from_unix_days(days.into()), Some(date));
    }
    assert_eq!(Date::from_unix_days(i64::MAX), None);
    assert_eq!(Date::from_unix_days(i64::MIN), None);
}

#[test]
fn a_time_of_day_keeps_its_digits_and_is_compared_by_its_value() {
    assert_eq!(shown::<TimeOfDay>("07:59:59.990"), "07:59:59.990");
    assert_eq!(shown::<TimeOfDay>("07:59"), "07:59:00");
    assert_eq!("07:00:00.10".parse::<TimeOfDay>(), "07:00:00.1".parse());
    assert!("07:00:00.000000000001".parse::<TimeOfDay>().unwrap() > "07:00:00".parse().unwrap());
    let time = TimeOfDay::new(7, 0, 0).unwrap().with_nanosecond(120_000).unwrap();
    assert_eq!(time.to_string(), "07:00:00.000120");
    assert!(time.with_nanosecond(1_000_000_000).is_err());
    refused::<TimeOfDay>(&[
        "",
        "7:00",
        "24:00:00",
        "07:60:00",
        "07:00:60",
        "07:00:00.",
        "07:00:00.1234567890123",
        "07:00:00Z",
        "07",
        "07:00:",
        "-07:00",
    ]);
}

#[test]
fn a_date_time_offset_keeps_digits_and_offset_and_is_compared_as_a_point_in_time() {
    for text in
        ["2024-05-01T12:00:00.0000000Z", "2024-05-01T12:00:00+05:30", "2024-05-01T12:00:00-23:59"]
    {
        assert_eq!(shown::<DateTimeOffset>(text), text);
    }
    let noon: DateTimeOffset = "2024-05-01T12:00:00Z".parse().unwrap();
    assert_eq!(noon, "2024-05-01T17:30:00.000+05:30".parse().unwrap());
    assert!(noon < "2024-05-01T12:00:00.000000000001Z".parse().unwrap());
    assert!(noon > "2024-05-01T12:00:00+00:01".parse().unwrap());
    refused::<DateTimeOffset>(&[
        "",
        "2024-05-01",
        "2024-05-01T12:00:00",
        "2024-05-01 12:00:00Z",
        "2024-05-01T12:00:00+24:00",
        "2024-05-01T12:00:00+00:60",
        "2024-05-01T12:00:00+0000",
        "2024-05-01T12:00:00ZZ",
        "datetime-value",
    ]);
}

#[test]
fn a_date_time_offset_is_a_system_time() {
    for text in
        ["1969-12-31T23:59:59.750Z", "1970-01-01T00:00:00Z", "2024-05-01T12:00:00.123456789Z"]
    {
        let time: DateTimeOffset = text.parse().unwrap();
        let system = time.to_system_time().unwrap();
        assert_eq!(DateTimeOffset::try_from(system).unwrap().to_string(), text);
    }
    assert_eq!(DateTimeOffset::try_from(UNIX_EPOCH).unwrap().unix_seconds(), 0);
    assert!(DateTimeOffset::try_from(SystemTime::now()).is_ok());
    assert_eq!(DateTimeOffset::from_unix_seconds(i64::MIN), None);
}

#[test]
fn a_duration_has_days_hours_minutes_and_seconds() {
    for text in [
        "PT0S",
        "P1D",
        "PT1H",
        "PT1M",
        "P1DT1S",
        "-PT0.5S",
        "P12DT23H59M59.999999999999S",
        "PT1.50S",
    ] {
        assert_eq!(shown::<Duration>(text), text);
    }
    assert_eq!(shown::<Duration>("PT90M"), "PT1H30M");
    assert_eq!(shown::<Duration>("+P0DT24H"), "P1D");
    assert_eq!(Duration::from(std::time::Duration::from_millis(1_500)).to_string(), "PT1.500S");
    assert_eq!(
        "PT1.5S".parse::<Duration>().unwrap().to_std(),
        Some(std::time::Duration::from_millis(1_500))
    );
    assert_eq!("-PT1S".parse::<Duration>().unwrap().to_std(), None);
    assert_eq!("-PT0S".parse::<Duration>(), "PT0S".parse());
    assert!(Duration::from_seconds(-1) < Duration::ZERO);
    assert_eq!(Duration::from_seconds(i64::MIN).negated().whole_seconds(), 1 << 63);
    refused::<Duration>(&[
        "",
        "P",
        "PT",
        "P1",
        "1D",
        "P1Y",
        "P1M",
        "P1DT",
        "PT1S1M",
        "PT1H1H",
        "PT1.5M",
        "PT.5S",
        "PT1.S",
        "P99999999999999999999D",
        "PT18446744073709551616S",
        "P-1D",
        "pt1s",
    ]);
}

#[test]
fn a_guid_is_read_in_either_case() {
    let text = "48d31887-5fad-4d73-a9f5-3c356e68a038";
    assert_eq!(shown::<Guid>(text), text);
    assert_eq!(shown::<Guid>(&text.to_uppercase()), text);
    assert_eq!(text.parse::<Guid>().unwrap().as_bytes()[0], 0x48);
    refused::<Guid>(&[
        "",
        "48d318875fad4d73a9f53c356e68a038",
        "{48d31887-5fad-4d73-a9f5-3c356e68a038}",
        "48d31887-5fad-4d73-a9f5-3c356e68a03",
        "48d31887-5fad-4d73-a9f5-3c356e68a03g",
        "48d31887-5fad-4d73-a9f53-c356e68a038",
        "------------------------------------",
        "48d31887-5fad-4d73-a9f5-3c356e68a0é",
    ]);
}

#[test]
fn binary_is_read_in_both_alphabets_with_or_without_padding() {
    for (text, bytes) in
        [("", &b""[..]), ("aA==", b"h"), ("aGk=", b"hi"), ("aGkh", b"hi!"), ("-_8=", &[0xfb, 0xff])]
    {
        assert_eq!(text.parse::<Binary>().unwrap().as_bytes(), bytes);
        assert_eq!(Binary::from(bytes).to_string(), text);
        assert_eq!(text.trim_end_matches('=').parse::<Binary>().unwrap().as_bytes(), bytes);
    }
    assert_eq!("+/8=".parse::<Binary>(), "-_8=".parse());
    refused::<Binary>(&["a", "aGk==", "a=Gk", "aGk=aGk=", "a b=", "aA===", "=", "===="]);
}

#[test]
fn a_decimal_keeps_its_digits_and_is_compared_by_its_value() {
    assert_eq!(shown::<Decimal>("-0.10"), "-0.10");
    for (one, other) in [
        ("1.50", "1.5"),
        ("0", "-0.00"),
        ("1e2", "100"),
        ("1.5E-1", "0.15"),
        ("0e999999999999999999999", "0"),
    ] {
        assert_eq!(one.parse::<Decimal>(), other.parse());
    }
    assert_ne!("1".parse::<Decimal>(), "-1".parse());
    assert_ne!(
        "79228162514264337593543950335".parse::<Decimal>(),
        "79228162514264337593543950336".parse()
    );
    assert_eq!(Decimal::from(i64::MIN).as_str(), "-9223372036854775808");
    assert_eq!(Decimal::try_from(0.1).unwrap().as_str(), "0.1");
    assert!(Decimal::try_from(f64::NAN).is_err());
    assert!((Decimal::try_from(0.1).unwrap().to_f64() - 0.1).abs() < f64::EPSILON);
    refused::<Decimal>(&["", "+1", ".5", "1.", "01", "1e", "INF", "0x1", "1 "]);
}

#[test]
fn an_exponent_that_no_number_holds_is_still_above_or_below() {
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();
    let (low, high) = ("1e-99999999999999999999", "1e99999999999999999999");
    for pair in
        ["-1e99999999999999999999", "0", low, "1e-400", "1", "1e9999999999", high].windows(2)
    {
        assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
    }
    assert_ne!(low.parse::<Json>(), high.parse());
}

#[test]
fn json_is_what_it_was_read_or_made_of() {
    let json = |text: &str| text.parse::<Json>().unwrap();
    assert_eq!(json(" 1 ").as_text(), "1");
    assert_eq!(
        (json("7").as_i64(), json("\"7\"").as_i64(), json("1.5").as_f64()),
        (Some(7), None, Some(1.5))
    );
    assert_eq!((json("true").as_bool(), json("null").is_null()), (Some(true), true));
    assert_eq!(json(r#""a\nb""#).as_str().as_deref(), Some("a\nb"));
    assert_eq!(Json::from(vec![Some("a\"b"), None]).as_text(), r#"["a\"b",null]"#);
    assert_eq!(Json::from(f64::INFINITY).as_text(), r#""INF""#);
    assert_eq!(json("[1,2]").deserialize::<Vec<u8>>().unwrap(), [1, 2]);
    assert_eq!(Json::from_serialize(&[1, 2]).unwrap().as_text(), "[1,2]");
    assert!(matches!("{".parse::<Json>().unwrap_err().kind(), ReadErrorKind::Syntax(_)));
}

#[test]
fn json_is_equal_where_it_means_the_same() {
    let json = |text: &str| text.parse::<Json>().unwrap();
    for (one, other) in [
        (r#"{"a":1,"b":[1.50,"\u0041",null]}"#, r#" { "b" : [1.5,"A",null], "\u0061":1.0 } "#),
        ("100", "1E+2"),
        ("0", "-0.0"),
        ("1e400", "10e399"),
        (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
    ] {
        assert_eq!(json(one), json(other));
    }
    for (one, other) in [
        ("123456789012345678901234567890", "123456789012345678901234567891"),
        ("0.1", "0.1000000000000000000001"),
        ("1e400", "1e401"),
        ("[1,2]", "[2,1]"),
        ("[1]", "[1,1]"),
        ("1", r#""1""#),
        ("null", "false"),
        (r#"{"a":null}"#, "{}"),
        (r#"{"a":1}"#, r#"{"b":1}"#),
    ] {
        assert_ne!(json(one), json(other));
    }
}

#[test]
fn edm_types_are_serialized_as_text() {
    let date: Date = "2024-02-29".parse().unwrap();
    assert_eq!(serde_json::to_string(&date).unwrap(), r#""2024-02-29""#);
    assert_eq!(serde_json::from_str::<Date>(r#""2024-02-29""#).unwrap(), date);
    let error = serde_json::from_str::<Date>(r#""2023-02-29""#).unwrap_err();
    assert!(error.to_string().starts_with("not a value of Edm.Date"), "{error}");
    assert_eq!(serde_json::from_str::<Decimal>("1.5").unwrap(), "1.5".parse().unwrap());
}

/// What is shown is parsed as the same value, and shown the same again.
fn round_trip<T: FromStr<Err: Debug> + Display + PartialEq + Debug>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        let shown = value.to_string();
        let again: T = shown.parse().expect("what is shown is parsed");
        assert_eq!(again, value);
        assert_eq!(again.to_string(), shown);
    }
}

proptest! {
    #[test]
    fn what_is_shown_is_parsed_as_the_same_value(
        date in "-?[0-9]{4,5}-[01][0-9]-[0-3][0-9]",
        time in "[0-2][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,12})?)?",
        offset in "Z|[+-][0-2][0-9]:[0-5][0-9]",
        duration in "-?P([0-9]{1,6}D)?(T([0-9]{1,3}H)?([0-9]{1,3}M)?([0-9]{1,3}(\\.[0-9]{1,12})?S)?)?",
        guid in "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        decimal in "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,4})?",
        bytes: Vec<u8>,
        any: String,
    ) {
        round_trip::<Date>(&date);
        round_trip::<TimeOfDay>(&time);
        round_trip::<DateTimeOffset>(&format!("{date}T{time}{offset}"));
        round_trip::<Duration>(&duration);
        round_trip::<Guid>(&guid);
        round_trip::<Decimal>(&decimal);
        prop_assert!(guid.parse::<Guid>().is_ok() && decimal.parse::<Decimal>().is_ok());
        prop_assert_eq!(Binary::from(bytes).to_string().parse::<Binary>().unwrap().to_string().len() % 4, 0);
        round_trip::<Date>(&any);
        round_trip::<TimeOfDay>(&any);
        round_trip::<DateTimeOffset>(&any);
        round_trip::<Duration>(&any);
        round_trip::<Guid>(&any);
        round_trip::<Binary>(&any);
        round_trip::<Decimal>(&any);
    }

    #[test]
    fn days_and_dates_are_one_to_one(days in -12_000_000_i64..11_000_000) {
        let date = Date::from_unix_days(days).unwrap();
        prop_assert_eq!(i64::from(date.unix_days()), days);
        prop_assert_eq!(date.to_string().parse(), Ok(date));
    }

    #[test]
    fn binary_round_trips(bytes: Vec<u8>) {
        let text = Binary::from(bytes.as_slice()).to_string();
        prop_assert_eq!(text.parse::<Binary>().unwrap().into_bytes(), bytes);
    }

    #[test]
    fn system_times_round_trip(seconds in -60_000_000_000_i64..200_000_000_000, nanos in 0_u32..1_000_000_000) {
        let time = DateTimeOffset::from_unix_seconds(seconds).unwrap();
        let time = DateTimeOffset::utc(time.date(), time.time().with_nanosecond(nanos).unwrap());
        let system = time.to_system_time().unwrap();
        prop_assert_eq!(DateTimeOffset::try_from(system).unwrap().to_string(), time.to_string());
    }
}
