//! What a run over a target gave, so that the same run need not be made again.
//!
//! In come the texts of a target and, where it was written, its files and findings; out go the findings of
//! a run over the same texts by the same program, as long as the output folder holds what that run wrote.
//! Records lie in the build folder of this workspace; to delete them costs time and nothing else. Holds: a
//! record decides nothing. It counts only if its hash is right, if whatever the output depends on is as it
//! was, and if every file of the output folder has the hash that was recorded; else the run is made.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::SystemTime;

use msgraph_pipeline::OutputSet;
use msgraph_source::catalogue::Code;
use msgraph_source::{Diagnostic, Diagnostics, FileId, SourceMap, Span};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::{self, Target};
use crate::inputs::settings;
use crate::output;

/// So many records are kept: those used last.
const KEPT: usize = 16;

/// Where the record of a run lies, and what the run depends on.
pub(crate) struct Place {
    file: PathBuf,
    /// The hash of all that the run depends on, once somebody asks: into an empty folder nothing is recalled.
    key: OnceLock<Option<String>>,
}

/// What a run gave.
#[derive(Serialize, Deserialize)]
pub(crate) struct Record {
    /// The hash of all that the run depended on.
    key: String,
    /// The hash of each file.
    files: BTreeMap<String, String>,
    diagnostics: Vec<Finding>,
    elsewhere: Vec<Finding>,
}

/// A [`Diagnostic`], with texts by their numbers.
#[derive(Serialize, Deserialize)]
struct Finding {
    code: String,
    message: String,
    /// Text, start, end, message.
    labels: Vec<(usize, u32, u32, String)>,
    notes: Vec<String>,
    help: Option<String>,
}

/// What a record tells of a run that need not be made.
pub(crate) struct Recalled {
    /// What there is to say.
    pub(crate) diagnostics: Diagnostics,
    /// What there is to say of pages from which nothing is selected.
    pub(crate) elsewhere: Diagnostics,
    /// How many files there are.
    pub(crate) files: usize,
}

impl Place {
    /// Where the record of a run over `target` lies.
    pub(crate) fn of(target: &Target) -> Option<Self> {
        let output = std::path::absolute(&target.output).ok()?;
        let name = digest(output.to_string_lossy().as_bytes());
        let file = folder().join(name).with_extension("json");
        Some(Self { file, key: OnceLock::new() })
    }

    /// Makes [`Place::key`] known, so that [`Place::record`] can state it.
    pub(crate) fn learn(&self, target: &Target, sources: &SourceMap) {
        self.key(target, sources);
    }

    /// The hash of all that a run over `target`, whose texts are `sources`, depends on; none where this
    /// program cannot be read.
    fn key(&self, target: &Target, sources: &SourceMap) -> Option<&str> {
        let key = || {
            let (program, texts) = rayon::join(program, || texts(sources));
            let output = std::path::absolute(&target.output).ok()?;
            let here = std::env::current_dir().ok()?;
            let parts = [
                program?,
                texts,
                // Paths of inputs stand in the lock as they are seen from the output folder.
                format!("{here:?} {output:?} {target:?} {:?}", settings(target)),
            ];
            Some(digest(parts.join("\n").as_bytes()))
        };
        self.key.get_or_init(key).as_deref()
    }

    /// What the same run gave, if there was one and the output folder still holds what it wrote.
    pub(crate) fn recall(&self, target: &Target, sources: &SourceMap) -> Option<Recalled> {
        let text = fs::read_to_string(&self.file).ok()?;
        let (hash, json) = text.split_once('\n')?;
        if hash != digest(json.as_bytes()) {
            return None;
        }
        let record: Record = serde_json::from_str(json).ok()?;
        let is_same = self.key(target, sources).is_some_and(|key| key == record.key);
        if !is_same || !output::holds(&target.output, &record.files) {
            return None;
        }
        let ids: Vec<FileId> = sources.ids().collect();
        let findings = |findings: Vec<Finding>| -> Option<Diagnostics> {
            findings.into_iter().map(|finding| finding.diagnostic(&ids)).collect()
        };
        Some(Recalled {
            diagnostics: findings(record.diagnostics)?,
            elsewhere: findings(record.elsewhere)?,
            files: record.files.len(),
        })
    }

