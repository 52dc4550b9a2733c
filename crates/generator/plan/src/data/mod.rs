//! The plan: everything that emitters print, as plain data.
//!
//! Names are [`Ident`](crate::Ident)s, texts of documents are [`DocText`](crate::DocText)s, the rest
//! are literals. Nothing is left to decide.

mod builder;
mod contract;
mod example;
mod krate;
mod model;
mod operation;
mod service;

pub use builder::{
    Asking, Builder, BuilderMethod, Client, Marker, MethodKind, Node, NodeShape, QueryOptions,
    Undocumented, UndocumentedVerb,
};
pub use contract::{
    Contract, ContractCall, ContractExample, ContractMessage, ContractPage, ContractResponse,
    ContractRun, ContractService, NotRun,
};
pub use example::{Example, Value, WithCall};
pub use krate::{Dependency, DependencySource, Feature, Location, Manifest, Plan};
pub use model::{
    EnumConstant, Enumeration, Member, MemberNames, ModelType, Models, Module, Scalar, Shape,
    Structured, TypeDefinition, TypePath, Values,
};
// Who may call is plain data, and the same before and behind this pass.
pub use msgraph_ir::{Grant, ParameterLocation, Permissions};
pub use operation::{Body, Operation, OperationModule, Parameters, Placed, Reply, ReplyKind};
pub use service::{
    ArgumentType, HandedOver, Need, PathArgument, PathParameter, PathValue, Route, Server,
    ServiceMethod, ServiceTrait,
};
