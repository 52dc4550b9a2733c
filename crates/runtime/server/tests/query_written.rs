//! Filters, orders and searches as text: what is written is read as the same tree.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod kinds;

use kinds::options;
use msgraph_server::query::{Filter, Search};
use proptest::prelude::*;

#[track_caller]
fn filter(text: &str) -> Filter {
    let options = options(&[("$filter", text)]).unwrap_or_else(|error| panic!("{text}: {error}"));
    options.filter.expect("a filter")
}

#[track_caller]
fn search(text: &str) -> Search {
    let options = options(&[("$search", text)]).unwrap_or_else(|error| panic!("{text}: {error}"));
    options.search.expect("a search")
}

#[test]
fn parentheses_stand_where_they_are_needed_alone() {
    for (text, written) in [
        ("(flag)", "flag"),
        ("(flag and flag) and flag", "(flag and flag) and flag"),
        ("(flag and flag) or flag", "flag and flag or flag"),
        ("flag and (flag or flag)", "flag and (flag or flag)"),
        ("not (small eq 1)", "not (small eq 1)"),
        ("(not flag) eq true", "not flag eq true"),
        ("((1 add 2)) mul 3 eq 9", "(1 add 2) mul 3 eq 9"),
        ("1 add (2 mul 3) eq 7", "1 add 2 mul 3 eq 7"),
        ("1 sub (2 sub 3) eq 7", "1 sub (2 sub 3) eq 7"),
        ("(1 sub 2) sub 3 eq 7", "1 sub 2 sub 3 eq 7"),
        ("-small eq - 5", "-(small) eq -(5)"),
        ("-small mul 2 eq 1", "-(small) mul 2 eq 1"),
        ("-(small mul 2) eq 1", "-(small mul 2) eq 1"),
        ("small EQ -5", "small eq -5"),
        ("(small add 1) in (1,2)", "(small add 1) in (1,2)"),
        ("text in [\"a'b\"]", "text in ('a''b')"),
        ("STARTSWITH( text , 'a' )", "startswith(text,'a')"),
        ("isof('graph.book')", "isof($it,microsoft.graph.book)"),
        ("graph.book/pages eq 1", "microsoft.graph.book/pages eq 1"),
        ("$it/id eq '1'", "id eq '1'"),
        ("open/x eq INF or $it/id eq null", "open/x eq INF or id eq null"),
        ("tags/any(id:id eq $it/id)", "tags/any(id:id eq $it/id)"),
        ("tags/ANY()", "tags/any()"),
        ("matchespattern(text,'a','i')", "matchespattern(text,'a','i')"),
        ("length eq 'PT1H'", "length eq duration'PT1H'"),
        ("level eq graph.level'low'", "level eq graph.level'low'"),
    ] {
        assert_eq!(filter(text).to_string(), written, "{text}");
        assert_eq!(filter(written), filter(text), "{text}");
    }
}

#[test]
fn orders_are_written_as_they_are_read() {
    let options =
        options(&[("$orderby", "length( text ) DESC, small asc,$it/id")]).expect("orders");
    let written: Vec<String> = options.order_by.iter().map(ToString::to_string).collect();
    assert_eq!(written, ["length(text) desc", "small", "id"]);
    assert!(options.order_by[0].property().is_none() && options.order_by[1].property().is_some());
}

