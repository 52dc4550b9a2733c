//! A folder of generated crates as a workspace of its own, for the commands that compile it.
//!
//! In comes the folder; its manifest goes out, and the versions that this workspace is locked to. Holds: a file
//! that is as it should be keeps its time, so that a second run compiles what changed and nothing else.

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::config;

/// Makes the crates in `folder` a workspace of their own, with the dependencies of ours.
pub(crate) fn workspace(folder: &Path) -> io::Result<()> {
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"models\", \"client\", \"server\"]\n\n\
                    [profile.dev]\ndebug = 0\n";
    let path = folder.join("Cargo.toml");
    if fs::read_to_string(&path).is_ok_and(|old| old == manifest) {
        return Ok(());
    }
    fs::write(path, manifest)?;
    if !folder.join("Cargo.lock").exists() {
        fs::copy(config::workspace().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    }
    Ok(())
}

/// `cargo` in `folder`: of a run within a run of it, nothing but the toolchain counts.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("CARGO_BUILD_TARGET")
        .env("CARGO_INCREMENTAL", "0");
    cargo
}