    /// What is to be recorded of a run that gave `files` and these findings about `sources`; nothing where
    /// it is not known what the run depended on.
    pub(crate) fn record(
        &self,
        sources: &SourceMap,
        files: &OutputSet,
        diagnostics: &[Diagnostic],
        elsewhere: &[Diagnostic],
    ) -> Option<Record> {
        let key = self.key.get()?.clone()?;
        let ids: Vec<FileId> = sources.ids().collect();
        let findings =
            |found: &[Diagnostic]| found.iter().map(|it| Finding::of(it, &ids)).collect();
        let files: Vec<(&String, &String)> = files.iter().collect();
        Some(Record {
            key,
            files: files
                .into_par_iter()
                .map(|(path, text)| (path.clone(), digest(text.as_bytes())))
                .collect(),
            diagnostics: findings(diagnostics),
            elsewhere: findings(elsewhere),
        })
    }

    /// Keeps `record`. Where the disk refuses, the next run takes its time.
    pub(crate) fn keep(&self, record: &Record) {
        let folder = folder();
        let kept = || -> Option<()> {
            let json = serde_json::to_string(record).ok()?;
            fs::create_dir_all(&folder).ok()?;
            let mut file = tempfile::NamedTempFile::new_in(&folder).ok()?;
            write!(file, "{}\n{json}", digest(json.as_bytes())).ok()?;
            file.persist(&self.file).ok()?;
            Some(())
        };
        if kept().is_some() {
            forget_old(&folder);
        }
    }
}

impl Finding {
    fn of(diagnostic: &Diagnostic, ids: &[FileId]) -> Self {
        let label = |label: &msgraph_source::Label| {
            let Span { file, start, end } = label.span;
            // A number that fits no text is never read back.
            let file = ids.binary_search(&file).unwrap_or(usize::MAX);
            (file, start, end, label.message.clone())
        };
        Self {
            code: diagnostic.code.id().to_owned(),
            message: diagnostic.message.clone(),
            labels: diagnostic.labels.iter().map(label).collect(),
            notes: diagnostic.notes.clone(),
            help: diagnostic.help.clone(),
        }
    }

    fn diagnostic(self, ids: &[FileId]) -> Option<Diagnostic> {
        let mut diagnostic = Diagnostic::new(Code::find(&self.code)?, self.message);
        for (file, start, end, message) in self.labels {
            let span = Span { file: *ids.get(file)?, start, end };
            diagnostic = diagnostic.label(span, message);
        }
        diagnostic.notes = self.notes;
        diagnostic.help = self.help;
        Some(diagnostic)
    }
}

/// Where records lie: beside what cargo builds.
fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").filter(|it| !it.is_empty());
    target.map_or_else(|| config::workspace().join("target"), PathBuf::from).join("codegen")
}

/// Removes all but the youngest records: there is one for each output folder that ever was.
fn forget_old(folder: &Path) {
    let mut records: Vec<(SystemTime, PathBuf)> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    records.sort();
    for (_, path) in records.iter().rev().skip(KEPT) {
        // One that stays does no harm.
        let _ = fs::remove_file(path);
    }
}

/// The hash of this program: another build may generate something else. It is read piece by piece, since memory that
/// was never used before costs more than the hash.
fn program() -> Option<String> {
    let mut program = fs::File::open(std::env::current_exe().ok()?).ok()?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match program.read(&mut piece) {
            Ok(0) => return Some(hexadecimal(&hash.finalize())),
            Ok(length) => hash.update(piece.get(..length)?),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// The paths and hashes of all texts. Findings point into them by their bytes.
fn texts(sources: &SourceMap) -> String {
    let ids: Vec<FileId> = sources.ids().collect();
    let lines: Vec<String> = ids
        .into_par_iter()
        .map(|id| {
            let file = sources.file(id);
            format!("{:?} {}", file.path(), digest(file.text().as_bytes()))
        })
        .collect();
    lines.join("\n")
}

/// The SHA-256 of `bytes`.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
