//! Where the inputs of a command come from: targets of the configuration, or files named on the
//! command line.
//!
//! In come options; out go [`Target`]s, and what the pipeline has to know of one. Every command that
//! reads inputs takes the same options.

use std::path::{Path, PathBuf};

use msgraph_pipeline::{PlanOptions, RuntimePaths, Settings};
use msgraph_source::{Diagnostic, SourceMap};

use crate::config::{self, Target};

/// Inputs named on the command line, or targets of the configuration.
#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("described").multiple(true))]
pub(crate) struct Inputs {
    /// The CSDL metadata file.
    #[arg(long, value_name = "FILE", group = "described")]
    pub(crate) metadata: Option<PathBuf>,

    /// The OpenAPI document, YAML or JSON, in place of metadata; beside it, `lint` compares the two.
    #[arg(long, value_name = "FILE", group = "described")]
    pub(crate) openapi: Option<PathBuf>,

    /// A folder of documentation pages, or one page (repeatable).
    #[arg(long, value_name = "DIR", requires = "described", num_args = 1..)]
    pub(crate) docs: Vec<PathBuf>,

    /// The version as it stands in URLs: v1.0, beta [default: v1.0].
    #[arg(long, value_name = "VERSION", requires = "described", value_parser = version)]
    pub(crate) version: Option<String>,

    /// Only this target of the configuration (repeatable).
    #[arg(long, value_name = "NAME", conflicts_with = "described")]
    pub(crate) target: Vec<String>,

    /// The configuration [default: schemas/codegen.yaml of this workspace].
    #[arg(long, value_name = "FILE", conflicts_with = "described")]
    pub(crate) config: Option<PathBuf>,
}

/// What to generate, where the inputs are named on the command line.
#[derive(clap::Args)]
pub(crate) struct Selection {
    /// What to generate (repeatable); see below.
    #[arg(long, value_name = "SELECTOR", requires = "described", num_args = 1..)]
    pub(crate) select: Vec<String>,
}

/// Lets `--docs` and `--select` take one value each: the name that a command is about can stand behind
/// them, and would be taken for one of several.
pub(crate) fn one_value(option: clap::Arg) -> clap::Arg {
    match option.get_id().as_str() {
        "docs" | "select" => option.num_args(1),
        _ => option,
    }
}

fn version(text: &str) -> Result<String, String> {
    if config::is_version(text) {
        return Ok(text.to_owned());
    }
    Err("a version is one segment of a URL, like v1.0 or beta".to_owned())
}

impl Inputs {
    /// Whether the inputs are named on the command line.
    pub(crate) fn are_named(&self) -> bool {
        self.metadata.is_some() || self.openapi.is_some()
    }

    /// The targets that the options name. `select` and `out` count only for inputs that are named on
    /// the command line.
    pub(crate) fn targets(
        &self,
        sources: &mut SourceMap,
        select: &[String],
        out: &Path,
    ) -> Result<Vec<Target>, Vec<Diagnostic>> {
        if self.are_named() {
            return Ok(vec![self.described(select, out)]);
        }
        config::read(sources, &self.configuration(), &self.target)
    }

    /// The file of suppressions that the configuration names; none where it names none, cannot be
    /// read, or is not used.
    pub(crate) fn suppressions(&self) -> Option<PathBuf> {
        if self.are_named() {
            return None;
        }
        config::suppressions(&self.configuration())
    }

    /// The file of the configuration, which counts where no inputs are named.
    pub(crate) fn configuration(&self) -> PathBuf {
        let default = || config::workspace().join("schemas/codegen.yaml");
        self.config.clone().unwrap_or_else(default)
    }

    fn described(&self, select: &[String], out: &Path) -> Target {
        let version = self.version.as_deref().unwrap_or("v1.0");
        // `v1.0` becomes `v1`, as in the committed packages: a dot cannot stand in a package's name.
        let name = version.strip_suffix(".0").unwrap_or(version).replace('.', "-");
        Target {
            name,
            version: version.to_owned(),
            metadata: self.metadata.clone(),
            openapi: self.openapi.clone(),
            docs: self.docs.clone(),
            select: select.to_vec(),
            output: config::normalise(out),
            runtime: config::workspace().join("crates/runtime"),
        }
    }
}

/// What the pipeline has to know of `target`.
pub(crate) fn settings(target: &Target) -> Settings {
    let from = target.output.join("models");
    let runtime = |name: &str| relative(&from, &target.runtime.join(name));
    Settings {
        version: target.version.clone(),
        selectors: target.select.clone(),
        options: PlanOptions {
            crate_prefix: format!("msgraph-{}", target.name),
            runtime: RuntimePaths {
                core: runtime("core"),
                client: runtime("client"),
                server: runtime("server"),
            },
            ..PlanOptions::for_version(&target.version)
        },
    }
}

/// The way from the folder `from` to `to`, with `/` on every system.
pub(crate) fn relative(from: &Path, to: &Path) -> String {
    let absolute = |path: &Path| {
        config::normalise(&std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()))
    };
    let way = pathdiff::diff_paths(absolute(to), absolute(from)).unwrap_or_else(|| absolute(to));
    way.to_string_lossy().replace('\\', "/")
}
