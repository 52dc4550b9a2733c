//! What the reports of these tests are made of, and what the pipeline itself says of it.
//!
//! In comes a folder with metadata and pages, out go the file that the command wrote and the review
//! that its numbers are held against.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use msgraph_pipeline::{Input, Review, lint};
use msgraph_source::{Diagnostic, FileId, Severity, SourceMap};

use crate::support::project::one_operation;
use crate::support::{schemas, workspace, xtask};

/// A report, and what it is to show.
pub struct Made {
    /// The file.
    pub file: PathBuf,
    /// The texts.
    pub sources: SourceMap,
    /// What the pipeline says.
    pub review: Review,
    /// The names of pages, as the report is to call them.
    pub names: BTreeMap<FileId, String>,
    /// What the command said.
    pub told: String,
    _folder: tempfile::TempDir,
}

/// The report of `docs` against `metadata`.
pub fn report(metadata: &Path, docs: &Path) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("report");
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let arguments =
        ["report", "--metadata", &text(metadata), "--docs", &text(docs), "--out", &text(&out)];
    let run = xtask(&workspace(), &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);

    let mut sources = SourceMap::new();
    let mut add =
        |path: &Path| sources.add_bytes(path.to_str().unwrap(), fs::read(path).unwrap()).unwrap();
    let metadata = vec![add(metadata)];
    let mut names = BTreeMap::new();
    for path in markdown(docs) {
        let name = path.strip_prefix(docs).unwrap().to_str().unwrap().to_owned();
        names.insert(add(&path), name);
    }
    let input = Input { metadata, pages: names.keys().copied().collect(), ..Input::default() };
    let review = lint(&sources, &input, "v1.0", &mut |_| {});
    let file = out.join("index.html");
    Made { file, sources, review, names, told: run.stderr, _folder: folder }
}

/// The report of the committed schemas.
pub fn committed() -> Made {
    report(&schemas().join("metadata.csdl"), &schemas().join("docs"))
}

/// A page with findings of several codes and severities, in an area of its own.
const FAULTY: &str = r#"---
title: "Reply to a thread"
ms.subservice: "outlook"
doc_type: apiPageType
---

# Reply to a thread

Namespace: microsoft.graph

## Permissions

| Permission type | Least privileged permissions |
|:---|:---|
| Delegated (work or school account) | Group.ReadWrite.All |

## HTTP request

```http
POST /groups/{id}/threads
POST /groups/{id}/threats
```

## Example

<!-- { "blockType": "request", "name": "reply_to_thread" } -->
```http
POST https://graph.microsoft.com/v1.0/groups/4d81ce71/threads
Content-type: application/json

{
  "topik": "Lunch",
  "Topic": "Lunch",
  "isLocked": "no",
}
```

<!-- { "blockType": "response", "@odata.type": "microsoft.graph.conversationThread" } -->
```http
HTTP/1.1 201 Created
Content-type: application/json

{ "id": "QQkA", "preview": 7, "hasAttachment": false }
```
"#;

/// The report of the pages of one operation and of a page with many faults.
pub fn mixed() -> Made {
    let folder = tempfile::tempdir().unwrap();
    one_operation(folder.path());
    fs::write(folder.path().join("docs/api/thread-reply.md"), FAULTY).unwrap();
    let made = report(&folder.path().join("metadata.csdl"), &folder.path().join("docs"));
    let severities = [Severity::Warning, Severity::Note].map(|severity| made.of(severity));
    assert!(severities.iter().all(|&found| found > 1), "{severities:?}");
    assert!(made.codes().len() > 4, "{:?}", made.codes());
    made
}

/// The real inputs, where they are at hand.
pub fn corpus() -> Option<(PathBuf, PathBuf)> {
    let folder = workspace().join("../shared/corpus");
    folder.is_dir().then(|| (folder.join("v1.0.csdl"), folder.join("docs/v1.0")))
}

fn markdown(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|it| it == "md") => files.push(path),
                false => {}
            }
        }
    }
    files.sort();
    files
}

impl Made {
    /// How many findings `wanted` chooses, and on how many pages they are, as the report says it.
    pub fn told(&self, wanted: impl Fn(&Diagnostic) -> bool) -> String {
        let all = &self.review.diagnostics;
        let found: Vec<&Diagnostic> = all.iter().filter(|diagnostic| wanted(diagnostic)).collect();
        let mut pages: Vec<FileId> = found.iter().filter_map(|found| self.page(found)).collect();
        pages.sort();
        pages.dedup();
        let of = if found.len() == all.len() {
            grouped(all.len())
        } else {
            format!("{} of {}", grouped(found.len()), grouped(all.len()))
        };
        let plural = |number: usize| if number == 1 { "" } else { "s" };
        format!(
            "{of} finding{} on {} page{}",
            plural(all.len()),
            grouped(pages.len()),
            plural(pages.len())
        )
    }

    /// The page that a finding is about.
    pub fn page(&self, diagnostic: &Diagnostic) -> Option<FileId> {
        let mut files = diagnostic.labels.iter().map(|label| label.span.file);
        files.find(|file| self.names.contains_key(file))
    }

    /// The name of the page that a finding is about.
    pub fn named(&self, diagnostic: &Diagnostic) -> Option<&str> {
        self.page(diagnostic).map(|file| self.names[&file].as_str())
    }

    /// Whether a finding is about `page` or shows lines of it.
    pub fn mentions(&self, diagnostic: &Diagnostic, page: &str) -> bool {
        diagnostic
            .labels
            .iter()
            .any(|label| self.names.get(&label.span.file).is_some_and(|name| name == page))
    }

    /// How many findings have this severity.
    pub fn of(&self, severity: Severity) -> usize {
        self.review.diagnostics.iter().filter(|found| found.severity() == severity).count()
    }

    /// How many findings have each code.
    pub fn codes(&self) -> BTreeMap<&'static str, usize> {
        let mut codes = BTreeMap::new();
        for diagnostic in &self.review.diagnostics {
            *codes.entry(diagnostic.code.id()).or_default() += 1;
        }
        codes
    }
}

/// `3,341`
pub fn grouped(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
    }
}
