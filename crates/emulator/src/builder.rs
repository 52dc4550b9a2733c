//! How an emulator is to be, and how it starts: the database first, then the address, then what answers there.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use msgraph_server::{Principal, serve};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::emulator::Emulator;
use crate::front::{Admin, Faults, Front, Log, Rate, Tokens};
use crate::mailbox::{Mailbox, Uploads};
use crate::store::{Database, Store, StoreError};
use crate::versions::{Beta, V1};

/// The permissions of the conversations of groups, delegated and of applications.
pub const ALL_PERMISSIONS: [&str; 2] = ["Group.ReadWrite.All", "Group.Read.All"];

/// Why an emulator does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Its database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its address cannot be listened at.
    #[error("cannot listen at {address}: {source}; port 0 takes any that is free")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
}

/// How an emulator is to be.
#[derive(Clone)]
#[must_use = "a builder starts nothing until `start`"]
pub struct Builder {
    address: SocketAddr,
    database: Database,
    most_bytes: Option<u64>,
    is_seeded: bool,
    has_admin: bool,
    page_size: usize,
    token: Option<String>,
    throttled: Option<Rate>,
    unavailable_every: Option<u64>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            database: Database::Memory,
            most_bytes: None,
            is_seeded: true,
            has_admin: false,
            page_size: 20,
            token: None,
            throttled: None,
            unavailable_every: None,
        }
    }
}

impl Builder {
    /// Where to listen; at any free port of this machine by default.
    pub fn address(self, address: SocketAddr) -> Self {
        Self { address, ..self }
    }

    /// Where to keep what it is told; in memory by default.
    pub fn database(self, database: Database) -> Self {
        Self { database, ..self }
    }

    /// The most bytes that a file of SQLite may have; writes beyond are answered with 507.
    pub fn most_bytes(self, bytes: u64) -> Self {
        Self { most_bytes: Some(bytes), ..self }
    }

    /// Whether a new database gets groups and a thread; it does by default.
    pub fn seeded(self, is_seeded: bool) -> Self {
        Self { is_seeded, ..self }
    }

    /// Whether it is administered over HTTP, below `/admin`; it is not by default.
    pub fn admin(self, has_admin: bool) -> Self {
        Self { has_admin, ..self }
    }

    /// How many items a page has where a request does not say; 20 by default, and at least 1.
    pub fn page_size(self, items: usize) -> Self {
        Self { page_size: items.max(1), ..self }
    }

    /// The token that is ready from the beginning; a random one by default.
    pub fn token(self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self }
    }

    /// Throttles what comes faster than this.
    pub fn throttled(self, rate: Rate) -> Self {
        Self { throttled: Some(rate), ..self }
    }

    /// Answers one request in so many with 503.
    pub fn unavailable_every(self, requests: u64) -> Self {
        Self { unavailable_every: Some(requests.max(1)), ..self }
    }

    /// Starts the emulator, on the runtime that this is called on.
    ///
    /// # Errors
    /// The database cannot be used, or the address not be listened at.
    pub async fn start(self) -> Result<Emulator, Error> {
        let store = Store::open(&self.database, self.most_bytes).await?;
        let mailbox =
            Arc::new(Mailbox { store, uploads: Uploads::default(), page_size: self.page_size });
        if self.is_seeded {
            mailbox.seed_if_new().await?;
        }
        let listen = |source| Error::Listen { address: self.address, source };
        let listener = TcpListener::bind(self.address).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;

        let callers = Tokens::default();
        let everything = Principal::work("adele@emulator.example", ALL_PERMISSIONS);
        let token = match self.token {
            Some(token) => {
                callers.accept(&token, everything);
                token
            }
            None => callers.make(everything),
        };
        let guard = Tokens::default();
        let admin_token = guard.make(Principal::application("administrator", [""; 0]));

        let v1 = msgraph_v1_server::router(V1(mailbox.clone()), callers.clone());
        let beta = msgraph_beta_server::router(Beta(mailbox.clone()), callers.clone());
        let front = Arc::new(Front {
            graph: v1.merge(beta.reset_fallback()),
            mailbox,
            faults: Faults::new(self.throttled, self.unavailable_every),
            log: Log::default(),
            admin: Admin { is_on: self.has_admin, guard, is_seeded: self.is_seeded },
            callers,
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let router = front.clone().router();
        let serving = tokio::spawn(async move {
            // Whoever drops the sender stops it, too.
            serve(listener, router).until(async { drop(stopped.await) }).await;
        });
        Ok(Emulator { address, front, token, admin_token, stop, serving })
    }
}

impl fmt::Debug for Builder {
    /// Without the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("address", &self.address)
            .field("database", &self.database)
            .finish_non_exhaustive()
    }
}
