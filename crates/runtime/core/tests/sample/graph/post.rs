use super::{Attachment, Extension, ItemBody, Recipient, schema};
use crate::sample::View;
use msgraph_core::{Property, edm::DateTimeOffset};

/// A message of a thread.
///
/// `microsoft.graph.post`; derives from [`OutlookItem`](super::OutlookItem).
pub type Post = View<schema::Post>;

impl Post {
    /// Token of `id`.
    pub const ID: Property<schema::Post> = Property::new("id", 0);
    /// Token of `categories`.
    pub const CATEGORIES: Property<schema::Post> = Property::new("categories", 1);
    /// Token of `changeKey`.
    pub const CHANGE_KEY: Property<schema::Post> = Property::new("changeKey", 2);
    /// Token of `createdDateTime`.
    pub const CREATED_DATE_TIME: Property<schema::Post> = Property::new("createdDateTime", 3);
    /// Token of `lastModifiedDateTime`.
    pub const LAST_MODIFIED_DATE_TIME: Property<schema::Post> =
        Property::new("lastModifiedDateTime", 4);
    /// Token of `body`.
    pub const BODY: Property<schema::Post> = Property::new("body", 5);
    /// Token of `conversationId`.
    pub const CONVERSATION_ID: Property<schema::Post> = Property::new("conversationId", 6);
    /// Token of `from`.
    pub const FROM: Property<schema::Post> = Property::new("from", 7);
    /// Token of `hasAttachments`.
    pub const HAS_ATTACHMENTS: Property<schema::Post> = Property::new("hasAttachments", 8);
    /// Token of `newParticipants`.
    pub const NEW_PARTICIPANTS: Property<schema::Post> = Property::new("newParticipants", 9);
    /// Token of `receivedDateTime`.
    pub const RECEIVED_DATE_TIME: Property<schema::Post> = Property::new("receivedDateTime", 10);
    /// Token of `attachments`.
    pub const ATTACHMENTS: Property<schema::Post> = Property::new("attachments", 11);
    /// Token of `extensions`.
    pub const EXTENSIONS: Property<schema::Post> = Property::new("extensions", 12);
    /// Token of `inReplyTo`.
    pub const IN_REPLY_TO: Property<schema::Post> = Property::new("inReplyTo", 13);

