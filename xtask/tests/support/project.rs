//! A place of its own with the committed metadata of v1 and the pages of one operation, a
//! configuration, and output in `out`.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Run, schemas, workspace, xtask};

/// The page of the operation.
pub const PAGE: &str = "docs/api/group-post-threads.md";

/// The page of a type.
pub const POST: &str = "docs/resources/post.md";

/// The page of the type that the operation creates.
const THREAD: &str = "docs/resources/conversationthread.md";

/// Inputs that a test may change.
pub struct Project {
    root: tempfile::TempDir,
}

impl Project {
    /// Generated, and up to date.
    pub fn new() -> Self {
        let project = Self::fresh("docs: [docs]");
        let run = project.codegen(&[]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        project
    }

    /// Nothing generated yet; `docs` is the line of the configuration that names the pages.
    pub fn fresh(docs: &str) -> Self {
        let project = Self { root: tempfile::tempdir().unwrap() };
        one_operation(project.root());
        project.configure(docs, "group-post-threads");
        project
    }

    /// Writes the configuration.
    pub fn configure(&self, docs: &str, select: &str) {
        let runtime = workspace().join("crates/runtime");
        let yaml = format!(
            "runtime: {}\ntargets:\n  - name: v1\n    version: v1.0\n    metadata: metadata.csdl\n    \
             {docs}\n    select: [{select}]\n    output: out\n",
            runtime.display(),
        );
        self.put("codegen.yaml", yaml);
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// A file or folder in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// The text of a file.
    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Makes a file hold `bytes`, at once: nobody sees a part of them.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let aside = self.path("aside~");
        fs::write(&aside, bytes).unwrap();
        fs::rename(aside, self.path(name)).unwrap();
    }

    /// Replaces `from`, which must be there, by `to`.
    pub fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{from:?} is in {name}");
        self.put(name, text.replacen(from, to, 1));
    }

    /// `codegen` with its configuration.
    pub fn codegen(&self, arguments: &[&str]) -> Run {
        xtask(self.root(), &[&["codegen", "--config", "codegen.yaml"], arguments].concat())
    }

    /// `codegen --check`, which must end with `code`: what it says.
    pub fn check(&self, code: i32) -> String {
        let run = self.codegen(&["--check"]);
        assert_eq!(run.code, code, "{}", run.stderr);
        run.stderr
    }
}

/// Copies the metadata of v1, and the pages of one operation and of its types, into a folder. What is
/// counted of them does not change with what else is committed.
pub fn one_operation(to: &Path) {
    for name in ["metadata.csdl", PAGE, THREAD, POST] {
        let target = to.join(name);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(schemas().join(name), target).unwrap();
    }
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
