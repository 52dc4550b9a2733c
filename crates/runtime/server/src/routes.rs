//! From operations and a service that answers them to one service of all requests.
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
use msgraph_core::{Operation, ServiceError};

use crate::answer::Answer;
use crate::base::Base;
use crate::call::Call;
use crate::context_url::Template;
use crate::dispatch::{Dispatcher, Endpoint, read};
use crate::guard::Guard;
use crate::limits::Limits;
use crate::routes_service::RoutesService;
use crate::site::Site;
use crate::tree::Tree;

/// Builds the service that answers requests by the methods of another.
///
/// ```text
/// Routes::new("/v1.0", service, guard)
///     .operation::<CreateThreads, _, _>("/groups/{group-id}/threads", |service, call| async move {
///         let [group_id] = call.path()?;
///         GroupThreads::create(&*service, group_id, call.body, call.context).await
///     })
///     .into_service()
/// ```
#[must_use = "routes serve nothing until `into_service` or `into_router`"]
pub struct Routes<S, G> {
    site: Site,
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
    pub fn new(base: impl Into<Base>, service: S, guard: G) -> Self {
        Self {
            site: Site::new(base.into()),
            service: Arc::new(service),
            guard,
            limits: Limits::default(),
            tree: Tree::new(),
        }
    }

    /// States the URL by which callers know the service, in front of its base, e.g. `https://graph.example` where a
    /// proxy stands before it. Addresses in answers (`@odata.context`, `Location`) begin with it; else with `http://` and
    /// the `Host` of the request. What a proxy says in `X-Forwarded-…` is never believed.
    pub fn public_url(mut self, url: &str) -> Self {
        self.site.set_public_url(url);
        self
    }

    /// The most bytes that a body may have; 4 MB by default, as in Graph. Longer ones are answered with 413.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// The longest time that a body may take to arrive; a minute by default. Slower ones are answered with 408.
    pub fn body_timeout(mut self, time: Duration) -> Self {
        self.limits.body_time = time;
        self
    }

    /// The most bytes that names and values of headers may have together; 32 kB by default. More are answered with 431.
    pub fn header_limit(mut self, bytes: usize) -> Self {
        self.limits.headers = bytes;
        self
    }

    /// The most bytes that path and query may have; 16 kB by default, since next links are long. Longer ones are
    /// answered with 414.
    pub fn url_limit(mut self, bytes: usize) -> Self {
        self.limits.url = bytes;
        self
    }

    /// The most requests that are answered at once, those included whose body is still arriving; 1,024 by default. More
    /// are answered with 503 and `Retry-After`.
    pub fn concurrency_limit(mut self, calls: usize) -> Self {
        self.limits.calls = calls;
        self
    }

    /// The longest time that a handler may take; any by default. One that takes longer is dropped where it waits, and
    /// answered for with 504.
    pub fn handler_timeout(mut self, time: Duration) -> Self {
        self.limits.handler_time = Some(time);
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
        let template = Template::of(path);
        let endpoint =
            Endpoint::new::<O, _>(self.site.base, path, move |service, incoming, asked| {
                let handler = Arc::clone(&handler);
                Box::pin(async move {
                    let handling = handler(service, read::<O>(incoming)?);
                    Ok(Answer::of(handling.await?, &asked, template))
                })
            });
        self.tree.grow(self.site.base).insert(path, endpoint);
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
        let base = self.site.base;
        let template = Template::of(path);
        let endpoint =
            Endpoint::new::<O, _>(base, path, move |service: Arc<S>, incoming, asked| {
                Box::pin(async move {
                    let answering = method(&service, read::<O>(incoming)?)?;
                    Ok(Answer::of(answering.await?, &asked, template))
                })
            });
        self.tree.grow(self.site.base).insert(path, endpoint);
        self
    }

    /// The service, which also answers to everything outside of its base, with 401 or 404.
    ///
    /// [`serve`](crate::serve) takes it, and so does whatever takes a service of tower.
    pub fn into_service(self) -> RoutesService<S, G> {
        let Self { site, service, guard, limits, tree } = self;
        RoutesService::new(Dispatcher::new(service, guard, site, limits, tree))
    }

    /// The [service](Self::into_service) as a router of axum, for what else is to be answered at the same address.
    ///
    /// To serve two versions there, merge them: `v1.merge(beta.reset_fallback())`.
    pub fn into_router(self) -> Router {
        let base = self.site.base;
        let service = self.into_service();
        let router = Router::new();
        // The base is a path of plain names; another one is served by the fallback alone.
        let is_plain = base.starts_with('/')
            && base.len() > 1
            && base.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte))
            && base.split('/').skip(1).all(|segment| !segment.is_empty());
        let router = if is_plain {
            router
                .route_service(base, service.clone())
                .route_service(&format!("{base}/{{*path}}"), service.clone())
        } else {
            router
        };
        router.fallback_service(service)
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
