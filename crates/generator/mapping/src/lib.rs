//! From OpenAPI to what the linker reads: the metadata that a document was made of, or a service that is no OData.
//!
//! In comes an OpenAPI document. Where it is in one of the dialects that the converters of OData metadata write,
//! [`metadata`] gives the metadata back in the shape of CSDL, its places those of the OpenAPI text; the linker reads on
//! from there, whichever of the two was given. What the conversion drops stays unsaid: whether a type is abstract, and
//! what an enumeration's members count. Of any other document [`service`] gives types and operations (`plain`). Both tell
//! of what they do not carry over (`support`).
//!
//! The way: `dialect` looks who wrote the document; `schemas` reads types and enumerations, each value by `value`;
//! `walk` follows the paths through them, and finds roots, keys, actions and functions (`operations`), and what can be
//! done where (`capabilities`); `entities` tells types with identity from the others; `assemble` puts all of it together.

mod annotations;
mod assemble;
mod body;
mod capabilities;
mod dialect;
mod entities;
mod names;
mod operations;
mod plain;
mod schemas;
mod sites;
mod support;
mod template;
mod value;
mod walk;

pub use dialect::Dialect;
pub use plain::{Held, Location, Operation, Parameter, Response, Segment, Service};

use msgraph_openapi::Document;
use msgraph_source::Diagnostics;

/// The service that `document` describes, which need not be OData.
pub fn service(document: &Document) -> (Service, Diagnostics) {
    plain::service(document)
}

/// The metadata that `document` was converted from; none where it was not converted from any.
pub fn metadata(document: &Document) -> Option<(msgraph_csdl::Document, Diagnostics)> {
    let dialect = Dialect::of(document)?;
    let mut diagnostics = support::check(document);
    let names = names::Names::of(document, dialect);
    let mut model = schemas::model(document, &names);
    let sites = walk::walk(document, &names, &model, &mut diagnostics);
    entities::mark(document, &mut model, &sites, dialect);
    Some((assemble::document(document, &names, model, sites), diagnostics))
}
