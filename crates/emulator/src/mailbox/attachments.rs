//! What is attached to a post: files, items, and links, written with it or through an upload session.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use http::StatusCode;
use msgraph_core::{Content, NoContent, Page, ServiceError, Success};
use msgraph_server::Context;

use super::find::missing;
use super::posts::lacking;
use super::{Answer, Mailbox, Place, Wire, ids, now};
use crate::document::Document;
use crate::store::{Entity, Kind, Transaction};

/// The types of attachments.
pub(crate) const FILE: &str = "#microsoft.graph.fileAttachment";
const ITEM: &str = "#microsoft.graph.itemAttachment";
const LINK: &str = "#microsoft.graph.referenceAttachment";

/// The media type of a file that has none of its own.
const BYTES: &str = "application/octet-stream";

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
        match attachment.get::<String>("@odata.type").as_deref() {
            Some(FILE) => {
                let bytes = contents(&attachment).unwrap_or_default();
                let media_type: String =
                    attachment.get("contentType").unwrap_or_else(|| BYTES.to_owned());
                Ok(Success(Content::new(&media_type, bytes)))
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
        attachment.remove_control();
        let kind = attachment.get::<String>("@odata.type").unwrap_or_default();
        let kind = [FILE, ITEM, LINK].into_iter().find(|known| *known == kind).ok_or_else(|| {
            let message = "An attachment needs its `@odata.type`: `#microsoft.graph.fileAttachment`, \
                           `…itemAttachment` or `…referenceAttachment`.";
            ServiceError::bad_request(message).with_target("attachments")
        })?;
        let size = match kind {
            FILE => contents(&attachment).ok_or_else(|| lacking("contentBytes"))?.len(),
            ITEM => attachment.raw("item").map_or(0, |item| item.get().len()),
            _ => 0,
        };
        let key = ids::new(Kind::Attachment);
        attachment.set("id", &key);
        attachment.set("size", size);
        attachment.set("lastModifiedDateTime", now());
        attachment.set_default("isInline", false);
        if kind == FILE {
            attachment.set_default("contentType", BYTES);
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
        post.document.set("hasAttachments", has_some);
        post.document.set("lastModifiedDateTime", now());
        post.document.set("changeKey", ids::change_key());
        self.update(post).await?;
        self.summarise(thread).await
    }
}

/// The bytes of a file, which come in either alphabet.
fn contents(attachment: &Document) -> Option<Vec<u8>> {
    let text: String = attachment.get("contentBytes")?;
    STANDARD.decode(&text).or_else(|_| URL_SAFE.decode(&text)).ok()
}
