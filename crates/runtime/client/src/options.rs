//! Which query options a request has ("OData Version 4.01. Part 2: URL Conventions", section 5.1).
//!
//! A request carries a type that stands for them: [`Every`] where nothing is known to be forbidden, else one that the
//! generated crate defines by these traits. What has no mark has no method, so that what the metadata forbids does
//! not compile.
//!
//! ```
//! # use msgraph_client::{Request, options};
//! # use msgraph_core::{Model, Page, undocumented::List};
//! enum NoSearch {}
//! impl options::Options for NoSearch {}
//! impl options::Top for NoSearch {}
//!
//! fn first<M: Model>(list: Request<List<M>, NoSearch>) -> Request<List<M>, NoSearch> {
//!     list.top(1)
//! }
//! ```
//!
//! ```compile_fail,E0599
//! # use msgraph_client::{Request, options};
//! # use msgraph_core::{Model, Page, undocumented::List};
//! enum NoSearch {}
//! impl options::Options for NoSearch {}
//! impl options::Top for NoSearch {}
//!
//! fn first<M: Model>(list: Request<List<M>, NoSearch>) -> Request<List<M>, NoSearch> {
//!     list.search("lunch")
//! }
//! ```

/// What stands for the query options that a request has.
pub trait Options: 'static {
    /// Whether `$search` and `$count` are sent with `ConsistencyLevel: eventual`, as services ask for where they answer
    /// them from an index.
    const IS_EVENTUAL: bool = false;
}

/// All of them.
#[derive(Debug)]
pub enum Every {}

impl Options for Every {}

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident $message:literal)*) => {$(
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            message = $message,
            note = "`Request::query` sends it all the same"
        )]
        pub trait $name: Options {}

        impl $name for Every {}
    )*};
}

marks! {
    /// Has `$count`.
    Count "the metadata does not allow `$count` here"
    /// Has `$expand`.
    Expand "the metadata does not allow `$expand` here"
    /// Has `$filter`.
    Filter "the metadata does not allow `$filter` here"
    /// Has `$orderby`.
    OrderBy "the metadata does not allow `$orderby` here"
    /// Has `$search`.
    Search "the metadata does not allow `$search` here"
    /// Has `$select`.
    Select "the metadata does not allow `$select` here"
    /// Has `$skip`.
    Skip "the metadata does not allow `$skip` here"
    /// Has `$top`.
    Top "the metadata does not allow `$top` here"
}

/// What answers with the items of a collection, of which a request can ask for some.
pub trait Collected {}

impl<T> Collected for msgraph_core::Page<T> {}
