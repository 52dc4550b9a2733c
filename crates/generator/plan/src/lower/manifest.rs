//! Manifests and the documentation of whole crates.
//!
//! The manifests stand alone: explicit versions, the runtime by relative path, nothing inherited, so
//! that the crates can be checked outside of the workspace.

use std::path::Path;

use super::operations::Planned;
use super::{Lowering, code, paragraph};
use crate::data::{Dependency, DependencySource, Manifest};
use crate::naming::{Case, Ident, stem};
use crate::prose::DocText;

impl Lowering<'_> {
    /// The library of the generated crate `folder`.
    pub(super) fn library(&self, folder: &str) -> Ident {
        Ident::of_stem(&stem(&self.package(folder), Case::Snake))
    }

    fn package(&self, folder: &str) -> String {
        format!("{}-{folder}", self.options.crate_prefix)
    }

    fn manifest(&self, folder: &str, what: &str, dependencies: Vec<Dependency>) -> Manifest {
        Manifest {
            package: self.package(folder),
            library: self.library(folder),
            version: self.options.package_version.clone(),
            description: format!("{}: {what}", self.subject().replace('`', "")),
            features: Vec::new(),
            dependencies,
            dev_dependencies: Vec::new(),
        }
    }

    pub(super) fn models_manifest(&self) -> Manifest {
        let core = path("msgraph-core", &self.options.runtime.core);
        self.manifest("models", "types and operations", vec![core])
    }

    /// The manifest of the crate of values, whose folder is in that of the models.
    pub(super) fn values_manifest(&self) -> Manifest {
        let core = &self.options.runtime.core;
        let core = match Path::new(core).is_relative() {
            true => path("msgraph-core", &format!("../{core}")),
            false => path("msgraph-core", core),
        };
        self.manifest("values", "types of values", vec![core])
    }

    /// The crate of values, as that of models depends on it.
    pub(super) fn values_dependency(&self) -> Dependency {
        path(&self.package("values"), "values")
    }

    pub(super) fn client_manifest(&self) -> Manifest {
        let client = path("msgraph-client", &self.options.runtime.client);
        let models = path(&self.package("models"), "../models");
        let core = path("msgraph-core", &self.options.runtime.core);
        let mut manifest = self.manifest("client", "request builders", vec![client, models]);
        if self.api.selection.is_whole {
            // Undocumented calls name the bodies themselves.
            manifest.dependencies.insert(1, core);
        } else {
            // The examples of the documentation are compiled.
            manifest.dev_dependencies = vec![core];
        }
        manifest
    }

    pub(super) fn server_manifest(&self, has_contract: bool) -> Manifest {
        let runtime = &self.options.runtime;
        let dependencies = vec![
            path("msgraph-core", &runtime.core),
            path("msgraph-server", &runtime.server),
            path(&self.package("models"), "../models"),
        ];
        let mut manifest = self.manifest("server", "service traits and routes", dependencies);
        if has_contract {
            let mut server = path("msgraph-server", &runtime.server);
            server.features = vec!["contract".to_owned()];
            manifest.dev_dependencies = vec![
                path("msgraph-client", &runtime.client),
                server,
                path(&self.package("client"), "../client"),
                registry("tokio", "1", &["macros", "rt"]),
            ];
        }
        manifest
    }

    pub(super) fn models_docs(&self) -> DocText {
        paragraph(&format!("Types and operations of {}.", self.subject()))
            .paragraph(
                "A type is a typed view of one sparse object, which holds the members that are \
                 present: what a getter does not find is absent, null, or of another type than the \
                 metadata say. Members that the metadata do not declare are kept.",
            )
            .paragraph(
                "An operation is a type without values: method, path, permissions, request and \
                 response. Client and server share it.",
            )
    }

    pub(super) fn values_docs(&self) -> DocText {
        paragraph(&format!("The types of {} that lead to no entity.", self.subject())).paragraph(
            &format!(
                "They are a crate of their own to be compiled on their own. Use them by way of {}, which \
                 has them at the same paths.",
                code(self.library("models").as_str())
            ),
        )
    }

    /// What the crate of models says of the crate of values.
    pub(super) fn values_note(&self) -> String {
        format!(
            "Types that lead to no entity stand in {}, and are shown here. Their `View` is that of their crate, so that \
             what is to take any model is generic over [`Model`](msgraph_core::Model), not over [`View`].",
            code(self.library("values").as_str())
        )
    }

    pub(super) fn client_docs(&self, planned: &[Planned]) -> DocText {
        let docs = paragraph(&format!("Request builders of {}.", self.subject())).paragraph(
            &format!(
                "A path is built from the root, [`{}`], segment by segment; a verb at its end makes \
                 a request, which is sent when it is awaited.",
                self.root_name()
            ),
        );
        let listed: Vec<String> = planned
            .iter()
            .take(20)
            .map(|planned| {
                let operation = &planned.operation;
                format!("- {}", code(&format!("{} {}", operation.method, operation.path)))
            })
            .collect();
        if listed.is_empty() { docs } else { docs.verbatim(listed) }
    }

    pub(super) fn server_docs(&self) -> DocText {
        paragraph(&format!("Service traits and routes of {}.", self.subject())).paragraph(
            "Implement the traits, override the methods that the service has, and give the \
                 service to [`router`], with a guard that decides who may call.",
        )
    }
}

fn path(name: &str, folder: &str) -> Dependency {
    Dependency {
        name: name.to_owned(),
        source: DependencySource::Path(folder.to_owned()),
        features: Vec::new(),
        has_default_features: true,
    }
}

fn registry(name: &str, version: &str, features: &[&str]) -> Dependency {
    Dependency {
        name: name.to_owned(),
        source: DependencySource::Registry(version.to_owned()),
        features: features.iter().map(|&feature| feature.to_owned()).collect(),
        has_default_features: false,
    }
}
