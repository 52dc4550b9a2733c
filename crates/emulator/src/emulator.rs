//! An emulator in the process: started, asked, and stopped.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use msgraph_core::ServiceError;
use msgraph_server::{Principal, serve};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::admin::Admin;
use crate::document::Document;
use crate::faults::{Faults, Rate};
use crate::front::Front;
use crate::log::{Log, Logged};
use crate::mailbox::{Mailbox, Uploads, no_object};
use crate::seed::seed;
use crate::snapshot::Snapshot;
use crate::store::{Database, Store, StoreError};
use crate::tokens::{ALL_PERMISSIONS, Tokens};
use crate::versions::{Beta, V1};

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
        if self.is_seeded {
            let mut transaction = store.write().await?;
            if transaction.clock().await? == (0, 0) {
                seed(&mut transaction).await?;
                transaction.commit().await?;
            }
        }
        let listener = TcpListener::bind(self.address).await;
        let listen = |source| Error::Listen { address: self.address, source };
        let listener = listener.map_err(listen)?;
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

        let uploads = Uploads::default();
        let mailbox = Arc::new(Mailbox { store, uploads, page_size: self.page_size });
        let v1 = msgraph_v1_server::router(V1(mailbox.clone()), callers.clone());
        let beta = msgraph_beta_server::router(Beta(mailbox.clone()), callers.clone());
        let admin = Admin {
            is_on: self.has_admin,
            guard,
            callers: callers.clone(),
            is_seeded: self.is_seeded,
        };
        let front = Arc::new(Front {
            graph: v1.merge(beta.reset_fallback()),
            mailbox,
            faults: Faults::new(self.throttled, self.unavailable_every),
            log: Log::default(),
            admin,
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let router = front.clone().router();
        let serving = tokio::spawn(async move {
            // Whoever drops the sender stops it, too.
            serve(listener, router).until(async { drop(stopped.await) }).await;
        });
        Ok(Emulator { address, front, callers, token, admin_token, stop, serving })
    }
}

/// An emulator that runs. It stops when it is dropped.
pub struct Emulator {
    address: SocketAddr,
    front: Arc<Front>,
    callers: Tokens,
    token: String,
    admin_token: String,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
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

impl fmt::Debug for Emulator {
    /// Without tokens, and without what it holds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Emulator {
    /// Starts one in memory, at a free port.
    ///
    /// # Errors
    /// As of [`Builder::start`].
    pub async fn start() -> Result<Self, Error> {
        Self::builder().start().await
    }

    /// One that is to be another.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of where it listens: `http://127.0.0.1:49152`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The base URL of v1.0.
    pub fn v1(&self) -> String {
        format!("{}{}", self.url(), msgraph_v1_server::BASE)
    }

    /// The base URL of beta.
    pub fn beta(&self) -> String {
        format!("{}{}", self.url(), msgraph_beta_server::BASE)
    }

    /// The token of a user who may do all that the emulator does.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// A token for another caller.
    pub fn token_for(&self, caller: Principal) -> String {
        self.callers.make(caller)
    }

    /// The token of the administrator, for what is below `/admin`.
    pub fn admin_token(&self) -> &str {
        &self.admin_token
    }

    /// The faults that are to come.
    pub fn faults(&self) -> &Faults {
        &self.front.faults
    }

    /// The requests that came, oldest first: the last 10,000 of them, as far as they have 16 MiB together.
    pub fn requests(&self) -> Vec<Logged> {
        self.front.log.all()
    }

    /// Makes a group, or changes the one that has this id.
    ///
    /// # Errors
    /// What the database says, as an answer would tell it; 400 where the group is no JSON object.
    pub async fn put_group(
        &self,
        id: &str,
        group: &(impl Serialize + Sync),
    ) -> Result<(), ServiceError> {
        let group = serde_json::to_string(group).and_then(|text| Document::of_text(&text));
        self.front.mailbox.put_group(id, group.map_err(|_| no_object())?).await
    }

    /// Takes a group away, with its conversations.
    ///
    /// # Errors
    /// 404 where there is none; else what the database says.
    pub async fn remove_group(&self, id: &str) -> Result<(), ServiceError> {
        self.front.mailbox.remove_group(id).await
    }

    /// All that it holds.
    ///
    /// # Errors
    /// What the database says.
    pub async fn snapshot(&self) -> Result<Snapshot, ServiceError> {
        self.front.mailbox.snapshot().await
    }

    /// Puts back what it held once.
    ///
    /// # Errors
    /// 400 where the snapshot is broken, and what the database says; then all is as it was.
    pub async fn restore(&self, snapshot: &Snapshot) -> Result<(), ServiceError> {
        self.front.mailbox.restore(snapshot).await
    }

    /// Begins anew.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reset(&self) -> Result<(), ServiceError> {
        self.front.mailbox.reset(self.front.admin.is_seeded).await
    }

    /// Makes all tokens of changes void, so that they are answered with 410.
    ///
    /// # Errors
    /// What the database says.
    pub async fn expire_delta_tokens(&self) -> Result<(), ServiceError> {
        self.front.mailbox.expire_tokens().await
    }

    /// Stops it: requests that are being answered get their answers, and the database is closed.
    pub async fn stop(self) {
        let Self { front, stop, serving, .. } = self;
        // Who serves may have ended already, and what it ended with is in the log.
        let (_, _) = (stop.send(()), serving.await);
        front.mailbox.store.close().await;
    }
}
