//! `cast`, `isof`, and paths through derived types.

use super::books;
use super::kinds::{BOOK, all_hold, item, matches};

#[test]
fn a_value_is_cast_to_another_type_or_null() {
    all_hold(&[
        "cast(price,Edm.Int32) eq 2",
        "cast(price,'Edm.Int32') eq 2",
        "cast(small,Edm.String) eq '-5'",
        "cast(flag,Edm.String) eq 'true'",
        "cast(level,Edm.String) eq 'high'",
        "cast(level,Edm.Int32) eq 2",
        "cast(options,Edm.Int64) eq 3",
        "cast(day,Edm.String) eq '2024-05-01'",
        "cast('7',Edm.Int32) add 1 eq 8",
        "cast('2024-05-01',Edm.Date) eq day",
        "cast('x',Edm.Int32) eq null",
        "cast(300,Edm.Byte) eq null",
        "cast(255,Edm.Byte) eq 255",
        "cast(long,Edm.Int32) eq null",
        "cast(INF,Edm.Int64) eq null",
        "cast(0.1,Edm.Double) eq 0.1",
        "cast(day,Edm.Int32) eq null",
        "cast(null,Edm.Int32) eq null",
        "cast(guid,Edm.Guid) eq guid",
    ]);
}

#[test]
fn a_value_is_of_its_type() {
    all_hold(&[
        "isof(small,Edm.Int32)",
        "isof(small,Edm.SByte)",
        "isof(long,Edm.Int64)",
        "isof(price,Edm.Decimal)",
        "isof(text,Edm.String)",
        "isof(day,Edm.Date)",
        "isof(flag,'Edm.Boolean')",
        "isof(microsoft.graph.item)",
        "isof($it,microsoft.graph.item)",
        "isof(one,graph.item)",
        "not isof(long,Edm.Int32)",
        "not isof(price,Edm.Int32)",
        "not isof(text,Edm.Int32)",
        "not isof(microsoft.graph.book)",
    ]);
}

#[test]
fn objects_of_derived_types_are_told_apart() {
    let [book, atlas] = books();
    assert_eq!(book.table().name, BOOK.name);
    for (filter, of_book, of_atlas) in [
        ("isof(microsoft.graph.book)", true, true),
        ("isof('microsoft.graph.book')", true, true),
        ("isof(microsoft.graph.maps.atlas)", false, true),
        ("isof(graph.atlas)", false, true),
        ("microsoft.graph.book/pages gt 100", true, false),
        ("$it/microsoft.graph.book/pages gt 50", true, true),
        ("microsoft.graph.maps.atlas/scale eq 5", false, true),
        ("microsoft.graph.book/microsoft.graph.maps.atlas/scale eq 5", false, true),
        ("microsoft.graph.maps.atlas/scale eq null", true, false),
        ("cast(microsoft.graph.maps.atlas) ne null", false, true),
        ("microsoft.graph.maps.atlas/id ne null", false, true),
        ("cast($it,microsoft.graph.maps.atlas) eq null", true, false),
        ("microsoft.graph.maps.atlas/microsoft.graph.item/id eq 'a'", false, true),
    ] {
        assert_eq!(matches(&book, filter), of_book, "{filter}");
        assert_eq!(matches(&atlas, filter), of_atlas, "{filter}");
    }
    let shelf = item(
        r##"{"many":[{"id":"i"},{"@odata.type":"#microsoft.graph.book","pages":7}],
            "one":{"@odata.type":"#microsoft.graph.book","pages":9}}"##,
    );
    for filter in [
        "one/microsoft.graph.book/pages eq 9",
        "many/microsoft.graph.book/any(b:b/pages eq 7)",
        "many/microsoft.graph.book/$count eq 1",
        "many/any(i:i/microsoft.graph.book/pages eq 7)",
        "many/any(i:not isof(i,microsoft.graph.book))",
        "isof(one,microsoft.graph.book)",
    ] {
        assert!(matches(&shelf, filter), "{filter}");
    }
}
