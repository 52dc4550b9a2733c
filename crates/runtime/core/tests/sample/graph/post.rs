use super::{Attachment, Extension, ItemBody, Recipient, schema};
use crate::sample::{View, access};
use msgraph_core::edm::DateTimeOffset;

/// A message of a thread.
///
/// `microsoft.graph.post`; derives from [`OutlookItem`](super::OutlookItem).
pub type Post = View<schema::Post>;

impl Post {
    /// With `id`.
    #[inline]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.object.set(0, id.into());
        self
    }

    /// With `categories`.
    #[inline]
    pub fn with_categories<T: Into<String>>(
        mut self,
        categories: impl IntoIterator<Item = T>,
    ) -> Self {
        self.object.set_list(1, categories.into_iter().map(Into::into));
        self
    }

    /// With `changeKey`.
    #[inline]
    pub fn with_change_key(mut self, change_key: impl Into<String>) -> Self {
        self.object.set(2, change_key.into());
        self
    }

    /// With `createdDateTime`.
    #[inline]
    pub fn with_created_date_time(mut self, created_date_time: DateTimeOffset) -> Self {
        self.object.set(3, created_date_time);
        self
    }

    /// With `lastModifiedDateTime`.
    #[inline]
    pub fn with_last_modified_date_time(mut self, last_modified_date_time: DateTimeOffset) -> Self {
        self.object.set(4, last_modified_date_time);
        self
    }

    /// `body`.
    #[inline]
    pub fn body(&self) -> Option<&ItemBody> {
        access::view(&self.object, 5)
    }

    /// `body`, to be changed.
    #[inline]
    pub fn body_mut(&mut self) -> Option<&mut ItemBody> {
        access::view_mut(&mut self.object, 5)
    }

    /// With `body`.
    #[inline]
    pub fn with_body(self, body: ItemBody) -> Self {
        access::with_view(self, 5, body)
    }

    /// `conversationId`.
    #[inline]
    pub fn conversation_id(&self) -> Option<&str> {
        self.object.get::<String>(6)
    }

    /// With `conversationId`.
    #[inline]
    pub fn with_conversation_id(mut self, conversation_id: impl Into<String>) -> Self {
        self.object.set(6, conversation_id.into());
        self
    }

    /// `from`.
    #[inline]
    pub fn from(&self) -> Option<&Recipient> {
        access::view(&self.object, 7)
    }

    /// `from`, to be changed.
    #[inline]
    pub fn from_mut(&mut self) -> Option<&mut Recipient> {
        access::view_mut(&mut self.object, 7)
    }

    /// With `from`.
    #[inline]
    pub fn with_from(self, from: Recipient) -> Self {
        access::with_view(self, 7, from)
    }

    /// `hasAttachments`.
    #[inline]
    pub fn has_attachments(&self) -> Option<bool> {
        self.object.get::<bool>(8)
    }

    /// With `hasAttachments`.
    #[inline]
    pub fn with_has_attachments(mut self, has_attachments: bool) -> Self {
        self.object.set(8, has_attachments);
        self
    }

    /// `newParticipants`.
    #[inline]
    pub fn new_participants(&self) -> &[Recipient] {
        access::views(&self.object, 9)
    }

    /// `newParticipants`, to be changed.
    #[inline]
    pub fn new_participants_mut(&mut self) -> &mut [Recipient] {
        access::views_mut(&mut self.object, 9)
    }

    /// With `newParticipants`.
    #[inline]
    pub fn with_new_participants(
        self,
        new_participants: impl IntoIterator<Item = Recipient>,
    ) -> Self {
        access::with_views(self, 9, new_participants)
    }

    /// `receivedDateTime`.
    #[inline]
    pub fn received_date_time(&self) -> Option<DateTimeOffset> {
        self.object.get::<DateTimeOffset>(10)
    }

    /// With `receivedDateTime`.
    #[inline]
    pub fn with_received_date_time(mut self, received_date_time: DateTimeOffset) -> Self {
        self.object.set(10, received_date_time);
        self
    }

    /// `attachments`.
    #[inline]
    pub fn attachments(&self) -> &[Attachment] {
        access::views(&self.object, 11)
    }

    /// `attachments`, to be changed.
    #[inline]
    pub fn attachments_mut(&mut self) -> &mut [Attachment] {
        access::views_mut(&mut self.object, 11)
    }

    /// With `attachments`.
    #[inline]
    pub fn with_attachments(self, attachments: impl IntoIterator<Item = Attachment>) -> Self {
        access::with_views(self, 11, attachments)
    }

    /// `extensions`.
    #[inline]
    pub fn extensions(&self) -> &[Extension] {
        access::views(&self.object, 12)
    }

    /// `extensions`, to be changed.
    #[inline]
    pub fn extensions_mut(&mut self) -> &mut [Extension] {
        access::views_mut(&mut self.object, 12)
    }

    /// With `extensions`.
    #[inline]
    pub fn with_extensions(self, extensions: impl IntoIterator<Item = Extension>) -> Self {
        access::with_views(self, 12, extensions)
    }

    /// `inReplyTo`.
    #[inline]
    pub fn in_reply_to(&self) -> Option<&Post> {
        access::view(&self.object, 13)
    }

    /// `inReplyTo`, to be changed.
    #[inline]
    pub fn in_reply_to_mut(&mut self) -> Option<&mut Post> {
        access::view_mut(&mut self.object, 13)
    }

    /// With `inReplyTo`.
    #[inline]
    pub fn with_in_reply_to(self, in_reply_to: Post) -> Self {
        access::with_view(self, 13, in_reply_to)
    }
}
