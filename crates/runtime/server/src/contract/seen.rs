//! What a handler saw, told to the test that called it.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Mismatch, Outcome};

/// Holds the values that a handler was called with. Clones share them.
#[derive(Debug)]
pub struct Seen<T> {
    values: Arc<Mutex<Vec<T>>>,
}

impl<T> Seen<T> {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { values: Arc::default() }
    }

    /// Adds a value.
    pub fn record(&self, value: T) {
        self.values.lock().unwrap_or_else(PoisonError::into_inner).push(value);
    }

    /// The only value; a mismatch if there is none, or another one.
    pub fn take(&self) -> Outcome<T> {
        let mut values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        match (values.pop(), values.len()) {
            (Some(value), 0) => Ok(value),
            (None, _) => Err(Mismatch::new("the handler was not called")),
            (Some(_), more) => {
                Err(Mismatch::new(format!("the handler was called {} times", more + 1)))
            }
        }
    }
}

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Clone for Seen<T> {
    fn clone(&self) -> Self {
        Self { values: Arc::clone(&self.values) }
    }
}
