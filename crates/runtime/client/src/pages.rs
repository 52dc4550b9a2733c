//! A collection page by page, or item by item, over its next links.
//!
//! [`Pages`] and [`Items`] are streams. Next links are opaque: they are asked for as they are, by GET, with the headers of
//! the first request but for its id and what they say of a body, and only at the client's own origin, since the token goes
//! with them. A link that came before ends the stream with an error. What is left can be stored as a link, and be taken up
//! again.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{Method, Uri, header};
use msgraph_core::{Model, Operation, Page, Reply};

use crate::client::{Client, new_request_id};
use crate::error::{Error, UsageError};
use crate::header::CLIENT_REQUEST_ID;
use crate::request::{Message, Response, Sending, answered};
use crate::transport::BoxFuture;

/// What one page was asked with, and what came.
type Asked<T> = (Box<http::Request<Bytes>>, Result<Response<Page<T>>, Error>);

/// The pages of a collection: a stream, of which [`next`](Self::next) gives one after the other.
#[must_use = "no page is asked for until one is taken"]
pub struct Pages<O, T> {
    client: Client,
    state: State<T>,
    seen: BTreeSet<String>,
    delta_link: Option<String>,
    operation: PhantomData<fn() -> O>,
}

enum State<T> {
    /// The next request, or why it cannot be sent.
    Due(Message),
    Waiting(BoxFuture<'static, Asked<T>>),
    Done,
}

impl<O, T> Pages<O, T>
where
    O: Operation,
    O::Response: Reply<Body = Page<T>>,
    T: Model + Send + 'static,
{
    pub(crate) fn new(client: Client, first: Message) -> Self {
        Self {
            client,
            state: State::Due(first),
            seen: BTreeSet::new(),
            delta_link: None,
            operation: PhantomData,
        }
    }

    /// The next page; none behind the last one, and behind an error.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    /// The address of what is left, to be stored and taken up by [`Request::resume`](crate::Request::resume); none where
    /// nothing is left, and while a page is on its way.
    pub fn next_link(&self) -> Option<String> {
        match &self.state {
            State::Due(due) => due.as_ref().ok().map(|request| request.uri().to_string()),
            State::Waiting(_) | State::Done => None,
        }
    }

    /// The address that tells what has changed since, which comes with the last page of a delta query.
    pub fn delta_link(&self) -> Option<&str> {
        self.delta_link.as_deref()
    }

    /// The items of all pages.
    pub fn items(self) -> Items<O, T> {
        Items { pages: self, items: VecDeque::new() }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<T>, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Due(due) => {
                    let request = match due {
                        Ok(request) => request,
                        Err(error) => return Poll::Ready(Some(Err(error.into()))),
                    };
                    self.seen.insert(request.uri().to_string());
                    let client = self.client.clone();
                    let sending = Sending::of::<O>(client, &request);
                    self.state = State::Waiting(Box::pin(async move {
                        let answer = answered::<O>(sending, request.clone()).await;
                        (request, answer)
                    }));
                }
                State::Waiting(mut asked) => {
                    let Poll::Ready((request, answer)) = asked.as_mut().poll(context) else {
                        self.state = State::Waiting(asked);
                        return Poll::Pending;
                    };
                    let page = match answer {
                        Ok(answer) => answer.into_body(),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    };
                    if let Some(link) = page.next_link() {
                        self.state = State::Due(self.following(request, &link));
                    }
                    self.delta_link = page.delta_link().map(|link| link.into_owned());
                    return Poll::Ready(Some(Ok(page)));
                }
            }
        }
    }

    /// The request for what `link` leads to, with the headers of the last one, and an id of its own.
    fn following(&self, mut last: Box<http::Request<Bytes>>, link: &str) -> Message {
        let uri = own_link(&self.client, link)?;
        if self.seen.contains(&uri.to_string()) {
            let reason = "the next link leads back to a page that was read".to_owned();
            return Err(UsageError::Link { reason });
        }
        lead(&mut last, uri);
        last.headers_mut().insert(CLIENT_REQUEST_ID, new_request_id());
        Ok(last)
    }
}

/// The address that `link` is, at the origin of `client`.
pub(crate) fn own_link(client: &Client, link: &str) -> Result<Uri, UsageError> {
    let uri: Uri =
        link.parse().map_err(|_| UsageError::Link { reason: "it is no address".to_owned() })?;
    if client.base().is_own(&uri) {
        return Ok(uri);
    }
    Err(UsageError::Link { reason: "it leads away from the service".to_owned() })
}

/// Makes of a request the one for what a link leads to. A link is read, whatever gave it: an action is not called again.
pub(crate) fn lead(request: &mut http::Request<Bytes>, link: Uri) {
    *request.uri_mut() = link;
    *request.method_mut() = Method::GET;
    *request.body_mut() = Bytes::new();
    request.headers_mut().remove(header::CONTENT_TYPE);
}

impl<O, T> Stream for Pages<O, T>
where
    O: Operation,
    O::Response: Reply<Body = Page<T>>,
    T: Model + Send + 'static,
{
    type Item = Result<Page<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<O, T> Unpin for Pages<O, T> {}

impl<O: Operation, T> fmt::Debug for Pages<O, T> {
    /// Without links, which may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &O::NAME).finish_non_exhaustive()
    }
}

/// The items of all pages of a collection: a stream, of which [`next`](Self::next) gives one after the other.
#[must_use = "no page is asked for until an item is taken"]
pub struct Items<O, T> {
    pages: Pages<O, T>,
    items: VecDeque<T>,
}

impl<O, T> Items<O, T>
where
    O: Operation,
    O::Response: Reply<Body = Page<T>>,
    T: Model + Send + 'static,
{
    /// The next item; none behind the last one, and behind an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    /// The address that tells what has changed since, once all items of a delta query are read.
    pub fn delta_link(&self) -> Option<&str> {
        self.pages.delta_link()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                // An empty page with a link is not the end.
                Some(Ok(page)) => self.items.extend(page.into_value()),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O, T> Stream for Items<O, T>
where
    O: Operation,
    O::Response: Reply<Body = Page<T>>,
    T: Model + Send + 'static,
{
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<O, T> Unpin for Items<O, T> {}

impl<O: Operation, T> fmt::Debug for Items<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &O::NAME).finish_non_exhaustive()
    }
}
