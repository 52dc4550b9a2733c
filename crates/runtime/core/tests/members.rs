//! Members of any number, in any order, and texts of any length: kept, found, written in the order of the table.

#![allow(clippy::unwrap_used, reason = "tests")]

use msgraph_core::{Model, Object, ReadErrorKind, ReadMode, Table, read};
use std::sync::LazyLock;

/// More members than an object's marks of what it has seen have room for in place.
const MEMBERS: usize = 300;

#[derive(bytemuck::TransparentWrapper)]
#[repr(transparent)]
struct Wide(Object);

impl Model for Wide {
    const TABLE: &'static Table = &WIDE;
}

static WIDE: Table = Table {
    name: "test.wide",
    base: None,
    derived: &[],
    is_open: false,
    is_abstract: false,
    inherited: 0,
    names: &NAMES,
    kinds: &[b's'; 2 * MEMBERS],
    types: &[],
};

/// Names such as `n007`, made by the compiler.
static NAMES: [&str; MEMBERS] = {
    const DIGITS: [[u8; 4]; MEMBERS] = {
        let mut names = [*b"n000"; MEMBERS];
        let mut index = 0;
        while index < MEMBERS {
            names[index][1] += (index / 100) as u8;
            names[index][2] += (index / 10 % 10) as u8;
            names[index][3] += (index % 10) as u8;
            index += 1;
        }
        names
    };
    let mut names = [""; MEMBERS];
    let mut index = 0;
    while index < MEMBERS {
        if let Ok(name) = std::str::from_utf8(&DIGITS[index]) {
            names[index] = name;
        }
        index += 1;
    }
    names
};

static IN_ORDER: LazyLock<String> = LazyLock::new(|| json(0..MEMBERS));

fn json(members: impl Iterator<Item = usize>) -> String {
    let members: Vec<_> = members.map(|index| format!(r#""n{index:03}":"{index}""#)).collect();
    format!("{{{}}}", members.join(","))
}

fn strict(json: &str) -> Object {
    Wide::peel(read::<Wide>(json.as_bytes(), ReadMode::Strict).unwrap().value)
}

use bytemuck::TransparentWrapper as _;

#[test]
fn members_are_written_in_the_order_of_the_table() {
    assert_eq!(strict(&IN_ORDER).to_json(), *IN_ORDER);
    assert_eq!(strict(&json((0..MEMBERS).rev())).to_json(), *IN_ORDER);
    // A stride that is prime to their number reaches each of them.
    let scattered = strict(&json((0..MEMBERS).map(|index| index * 7 % MEMBERS)));
    assert_eq!(scattered.to_json(), *IN_ORDER);
    assert_eq!(scattered.get::<String>(299), Some("299"));
}

#[test]
fn the_order_of_one_item_is_not_taken_for_that_of_the_next() {
    let one = json([5, 3, 290, 4].into_iter());
    let other = json([290, 3, 5, 4].into_iter());
    let page = format!(r#"{{"value":[{one},{other},{one},{other}]}}"#);
    let page = <msgraph_core::Page<Wide> as msgraph_core::Payload>::read(
        page.as_bytes(),
        ReadMode::Strict,
    )
    .unwrap()
    .value;
    for item in page.value() {
        assert_eq!(Wide::peel_ref(item).to_json(), json([3, 4, 5, 290].into_iter()));
    }
}

#[test]
fn a_member_that_comes_twice_is_found_wherever_it_stands() {
    for member in [0, 63, 64, 255, 256, 299] {
        let twice = IN_ORDER.replace('}', &format!(r#","n{member:03}":"again"}}"#));
        let error = read::<Wide>(twice.as_bytes(), ReadMode::Strict).err().unwrap();
        assert_eq!(*error.kind(), ReadErrorKind::Duplicate);
        assert_eq!(error.path(), &format!("$.n{member:03}").as_str());
        let lenient = read::<Wide>(twice.as_bytes(), ReadMode::Lenient).unwrap();
        assert_eq!(lenient.leniency_count, 1);
        let object = Wide::peel(lenient.value);
        assert_eq!(object.get::<String>(member), Some("again"));
        assert_eq!(object.present().count(), MEMBERS);
    }
}

#[test]
fn members_are_set_and_removed_in_any_order() {
    let mut object = Object::new(&WIDE);
    for slot in [9, 2, 5, 2, 299] {
        object.set::<String>(slot, format!("{slot}"));
    }
    assert_eq!(object.to_json(), json([2, 5, 9, 299].into_iter()));
    for slot in [5, 5, 299, 2] {
        object.remove(slot);
    }
    assert_eq!(object.to_json(), json([9].into_iter()));
    object.set::<String>(1, "1".to_owned());
    object.remove(9);
    object.remove(1);
    assert!(object.is_empty());
}

#[test]
fn texts_of_every_length_are_kept() {
    for letters in ["abcdefghijklmnopqrstuvwxyz0123456789", "aäöüßéèêçñøåœæþðłşğıżźśńćę"]
    {
        for end in (0..=letters.len()).filter(|end| letters.is_char_boundary(*end)) {
            let text = &letters[..end];
            let object = strict(&format!(r#"{{"n000":"{text}"}}"#));
            assert_eq!(object.get::<String>(0), Some(text));
            let mut set = Object::new(&WIDE);
            set.set::<String>(0, text.to_owned());
            assert_eq!(set, object);
            // Escapes anywhere in it, also beyond the steps that texts are scanned in.
            let escaped = format!(r#"{{"n000":"{text}\n{text}"}}"#);
            assert_eq!(strict(&escaped).to_json(), escaped);
            let broken = format!("{{\"n000\":\"{text}\n{text}\"}}");
            assert!(read::<Wide>(broken.as_bytes(), ReadMode::Strict).is_err());
        }
    }
}
