//! `codegen.lock`: what an output folder was made from.
//!
//! In come the inputs of a target and what the pipeline says each type and operation was made of; out
//! goes a file of the output, JSON, sorted, with one line a fact. It is for telling what changed, and
//! nothing else: whether a file is up to date is always seen from the file, no file is opened, written
//! or deleted because a lock names it, and a lock that cannot be read costs only the explanation.

mod changes;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use msgraph_pipeline::{Input, Origin};
use msgraph_source::{Diagnostic, FileId, SourceMap, Span, catalogue::lock as codes};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub(crate) use changes::{Cause, Changes};

use crate::config::Target;
use crate::inputs::relative;
use crate::output;

/// The name of the file in the output folder.
pub(crate) const FILE: &str = "codegen.lock";

/// The format that is written; a lock with a higher one is of a newer generator.
const FORMAT: u32 = 1;

/// The version of this generator.
const GENERATOR: &str = env!("CARGO_PKG_VERSION");

/// The mark of the generator.
const MARK: &str =
    "by `cargo xtask codegen`; edits are lost. `--check` says what has changed since.";

/// What an output folder was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lock {
    #[serde(rename = "@generated")]
    mark: String,
    format: u32,
    generator: String,
    target: Configuration,
    /// The metadata, and each page that had a part in the output; by path.
    inputs: Vec<LockedInput>,
    /// The types and operations, by name.
    items: Vec<LockedItem>,
}

/// What the configuration says of the target, beside its inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Configuration {
    name: String,
    version: String,
    select: Vec<String>,
    /// From the output folder.
    runtime: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LockedInput {
    /// From the output folder, with `/` on every system. A name, never opened.
    path: String,
    sha256: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LockedItem {
    name: String,
    /// The beginning of the SHA-256 of all that holds of it: enough to tell that it changed.
    facts: String,
    /// The pages that say something of it; the metadata says something of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pages: Vec<String>,
}

/// What a lock of any format says first.
#[derive(Deserialize)]
struct Head {
    format: u32,
    generator: String,
}

impl Lock {
    /// What `target` is made from now.
    pub(crate) fn of(
        target: &Target,
        sources: &SourceMap,
        input: &Input,
        origins: &[Origin],
    ) -> Self {
        let named = |file: FileId| relative(&target.output, Path::new(sources.file(file).path()));
        let mut used: BTreeSet<FileId> = input.descriptions().collect();
        used.extend(origins.iter().flat_map(|origin| origin.documents.iter().copied()));
        let mut inputs: Vec<LockedInput> = used
            .par_iter()
            .map(|&file| LockedInput { path: named(file), sha256: hash(sources.file(file).text()) })
            .collect();
        inputs.sort();
        inputs.dedup();
        let mut items: Vec<LockedItem> = origins
            .par_iter()
            .map(|origin| {
                let mut pages: Vec<String> =
                    origin.documents.iter().map(|&file| named(file)).collect();
                pages.sort();
                let mut facts = hash(&origin.facts);
                facts.truncate(16);
                LockedItem { name: origin.name.clone(), facts, pages }
            })
            .collect();
        items.sort();
        let target = Configuration {
            name: target.name.clone(),
            version: target.version.clone(),
            select: target.select.clone(),
            runtime: relative(&target.output, &target.runtime),
        };
        Self {
            mark: MARK.to_owned(),
            format: FORMAT,
            generator: GENERATOR.to_owned(),
            target,
            inputs,
            items,
        }
    }

    /// The text of the file.
    ///
    /// # Errors
    /// None that could be met: texts and numbers alone can always be written.
    pub(crate) fn text(&self) -> Result<String, Diagnostic> {
        match serde_json::to_string_pretty(self) {
            Ok(json) => Ok(format!("{json}\n")),
            Err(error) => Err(unreadable(Path::new(FILE), &error.to_string())),
        }
    }

    /// The lock in the output folder `folder`; none where there is none, or one that we did not write.
    ///
    /// # Errors
    /// As a warning: a lock that cannot be read. As an error: one of a newer generator.
    pub(crate) fn read(sources: &mut SourceMap, folder: &Path) -> Result<Option<Self>, Diagnostic> {
        let path = folder.join(FILE);
        let is_file = path.symlink_metadata().is_ok_and(|it| it.is_file());
        let Some(bytes) = fs::read(&path).ok().filter(|it| is_file && output::is_marked(it)) else {
            return Ok(None);
        };
        let file = sources
            .add_bytes(&path.to_string_lossy(), bytes)
            .map_err(|found| unreadable(&path, &found.message))?;
        let text = sources.file(file).text();
        let malformed = |error: &serde_json::Error| {
            let before = text.split_inclusive('\n').take(error.line().saturating_sub(1));
            let offset = before.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
            let offset = offset.min(text.len());
            unreadable(&path, &error.to_string()).label(Span::new(file, offset..offset), "")
        };
        let head: Head = serde_json::from_str(text).map_err(|error| malformed(&error))?;
        let (Some(theirs), Some(ours)) = (numbers(&head.generator), numbers(GENERATOR)) else {
            return Err(unreadable(&path, "`generator` is no version"));
        };
        if head.format > FORMAT || theirs > ours {
            let message = format!(
                "{} was generated by version {}, and this is {GENERATOR}",
                folder.display(),
                head.generator
            );
            return Err(Diagnostic::new(codes::NEWER, message).help(format!(
                "use that version, or delete {} to go back to this one",
                path.display()
            )));
        }
        serde_json::from_str(text).map(Some).map_err(|error| malformed(&error))
    }
}

/// The SHA-256 of `text` with line feeds for line ends and without a byte order mark: a checkout that
/// turns line ends, which changes no output, changes no hash either. Of any other text, and of those as
/// they are committed, it is what `sha256sum` prints.
pub(crate) fn hash(text: &str) -> String {
    let mut hasher = Sha256::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, part) in text.split("\r\n").enumerate() {
        if index > 0 {
            hasher.update(b"\n");
        }
        hasher.update(part);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unreadable(path: &Path, why: &str) -> Diagnostic {
    let message = format!("{} cannot be read: {why}", path.display());
    Diagnostic::new(codes::MALFORMED, message)
        .help("run `cargo xtask codegen`, which writes it anew")
}

/// The numbers of `1.2.3`, also of `1.2.3-rc.4`.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let mut parts = version.split(['.', '-', '+']).map(|part| part.parse().ok());
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use super::{hash, numbers};

    #[test]
    fn line_ends_and_a_byte_order_mark_do_not_count() {
        // What `printf 'a\nb\n' | sha256sum` prints.
        let expected = "911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2";
        assert_eq!(hash("a\nb\n"), expected);
        assert_eq!(hash("\u{feff}a\r\nb\r\n"), expected);
        assert_ne!(hash("a\rb\n"), expected);
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(numbers("0.10.0") > numbers("0.9.9"));
        assert_eq!(numbers("1.2.3-rc.1"), Some([1, 2, 3]));
        assert_eq!((numbers("1.2"), numbers("a.b.c"), numbers("")), (None, None, None));
    }
}
