//! What a documented URL means: the walk from the service root to a place of the model.
//!
//! In comes a linked [`Api`](msgraph_ir::Api) and a URL as pages write it; out goes the path of
//! steps, the site it ends at and the type that stands there, or an error that names the segment.
//! Holds: members go before bound operations, operations before keys, exact spelling before other
//! case; each leniency that was needed is told; the walk is linear in the length of the URL.

mod bound;
mod error;
mod index;
mod keys;
mod leniency;
mod literals;
mod members;
mod segments;
mod walk;

pub use error::{UrlError, UrlErrorKind};
pub use leniency::Leniency;
pub(crate) use segments::{Segment, Url};
pub use walk::Resolver;

pub use msgraph_ir::Ending;
use msgraph_ir::{PathStep, Site, TypeRef};

/// A URL that means something.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedPath {
    /// The steps from the service root.
    pub steps: Vec<PathStep>,
    /// Where the path ends.
    pub site: Site,
    /// Whether it ends at one entity of a collection.
    pub on_item: bool,
    /// What follows the site.
    pub ending: Ending,
    /// What stands there; nothing behind an action or function that returns nothing.
    pub type_ref: Option<TypeRef>,
    /// The text of each key and path parameter in order, as the URL has it: `{id}` where it is a
    /// placeholder. A function has a text for each of its parameters in their order, which is empty
    /// where the URL does not give it.
    pub values: Vec<String>,
    /// The names of the query options, as written: `$select`.
    pub query: Vec<String>,
    /// The version in the URL, where it names one.
    pub version: Option<String>,
    /// Which of the steps a placeholder stands for that means any member of the type: the path shows
    /// the first of them.
    pub member_placeholder: Option<usize>,
    /// What had to be overlooked, in the order of the URL; the first of many.
    pub leniencies: Vec<Leniency>,
}
