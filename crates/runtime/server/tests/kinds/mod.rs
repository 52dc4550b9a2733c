//! One type with members of all kinds, as a table and as objects read from JSON.

#![allow(dead_code, reason = "each test target uses its part")]

use msgraph_core::private::TransparentWrapper;
use msgraph_core::{EnumTable, Model, Object, ReadMode, ServiceError, Table, Type};
use msgraph_server::Query;
use msgraph_server::query::Options;

pub(crate) static ITEM: Table = Table {
    name: "microsoft.graph.item",
    base: None,
    derived: &[&BOOK],
    is_open: false,
    is_abstract: false,
    inherited: 0,
    names: &[
        "id", "text", "flag", "small", "long", "price", "rate", "bytes", "day", "time", "clock",
        "length", "guid", "level", "options", "one", "many", "tags", "numbers", "open",
    ],
    kinds: b"s?s?b?i?l?m?d?n?a?t?c?p?g?e?f?o?O?S?I?o?",
    types: &[
        (13, Type::Enum(&LEVEL)),
        (14, Type::Enum(&OPTIONS)),
        (15, Type::Object(&ITEM)),
        (16, Type::Object(&ITEM)),
        (19, Type::Object(&OPEN)),
    ],
};

/// A type that derives from that of the items, and one from it.
pub(crate) static BOOK: Table = Table {
    name: "microsoft.graph.book",
    base: Some(&ITEM),
    derived: &[&ATLAS],
    is_open: false,
    is_abstract: false,
    inherited: 20,
    names: &["pages"],
    kinds: b"i?",
    types: &[],
};

static ATLAS: Table = Table {
    name: "microsoft.graph.maps.atlas",
    base: Some(&BOOK),
    derived: &[],
    is_open: false,
    is_abstract: false,
    inherited: 21,
    names: &["scale"],
    kinds: b"i?",
    types: &[],
};

pub(crate) static OPEN: Table = Table {
    name: "microsoft.graph.open",
    base: None,
    derived: &[],
    is_open: true,
    is_abstract: false,
    inherited: 0,
    names: &["id"],
    kinds: b"s?",
    types: &[],
};

static LEVEL: EnumTable = EnumTable {
    name: "microsoft.graph.level",
    members: &["low", "high", "medium"],
    values: &[0, 2, 1],
    is_flags: false,
};

static OPTIONS: EnumTable = EnumTable {
    name: "microsoft.graph.option",
    members: &["read", "write", "both"],
    values: &[1, 2, 3],
    is_flags: true,
};

/// An item with members of all kinds.
pub(crate) const FULL: &str = r##"{
    "@odata.etag": "W/\"1\"", "id": "1", "text": "Lunch at O'Neil", "flag": true, "small": -5,
    "long": 9007199254740993, "price": 1.50, "rate": 0.25, "bytes": "T0RhdGE=", "day": "2024-05-01",
    "time": "2024-05-01T14:30:15+02:00", "clock": "23:59:59", "length": "PT90M",
    "guid": "3FA85F64-5717-4562-B3FC-2C963F66AFA6", "level": "high", "options": "read,write",
    "one": {"text": "inner", "tags": []},
    "many": [{"id": "a", "small": 1, "tags": ["x"]}, {"id": "b", "small": 2, "tags": ["x", "y"]}],
    "many@odata.count": 2, "tags": ["red", "blue"], "numbers": [1, 2, 3],
    "open": {"id": "o", "extra": "e", "count": 7, "deep": {"a": [1, "z"]}}
}"##;

/// A view of such an object.
#[derive(Clone, Debug, TransparentWrapper)]
#[bytemuck(crate = "::msgraph_core::private::bytemuck")]
#[repr(transparent)]
pub(crate) struct Item(pub(crate) Object);

impl Model for Item {
    const TABLE: &'static Table = &ITEM;
}

/// An item, read from JSON.
pub(crate) fn item(json: &str) -> Object {
    let readout = msgraph_core::read::<Item>(json.as_bytes(), ReadMode::Strict);
    readout.expect("an item").value.0
}

/// The options of a query whose values are not encoded, but for what would end them.
pub(crate) fn options(pairs: &[(&str, &str)]) -> Result<Options, ServiceError> {
    let encode = |value: &str| {
        let bytes = value.bytes().map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        });
        bytes.collect::<String>()
    };
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    Query::new(Some(&pairs.join("&"))).options_for(Item::TABLE)
}

/// Whether the item fulfils a condition.
#[track_caller]
pub(crate) fn matches(item: &Object, filter: &str) -> bool {
    let holds = options(&[("$filter", filter)])
        .and_then(|options| options.filter.expect("a filter").matches_object(item));
    holds.unwrap_or_else(|error| panic!("{filter}: {error}"))
}

/// All hold of an item with members of all kinds, and their opposites do not.
#[track_caller]
pub(crate) fn all_hold(filters: &[&str]) {
    let full = item(FULL);
    for filter in filters {
        assert!(matches(&full, filter), "{filter} should hold");
        assert!(!matches(&full, &format!("not ({filter})")), "not ({filter}) should not hold");
    }
}
