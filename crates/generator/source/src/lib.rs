//! Source texts, places in them, and what there is to say about those places.
//!
//! Every other crate of the generator stands on this one, and this one knows none of them:
//! a [`SourceMap`] holds the texts, a [`Span`] names a place in one of them, a [`Diagnostic`]
//! says something about some places under a [`Code`] of the [`catalogue`], and [`render`] shows it
//! to a person or to a program.

pub mod catalogue;
mod diagnostic;
mod json;
pub mod render;
mod source_map;
mod span;
mod suggest;
pub mod wildcard;
mod words;

pub use catalogue::{Code, Severity};
pub use diagnostic::{Diagnostic, Diagnostics, Label};
pub use json::{Json, JsonKind, JsonMember};
pub use source_map::{Position, SourceFile, SourceMap};
pub use span::{FileId, Span, Spanned};
pub use suggest::{Suggestions, closest, edit_distance, nearest};
pub use words::{or_list, shortened, shortened_to};
