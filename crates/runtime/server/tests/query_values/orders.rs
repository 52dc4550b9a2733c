//! Orders of what is made of values.

use super::books;
use super::kinds::{item, options};

#[test]
fn an_order_is_one_of_what_is_made_of_values() {
    let numbers = |order: &str| {
        let options = options(&[("$orderby", order)]).expect(order);
        let objects = [(1, "ccc"), (-3, "a"), (2, "bb")]
            .map(|(small, text)| item(&format!(r#"{{"small":{small},"text":"{text}"}}"#)));
        let (left, _) = options.apply_to(objects.to_vec()).expect("values");
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
    assert!(options.compare(&atlas, &book).expect("values").is_lt());
}
