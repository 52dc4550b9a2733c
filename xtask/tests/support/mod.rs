//! What the tests of the commands share: the program, a place to work in, and the tree before and after.

#![allow(dead_code, unreachable_pub, reason = "each test program uses a part of this")]

pub mod project;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// How a run ended.
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// The committed schemas of v1.
pub fn schemas() -> PathBuf {
    workspace().join("schemas/v1")
}

/// Runs the program in `folder`.
pub fn xtask(folder: &Path, arguments: &[&str]) -> Run {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("messages are UTF-8");
    Run {
        code: status.code().expect("ended by itself"),
        stdout: text(stdout),
        stderr: text(stderr),
    }
}

/// `codegen` of the create-thread page from `metadata` and `docs` into `out`.
pub fn codegen(metadata: &Path, docs: &Path, selector: &str, out: &Path) -> Run {
    let shown = |path: &Path| path.to_str().unwrap().to_owned();
    xtask(
        &workspace(),
        &[
            "codegen",
            "--metadata",
            &shown(metadata),
            "--docs",
            &shown(docs),
            "--select",
            selector,
            "--out",
            &shown(out),
        ],
    )
}

/// All files below `folder`, with their bytes.
pub fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.clone(), fs::read(&path).unwrap());
            }
        }
    }
    files
}
