use super::{Post, Recipient, schema};
use crate::sample::View;
use msgraph_core::{List, Property, edm::DateTimeOffset};

/// A thread: a series of posts on one topic.
///
/// `microsoft.graph.conversationThread`; derives from [`Entity`](super::Entity).
pub type ConversationThread = View<schema::ConversationThread>;

impl ConversationThread {
    /// Token of `id`.
    pub const ID: Property<schema::ConversationThread> = Property::new("id", 0);
    /// Token of `ccRecipients`.
    pub const CC_RECIPIENTS: Property<schema::ConversationThread> =
        Property::new("ccRecipients", 1);
    /// Token of `hasAttachments`.
    pub const HAS_ATTACHMENTS: Property<schema::ConversationThread> =
        Property::new("hasAttachments", 2);
    /// Token of `isLocked`.
    pub const IS_LOCKED: Property<schema::ConversationThread> = Property::new("isLocked", 3);
    /// Token of `lastDeliveredDateTime`.
    pub const LAST_DELIVERED_DATE_TIME: Property<schema::ConversationThread> =
        Property::new("lastDeliveredDateTime", 4);
    /// Token of `preview`.
    pub const PREVIEW: Property<schema::ConversationThread> = Property::new("preview", 5);
    /// Token of `topic`.
    pub const TOPIC: Property<schema::ConversationThread> = Property::new("topic", 6);
    /// Token of `toRecipients`.
    pub const TO_RECIPIENTS: Property<schema::ConversationThread> =
        Property::new("toRecipients", 7);
    /// Token of `uniqueSenders`.
    pub const UNIQUE_SENDERS: Property<schema::ConversationThread> =
        Property::new("uniqueSenders", 8);
    /// Token of `posts`.
    pub const POSTS: Property<schema::ConversationThread> = Property::new("posts", 9);

    /// With `id`.
    #[inline]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.set(0, id.into());
        self
    }

    /// `ccRecipients`.
    #[inline]
    pub fn cc_recipients(&self) -> &[Recipient] {
        self.views(1)
    }

    /// `ccRecipients`, to be changed.
    #[inline]
    pub fn cc_recipients_mut(&mut self) -> &mut [Recipient] {
        self.views_mut(1)
    }

    /// Sets `ccRecipients`.
    #[inline]
    pub fn set_cc_recipients(
        &mut self,
        cc_recipients: impl IntoIterator<Item = Recipient>,
    ) -> &mut Self {
        self.set_views(1, cc_recipients);
        self
    }

    /// With `ccRecipients`.
    #[inline]
    pub fn with_cc_recipients(
        mut self,
        cc_recipients: impl IntoIterator<Item = Recipient>,
    ) -> Self {
        self.set_views(1, cc_recipients);
        self
    }

    /// `hasAttachments`.
    #[inline]
    pub fn has_attachments(&self) -> Option<bool> {
        self.get::<bool>(2)
    }

    /// Sets `hasAttachments`.
    #[inline]
    pub fn set_has_attachments(&mut self, has_attachments: bool) -> &mut Self {
        self.set(2, has_attachments);
        self
    }

    /// With `hasAttachments`.
    #[inline]
    pub fn with_has_attachments(mut self, has_attachments: bool) -> Self {
        self.set(2, has_attachments);
        self
    }

    /// `isLocked`.
    #[inline]
    pub fn is_locked(&self) -> Option<bool> {
        self.get::<bool>(3)
    }

    /// Sets `isLocked`.
    #[inline]
    pub fn set_is_locked(&mut self, is_locked: bool) -> &mut Self {
        self.set(3, is_locked);
        self
    }

    /// With `isLocked`.
    #[inline]
    pub fn with_is_locked(mut self, is_locked: bool) -> Self {
        self.set(3, is_locked);
        self
    }

    /// `lastDeliveredDateTime`.
    #[inline]
    pub fn last_delivered_date_time(&self) -> Option<DateTimeOffset> {
        self.get::<DateTimeOffset>(4)
    }

    /// Sets `lastDeliveredDateTime`.
    #[inline]
    pub fn set_last_delivered_date_time(
        &mut self,
        last_delivered_date_time: DateTimeOffset,
    ) -> &mut Self {
        self.set(4, last_delivered_date_time);
        self
    }

    /// With `lastDeliveredDateTime`.
    #[inline]
    pub fn with_last_delivered_date_time(
        mut self,
        last_delivered_date_time: DateTimeOffset,
    ) -> Self {
        self.set(4, last_delivered_date_time);
        self
    }

    /// `preview`.
    #[inline]
    pub fn preview(&self) -> Option<&str> {
        self.get::<String>(5)
    }

    /// Sets `preview`.
    #[inline]
    pub fn set_preview(&mut self, preview: impl Into<String>) -> &mut Self {
        self.set(5, preview.into());
        self
    }

    /// With `preview`.
    #[inline]
    pub fn with_preview(mut self, preview: impl Into<String>) -> Self {
        self.set(5, preview.into());
        self
    }

    /// `topic`.
    #[inline]
    pub fn topic(&self) -> Option<&str> {
        self.get::<String>(6)
    }

    /// Sets `topic`.
    #[inline]
    pub fn set_topic(&mut self, topic: impl Into<String>) -> &mut Self {
        self.set(6, topic.into());
        self
    }

    /// With `topic`.
    #[inline]
    pub fn with_topic(mut self, topic: impl Into<String>) -> Self {
        self.set(6, topic.into());
        self
    }

    /// `toRecipients`.
    #[inline]
    pub fn to_recipients(&self) -> &[Recipient] {
        self.views(7)
    }

    /// `toRecipients`, to be changed.
    #[inline]
    pub fn to_recipients_mut(&mut self) -> &mut [Recipient] {
        self.views_mut(7)
    }

    /// Sets `toRecipients`.
    #[inline]
    pub fn set_to_recipients(
        &mut self,
        to_recipients: impl IntoIterator<Item = Recipient>,
    ) -> &mut Self {
        self.set_views(7, to_recipients);
        self
    }

    /// With `toRecipients`.
    #[inline]
    pub fn with_to_recipients(
        mut self,
        to_recipients: impl IntoIterator<Item = Recipient>,
    ) -> Self {
        self.set_views(7, to_recipients);
        self
    }

    /// `uniqueSenders`.
    #[inline]
    pub fn unique_senders(&self) -> List<'_, String> {
        self.list::<String>(8)
    }

    /// Sets `uniqueSenders`.
    #[inline]
    pub fn set_unique_senders<T: Into<String>>(
        &mut self,
        unique_senders: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        self.set_list(8, unique_senders.into_iter().map(Into::into));
        self
    }

    /// With `uniqueSenders`.
    #[inline]
    pub fn with_unique_senders<T: Into<String>>(
        mut self,
        unique_senders: impl IntoIterator<Item = T>,
    ) -> Self {
        self.set_list(8, unique_senders.into_iter().map(Into::into));
        self
    }

    /// `posts`.
    #[inline]
    pub fn posts(&self) -> &[Post] {
        self.views(9)
    }

    /// `posts`, to be changed.
    #[inline]
    pub fn posts_mut(&mut self) -> &mut [Post] {
        self.views_mut(9)
    }

    /// Sets `posts`.
    #[inline]
    pub fn set_posts(&mut self, posts: impl IntoIterator<Item = Post>) -> &mut Self {
        self.set_views(9, posts);
        self
    }

    /// With `posts`.
    #[inline]
    pub fn with_posts(mut self, posts: impl IntoIterator<Item = Post>) -> Self {
        self.set_views(9, posts);
        self
    }
}
