//! Reading query options: what is taken, and where what is refused goes wrong.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod kinds;

use kinds::options;
use msgraph_server::query::{Direction, Options, PropertyPath};
use proptest::prelude::*;

#[track_caller]
fn read(pairs: &[(&str, &str)]) -> Options {
    options(pairs).unwrap_or_else(|error| panic!("{pairs:?}: {error}"))
}

fn joined(path: &PropertyPath) -> String {
    path.to_string()
}

#[test]
fn each_option_has_its_type() {
    let options = read(&[
        ("$select", "id, one/text ,*"),
        ("$expand", "one"),
        ("$filter", "id eq 'a'"),
        ("$orderby", "text desc, one/small asc,id"),
        ("$top", "5"),
        ("$skip", "10"),
        ("$count", "true"),
        ("$search", "\"a b\" OR c"),
        ("$skiptoken", "X=1&'"),
        ("$deltatoken", "latest"),
        ("$format", "application/json;odata.metadata=full"),
    ]);
    let select = options.select.expect("a selection");
    assert!(select.all);
    assert_eq!(select.properties.iter().map(joined).collect::<Vec<_>>(), ["id", "one/text"]);
    assert_eq!(options.expand[0].property, "one");
    assert!(options.filter.is_some());
    let orders = options.order_by.iter().map(|order| (order.value.to_string(), order.direction));
    assert_eq!(
        orders.collect::<Vec<_>>(),
        [
            ("text".to_owned(), Direction::Descending),
            ("one/small".to_owned(), Direction::Ascending),
            ("id".to_owned(), Direction::Ascending),
        ]
    );
    assert_eq!((options.top, options.skip, options.count), (Some(5), Some(10), true));
    assert_eq!(options.search.expect("a search").text, "\"a b\" OR c");
    assert_eq!(options.skip_token.as_deref(), Some("X=1&'"));
    assert_eq!(options.delta_token.as_deref(), Some("latest"));
    assert_eq!(options.format.as_deref(), Some("application/json;odata.metadata=full"));
}

#[test]
fn a_name_is_read_in_any_case_and_without_its_dollar() {
    assert_eq!(read(&[("$Top", "5")]).top, Some(5));
    assert_eq!(read(&[("top", "5")]).top, Some(5));
    assert_eq!(read(&[("OrderBy", "id")]).order_by.len(), 1);
    assert_eq!(read(&[("$expand", "one(SELECT=id)")]).expand.len(), 1);
}

#[test]
fn names_of_the_service_itself_are_left_alone() {
    let options = read(&[("startDateTime", "x"), ("@p", "'a'"), ("tops", "x"), ("", "x")]);
    assert_eq!(options.top, None);
}

#[test]
fn an_option_is_known_and_given_once() {
    for name in ["$foo", "$compute", "$apply", "$index", "$levels", "$", "$$top", "$top "] {
        let error = options(&[(name, "1")]).expect_err(name);
        assert_eq!((error.status.as_u16(), error.body.target.as_deref()), (400, Some(name)));
    }
    for (name, instead) in [
        ("$compute", "nothing is computed; `$filter` and `$orderby` take what would be"),
        ("$Apply", "nothing is aggregated; `$count` counts"),
        ("$levels", "it stands in `$expand`, as in `a($levels=2)`"),
    ] {
        let error = options(&[(name, "1")]).expect_err(name);
        let message = format!("The option `{name}` is not supported: {instead}.");
        assert_eq!(error.body.message, message);
    }
    for twice in [[("$top", "1"), ("$top", "1")], [("$top", "1"), ("TOP", "2")]] {
        let error = options(&twice).expect_err("twice");
        assert_eq!(error.body.target.as_deref(), Some("$top"));
        assert_eq!(error.body.message, "The option `$top` is given twice.");
    }
}

