//! Where the emulator keeps what it is told: SQLite in memory or in a file, or PostgreSQL, by the same queries.
//!
//! A [`Store`] gives transactions ([`Transaction`]); everything that is read and written for one request is one of
//! them, and reads one state of the database. What is committed is on the disk. Several processes may work on one database: SQLite locks its file, and a
//! writer that waits for longer than [`BUSY`] is told so.

mod entities;
mod error;

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Connection as _};

pub(crate) use entities::{Entity, Kind};
pub use error::StoreError;

/// How long a writer waits for another process to finish.
const BUSY: Duration = Duration::from_secs(5);

/// What a path keeps in a `sqlite:` address.
const IN_PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b':');

/// The statements that begin transactions.
#[derive(Debug, Clone, Copy)]
struct Begin {
    /// One that only reads: all its statements see the state that the first one saw.
    reading: &'static str,
    /// One that writes: one at a time, so that what it has read is still so when it writes.
    writing: &'static str,
}

/// A reader keeps what its first statement saw, whoever writes meanwhile, since the file has a log for what is written.
const SQLITE: Begin = Begin { reading: "BEGIN DEFERRED", writing: "BEGIN IMMEDIATE" };

/// By default each statement would see what was committed before it. The number is that of the writers' lock, "msgraph"
/// in ASCII.
const POSTGRES: Begin = Begin {
    reading: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    writing: "BEGIN; SELECT pg_advisory_xact_lock(30807660599275624)",
};

/// The version of the tables.
const VERSION: i64 = 1;

/// Which database the emulator keeps its data in.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// SQLite in memory, which ends with the emulator.
    Memory,
    /// SQLite in a file, which is made where there is none.
    File(PathBuf),
    /// PostgreSQL, by its address: `postgres://user:password@host/database`. The tables stand in a schema of their own,
    /// `msgraph_emulator`.
    Postgres(String),
}

impl fmt::Debug for Database {
    /// Without the address of PostgreSQL, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("in memory"),
            Self::File(path) => path.display().fmt(f),
            Self::Postgres(_) => f.write_str("PostgreSQL"),
        }
    }
}

/// A database whose tables are there.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pool: AnyPool,
    begin: Begin,
}

/// What is read and written together. What is not committed when it is dropped is rolled back, before anybody else gets
/// its connection.
///
/// Not sqlx's own, which loses count of its depth where a commit fails, as it does on a full disk.
pub(crate) struct Transaction {
    inner: PoolConnection<Any>,
}

