use super::{BodyType, schema};
use crate::sample::View;
use msgraph_core::Property;

/// The text of an item.
///
/// `microsoft.graph.itemBody`.
pub type ItemBody = View<schema::ItemBody>;

impl ItemBody {
    /// Token of `content`.
    pub const CONTENT: Property<schema::ItemBody> = Property::new("content", 0);
    /// Token of `contentType`.
    pub const CONTENT_TYPE: Property<schema::ItemBody> = Property::new("contentType", 1);

    /// `content`.
    #[inline]
    pub fn content(&self) -> Option<&str> {
        self.get::<String>(0)
    }

    /// Sets `content`.
    #[inline]
    pub fn set_content(&mut self, content: impl Into<String>) -> &mut Self {
        self.set(0, content.into());
        self
    }

    /// With `content`.
    #[inline]
    pub fn with_content(mut self, content: impl Into<String>) -> Self {
        self.set(0, content.into());
        self
    }

    /// `contentType`.
    #[inline]
    pub fn content_type(&self) -> Option<&BodyType> {
        self.enumeration(1)
    }

    /// Sets `contentType`.
    #[inline]
    pub fn set_content_type(&mut self, content_type: BodyType) -> &mut Self {
        self.set_enumeration(1, content_type);
        self
    }

    /// With `contentType`.
    #[inline]
    pub fn with_content_type(mut self, content_type: BodyType) -> Self {
        self.set_enumeration(1, content_type);
        self
    }
}
