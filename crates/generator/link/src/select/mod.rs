//! What is to be emitted: from selectors to operations, and from operations to types.
//!
//! In come the merged model, the pages and the selectors; out goes [`Selection`](msgraph_ir::Selection):
//! the operations in the order of their paths, and the types that they need. Holds: the types are
//! closed under base types and member types; each selector has matched something, or is an error.

mod closure;
mod find;
mod obstacles;
mod roots;
mod selector;
mod undocumented;

pub use find::find;
pub use selector::Selector;

use msgraph_docs::Page;
use msgraph_ir::Api;
use msgraph_source::Diagnostics;

/// Selects what `selectors` ask for. An operation that no page documents but a selector names is
/// made from what the metadata says of it. What cannot be generated yet is left out, and told.
pub fn select(api: &mut Api, pages: &[Page], selectors: &[Selector]) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let mut roots = roots::roots(api, pages, selectors, &mut diagnostics);
    let left_out = obstacles::leave_out(api, &mut roots.operations, &mut diagnostics);
    let left_out = obstacles::requests(api, &roots.operations, left_out, selectors);
    closure::close(api, roots);
    api.selection.left_out = left_out;
    diagnostics
}
