//! From the representation to a plan of everything that is emitted.
//!
//! In comes what the linker made of metadata and documents, out comes a [`Plan`]: names, modules,
//! files, tables, types, documentation, examples. Afterwards there is no decision left to take: an
//! emitter prints what it is given, and cannot look back at the API.
//!
//! Two things hold of every plan. A name of the wire has become an identifier only in `naming`
//! (an [`Ident`]), and a text of the inputs has become documentation only in `prose` (a
//! [`DocText`]); everything else from the inputs is a literal.

mod data;
mod json;
mod lower;
mod naming;
mod options;
mod prose;

pub use data::*;
pub use json::json_string;
pub use lower::{RustNames, rust_names};
pub use naming::{Case, Ident};
pub use options::{Options, RuntimePaths};
pub use prose::DocText;

use msgraph_ir::Api;
use msgraph_source::Diagnostics;

/// Plans what `api` selects.
///
/// The same API and options give the same plan. What cannot be generated is left out and reported.
pub fn plan(api: &Api, options: &Options) -> (Plan, Diagnostics) {
    let mut diagnostics = options.check();
    let (plan, found) = lower::lower(api, options);
    diagnostics.extend(found);
    (plan, diagnostics)
}
