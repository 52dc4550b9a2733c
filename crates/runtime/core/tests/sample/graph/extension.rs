use super::schema;
use crate::sample::View;
use msgraph_core::Property;

/// Data that an application adds to an item.
///
/// `microsoft.graph.extension`; derives from [`Entity`](super::Entity).
pub type Extension = View<schema::Extension>;

impl Extension {
    /// Token of `id`.
    pub const ID: Property<schema::Extension> = Property::new("id", 0);
}
