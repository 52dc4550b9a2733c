//! How all examples came out, counted.
//!
//! In come examples; out goes a table with a row per kind of part, the codes that explain what is not plainly
//! passed, and what failed.

use std::collections::BTreeMap;
use std::fmt;

use super::outcome::{Checked, Verdict};
use super::{Mismatch, Outcome};

/// So many failures are told in full.
const TOLD: usize = 40;

/// The line in front of the list of examples.
const LISTED: &str = "examples of which more is to be said";

/// How all examples came out.
#[derive(Debug, Default)]
pub struct Report {
    examples: Vec<Checked>,
}

/// How many came out how.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Counts {
    all: usize,
    passed: usize,
    /// Of these, those of which lint says something all the same.
    noted: usize,
    but: usize,
    failed: usize,
    not_run: usize,
}

impl Counts {
    fn of<'a>(verdicts: impl Iterator<Item = &'a Verdict>) -> Self {
        let mut counts = Self::default();
        for verdict in verdicts {
            counts.all += 1;
            counts.noted += usize::from(matches!(verdict, Verdict::Noted(_)));
            *match verdict {
                Verdict::Passed | Verdict::Noted(_) => &mut counts.passed,
                Verdict::But(_) => &mut counts.but,
                Verdict::Failed(_) => &mut counts.failed,
                Verdict::NotRun(_) => &mut counts.not_run,
            } += 1;
        }
        counts
    }
}

impl Report {
    /// Adds an example.
    pub fn add(&mut self, example: Checked) {
        self.examples.push(example);
    }

    /// The examples, in the order in which they came.
    pub fn examples(&self) -> &[Checked] {
        &self.examples
    }

    /// What failed.
    ///
    /// # Errors
    /// The examples that failed, with what differs.
    pub fn outcome(&self) -> Outcome {
        let failed: Vec<String> = self
            .examples
            .iter()
            .filter_map(|example| match example.whole() {
                Verdict::Failed(why) => Some(format!("{}\n  {}", example.name, why)),
                _ => None,
            })
            .collect();
        if failed.is_empty() {
            return Ok(());
        }
        let mut message = format!("{} of the documented examples do not hold\n", failed.len());
        for told in failed.iter().take(TOLD) {
            message.push_str(told);
            message.push('\n');
        }
        if failed.len() > TOLD {
            message.push_str(&format!("and {} more\n", failed.len() - TOLD));
        }
        Err(Mismatch::new(message))
    }

    fn rows(&self) -> [(&'static str, Counts); 4] {
        let wholes: Vec<Verdict> = self.examples.iter().map(Checked::whole).collect();
        let responses = |is_counted: fn(&Checked) -> bool| {
            Counts::of(
                self.examples
                    .iter()
                    .filter(|example| is_counted(example))
                    .filter_map(|example| example.response_body.as_ref()),
            )
        };
        [
            ("examples", Counts::of(wholes.iter())),
            (
                "request bodies",
                Counts::of(
                    self.examples.iter().filter_map(|example| example.request_body.as_ref()),
                ),
            ),
            ("response bodies", responses(|_| true)),
            ("responses whose type is named", responses(|example| example.names_type)),
        ]
    }

    /// The examples that are not plainly passed, a line each: how the whole came out, and the codes of each part.
    fn list(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Vec::new();
        for example in &self.examples {
            let word = match example.whole() {
                Verdict::Passed => continue,
                Verdict::Noted(_) => "noted",
                Verdict::But(_) => "but for",
                Verdict::Failed(_) => "failed",
                Verdict::NotRun(code) => {
                    lines.push(format!("not run  {}  {code}", example.place()));
                    continue;
                }
            };
            let parts = example.named_parts().filter_map(|(part, verdict)| match verdict {
                Verdict::Passed => None,
                Verdict::Failed(_) => Some(format!("{part}: failed")),
                Verdict::NotRun(code) => Some(format!("{part}: {code}")),
                Verdict::Noted(codes) | Verdict::But(codes) => {
                    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
                    let noted = if matches!(verdict, Verdict::Noted(_)) { " noted" } else { "" };
                    Some(format!("{part}{noted}: {}", codes.join(" ")))
                }
            });
            let parts: Vec<String> = parts.collect();
            lines.push(format!("{word:<8} {}  {}", example.place(), parts.join("; ")));
        }
        if !lines.is_empty() {
            writeln!(f, "\n{LISTED}\n{}", lines.join("\n"))?;
        }
        Ok(())
    }

    /// By code, in how many examples it is told.
    fn codes(&self, of: impl Fn(&Verdict) -> Vec<String>) -> BTreeMap<String, usize> {
        let mut codes: BTreeMap<String, usize> = BTreeMap::new();
        for example in &self.examples {
            let mut told: Vec<String> = example.parts().flat_map(&of).collect();
            told.sort();
            told.dedup();
            for code in told {
                *codes.entry(code).or_default() += 1;
            }
        }
        codes
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<32}{:>6}{:>8}{:>9}{:>10}{:>12}{:>8}{:>9}",
            "documented", "all", "passed", "", "of these", "but for a", "failed", "not run"
        )?;
        writeln!(f, "{:<32}{:>6}{:>8}{:>9}{:>10}{:>12}", "", "", "", "", "noted", "finding")?;
        for (what, counts) in self.rows() {
            let Counts { all, passed, noted, but, failed, not_run } = counts;
            let tenths = (passed * 1000).checked_div(all).unwrap_or(0);
            let share = format!("{}.{} %", tenths / 10, tenths % 10);
            write!(f, "{what:<32}{all:>6}{passed:>8}{share:>9}{noted:>10}{but:>12}")?;
            writeln!(f, "{failed:>8}{not_run:>9}")?;
        }
        let unwrapped = self.examples.iter().filter(|example| example.is_unwrapped).count();
        if unwrapped > 0 {
            writeln!(f, "\n{:<32}{unwrapped:>6}", "held without their envelope")?;
        }
        let but = self.codes(|verdict| match verdict {
            Verdict::But(codes) => codes.iter().cloned().collect(),
            _ => Vec::new(),
        });
        let noted = self.codes(|verdict| match verdict {
            Verdict::Noted(codes) => codes.iter().cloned().collect(),
            _ => Vec::new(),
        });
        let not_run = self.codes(|verdict| match verdict {
            Verdict::NotRun(code) => vec![code.clone()],
            _ => Vec::new(),
        });
        let titled = [
            ("passed but for", but),
            ("noted, and made no difference", noted),
            ("not run, or not all of it", not_run),
        ];
        for (title, codes) in titled {
            if codes.is_empty() {
                continue;
            }
            writeln!(f, "\n{title:<32}{:>6}", "examples")?;
            let mut codes: Vec<(String, usize)> = codes.into_iter().collect();
            codes.sort_by(|(a, more), (b, fewer)| fewer.cmp(more).then_with(|| a.cmp(b)));
            for (code, count) in codes {
                writeln!(f, "  {code:<30}{count:>6}")?;
            }
        }
        self.list(f)
    }
}
