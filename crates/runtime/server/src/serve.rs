//! A router behind a listener, for production: HTTP/1.1 over connections that who asks nothing cannot hold open.
//!
//! In come a listener and a router; out come answers, until a future ends it. Holds: a connection is closed where the head of
//! its next request does not arrive in time, be it slow or idle, and where nothing of an answer can be sent for long; there are
//! only so many connections, and further ones wait to be accepted; once it is to end, nothing more is accepted, what is being answered is answered within a grace period, and
//! nothing is left running. TLS is for a proxy in front of it, and so is who reads an answer a byte at a time.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_io_timeout::TimeoutStream;

/// Serves `router` on `listener`: `serve(listener, router).until(signal).await`.
pub fn serve(listener: TcpListener, router: Router) -> Serve {
    Serve {
        listener,
        router,
        header_timeout: Duration::from_secs(30),
        write_timeout: Duration::from_secs(30),
        connections: 10_000,
        grace: Duration::from_secs(30),
    }
}

/// A router that is about to be served. Made by [`serve`].
#[derive(Debug)]
#[must_use = "nothing is served before `until`"]
pub struct Serve {
    listener: TcpListener,
    router: Router,
    header_timeout: Duration,
    write_timeout: Duration,
    connections: usize,
    grace: Duration,
}

impl Serve {
    /// The longest time in which the head of a request has to arrive, from the end of the one before; 30 seconds by
    /// default. Where a proxy keeps connections open, it should give them up sooner than this.
    pub fn header_timeout(mut self, time: Duration) -> Self {
        self.header_timeout = time;
        self
    }

    /// The longest time in which nothing of an answer can be sent, because the caller takes nothing; 30 seconds by default. An
    /// answer that the service has not made yet does not count.
    pub fn write_timeout(mut self, time: Duration) -> Self {
        self.write_timeout = time;
        self
    }

    /// The most connections at once, at least one; 10,000 by default. Each takes a file descriptor, and memory for what it
    /// sends and gets: 400 kB at most for the head of a request, and its body and answer.
    pub fn connection_limit(mut self, connections: usize) -> Self {
        self.connections = connections.clamp(1, Semaphore::MAX_PERMITS);
        self
    }

    /// The longest time in which what is being answered may be finished, once it is to end; 30 seconds by default.
    pub fn grace(mut self, time: Duration) -> Self {
        self.grace = time;
        self
    }

    /// Serves until `end` is there, such as a signal of the system, and what was being answered is answered.
    pub async fn until(self, end: impl Future<Output = ()>) {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(self.header_timeout);
        let places = Arc::new(Semaphore::new(self.connections));
        let (ending, is_ending) = watch::channel(());
        let mut running = JoinSet::new();
        let mut end = pin!(end);
        loop {
            let accepting = async {
                // The semaphore is never closed.
                let place = Arc::clone(&places).acquire_owned().await.ok();
                (accept(&self.listener).await, place)
            };
            tokio::select! {
                () = &mut end => break,
                (stream, place) = accepting => {
                    let mut stream = TimeoutStream::new(stream);
                    stream.set_write_timeout(Some(self.write_timeout));
                    let connection = connection(&http, stream, self.router.clone(), is_ending.clone());
                    running.spawn(async move {
                        connection.await;
                        drop(place);
                    });
                }
                // What has ended is forgotten.
                Some(_) = running.join_next() => {}
            }
        }
        drop(self.listener);
        drop(is_ending);
        drop(ending);
        let all = async { while running.join_next().await.is_some() {} };
        if tokio::time::timeout(self.grace, all).await.is_err() {
            tracing::warn!(connections = running.len(), "cut off what was not answered in time");
            running.shutdown().await;
        }
    }
}

/// The next connection. Where the system has no more of them for now, it waits a little and asks again.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Answers are small, and written whole.
                let _ = stream.set_nodelay(true);
                return stream;
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Answers the requests of one connection, until it ends; the one at work, once all is to end.
fn connection(
    http: &http1::Builder,
    stream: TimeoutStream<TcpStream>,
    router: Router,
    mut is_ending: watch::Receiver<()>,
) -> impl Future<Output = ()> + Send + use<> {
    let stream = TokioIo::new(Box::pin(stream));
    let connection = http.serve_connection(stream, TowerToHyperService::new(router));
    async move {
        let mut connection = pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            // The sender is gone.
            _ = is_ending.changed() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection broke");
        }
    }
}
