//! The second process: both servers on one thread, and how to start it.

use std::error::Error;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use axum::extract::Path;
use axum::routing::post;
use axum::{Json, Router};
use http::StatusCode;
use msgraph_v1_models::graph::ConversationThread;
use msgraph_v1_server::runtime::{Routes, RoutesService};
use msgraph_v1_server::{
    BASE, Context, Created, GroupThreads, Principal, ServiceError, StaticTokens, group_threads,
};
use tokio::net::TcpListener;

use crate::by_hand::Thread;

/// The token that the generated server accepts.
pub(crate) const TOKEN: &str = "secret";

/// Where the servers of the second process are; it ends with this.
pub(crate) struct Servers {
    child: Child,
    /// The generated server behind what comes with it to serve it; the others are behind axum's.
    pub(crate) generated: String,
    /// The generated server as a router.
    pub(crate) router: String,
    pub(crate) by_hand: String,
}

impl Servers {
    /// Starts the second process, and reads from it where they are.
    pub(crate) fn start() -> Result<Self, Box<dyn Error>> {
        let mut child =
            Command::new(std::env::current_exe()?).arg("serve").stdout(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let mut address = || -> Result<String, Box<dyn Error>> {
            Ok(lines.next().ok_or("the servers did not start")??)
        };
        Ok(Self { generated: address()?, router: address()?, by_hand: address()?, child })
    }

    /// The memory of the second process that is resident, in kB; none where the system does not tell.
    pub(crate) fn resident(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix("kB")?.trim().parse().ok()
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = (self.child.kill(), self.child.wait());
    }
}

pub(crate) struct Threads;

impl GroupThreads for Threads {
    async fn create(
        &self,
        _group_id: String,
        thread: ConversationThread,
        _context: Context,
    ) -> Result<Created<ConversationThread>, ServiceError> {
        Ok(Created(thread.with_id("AAQkADQDarUNUq0yVGnhPFzqQ==").with_is_locked(false)))
    }
}

async fn create(
    Path(_group_id): Path<String>,
    Json(thread): Json<Thread>,
) -> (StatusCode, Json<Thread>) {
    let id = Some("AAQkADQDarUNUq0yVGnhPFzqQ==".to_owned());
    (StatusCode::CREATED, Json(Thread { id, is_locked: Some(false), ..thread }))
}

fn routes() -> Routes<Threads, StaticTokens> {
    let guard = StaticTokens::new().with(TOKEN, Principal::work("alex", ["Group.ReadWrite.All"]));
    group_threads::routes(Routes::new(BASE, Threads, guard))
}

/// The generated server, guard and all.
pub(crate) fn generated() -> RoutesService<Threads, StaticTokens> {
    routes().into_service()
}

/// What one would write by hand.
pub(crate) fn by_hand() -> Router {
    Router::new().route("/v1.0/groups/{id}/threads", post(create))
}

/// Serves all, on one thread, so that the other core is the caller's; tells where.
pub(crate) fn serve() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let bind = || TcpListener::bind("127.0.0.1:0");
        let listeners = (bind().await?, bind().await?, bind().await?);
        for listener in [&listeners.0, &listeners.1, &listeners.2] {
            println!("{}", listener.local_addr()?);
        }
        let ours = msgraph_server::serve(listeners.0, generated()).until(std::future::pending());
        let router = axum::serve(listeners.1, routes().into_router());
        let peer = axum::serve(listeners.2, by_hand());
        tokio::select! {
            () = ours => Ok(()),
            ended = router.into_future() => Ok(ended?),
            ended = peer.into_future() => Ok(ended?),
        }
    })
}
