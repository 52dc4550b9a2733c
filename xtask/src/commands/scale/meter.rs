//! The meter: runs one process and writes down the time of the processor and the memory that it took.
//!
//! The kernel tells of children only what has ended and been waited for, and of their memory only the largest; so
//! the program starts itself, as the wrapper of one process, for each that is measured. As `RUSTC_WRAPPER` it stands
//! between cargo and every `rustc`. Comes in: a command line, and the log's path in the environment. Goes out: what
//! the process said and its exit code, and a line in the log.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// The environment variable that makes this program a meter; its value is the log.
const LOG: &str = "MSGRAPH_METER_LOG";

/// What was measured of some processes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Measure {
    /// From start to end.
    pub(crate) wall: Duration,
    /// The time of all processors; `None` where the system does not tell.
    pub(crate) cpu: Option<Duration>,
    /// The peak of the largest process, in bytes.
    pub(crate) peak: Option<u64>,
}

/// Runs the command that the arguments name, if the program was started as a meter.
pub(crate) fn run_if_asked() -> Option<ExitCode> {
    let log = std::env::var_os(LOG)?;
    let mut arguments = std::env::args_os().skip(1);
    let program = arguments.next()?;
    Some(match metered(&program, &arguments.collect::<Vec<_>>(), Path::new(&log)) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{}: {error}", program.display());
            ExitCode::FAILURE
        }
    })
}

fn metered(program: &OsString, arguments: &[OsString], log: &Path) -> io::Result<ExitCode> {
    let status = Command::new(program).args(arguments).env_remove(LOG).status()?;
    if let Some((cpu, peak)) = children() {
        // One write, since several compilers append to the file.
        let line = format!("{} {peak}\n", cpu.as_micros());
        OpenOptions::new().append(true).create(true).open(log)?.write_all(line.as_bytes())?;
    }
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The processor's time and the largest memory of the children that have ended.
#[cfg(unix)]
fn children() -> Option<(Duration, u64)> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    let micros = (usage.user_time() + usage.system_time()).num_microseconds();
    let peak = u64::try_from(usage.max_rss()).ok()?;
    // Kilobytes, but for Apple's systems.
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    Some((Duration::from_micros(u64::try_from(micros).ok()?), peak * unit))
}

#[cfg(not(unix))]
fn children() -> Option<(Duration, u64)> {
    None
}

/// Measures a process, with everything that it starts.
pub(crate) fn process(arguments: &[OsString], log: &Path) -> io::Result<Measure> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(arguments);
    measure(&mut command, log)
}

/// Measures the compilers that a cargo starts.
pub(crate) fn compilers(cargo: &mut Command, log: &Path) -> io::Result<Measure> {
    cargo.env("RUSTC_WRAPPER", std::env::current_exe()?);
    measure(cargo, log)
}

fn measure(command: &mut Command, log: &Path) -> io::Result<Measure> {
    if log.exists() {
        fs::remove_file(log)?;
    }
    let since = Instant::now();
    let output = command.env(LOG, log).output()?;
    let wall = since.elapsed();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(io::Error::other(format!("{command:?} ended with {}\n{said}", output.status)));
    }
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<(u64, u64)> = text.lines().filter_map(line).collect();
    Ok(Measure {
        wall,
        cpu: (!lines.is_empty())
            .then(|| lines.iter().map(|(cpu, _)| Duration::from_micros(*cpu)).sum()),
        peak: lines.iter().map(|(_, peak)| *peak).max(),
    })
}

fn line(line: &str) -> Option<(u64, u64)> {
    let (cpu, peak) = line.split_once(' ')?;
    Some((cpu.parse().ok()?, peak.parse().ok()?))
}

/// Where the log of a folder lies.
pub(crate) fn log(folder: &Path) -> PathBuf {
    folder.join("meter.log")
}
