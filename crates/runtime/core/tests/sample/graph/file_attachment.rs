use super::schema;
use crate::sample::View;
use msgraph_core::{
    Property,
    edm::{Binary, DateTimeOffset},
};

/// A file that is attached to an item.
///
/// `microsoft.graph.fileAttachment`; derives from [`Attachment`](super::Attachment).
pub type FileAttachment = View<schema::FileAttachment>;

impl FileAttachment {
    /// Token of `id`.
    pub const ID: Property<schema::FileAttachment> = Property::new("id", 0);
    /// Token of `contentType`.
    pub const CONTENT_TYPE: Property<schema::FileAttachment> = Property::new("contentType", 1);
    /// Token of `isInline`.
    pub const IS_INLINE: Property<schema::FileAttachment> = Property::new("isInline", 2);
    /// Token of `lastModifiedDateTime`.
    pub const LAST_MODIFIED_DATE_TIME: Property<schema::FileAttachment> =
        Property::new("lastModifiedDateTime", 3);
    /// Token of `name`.
    pub const NAME: Property<schema::FileAttachment> = Property::new("name", 4);
    /// Token of `size`.
    pub const SIZE: Property<schema::FileAttachment> = Property::new("size", 5);
    /// Token of `contentBytes`.
    pub const CONTENT_BYTES: Property<schema::FileAttachment> = Property::new("contentBytes", 6);
    /// Token of `contentId`.
    pub const CONTENT_ID: Property<schema::FileAttachment> = Property::new("contentId", 7);

    /// With `id`.
    #[inline]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.set(0, id.into());
        self
    }

    /// With `contentType`.
    #[inline]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.set(1, content_type.into());
        self
    }

    /// With `isInline`.
    #[inline]
    pub fn with_is_inline(mut self, is_inline: bool) -> Self {
        self.set(2, is_inline);
        self
    }

    /// With `lastModifiedDateTime`.
    #[inline]
    pub fn with_last_modified_date_time(mut self, last_modified_date_time: DateTimeOffset) -> Self {
        self.set(3, last_modified_date_time);
        self
    }

    /// With `name`.
    #[inline]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.set(4, name.into());
        self
    }

    /// With `size`.
    #[inline]
    pub fn with_size(mut self, size: i32) -> Self {
        self.set(5, size);
        self
    }

    /// `contentBytes`.
    #[inline]
    pub fn content_bytes(&self) -> Option<Binary> {
        self.get::<Binary>(6)
    }

    /// Sets `contentBytes`.
    #[inline]
    pub fn set_content_bytes(&mut self, content_bytes: impl Into<Binary>) -> &mut Self {
        self.set(6, content_bytes.into());
        self
    }

    /// With `contentBytes`.
    #[inline]
    pub fn with_content_bytes(mut self, content_bytes: impl Into<Binary>) -> Self {
        self.set(6, content_bytes.into());
        self
    }

    /// `contentId`.
    #[inline]
    pub fn content_id(&self) -> Option<&str> {
        self.get::<String>(7)
    }

    /// Sets `contentId`.
    #[inline]
    pub fn set_content_id(&mut self, content_id: impl Into<String>) -> &mut Self {
        self.set(7, content_id.into());
        self
    }

    /// With `contentId`.
    #[inline]
    pub fn with_content_id(mut self, content_id: impl Into<String>) -> Self {
        self.set(7, content_id.into());
        self
    }
}
