//! What to generate: `schemas/codegen.yaml`, or the same said on the command line.
//!
//! In comes a file or a set of options, out go [`Target`]s with paths that count from the working
//! directory. What is wrong is a diagnostic of the area `config`.

use std::path::{Path, PathBuf};

use msgraph_source::{Diagnostic, SourceMap, Span, catalogue::config as codes, nearest};
use serde::Deserialize;

/// One API version to generate: what from, which part, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The name, also the middle part of the package names: `msgraph-v1-models`.
    pub(crate) name: String,
    /// The version as it stands in URLs.
    pub(crate) version: String,
    /// The metadata file. One of the two descriptions is there; of both, this one is generated from.
    pub(crate) metadata: Option<PathBuf>,
    /// The OpenAPI document.
    pub(crate) openapi: Option<PathBuf>,
    /// The folders that are searched for pages.
    pub(crate) docs: Vec<PathBuf>,
    /// What to select.
    pub(crate) select: Vec<String>,
    /// The folder that takes `models`, `client` and `server`.
    pub(crate) output: PathBuf,
    /// The folder that holds the runtime crates.
    pub(crate) runtime: PathBuf,
}

impl Target {
    /// The descriptions of the service: metadata, OpenAPI.
    pub(crate) fn descriptions(&self) -> impl Iterator<Item = &PathBuf> {
        self.metadata.iter().chain(&self.openapi)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    runtime: PathBuf,
    suppressions: Option<PathBuf>,
    targets: Vec<FileTarget>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileTarget {
    name: String,
    version: String,
    metadata: Option<PathBuf>,
    openapi: Option<PathBuf>,
    docs: Vec<PathBuf>,
    select: Vec<String>,
    output: PathBuf,
}

/// The root of this workspace.
pub(crate) fn workspace() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = manifest.parent().map(Path::to_path_buf).unwrap_or_default();
    let here = std::env::current_dir().unwrap_or_default();
    root.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(root)
}

/// The targets that the file `path` lists; of `names` only those, unless there are none.
pub(crate) fn read(
    sources: &mut SourceMap,
    path: &Path,
    names: &[String],
) -> Result<Vec<Target>, Vec<Diagnostic>> {
    let bytes = std::fs::read(path).map_err(|error| {
        vec![Diagnostic::new(codes::INVALID, format!("cannot read {}: {error}", path.display()))]
    })?;
    let file_id = sources.add_bytes(&path.to_string_lossy(), bytes).map_err(|d| vec![d])?;
    let text = sources.file(file_id).text().clone();
    let file: File = serde_yaml::from_str(&text).map_err(|error| {
        let offset = error.location().map_or(0, |place| place.index().min(text.len()));
        vec![
            Diagnostic::at(codes::SYNTAX, Span::new(file_id, offset..offset), error.to_string())
                .help("the keys are `runtime`, `suppressions` and `targets`; of a target: name, version, metadata or openapi, docs, select, output"),
        ]
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut problems = check(&file, path);
    for name in names {
        if !file.targets.iter().any(|target| &target.name == name) {
            let known: Vec<&str> = file.targets.iter().map(|target| target.name.as_str()).collect();
            let near = nearest(name, known.iter().copied(), 2);
            let offered = if near.is_empty() { known } else { near };
            problems.push(
                Diagnostic::new(
                    codes::UNKNOWN_TARGET,
                    format!("there is no target {name:?} in {}", path.display()),
                )
                .help(format!("take one of: {}", offered.join(", "))),
            );
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let wanted = |target: &FileTarget| names.is_empty() || names.contains(&target.name);
    // An empty path names nothing: the folder itself is `.`.
    let at = |path: PathBuf| {
        Some(normalise(&folder.join(path))).filter(|it| it != "").unwrap_or(".".into())
    };
    Ok(file
        .targets
        .into_iter()
        .filter(wanted)
        .map(|target| Target {
            name: target.name,
            version: target.version,
            metadata: target.metadata.map(at),
            openapi: target.openapi.map(at),
            docs: target.docs.into_iter().map(at).collect(),
            select: target.select,
            output: at(target.output),
            runtime: at(file.runtime.clone()),
        })
        .collect())
}

/// The file of suppressions that the configuration `path` names. What is wrong with the configuration
/// is told by [`read`].
pub(crate) fn suppressions(path: &Path) -> Option<PathBuf> {
    let text = std::fs::read_to_string(path).ok()?;
    let file: File = serde_yaml::from_str(&text).ok()?;
    let folder = path.parent().unwrap_or(Path::new(""));
    file.suppressions.map(|path| normalise(&folder.join(path)))
}

fn check(file: &File, path: &Path) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut problem = |message: String| {
        problems.push(Diagnostic::new(codes::INVALID, format!("{}: {message}", path.display())))
    };
    for (index, target) in file.targets.iter().enumerate() {
        let earlier = file.targets.iter().take(index);
        if earlier.clone().any(|other| other.name == target.name) {
            problem(format!("two targets are named {:?}", target.name));
        }
        let output = normalise(&target.output);
        let overlaps = |other: &FileTarget| {
            let other = normalise(&other.output);
            other.starts_with(&output) || output.starts_with(&other)
        };
        if earlier.clone().any(overlaps) {
            problem(format!("target {:?} writes where another one does", target.name));
        }
        if !is_package_word(&target.name) {
            problem(format!(
                "{:?} cannot be part of a package's name: use a-z, 0-9 and -",
                target.name
            ));
        }
        if !is_version(&target.version) {
            problem(format!(
                "{:?} is no version as it stands in URLs, like v1.0 or beta",
                target.version
            ));
        }
        if target.metadata.is_none() && target.openapi.is_none() {
            problem(format!("target {:?} has neither `metadata` nor `openapi`", target.name));
        }
        if target.select.is_empty() {
            problem(format!("target {:?} selects nothing", target.name));
        }
    }
    problems
}

/// Whether `name` may stand in the middle of a package's name.
pub(crate) fn is_package_word(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether `version` may stand in a URL as one segment.
pub(crate) fn is_version(version: &str) -> bool {
    version.starts_with(|c: char| c.is_ascii_lowercase())
        && version
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-'))
}

/// `path` without `.` and, where that needs no look at the disk, without `..`.
pub(crate) fn normalise(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(out.components().next_back(), Some(Component::Normal(_))) =>
            {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}
