//! The plan, printed: files of Rust and TOML.
//!
//! In comes a [`Plan`], out comes an [`OutputSet`] or, where tokens are no program, the reasons. There
//! is one emitter per kind of file; none of them sees the schema, chooses a name or takes a decision.
//! What holds: every file begins with the marker, is formatted as `rustfmt` leaves it (under the
//! settings that are generated beside it), and is the same for the same plan.

mod client;
mod manifest;
mod models;
mod output;
mod print;
mod server;

pub use output::{EmitError, MARKER, OutputSet};

use msgraph_plan::Plan;

/// Prints the plan.
///
/// # Errors
/// Files that cannot be printed. Nothing is given out then: a file that is not formatted would most
/// likely not compile either.
pub fn emit(plan: &Plan) -> Result<OutputSet, Vec<EmitError>> {
    let mut output = output::Output::default();
    models::emit(&plan.models, &mut output);
    client::emit(&plan.client, &mut output);
    server::emit(&plan.server, &mut output);
    output.finish()
}
