//! Whether two JSON texts mean the same, and where not.
//!
//! The order of members and the spelling of numbers and strings do not matter; the order of arrays does.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Mismatch, Outcome, parse};

/// How many differences are told.
const TOLD: usize = 8;

/// Holds the JSON text `found` against `documented`; the mismatch names the paths that differ.
pub fn same_json(documented: &[u8], found: &[u8]) -> Outcome {
    let documented = parse("documented", documented)?;
    let found = parse("found", found)?;
    let mut differences = Differences::default();
    differences.compare(&mut "$".to_owned(), &documented, &found);
    if differences.count == 0 {
        return Ok(());
    }
    let mut message = format!("the JSON differs in {} place(s)", differences.count);
    for told in &differences.told {
        message.push_str("\n ");
        message.push_str(told);
    }
    if differences.count > differences.told.len() {
        message.push_str("\n …");
    }
    Err(Mismatch::new(message))
}

#[derive(Default)]
struct Differences {
    told: Vec<String>,
    count: usize,
}

impl Differences {
    /// Compares what stands at `path`. As deep as `serde_json` reads, which is bounded.
    fn compare(&mut self, path: &mut String, documented: &Value, found: &Value) {
        match (documented, found) {
            (Value::Object(documented), Value::Object(found)) => {
                // By name: in which order an object keeps its members, `serde_json` leaves to features.
                let names: BTreeSet<&String> = documented.keys().chain(found.keys()).collect();
                for name in names {
                    at(path, &format!(".{name}"), |path| {
                        match (documented.get(name), found.get(name)) {
                            (Some(value), Some(other)) => self.compare(path, value, other),
                            (Some(value), None) => self.tell(path, &value.to_string(), "nothing"),
                            (None, other) => {
                                self.tell(
                                    path,
                                    "nothing",
                                    &other.unwrap_or(&Value::Null).to_string(),
                                );
                            }
                        }
                    });
                }
            }
            (Value::Array(documented), Value::Array(found)) => {
                for (index, (value, other)) in documented.iter().zip(found).enumerate() {
                    at(path, &format!("[{index}]"), |path| self.compare(path, value, other));
                }
                if documented.len() != found.len() {
                    let items = |items: &[Value]| format!("{} item(s)", items.len());
                    self.tell(path, &items(documented), &items(found));
                }
            }
            (Value::Number(left), Value::Number(right))
                if left == right || left.as_f64() == right.as_f64() => {}
            (documented, found) if documented == found => {}
            (documented, found) => self.tell(path, &documented.to_string(), &found.to_string()),
        }
    }

    fn tell(&mut self, path: &str, documented: &str, found: &str) {
        self.count += 1;
        if self.told.len() < TOLD {
            self.told.push(format!("{path}: documented {}, found {}", cut(documented), cut(found)));
        }
    }
}

fn at(path: &mut String, step: &str, inside: impl FnOnce(&mut String)) {
    let length = path.len();
    path.push_str(step);
    inside(path);
    path.truncate(length);
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::same_json;

    #[track_caller]
    fn differs(documented: &str, found: &str, message: &str) {
        let mismatch = same_json(documented.as_bytes(), found.as_bytes()).expect_err("must differ");
        assert_eq!(mismatch.to_string(), message);
    }

    #[test]
    fn order_of_members_and_spelling_do_not_matter() {
        let documented = br#"{"a": 1.0, "b": ["\u0078", null]}"#;
        assert_eq!(same_json(documented, br#"{"b":["x",null],"a":1}"#), Ok(()));
    }

    #[test]
    fn a_difference_has_its_path() {
        differs(
            r#"{"posts":[{"body":{"contentType":"html"}}],"a":1}"#,
            r#"{"posts":[{"body":{"contentType":"text"}},{}],"b":2}"#,
            "the JSON differs in 4 place(s)\n \
             $.a: documented 1, found nothing\n \
             $.b: documented nothing, found 2\n \
             $.posts[0].body.contentType: documented \"html\", found \"text\"\n \
             $.posts: documented 1 item(s), found 2 item(s)",
        );
    }

    #[test]
    fn null_is_not_absent() {
        differs(
            r#"{"a":null}"#,
            "{}",
            "the JSON differs in 1 place(s)\n $.a: documented null, found nothing",
        );
    }

    #[test]
    fn what_is_no_json_is_said_so() {
        let mismatch = same_json(b"{}", b"").expect_err("must differ").to_string();
        assert!(mismatch.starts_with("the found body is not JSON"), "{mismatch}");
    }
}
