//! Posts: written with a thread or as a reply to one, read, and sent on.

use msgraph_core::{Accepted, Page, ServiceError, Success};
use msgraph_server::Context;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::find::missing;
use super::{Answer, Mailbox, Place, Wire, document, ids, now, parameter, summary};
use crate::document::Document;
use crate::store::{Entity, Kind, Transaction};

/// What the service says of a post, whoever else says it.
const COMPUTED: [&str; 10] = [
    "id",
    "changeKey",
    "createdDateTime",
    "lastModifiedDateTime",
    "receivedDateTime",
    "conversationId",
    "conversationThreadId",
    "hasAttachments",
    "inReplyTo",
    "sender",
];

impl Mailbox {
    pub(crate) async fn list_posts<M: Wire>(
        &self,
        place: &Place,
        context: &Context,
    ) -> Answer<Success<Page<M>>> {
        let mut transaction = self.store.read().await?;
        let thread = transaction.thread(place).await?;
        let posts = transaction.children(Kind::Post, &thread.key).await?;
        self.page(&mut transaction, posts, context).await
    }

    pub(crate) async fn get_post<M: Wire>(
        &self,
        place: &Place,
        context: &Context,
    ) -> Answer<Success<M>> {
        let mut transaction = self.store.read().await?;
        let post = transaction.post(place).await?;
        self.one(&mut transaction, &post, context).await
    }

    /// Adds the post of `parameters` to a thread, as an answer to a post where the place names one.
    pub(crate) async fn reply(
        &self,
        place: &Place,
        parameters: &impl Wire,
        context: &Context,
    ) -> Answer<Accepted> {
        let post = parameter::<Document>(parameters, "post")?.ok_or_else(|| lacking("post"))?;
        let mut transaction = self.store.write().await?;
        let mut thread = transaction.thread(place).await?;
        if thread.document.get("isLocked") == Some(true) {
            let message = "The thread is locked, and takes no more posts.";
            return Err(ServiceError::forbidden(message).with_code("ErrorAccessDenied"));
        }
        let answered = match place.post {
            Some(_) => Some(transaction.post(place).await?.key),
            None => None,
        };
        transaction.write_post(&thread, post, answered.as_deref(), context).await?;
        transaction.summarise(&mut thread).await?;
        transaction.commit().await?;
        Ok(Accepted(()))
    }

    /// Notes that a post was sent on: the emulator sends no mail, and shows in its snapshot what it would have sent.
    pub(crate) async fn forward(
        &self,
        place: &Place,
        parameters: &impl Wire,
    ) -> Answer<Success<()>> {
        let recipients = parameter::<Vec<IgnoredAny>>(parameters, "toRecipients")?;
        if recipients.is_none_or(|recipients| recipients.is_empty()) {
            return Err(lacking("toRecipients"));
        }
        let forward = document(parameters)?;
        let mut transaction = self.store.write().await?;
        let post = transaction.post(place).await?;
        let key = ids::new(Kind::Forward);
        transaction.add(Kind::Forward, &key, Some(&post.key), forward).await?;
        transaction.commit().await?;
        Ok(Success(()))
    }
}

/// 400, since a member is missing or empty.
pub(crate) fn lacking(member: &str) -> ServiceError {
    let message = format!("The body needs the member `{member}`, which is missing or empty.");
    ServiceError::bad_request(message).with_target(member)
}

/// A caller as the sender of a post.
fn sender(context: &Context) -> Value {
    let subject = context.principal.subject.as_str();
    let address = match subject.contains('@') {
        true => subject.to_owned(),
        false => format!("{subject}@emulator.example"),
    };
    json!({"emailAddress": {"name": subject, "address": address}})
}

impl Transaction {
    /// Adds a post to a thread, with its attachments and extensions.
    pub(crate) async fn write_post(
        &mut self,
        thread: &Entity,
        mut post: Document,
        answered: Option<&str>,
        context: &Context,
    ) -> Answer<Entity> {
        if post.get::<Document>("body").is_none() {
            return Err(lacking("body"));
        }
        post.remove_control();
        post.retain(|member| !COMPUTED.contains(&member));
        let attachments = objects(&mut post, "attachments");
        let extensions = objects(&mut post, "extensions");
        let key = ids::new(Kind::Post);
        let now = now();
        let sender = sender(context);
        post.set_default("from", &sender);
        let computed = [
            ("id", Value::from(key.as_str())),
            ("changeKey", ids::change_key().into()),
            ("createdDateTime", now.as_str().into()),
            ("lastModifiedDateTime", now.as_str().into()),
            ("receivedDateTime", now.as_str().into()),
            ("conversationId", thread.parent.as_deref().into()),
            ("conversationThreadId", thread.key.as_str().into()),
            ("hasAttachments", (!attachments.is_empty()).into()),
            ("sender", sender),
        ];
        post.extend(Document::from_iter(computed));
        if let Some(answered) = answered {
            post.set(ANSWERED, answered);
        }
        let inserted = self.add(Kind::Post, &key, Some(&thread.key), post).await?;
        let post = inserted.ok_or_else(|| missing(Kind::Post, &key))?;
        for attachment in attachments {
            self.write_attachment(&post, attachment).await?;
        }
        for extension in extensions {
            self.write_extension(&post, extension).await?;
        }
        Ok(post)
    }

    /// Writes what a thread and its conversation say of their posts.
    pub(crate) async fn summarise(&mut self, thread: &mut Entity) -> Answer<()> {
        let posts = self.children(Kind::Post, &thread.key).await?;
        thread.document.extend(summary::of_thread(posts.iter().map(|post| &post.document)));
        self.update(thread).await?;
        self.summarise_conversation(thread.parent.as_deref().unwrap_or_default()).await
    }

    /// Writes what a conversation says of its posts.
    pub(crate) async fn summarise_conversation(&mut self, id: &str) -> Answer<()> {
        let Some(mut conversation) = self.get(Kind::Conversation, id).await? else {
            return Err(missing(Kind::Conversation, id));
        };
        let posts = self.grandchildren(Kind::Post, id).await?;
        let summary = summary::of_conversation(posts.iter().map(|post| &post.document));
        conversation.document.extend(summary);
        Ok(self.update(&mut conversation).await?)
    }
}

/// The post that a post answers, by its id; the member is the emulator's own and not shown.
pub(crate) const ANSWERED: &str = "@emulator.inReplyTo";

/// Takes the objects of a list.
fn objects(document: &mut Document, member: &str) -> Vec<Document> {
    let list: Vec<Option<Document>> = document.take(member).unwrap_or_default();
    list.into_iter().flatten().collect()
}
