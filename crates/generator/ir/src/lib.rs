//! What metadata and documents say together: the intermediate representation.
//!
//! Pure data. [`Api`] owns everything in arenas, ids point into them, every fact that two sources
//! can state keeps its [`Fact::said_by`], and nothing here knows a Rust name: a [`WireName`] has no
//! way into an identifier but the naming pass. The linker builds it; from then on it is read only.

mod agreement;
mod api;
mod arena;
mod documentation;
pub mod dump;
mod example;
mod item;
mod name;
mod operation;
mod permissions;
mod provenance;
mod query_option;
mod service;
mod type_ref;

pub use agreement::{Agreement, Bodies, Counted, Counts, PageAgreement, Tally};
pub use api::{Api, Container, Namespace, OperationImport, Root, RootKind, Selection, Statistics};
pub use arena::{Arena, Id};
pub use documentation::{Deprecation, PageLink, Prose};
pub use example::{Example, ExampleFinding, ExampleRequest, ExampleResponse, FindingKind, LeftOut};
pub use item::{
    Capabilities, EnumMember, Enumeration, InheritedMember, Item, ItemId, ItemKind, Key,
    Navigation, Property, PropertyRole, Structured, TypeDefinition,
};
pub use name::{QualifiedName, WireName};
pub use operation::{
    BoundId, BoundKind, BoundOperation, BoundParameter, Ending, HeaderField, Method, Obstacle,
    Operation, OperationId, OperationKey, Path, PathStep, Response, Site,
};
pub use permissions::{Grant, Permissions};
pub use provenance::{Fact, Source};
pub use query_option::QueryOption;
pub use service::{ErrorResponse, Parameter, ParameterLocation, Segment, SegmentId, Service};
pub use type_ref::{Primitive, TypeRef, TypeTarget};
