//! A service behind a listener, for production: HTTP/1.1 over connections that who asks nothing cannot hold open.
//!
//! In come a listener and a service; out come answers, until a future ends it. Holds: a [`connection`] is closed where its
//! caller does nothing in time; there are only so many, and further ones wait to be accepted; once it is to end, nothing
//! more is accepted, what is being answered is answered within a grace period, and nothing is left running. TLS is for a
//! proxy in front of it, and so is who reads an answer a byte at a time.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};
use hyper::body::{Body, Incoming};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tower::Service;

use crate::connection::{Times, connection};

/// Serves `service` on `listener`: `serve(listener, service).until(signal).await`.
///
/// The service is one of [routes](crate::Routes::into_service), a [`Router`](crate::Router), or any other of tower.
pub fn serve<T>(listener: TcpListener, service: T) -> Serve<T> {
    Serve {
        listener,
        service,
        times: Times { head: Duration::from_secs(30), write: Duration::from_secs(30) },
        connections: 10_000,
        grace: Duration::from_secs(30),
    }
}

/// A service that is about to be served. Made by [`serve`].
#[must_use = "nothing is served before `until`"]
pub struct Serve<T> {
    listener: TcpListener,
    service: T,
    times: Times,
    connections: usize,
    grace: Duration,
}

impl<T> Serve<T> {
    /// The longest time in which the head of a request has to arrive, from the end of the one before; 30 seconds by
    /// default. Where a proxy keeps connections open, it should give them up sooner than this.
    pub fn header_timeout(mut self, time: Duration) -> Self {
        self.times.head = time;
        self
    }

    /// The longest time in which nothing of an answer can be sent, because the caller takes nothing; 30 seconds by default. An
    /// answer that the service has not made yet does not count.
    pub fn write_timeout(mut self, time: Duration) -> Self {
        self.times.write = time;
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
    pub async fn until<B>(self, end: impl Future<Output = ()>)
    where
        T: Service<Request<Incoming>, Response = Response<B>, Error = Infallible>,
        T: Clone + Send + 'static,
        T::Future: Send,
        B: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + Unpin + 'static,
    {
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
                    let service = self.service.clone();
                    let connection = connection(stream, service, self.times, is_ending.clone());
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

impl<T> fmt::Debug for Serve<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serve").field("listener", &self.listener).finish_non_exhaustive()
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
