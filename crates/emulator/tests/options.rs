//! Query options and pages, as a client meets them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use msgraph_client::core::StatusCode;
use msgraph_emulator::GARDENERS;
use msgraph_v1_client::runtime::{Filter, Order};
use msgraph_v1_models::edm::Binary;
use msgraph_v1_models::graph::schema::{ConversationThread as Thread, Post as PostMember};
use msgraph_v1_models::graph::{
    ConversationThread, FileAttachment, SingleValueLegacyExtendedProperty,
};
use support::{post, status, thread, topics_of, with_threads};

#[tokio::test]
async fn a_list_is_filtered_ordered_counted_and_cut() {
    let (_emulator, graph) = with_threads().await;
    let threads = graph.groups().by_group_id(GARDENERS).threads();
    let page = threads
        .get()
        .filter(Filter::differs(Thread::Topic, &"C"))
        .order_by([Order::downwards(Thread::Topic)])
        .skip(1)
        .top(3)
        .with_count()
        .select([Thread::Topic])
        .await
        .unwrap();
    assert_eq!(page.count(), Some(5));
    assert_eq!(topics_of(page.value()), ["E", "D", "B"]);
    assert_eq!(page.value()[0].id(), None, "it was not selected");
}

#[tokio::test]
async fn pages_lead_on_and_what_is_written_meanwhile_comes_neither_twice_nor_never() {
    let (_emulator, graph) = with_threads().await;
    let threads = || graph.groups().by_group_id(GARDENERS).threads();
    let mut pages = threads().get().top(2).pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(topics_of(first.value()), ["Seeds for spring", "A"]);
    // What was seen first is gone, and a new one comes at the end.
    let seen = first.value()[0].id().unwrap();
    threads().by_conversation_thread_id(seen).delete().await.unwrap();
    threads().post(thread("F")).await.unwrap();
    let mut rest = Vec::new();
    while let Some(page) = pages.next().await {
        rest.extend(topics_of(page.unwrap().value()).into_iter().map(str::to_owned));
    }
    assert_eq!(rest, ["B", "C", "D", "E", "F"]);
}

#[tokio::test]
async fn who_deletes_each_page_meets_every_item() {
    let (_emulator, graph) = with_threads().await;
    let threads = || graph.groups().by_group_id(GARDENERS).threads();
    let mut pages = threads().get().top(2).pages();
    let mut seen = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        seen.extend(topics_of(page.value()).into_iter().map(str::to_owned));
        for thread in page.value() {
            threads().by_conversation_thread_id(thread.id().unwrap()).delete().await.unwrap();
        }
    }
    assert_eq!(seen, ["Seeds for spring", "A", "B", "C", "D", "E"]);
}

#[tokio::test]
async fn what_is_expanded_comes_as_it_was_asked_for() {
    let (_emulator, graph) = with_threads().await;
    let group = || graph.groups().by_group_id(GARDENERS);
    let file = FileAttachment::new().with_name("a.txt").with_content_bytes(Binary::new(*b"hello"));
    let property = SingleValueLegacyExtendedProperty::new()
        .with_id("String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color")
        .with_value("Green");
    let first = post("See there.")
        .with_attachments([file.into_base()])
        .with_single_value_extended_properties([property]);
    let made = ConversationThread::new().with_topic("Files").with_posts([first, post("Second")]);
    let made = group().threads().post(made).await.unwrap();
    let one = || group().threads().by_conversation_thread_id(made.id().unwrap());

    assert!(!one().get().await.unwrap().contains(Thread::Posts));
    // The metadata lets nothing be expanded here, so that the client has no method for it.
    let posts =
        "posts($filter=hasAttachments eq true;$select=id,conversationThreadId;$expand=attachments)";
    let read = one().get().query("$expand", posts).select([Thread::Topic]).await.unwrap();
    let [post] = read.posts() else { panic!("{read:?}") };
    assert_eq!((post.conversation_thread_id(), post.body()), (made.id(), None));
    let file = post.attachments()[0].cast::<FileAttachment>().unwrap();
    assert_eq!((file.name(), file.size()), (Some("a.txt"), Some(5)));

    let posts = one().posts().get().await.unwrap();
    assert!(posts.value()[0].single_value_extended_properties().is_empty());
    let posts = one().posts().get().expand([PostMember::SingleValueExtendedProperties]);
    let posts = posts.await.unwrap();
    let property = &posts.value()[0].single_value_extended_properties()[0];
    assert_eq!(property.value(), Some("Green"));
}

