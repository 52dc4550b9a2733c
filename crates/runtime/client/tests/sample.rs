//! A generated client in small, written by hand: the shape that the emitter follows.
//!
//! The module `sample` stands for the crate of the models; `resources`, `sites` and this root for that of
//! the client. What is tested is that the shape compiles, and sends what it should.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(
    unreachable_pub,
    clippy::wrong_self_convention,
    reason = "what is generated is public, and named as the metadata names it"
)]

#[path = "../../core/tests/sample/mod.rs"]
mod sample;
mod support;

/// Generated: `models/src/operations/groups_threads.rs`.
mod groups_threads {
    use msgraph_core::{Accepted, Operation, Permissions, Spec};

    /// Reply to a thread.
    pub enum Reply {}

    impl Operation for Reply {
        const SPEC: Spec = Spec {
            name: "conversationthread_reply",
            method: &http::Method::POST,
            path: "/groups/{group-id}/threads/{conversationThread-id}/reply",
            permissions: Permissions::UNDOCUMENTED,
            docs: None,
        };
        type Request = super::sample::graph::Post; // Generated: `ReplyParameters`.
        type Response = Accepted;
    }
}

/// Generated: `client/src/resources.rs`, markers of what is there.
mod resources {
    pub enum Group {}
    pub enum ConversationThread {}
}

/// Generated: `client/src/sites.rs`, markers of how it was reached.
mod sites {
    pub enum Groups {}
    pub enum GroupThreads {}
    pub enum ConversationThreadReply {}
}

// Generated: `client/src/lib.rs`.
pub use msgraph_client::{Client, Credential, Error, Request, StaticToken};
// Generated too: `pub use msgraph_v1_models as models;`
use sample::{graph, operations};

msgraph_client::builders!();

/// Microsoft Graph.
#[derive(Clone, Debug)]
pub struct Graph {
    client: Client,
}

impl Graph {
    /// `https://graph.microsoft.com/v1.0`
    pub const BASE_URL: &'static str = "https://graph.microsoft.com/v1.0";

    /// The real service.
    pub fn new(credential: impl Credential) -> Result<Self, Error> {
        let client = Client::builder().base_url(Self::BASE_URL).credential(credential).build()?;
        Ok(Self::with_client(client))
    }

    /// A service elsewhere.
    pub fn with_client(client: Client) -> Self {
        Self { client }
    }

    /// `groups`
    pub fn groups(&self) -> Collection<resources::Group, sites::Groups> {
        step(msgraph_client::Path::root(&self.client), "groups")
    }
}

// Generated: `client/src/builders/*.rs`, navigation first.
impl<S> Collection<resources::Group, S> {
    /// The group with this `id`.
    pub fn by_group_id(self, id: impl AsRef<str>) -> Item<resources::Group, S> {
        key(self.path, id.as_ref(), &[])
    }
}

impl<S> Item<resources::Group, S> {
    /// `threads`
    pub fn threads(self) -> Collection<resources::ConversationThread, sites::GroupThreads> {
        step(self.path, "threads")
    }
}

impl<S> Collection<resources::ConversationThread, S> {
    /// The thread with this `id`.
    pub fn by_conversation_thread_id(
        self,
        id: impl AsRef<str>,
    ) -> Item<resources::ConversationThread, S> {
        key(self.path, id.as_ref(), &[])
    }
}

impl<S> Item<resources::ConversationThread, S> {
    /// `reply`
    pub fn reply(self) -> Bound<resources::ConversationThread, sites::ConversationThreadReply> {
        step(self.path, "reply")
    }
}

// Verbs stand where the site allows them.
impl Collection<resources::ConversationThread, sites::GroupThreads> {
    /// List threads.
    pub fn get(self) -> Request<operations::groups::ListThreads> {
        Request::new(self.path, ())
    }

