//! How an example came out, part by part.

use std::collections::BTreeSet;

use super::data::Finding;

/// How one part of an example came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As documented.
    Passed,
    /// As documented but for what these findings of lint name.
    But(BTreeSet<String>),
    /// Not as documented, and no finding tells why.
    Failed(String),
    /// Not looked at, for what this code stands for.
    NotRun(String),
}

/// How an example came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The page and the example: `group-post-threads#1 create_conversationthread_from_group`.
    pub name: String,
    /// Method, URL, query, headers, and the keys that the handler sees.
    pub request: Verdict,
    /// The request body; none where neither page nor operation has one.
    pub request_body: Option<Verdict>,
    /// The status of the answer.
    pub status: Verdict,
    /// The body of the answer; none where neither page nor operation has one.
    pub response_body: Option<Verdict>,
    /// Whether the page names the type of the answer's body.
    pub names_type: bool,
    /// Whether the page shows the answer's body in an object with the one member `value`, which is no part of it.
    pub is_unwrapped: bool,
}

impl Verdict {
    /// Passed, or passed but for `findings`.
    pub(crate) fn passed(findings: &[Finding]) -> Self {
        let codes: BTreeSet<String> = findings
            .iter()
            .filter(|finding| !finding.is_harmless())
            .map(|finding| finding.code.clone())
            .collect();
        if codes.is_empty() { Self::Passed } else { Self::But(codes) }
    }

    /// Not looked at, for what `code` stands for.
    pub(crate) fn not_run(code: &str) -> Self {
        Self::NotRun(code.to_owned())
    }
}

impl Checked {
    /// The parts.
    pub fn parts(&self) -> impl Iterator<Item = &Verdict> {
        [&self.request, &self.status]
            .into_iter()
            .chain(&self.request_body)
            .chain(&self.response_body)
    }

    /// How the example as a whole came out: failed where a part has, not run where its request is not,
    /// else with the findings of all parts.
    pub fn whole(&self) -> Verdict {
        let failed: Vec<&str> = self
            .parts()
            .filter_map(|part| match part {
                Verdict::Failed(why) => Some(why.as_str()),
                _ => None,
            })
            .collect();
        if !failed.is_empty() {
            return Verdict::Failed(failed.join("\n"));
        }
        if let Verdict::NotRun(code) = &self.request {
            return Verdict::not_run(code);
        }
        let codes: BTreeSet<String> = self
            .parts()
            .flat_map(|part| match part {
                Verdict::But(codes) => codes.clone(),
                Verdict::NotRun(code) => BTreeSet::from([code.clone()]),
                Verdict::Passed | Verdict::Failed(_) => BTreeSet::new(),
            })
            .collect();
        if codes.is_empty() { Verdict::Passed } else { Verdict::But(codes) }
    }
}
