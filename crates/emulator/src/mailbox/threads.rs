//! Threads: begun with their first post, in a conversation of their own or in one that is there.

use msgraph_core::{Created, NoContent, Page, ServiceError, Success};
use msgraph_server::Context;
use serde_json::{Value, json};

use super::find::missing;
use super::posts::lacking;
use super::{Answer, Mailbox, Place, Wire, document, ids, model, shown};
use crate::document::Document;
use crate::store::{Entity, Kind, Transaction};

impl Mailbox {
    /// The threads of a group, or of one of its conversations.
    pub(crate) async fn list_threads<M: Wire>(
        &self,
        group: &str,
        conversation: Option<&str>,
        context: &Context,
    ) -> Answer<Success<Page<M>>> {
        let mut transaction = self.store.read().await?;
        let threads = match conversation {
            None => {
                let group = transaction.group(group).await?;
                transaction.grandchildren(Kind::Thread, &group.key).await?
            }
            Some(id) => {
                let conversation = transaction.conversation(group, id).await?;
                transaction.children(Kind::Thread, &conversation.key).await?
            }
        };
        self.page(&mut transaction, threads, context).await
    }

    /// A new thread with its first post; without a conversation also a conversation, of the same topic.
    pub(crate) async fn create_thread<M: Wire>(
        &self,
        group: &str,
        conversation: Option<&str>,
        thread: &M,
        context: &Context,
    ) -> Answer<Created<M>> {
        let thread = document(thread)?;
        let mut transaction = self.store.write().await?;
        let conversation = match conversation {
            Some(id) => transaction.conversation(group, id).await?,
            None => {
                let group = transaction.group(group).await?;
                transaction.begin_conversation(&group, thread.get("topic")).await?
            }
        };
        let thread = transaction.begin_thread(&conversation, thread, context).await?;
        transaction.commit().await?;
        Ok(Created(model(&shown(&thread))?))
    }

    pub(crate) async fn get_thread<M: Wire>(
        &self,
        place: &Place,
        context: &Context,
    ) -> Answer<Success<M>> {
        let mut transaction = self.store.read().await?;
        let thread = transaction.thread(place).await?;
        self.one(&mut transaction, &thread, context).await
    }

    /// Locks a thread, or opens it. Nothing else of it can be changed, since all else follows from its posts or is fixed.
    pub(crate) async fn update_thread<M: Wire>(
        &self,
        place: &Place,
        patch: &M,
        context: &Context,
    ) -> Answer<Success<M>> {
        let patch = document(patch)?;
        let mut transaction = self.store.write().await?;
        let mut thread = transaction.thread(place).await?;
        context.preconditions().check(Some(&thread.etag()))?;
        if patch.has("topic") && patch.get::<Value>("topic") != thread.document.get("topic") {
            let message = "The topic of a thread is fixed when it is created.";
            return Err(ServiceError::bad_request(message).with_target("topic"));
        }
        if let Some(is_locked) = patch.raw("isLocked") {
            thread.document.set("isLocked", is_locked);
        }
        transaction.change(&mut thread).await?;
        transaction.commit().await?;
        Ok(Success(model(&shown(&thread))?))
    }

    /// Takes a thread away with its posts, and its conversation with its last thread.
    pub(crate) async fn delete_thread(
        &self,
        place: &Place,
        context: &Context,
    ) -> Answer<NoContent> {
        let mut transaction = self.store.write().await?;
        let thread = transaction.thread(place).await?;
        context.preconditions().check(Some(&thread.etag()))?;
        transaction.delete(&thread).await?;
        let id = thread.parent.as_deref().unwrap_or_default();
        let others = transaction.children(Kind::Thread, id).await?;
        if others.is_empty() {
            let conversation = transaction.get(Kind::Conversation, id).await?;
            let conversation = conversation.ok_or_else(|| missing(Kind::Conversation, id))?;
            transaction.delete(&conversation).await?;
        } else {
            transaction.summarise_conversation(id).await?;
        }
        transaction.commit().await?;
        Ok(NoContent)
    }
}

impl Transaction {
    /// A conversation that has no threads yet.
    pub(crate) async fn begin_conversation(
        &mut self,
        group: &Entity,
        topic: Option<String>,
    ) -> Answer<Entity> {
        let topic = topic.ok_or_else(|| lacking("topic"))?;
        let key = ids::new(Kind::Conversation);
        let conversation = Document::from_iter([("id", json!(key)), ("topic", json!(topic))]);
        let inserted = self.add(Kind::Conversation, &key, Some(&group.key), conversation).await?;
        inserted.ok_or_else(|| missing(Kind::Conversation, &key))
    }

    /// A thread with the posts that came with it.
    pub(crate) async fn begin_thread(
        &mut self,
        conversation: &Entity,
        mut given: Document,
        context: &Context,
    ) -> Answer<Entity> {
        let posts = given.take::<Vec<Document>>("posts").filter(|posts| !posts.is_empty());
        let posts = posts.ok_or_else(|| lacking("posts"))?;
        let topic = given.take::<String>("topic").or_else(|| conversation.document.get("topic"));
        let key = ids::new(Kind::Thread);
        // All else follows from the posts, or is the emulator's to say.
        given.retain(|member| ["isLocked", "ccRecipients"].contains(&member));
        let mut thread = given;
        thread.set("id", &key);
        thread.set("topic", topic);
        thread.set_default("isLocked", false);
        thread.set_default("ccRecipients", json!([]));
        let inserted = self.add(Kind::Thread, &key, Some(&conversation.key), thread).await?;
        let mut thread = inserted.ok_or_else(|| missing(Kind::Thread, &key))?;
        for post in posts {
            self.write_post(&thread, post, None, context).await?;
        }
        self.summarise(&mut thread).await?;
        Ok(thread)
    }
}
