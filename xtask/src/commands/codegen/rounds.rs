//! `--watch`: round after round, each when an input has changed, until Ctrl-C.
//!
//! In come the arguments; each round reads what there is now, says which inputs differ from the round
//! before, and generates and writes as a single run does. A round whose texts are all the same is none:
//! what the disk tells is only a hint, so that neither our own output nor a touched file makes us work.
//! Holds: inputs with errors leave the old output, and end nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;

use msgraph_source::{Diagnostic, Diagnostics, SourceMap, render};
use serde_json::json;

use super::{Arguments, write};
use crate::clock::Clock;
use crate::config::Target;
use crate::exit::Exit;
use crate::findings::suppressions::Suppressions;
use crate::lock::Cause;
use crate::messages::MessageFormat;
use crate::round::{self, Ready, Texts};
use crate::watch::{Sign, Watch};

/// So many changed inputs are named.
const NAMED: usize = 10;

/// What a round was made from: enough to see whether the next would be another one.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    /// The targets, as long as the configuration has errors those of before.
    targets: Vec<Target>,
    /// The hashes of all texts, by path.
    texts: BTreeMap<String, String>,
    /// What was wrong with texts that could not be read.
    problems: Diagnostics,
}

/// What lasts from round to round.
struct Rounds<'a> {
    arguments: &'a Arguments,
    watch: Watch,
    /// The round before; none where its output could not be written, so that the next tries again.
    before: Option<Seen>,
    /// The code and message of each finding that the round before had.
    told: BTreeSet<(&'static str, String)>,
}

/// Generates whenever an input changes.
pub(super) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let watch = Watch::new(arguments.poll)?;
    let mut rounds = Rounds { arguments, watch, before: None, told: BTreeSet::new() };
    // Before the configuration is read for the first time: a change in between is seen.
    rounds.look_at(&[])?;
    loop {
        rounds.round()?;
        if rounds.watch.wait() == Sign::Stop {
            arguments.message_format.tell("stopped")?;
            return Ok(Exit::Done);
        }
    }
}

impl Rounds<'_> {
    /// Reads what there is, and generates if it differs from what there was.
    fn round(&mut self) -> io::Result<()> {
        let format = self.arguments.message_format;
        let mut clock = Clock::default();
        let mut sources = SourceMap::new();
        let configured = self.arguments.configured(&mut sources);
        // While the configuration has errors, what it said before is looked at.
        let known = self.before.take().unwrap_or_default();
        let targets = configured.as_ref().map_or(&known.targets, |(targets, _)| targets).clone();
        self.look_at(&targets)?;

        let mut now = Seen { targets, ..Seen::default() };
        let mut texts: Vec<Texts> = Vec::new();
        match &configured {
            Ok((targets, _)) => {
                texts.extend(targets.iter().map(|it| round::read(it.clone(), &mut clock)));
                now.texts.extend(texts.iter().flat_map(Texts::hashes));
                now.problems.extend(texts.iter().flat_map(Texts::problems).cloned());
            }
            Err(problems) => {
                now.texts.clone_from(&known.texts);
                now.problems.clone_from(problems);
            }
        }
        now.texts.extend(round::hashes(&sources));
        if now == known {
            self.before = Some(known);
            return Ok(());
        }

        let inputs = changed(&known, &now);
        tell_inputs(&inputs, format)?;
        let ready = match configured {
            Ok((_, mut suppressions)) => self.generate(texts, &mut suppressions, &mut clock)?,
            Err(problems) => {
                format.show(&sources, &problems)?;
                None
            }
        };
        let is_written = finish(ready.as_deref(), &inputs, format, &mut clock)?;
        if self.arguments.timings {
            clock.print(format)?;
        }
        self.before = Some(now).filter(|_| is_written || ready.is_none());
        format.tell("waiting for changes; Ctrl-C ends it\n")
    }

    /// Looks at the inputs of `targets`, and at where they are configured.
    fn look_at(&mut self, targets: &[Target]) -> io::Result<()> {
        let inputs = &self.arguments.inputs;
        let mut paths: Vec<PathBuf> = Vec::new();
        if !inputs.are_named() {
            paths.push(inputs.configuration());
            paths.extend(inputs.suppressions());
        }
        for target in targets {
            paths.extend(target.descriptions().cloned());
            paths.extend(target.docs.iter().cloned());
        }
        match self.watch.look_at(&paths)? {
            None => Ok(()),
            Some(why) => self.arguments.message_format.tell(&format!(
                "the system cannot tell of changes ({why}): the disk is looked at every second"
            )),
        }
    }

    /// Generates all targets. People are shown errors each time, and of other findings those that the
    /// round before had not. `None` where one of the targets has errors.
    fn generate(
        &mut self,
        texts: Vec<Texts>,
        suppressions: &mut Suppressions,
        clock: &mut Clock,
    ) -> io::Result<Option<Vec<Ready>>> {
        let format = self.arguments.message_format;
        let mut findings = BTreeSet::new();
        let mut all = Some(Vec::new());
        for texts in texts {
            let mut generated = texts.generate(clock);
            generated.suppress(suppressions);
            let mut is_new = |finding: &Diagnostic| {
                let key = (finding.code.id(), finding.message.clone());
                let is_new = !self.told.contains(&key);
                findings.insert(key);
                is_new || finding.is_error() || format == MessageFormat::Json
            };
            let mut unseen = |findings: Diagnostics| -> Diagnostics {
                findings.into_iter().filter(&mut is_new).collect()
            };
            let (found, elsewhere) = (unseen(generated.diagnostics), unseen(generated.elsewhere));
            format.show(&generated.sources, &found)?;
            self.arguments.show_elsewhere(&generated.sources, &elsewhere)?;
            all = all.zip(generated.ready).map(|(mut all, ready)| {
                all.push(ready);
                all
            });
        }
        // Where there are errors, the passes behind them had no say.
        if all.is_none() {
            findings.append(&mut self.told);
        }
        self.told = findings;
        Ok(all)
    }
}

