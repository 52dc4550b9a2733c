//! What may be kept: a document that every version can tell again, under a key that every database takes.
//!
//! A server checks what comes for its own version, and lets pass what it does not know; the other version may know it
//! and read it otherwise. Checked here is what is about to be kept, so that no later answer fails for it.

use msgraph_beta_models as beta;
use msgraph_core::ServiceError;
use msgraph_v1_models as v1;
use serde_json::Value;

use super::{Answer, Wire};
use crate::document::Document;
use crate::store::{Entity, Kind, Transaction};

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
    let text = document.to_string();
    if levels(&text) > DEEPEST {
        let message = format!("A {} may have no more than {DEEPEST} levels.", kind.name());
        return Err(ServiceError::bad_request(message));
    }
    // Any number of digits, but no number that is none to most readers, such as 1e400: the list that it stands in could
    // not be read any more.
    serde_json::from_str::<Value>(&text).map_err(|error| {
        ServiceError::bad_request(format!("This cannot be told in JSON again: {error}."))
    })?;
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
    let v1 = document.to_model::<V1>().map(drop).map_err(|error| ("v1.0", error));
    let beta = || document.to_model::<Beta>().map(drop).map_err(|error| ("beta", error));
    v1.and_then(|()| beta()).map_err(|(version, error)| {
        // Its line and column would be those of what is kept.
        let what = format!("{}: {}", error.path(), error.kind());
        ServiceError::bad_request(format!("This is no {} of {version}: {what}.", kind.name()))
    })
}

/// How many levels of objects and arrays a JSON text has.
fn levels(json: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' | b'[' => open += 1,
            b'}' | b']' => open = open.saturating_sub(1),
            b'"' => {
                while let Some(byte) = bytes.next().filter(|byte| *byte != b'"') {
                    if byte == b'\\' {
                        bytes.next();
                    }
                }
            }
            _ => {}
        }
        most = most.max(open);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::{is_key, levels};

    #[test]
    fn levels_are_counted_in_objects_and_arrays() {
        for (text, expected) in [
            ("null", 0),
            (r#"{"a":1,"b":[1,2]}"#, 2),
            ("[[],[{}],[]]", 3),
            (r#"{"[[[":"[\"[[\\","a":"\\\\"}"#, 1),
        ] {
            assert_eq!(levels(text), expected, "{text}");
        }
    }

    #[test]
    fn keys_are_short_and_without_nul() {
        assert!(is_key("a/b") && is_key(&"x".repeat(1_500)));
        for other in ["", "a\0b", &"x".repeat(1_501)] {
            assert!(!is_key(other), "{other:.9?}");
        }
    }
}