#[test]
fn options_of_expanded_properties_stand_in_parentheses() {
    let options = read(&[(
        "$expand",
        "one($select=id;$expand=many($filter=text eq 'a;)b';$top=1;$count=true)),many($search=\"a;b\" (c);$orderby=id desc)",
    )]);
    let [one, many] = options.expand.as_slice() else { panic!("two") };
    assert_eq!(one.options.select.as_ref().map(|select| select.properties.len()), Some(1));
    let inner = &one.options.expand[0];
    assert_eq!((inner.property.as_str(), inner.options.top), ("many", Some(1)));
    assert!(inner.options.count && inner.options.filter.is_some());
    assert_eq!(many.options.search.as_ref().expect("a search").text, "\"a;b\" (c)");
    assert_eq!(many.options.order_by.len(), 1);
}

#[test]
fn a_phrase_is_taken_out_of_its_quotes() {
    let phrase = |text: &str| read(&[("$search", text)]).search.expect("a search").phrase();
    assert_eq!(phrase(r#""a \"b\" \\ OR c""#).as_deref(), Some(r#"a "b" \ OR c"#));
    for text in ["a", "\"a\" \"b\"", "\"a\" OR b"] {
        assert_eq!(phrase(text), None, "{text}");
    }
}

/// Pieces of filters, which meet in every order.
const PIECES: &[&str] = &[
    "id",
    "flag",
    "small",
    "many",
    "tags",
    "one",
    "open",
    "level",
    "x",
    "any",
    "all",
    "/",
    "(",
    ")",
    "x:",
    ",",
    " ",
    " ",
    " eq ",
    " ne ",
    " and ",
    " or ",
    "not ",
    " in ",
    " has ",
    "'a'",
    "'",
    "5",
    "-1.5",
    "null",
    "true",
    "2024-05-01",
    "duration'PT1H'",
    "contains(",
    "now()",
    "$count",
    "$it/",
    "$select=",
    ";",
    "*",
    "ä",
    "\u{0}",
    "desc",
    "@p",
    ".",
    "-",
    " add ",
    " div ",
    " mod ",
    " mul ",
    "isof(",
    "cast(",
    "microsoft.graph.book",
    "Edm.Int32",
    "matchespattern(",
    "[\"a\"]",
    "$this",
    "/$ref",
    "$levels=2",
    "\"a b\"",
    "NOT ",
    "0",
    "3fa85f64-5717-4562-b3fc-2c963f66afa6",
];

proptest! {
    #[test]
    fn hostile_text_is_read_or_refused(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
        noise in "\\PC{0,20}",
    ) {
        let full = kinds::item(kinds::FULL);
        for value in [pieces.concat(), pieces.concat() + &noise, noise] {
            for name in ["$filter", "$select", "$expand", "$orderby", "$search", "$top", "$count"] {
                let items = vec![full.clone(), full.clone()];
                let applied = options(&[(name, &value)]).and_then(|options| options.apply_to(items));
                if let Err(error) = applied {
                    prop_assert_eq!(error.status.as_u16(), 400);
                    prop_assert_eq!(error.body.target.as_deref(), Some(name));
                }
            }
        }
    }

    #[test]
    fn a_text_in_a_filter_is_itself(text in "\\PC{0,20}") {
        let mut item = kinds::item("{}");
        item.set(1, text.clone());
        let literal = msgraph_core::literal::quoted(&text);
        let [equal, listed] =
            [format!("text eq {literal}"), format!("text in ('x'',y',{literal})")];
        prop_assert!(kinds::matches(&item, &equal) && kinds::matches(&item, &listed));
    }

    #[test]
    fn numbers_compare_as_they_do_in_rust(one in any::<i64>(), other in any::<i64>()) {
        let mut item = kinds::item("{}");
        item.set(4, one);
        for (operator, holds) in [
            ("eq", one == other), ("ne", one != other), ("lt", one < other),
            ("le", one <= other), ("gt", one > other), ("ge", one >= other),
        ] {
            prop_assert_eq!(kinds::matches(&item, &format!("long {operator} {other}")), holds);
            prop_assert_eq!(kinds::matches(&item, &format!("long {operator} {other}.0")), holds);
        }
    }
}
