//! A type with a member of each kind, its derived type, and enumerations of each sort.

#![allow(dead_code, unreachable_pub, reason = "each test uses another part of the schema")]
#![allow(clippy::expect_used, reason = "helpers of tests")]

use msgraph_core::{Concrete, Derived, EnumTable, Enumeration, Object, Schema, Table, Type};

msgraph_core::views!();

/// `test.every`: `s` String, `S` a collection of String that must not hold null, `Sn` one that may, and so on.
pub enum Every {}
impl Schema for Every {
    const TABLE: &'static Table = &EVERY;

    fn slot(self) -> u16 {
        match self {}
    }
}
impl Concrete for Every {}

/// `test.more`: derives from `test.every`.
pub enum More {}
impl Schema for More {
    const TABLE: &'static Table = &MORE;

    fn slot(self) -> u16 {
        match self {}
    }
}
impl Derived for More {
    type Base = Every;
}
impl Concrete for More {}

pub static EVERY: Table = Table {
    name: "test.every",
    base: None,
    derived: &[&MORE],
    is_open: false,
    is_abstract: false,
    inherited: 0,
    names: &[
        "s", "b", "y", "w", "h", "i", "l", "r", "d", "m", "n", "a", "t", "c", "p", "g", "x", "q",
        "j", "o", "e", "f", "S", "Sn", "O", "On", "E", "I", "required",
    ],
    kinds: b"s?b?y?w?h?i?l?r?d?m?n?a?t?c?p?g?x?q?j?o?e?f?S!S?O!O?E!I!s!",
    types: &[
        (19, Type::Object(&EVERY)),
        (20, Type::Enum(&COLOUR)),
        (21, Type::Enum(&RIGHTS)),
        (24, Type::Object(&EVERY)),
        (25, Type::Object(&EVERY)),
        (26, Type::Enum(&COLOUR)),
    ],
};

pub static MORE: Table = Table {
    name: "test.more",
    base: Some(&EVERY),
    derived: &[],
    is_open: false,
    is_abstract: false,
    inherited: 29,
    names: &["extra", "extras"],
    kinds: b"i?O?",
    types: &[(1, Type::Object(&EVERY))],
};

/// `test.colour`, with a negative value.
#[derive(PartialEq)]
pub enum Colour {}
impl Enumeration for Colour {
    const TABLE: &'static EnumTable = &COLOUR;
}

#[allow(non_upper_case_globals)]
impl Enum<Colour> {
    pub const None: Self = member(0);
    pub const Red: Self = member(1);
    pub const UnknownFutureValue: Self = member(2);
}

pub static COLOUR: EnumTable = EnumTable {
    name: "test.colour",
    members: &["none", "red", "unknownFutureValue", "Blue"],
    values: &[-1, 0, 1, -2_016_330_712],
    is_flags: false,
};

/// `test.rights`: flags, one of them several bits at once.
#[derive(PartialEq)]
pub enum Rights {}
impl Enumeration for Rights {
    const TABLE: &'static EnumTable = &RIGHTS;
}

#[allow(non_upper_case_globals)]
impl Enum<Rights> {
    pub const None: Self = member(0);
    pub const Read: Self = member(1);
    pub const Write: Self = member(2);
    pub const Own: Self = member(3);
    pub const Full: Self = member(4);
}

pub static RIGHTS: EnumTable = EnumTable {
    name: "test.rights",
    members: &["none", "read", "write", "own", "full"],
    values: &[0, 1, 2, 4, 7],
    is_flags: true,
};

/// `test.nothing`: an enumeration without members.
#[derive(PartialEq)]
pub enum Nothing {}
impl Enumeration for Nothing {
    const TABLE: &'static EnumTable =
        &EnumTable { name: "test.nothing", members: &[], values: &[], is_flags: false };
}

/// The slot of a member of `test.every` or `test.more`.
pub fn slot(name: &str) -> u16 {
    MORE.slot(name).expect("a declared member")
}

pub fn strict(json: &str) -> Result<Object, msgraph_core::ReadError> {
    let readout =
        msgraph_core::read::<View<Every>>(json.as_bytes(), msgraph_core::ReadMode::Strict);
    readout.map(|readout| readout.value.into_object())
}

pub fn lenient(json: &str) -> msgraph_core::Readout<Object> {
    msgraph_core::read::<View<Every>>(json.as_bytes(), msgraph_core::ReadMode::Lenient)
        .expect("JSON")
        .map(View::into_object)
}