    /// Create conversation thread.
    pub fn post(
        self,
        body: graph::ConversationThread,
    ) -> Request<operations::groups::CreateThreads> {
        Request::new(self.path, body)
    }
}

impl Item<resources::ConversationThread, sites::GroupThreads> {
    /// Delete conversation thread.
    pub fn delete(self) -> Request<operations::groups::DeleteThreads> {
        Request::new(self.path, ())
    }
}

impl Bound<resources::ConversationThread, sites::ConversationThreadReply> {
    /// Reply to a thread.
    pub fn post(self, body: graph::Post) -> Request<groups_threads::Reply> {
        Request::new(self.path, body)
    }
}

// ---- what a user writes ---------------------------------------------------------------------------

use graph::{BodyType, ConversationThread, ItemBody, Post};
use support::{Service, answer, client};

fn lunch() -> ConversationThread {
    ConversationThread::new().with_topic("Lunch").with_posts([Post::new()
        .with_body(ItemBody::new().with_content_type(BodyType::Html).with_content("At noon?"))])
}

#[tokio::test]
async fn a_thread_is_created() -> Result<(), Error> {
    let json = "201 Created\r\nContent-Type: application/json";
    let service = Service::answering(answer(json, r#"{"id":"7","topic":"Lunch"}"#)).await;
    let graph = Graph::with_client(client(&service.base_url).build()?);

    let thread = graph.groups().by_group_id("42").threads().post(lunch()).await?;

    assert_eq!(thread.id(), Some("7"));
    let sent = service.only();
    assert!(sent.starts_with("POST /v1.0/groups/42/threads HTTP/1.1"), "{sent}");
    let body =
        r#"{"topic":"Lunch","posts":[{"body":{"content":"At noon?","contentType":"html"}}]}"#;
    assert!(sent.ends_with(body), "{sent}");
    Ok(())
}

#[tokio::test]
async fn a_page_of_threads_is_listed() -> Result<(), Error> {
    let body = r#"{"value":[{"id":"7"},{"id":"8"}],"@odata.nextLink":"https://x/next"}"#;
    let service = Service::answering(answer("200 OK", body)).await;
    let graph = Graph::with_client(client(&service.base_url).build()?);
    let page = graph.groups().by_group_id("42").threads().get().send().await?;
    let ids: Vec<_> = page.value().iter().map(|thread| thread.id()).collect();
    assert_eq!(ids, [Some("7"), Some("8")]);
    Ok(())
}

#[tokio::test]
async fn a_mistyped_member_does_not_fail_a_client() -> Result<(), Error> {
    let body = r#"{"id":"7","topic":17,"lastDeliveredDateTime":"datetime-value"}"#;
    let service = Service::answering(answer("201 Created", body)).await;
    let graph = Graph::with_client(client(&service.base_url).build()?);
    let response = graph.groups().by_group_id("42").threads().post(lunch()).respond().await?;
    assert_eq!(response.leniencies().len(), 2, "{:?}", response.leniencies());
    assert_eq!(response.body().topic(), None);
    assert_eq!(response.body().id(), Some("7"));
    Ok(())
}

#[test]
fn a_bound_operation_goes_one_segment_deeper() -> Result<(), Error> {
    let graph = Graph::new(StaticToken::new("token"))?;
    let thread = graph.groups().by_group_id("a/b").threads().by_conversation_thread_id("..");
    let request = thread.clone().reply().post(Post::new()).into_http()?;
    let address = "https://graph.microsoft.com/v1.0/groups/a%2Fb/threads('..')/reply";
    assert_eq!(request.uri(), address);
    assert_eq!(thread.delete().into_http()?.method(), "DELETE");
    Ok(())
}

/// Requests can be sent from any thread, and awaited in a spawned task.
#[test]
fn requests_and_builders_are_send_and_sync() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Graph>();
    check::<Collection<resources::Group, sites::Groups>>();
    check::<Request<operations::groups::CreateThreads>>();
    check::<Error>();
}
