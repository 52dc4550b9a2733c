//! A subscriber that keeps everything as text.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, OnceLock};

use tracing::field::{Field, Visit};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, span};

#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<String>>);

impl Log {
    /// A log of what this thread does, as long as the guard is kept.
    pub(crate) fn start() -> (Self, DefaultGuard) {
        // Where there is one subscriber only, the first thread that comes to a place of the code decides for all
        // whether it is logged, and that may be one of another test. So there is always a second one.
        static SECOND: OnceLock<Dispatch> = OnceLock::new();
        SECOND.get_or_init(|| Dispatch::new(Self::default()));
        let log = Self::default();
        (log.clone(), tracing::subscriber::set_default(log))
    }

    /// What was written since it was last taken.
    pub(crate) fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap())
    }

    fn write(&self, metadata: &tracing::Metadata<'_>) {
        let _ = write!(self.0.lock().unwrap(), "\n{} {}", metadata.target(), metadata.name());
    }
}

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        self.write(attributes.metadata());
        attributes.record(&mut self.clone());
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut self.clone());
    }
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        self.write(event.metadata());
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0.lock().unwrap(), " {field}={value:?};");
    }
}

/// The reason that the log gives for a refusal.
pub(crate) fn reason(log: &str) -> &str {
    let reason = log.split_once("reason=").map_or("none", |(_, rest)| rest);
    reason.split_once(';').map_or(reason, |(reason, _)| reason)
}
