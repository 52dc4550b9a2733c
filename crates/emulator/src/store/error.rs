//! What can go wrong with the database, and what a caller of the emulator is told of it.

use http::{HeaderValue, StatusCode, header};
use msgraph_core::ServiceError;

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The address is none of a database that the emulator knows.
    #[error(
        "the address of the database cannot be used; SQLite takes a path, PostgreSQL `postgres://…`"
    )]
    Address,
    /// The database holds tables of something else, and is left alone.
    #[error("the database holds tables that are not the emulator's; give it another one")]
    Foreign,
    /// The tables are those of another version of the emulator.
    #[error(
        "the database has tables of version {found}, and this emulator knows version 1; give it another one"
    )]
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

/// What is wrong, by the code of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// The disk, or the file as far as it may grow.
    Full,
    /// What another try may not meet.
    Busy,
    Other,
}

impl Trouble {
    /// Of SQLite the lower byte tells the kind: `SQLITE_FULL`, `SQLITE_BUSY`, `SQLITE_LOCKED`, `SQLITE_IOERR`. Of
    /// PostgreSQL `disk_full`, `serialization_failure`, `deadlock_detected`, `lock_not_available`, and the classes of
    /// lost connections and lacking resources.
    fn of(code: &str) -> Self {
        let of_sqlite = match code.len() {
            5 => None,
            _ => code.parse::<u32>().ok().map(|code| code & 0xff),
        };
        match (of_sqlite, code) {
            (Some(13), _) | (_, "53100") => Self::Full,
            (Some(5 | 6 | 10), _) | (_, "40001" | "40P01" | "55P03") => Self::Busy,
            _ if code.len() == 5 && (code.starts_with("08") || code.starts_with("53")) => {
                Self::Busy
            }
            _ => Self::Other,
        }
    }
}

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
        let is_lost =
            matches!(error, StoreError::Database(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_)));
        match Trouble::of(&code) {
            Trouble::Full => Self::new(
                StatusCode::INSUFFICIENT_STORAGE,
                "The disk of the emulator is full; nothing was written.",
            ),
            Trouble::Other if !is_lost => {
                Self::internal("The database of the emulator failed; its log says why.")
            }
            Trouble::Busy | Trouble::Other => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "The database of the emulator is busy, or was lost; try again.",
            )
            .with_header(header::RETRY_AFTER, HeaderValue::from(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Trouble;

    #[test]
    fn codes_of_both_databases_are_told_apart() {
        for full in ["13", "53100"] {
            assert_eq!(Trouble::of(full), Trouble::Full, "{full}");
        }
        // `SQLITE_BUSY_SNAPSHOT`, `SQLITE_IOERR_WRITE`.
        for busy in ["5", "517", "6", "10", "778", "40001", "40P01", "53300", "08006"] {
            assert_eq!(Trouble::of(busy), Trouble::Busy, "{busy}");
        }
        // `SQLITE_CONSTRAINT_FOREIGNKEY`, and a broken rule of PostgreSQL.
        for other in ["", "787", "23503"] {
            assert_eq!(Trouble::of(other), Trouble::Other, "{other}");
        }
    }
}
