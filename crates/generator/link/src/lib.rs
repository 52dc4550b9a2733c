//! Turns the syntax of metadata and documents into one representation, [`msgraph_ir::Api`].
//!
//! The passes run one after the other: [`declare_and_resolve`] takes the metadata, [`merge`] lays
//! the documents' facts over it, [`select`] closes over what is asked for, [`analyse`] decides what
//! the planner needs decided once. Each returns what it has to say and works on what it could read;
//! the pipeline stops after a pass that reported errors. [`conversion`] compares metadata with OpenAPI. A
//! [`Resolver`] finds what a URL means, [`find`] the operations that selectors name.

mod analyse;
mod annotate;
mod conversion;
mod declare;
mod entity_set;
mod inherit;
mod limits;
mod merge;
mod names;
mod operation;
mod resolve;
mod select;
mod service;
mod url;

pub use analyse::analyse;
pub use conversion::conversion;
pub use merge::merge;
pub use select::{Selector, find, select};
pub use url::{Ending, Leniency, ResolvedPath, Resolver, UrlError, UrlErrorKind};

use msgraph_csdl::Document;
use msgraph_ir::Api;
use msgraph_mapping::Service;
use msgraph_source::Diagnostics;

use declare::Linking;
use names::Names;

/// The types, containers, actions and functions of `documents`, all names resolved and all
/// annotations laid onto what they speak of. `version` is the version in URLs: `v1.0`, `beta`.
///
/// What cannot be resolved is reported and stands as any JSON, so that one pass reports all of it.
pub fn declare_and_resolve(documents: &[Document], version: &str) -> (Api, Diagnostics) {
    let (_, linking) = resolved(documents, version);
    (linking.api, linking.diagnostics)
}

/// The types and operations of a service that is no OData, all names resolved.
pub fn declare_service(service: &Service, version: &str) -> (Api, Diagnostics) {
    let (names, mut linking) = resolved(std::slice::from_ref(&service.metadata), version);
    service::service(&names, &mut linking, service);
    (linking.api, linking.diagnostics)
}

fn resolved<'d>(documents: &'d [Document], version: &str) -> (Names<'d>, Linking<'d>) {
    let (names, mut linking) = declare::declare(documents, version);
    let operations = resolve::resolve(&names, &mut linking);
    inherit::inherit(&mut linking);
    entity_set::entity_sets(&names, &operations, &mut linking);
    annotate::annotate(&names, &operations, &mut linking);
    (names, linking)
}
