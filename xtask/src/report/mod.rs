//! One self-contained HTML page that shows how far documents and metadata agree.
//!
//! In come the reviews of the pipeline, out goes the text of a page: [`Model`] gathers what is to
//! be shown, `summary` adds it up, `html` writes what can be read without a script, `data` what the
//! script reads, `document` puts them together. Holds: the same reviews give the same bytes; no text
//! of the inputs becomes markup or script; the page loads nothing.

mod data;
mod document;
mod file;
mod html;
mod markdown;
mod measure;
mod model;
mod names;
mod places;
mod summary;
mod texts;

pub(crate) use document::document;
pub(crate) use file::{Written, put};
pub(crate) use model::Model;
