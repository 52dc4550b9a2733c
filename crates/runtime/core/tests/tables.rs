//! Wrong tables: members become any JSON or unknown, and nothing panics or runs forever.

use msgraph_core::{EnumTable, Model, Object, ReadMode, Table, Type, read};

#[derive(bytemuck::TransparentWrapper)]
#[repr(transparent)]
struct Short(Object);

impl Model for Short {
    const TABLE: &'static Table = &SHORT;
}

#[derive(bytemuck::TransparentWrapper)]
#[repr(transparent)]
struct Ring(Object);

impl Model for Ring {
    const TABLE: &'static Table = &RING;
}

/// Fewer kinds than names, types out of order, of the wrong sort, and missing.
static SHORT: Table = Table {
    name: "test.short",
    base: None,
    derived: &[],
    is_open: false,
    is_abstract: false,
    inherited: 40_000,
    names: &["object", "enum", "flags", "unordered", "strange", "half", "none"],
    kinds: b"o?e?f!O?%?s",
    types: &[(1, Type::Object(&SHORT)), (2, Type::Enum(&UNEVEN)), (0, Type::Object(&SHORT))],
};

/// More names than values.
static UNEVEN: EnumTable =
    EnumTable { name: "", members: &["a", "b"], values: &[1], is_flags: true };

/// A type that is its own base and derives from itself.
static RING: Table = Table {
    name: "test.ring",
    base: Some(&RONG),
    derived: &[&RONG, &RING],
    is_open: false,
    is_abstract: false,
    inherited: 7,
    names: &["a", "a"],
    kinds: b"s!s!",
    types: &[],
};

static RONG: Table = Table {
    name: "test.rong",
    base: Some(&RING),
    derived: &[&RING, &RONG],
    is_open: false,
    is_abstract: false,
    inherited: 9,
    names: &[],
    kinds: b"",
    types: &[],
};

fn walk(object: &mut Object) {
    for slot in [0, 6, 7, 8, 9, 39_999, 40_000, 40_006, 40_007, u16::MAX] {
        let _ = (object.contains(slot), object.object(slot), object.objects(slot));
        let _ = (object.get::<String>(slot), object.list::<i32>(slot).iter().count());
        let _ = object.mistyped(slot);
    }
    let _ = format!("{object:?}{object}");
    let copy = object.clone();
    assert_eq!(copy, *object);
    object.merge(&copy);
    object.set(u16::MAX, 1);
    object.set_null(3);
    let _ = object.to_json();
    object.remove(u16::MAX);
    object.remove(3);
}

#[test]
fn a_table_with_wrong_lengths_reads_and_writes_all_the_same() {
    let json = r##"{"@odata.type":"#x","object":{"a":1},"enum":"a","flags":"a,b,c","unordered":[{}],"strange":1.50,"half":"h","none":[null],"more":0}"##;
    for mode in [ReadMode::Strict, ReadMode::Lenient] {
        let mut object = read::<Short>(json.as_bytes(), mode).unwrap().value.0;
        assert_eq!(object.to_json(), json);
        walk(&mut object);
    }
}

#[test]
fn tables_in_a_ring_come_to_an_end() {
    let json = r##"{"@odata.type":"#test.nowhere","a":"1","b":2}"##;
    let mut object = read::<Ring>(json.as_bytes(), ReadMode::Lenient).unwrap().value.0;
    assert_eq!(object.get::<String>(7), Some("1"));
    walk(&mut object);
    let json = r##"{"a":"1","@odata.type":"#test.rong"}"##;
    let mut object = read::<Ring>(json.as_bytes(), ReadMode::Lenient).unwrap().value.0;
    walk(&mut object);
    assert!(!object.table().is_a(&SHORT));
}
