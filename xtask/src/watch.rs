//! Waiting until inputs change on the disk.
//!
//! In come the paths to look at; out comes a sign each time that something happened to one of them and
//! then nothing for a moment, so that a burst is one sign. It may be a false one: whether a text is
//! another one is for the caller to see. Holds: what happens between two waits is not lost, and
//! nothing that is only read gives a sign, our own reading least of all.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

/// So long nothing must have happened: longer than an editor or `git checkout` pauses between files.
const QUIET: Duration = Duration::from_millis(100);

/// So long a burst may last before it is looked at all the same.
const LONGEST: Duration = Duration::from_secs(2);

/// How often the disk is looked at where the system does not tell.
const POLL: Duration = Duration::from_secs(1);

/// Why [`Watch::wait`] came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Something may have changed.
    Changed,
    /// The user wants it to end.
    Stop,
}

/// A watch on some inputs.
pub(crate) struct Watch {
    sender: Sender<Sign>,
    signs: Receiver<Sign>,
    polls: bool,
    /// Ends its work when it is dropped.
    watcher: Option<Box<dyn Watcher>>,
}

impl Watch {
    /// A watch on nothing yet. From now on Ctrl-C gives a sign and does not end the process.
    pub(crate) fn new(polls: bool) -> io::Result<Self> {
        let (sender, signs) = channel();
        let stop = sender.clone();
        // Nobody waiting any more means that the process ends anyway: here and below.
        ctrlc::set_handler(move || {
            let _ = stop.send(Sign::Stop);
        })
        .map_err(io::Error::other)?;
        Ok(Self { sender, signs, polls, watcher: None })
    }

    /// Looks at `paths` from now on: files, and folders to any depth, whether they exist yet or not.
    /// Says why where the system cannot tell of changes and the disk is looked at instead.
    pub(crate) fn look_at(&mut self, paths: &[PathBuf]) -> io::Result<Option<String>> {
        let mut why = None;
        let watcher = if self.polls {
            self.polling(paths)
        } else {
            self.told(paths).or_else(|error| {
                self.polls = true;
                why = Some(error.to_string());
                self.polling(paths)
            })
        };
        // The old one ends only now: both send to the same place, and nothing is missed in between.
        self.watcher = Some(watcher.map_err(io::Error::other)?);
        Ok(why)
    }

    fn told(&self, paths: &[PathBuf]) -> notify::Result<Box<dyn Watcher>> {
        let mut watcher = RecommendedWatcher::new(self.handler(paths), Config::default())?;
        enter(&mut watcher, paths)?;
        Ok(Box::new(watcher))
    }

    fn polling(&self, paths: &[PathBuf]) -> notify::Result<Box<dyn Watcher>> {
        // By their contents: times of whole seconds would hide a second change within one.
        let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
        let mut watcher = PollWatcher::new(self.handler(paths), config)?;
        enter(&mut watcher, paths)?;
        Ok(Box::new(watcher))
    }

    fn handler(&self, paths: &[PathBuf]) -> impl FnMut(notify::Result<Event>) + Send + use<> {
        let sender = self.sender.clone();
        let paths: Vec<PathBuf> = paths.iter().flat_map(|path| spellings(path)).collect();
        move |event| {
            // What went wrong while watching may have hidden a change.
            if event.as_ref().map_or(true, |event| concerns(event, &paths)) {
                let _ = sender.send(Sign::Changed);
            }
        }
    }

    /// Waits until something happened and then nothing for a moment.
    pub(crate) fn wait(&self) -> Sign {
        // The sender lives as long as we do, so that receiving fails no more than waiting ends.
        if self.signs.recv() != Ok(Sign::Changed) {
            return Sign::Stop;
        }
        let end = Instant::now() + LONGEST;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.signs.recv_timeout(QUIET.min(left)) {
                Ok(Sign::Changed) if !left.is_zero() => {}
                Ok(Sign::Changed) | Err(RecvTimeoutError::Timeout) => return Sign::Changed,
                Ok(Sign::Stop) | Err(RecvTimeoutError::Disconnected) => return Sign::Stop,
            }
        }
    }
}

/// Has `watcher` watch `paths`. An editor puts a new file in the place of the old one, and a folder can
/// be replaced as well: so the folder that holds each of them is watched, too.
fn enter(watcher: &mut dyn Watcher, paths: &[PathBuf]) -> notify::Result<()> {
    let absolute = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
    let paths: Vec<PathBuf> = paths.iter().map(absolute).collect();
    let mut folders: Vec<&PathBuf> = paths.iter().filter(|path| path.is_dir()).collect();
    folders.sort();
    // A folder below another one is watched with it.
    folders.dedup_by(|inner, outer| inner.starts_with(&**outer));
    for folder in &folders {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    let around = paths.iter().filter_map(|path| path.ancestors().skip(1).find(|it| it.is_dir()));
    let mut around: Vec<&Path> = around.collect();
    around.sort_unstable();
    around.dedup();
    for folder in around {
        if !folders.iter().any(|outer| folder.starts_with(outer)) {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
    }
    Ok(())
}

/// `path` as it may stand in events: without a start in the working directory, and without links.
fn spellings(path: &Path) -> Vec<PathBuf> {
    let mut spellings = vec![std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())];
    spellings.extend(path.canonicalize().ok().filter(|it| !spellings.contains(it)));
    spellings
}

/// Whether `event` may have changed a text at or below `paths`.
fn concerns(event: &Event, paths: &[PathBuf]) -> bool {
    if event.need_rescan() {
        return true;
    }
    let is_read = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    };
    // Of what lies below a folder, pages count, and what is no file: a folder, or something gone.
    let can_count = |path: &Path| {
        path.extension().and_then(OsStr::to_str).is_some_and(|it| it.eq_ignore_ascii_case("md"))
            || !path.is_file()
    };
    !is_read
        && event.paths.iter().any(|touched| {
            paths.iter().any(|path| {
                path.starts_with(touched) || (touched.starts_with(path) && can_count(touched))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use notify::Event;
    use notify::event::{
        AccessKind, AccessMode, CreateKind, DataChange, EventKind, ModifyKind, RemoveKind,
    };
    use std::path::PathBuf;

    #[test]
    fn reading_and_other_files_give_no_sign() {
        let root = tempfile::tempdir().unwrap();
        let docs = root.path().join("docs");
        std::fs::create_dir(&docs).unwrap();
        let metadata = root.path().join("metadata.csdl");
        for name in ["a.md", "b.rs", ".a.md.swp"] {
            std::fs::write(docs.join(name), "").unwrap();
        }
        let paths = vec![docs.clone(), metadata.clone()];
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let removed = EventKind::Remove(RemoveKind::Any);
        let closed = |mode| EventKind::Access(AccessKind::Close(mode));
        let event = |kind, path: PathBuf| Event::new(kind).add_path(path);
        for (expected, event) in [
            (true, event(written, docs.join("a.md"))),
            (true, event(closed(AccessMode::Write), docs.join("a.md"))),
            (false, event(closed(AccessMode::Read), docs.join("a.md"))),
            (false, event(EventKind::Access(AccessKind::Any), docs.join("a.md"))),
            (false, event(written, docs.join("b.rs"))),
            (false, event(written, docs.join(".a.md.swp"))),
            (true, event(removed, docs.join("folder"))),
            (true, event(removed, docs.clone())),
            (true, event(EventKind::Create(CreateKind::Any), root.path().to_path_buf())),
            (true, event(written, metadata)),
            (false, event(written, root.path().join("other.csdl"))),
        ] {
            assert_eq!(concerns(&event, &paths), expected, "{event:?}");
        }
    }
}
