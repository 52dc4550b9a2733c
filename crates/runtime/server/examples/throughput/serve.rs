//! The second process: both servers on one thread, and how to start it.

use std::error::Error;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use axum::extract::Path;
use axum::routing::post;
use axum::{Json, Router};
use http::StatusCode;
use msgraph_v1_models::graph::ConversationThread;
use msgraph_v1_server::runtime::Routes;
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
    pub(crate) generated: String,
    pub(crate) by_hand: String,
}

impl Servers {
    /// Starts the second process, and reads from it where they are.
    pub(crate) fn start() -> Result<Self, Box<dyn Error>> {
        let mut child =
            Command::new(std::env::current_exe()?).arg("serve").stdout(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let mut address = || lines.next().ok_or("the servers did not start")?.map_err(Box::from);
        let (generated, by_hand): (String, String) = match (address(), address()) {
            (Ok(generated), Ok(by_hand)) => (generated, by_hand),
            (Err(error), _) | (_, Err(error)) => {
                let error: Box<dyn Error> = error;
                return Err(error);
            }
        };
        Ok(Self { child, generated, by_hand })
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = (self.child.kill(), self.child.wait());
    }
}

struct Threads;

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

/// Serves both, on one thread, so that the other core is the caller's; tells where.
pub(crate) fn serve() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let guard =
            StaticTokens::new().with(TOKEN, Principal::work("alex", ["Group.ReadWrite.All"]));
        let routes = group_threads::routes(Routes::new(BASE, Threads, guard));
        let by_hand = Router::new().route("/v1.0/groups/{id}/threads", post(create));
        let listeners =
            (TcpListener::bind("127.0.0.1:0").await?, TcpListener::bind("127.0.0.1:0").await?);
        println!("{}\n{}", listeners.0.local_addr()?, listeners.1.local_addr()?);
        let generated = axum::serve(listeners.0, routes.into_router());
        let by_hand = axum::serve(listeners.1, by_hand);
        tokio::try_join!(generated.into_future(), by_hand.into_future())?;
        Ok(())
    })
}
