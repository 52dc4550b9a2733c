//! Documents held against metadata, nothing generated.
//!
//! In come texts; out goes the representation with the counts of agreement, the pages, and all that
//! there is to say. A page with errors does not keep the others from being looked at; metadata with
//! errors does, since nothing can be held against it.

use msgraph_docs::Page;
use msgraph_ir::Api;
use msgraph_source::{Diagnostic, Diagnostics, SourceMap};

use crate::{Input, Pass, parse};

/// What holding documents against metadata gives.
#[derive(Debug, Default)]
pub struct Review {
    /// The representation after the merge, whose `agreement` has the counts; none where the metadata
    /// could not be linked.
    pub api: Option<Api>,
    /// The pages in the order of their paths.
    pub pages: Vec<Page>,
    /// What there is to say, in the order of the passes.
    pub diagnostics: Diagnostics,
}

/// Reads the texts `input` of `sources`, those of the API version `version`, and holds the pages
/// against the metadata, telling `observe` which pass begins.
pub fn lint(
    sources: &SourceMap,
    input: &Input,
    version: &str,
    observe: &mut dyn FnMut(Pass),
) -> Review {
    observe(Pass::Parse);
    // Neither needs the other, and the metadata is one long text that only one core can read.
    let ((description, mut diagnostics), (pages, found)) =
        rayon::join(|| parse::description(sources, input), || parse::pages(sources, &input.pages));
    let mut failed = diagnostics.iter().any(Diagnostic::is_error);
    diagnostics.extend(found);
    if failed {
        return Review { api: None, pages, diagnostics };
    }
    observe(Pass::Resolve);
    let (mut api, found) = description.link(version);
    failed = found.iter().any(Diagnostic::is_error);
    diagnostics.extend(found);
    if failed {
        return Review { api: None, pages, diagnostics };
    }
    diagnostics.extend(converted(sources, input, version, &api));
    observe(Pass::Merge);
    diagnostics.extend(msgraph_link::merge(&mut api, &pages));
    Review { api: Some(api), pages, diagnostics }
}

/// What there is to say of OpenAPI that is given beside the metadata of `api`.
fn converted(sources: &SourceMap, input: &Input, version: &str, api: &Api) -> Diagnostics {
    let Some(file) = input.openapi.filter(|_| !input.metadata.is_empty()) else {
        return Diagnostics::new();
    };
    let (description, mut diagnostics) = parse::openapi(sources, file);
    let (converted, found) = description.link(version);
    diagnostics.extend(found);
    // Of half a document much would be missed.
    if !diagnostics.iter().any(Diagnostic::is_error) {
        diagnostics.extend(msgraph_link::conversion(api, &converted));
    }
    diagnostics
}
