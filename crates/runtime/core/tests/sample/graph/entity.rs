use super::schema;
use crate::sample::View;
use msgraph_core::Property;

/// What has an id.
///
/// `microsoft.graph.entity`.
pub type Entity = View<schema::Entity>;

impl Entity {
    /// Token of `id`.
    pub const ID: Property<schema::Entity> = Property::new("id", 0);

    /// `id`.
    #[inline]
    pub fn id(&self) -> Option<&str> {
        self.get::<String>(0)
    }

    /// Sets `id`.
    #[inline]
    pub fn set_id(&mut self, id: impl Into<String>) -> &mut Self {
        self.set(0, id.into());
        self
    }

    /// With `id`.
    #[inline]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.set(0, id.into());
        self
    }
}
