//! Enumerations: open, in any case, by number; flags as sets.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod kinds;

use kinds::{Colour, Enum, Flags, Nothing, Rights, lenient, slot, strict};
use msgraph_core::ReadErrorKind;

fn colour(json: &str) -> Enum<Colour> {
    let object = strict(json).unwrap();
    assert_eq!(object.to_json(), json);
    object.get::<Enum<Colour>>(slot("e")).unwrap().clone()
}

fn rights(json: &str) -> Flags<Rights> {
    let object = strict(json).unwrap();
    object.get::<Flags<Rights>>(slot("f")).unwrap().clone()
}

#[test]
fn a_member_is_read_by_its_name() {
    assert_eq!(colour(r#"{"e":"red"}"#), Enum::<Colour>::Red);
    assert_eq!(colour(r#"{"e":"unknownFutureValue"}"#), Enum::<Colour>::UnknownFutureValue);
    assert_eq!(colour(r#"{"e":"none"}"#).value(), Some(-1));
    assert_eq!(colour(r#"{"e":"Blue"}"#).value(), Some(-2_016_330_712));
}

#[test]
fn a_name_in_another_case_is_the_member_and_a_leniency() {
    let readout = lenient(r#"{"e":"RED"}"#);
    assert_eq!(readout.value.get::<Enum<Colour>>(slot("e")), Some(&Enum::<Colour>::Red));
    assert_eq!(readout.leniencies[0].kind, ReadErrorKind::Spelling);
    assert_eq!(readout.value.to_json(), r#"{"e":"red"}"#);
}

#[test]
fn an_unknown_name_keeps_its_text() {
    let mauve = colour(r#"{"e":"mauve \"2\""}"#);
    assert_eq!((mauve.as_str(), mauve.value(), mauve.is_known()), ("mauve \"2\"", None, false));
    assert_eq!(mauve.to_string(), "mauve \"2\"");
}

#[test]
fn a_number_is_the_member_or_its_digits_and_a_leniency() {
    let seven = colour(r#"{"e":"7"}"#);
    assert_eq!((seven.as_str(), seven.value(), seven.is_known()), ("7", Some(7), false));
    for (json, written) in [(r#"{"e":7}"#, r#"{"e":"7"}"#), (r#"{"e":0}"#, r#"{"e":"red"}"#)] {
        assert_eq!(strict(json).unwrap().to_json(), written);
        assert_eq!(lenient(json).leniencies[0].kind, ReadErrorKind::Spelling);
    }
    assert_eq!(Enum::<Colour>::from_value(-1), Enum::<Colour>::None);
    let kind = strict(r#"{"e":99999999999999999999}"#).unwrap_err().kind().clone();
    assert_eq!(kind, ReadErrorKind::Invalid { expected: "an enumeration" });
}

#[test]
fn an_enumeration_without_members_knows_none() {
    let value = Enum::<Nothing>::from_text("x");
    assert!(!value.is_known());
    assert_eq!(value.as_str(), "x");
    assert_eq!(kinds::member::<Nothing>(7).as_str(), "");
}

#[test]
fn a_collection_of_members_is_a_list() {
    let object = strict(r#"{"E":["red","mauve",0]}"#).unwrap();
    let list = object.list::<Enum<Colour>>(slot("E"));
    assert_eq!(list.get(0), Some(&Enum::<Colour>::Red));
    assert_eq!(list.iter().map(Enum::as_str).collect::<Vec<_>>(), ["red", "mauve", "red"]);
    assert_eq!(object.to_json(), r#"{"E":["red","mauve","red"]}"#);
}

#[test]
fn flags_are_a_set() {
    let set = rights(r#"{"f":"write, read,mauve,read"}"#);
    assert_eq!(set.to_string(), "read,write,mauve");
    assert!(set.contains(&Enum::<Rights>::Read) && !set.contains(&Enum::<Rights>::Own));
    assert!(!set.contains(&Enum::<Rights>::None) && !set.contains(&Enum::<Rights>::Full));
    assert_eq!(set.bits(), 3);
    assert_eq!(set.iter().map(Enum::as_str).collect::<Vec<_>>(), ["read", "write", "mauve"]);
}

#[test]
fn a_member_of_several_bits_holds_the_members_of_each() {
    let full = rights(r#"{"f":"full"}"#);
    assert!(full.contains(&Enum::<Rights>::Write) && full.contains(&Enum::<Rights>::Full));
    let all = Enum::<Rights>::Read | Enum::<Rights>::Write | Enum::<Rights>::Own;
    assert!(all.contains(&Enum::<Rights>::Full));
    assert!(rights(r#"{"f":"none"}"#).contains(&Enum::<Rights>::None));
}

#[test]
fn flags_as_a_number_have_its_bits() {
    let set = rights(r#"{"f":6}"#);
    assert!(set.contains(&Enum::<Rights>::Own) && !set.contains(&Enum::<Rights>::Read));
    assert_eq!(strict(r#"{"f":6}"#).unwrap().to_json(), r#"{"f":"6"}"#);
    assert_eq!(strict(r#"{"f":7}"#).unwrap().to_json(), r#"{"f":"full"}"#);
}

#[test]
fn flags_are_changed_and_compared_as_sets() {
    let mut set = Flags::<Rights>::from(Enum::<Rights>::Write);
    set |= Enum::<Rights>::Read;
    assert_eq!(set, rights(r#"{"f":"read,write"}"#));
    assert!(set.remove(&Enum::<Rights>::Read) && !set.remove(&Enum::<Rights>::Read));
    assert_eq!(set.to_string(), "write");
    assert!(Flags::<Rights>::new().is_empty());
    assert_eq!(format!("{:?}", Enum::<Rights>::Read | Enum::<Rights>::Own), "{read, own}");
}

#[test]
fn many_unknown_flags_take_no_quadratic_time() {
    let names: Vec<_> = (0..200_000).map(|n| format!("u{n}")).collect();
    let set = rights(&format!(r#"{{"f":"{}"}}"#, names.join(",")));
    assert_eq!(set.iter().count(), 200_000);
}

#[test]
fn enumerations_are_serialized_as_text() {
    assert_eq!(serde_json::to_string(&Enum::<Colour>::Red).unwrap(), r#""red""#);
    assert_eq!(serde_json::from_str::<Enum<Colour>>("0").unwrap(), Enum::<Colour>::Red);
    let set = Enum::<Rights>::Read | Enum::<Rights>::Own;
    let text = serde_json::to_string(&set).unwrap();
    assert_eq!(text, r#""read,own""#);
    assert_eq!(serde_json::from_str::<Flags<Rights>>(&text).unwrap(), set);
    assert_eq!("RED".parse::<Enum<Colour>>(), Ok(Enum::<Colour>::Red));
}
