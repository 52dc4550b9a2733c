use super::schema;
use crate::sample::View;

/// What has an id.
///
/// `microsoft.graph.entity`.
pub type Entity = View<schema::Entity>;

impl Entity {
    /// `id`.
    #[inline]
    pub fn id(&self) -> Option<&str> {
        self.object.get::<String>(0)
    }

    /// With `id`.
    #[inline]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.object.set(0, id.into());
        self
    }
}
