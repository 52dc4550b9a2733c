//! What a group's mailbox does: the behaviour of the pages, over rows that know nothing of it.
//!
//! Each function here answers one request in one transaction, for every version of the API: what comes in and what goes
//! out are models of one version or another ([`Wire`]), what is kept are documents. What follows from something else
//! (a preview, who has written, whether there are attachments) is written with what it follows from.

mod answer;
mod attachments;
mod conversations;
mod extensions;
mod find;
mod groups;
mod ids;
mod links;
mod posts;
mod search;
mod seed;
mod shape;
mod snapshot;
mod summary;
mod threads;
mod uploads;

use msgraph_core::{Model, ServiceError};
use serde::de::DeserializeOwned;

use crate::document::Document;
use crate::store::{Entity, Store};

pub(crate) use extensions::Extended;
pub use seed::GARDENERS;
pub use snapshot::Snapshot;
pub(crate) use uploads::{Chunk, Progress, Uploads};

/// What the functions of this module share.
#[derive(Debug)]
pub(crate) struct Mailbox {
    pub(crate) store: Store,
    pub(crate) uploads: Uploads,
    /// How many items a page has where the request does not say.
    pub(crate) page_size: usize,
}

/// A model of some version of the API.
pub(crate) trait Wire: Model + Send + Sync {}

impl<M: Model + Send + Sync> Wire for M {}

/// What a handler answers.
pub(crate) type Answer<T> = Result<T, ServiceError>;

/// Which thread a request is about, or which post of it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) group: String,
    /// The conversation, where the path names it.
    pub(crate) conversation: Option<String>,
    pub(crate) thread: String,
    /// The post, where the path names one.
    pub(crate) post: Option<String>,
}

impl Place {
    pub(crate) fn thread(group: String, conversation: Option<String>, thread: String) -> Self {
        Self { group, conversation, thread, post: None }
    }

    pub(crate) fn post(
        group: String,
        conversation: Option<String>,
        thread: String,
        post: String,
    ) -> Self {
        Self { group, conversation, thread, post: Some(post) }
    }
}

impl Mailbox {
    /// Makes all tokens of changes void.
    pub(crate) async fn expire_tokens(&self) -> Answer<()> {
        let mut transaction = self.store.write().await?;
        transaction.next_epoch().await?;
        Ok(transaction.commit().await?)
    }
}

/// The document that a model is.
pub(crate) fn document(model: &impl Wire) -> Answer<Document> {
    Document::of(model).map_err(|_| no_object())
}

/// 400, since a body is something else.
pub(crate) fn no_object() -> ServiceError {
    ServiceError::bad_request("The body is no JSON object.")
}

/// The value of a parameter of an action, whose name metadata and documents write in different cases; none where it is
/// not there, or of another type.
pub(crate) fn parameter<T: DeserializeOwned>(model: &impl Wire, name: &str) -> Answer<Option<T>> {
    let given = document(model)?;
    Ok(given.name_like(name).and_then(|name| given.get(name)))
}

/// The model that a document is.
pub(crate) fn model<M: Wire>(document: &Document) -> Answer<M> {
    document.to_model().map_err(|error| {
        tracing::error!(%error, of = M::TABLE.name, "a document does not fit its type");
        ServiceError::internal("The emulator keeps something that does not fit its type.")
    })
}

/// The document that an entity is answered with, with its version.
pub(crate) fn shown(entity: &Entity) -> Document {
    let mut document = entity.document.clone();
    document.set("@odata.etag", entity.etag());
    document
}

/// The current time, in whole seconds, in UTC, as Graph has it.
pub(crate) fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}
