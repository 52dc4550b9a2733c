//! What is filtered, ordered, counted, cut, and read on page by page.

use msgraph_client::core::StatusCode;
use msgraph_emulator::GARDENERS;
use msgraph_v1_client::runtime::{Filter, Order};
use msgraph_v1_models::graph::schema::ConversationThread as Thread;
use msgraph_v1_models::graph::{ConversationThread, SingleValueLegacyExtendedProperty};

use crate::support::{post, status, thread};
use crate::{topics_of, with_threads};

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
