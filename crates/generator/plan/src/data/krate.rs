//! The crates.

use super::{Client, Models, Server};
use crate::Ident;

/// Everything to be emitted for one version of an API.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The version of the API: `v1.0`.
    pub api_version: String,
    /// The crate of types and operations.
    pub models: Models,
    /// The crate of request builders.
    pub client: Client,
    /// The crate of service traits and routes.
    pub server: Server,
    /// Where in the crates each selected type and operation is found. Nothing is printed from it: it is
    /// for telling people.
    pub locations: Vec<Location>,
}

/// Where a type or an operation is found in what is generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// What the API calls it: `microsoft.graph.post`, `POST /groups/{id}/threads`.
    pub wire: String,
    /// The path from the root of the crate of types: `operations::groups::CreateThreads`.
    pub rust: String,
    /// The files that hold contract tests of it, from the output folder.
    pub tests: Vec<String>,
}

/// A `Cargo.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// `msgraph-v1-models`
    pub package: String,
    /// `msgraph_v1_models`
    pub library: Ident,
    /// The version of the package.
    pub version: String,
    /// One line.
    pub description: String,
    /// `[features]`, in order.
    pub features: Vec<Feature>,
    /// `[dependencies]`, sorted.
    pub dependencies: Vec<Dependency>,
    /// `[dev-dependencies]`, sorted.
    pub dev_dependencies: Vec<Dependency>,
}

/// A feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// `groups`; one that begins with `_` is not for users.
    pub name: String,
    /// One line, or nothing.
    pub docs: String,
    /// The features that it enables, sorted.
    pub enables: Vec<String>,
}

/// A dependency.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependency {
    /// The package.
    pub name: String,
    /// Where it comes from.
    pub source: DependencySource,
    /// The features asked for.
    pub features: Vec<String>,
    /// Whether the default features are asked for, too.
    pub has_default_features: bool,
}

/// Where a dependency comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum DependencySource {
    /// A folder.
    Path(String),
    /// The registry.
    Registry(String),
}
