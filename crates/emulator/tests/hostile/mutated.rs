//! A JSON value in all its wrong kinds: each part of it, in turn, replaced by something else.

use serde_json::{Value, json};

/// What stands in place of a part. The texts are JSON, since not all of them are values that can be kept.
fn others() -> Vec<String> {
    let mut others: Vec<String> = [
        "null",
        "true",
        "5",
        "-1",
        "1e400",
        "123456789012345678901234567890",
        "\"\"",
        "\"x\"",
        "\"\\u0000\"",
        "\"2026-02-30T25:61:00Z\"",
        "[]",
        "[null]",
        "[[]]",
        "[5]",
        "[{}]",
        "{}",
        "{\"@odata.type\":\"#microsoft.graph.user\"}",
        "{\"@odata.type\":5}",
        "{\"a\":1,\"a\":2}",
    ]
    .map(str::to_owned)
    .to_vec();
    others.push(format!("{}{}", "[".repeat(200), "]".repeat(200)));
    others
}

/// The texts of `value` with each of its parts replaced by each of the others.
pub(crate) fn mutated(value: &Value) -> Vec<String> {
    const MARK: &str = "\u{1}here";
    let mut pointers = Vec::new();
    collect(value, String::new(), &mut pointers);
    let mut texts = Vec::new();
    for pointer in pointers {
        let mut changed = value.clone();
        *changed.pointer_mut(&pointer).unwrap() = json!(MARK);
        let text = changed.to_string();
        let mark = json!(MARK).to_string();
        texts.extend(others().iter().map(|other| text.replace(&mark, other)));
    }
    texts
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    let escaped = |member: &str| member.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                collect(value, format!("{pointer}/{}", escaped(member)), pointers);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => {}
    }
    pointers.push(pointer);
}
