//! Shows diagnostics: to a person as rustc does or as one line, to a program as lines of JSON or as SARIF.
//!
//! In come the texts and one finding, out goes text. Holds: whatever the sources contain, what is
//! printed has no control character but the line feed (and, where styled, the escapes that we wrote),
//! nothing that reorders or hides text, and is short; a span that fits no text shows as a place
//! in it, never as a panic.

mod excerpt;
mod finding;
mod human;
mod json;
mod sarif;
mod short;
mod visible;

pub use excerpt::{Excerpt, excerpt};
pub use finding::Finding;
pub use human::human;
pub use json::{escaped, json};
pub use sarif::sarif;
pub use short::short;
pub use visible::{line, lines};
