//! What is made of values in `$filter` and `$orderby`: arithmetic, functions, casts, lists, aliases, orders, and what has no
//! value.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod aliases;
mod arithmetic;
mod bounds;
mod failing;
mod functions;
#[path = "../kinds/mod.rs"]
mod kinds;
mod lists;
mod orders;
mod types;

use kinds::item;
use msgraph_core::Object;

/// A book of 300 pages, and an atlas that is one.
fn books() -> [Object; 2] {
    [
        item(r##"{"@odata.type":"#microsoft.graph.book","id":"b","pages":300}"##),
        item(r##"{"@odata.type":"#microsoft.graph.maps.atlas","id":"a","pages":90,"scale":5}"##),
    ]
}
