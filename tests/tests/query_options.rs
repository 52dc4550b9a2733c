//! What requests of the generated clients can ask for: what the metadata forbids at a place has no method there, and
//! what the directory answers from an index is sent with the header for it.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use msgraph_core::Operation;
use msgraph_v1_client::{Client, Graph, Request, StaticToken};
use msgraph_v1_models::graph::schema;

/// Takes the place of a method that a request does not have: one of its own would go first.
trait Absent: Sized {
    fn expand<T>(self, _: T) -> &'static str {
        "absent"
    }
    fn search(self, _: &str) -> &'static str {
        "absent"
    }
    fn top(self, _: u32) -> &'static str {
        "absent"
    }
}

impl<O: Operation, Q> Absent for Request<O, Q> {}

fn graph() -> Graph {
    let client = Client::builder().base_url(Graph::BASE_URL).credential(StaticToken::new("secret"));
    Graph::with_client(client.build().expect("a client"))
}

/// The query, and the header `ConsistencyLevel`.
fn sent<O: Operation, Q>(request: Request<O, Q>) -> (String, Option<String>) {
    let message = request.into_http().expect("a request");
    let header = message.headers().get("ConsistencyLevel");
    let header = header.map(|value| value.to_str().expect("text").to_owned());
    (message.uri().query().unwrap_or_default().to_owned(), header)
}

#[test]
fn what_the_metadata_forbids_at_a_place_has_no_method_there() {
    let threads = || graph().groups().by_group_id("1").threads();
    assert_eq!(threads().get().search("lunch"), "absent");
    assert_eq!(threads().get().expand([schema::ConversationThread::Posts]), "absent");
    assert_eq!(sent(threads().get().top(1)).0, "$top=1");
    let posts = || threads().by_conversation_thread_id("2").posts();
    assert_eq!(posts().get().search("lunch"), "absent");
    assert_eq!(sent(posts().get().expand([schema::Post::InReplyTo])).0, "$expand=inReplyTo");
}

#[test]
fn one_entity_is_no_collection() {
    let group = || graph().groups().by_group_id("1").get();
    assert_eq!(group().top(1), "absent");
    assert_eq!(group().search("lunch"), "absent");
    assert_eq!(sent(group().expand([schema::Group::Threads])).0, "$expand=threads");
}

#[test]
fn searching_and_counting_the_directory_is_eventual() {
    let groups = || graph().groups().get();
    let eventual = Some("eventual".to_owned());
    assert_eq!(sent(groups().search("golf")).1, eventual);
    assert_eq!(sent(groups().with_count()).1, eventual);
    assert_eq!(sent(groups().top(1)).1, None);
    let conversations = graph().groups().by_group_id("1").conversations().get();
    assert_eq!(sent(conversations.search("golf")).1, None);
}
