use super::schema;
use crate::sample::{Enum, member};

/// How the text of an item is written.
///
/// `microsoft.graph.bodyType`.
pub type BodyType = Enum<schema::BodyType>;

#[allow(non_upper_case_globals)]
impl BodyType {
    /// `text`
    pub const Text: Self = member(0);
    /// `html`
    pub const Html: Self = member(1);
}
