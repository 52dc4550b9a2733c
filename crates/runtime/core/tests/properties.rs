//! What holds for all inputs: nothing panics, nothing is lost, and the scanner agrees with `serde_json` on what
//! JSON is.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod kinds;

use kinds::{Colour, Enum, Every, Flags, MORE, More, Rights, View, lenient, slot, strict};
use msgraph_core::edm::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
use msgraph_core::{Json, Object, ReadMode, read};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// Any JSON value; numbers are such as `serde_json` keeps.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1_000_000_i32..1_000_000).prop_map(|n| Value::from(f64::from(n) / 1_024.0)),
        ".{0,8}".prop_map(Value::from),
        select(vec![
            "INF",
            "NaN",
            "red",
            "P1D",
            "2024-05-01",
            "2024-05-01T12:00:00.0Z",
            "07:00",
            "aGk=",
            "42"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            btree_map(name(), inner, 0..6).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// A name that is declared, more often than not. Enumerations are left out, since reading changes their spelling.
fn name() -> impl Strategy<Value = String> {
    const NAMES: [&str; 28] = [
        "s",
        "b",
        "y",
        "w",
        "h",
        "i",
        "l",
        "r",
        "d",
        "m",
        "n",
        "a",
        "t",
        "c",
        "p",
        "g",
        "x",
        "q",
        "j",
        "o",
        "S",
        "Sn",
        "O",
        "On",
        "I",
        "required",
        "extra",
        "@odata.etag",
    ];
    let any = ".{0,5}".prop_map(|name| match &*name {
        "e" | "f" | "E" => name.repeat(2),
        _ => name,
    });
    prop_oneof![4 => select(NAMES.to_vec()).prop_map(str::to_owned), 1 => any]
}

fn document() -> impl Strategy<Value = Value> {
    btree_map(name(), value(), 0..12).prop_map(|map| Value::Object(map.into_iter().collect()))
}

/// An object of `test.more` with one member.
fn one(change: impl FnOnce(&mut Object)) -> Object {
    let mut object = Object::new(&MORE);
    change(&mut object);
    object
}

/// An object of `test.more` with one member, of any kind.
fn member() -> impl Strategy<Value = Object> {
    macro_rules! set {
        ($name:literal, $strategy:expr) => {
            $strategy.prop_map(|value| one(|object| object.set(slot($name), value))).boxed()
        };
    }
    let time = || {
        (any::<i32>(), 0_u32..1_000_000_000, -839_i16..840).prop_map(|(seconds, nanos, offset)| {
            let time = DateTimeOffset::from_unix_seconds(i64::from(seconds) * 20).unwrap();
            let clock = time.time().with_nanosecond(nanos).unwrap();
            DateTimeOffset::new(time.date(), clock, offset).unwrap()
        })
    };
    proptest::strategy::Union::new([
        set!("s", any::<String>()),
        set!("b", any::<bool>()),
        set!("y", any::<u8>()),
        set!("w", any::<i8>()),
        set!("h", any::<i16>()),
        set!("i", any::<i32>()),
        set!("l", any::<i64>()),
        set!("r", any::<f32>()),
        set!("d", any::<f64>()),
        set!("m", any::<i128>().prop_map(Decimal::from)),
        set!("n", any::<Vec<u8>>().prop_map(Binary::from)),
        set!("a", time().prop_map(DateTimeOffset::date)),
        set!("t", time()),
        set!("c", time().prop_map(DateTimeOffset::time)),
        set!("p", any::<i64>().prop_map(Duration::from_seconds)),
        set!("g", any::<u128>().prop_map(Guid::from_u128)),
        set!("j", value().prop_map(Json::from)),
        set!("e", ".{0,5}".prop_map(|text| Enum::<Colour>::from_text(&text))),
        set!(
            "f",
            "[a-z]{1,5}(,[a-z]{1,5}){0,3}".prop_map(|text| Flags::<Rights>::from_text(&text))
        ),
        set!("extra", any::<i32>()),
        vec(any::<String>(), 0..4)
            .prop_map(|texts| one(|object| object.set_list(slot("S"), texts)))
            .boxed(),
        select(vec!["s", "i", "t", "o", "j"])
            .prop_map(|name| one(|object| object.set_null(slot(name))))
            .boxed(),
        ("[A-Z@]{2,6}", value())
            .prop_map(|(name, json)| one(|object| object.set_unknown(&name, json)))
            .boxed(),
    ])
}

/// An object of `test.more` with any members.
fn object() -> impl Strategy<Value = Object> {
    let flat = || {
        vec(member(), 0..8).prop_map(|members| {
            one(|object| members.iter().for_each(|member| object.merge(member)))
        })
    };
    flat().prop_recursive(3, 12, 3, move |inner| {
        (flat(), vec(inner, 0..4)).prop_map(|(mut object, mut objects)| {
            if let Some(one) = objects.pop() {
                object.set_object(slot("o"), one);
            }
            object.set_objects(slot("O"), objects);
            object
        })
    })
}

/// Text that is nearly JSON.
fn nearly() -> impl Strategy<Value = String> {
    const PIECES: [&str; 34] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u00e9",
        "\\ud800",
        "\\udc00",
        "\\n",
        " ",
        "\n",
        "\t",
        "\u{1}",
        "null",
        "true",
        "false",
        "0",
        "-",
        "1",
        ".",
        "e",
        "+",
        "\"s\":",
        "\"O\":",
        "\"@odata.type\":",
        "\"#test.more\"",
        "\"extra\"",
        "é",
        "\u{feff}",
        "nul",
        "\"\"",
    ];
    vec(select(PIECES.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_read_leniently_is_written_as_equal_json(document in document()) {
        let object = lenient(&document.to_string()).value;
        let written: Value = serde_json::from_str(&object.to_json()).unwrap();
        prop_assert_eq!(written, document);
    }

    #[test]
    fn what_strict_reading_accepts_lenient_reading_reads_alike(document in document()) {
        if let Ok(object) = strict(&document.to_string()) {
            let readout = lenient(&document.to_string());
            prop_assert_eq!(readout.leniency_count, 0);
            prop_assert_eq!(readout.value, object);
        }
    }

    #[test]
    fn undeclared_members_and_what_is_mistyped_keep_their_text(
        number in "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,5})?",
        space in "[ \n\t\r]{0,3}",
    ) {
        let text = format!("[{space}{number}{space},{{{space}\"a\"{space}:{number}}}]");
        let object = lenient(&format!("{{\"zz\":{text},\"i\":{text},\"j\":{text}}}")).value;
        prop_assert_eq!(object.unknown("zz").unwrap().as_text(), &text);
        prop_assert_eq!(object.mistyped(slot("i")).unwrap().as_text(), &text);
        prop_assert_eq!(object.get::<Json>(slot("j")).unwrap().as_text(), &text);
        // Numbers keep their digits even where they are typed.
        let typed = format!("{{\"r\":{number},\"d\":{number},\"m\":{number}}}");
        prop_assert_eq!(lenient(&typed).value.to_json(), typed);
    }

    #[test]
    fn objects_are_written_and_read_as_equal_objects(object in object()) {
        let mut declared = Object::new(&kinds::EVERY);
        declared.set_object(slot("o"), object.clone());
        let json = declared.to_json();
        let again = lenient(&json).value;
        prop_assert_eq!(&again, &declared, "{}", json);
        prop_assert_eq!(again.to_json(), json);
        // The same by way of serde.
        let view = View::<More>::from_object(object).unwrap();
        let text = serde_json::to_string(&view).unwrap();
        prop_assert_eq!(&text, &view.to_json());
        prop_assert_eq!(&read::<View<More>>(text.as_bytes(), ReadMode::Lenient).unwrap().value, &view);
    }

    #[test]
    fn a_patch_that_is_merged_twice_changes_nothing_more(one in object(), patch in object()) {
        let mut merged = one;
        merged.merge(&patch);
        let mut twice = merged.clone();
        twice.merge(&patch);
        prop_assert_eq!(twice, merged);
    }

    #[test]
    fn no_text_makes_reading_panic_and_all_agree_on_what_is_json(text in nearly(), bytes: Vec<u8>) {
        for mode in [ReadMode::Strict, ReadMode::Lenient] {
            let _ = read::<View<Every>>(&bytes, mode);
            let _ = read::<View<Every>>(text.as_bytes(), mode);
            let _ = read::<View<Every>>(format!("{{{text}}}").as_bytes(), mode);
        }
        let ours = text.parse::<Json>();
        match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
            Ok(value) => {
                let written: Value = serde_json::from_str(ours.unwrap().as_text()).unwrap();
                prop_assert_eq!(written, value);
            }
            // Beyond what a number can hold, text is still JSON.
            Err(error) if error.to_string().starts_with("number out of range") => {}
            Err(_) => prop_assert!(ours.is_err() || text.starts_with("\u{feff}\u{feff}"), "{:?}", text),
        }
    }

    #[test]
    fn a_text_that_is_cut_or_changed_makes_reading_no_trouble(
        document in document(), cut: prop::sample::Index, change: prop::sample::Index, byte: u8,
    ) {
        let mut bytes = document.to_string().into_bytes();
        let at = change.index(bytes.len());
        let _ = read::<View<Every>>(&bytes[..cut.index(bytes.len())], ReadMode::Lenient);
        bytes[at] = byte;
        let _ = read::<View<Every>>(&bytes, ReadMode::Lenient);
        let _ = read::<View<Every>>(&bytes, ReadMode::Strict);
    }
}

#[test]
fn a_hundred_thousand_undeclared_members_take_no_quadratic_time() {
    let members: Vec<_> = (0..100_000).map(|n| format!("\"u{n}\":{n}")).collect();
    let json = format!("{{{}}}", members.join(","));
    let object = strict(&json).unwrap();
    assert_eq!(object.unknown_members().count(), 100_000);
    assert_eq!(object, lenient(&json).value);
    let objects = format!("{{\"O\":[{}{{}}]}}", "{},".repeat(100_000));
    assert_eq!(strict(&objects).unwrap().objects(slot("O")).len(), 100_001);
}

#[test]
fn a_time_of_day_is_written_as_a_member() {
    let mut object = Object::new(&MORE);
    object.set(slot("c"), TimeOfDay::new(7, 5, 9).unwrap());
    object.set(slot("a"), Date::new(2024, 2, 29).unwrap());
    assert_eq!(object.to_json(), r#"{"a":"2024-02-29","c":"07:05:09"}"#);
}
