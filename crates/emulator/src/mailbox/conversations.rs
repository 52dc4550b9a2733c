//! Conversations: begun with a thread, and gone with their last one.

use msgraph_core::{Created, NoContent, Page, Success};
use msgraph_server::Context;
use serde_json::json;

use super::find::missing;
use super::posts::lacking;
use super::{Answer, Mailbox, Wire, document, model, shown};
use crate::document::Document;
use crate::store::Kind;

impl Mailbox {
    pub(crate) async fn list_conversations<M: Wire>(
        &self,
        group: &str,
        context: &Context,
    ) -> Answer<Success<Page<M>>> {
        let mut transaction = self.store.read().await?;
        let group = transaction.group(group).await?;
        let conversations = transaction.children(Kind::Conversation, &group.key).await?;
        self.page(&mut transaction, conversations, context).await
    }

    /// A new conversation with its threads and their posts. The answer tells the ids of the threads.
    pub(crate) async fn create_conversation<M: Wire>(
        &self,
        group: &str,
        conversation: &M,
        context: &Context,
    ) -> Answer<Created<M>> {
        let mut given = document(conversation)?;
        let threads = given.take::<Vec<Document>>("threads").filter(|threads| !threads.is_empty());
        let threads = threads.ok_or_else(|| lacking("threads"))?;
        let mut transaction = self.store.write().await?;
        let group = transaction.group(group).await?;
        let conversation = transaction.begin_conversation(&group, given.take("topic")).await?;
        let mut ids = Vec::new();
        for thread in threads {
            let thread = transaction.begin_thread(&conversation, thread, context).await?;
            ids.push(json!({"id": thread.key}));
        }
        let written = transaction.get(Kind::Conversation, &conversation.key).await?;
        let written = written.ok_or_else(|| missing(Kind::Conversation, &conversation.key))?;
        transaction.commit().await?;
        let mut answer = shown(&written);
        answer.set("threads", ids);
        Ok(Created(model(&answer)?))
    }

    pub(crate) async fn get_conversation<M: Wire>(
        &self,
        group: &str,
        id: &str,
        context: &Context,
    ) -> Answer<Success<M>> {
        let mut transaction = self.store.read().await?;
        let conversation = transaction.conversation(group, id).await?;
        self.one(&mut transaction, &conversation, context).await
    }

    pub(crate) async fn delete_conversation(
        &self,
        group: &str,
        id: &str,
        context: &Context,
    ) -> Answer<NoContent> {
        let mut transaction = self.store.write().await?;
        let conversation = transaction.conversation(group, id).await?;
        context.preconditions().check(Some(&conversation.etag()))?;
        transaction.delete(&conversation).await?;
        transaction.commit().await?;
        Ok(NoContent)
    }
}
