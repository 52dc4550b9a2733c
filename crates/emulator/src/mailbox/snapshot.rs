//! All that an emulator holds, as JSON: kept by who asked for it, and put back when it is needed.

use std::collections::BTreeMap;

use msgraph_core::ServiceError;
use serde::{Deserialize, Serialize};

use super::Mailbox;
use super::seed::seed;
use super::shape::is_key;
use crate::document::Document;
use crate::store::{Entity, Kind};

/// All that an emulator holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    entities: Vec<Kept>,
}

/// An entity, and where it is contained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Kept {
    kind: String,
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    document: Document,
}

impl Mailbox {
    /// What there is now.
    pub(crate) async fn snapshot(&self) -> Result<Snapshot, ServiceError> {
        let mut transaction = self.store.read().await?;
        let entities = transaction.all().await?;
        let kept = |entity: Entity| Kept {
            kind: entity.kind.name().to_owned(),
            key: entity.key,
            parent: entity.parent,
            document: entity.document,
        };
        Ok(Snapshot { entities: entities.into_iter().map(kept).collect() })
    }

    /// Puts back what there was. Tokens of changes, and upload sessions, are void behind it.
    pub(crate) async fn restore(&self, snapshot: &Snapshot) -> Result<(), ServiceError> {
        let mut transaction = self.store.write().await?;
        transaction.clear().await?;
        let mut seen = BTreeMap::new();
        for kept in &snapshot.entities {
            let malformed = || {
                let message = format!("The snapshot is broken at the entity {:?}.", kept.key);
                ServiceError::bad_request(message).with_target("entities")
            };
            let kind = Kind::of(&kept.kind).ok_or_else(malformed)?;
            let parent = kept.parent.as_deref();
            let container = parent.map(|parent| seen.get(parent).ok_or_else(malformed));
            if !kind.is_within(container.transpose()?.copied()) || !is_key(&kept.key) {
                return Err(malformed());
            }
            let document = kept.document.clone();
            let inserted = transaction.add(kind, &kept.key, parent, document).await?;
            inserted.ok_or_else(malformed)?;
            seen.insert(kept.key.as_str(), kind);
        }
        transaction.commit().await?;
        self.uploads.clear();
        Ok(())
    }

    /// Begins anew: with what a new emulator holds, or with nothing.
    pub(crate) async fn reset(&self, is_seeded: bool) -> Result<(), ServiceError> {
        let mut transaction = self.store.write().await?;
        transaction.clear().await?;
        if is_seeded {
            seed(&mut transaction).await?;
        }
        transaction.commit().await?;
        self.uploads.clear();
        Ok(())
    }
}
