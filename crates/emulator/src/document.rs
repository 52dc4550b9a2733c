//! The members of an entity, as they go over the wire, without what is contained in it.
//!
//! In come models and JSON, and out they come again. Of each member the text is kept that it had, so that no digit of a
//! number is lost, however many it has; taken apart is only what somebody asks for, as the type that is asked for.

use std::collections::BTreeMap;
use std::fmt;

use msgraph_core::{Json, Model, Payload as _, ReadError, ReadMode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

/// A JSON object, by its members.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Document {
    members: BTreeMap<String, Box<RawValue>>,
}

impl Document {
    /// The members of a model.
    pub(crate) fn of<M: Model>(model: &M) -> serde_json::Result<Self> {
        Self::of_text(&M::peel_ref(model).to_json())
    }

    /// The members of an object that is JSON text.
    pub(crate) fn of_text(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// The model that has these members, read as strictly as the body of a request.
    pub(crate) fn to_model<M: Model>(&self) -> Result<M, ReadError> {
        Ok(M::read(self.to_string().as_bytes(), ReadMode::Strict)?.value)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// The value of a member, where it is there and of this type.
    pub(crate) fn get<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_str(self.members.get(name)?.get()).ok()
    }

    /// The value of a member as it stands.
    pub(crate) fn raw(&self, name: &str) -> Option<&RawValue> {
        self.members.get(name).map(|raw| &**raw)
    }

    /// Takes a member away: its value, where it is of this type.
    pub(crate) fn take<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        serde_json::from_str(self.members.remove(name)?.get()).ok()
    }

    /// Writes a member.
    pub(crate) fn set(&mut self, name: &str, value: impl Serialize) {
        // What is written here has names for its members, and so a text.
        self.members.insert(name.to_owned(), to_raw_value(&value).unwrap_or_default());
    }

    /// Writes a member that is not there.
    pub(crate) fn set_default(&mut self, name: &str, value: impl Serialize) {
        if !self.has(name) {
            self.set(name, value);
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.members.remove(name);
    }

    /// Takes those members away whose names are not to stay.
    pub(crate) fn retain(&mut self, mut is_kept: impl FnMut(&str) -> bool) {
        self.members.retain(|name, _| is_kept(name));
    }

    /// Takes away what only a service says of an entity and of its members: control information, but for types.
    pub(crate) fn remove_control(&mut self) {
        self.retain(|name| !name.contains('@') || name.ends_with("@odata.type"));
    }

    /// Writes the members of another one over its own.
    pub(crate) fn extend(&mut self, other: Self) {
        self.members.extend(other.members);
    }

    /// Writes the members of another one over its own; those that are null are taken away.
    pub(crate) fn patch(&mut self, other: Self) {
        for (name, value) in other.members {
            match value.get() {
                "null" => self.members.remove(&name),
                _ => self.members.insert(name, value),
            };
        }
    }

    /// The name of the member that is called so, in whatever case.
    pub(crate) fn name_like(&self, name: &str) -> Option<&str> {
        self.members.keys().map(String::as_str).find(|own| own.eq_ignore_ascii_case(name))
    }
}

impl<N: Into<String>> FromIterator<(N, Value)> for Document {
    fn from_iter<T: IntoIterator<Item = (N, Value)>>(members: T) -> Self {
        let mut document = Self::default();
        for (name, value) in members {
            document.set(&name.into(), value);
        }
        document
    }
}

/// Where the members mean the same.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        let is_same = |one: &RawValue, other: &RawValue| {
            let json = |raw: &RawValue| raw.get().parse::<Json>().ok();
            one.get() == other.get() || json(one).is_some_and(|one| Some(one) == json(other))
        };
        self.members.len() == other.members.len()
            && self
                .members
                .iter()
                .zip(&other.members)
                .all(|((name, one), (other, two))| name == other && is_same(one, two))
    }
}

/// As JSON.
impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (index, (name, value)) in self.members.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(f, "{comma}{}:{}", Value::from(name.as_str()), value.get())?;
        }
        f.write_str("}")
    }
}

#[cfg(test)]
mod tests {
    use msgraph_v1_models::graph::{BodyType, Extension, ItemBody};
    use serde_json::{Value, json};

    use super::Document;

    /// Numbers that no type of a machine holds, and members that are not in the order of their names.
    const LONG: &str = r#"{"a\"":{"z":1.10,"b":[123456789012345678901234567890,0.1000000000000000000001]},"n":-0.0}"#;

    #[test]
    fn what_is_read_is_written_as_it_was() {
        let document = Document::of_text(LONG).unwrap();
        assert_eq!(document.to_string(), LONG);
        assert_eq!(serde_json::to_string(&document).unwrap(), LONG);
        let extension: Extension = document.to_model().unwrap();
        assert_eq!(Document::of(&extension).unwrap().to_string(), LONG);
    }

    #[test]
    fn a_member_is_there_as_the_type_that_it_has() {
        let mut document = Document::from_iter([("a", json!("x\0")), ("b", json!(null))]);
        assert_eq!(document.get::<String>("a").as_deref(), Some("x\0"));
        assert_eq!(document.get::<bool>("a"), None);
        assert_eq!((document.get::<String>("b"), document.get("b")), (None, Some(Value::Null)));
        document.set_default("a", 5);
        document.patch(Document::from_iter([("b", json!(null)), ("c", json!(1))]));
        assert_eq!(document.to_string(), r#"{"a":"x\u0000","c":1}"#);
        assert_eq!((document.take("c"), document.has("c")), (Some(1), false));
        assert_eq!(document.name_like("A"), Some("a"));
    }

    #[test]
    fn a_model_is_read_strictly() {
        let body = ItemBody::new().with_content_type(BodyType::Text).with_content("Hi");
        let document = Document::of(&body).unwrap();
        assert_eq!(document.to_model::<ItemBody>().unwrap(), body);
        let broken = Document::from_iter([("content", json!(5))]);
        assert!(broken.to_model::<ItemBody>().is_err());
    }

    #[test]
    fn documents_are_equal_where_they_mean_the_same() {
        let one = Document::of_text(r#"{"a":{"b":1,"c":2}}"#).unwrap();
        assert_eq!(one, Document::of_text(r#"{ "a": {"c": 2, "b": 1} }"#).unwrap());
        for other in ["{}", r#"{"a":{"b":1}}"#, r#"{"b":{"b":1,"c":2}}"#] {
            assert_ne!(one, Document::of_text(other).unwrap(), "{other}");
        }
        let long = |last: u8| {
            Document::of_text(&format!(r#"{{"a":12345678901234567890123456789{last}}}"#))
        };
        assert_ne!(long(1).unwrap(), long(2).unwrap(), "every digit counts");
    }
}
