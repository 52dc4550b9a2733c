use super::{BodyType, schema};
use crate::sample::View;

/// The text of an item.
///
/// `microsoft.graph.itemBody`.
pub type ItemBody = View<schema::ItemBody>;

impl ItemBody {
    /// `content`.
    #[inline]
    pub fn content(&self) -> Option<&str> {
        self.object.get::<String>(0)
    }

    /// With `content`.
    #[inline]
    pub fn with_content(mut self, content: impl Into<String>) -> Self {
        self.object.set(0, content.into());
        self
    }

    /// `contentType`.
    #[inline]
    pub fn content_type(&self) -> Option<&BodyType> {
        self.object.get::<BodyType>(1)
    }

    /// With `contentType`.
    #[inline]
    pub fn with_content_type(mut self, content_type: BodyType) -> Self {
        self.object.set(1, content_type);
        self
    }
}
