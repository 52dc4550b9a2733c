//! What can go wrong with the database, and what a caller of the emulator is told of it.

use http::StatusCode;
use msgraph_core::ServiceError;

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The address is none of a database that the emulator knows.
    #[error("the address of the database cannot be used; SQLite takes a path, PostgreSQL `postgres://…`")]
    Address,
    /// The database holds tables of something else, and is left alone.
    #[error("the database holds tables that are not the emulator's; give it another one")]
    Foreign,
    /// The tables are those of another version of the emulator.
    #[error("the database has tables of version {found}, and this emulator knows version 1; give it another one")]
    Version {
        /// The version of the tables.
        found: i64,
    },
    /// The database says no.
    #[error("the database fails: {0}")]
    Database(#[from] sqlx::Error),
    /// A row holds what the emulator has not written.
    #[error("the database holds a document that is no JSON object: {key}")]
    Document {
        /// The key of the row.
        key: String,
    },
}

/// `SQLITE_BUSY`, `SQLITE_LOCKED`, and PostgreSQL's failures that another try may not meet.
const BUSY: [&str; 8] = ["5", "6", "261", "262", "517", "40001", "40P01", "55P03"];
/// `SQLITE_FULL`, and PostgreSQL's `disk_full`.
const FULL: [&str; 2] = ["13", "53100"];

impl StoreError {
    /// The code of the database itself.
    fn code(&self) -> Option<String> {
        let Self::Database(sqlx::Error::Database(error)) = self else { return None };
        error.code().map(|code| code.into_owned())
    }
}

impl From<StoreError> for ServiceError {
    /// 507 where the disk is full, 503 where another try may succeed, 500 otherwise.
    fn from(error: StoreError) -> Self {
        let code = error.code().unwrap_or_default();
        tracing::warn!(%error, code, "the database failed");
        if FULL.contains(&code.as_str()) {
            let message = "The disk of the emulator is full; nothing was written.";
            return Self::new(StatusCode::INSUFFICIENT_STORAGE, message);
        }
        let is_busy = BUSY.contains(&code.as_str())
            || matches!(error, StoreError::Database(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_)));
        if is_busy {
            let message = "The database of the emulator is busy; nothing was written.";
            return Self::new(StatusCode::SERVICE_UNAVAILABLE, message);
        }
        Self::internal("The database of the emulator failed; its log says why.")
    }
}
