//! How long each pass took, and how much memory the process.
//!
//! In come the names of passes as they begin; out go their times over all targets, for `--timings` and
//! `bench`. Times are printed, and reach no output.

use std::io;
use std::time::{Duration, Instant};

use crate::messages::MessageFormat;

/// How long each pass took, over all targets.
#[derive(Default)]
pub(crate) struct Clock {
    laps: Vec<(&'static str, Duration)>,
    running: Option<(&'static str, Instant)>,
}

impl Clock {
    /// Ends the running lap and begins that of `name`.
    pub(crate) fn start(&mut self, name: &'static str) {
        self.stop();
        self.running = Some((name, Instant::now()));
    }

    /// Ends the running lap.
    pub(crate) fn stop(&mut self) {
        let Some((name, since)) = self.running.take() else {
            return;
        };
        let time = since.elapsed();
        match self.laps.iter_mut().find(|(other, _)| *other == name) {
            Some((_, total)) => *total += time,
            None => self.laps.push((name, time)),
        }
    }

    /// The time of all laps.
    pub(crate) fn total(&self) -> Duration {
        self.laps.iter().map(|(_, time)| *time).sum()
    }

    /// The time of the laps named in `names`.
    pub(crate) fn of(&self, names: &[&str]) -> Duration {
        self.laps.iter().filter(|(name, _)| names.contains(name)).map(|(_, time)| *time).sum()
    }

    /// Prints the laps and their sum; for programs as one object, in milliseconds:
    /// `{"event": "timings", "passes": [{"pass", "ms"}], "total_ms", "peak_bytes"}`.
    pub(crate) fn print(&self, format: MessageFormat) -> io::Result<()> {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        for (name, time) in &self.laps {
            format.tell(&format!("{name:>10} {:9.2} ms", ms(*time)))?;
        }
        format.tell(&format!("{:>10} {:9.2} ms", "total", ms(self.total())))?;
        let peak = peak_memory();
        if let Some(bytes) = peak {
            format.tell(&format!("{PEAK:>10} {:9.2} MB", bytes as f64 / 1e6))?;
        }
        let passes: Vec<_> = self
            .laps
            .iter()
            .map(|(name, time)| serde_json::json!({ "pass": name, "ms": ms(*time) }))
            .collect();
        format.report(&serde_json::json!({
            "event": "timings",
            "passes": passes,
            "total_ms": ms(self.total()),
            "peak_bytes": peak,
        }))
    }
}

/// The word before the peak of memory in what [`Clock::print`] prints.
pub(crate) const PEAK: &str = "peak";

/// The most memory that this process has held so far, in bytes: `VmHWM` of `/proc/self/status`
/// (proc(5)); none where there is no such file.
pub(crate) fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
