//! What a run makes of what the passes found, before anything is shown.
//!
//! In come diagnostics; out go how bad each is held to be in this run, by what it is known from run to
//! run, whether it was accepted for a reason or is an old debt, and counts. Policy is here alone: the
//! passes report all, and the commands show what is left.

pub(crate) mod baseline;
pub(crate) mod codes;
pub(crate) mod identity;
pub(crate) mod levels;
mod page_paths;
pub(crate) mod summary;
pub(crate) mod suppressions;
