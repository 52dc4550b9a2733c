//! Casts that no page documents: what they send, over loopback, and that what is there can be read.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(dead_code, unreachable_pub, reason = "what is generated is public")]

#[path = "../../core/tests/sample/mod.rs"]
mod sample;
mod support;

use msgraph_client::Path;
use sample::graph;
use support::{Service, answer, client};

mod resources {
    use crate::sample::graph;

    pub enum OutlookItem {}
    impl crate::Entity for OutlookItem {
        type Model = graph::OutlookItem;
    }

    pub enum Post {}
    impl crate::Entity for Post {
        type Model = graph::Post;
    }
    impl crate::DerivesFrom<OutlookItem> for Post {}
}

mod sites {
    pub enum Items {}
    impl crate::undocumented::Cast<crate::resources::OutlookItem> for Items {}
}

msgraph_client::builders!();
msgraph_client::undocumented!();

impl<S> Collection<resources::Post, S> {
    fn by_post_id(self, id: &str) -> Item<resources::Post, S> {
        key(self.path, id, &[])
    }

    fn count(self) -> Count<resources::Post, S> {
        end(self.path, "$count")
    }
}

fn items(service: &Service) -> Collection<resources::OutlookItem, sites::Items> {
    step(Path::root(&client(&service.base_url).build().expect("a client")), "items")
}

fn first_line(service: &Service) -> String {
    service.only().lines().next().unwrap_or_default().to_owned()
}

fn ok(body: &str) -> String {
    answer("200 OK\r\nContent-Type: application/json", body)
}

#[tokio::test]
async fn those_of_a_derived_type_are_listed() {
    let service = Service::answering(ok(r#"{"value":[{"id":"1"},{"id":"2"}]}"#)).await;
    let page = items(&service).cast::<resources::Post>().get().await.expect("a page");
    assert_eq!(first_line(&service), "GET /v1.0/items/microsoft.graph.post HTTP/1.1");
    let posts: &[graph::Post] = page.value();
    assert_eq!(posts.len(), 2);
}

#[tokio::test]
async fn those_of_a_derived_type_are_counted() {
    let service = Service::answering(answer("200 OK\r\nContent-Type: text/plain", "2")).await;
    let _count = items(&service).cast::<resources::Post>().count().get().await.expect("a count");
    assert_eq!(first_line(&service), "GET /v1.0/items/microsoft.graph.post/$count HTTP/1.1");
}

#[tokio::test]
async fn one_is_read_as_of_a_derived_type_before_its_key_and_behind_it() {
    let service = Service::answering(ok(r#"{"id":"1"}"#)).await;
    let before = items(&service).cast::<resources::Post>().by_post_id("1");
    before.get().await.expect("a post");
    assert_eq!(first_line(&service), "GET /v1.0/items/microsoft.graph.post/1 HTTP/1.1");

    let service = Service::answering(ok(r#"{"id":"1"}"#)).await;
    let item: Item<resources::OutlookItem, sites::Items> = key(items(&service).path, "1", &[]);
    item.cast::<resources::Post>().get().await.expect("a post");
    assert_eq!(first_line(&service), "GET /v1.0/items/1/microsoft.graph.post HTTP/1.1");
}
