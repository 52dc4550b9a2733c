use super::{Post, Recipient, schema};
use crate::sample::{View, access};
use msgraph_core::{List, edm::DateTimeOffset};

/// A thread: a series of posts on one topic.
///
/// `microsoft.graph.conversationThread`; derives from [`Entity`](super::Entity).
pub type ConversationThread = View<schema::ConversationThread>;

impl ConversationThread {
    /// With `id`.
    #[inline]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.object.set(0, id.into());
        self
    }

    /// `ccRecipients`.
    #[inline]
    pub fn cc_recipients(&self) -> &[Recipient] {
        access::views(&self.object, 1)
    }

    /// `ccRecipients`, to be changed.
    #[inline]
    pub fn cc_recipients_mut(&mut self) -> &mut [Recipient] {
        access::views_mut(&mut self.object, 1)
    }

    /// With `ccRecipients`.
    #[inline]
    pub fn with_cc_recipients(self, cc_recipients: impl IntoIterator<Item = Recipient>) -> Self {
        access::with_views(self, 1, cc_recipients)
    }

    /// `hasAttachments`.
    #[inline]
    pub fn has_attachments(&self) -> Option<bool> {
        self.object.get::<bool>(2)
    }

    /// With `hasAttachments`.
    #[inline]
    pub fn with_has_attachments(mut self, has_attachments: bool) -> Self {
        self.object.set(2, has_attachments);
        self
    }

    /// `isLocked`.
    #[inline]
    pub fn is_locked(&self) -> Option<bool> {
        self.object.get::<bool>(3)
    }

    /// With `isLocked`.
    #[inline]
    pub fn with_is_locked(mut self, is_locked: bool) -> Self {
        self.object.set(3, is_locked);
        self
    }

    /// `lastDeliveredDateTime`.
    #[inline]
    pub fn last_delivered_date_time(&self) -> Option<DateTimeOffset> {
        self.object.get::<DateTimeOffset>(4)
    }

    /// With `lastDeliveredDateTime`.
    #[inline]
    pub fn with_last_delivered_date_time(
        mut self,
        last_delivered_date_time: DateTimeOffset,
    ) -> Self {
        self.object.set(4, last_delivered_date_time);
        self
    }

    /// `preview`.
    #[inline]
    pub fn preview(&self) -> Option<&str> {
        self.object.get::<String>(5)
    }

    /// With `preview`.
    #[inline]
    pub fn with_preview(mut self, preview: impl Into<String>) -> Self {
        self.object.set(5, preview.into());
        self
    }

    /// `topic`.
    #[inline]
    pub fn topic(&self) -> Option<&str> {
        self.object.get::<String>(6)
    }

    /// With `topic`.
    #[inline]
    pub fn with_topic(mut self, topic: impl Into<String>) -> Self {
        self.object.set(6, topic.into());
        self
    }

    /// `toRecipients`.
    #[inline]
    pub fn to_recipients(&self) -> &[Recipient] {
        access::views(&self.object, 7)
    }

    /// `toRecipients`, to be changed.
    #[inline]
    pub fn to_recipients_mut(&mut self) -> &mut [Recipient] {
        access::views_mut(&mut self.object, 7)
    }

    /// With `toRecipients`.
    #[inline]
    pub fn with_to_recipients(self, to_recipients: impl IntoIterator<Item = Recipient>) -> Self {
        access::with_views(self, 7, to_recipients)
    }

    /// `uniqueSenders`.
    #[inline]
    pub fn unique_senders(&self) -> List<'_, String> {
        self.object.list::<String>(8)
    }

    /// Sets `uniqueSenders`.
    #[inline]
    pub fn set_unique_senders<T: Into<String>>(
        &mut self,
        unique_senders: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        self.object.set_list(8, unique_senders.into_iter().map(Into::into));
        self
    }

    /// With `uniqueSenders`.
    #[inline]
    pub fn with_unique_senders<T: Into<String>>(
        mut self,
        unique_senders: impl IntoIterator<Item = T>,
    ) -> Self {
        self.object.set_list(8, unique_senders.into_iter().map(Into::into));
        self
    }

    /// `posts`.
    #[inline]
    pub fn posts(&self) -> &[Post] {
        access::views(&self.object, 9)
    }

    /// `posts`, to be changed.
    #[inline]
    pub fn posts_mut(&mut self) -> &mut [Post] {
        access::views_mut(&mut self.object, 9)
    }

    /// With `posts`.
    #[inline]
    pub fn with_posts(self, posts: impl IntoIterator<Item = Post>) -> Self {
        access::with_views(self, 9, posts)
    }
}
