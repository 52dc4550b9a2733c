use super::schema;
use crate::sample::View;

/// Data that an application adds to an item.
///
/// `microsoft.graph.extension`; derives from [`Entity`](super::Entity).
pub type Extension = View<schema::Extension>;

impl Extension {}
