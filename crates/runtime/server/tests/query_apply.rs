//! Options on collections in memory.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod kinds;

use kinds::{FULL, item, options};
use msgraph_core::Object;

fn projected(json: &str, pairs: &[(&str, &str)]) -> serde_json::Value {
    let mut object = item(json);
    options(pairs).expect("options").project(&mut object).expect("values");
    serde_json::from_str(&object.to_json()).expect("JSON")
}

fn numbers(objects: &[Object]) -> Vec<Option<i32>> {
    objects.iter().map(|object| object.get::<i32>(3)).collect()
}

fn small(numbers: &[&str]) -> Vec<Object> {
    numbers.iter().map(|number| item(&format!(r#"{{"small":{number}}}"#))).collect()
}

#[test]
fn a_selection_is_exactly_that_and_control_information() {
    assert_eq!(
        projected(FULL, &[("$select", "text,level")]),
        serde_json::json!({
            "@odata.etag": "W/\"1\"", "text": "Lunch at O'Neil", "level": "high"
        })
    );
    assert_eq!(
        projected(FULL, &[("$select", "many/id,one/text,open/extra")]),
        serde_json::json!({
            "@odata.etag": "W/\"1\"", "one": {"text": "inner"}, "many": [{"id": "a"}, {"id": "b"}],
            "many@odata.count": 2, "open": {"extra": "e"}
        })
    );
    let whole: serde_json::Value = serde_json::from_str(&item(FULL).to_json()).expect("JSON");
    assert_eq!(projected(FULL, &[("$select", "*")]), whole);
    assert_eq!(projected(FULL, &[]), whole);
}

#[test]
fn what_is_expanded_stays_and_is_answered_as_asked() {
    assert_eq!(
        projected(
            FULL,
            &[
                ("$select", "id"),
                ("$expand", "many($filter=small gt 1;$select=small;$count=true),one($select=text)")
            ]
        ),
        serde_json::json!({
            "@odata.etag": "W/\"1\"", "id": "1", "one": {"text": "inner"},
            "many": [{"small": 2}], "many@odata.count": 1
        })
    );
    // What is absent or null stays so.
    let absent = projected(r#"{"one":null}"#, &[("$expand", "many($top=1),one($select=id)")]);
    assert_eq!(absent, serde_json::json!({ "one": null }));
}

#[test]
fn the_count_is_that_of_all_that_fulfil_the_filter() {
    let options = options(&[
        ("$filter", "small gt 1"),
        ("$orderby", "small desc"),
        ("$skip", "1"),
        ("$top", "2"),
        ("$count", "true"),
    ]);
    let objects = small(&["3", "1", "5", "2", "4"]);
    let (left, count) = options.expect("options").apply_to(objects).expect("values");
    assert_eq!(numbers(&left), [Some(4), Some(3)]);
    assert_eq!(count, Some(4));
}

#[test]
fn null_comes_first_upwards_and_last_downwards() {
    for (order, expected) in
        [("small", [None, Some(-1), Some(2)]), ("small desc", [Some(2), Some(-1), None])]
    {
        let options = options(&[("$orderby", order)]).expect("options");
        let (left, count) = options.apply_to(small(&["2", "null", "-1"])).expect("values");
        assert_eq!(numbers(&left), expected, "{order}");
        assert_eq!(count, None);
    }
}

#[test]
fn equal_items_are_put_in_order_by_the_next_property_and_else_stay() {
    let objects = ["b2", "a1", "b1", "a2"].map(|text| {
        let (first, second) = text.split_at(1);
        item(&format!(r#"{{"text":"{first}","id":"{second}"}}"#))
    });
    let ordered = |order: &str| {
        let options = options(&[("$orderby", order)]).expect("options");
        let (left, _) = options.apply_to(objects.to_vec()).expect("values");
        let name = |object: &Object| {
            [object.get::<String>(1), object.get::<String>(0)]
                .map(Option::unwrap_or_default)
                .concat()
        };
        left.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(ordered("text,id desc"), ["a2", "a1", "b2", "b1"]);
    assert_eq!(ordered("text desc"), ["b2", "b1", "a1", "a2"]);
}

#[test]
fn values_of_any_sort_can_be_put_in_order() {
    let values = ["NaN", "null", "-INF", "1e400", "0.5", "\"x\"", "true", "{}", "[]", "9", "-0"];
    let text =
        |value: &str| if value.contains('N') { format!("\"{value}\"") } else { value.into() };
    let objects = values.map(|value| item(&format!(r#"{{"open":{{"extra":{}}}}}"#, text(value))));
    let options = options(&[("$orderby", "open/extra")]).expect("options");
    let order = |one: &Object, other: &Object| options.compare(one, other).expect("values");
    for one in &objects {
        for other in &objects {
            assert_eq!(order(one, other), order(other, one).reverse());
            for third in &objects {
                if order(one, other).is_le() && order(other, third).is_le() {
                    assert!(order(one, third).is_le());
                }
            }
        }
    }
}

#[test]
fn a_selection_takes_time_in_proportion_to_the_members() {
    // So many that it would not come to an end, if each looked for what is told of it.
    let members: Vec<String> = (0..200_000).map(|n| format!(r#""m{n}":1,"m{n}@a.b":2"#)).collect();
    let mut object = item(&format!(r#"{{"open":{{"id":"a",{}}}}}"#, members.join(",")));
    let options = options(&[("$select", "open/id")]).expect("options");
    options.project(&mut object).expect("a projection");
    assert_eq!(object.to_json(), r#"{"open":{"id":"a"}}"#);
}