#[test]
fn searches_join_words_and_phrases() {
    for (text, written) in [
        ("a", "a"),
        (" a  b ", "a AND b"),
        ("a b OR c AND NOT d", "(a AND b) OR (c AND NOT d)"),
        ("a AND (b OR c)", "a AND (b OR c)"),
        ("(a)", "a"),
        ("NOT (a b)", "NOT (a AND b)"),
        ("NOT NOT a", "NOT NOT a"),
        ("NOT a AND b", "NOT a AND b"),
        ("NOT a b", "NOT a AND b"),
        ("\"a b\" \"displayName:c\"", "\"a b\" AND \"displayName:c\""),
        (r#""a \"b\" \\""#, r#""a \"b\" \\""#),
        ("subject:\"x y\" z", "subject:\"x y\" AND z"),
        ("and or not", "and AND or AND not"),
        ("a(b)", "a AND b"),
        ("ANDROID ORNOT", "ANDROID AND ORNOT"),
    ] {
        let found = search(text);
        assert_eq!(found.condition.to_string(), written, "{text}");
        assert_eq!(search(written).condition, found.condition, "{text}");
    }
}

#[test]
fn a_search_holds_where_its_words_do() {
    for (text, holds) in [
        ("a", true),
        ("c", false),
        ("a b", true),
        ("a c", false),
        ("a OR c", true),
        ("c OR a AND b", true),
        ("NOT c a", true),
        ("NOT (a c)", true),
        ("NOT a OR c", false),
    ] {
        assert_eq!(search(text).holds(|word| word != "c"), holds, "{text}");
    }
}

fn number() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("small".to_owned()),
        Just("$it/price".to_owned()),
        Just("many/$count".to_owned()),
        Just("microsoft.graph.book/pages".to_owned()),
        Just("INF".to_owned()),
        Just("-INF".to_owned()),
        any::<i64>().prop_map(|value| value.to_string()),
        "-?[0-9]{1,9}\\.[0-9]{1,9}",
    ];
    leaf.prop_recursive(3, 12, 2, |inner| {
        let operator = prop_oneof!["add", "sub", "mul", "div", "divby"];
        prop_oneof![
            (inner.clone(), operator, inner.clone())
                .prop_map(|(one, operator, other)| format!("{one} {operator} {other}")),
            inner.clone().prop_map(|one| format!("({one})")),
            inner.clone().prop_map(|one| format!("- {one}")),
            inner.clone().prop_map(|one| format!("round({one})")),
            inner.prop_map(|one| format!("cast({one},Edm.Int32)")),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("text".to_owned()),
        Just("open/extra".to_owned()),
        "\\PC{0,8}".prop_map(|text| msgraph_core::literal::quoted(&text)),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| format!("tolower({one})")),
            (inner.clone(), inner).prop_map(|(one, other)| format!("concat({one},{other})")),
        ]
    })
}

fn condition() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("flag".to_owned()),
        Just("options has 'read'".to_owned()),
        Just("tags/any(flag:flag eq id and $it/flag)".to_owned()),
        Just("many/all(x:x/tags/any(t:t eq x/id))".to_owned()),
        Just("isof(one,microsoft.graph.book)".to_owned()),
        Just("matchespattern(text,'^a''b','i')".to_owned()),
        Just("time lt now()".to_owned()),
        Just("'red' in tags".to_owned()),
        Just("length eq 'PT1H'".to_owned()),
        Just("guid eq 3fa85f64-5717-4562-b3fc-2c963f66afa6".to_owned()),
        (number(), prop_oneof!["eq", "ne", "lt", "ge"], number())
            .prop_map(|(one, operator, other)| format!("{one} {operator} {other}")),
        (number(), "-?[0-9]{1,3}(,[0-9]{1,3}){0,2}")
            .prop_map(|(one, list)| format!("({one}) in ({list})")),
        (text(), text()).prop_map(|(one, other)| format!("{one} eq {other}")),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            (inner.clone(), prop_oneof!["and", "or"], inner.clone())
                .prop_map(|(one, operator, other)| format!("{one} {operator} {other}")),
            inner.clone().prop_map(|one| format!("({one})")),
            inner.clone().prop_map(|one| format!("not ({one})")),
            inner.prop_map(|one| format!("({one}) eq true")),
        ]
    })
}

fn searched() -> impl Strategy<Value = String> {
    let leaf = prop_oneof!["[a-z:]{1,4}", r#""[a-z ]{0,4}(\\[\\"])?""#];
    leaf.prop_recursive(3, 12, 2, |inner| {
        let word = prop_oneof![" ", " AND ", " OR "];
        prop_oneof![
            (inner.clone(), word, inner.clone())
                .prop_map(|(one, word, other)| [one, word, other].concat()),
            inner.clone().prop_map(|one| format!("({one})")),
            inner.prop_map(|one| format!("NOT {one}")),
        ]
    })
}

proptest! {
    #[test]
    fn a_filter_is_written_as_it_is_read(text in condition()) {
        if let Ok(options) = options(&[("$filter", &text)]) {
            let read = options.filter.expect("a filter");
            let written = read.to_string();
            let again = filter(&written);
            prop_assert_eq!(&again, &read, "{} as {}", text, written);
            prop_assert_eq!(again.to_string(), written);
        } else {
            // What is made here is right, but may be too deep.
            let error = options(&[("$filter", &text)]).expect_err("an error");
            prop_assert!(error.body.message.contains("levels may stand"), "{text}: {error}");
        }
    }

    #[test]
    fn a_search_is_written_as_it_is_read(text in searched()) {
        let read = search(&text);
        let written = read.condition.to_string();
        prop_assert_eq!(search(&written).condition, read.condition, "{} as {}", text, written);
    }
}
