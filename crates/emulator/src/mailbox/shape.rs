//! What may be kept: a document that every version can tell again, under a key that every database takes.
//!
//! A server checks what comes for its own version, and lets pass what it does not know; the other version may know it
//! and read it otherwise. Checked here is what is about to be kept, so that no later answer fails for it.

use msgraph_beta_models as beta;
use msgraph_core::ServiceError;
use msgraph_v1_models as v1;
use serde_json::Value;

use super::{Answer, Wire};
use crate::store::{Document, Entity, Kind, Transaction};

/// How deep the JSON of an entity may be. The readers' own bound ([`msgraph_core::MAX_DEPTH`]) has to hold for answers
/// that expand one entity within others, and for snapshots.
const DEEPEST: usize = 64;

/// The longest key, in bytes, that PostgreSQL takes into its index with room to spare.
const LONGEST_KEY: usize = 1_500;

/// Whether a text can be the key of an entity: PostgreSQL has no texts with NUL.
pub(crate) fn is_key(text: &str) -> bool {
    (1..=LONGEST_KEY).contains(&text.len()) && !text.contains('\0')
}

impl Transaction {
    /// Adds an entity; none where one with its key exists.
    pub(crate) async fn add(
        &mut self,
        kind: Kind,
        key: &str,
        parent: Option<&str>,
        document: Document,
    ) -> Answer<Option<Entity>> {
        check(kind, &document)?;
        Ok(self.insert(kind, key, parent, document).await?)
    }

    /// Writes what a caller has changed of an entity.
    pub(crate) async fn change(&mut self, entity: &mut Entity) -> Answer<()> {
        check(entity.kind, &entity.document)?;
        Ok(self.update(entity).await?)
    }
}

fn check(kind: Kind, document: &Document) -> Answer<()> {
    if document.values().any(|value| is_deeper(value, DEEPEST - 1)) {
        let message = format!("A {} may have no more than {DEEPEST} levels.", kind.name());
        return Err(ServiceError::bad_request(message));
    }
    match kind {
        Kind::Group => both::<v1::graph::Group, beta::graph::Group>(kind, document),
        Kind::Conversation => {
            both::<v1::graph::Conversation, beta::graph::Conversation>(kind, document)
        }
        Kind::Thread => {
            both::<v1::graph::ConversationThread, beta::graph::ConversationThread>(kind, document)
        }
        Kind::Post => both::<v1::graph::Post, beta::graph::Post>(kind, document),
        Kind::Attachment => both::<v1::graph::Attachment, beta::graph::Attachment>(kind, document),
        Kind::Extension => both::<v1::graph::Extension, beta::graph::Extension>(kind, document),
        // Nothing of Graph shows it.
        Kind::Forward => Ok(()),
    }
}

fn both<V1: Wire, Beta: Wire>(kind: Kind, document: &Document) -> Answer<()> {
    let value = || Value::Object(document.clone());
    let v1 = serde_json::from_value::<V1>(value()).map(drop).map_err(|error| ("v1.0", error));
    let beta =
        || serde_json::from_value::<Beta>(value()).map(drop).map_err(|error| ("beta", error));
    v1.and_then(|()| beta()).map_err(|(version, error)| {
        let message = format!("This is no {} of {version}: {error}.", kind.name());
        ServiceError::bad_request(message)
    })
}

/// Whether a value has more levels of objects and arrays than these.
fn is_deeper(value: &Value, levels: usize) -> bool {
    match (value, levels.checked_sub(1)) {
        (Value::Object(_) | Value::Array(_), None) => true,
        (Value::Object(members), Some(left)) => {
            members.values().any(|value| is_deeper(value, left))
        }
        (Value::Array(items), Some(left)) => items.iter().any(|value| is_deeper(value, left)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{DEEPEST, is_deeper, is_key};

    #[test]
    fn levels_are_counted_in_objects_and_arrays() {
        let deep = (0..DEEPEST).fold(json!(1), |value, _| json!([value]));
        assert!(!is_deeper(&deep, DEEPEST));
        assert!(is_deeper(&json!({"a": deep}), DEEPEST));
        assert!(!is_deeper(&Value::Null, 0));
    }

    #[test]
    fn keys_are_short_and_without_nul() {
        assert!(is_key("a/b") && is_key(&"x".repeat(1_500)));
        for other in ["", "a\0b", &"x".repeat(1_501)] {
            assert!(!is_key(other), "{other:.9?}");
        }
    }
}
