//! What is logged, as text.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::{Metadata, span};

/// A subscriber that keeps everything: a line for each span and event, with all that is recorded of it.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    /// All of it.
    pub(crate) fn text(&self) -> String {
        self.0.lock().expect("no panic").join("\n")
    }

    /// The lines of the client itself.
    pub(crate) fn own_lines(&self) -> Vec<String> {
        let lines = self.0.lock().expect("no panic");
        lines.iter().filter(|line| line.starts_with("msgraph_client")).cloned().collect()
    }

    /// Begins a line, and tells its number.
    fn begin(&self, metadata: &Metadata<'_>) -> usize {
        let mut lines = self.0.lock().expect("no panic");
        lines.push(format!("{} {}", metadata.target(), metadata.name()));
        lines.len() - 1
    }
}

/// Writes into a line.
struct Line<'a>(&'a Log, usize);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0.0.lock().expect("no panic")[self.1], " {field}={value:?}");
    }
}

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let line = self.begin(attributes.metadata());
        attributes.record(&mut Line(self, line));
        span::Id::from_u64(line as u64 + 1)
    }
    fn record(&self, id: &span::Id, values: &span::Record<'_>) {
        let line = usize::try_from(id.into_u64() - 1).expect("a line");
        values.record(&mut Line(self, line));
    }
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        let line = self.begin(event.metadata());
        event.record(&mut Line(self, line));
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}
