//! From the ids of a path to the entity that it names, or the error that says which of them leads nowhere.

use http::StatusCode;
use msgraph_core::ServiceError;

use super::{Answer, Place};
use crate::store::{Entity, Kind, Transaction};

/// 404, with the code that the service behind the resource has for it.
pub(crate) fn missing(kind: Kind, id: &str) -> ServiceError {
    let code = match kind {
        Kind::Group => "Request_ResourceNotFound",
        _ => "ErrorItemNotFound",
    };
    let message = format!("There is no {} with the id {id:?} here.", kind.name());
    ServiceError::new(StatusCode::NOT_FOUND, message).with_code(code)
}

impl Transaction {
    pub(crate) async fn group(&mut self, id: &str) -> Answer<Entity> {
        self.get(Kind::Group, id).await?.ok_or_else(|| missing(Kind::Group, id))
    }

    pub(crate) async fn conversation(&mut self, group: &str, id: &str) -> Answer<Entity> {
        self.group(group).await?;
        self.below(Kind::Conversation, id, group).await
    }

    pub(crate) async fn thread(&mut self, place: &Place) -> Answer<Entity> {
        self.group(&place.group).await?;
        let id = place.thread.as_str();
        let missing = || missing(Kind::Thread, id);
        let thread = self.get(Kind::Thread, id).await?.ok_or_else(missing)?;
        let conversation = thread.parent.as_deref().unwrap_or_default();
        if place.conversation.as_deref().is_some_and(|named| named != conversation) {
            return Err(missing());
        }
        match self.below(Kind::Conversation, conversation, &place.group).await {
            Ok(_) => Ok(thread),
            // It is the thread that the path names.
            Err(error) if error.status == StatusCode::NOT_FOUND => Err(missing()),
            Err(error) => Err(error),
        }
    }

    pub(crate) async fn post(&mut self, place: &Place) -> Answer<Entity> {
        let thread = self.thread(place).await?;
        self.below(Kind::Post, place.post.as_deref().unwrap_or_default(), &thread.key).await
    }

    /// The entity with this id that is contained in `parent`.
    pub(crate) async fn below(&mut self, kind: Kind, id: &str, parent: &str) -> Answer<Entity> {
        let entity = self.get(kind, id).await?;
        let here = entity.filter(|entity| entity.parent.as_deref() == Some(parent));
        here.ok_or_else(|| missing(kind, id))
    }
}
