use super::schema;
use crate::sample::View;
use msgraph_core::edm::DateTimeOffset;

/// What is attached to an item.
///
/// `microsoft.graph.attachment`; derives from [`Entity`](super::Entity).
pub type Attachment = View<schema::Attachment>;

impl Attachment {
    /// `contentType`.
    #[inline]
    pub fn content_type(&self) -> Option<&str> {
        self.object.get::<String>(1)
    }

    /// With `contentType`.
    #[inline]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.object.set(1, content_type.into());
        self
    }

    /// `isInline`.
    #[inline]
    pub fn is_inline(&self) -> Option<bool> {
        self.object.get::<bool>(2)
    }

    /// With `isInline`.
    #[inline]
    pub fn with_is_inline(mut self, is_inline: bool) -> Self {
        self.object.set(2, is_inline);
        self
    }

    /// `lastModifiedDateTime`.
    #[inline]
    pub fn last_modified_date_time(&self) -> Option<DateTimeOffset> {
        self.object.get::<DateTimeOffset>(3)
    }

    /// With `lastModifiedDateTime`.
    #[inline]
    pub fn with_last_modified_date_time(mut self, last_modified_date_time: DateTimeOffset) -> Self {
        self.object.set(3, last_modified_date_time);
        self
    }

    /// `name`.
    #[inline]
    pub fn name(&self) -> Option<&str> {
        self.object.get::<String>(4)
    }

    /// With `name`.
    #[inline]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.object.set(4, name.into());
        self
    }

    /// `size`.
    #[inline]
    pub fn size(&self) -> Option<i32> {
        self.object.get::<i32>(5)
    }

    /// With `size`.
    #[inline]
    pub fn with_size(mut self, size: i32) -> Self {
        self.object.set(5, size);
        self
    }
}
