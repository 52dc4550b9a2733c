//! What is attached to a post: files, items, and links, written with it or through an upload session.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use http::StatusCode;
use msgraph_core::{Content, NoContent, Page, ServiceError, Success};
use msgraph_server::Context;
use serde_json::{Value, json};

use super::find::missing;
use super::posts::lacking;
use super::{Answer, Mailbox, Place, Wire, ids, now};
use crate::store::{Document, Entity, Kind, Transaction};

/// The types of attachments.
pub(crate) const FILE: &str = "#microsoft.graph.fileAttachment";
const ITEM: &str = "#microsoft.graph.itemAttachment";
const LINK: &str = "#microsoft.graph.referenceAttachment";

impl Mailbox {
    pub(crate) async fn list_attachments<M: Wire>(
        &self,
        place: &Place,
        context: &Context,
    ) -> Answer<Success<Page<M>>> {
        let mut transaction = self.store.read().await?;
        let post = transaction.post(place).await?;
        let attachments = transaction.children(Kind::Attachment, &post.key).await?;
        self.page(&mut transaction, attachments, context).await
    }

    pub(crate) async fn get_attachment<M: Wire>(
        &self,
        place: &Place,
        id: &str,
        context: &Context,
    ) -> Answer<Success<M>> {
        let mut transaction = self.store.read().await?;
        let post = transaction.post(place).await?;
        let attachment = transaction.below(Kind::Attachment, id, &post.key).await?;
        self.one(&mut transaction, &attachment, context).await
    }

    /// The contents of a file. A link has none, and what is to be told of an item as MIME is not written.
    pub(crate) async fn attachment_content(
        &self,
        place: &Place,
        id: &str,
    ) -> Answer<Success<Content>> {
        let mut transaction = self.store.read().await?;
        let post = transaction.post(place).await?;
        let attachment = transaction.below(Kind::Attachment, id, &post.key).await?.document;
        let part = |member| attachment.get(member).and_then(Value::as_str);
        match part("@odata.type") {
            Some(FILE) => {
                let bytes = contents(&attachment).unwrap_or_default();
                let media_type = part("contentType").unwrap_or("application/octet-stream");
                Ok(Success(Content::new(media_type, bytes)))
            }
            Some(ITEM) => {
                Err(ServiceError::not_implemented("The emulator does not write items as MIME."))
            }
            _ => {
                let message = "A link has no contents.";
                Err(ServiceError::new(StatusCode::METHOD_NOT_ALLOWED, message))
            }
        }
    }

    pub(crate) async fn delete_attachment(
        &self,
        place: &Place,
        id: &str,
        context: &Context,
    ) -> Answer<NoContent> {
        let mut transaction = self.store.write().await?;
        let mut thread = transaction.thread(place).await?;
        let mut post = transaction.post(place).await?;
        let attachment = transaction.below(Kind::Attachment, id, &post.key).await?;
        context.preconditions().check(Some(&attachment.etag()))?;
        transaction.delete(&attachment).await?;
        transaction.note_attachments(&mut thread, &mut post).await?;
        transaction.commit().await?;
        Ok(NoContent)
    }
}

impl Transaction {
    /// Adds an attachment to a post.
    pub(crate) async fn write_attachment(
        &mut self,
        post: &Entity,
        mut attachment: Document,
    ) -> Answer<Entity> {
        let kind = attachment.get("@odata.type").and_then(Value::as_str).unwrap_or_default();
        let kind = [FILE, ITEM, LINK].into_iter().find(|known| *known == kind).ok_or_else(|| {
            let message = "An attachment needs its `@odata.type`: `#microsoft.graph.fileAttachment`, \
                           `…itemAttachment` or `…referenceAttachment`.";
            ServiceError::bad_request(message).with_target("attachments")
        })?;
        let size = match kind {
            FILE => contents(&attachment).ok_or_else(|| lacking("contentBytes"))?.len(),
            ITEM => attachment.get("item").map_or(0, |item| item.to_string().len()),
            _ => 0,
        };
        let key = ids::new(Kind::Attachment);
        attachment.insert("id".to_owned(), json!(key));
        attachment.insert("size".to_owned(), json!(size));
        attachment.insert("lastModifiedDateTime".to_owned(), json!(now()));
        attachment.entry("isInline").or_insert(json!(false));
        if kind == FILE {
            attachment.entry("contentType").or_insert(json!("application/octet-stream"));
        }
        let inserted = self.add(Kind::Attachment, &key, Some(&post.key), attachment).await?;
        inserted.ok_or_else(|| missing(Kind::Attachment, &key))
    }

    /// Writes whether a post has attachments, and what follows for its thread and conversation.
    pub(crate) async fn note_attachments(
        &mut self,
        thread: &mut Entity,
        post: &mut Entity,
    ) -> Answer<()> {
        let has_some = !self.children(Kind::Attachment, &post.key).await?.is_empty();
        post.document.insert("hasAttachments".to_owned(), json!(has_some));
        post.document.insert("lastModifiedDateTime".to_owned(), json!(now()));
        post.document.insert("changeKey".to_owned(), json!(ids::change_key()));
        self.update(post).await?;
        self.summarise(thread).await
    }
}

/// The bytes of a file, which come in either alphabet.
fn contents(attachment: &Document) -> Option<Vec<u8>> {
    let text = attachment.get("contentBytes")?.as_str()?;
    STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
}