    /// With `id`.
    #[inline]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.set(0, id.into());
        self
    }

    /// With `categories`.
    #[inline]
    pub fn with_categories<T: Into<String>>(
        mut self,
        categories: impl IntoIterator<Item = T>,
    ) -> Self {
        self.set_list(1, categories.into_iter().map(Into::into));
        self
    }

    /// With `changeKey`.
    #[inline]
    pub fn with_change_key(mut self, change_key: impl Into<String>) -> Self {
        self.set(2, change_key.into());
        self
    }

    /// With `createdDateTime`.
    #[inline]
    pub fn with_created_date_time(mut self, created_date_time: DateTimeOffset) -> Self {
        self.set(3, created_date_time);
        self
    }

    /// With `lastModifiedDateTime`.
    #[inline]
    pub fn with_last_modified_date_time(mut self, last_modified_date_time: DateTimeOffset) -> Self {
        self.set(4, last_modified_date_time);
        self
    }

    /// `body`.
    #[inline]
    pub fn body(&self) -> Option<&ItemBody> {
        self.view(5)
    }

    /// `body`, to be changed.
    #[inline]
    pub fn body_mut(&mut self) -> Option<&mut ItemBody> {
        self.view_mut(5)
    }

    /// Sets `body`.
    #[inline]
    pub fn set_body(&mut self, body: ItemBody) -> &mut Self {
        self.set_view(5, body);
        self
    }

    /// With `body`.
    #[inline]
    pub fn with_body(mut self, body: ItemBody) -> Self {
        self.set_view(5, body);
        self
    }

    /// `conversationId`.
    #[inline]
    pub fn conversation_id(&self) -> Option<&str> {
        self.get::<String>(6)
    }

    /// Sets `conversationId`.
    #[inline]
    pub fn set_conversation_id(&mut self, conversation_id: impl Into<String>) -> &mut Self {
        self.set(6, conversation_id.into());
        self
    }

    /// With `conversationId`.
    #[inline]
    pub fn with_conversation_id(mut self, conversation_id: impl Into<String>) -> Self {
        self.set(6, conversation_id.into());
        self
    }

    /// `from`.
    #[inline]
    pub fn from(&self) -> Option<&Recipient> {
        self.view(7)
    }

    /// `from`, to be changed.
    #[inline]
    pub fn from_mut(&mut self) -> Option<&mut Recipient> {
        self.view_mut(7)
    }

    /// Sets `from`.
    #[inline]
    pub fn set_from(&mut self, from: Recipient) -> &mut Self {
        self.set_view(7, from);
        self
    }

    /// With `from`.
    #[inline]
    pub fn with_from(mut self, from: Recipient) -> Self {
        self.set_view(7, from);
        self
    }

    /// `hasAttachments`.
    #[inline]
    pub fn has_attachments(&self) -> Option<bool> {
        self.get::<bool>(8)
    }

    /// Sets `hasAttachments`.
    #[inline]
    pub fn set_has_attachments(&mut self, has_attachments: bool) -> &mut Self {
        self.set(8, has_attachments);
        self
    }

    /// With `hasAttachments`.
    #[inline]
    pub fn with_has_attachments(mut self, has_attachments: bool) -> Self {
        self.set(8, has_attachments);
        self
    }

    /// `newParticipants`.
    #[inline]
    pub fn new_participants(&self) -> &[Recipient] {
        self.views(9)
    }

    /// `newParticipants`, to be changed.
    #[inline]
    pub fn new_participants_mut(&mut self) -> &mut [Recipient] {
        self.views_mut(9)
    }

    /// Sets `newParticipants`.
    #[inline]
    pub fn set_new_participants(
        &mut self,
        new_participants: impl IntoIterator<Item = Recipient>,
    ) -> &mut Self {
        self.set_views(9, new_participants);
        self
    }

    /// With `newParticipants`.
    #[inline]
    pub fn with_new_participants(
        mut self,
        new_participants: impl IntoIterator<Item = Recipient>,
    ) -> Self {
        self.set_views(9, new_participants);
        self
    }

    /// `receivedDateTime`.
    #[inline]
    pub fn received_date_time(&self) -> Option<DateTimeOffset> {
        self.get::<DateTimeOffset>(10)
    }

    /// Sets `receivedDateTime`.
    #[inline]
    pub fn set_received_date_time(&mut self, received_date_time: DateTimeOffset) -> &mut Self {
        self.set(10, received_date_time);
        self
    }

    /// With `receivedDateTime`.
    #[inline]
    pub fn with_received_date_time(mut self, received_date_time: DateTimeOffset) -> Self {
        self.set(10, received_date_time);
        self
    }

    /// `attachments`.
    #[inline]
    pub fn attachments(&self) -> &[Attachment] {
        self.views(11)
    }

    /// `attachments`, to be changed.
    #[inline]
    pub fn attachments_mut(&mut self) -> &mut [Attachment] {
        self.views_mut(11)
    }

    /// Sets `attachments`.
    #[inline]
    pub fn set_attachments(
        &mut self,
        attachments: impl IntoIterator<Item = Attachment>,
    ) -> &mut Self {
        self.set_views(11, attachments);
        self
    }

    /// With `attachments`.
    #[inline]
    pub fn with_attachments(mut self, attachments: impl IntoIterator<Item = Attachment>) -> Self {
        self.set_views(11, attachments);
        self
    }

    /// `extensions`.
    #[inline]
    pub fn extensions(&self) -> &[Extension] {
        self.views(12)
    }

    /// `extensions`, to be changed.
    #[inline]
    pub fn extensions_mut(&mut self) -> &mut [Extension] {
        self.views_mut(12)
    }

    /// Sets `extensions`.
    #[inline]
    pub fn set_extensions(&mut self, extensions: impl IntoIterator<Item = Extension>) -> &mut Self {
        self.set_views(12, extensions);
        self
    }

    /// With `extensions`.
    #[inline]
    pub fn with_extensions(mut self, extensions: impl IntoIterator<Item = Extension>) -> Self {
        self.set_views(12, extensions);
        self
    }

    /// `inReplyTo`.
    #[inline]
    pub fn in_reply_to(&self) -> Option<&Post> {
        self.view(13)
    }

    /// `inReplyTo`, to be changed.
    #[inline]
    pub fn in_reply_to_mut(&mut self) -> Option<&mut Post> {
        self.view_mut(13)
    }

    /// Sets `inReplyTo`.
    #[inline]
    pub fn set_in_reply_to(&mut self, in_reply_to: Post) -> &mut Self {
        self.set_view(13, in_reply_to);
        self
    }

    /// With `inReplyTo`.
    #[inline]
    pub fn with_in_reply_to(mut self, in_reply_to: Post) -> Self {
        self.set_view(13, in_reply_to);
        self
    }
}
