//! In which places two JSON texts do not mean the same.
//!
//! The order of members and the spelling of numbers and strings do not matter, nor does the order of names in
//! a comma list, which is how a set of members of an enumeration is written; the order of arrays does.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::{Mismatch, Outcome};

/// How many differences are told.
const TOLD: usize = 100;

/// A place at which two texts differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The JSON path.
    pub path: String,
    /// What is documented there; none where nothing is.
    pub documented: Option<String>,
    /// What is found there.
    pub found: Option<String>,
}

/// Where the JSON text `found` differs from `documented`; the first hundred places.
///
/// # Errors
/// A text that is no JSON.
pub fn differences(documented: &[u8], found: &[u8]) -> Outcome<Vec<Difference>> {
    let documented = parse("documented", documented)?;
    let found = parse("found", found)?;
    let mut differences = Differences::default();
    differences.compare(&mut "$".to_owned(), &documented, &found);
    Ok(differences.told)
}

fn parse(what: &str, bytes: &[u8]) -> Outcome<Value> {
    serde_json::from_slice(bytes)
        .map_err(|error| Mismatch::new(format!("the {what} body is not JSON: {error}")))
}

#[derive(Default)]
struct Differences {
    told: Vec<Difference>,
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
                            (value, other) => self.tell(
                                path,
                                value.map(ToString::to_string),
                                other.map(ToString::to_string),
                            ),
                        }
                    });
                }
            }
            (Value::Array(documented), Value::Array(found)) => {
                for (index, (value, other)) in documented.iter().zip(found).enumerate() {
                    at(path, &format!("[{index}]"), |path| self.compare(path, value, other));
                }
                if documented.len() != found.len() {
                    let items = |items: &[Value]| Some(format!("{} item(s)", items.len()));
                    self.tell(path, items(documented), items(found));
                }
            }
            (Value::Number(left), Value::Number(right))
                if left == right || left.as_f64() == right.as_f64() => {}
            (Value::String(left), Value::String(right)) if names(left) == names(right) => {}
            (documented, found) if documented == found => {}
            (documented, found) => {
                self.tell(path, Some(documented.to_string()), Some(found.to_string()));
            }
        }
    }

    fn tell(&mut self, path: &str, documented: Option<String>, found: Option<String>) {
        if self.told.len() < TOLD {
            self.told.push(Difference { path: path.to_owned(), documented, found });
        }
    }
}

/// The names of a comma list, in order; a text without a comma is one.
fn names(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text.split(',').map(str::trim).collect();
    if names.len() < 2 {
        return vec![text];
    }
    names.sort_unstable();
    names
}

fn at(path: &mut String, step: &str, inside: impl FnOnce(&mut String)) {
    let length = path.len();
    path.push_str(step);
    inside(path);
    path.truncate(length);
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cut = |text: &Option<String>| match text {
            None => "nothing".to_owned(),
            Some(text) => match text.char_indices().nth(120) {
                Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
                None => text.clone(),
            },
        };
        write!(f, "{}: documented {}, found {}", self.path, cut(&self.documented), cut(&self.found))
    }
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[track_caller]
    fn told(documented: &str, found: &str) -> Vec<String> {
        let told = differences(documented.as_bytes(), found.as_bytes()).expect("JSON");
        told.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn order_of_members_and_spelling_do_not_matter() {
        let documented = r#"{"a": 1.0, "b": ["\u0078", null], "c": "one, two"}"#;
        assert!(told(documented, r#"{"b":["x",null],"a":1,"c":"two,one"}"#).is_empty());
    }

    #[test]
    fn a_difference_has_its_path() {
        assert_eq!(
            told(
                r#"{"posts":[{"body":{"contentType":"html"}}],"a":1}"#,
                r#"{"posts":[{"body":{"contentType":"text"}},{}],"b":2}"#,
            ),
            [
                "$.a: documented 1, found nothing",
                "$.b: documented nothing, found 2",
                "$.posts[0].body.contentType: documented \"html\", found \"text\"",
                "$.posts: documented 1 item(s), found 2 item(s)",
            ]
        );
    }

    #[test]
    fn null_is_not_absent() {
        assert_eq!(told(r#"{"a":null}"#, "{}"), ["$.a: documented null, found nothing"]);
    }

    #[test]
    fn what_is_no_json_is_said_so() {
        let mismatch = differences(b"{}", b"").expect_err("must differ").to_string();
        assert!(mismatch.starts_with("the found body is not JSON"), "{mismatch}");
    }
}
