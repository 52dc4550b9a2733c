//! What a plan depends on beside the API.

use msgraph_source::{Diagnostic, Diagnostics, catalogue};

/// How the generated crates are called, where they find what they stand on, and how large they may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// `msgraph-v1`, to which `-models`, `-client`, `-server` and `-values` are added.
    pub crate_prefix: String,
    /// The version of the generated packages.
    pub package_version: String,
    /// Where the real service is: `https://graph.microsoft.com/v1.0`.
    pub base_url: String,
    /// The view of the documentation that links lead to: `graph-rest-1.0`.
    pub docs_view: String,
    /// Where the runtime crates are.
    pub runtime: RuntimePaths,
    /// The most members of types, own and inherited, that the crate of models has before the types of values get a
    /// crate of their own.
    pub most_members: usize,
}

/// What rustc checks in less than a gigabyte of memory: it takes some 0.3 GB for the rest of the crate, and 60 kB
/// for each member.
const MOST_MEMBERS: usize = 11_000;

/// The folders of the runtime crates, from the folder of a generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuntimePaths {
    /// `msgraph-core`
    pub core: String,
    /// `msgraph-client`
    pub client: String,
    /// `msgraph-server`
    pub server: String,
}

impl Options {
    /// What is usual for a version of Graph, generated into `generated/<name>/<crate>`.
    pub fn for_version(version: &str) -> Self {
        let (name, view) = match version {
            "v1.0" => ("v1", "graph-rest-1.0".to_owned()),
            other => (other, format!("graph-rest-{other}")),
        };
        let runtime = |name: &str| format!("../../../crates/runtime/{name}");
        Self {
            crate_prefix: format!("msgraph-{name}"),
            package_version: "0.1.0".to_owned(),
            base_url: format!("https://graph.microsoft.com/{version}"),
            docs_view: view,
            runtime: RuntimePaths {
                core: runtime("core"),
                client: runtime("client"),
                server: runtime("server"),
            },
            most_members: MOST_MEMBERS,
        }
    }

    /// What is wrong with the options.
    pub(crate) fn check(&self) -> Diagnostics {
        let prefix = &self.crate_prefix;
        let is_fine = prefix.starts_with(|c: char| c.is_ascii_lowercase())
            && prefix.len() <= 50
            && !prefix.ends_with('-')
            && !prefix.contains("--")
            && prefix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if is_fine {
            return Diagnostics::new();
        }
        vec![
            Diagnostic::new(
                catalogue::plan::PACKAGE_NAME,
                format!("`{}` cannot begin the name of a package", prefix.escape_debug()),
            )
            .help("take lower-case letters, digits and single hyphens, such as `msgraph-v1`"),
        ]
    }
}
