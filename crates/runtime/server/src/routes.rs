//! From operations and a service to a router.
//!
//! Generated code names each operation, its path and the method of its trait; what is common to all
//! operations (guard, limits, reading, errors) is in [`dispatch`](crate::dispatch).

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::routing::any;
use msgraph_core::{Operation, ServiceError};

use crate::body::Limits;
use crate::call::Call;
use crate::dispatch::{Dispatcher, Endpoint, read};
use crate::guard::Guard;
use crate::respond::Answer;
use crate::tree::Tree;

/// Builds the router of a service.
///
/// ```text
/// Routes::new("/v1.0", service, guard)
///     .operation::<CreateThreads, _, _>("/groups/{group-id}/threads", |service, call| async move {
///         let [group_id] = call.path()?;
///         GroupThreads::create(&*service, group_id, call.body, call.context).await
///     })
///     .into_router()
/// ```
#[must_use = "routes serve nothing until `into_router`"]
pub struct Routes<S, G> {
    base: &'static str,
    service: Arc<S>,
    guard: G,
    limits: Limits,
    tree: Tree<Endpoint<S>>,
}

impl<S, G> Routes<S, G>
where
    S: Send + Sync + 'static,
    G: Guard,
{
    /// Routes below `base`, e.g. `/v1.0`, that lead to `service` and are guarded by `guard`.
    pub fn new(base: &'static str, service: S, guard: G) -> Self {
        Self {
            base,
            service: Arc::new(service),
            guard,
            limits: Limits::default(),
            tree: Tree::new(),
        }
    }

    /// The most bytes that a body may have; 4 MB by default, as in Graph.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.limits.length = bytes;
        self
    }

    /// The longest time that a body may take to arrive; a minute by default.
    pub fn body_timeout(mut self, time: Duration) -> Self {
        self.limits.time = time;
        self
    }

    /// Leads requests of `O` at `path` to `handler`. An operation may stand at several paths; of two
    /// with the same method at one path the first is called.
    ///
    /// A path is made of names, and keys in braces (`/groups/{group-id}/threads`). It answers to keys in
    /// parentheses too (`/groups('42')/threads`). A function has its parameters in parentheses, each
    /// with its value in braces (`/range(address='{address}',zone={zone?})`, where a question mark marks
    /// what may be absent), and so has an alternate key (`/groups(uniqueName='{uniqueName}')`). A path
    /// between colons addresses what lies below an item (`/root:/{item-path}:/children`).
    pub fn operation<O, F, R>(mut self, path: &'static str, handler: F) -> Self
    where
        O: Operation,
        F: Fn(Arc<S>, Call<O>) -> R + Send + Sync + 'static,
        R: Future<Output = Result<O::Response, ServiceError>> + Send + 'static,
    {
        let handler = Arc::new(handler);
        let endpoint = Endpoint::new::<O, _>(path, move |service, incoming| {
            let handler = Arc::clone(&handler);
            Box::pin(async move {
                let handling = handler(service, read::<O>(incoming)?);
                Ok(Answer::of(handling.await?))
            })
        });
        self.tree.grow(self.base).insert(path, endpoint);
        self
    }

    /// Leads requests of `O` at `path` to a method of the service, which `method` calls; else as
    /// [`operation`](Self::operation).
    ///
    /// Generated code has a function for each route. They are plain ones that hand a future on: an `async fn`
    /// costs the compiler five times as much, and there are thousands.
    pub fn method<O: Operation>(
        mut self,
        path: &'static str,
        method: for<'a> fn(&'a S, Call<O>) -> Answering<'a, O>,
    ) -> Self {
        let endpoint = Endpoint::new::<O, _>(path, move |service: Arc<S>, incoming| {
            Box::pin(async move {
                let answering = method(&service, read::<O>(incoming)?)?;
                Ok(Answer::of(answering.await?))
            })
        });
        self.tree.grow(self.base).insert(path, endpoint);
        self
    }

    /// The router, which also answers to everything outside of its base, with 401 or 404.
    ///
    /// To serve two versions at one address, merge them: `v1.merge(beta.reset_fallback())`.
    pub fn into_router(self) -> Router {
        let dispatcher =
            Arc::new(Dispatcher::new(self.service, self.guard, self.limits, self.tree));
        let handler = move |request: Request| {
            let dispatcher = Arc::clone(&dispatcher);
            async move { dispatcher.serve(request).await }
        };
        let router = Router::new();
        // The base is a path of plain names; another one is served by the fallback alone.
        let is_plain = self.base.starts_with('/')
            && self.base.len() > 1
            && self
                .base
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte))
            && self.base.split('/').skip(1).all(|segment| !segment.is_empty());
        let router = if is_plain {
            router
                .route(self.base, any(handler.clone()))
                .route(&format!("{}/{{*path}}", self.base), any(handler.clone()))
        } else {
            router
        };
        router.fallback(handler)
    }
}

/// The answer to come of an operation; an error where its method cannot be called.
pub type Answering<'a, O> = Promised<'a, <O as Operation>::Response>;

/// The answer to come, by its type.
pub type Promised<'a, R> =
    Result<Pin<Box<dyn Future<Output = Result<R, ServiceError>> + Send + 'a>>, ServiceError>;

/// What the method of a service will answer, as one type for all methods.
///
/// # Errors
/// None: arguments that cannot be read have failed before.
pub fn answering<'a, R>(
    answer: impl Future<Output = Result<R, ServiceError>> + Send + 'a,
) -> Promised<'a, R> {
    Ok(Box::pin(answer))
}

/// What an operation answers that a service has not written: 501.
pub fn not_implemented<O: Operation>() -> NotImplemented<O> {
    NotImplemented(PhantomData)
}

/// The answer of an operation that a service has not written.
///
/// A type of its own, for which nothing has to be looked at to know that it can be sent between threads.
#[derive(Debug)]
pub struct NotImplemented<O>(PhantomData<fn() -> O>);

impl<O: Operation> Future for NotImplemented<O> {
    type Output = Result<O::Response, ServiceError>;

    fn poll(self: Pin<&mut Self>, _: &mut std::task::Context<'_>) -> Poll<Self::Output> {
        let message = format!("The operation {} {} is not implemented.", O::METHOD, O::PATH);
        Poll::Ready(Err(ServiceError::not_implemented(message)))
    }
}
