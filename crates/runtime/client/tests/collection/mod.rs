//! A collection of threads, as generated code declares it.

use msgraph_client::{Client, Request};
use msgraph_core::{Operation, Page, Permissions, Spec, Success};

use crate::sample::graph::ConversationThread;
use crate::support::threads;

/// `GET /groups/{group-id}/threads`, page by page.
pub(crate) enum ListThreads {}

impl Operation for ListThreads {
    const SPEC: Spec = Spec {
        name: "list_threads",
        method: &http::Method::GET,
        path: "/groups/{group-id}/threads",
        permissions: Permissions::UNDOCUMENTED,
        docs: None,
    };
    type Request = ();
    type Response = Success<Page<ConversationThread>>;
}

pub(crate) fn list(client: &Client) -> Request<ListThreads> {
    Request::new(threads(client), ())
}