impl Store {
    /// Opens a database, and makes the tables where there are none. An SQLite file grows to `most_bytes` at most.
    pub(crate) async fn open(
        database: &Database,
        most_bytes: Option<u64>,
    ) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let is_sqlite = !matches!(database, Database::Postgres(_));
        let statements =
            if is_sqlite { sqlite_statements(most_bytes) } else { postgres_statements() };
        let options = options(database)?;
        // A pool tries again for as long as it may wait; where nobody answers now, nobody will.
        AnyConnection::connect_with(&options).await?.close().await?;
        let connections = if *database == Database::Memory { 1 } else { 4 };
        let pool = AnyPoolOptions::new()
            .max_connections(connections)
            // The only connection to a database in memory is the database.
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(Duration::from_secs(30))
            .after_connect(move |connection, _| {
                let statements = statements.clone();
                Box::pin(async move {
                    for statement in statements {
                        sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
                            .execute(&mut *connection)
                            .await?;
                    }
                    Ok(())
                })
            })
            .after_release(|connection, _| {
                Box::pin(async move {
                    // SQLite says so where there is nothing to roll back.
                    let _ = sqlx::raw_sql("ROLLBACK").execute(connection).await;
                    Ok(true)
                })
            })
            .connect_with(options)
            .await?;
        let begin = if is_sqlite { SQLITE } else { POSTGRES };
        let store = Self { pool, begin };
        store.make_tables(is_sqlite).await?;
        Ok(store)
    }

    /// A transaction that only reads, and sees one state.
    pub(crate) async fn read(&self) -> Result<Transaction, StoreError> {
        self.begin(self.begin.reading).await
    }

    /// A transaction that may write; nothing of it stays unless it is [committed](Transaction::commit).
    pub(crate) async fn write(&self) -> Result<Transaction, StoreError> {
        self.begin(self.begin.writing).await
    }

    async fn begin(&self, statement: &'static str) -> Result<Transaction, StoreError> {
        let mut inner = self.pool.acquire().await?;
        sqlx::raw_sql(statement).execute(&mut *inner).await?;
        Ok(Transaction { inner })
    }

    /// Waits until nobody uses the database, and closes it.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    async fn make_tables(&self, is_sqlite: bool) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let tables = if is_sqlite {
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        } else {
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'msgraph_emulator'"
        };
        let tables: Vec<(String,)> =
            sqlx::query_as(tables).fetch_all(&mut *transaction.inner).await?;
        if tables.is_empty() {
            for statement in include_str!("schema.sql").split(';') {
                sqlx::raw_sql(statement).execute(&mut *transaction.inner).await?;
            }
            return transaction.commit().await;
        }
        if !tables.iter().any(|(name,)| name == "emulator") {
            return Err(StoreError::Foreign);
        }
        let (version,): (i64,) = sqlx::query_as("SELECT version FROM emulator")
            .fetch_one(&mut *transaction.inner)
            .await?;
        if version == VERSION { Ok(()) } else { Err(StoreError::Version { found: version }) }
    }
}

impl Transaction {
    /// Keeps what was written. Behind it, it is on the disk.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        sqlx::raw_sql("COMMIT").execute(&mut *self.inner).await?;
        Ok(())
    }
}

fn options(database: &Database) -> Result<AnyConnectOptions, StoreError> {
    let address = match database {
        Database::Memory => "sqlite::memory:".to_owned(),
        Database::File(path) => file_address(path),
        Database::Postgres(address) => address.clone(),
    };
    AnyConnectOptions::from_str(&address).map_err(|_| StoreError::Address)
}

fn file_address(path: &Path) -> String {
    let path = path.to_string_lossy();
    format!("sqlite://{}?mode=rwc", utf8_percent_encode(&path, IN_PATH))
}

/// A commit waits for the disk, and readers wait for nobody.
fn sqlite_statements(most_bytes: Option<u64>) -> Vec<String> {
    const PAGE: u64 = 4096;
    let mut statements = vec![
        format!("PRAGMA busy_timeout = {}", BUSY.as_millis()),
        "PRAGMA journal_mode = WAL".to_owned(),
        "PRAGMA synchronous = FULL".to_owned(),
        "PRAGMA foreign_keys = ON".to_owned(),
    ];
    statements.extend(
        most_bytes.map(|bytes| format!("PRAGMA max_page_count = {}", (bytes / PAGE).max(1))),
    );
    statements
}

fn postgres_statements() -> Vec<String> {
    vec![
        "SET client_min_messages = warning".to_owned(),
        format!("SET lock_timeout = {}", BUSY.as_millis()),
        "CREATE SCHEMA IF NOT EXISTS msgraph_emulator".to_owned(),
        "SET search_path = msgraph_emulator".to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Database, Store};

    #[tokio::test]
    async fn a_reader_of_a_file_sees_one_state() {
        let folder = tempfile::tempdir().unwrap();
        let file = Database::File(folder.path().join("graph.sqlite3"));
        let store = Store::open(&file, None).await.unwrap();
        let mut reader = store.read().await.unwrap();
        assert_eq!(reader.clock().await.unwrap(), (0, 0));
        let mut writer = store.write().await.unwrap();
        writer.next_epoch().await.unwrap();
        writer.commit().await.unwrap();
        assert_eq!(reader.clock().await.unwrap(), (0, 0), "as it began");
        drop(reader);
        assert_eq!(store.read().await.unwrap().clock().await.unwrap(), (0, 1));
    }
}
