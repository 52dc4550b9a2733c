//! The passes by name.
//!
//! One list for the barriers of a run, for `ir PASS` on the command line, and for what `--timings` prints.

/// A pass. Their order is that of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pass {
    /// Texts to syntax.
    Parse,
    /// Names to ids.
    Resolve,
    /// Documents' facts onto operations and types.
    Merge,
    /// The part that is asked for, and what it needs.
    Select,
    /// What follows from the whole.
    Analyse,
    /// Rust names, places, types and texts.
    Plan,
    /// Files.
    Emit,
}

impl Pass {
    /// All passes in their order.
    pub const ALL: [Self; 7] = [
        Self::Parse,
        Self::Resolve,
        Self::Merge,
        Self::Select,
        Self::Analyse,
        Self::Plan,
        Self::Emit,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Resolve => "resolve",
            Self::Merge => "merge",
            Self::Select => "select",
            Self::Analyse => "analyse",
            Self::Plan => "plan",
            Self::Emit => "emit",
        }
    }
}
