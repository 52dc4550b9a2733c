use super::schema;
use crate::sample::View;
use msgraph_core::{Property, edm::DateTimeOffset};

/// What is attached to an item.
///
/// `microsoft.graph.attachment`; derives from [`Entity`](super::Entity).
pub type Attachment = View<schema::Attachment>;

impl Attachment {
    /// Token of `id`.
    pub const ID: Property<schema::Attachment> = Property::new("id", 0);
    /// Token of `contentType`.
    pub const CONTENT_TYPE: Property<schema::Attachment> = Property::new("contentType", 1);
    /// Token of `isInline`.
    pub const IS_INLINE: Property<schema::Attachment> = Property::new("isInline", 2);
    /// Token of `lastModifiedDateTime`.
    pub const LAST_MODIFIED_DATE_TIME: Property<schema::Attachment> =
        Property::new("lastModifiedDateTime", 3);
    /// Token of `name`.
    pub const NAME: Property<schema::Attachment> = Property::new("name", 4);
    /// Token of `size`.
    pub const SIZE: Property<schema::Attachment> = Property::new("size", 5);

    /// `contentType`.
    #[inline]
    pub fn content_type(&self) -> Option<&str> {
        self.get::<String>(1)
    }

    /// Sets `contentType`.
    #[inline]
    pub fn set_content_type(&mut self, content_type: impl Into<String>) -> &mut Self {
        self.set(1, content_type.into());
        self
    }

    /// With `contentType`.
    #[inline]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.set(1, content_type.into());
        self
    }

    /// `isInline`.
    #[inline]
    pub fn is_inline(&self) -> Option<bool> {
        self.get::<bool>(2)
    }

    /// Sets `isInline`.
    #[inline]
    pub fn set_is_inline(&mut self, is_inline: bool) -> &mut Self {
        self.set(2, is_inline);
        self
    }

    /// With `isInline`.
    #[inline]
    pub fn with_is_inline(mut self, is_inline: bool) -> Self {
        self.set(2, is_inline);
        self
    }

    /// `lastModifiedDateTime`.
    #[inline]
    pub fn last_modified_date_time(&self) -> Option<DateTimeOffset> {
        self.get::<DateTimeOffset>(3)
    }

    /// Sets `lastModifiedDateTime`.
    #[inline]
    pub fn set_last_modified_date_time(
        &mut self,
        last_modified_date_time: DateTimeOffset,
    ) -> &mut Self {
        self.set(3, last_modified_date_time);
        self
    }

    /// With `lastModifiedDateTime`.
    #[inline]
    pub fn with_last_modified_date_time(mut self, last_modified_date_time: DateTimeOffset) -> Self {
        self.set(3, last_modified_date_time);
        self
    }

    /// `name`.
    #[inline]
    pub fn name(&self) -> Option<&str> {
        self.get::<String>(4)
    }

    /// Sets `name`.
    #[inline]
    pub fn set_name(&mut self, name: impl Into<String>) -> &mut Self {
        self.set(4, name.into());
        self
    }

    /// With `name`.
    #[inline]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.set(4, name.into());
        self
    }

    /// `size`.
    #[inline]
    pub fn size(&self) -> Option<i32> {
        self.get::<i32>(5)
    }

    /// Sets `size`.
    #[inline]
    pub fn set_size(&mut self, size: i32) -> &mut Self {
        self.set(5, size);
        self
    }

    /// With `size`.
    #[inline]
    pub fn with_size(mut self, size: i32) -> Self {
        self.set(5, size);
        self
    }
}
