//! One run over a target: read, generate, compare; then what is ready can be written.
//!
//! In comes a [`Target`]; out go its texts, what there is to say, and, where nothing failed, the files
//! with how they differ from what stands in the output folder. Nothing is written but by [`Ready::write`].

use msgraph_pipeline::{Input, OutputSet, Pass, generate};
use msgraph_source::{Diagnostic, Diagnostics, SourceMap};

use crate::clock::Clock;
use crate::config::Target;
use crate::findings::suppressions::Suppressions;
use crate::inputs::settings;
use crate::load;
use crate::lock::{self, Changes, Lock};
use crate::messages::counted;
use crate::output::{self, Difference};
use crate::record::{Place, Record};

/// The texts of a target. Those of one are of no use to the next: each has its own map.
pub(crate) struct Texts {
    target: Target,
    sources: SourceMap,
    input: Result<Input, Diagnostics>,
}

/// What generating a target gave.
pub(crate) struct Generated {
    /// The texts that the findings are about.
    pub(crate) sources: SourceMap,
    /// What there is to say.
    pub(crate) diagnostics: Diagnostics,
    /// What there is to say of pages from which nothing is selected.
    pub(crate) elsewhere: Diagnostics,
    /// What can be written; none where there are errors.
    pub(crate) ready: Option<Ready>,
}

/// The files of a target, ready to be written.
pub(crate) struct Ready {
    /// The target.
    pub(crate) target: Target,
    /// The files, the lock among them.
    output: OutputSet,
    /// How they differ from what stands in the output folder.
    pub(crate) difference: Difference,
    /// What changed since the last run; none where no lock tells of it.
    pub(crate) changes: Option<Changes>,
    /// What is recorded once the files are written; nothing where they are not made of the inputs alone.
    record: Option<(Place, Record)>,
}

/// Reads the texts of `target`.
pub(crate) fn read(target: Target, clock: &mut Clock) -> Texts {
    clock.start("read");
    let mut sources = SourceMap::new();
    let input = load::inputs(&mut sources, &target);
    clock.stop();
    Texts { target, sources, input }
}

/// The path of each text and its hash.
pub(crate) fn hashes(sources: &SourceMap) -> impl Iterator<Item = (String, String)> {
    sources.ids().map(|id| {
        let file = sources.file(id);
        (file.path().to_owned(), lock::hash(file.text()))
    })
}

impl Texts {
    /// The path of each text that could be read, and its hash.
    pub(crate) fn hashes(&self) -> impl Iterator<Item = (String, String)> {
        hashes(&self.sources)
    }

    /// What is wrong with the texts that could not be read.
    pub(crate) fn problems(&self) -> &[Diagnostic] {
        self.input.as_ref().err().map_or(&[], Vec::as_slice)
    }

    /// What the same run gave before, where it need not be made again; else as [`Texts::generate`].
    pub(crate) fn recall_or_generate(self, clock: &mut Clock) -> Generated {
        clock.start("recall");
        let place = self.input.is_ok().then(|| Place::of(&self.target)).flatten();
        let recalled = place.as_ref().and_then(|it| it.recall(&self.target, &self.sources));
        let Some(found) = recalled else {
            return self.run(place, clock);
        };
        clock.stop();
        let difference = Difference { unchanged: found.files, ..Difference::default() };
        let ready = Ready {
            target: self.target,
            output: OutputSet::default(),
            difference,
            changes: Some(Changes::default()),
            record: None,
        };
        Generated {
            sources: self.sources,
            diagnostics: found.diagnostics,
            elsewhere: found.elsewhere,
            ready: Some(ready),
        }
    }

    /// Generates the target in memory, and looks at what its output folder holds.
    pub(crate) fn generate(self, clock: &mut Clock) -> Generated {
        self.run(None, clock)
    }

    /// Generates, and has what comes out recorded at `place`, once it is written.
    fn run(self, place: Option<Place>, clock: &mut Clock) -> Generated {
        let Self { target, mut sources, input } = self;
        let input = match input {
            Ok(input) => input,
            Err(diagnostics) => {
                return Generated { sources, diagnostics, elsewhere: Vec::new(), ready: None };
            }
        };
        let settings = settings(&target);
        let outcome = rayon::in_place_scope(|beside| {
            // What the record needs to know is not waited for.
            if let Some(place) = &place {
                let (target, sources) = (&target, &sources);
                beside.spawn(move |_| place.learn(target, sources));
            }
            generate(&sources, &input, &settings, Pass::Emit, &mut |pass| clock.start(pass.name()))
        });
        clock.start("compare");
        let mut diagnostics = outcome.diagnostics;
        let elsewhere = outcome.elsewhere;
        let ready = outcome.output.and_then(|output| {
            let found = diagnostics.len();
            let now = Lock::of(&target, &sources, &input, &outcome.origins);
            let then = match Lock::read(&mut sources, &target.output) {
                Ok(lock) => lock,
                Err(problem) => {
                    diagnostics.push(problem);
                    None
                }
            };
            let changes =
                then.map(|then| Changes::between(&then, &now, &outcome.origins, &target.output));
            let output: Result<OutputSet, Diagnostic> = now
                .text()
                .map(|text| output.into_iter().chain([(lock::FILE.to_owned(), text)]).collect());
            let compared =
                output.and_then(|output| Ok((output::compare(&target.output, &output)?, output)));
            match compared {
                Ok((difference, output)) => {
                    // What there is to say of the old lock is not said again.
                    let place = place.filter(|_| diagnostics.len() == found);
                    let record = place.and_then(|place| {
                        let record = place.record(&sources, &output, &diagnostics, &elsewhere)?;
                        Some((place, record))
                    });
                    Some(Ready { target, output, difference, changes, record })
                }
                Err(problem) => {
                    diagnostics.push(problem);
                    None
                }
            }
        });
        clock.stop();
        let ready = ready.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
        Generated { sources, diagnostics, elsewhere, ready }
    }
}

impl Generated {
    /// Takes out what `suppressions` accept, and says how many that are.
    pub(crate) fn suppress(&mut self, suppressions: &mut Suppressions) -> usize {
        let mut accepted = 0;
        for found in [&mut self.diagnostics, &mut self.elsewhere] {
            let (kept, suppressed) = suppressions.part(&self.sources, std::mem::take(found));
            *found = kept;
            accepted += suppressed.len();
        }
        accepted
    }
}

impl Ready {
    /// Makes the output folder hold the files.
    pub(crate) fn write(&self) -> Result<(), Diagnostic> {
        output::apply(&self.target.output, &self.output, &self.difference)?;
        // A file that is not ours would be found again and again: the record would never fit.
        if let Some((place, record)) =
            self.record.as_ref().filter(|_| self.difference.foreign.is_empty())
        {
            place.keep(record);
        }
        Ok(())
    }

    /// What was written, for people: a line, and one more for each cause of it.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        let first = format!(
            "{}: {} written, {} deleted, {} unchanged",
            self.target.output.display(),
            counted(self.difference.written().count(), "file"),
            self.difference.orphaned.len(),
            self.difference.unchanged,
        );
        let causes = self.changes.iter().flat_map(Changes::lines);
        std::iter::once(first).chain(causes.map(|line| format!("  {line}")))
    }
}
