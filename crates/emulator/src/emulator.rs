//! An emulator in the process: asked, told, and stopped.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use msgraph_core::ServiceError;
use msgraph_server::Principal;
use serde::Serialize;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::builder::{Builder, Error};
use crate::document::Document;
use crate::front::{Faults, Front, Logged};
use crate::mailbox::{Snapshot, no_object};

/// An emulator that runs. It stops when it is dropped.
pub struct Emulator {
    pub(crate) address: SocketAddr,
    pub(crate) front: Arc<Front>,
    pub(crate) token: String,
    pub(crate) admin_token: String,
    pub(crate) stop: oneshot::Sender<()>,
    pub(crate) serving: JoinHandle<()>,
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
        self.front.callers.make(caller)
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
