//! Addresses and contexts of answers, alone and in a batch.

use msgraph_client::core::StatusCode;
use msgraph_emulator::GARDENERS;

use crate::support::{status, thread};
use crate::{topics_of, with_threads};

#[tokio::test]
async fn what_is_created_is_told_by_its_address_and_context() {
    let (emulator, graph) = with_threads().await;
    let threads = graph.groups().by_group_id(GARDENERS).threads();
    let created = threads.post(thread("Told")).respond().await.unwrap();
    let address = format!("{}/groups/{GARDENERS}/threads", emulator.v1());
    let location = created.headers()["location"].to_str().unwrap().to_owned();
    let id = location.strip_prefix(&address).and_then(|rest| rest.strip_prefix('/')).unwrap();
    assert_eq!(id.replace("%3D", "="), created.body().id().unwrap());
    let context = created.body().control("@odata.context").unwrap().as_str().unwrap().into_owned();
    let expected = format!("{}/$metadata#groups('{GARDENERS}')/threads/$entity", emulator.v1());
    assert_eq!(context, expected);
}

#[tokio::test]
async fn a_batch_is_answered_by_the_same_routes() {
    let (_emulator, graph) = with_threads().await;
    let group = || graph.groups().by_group_id(GARDENERS);
    let mut batch = graph.client().batch();
    let made = batch.add(group().threads().post(thread("In a batch"))).unwrap();
    let list = batch.add_after(group().threads().get().top(50), [made.id()]).unwrap();
    let lost = batch.add(graph.groups().by_group_id("nobody").get()).unwrap();
    let mut answers = batch.send().await;
    assert_eq!(answers.take(made).unwrap().body().topic(), Some("In a batch"));
    let topics = answers.take(list).unwrap();
    assert_eq!(topics_of(topics.body().value()).last(), Some(&"In a batch"));
    let lost = answers.take(lost).unwrap_err();
    assert_eq!(status(&lost), Some(StatusCode::NOT_FOUND));
}
