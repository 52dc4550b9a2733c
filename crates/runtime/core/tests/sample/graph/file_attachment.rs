use super::schema;
use crate::sample::View;
use msgraph_core::edm::{Binary, DateTimeOffset};

/// A file that is attached to an item.
///
/// `microsoft.graph.fileAttachment`; derives from [`Attachment`](super::Attachment).
pub type FileAttachment = View<schema::FileAttachment>;

impl FileAttachment {
    /// With `id`.
    #[inline]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.object.set(0, id.into());
        self
    }

    /// With `contentType`.
    #[inline]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.object.set(1, content_type.into());
        self
    }

    /// With `isInline`.
    #[inline]
    pub fn with_is_inline(mut self, is_inline: bool) -> Self {
        self.object.set(2, is_inline);
        self
    }

    /// With `lastModifiedDateTime`.
    #[inline]
    pub fn with_last_modified_date_time(mut self, last_modified_date_time: DateTimeOffset) -> Self {
        self.object.set(3, last_modified_date_time);
        self
    }

    /// With `name`.
    #[inline]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.object.set(4, name.into());
        self
    }

    /// With `size`.
    #[inline]
    pub fn with_size(mut self, size: i32) -> Self {
        self.object.set(5, size);
        self
    }

    /// `contentBytes`.
    #[inline]
    pub fn content_bytes(&self) -> Option<Binary> {
        self.object.get::<Binary>(6)
    }

    /// With `contentBytes`.
    #[inline]
    pub fn with_content_bytes(mut self, content_bytes: impl Into<Binary>) -> Self {
        self.object.set(6, content_bytes.into());
        self
    }

    /// `contentId`.
    #[inline]
    pub fn content_id(&self) -> Option<&str> {
        self.object.get::<String>(7)
    }

    /// With `contentId`.
    #[inline]
    pub fn with_content_id(mut self, content_id: impl Into<String>) -> Self {
        self.object.set(7, content_id.into());
        self
    }
}
