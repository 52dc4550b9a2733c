//! Shows diagnostics: to a person as rustc does, to a program as lines of JSON.
//!
//! In come the texts and one finding, out goes text. Holds: whatever the sources contain, what is
//! printed has no control character but the line feed (and, where styled, the escapes that we wrote),
//! nothing that reorders or hides text, and is short; a span that fits no text shows as a place
//! in it, never as a panic.

mod excerpt;
mod human;
mod json;
mod visible;

pub use human::human;
pub use json::{escaped, json};
pub use visible::line;