#[tokio::test]
async fn what_comes_on_demand_alone_can_be_filtered_by() {
    let (_emulator, graph) = with_threads().await;
    let property = SingleValueLegacyExtendedProperty::new()
        .with_id("String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color")
        .with_value("Green");
    let green = post("Green").with_single_value_extended_properties([property]);
    let made = ConversationThread::new().with_topic("Colours").with_posts([post("None"), green]);
    let threads = || graph.groups().by_group_id(GARDENERS).threads();
    let made = threads().post(made).await.unwrap();
    let posts = threads().by_conversation_thread_id(made.id().unwrap()).posts().get();
    let filter = "singleValueExtendedProperties/any(p:p/value eq 'Green')";
    let found = posts.query("$filter", filter).await.unwrap();
    let [post] = found.value() else { panic!("{found:?}") };
    assert_eq!(post.body().unwrap().content(), Some("Green"));
    assert!(post.single_value_extended_properties().is_empty(), "it was not asked for");
}

#[tokio::test]
async fn what_is_only_expanded_is_not_asked_about() {
    let (_emulator, graph) = with_threads().await;
    let threads = || graph.groups().by_group_id(GARDENERS).threads().get();
    for (name, value) in [
        ("$filter", "posts/any(p:p/hasAttachments eq true)"),
        ("$filter", "topic eq 'x' or posts/$count gt 0"),
        ("$orderby", "posts/$count desc"),
        ("$expand", "posts($filter=attachments/any())"),
        ("$expand", "posts($filter=singleValueExtendedProperties/any())"),
    ] {
        let refused = threads().query(name, value).await.unwrap_err();
        assert_eq!(status(&refused), Some(StatusCode::NOT_IMPLEMENTED), "{name}={value}");
    }
    let quoted = threads().query("$filter", "topic ne 'it''s posts/any()'").await.unwrap();
    assert_eq!(quoted.value().len(), 6);
}

#[tokio::test]
async fn malformed_options_say_where() {
    let (_emulator, graph) = with_threads().await;
    let threads = || graph.groups().by_group_id(GARDENERS).threads();
    let malformed = [
        ("$filter", "topic eq", "$filter"),
        ("$filter", "colour eq 'green'", "$filter"),
        ("$select", "topic,,id", "$select"),
        ("$orderby", "topic upwards", "$orderby"),
        ("$top", "-1", "$top"),
        ("$expand", "topic", "$expand"),
        ("$skiptoken", "zzz", "$skiptoken"),
        ("$apply", "x", "$apply"),
    ];
    for (name, value, target) in malformed {
        let refused = threads().get().query(name, value).await.unwrap_err();
        assert_eq!(status(&refused), Some(StatusCode::BAD_REQUEST), "{name}={value}");
        assert_eq!(refused.service().unwrap().target(), Some(target), "{refused}");
    }
}

#[tokio::test]
async fn what_has_no_value_for_an_item_fails_the_request() {
    let (_emulator, graph) = with_threads().await;
    let threads = || graph.groups().by_group_id(GARDENERS).threads();
    for (name, value) in [
        ("$filter", "1 div (length(topic) sub 1) eq 2"),
        ("$orderby", "1 mod (length(topic) sub 1)"),
        ("$expand", "posts($filter=1 mod (length(id) sub length(id)) eq 1)"),
    ] {
        let refused = threads().get().query(name, value).await.unwrap_err();
        assert_eq!(status(&refused), Some(StatusCode::BAD_REQUEST), "{name}={value}");
        assert_eq!(refused.service().unwrap().target(), Some(name), "{refused}");
        assert!(refused.to_string().contains("divides by zero"), "{refused}");
    }
}

#[tokio::test]
async fn a_search_is_refused_and_not_answered_with_everything() {
    let (_emulator, graph) = with_threads().await;
    let threads = graph.groups().by_group_id(GARDENERS).threads();
    let refused = threads.get().query("$search", "\"seeds\"").await.unwrap_err();
    assert_eq!(status(&refused), Some(StatusCode::NOT_IMPLEMENTED));
}

#[tokio::test]
async fn what_is_expanded_otherwise_than_asked_is_refused() {
    let (_emulator, graph) = with_threads().await;
    let threads = graph.groups().by_group_id(GARDENERS).threads();
    let known = threads.clone().get().await.unwrap().value()[0].id().unwrap().to_owned();
    for (expand, expected) in [
        ("posts($levels=1)", None),
        ("posts/$count", None),
        ("posts($levels=2)", Some(StatusCode::NOT_IMPLEMENTED)),
        ("posts($levels=max)", Some(StatusCode::NOT_IMPLEMENTED)),
        ("posts/$ref", Some(StatusCode::NOT_IMPLEMENTED)),
        ("posts($expand=attachments/$ref)", Some(StatusCode::NOT_IMPLEMENTED)),
    ] {
        let list = threads.clone().get().query("$expand", expand).await;
        assert_eq!(list.err().as_ref().and_then(status), expected, "{expand}");
        let one = threads.clone().by_conversation_thread_id(&known);
        let one = one.get().query("$expand", expand).await;
        assert_eq!(one.err().as_ref().and_then(status), expected, "{expand} of one");
    }
}
