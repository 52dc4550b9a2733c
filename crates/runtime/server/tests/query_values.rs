//! What is made of values in `$filter` and `$orderby`: arithmetic, casts, aliases, patterns, lists.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod kinds;

use kinds::{BOOK, FULL, item, matches, options};
use msgraph_core::Object;

#[track_caller]
fn all_hold(filters: &[&str]) {
    let full = item(FULL);
    for filter in filters {
        assert!(matches(&full, filter), "{filter} should hold");
        assert!(!matches(&full, &format!("not ({filter})")), "not ({filter}) should not hold");
    }
}

/// A book of 300 pages, and an atlas that is one.
fn books() -> [Object; 2] {
    [
        item(r##"{"@odata.type":"#microsoft.graph.book","id":"b","pages":300}"##),
        item(r##"{"@odata.type":"#microsoft.graph.maps.atlas","id":"a","pages":90,"scale":5}"##),
    ]
}

#[test]
fn numbers_are_calculated_with() {
    all_hold(&[
        "small add 2 eq -3",
        "small sub 2 eq -7",
        "small mul -3 eq 15",
        "7 div 2 eq 3",
        "-7 div 2 eq -3",
        "7 divby 2 eq 3.5",
        "7 mod 4 eq 3",
        "-7 mod 4 eq -3",
        "7.5 mod -2 eq 1.5",
        "price add 0.1 eq 1.6",
        "0.1 add 0.2 eq 0.3",
        "price div 4 eq 0.375",
        "rate mul 2 eq 0.5",
        "-small eq 5",
        "-(small add 1) eq 4",
        "- small eq 5",
        "--5 eq 5",
        "small ADD 1 eq -4",
        "9223372036854775807 add 1 eq 9223372036854775808",
        "open/count add 1 eq 8",
        "tags/$count mul 2 eq 4",
    ]);
}

#[test]
fn a_number_may_have_either_sign() {
    all_hold(&["+5 eq 5", "+5.5 eq 5.5", "+007 eq 7", "-(+5) eq -5", "small add +5 eq 0"]);
    for text in ["++5 eq 5", "+-5 eq 5", "+ 5 eq 5", "+x eq 5", "+2024-05-01 eq null"] {
        assert!(options(&[("$filter", text)]).is_err(), "{text}");
    }
}

#[test]
fn a_division_by_zero_is_null_but_for_divby_and_floating_point() {
    all_hold(&[
        "1 div (small add 5) eq null",
        "1 mod (small add 5) eq null",
        "rate mod (small add 5) eq null",
        "1 divby (small add 5) eq INF",
        "-1 divby (small add 5) eq -INF",
        "0 divby (small add 5) ne NaN",
        "rate div (small add 5) eq INF",
    ]);
}

#[test]
fn what_is_calculated_with_null_is_null() {
    let empty = item("{}");
    for filter in [
        "small add 1 eq null",
        "-small eq null",
        "null add 1 eq null",
        "length add duration'PT1H' eq null",
        "round(price) eq null",
        "cast(small,Edm.String) eq null",
    ] {
        assert!(matches(&empty, filter), "{filter}");
    }
    for filter in ["isof(small,Edm.Int32)", "matchespattern(text,'.*')"] {
        assert!(!matches(&empty, filter), "{filter}");
        assert!(!matches(&empty, &format!("not {filter}")), "not {filter}");
    }
}

#[test]
fn points_and_lengths_of_time_are_calculated_with() {
    all_hold(&[
        "time add duration'PT1H' eq 2024-05-01T13:30:15Z",
        "hour(time add duration'PT1H') eq 15",
        "time sub duration'P1D' eq 2024-04-30T12:30:15Z",
        "time sub 2024-05-01T12:00:15Z eq duration'PT30M'",
        "2024-05-01T12:00:15Z sub time eq duration'-PT30M'",
        "time add duration'PT0.5S' eq 2024-05-01T12:30:15.5Z",
        "day add duration'P31D' eq 2024-06-01",
        "day add duration'PT23H' eq 2024-05-01",
        "day sub duration'PT1H' eq 2024-04-30",
        "day sub 2024-04-01 eq duration'P30D'",
        "length add length eq duration'PT3H'",
        "length sub duration'PT2H' eq duration'-PT30M'",
        "length mul 2 eq duration'PT3H'",
        "2 mul length eq duration'PT3H'",
        "length div 3 eq duration'PT30M'",
        "length divby 0.5 eq duration'PT3H'",
        "-length eq duration'-PT90M'",
        "length eq 'PT90M'",
        "length in ('PT1H','PT90M')",
    ]);
}

#[test]
fn a_time_that_no_calendar_has_is_null() {
    all_hold(&[
        "maxdatetime() add duration'P99999999D' eq null",
        "day sub duration'P99999999D' eq null",
        "length mul 1e28 eq null",
    ]);
}

#[test]
fn functions_of_numbers_and_times_give_what_odata_says() {
    all_hold(&[
        "round(price) eq 2",
        "round(-0.5) eq -1",
        "round(rate) eq 0",
        "floor(-1.5) eq -2",
        "floor(price) eq 1",
        "ceiling(price) eq 2",
        "ceiling(-1.5) eq -1",
        "ceiling(rate) eq 1",
        "round(small) eq -5",
        "fractionalseconds(2024-05-01T12:00:00.25Z) eq 0.25",
        "fractionalseconds(clock) eq 0",
        "totaloffsetminutes(time) eq 120",
        "totalseconds(length) eq 5400",
        "totalseconds(duration'-PT0.5S') eq -0.5",
        "mindatetime() lt time",
        "maxdatetime() gt now()",
    ]);
}

#[test]
fn operators_bind_as_the_specification_has_it() {
    all_hold(&[
        "1 add 2 mul 3 eq 7",
        "(1 add 2) mul 3 eq 9",
        "10 sub 3 sub 2 eq 5",
        "10 sub (3 sub 2) eq 9",
        "12 div 3 mul 2 eq 8",
        "-2 add 3 eq 1",
        "-small mul 2 eq 10",
        "1 lt 2 eq true",
        "true eq 1 lt 2",
        "small in (-5) eq true",
        "not flag eq false",
        "1 add 1 eq 2 and not flag or flag",
    ]);
}

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

#[test]
fn a_text_does_not_grow_without_end() {
    let mut large = item("{}");
    large.set(1, "x".repeat(1024 * 1024));
    let twice = |text: &str| format!("concat({text},{text})");
    let four = twice(&twice("text"));
    assert!(matches(&large, &format!("length({four}) eq 4194304")));
    assert!(matches(&large, &format!("{} eq null", twice(&four))));
}

#[test]
fn the_deepest_condition_needs_little_of_the_stack() {
    let deepest = (0..15).fold("flag".to_owned(), |inner, _| {
        format!("not (flag and flag eq true or 1 add 1 mul 2 lt 3 eq {inner})")
    });
    let small = std::thread::Builder::new().stack_size(512 * 1024).spawn(move || {
        let options = options(&[("$filter", &deepest)]).unwrap_or_else(|error| panic!("{error}"));
        let filter = options.filter.expect("a filter");
        filter.matches_object(&item(FULL));
        assert!(format!("{filter} {filter:?}").contains("1 add 1 mul 2 lt 3"));
        assert_eq!(filter.clone(), filter);
    });
    small.expect("a thread").join().expect("no overflow");
}

#[test]
fn patterns_match_a_part_unless_they_are_anchored() {
    all_hold(&[
        "matchespattern(text,'unch')",
        "matchesPattern(text,'^Lunch.*l$')",
        "matchespattern(text,'O''N')",
        "matchespattern(text,'^lunch','i')",
        "matchespattern(concat('a','b'),'^ab$')",
        "not matchespattern(text,'^unch')",
        "not matchespattern(text,'lunch')",
    ]);
}

#[test]
fn a_value_is_one_of_an_array_or_of_a_collection() {
    all_hold(&[
        "text in [\"a\",\"Lunch at O'Neil\"]",
        "text in [\"\\u004cunch at O'Neil\"]",
        r#"'a"b\' in ["a\"b\\"]"#,
        "small in [1, -5]",
        "day in [\"2024-05-01\"]",
        "guid in [\"3fa85f64-5717-4562-b3fc-2c963f66afa6\"]",
        "'red' in tags",
        "2 in numbers",
        "not ('green' in tags)",
        "many/any(x:'y' in x/tags)",
        "not (text in [])",
    ]);
}

#[test]
fn an_alias_stands_for_its_value() {
    let full = item(FULL);
    for (filter, aliases) in [
        ("id eq @p", vec![("@p", "'1'")]),
        ("small eq @p and small ne @q", vec![("@p", "-5"), ("@q", "5")]),
        ("small gt @p", vec![("@p", "small sub 1")]),
        ("id in @list", vec![("@list", "('0','1')")]),
        ("id in @list", vec![("@list", "[\"0\",\"1\"]")]),
        ("id in (@p)", vec![("@p", "'1'")]),
        ("@p in tags", vec![("@p", "'red'")]),
        ("matchespattern(text,@p)", vec![("@p", "'^L'")]),
        ("contains(text,@p)", vec![("@p", " 'Lunch' ")]),
        ("@p", vec![("@p", "flag and small lt 0")]),
        ("1 add @p mul 2 eq 7", vec![("@p", "1 add 2")]),
        ("@none eq null", vec![]),
        ("tags/any(t:t eq @p)", vec![("@p", "'red'"), ("@unused", "(")]),
    ] {
        let mut pairs = vec![("$filter", filter)];
        pairs.extend(aliases);
        let options = options(&pairs).unwrap_or_else(|error| panic!("{pairs:?}: {error}"));
        assert!(options.filter.expect("a filter").matches_object(&full), "{pairs:?}");
    }
}

#[test]
fn what_is_wrong_with_an_alias_is_told_of_it() {
    for (filter, aliases, target, at, what) in [
        ("id eq @p", vec![("@p", "'1")], "@p", 1, "no closing `'`"),
        ("id eq @p", vec![("@p", "'1' x")], "@p", 5, "the end is expected, not `x`"),
        ("id eq @p", vec![("@p", "nothing")], "@p", 1, "`nothing` is no property"),
        ("id eq @p", vec![("@p", "@q"), ("@q", "1")], "@p", 1, "does not have another alias"),
        ("id eq @p", vec![("@p", "5")], "$filter", 4, "`eq` does not compare"),
        ("id eq @p", vec![("@p", "'1'"), ("@p", "'2'")], "$filter", 7, "is given twice"),
        ("many/any(x:@p)", vec![("@p", "x/flag")], "@p", 1, "`x` is no property"),
        ("id in @p", vec![("@p", "(1)")], "@p", 1, "`in` does not compare"),
    ] {
        let mut pairs = vec![("$filter", filter)];
        pairs.extend(aliases);
        let error = options(&pairs).expect_err(filter);
        assert_eq!(error.body.target.as_deref(), Some(target), "{pairs:?}");
        let place = format!("The option `{target}` cannot be read at character {at}: ");
        assert!(error.body.message.starts_with(&place), "{pairs:?}: {}", error.body.message);
        assert!(error.body.message.contains(what), "{pairs:?}: {}", error.body.message);
    }
}

#[test]
fn aliases_are_bounded_as_if_their_values_stood_in_the_option() {
    let long = format!("'{}'", "x".repeat(10_000));
    let many = ["id eq @p"; 10].join(" or ");
    let error = options(&[("$filter", &many), ("@p", &long)]).expect_err("too long");
    assert!(error.body.message.contains("longer than"), "{}", error.body.message);
    let parts = format!("({})", vec!["1"; 600].join(","));
    let many = ["small in @p"; 8].join(" or ");
    let error = options(&[("$filter", &many), ("@p", &parts)]).expect_err("too many");
    assert!(error.body.message.contains("more than 4000 parts"), "{}", error.body.message);
    let deep = format!("{}flag{}", "(".repeat(20), ")".repeat(20));
    let around = format!("{}@p{}", "(".repeat(20), ")".repeat(20));
    let error = options(&[("$filter", &around), ("@p", &deep)]).expect_err("too deep");
    assert!(error.body.message.contains("levels may stand"), "{}", error.body.message);
}

#[test]
fn an_order_is_one_of_what_is_made_of_values() {
    let numbers = |order: &str| {
        let options = options(&[("$orderby", order)]).expect(order);
        let objects = [(1, "ccc"), (-3, "a"), (2, "bb")]
            .map(|(small, text)| item(&format!(r#"{{"small":{small},"text":"{text}"}}"#)));
        let (left, _) = options.apply_to(objects.to_vec());
        left.iter().filter_map(|object| object.get::<i32>(3)).collect::<Vec<_>>()
    };
    assert_eq!(numbers("length(text)"), [-3, 2, 1]);
    assert_eq!(numbers("length(text) desc"), [1, 2, -3]);
    assert_eq!(numbers("small mul small,id"), [1, 2, -3]);
    assert_eq!(numbers("-small"), [2, 1, -3]);
    assert_eq!(numbers("small gt 1 desc,small"), [2, -3, 1]);
    assert_eq!(numbers("@p"), [1, -3, 2], "an alias without a value is null for all");
    let [book, atlas] = books();
    let options = options(&[("$orderby", "microsoft.graph.book/pages")]).expect("an order");
    assert!(options.compare(&atlas, &book).is_lt());
}
