//! `$expand` and `$select` on objects in memory: levels, references, counts, derived types.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod kinds;

use kinds::{item, options};
use msgraph_server::query::{Expanded, Levels};
use serde_json::{Value, json};

#[track_caller]
fn projected(object: &Value, pairs: &[(&str, &str)]) -> Value {
    let mut object = item(&object.to_string());
    let result = options(pairs).and_then(|options| options.project(&mut object));
    result.unwrap_or_else(|error| panic!("{pairs:?}: {error}"));
    serde_json::from_str(&object.to_json()).expect("JSON")
}

/// An item that leads to another, and so on, four times.
fn chain() -> Value {
    let link = |id: &str, next: Value| json!({"id": id, "text": "t", "one": next});
    link("1", link("2", link("3", link("4", json!({"id": "5"})))))
}

#[test]
fn levels_are_counted_and_deeper_ones_are_taken_away() {
    let of = |levels: &str| {
        let option = format!("one($levels={levels})");
        projected(&chain(), &[("$expand", &option)]).to_string().matches("\"id\"").count()
    };
    assert_eq!([of("1"), of("2"), of("3"), of("9"), of("max")], [2, 3, 4, 5, 5]);
}

#[test]
fn options_are_those_of_each_level() {
    assert_eq!(
        projected(&chain(), &[("$select", "id"), ("$expand", "one($levels=2;$select=id)")]),
        json!({"id": "1", "one": {"id": "2", "one": {"id": "3"}}})
    );
    let tree = json!({"many": [
        {"small": 1, "many": [{"small": 1}, {"small": 5}]},
        {"small": 5, "many": [{"small": 1}, {"small": 6, "many": []}]},
    ]});
    assert_eq!(
        projected(&tree, &[("$expand", "many($filter=small gt 2;$levels=2;$count=true)")]),
        json!({"many@odata.count": 1, "many": [
            {"small": 5, "many@odata.count": 1, "many": [{"small": 6}]}
        ]})
    );
}

#[test]
fn levels_know_what_comes_next() {
    let options = options(&[("$expand", "one($levels=2),many($levels=max)")]).expect("options");
    let [one, many] = options.expand.as_slice() else { panic!("two") };
    let next = one.levels.expect("levels").next();
    assert_eq!(next.and_then(Levels::next), None);
    assert!(matches!(next, Some(Levels::Number(number)) if number.get() == 1));
    assert_eq!(many.levels.and_then(Levels::next), Some(Levels::Max));
}

#[test]
fn of_references_the_ids_are_left() {
    let object = json!({
        "id": "1",
        "one": {"@odata.id": "items/2", "@odata.etag": "e", "id": "2", "tags@x.y": 1},
        "many": [
            {"@odata.type": "#microsoft.graph.book", "@odata.id": "items/3", "small": 3, "pages": 1},
            {"@odata.id": "items/4", "small": 4},
        ],
    });
    assert_eq!(
        projected(&object, &[("$expand", "one/$ref,many/$ref($filter=small gt 1;$top=1)")]),
        json!({
            "id": "1",
            "one": {"@odata.id": "items/2"},
            "many": [{"@odata.type": "#microsoft.graph.book", "@odata.id": "items/3"}],
        })
    );
}

#[test]
fn of_a_count_the_number_is_left() {
    let object = json!({"id": "1", "many": [{"small": 1}, {"small": 2}, {"small": 3}]});
    assert_eq!(
        projected(&object, &[("$expand", "many/$count")]),
        json!({"id": "1", "many@odata.count": 3})
    );
    assert_eq!(
        projected(&object, &[("$select", "id"), ("$expand", "many/$count($filter=small gt 1)")]),
        json!({"id": "1", "many@odata.count": 2})
    );
}

#[test]
fn objects_of_other_types_are_not_expanded() {
    let book = json!({"@odata.type": "#microsoft.graph.book", "id": "b", "pages": 7});
    let object = json!({"many": [{"id": "i"}, book], "one": {"id": "o", "text": "t"}});
    assert_eq!(
        projected(&object, &[("$expand", "many/microsoft.graph.book($select=pages)")])["many"],
        json!([{"@odata.type": "#microsoft.graph.book", "pages": 7}])
    );
    assert_eq!(
        projected(&object, &[("$expand", "one/microsoft.graph.book")])["one"],
        Value::Null,
        "it is no book"
    );
    let kept = projected(&object, &[("$expand", "microsoft.graph.book/one($select=id)")]);
    assert_eq!(kept["one"], object["one"], "what has it is no book");
    let of_book = json!({"@odata.type": "#microsoft.graph.book", "one": {"id": "o", "text": "t"}});
    let expanded = projected(&of_book, &[("$expand", "microsoft.graph.book/one($select=id)")]);
    assert_eq!(expanded["one"], json!({"id": "o"}));
}

#[test]
fn what_is_selected_of_a_derived_type_is_left_of_its_objects() {
    let book = json!({"@odata.type": "#microsoft.graph.book", "id": "b", "pages": 7, "small": 1});
    let select = [("$select", "text,microsoft.graph.book/pages,many/graph.book/id")];
    assert_eq!(
        projected(&book, &select),
        json!({"@odata.type": "#microsoft.graph.book", "pages": 7})
    );
    let shelf = json!({"text": "t", "small": 1, "many": [book, {"id": "i"}]});
    assert_eq!(
        projected(&shelf, &select),
        json!({"text": "t", "many": [{"@odata.type": "#microsoft.graph.book", "id": "b"}, {}]})
    );
}

#[test]
fn a_filter_of_expanded_objects_is_about_them() {
    let object = json!({"small": 2, "many": [{"small": 1}, {"small": 2}]});
    assert_eq!(
        projected(&object, &[("$expand", "many($filter=$this/small eq @p)"), ("@p", "1")])["many"],
        json!([{"small": 1}])
    );
}

#[test]
fn a_path_says_what_comes_of_its_end() {
    let options =
        options(&[("$expand", "graph.book/one,one,many/graph.book/$ref($search=a;$count=true)")])
            .expect("options");
    let [of_book, one, many] = options.expand.as_slice() else { panic!("three") };
    assert_eq!(of_book.of.as_deref(), Some("microsoft.graph.book"));
    assert_eq!((one.of.as_ref(), one.to.as_ref(), one.answer), (None, None, Expanded::Objects));
    assert_eq!(many.to.as_deref(), Some("microsoft.graph.book"));
    assert_eq!(many.answer, Expanded::References);
    assert!(many.options.count && many.options.search.is_some());
}