/// The texts that differ from those of the round before, and how. Of the first round none.
fn changed(before: &Seen, now: &Seen) -> Vec<(String, &'static str)> {
    if *before == Seen::default() {
        return Vec::new();
    }
    let all: BTreeSet<&String> = before.texts.keys().chain(now.texts.keys()).collect();
    let how = |path: &String| match (before.texts.get(path), now.texts.get(path)) {
        (None, _) => Some("added"),
        (_, None) => Some("removed"),
        (was, is) => (was != is).then_some("changed"),
    };
    all.into_iter().filter_map(|path| Some((path.clone(), how(path)?))).collect()
}

fn tell_inputs(inputs: &[(String, &'static str)], format: MessageFormat) -> io::Result<()> {
    for (path, how) in inputs.iter().take(NAMED) {
        format.tell(&render::line(&format!("{path} {how}"), 400))?;
    }
    match inputs.len().checked_sub(NAMED) {
        None | Some(0) => Ok(()),
        Some(more) => format.tell(&format!("and {more} more")),
    }
}

/// Writes what is ready, and says how the round went: whether all of it was written.
fn finish(
    ready: Option<&[Ready]>,
    inputs: &[(String, &'static str)],
    format: MessageFormat,
    clock: &mut Clock,
) -> io::Result<bool> {
    clock.start("write");
    let is_written = match ready {
        Some(ready) => write(ready, format)? == Exit::Done,
        None => {
            format.tell("nothing was written: the old output stands")?;
            false
        }
    };
    clock.stop();
    let inputs: Vec<_> =
        inputs.iter().map(|(path, how)| json!({ "path": path, "change": how })).collect();
    let targets: Vec<_> = ready.filter(|_| is_written).into_iter().flatten().map(event).collect();
    format.report(&json!({
        "event": "round",
        "ok": is_written,
        "inputs": inputs,
        "targets": targets,
    }))?;
    Ok(is_written)
}

/// What programs are told of a target that was written.
fn event(ready: &Ready) -> serde_json::Value {
    let difference = &ready.difference;
    let causes = ready.changes.iter().flat_map(|changes| &changes.causes);
    json!({
        "output": ready.target.output.to_string_lossy().replace('\\', "/"),
        "written": difference.written().collect::<Vec<_>>(),
        "deleted": difference.orphaned,
        "unchanged": difference.unchanged,
        "causes": causes.map(Cause::event).collect::<Vec<_>>(),
    })
}
