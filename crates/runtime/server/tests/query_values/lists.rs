//! A value among others: in an array, or in a collection.

use super::kinds::all_hold;

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
