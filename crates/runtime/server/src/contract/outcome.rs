//! How an example came out, part by part.

use std::collections::BTreeSet;

/// How one part of an example came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As documented.
    Passed,
    /// As documented; what these findings of lint name made no difference.
    Noted(BTreeSet<String>),
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
    /// Passed, whatever findings of these `codes` there are.
    pub(crate) fn noted(codes: BTreeSet<String>) -> Self {
        if codes.is_empty() { Self::Passed } else { Self::Noted(codes) }
    }

    /// Lets the findings explain a difference; tells whether there are any.
    pub(crate) fn excuse(&mut self) -> bool {
        if let Self::Noted(codes) = self {
            *self = Self::But(std::mem::take(codes));
        }
        matches!(self, Self::But(_))
    }

    /// Not looked at, for what `code` stands for.
    pub(crate) fn not_run(code: &str) -> Self {
        Self::NotRun(code.to_owned())
    }
}

impl Checked {
    /// The parts by name, in the order of the wire.
    pub fn named_parts(&self) -> impl Iterator<Item = (&'static str, &Verdict)> {
        let parts = [
            ("request", Some(&self.request)),
            ("request body", self.request_body.as_ref()),
            ("status", Some(&self.status)),
            ("response body", self.response_body.as_ref()),
        ];
        parts.into_iter().filter_map(|(name, verdict)| Some((name, verdict?)))
    }

    /// The parts.
    pub fn parts(&self) -> impl Iterator<Item = &Verdict> {
        self.named_parts().map(|(_, verdict)| verdict)
    }

    /// The page and the place of the example there, without its name.
    pub fn place(&self) -> &str {
        self.name.split(' ').next().unwrap_or_default()
    }

    /// How the example as a whole came out: failed where a part has, not run where its request is not, else but for
    /// the findings that explain something in any part.
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
        let (mut explaining, mut noted) = (BTreeSet::new(), BTreeSet::new());
        for part in self.parts() {
            match part {
                Verdict::But(codes) => explaining.extend(codes.clone()),
                Verdict::NotRun(code) => explaining.extend([code.clone()]),
                Verdict::Noted(codes) => noted.extend(codes.clone()),
                Verdict::Passed | Verdict::Failed(_) => {}
            }
        }
        if explaining.is_empty() { Verdict::noted(noted) } else { Verdict::But(explaining) }
    }
}
