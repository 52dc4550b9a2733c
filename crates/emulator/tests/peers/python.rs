//! Microsoft's library for Python: `msgraph-sdk`, in the version that is pinned in `.ci/run`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use libtest_mimic::Failed;
use msgraph_emulator::GARDENERS;

use crate::support::{Program, TOKEN};

/// A Python that has the library: that of `target/sdk`, or the one of the path.
pub fn find() -> Result<PathBuf, &'static str> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/sdk/bin/python3");
    let has_library = |python: &PathBuf| {
        let mut command = Command::new(python);
        command.args(["-c", "import importlib.metadata as m; m.version('msgraph-sdk')"]);
        command.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    [own, PathBuf::from("python3")]
        .into_iter()
        .find(has_library)
        .ok_or("needs Python with msgraph-sdk")
}

/// Drives the program through the thread family.
pub fn family(python: &Path) -> Result<(), Failed> {
    let program = Program::start(&["--memory"]);
    let output = Command::new(python)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sdk.py"))
        .args([&program.v1, TOKEN, GARDENERS])
        .output()?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
    }
}
