//! Changes of groups, as a client meets them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use msgraph_client::core::StatusCode;
use msgraph_emulator::{Emulator, Fault, GARDENERS};
use msgraph_v1_models::graph::schema::Group;
use serde_json::json;
use support::{graph, status};

#[tokio::test]
async fn changes_of_groups_come_in_pages_and_once() {
    let emulator = Emulator::builder().page_size(2).start().await.unwrap();
    let graph = graph(&emulator);
    let mut pages = graph.groups().delta().get().pages();
    let mut lengths = Vec::new();
    while let Some(page) = pages.next().await {
        lengths.push(page.unwrap().value().len());
    }
    assert_eq!(lengths, [2, 1]);
    let link = pages.delta_link().unwrap().to_owned();

    emulator.put_group("42", &json!({"displayName": "Walkers"})).await.unwrap();
    emulator.put_group("43", &json!({"displayName": "Runners"})).await.unwrap();
    emulator.remove_group("43").await.unwrap();
    emulator.remove_group(GARDENERS).await.unwrap();
    let mut pages = graph.groups().delta().get().resume(&link).pages();
    let mut changes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        changes.extend(page.value().iter().map(|group| {
            let is_gone = group.control("@removed").is_some();
            (group.id().unwrap().to_owned(), is_gone)
        }));
    }
    let expected = [("42", false), ("43", true), (GARDENERS, true)];
    assert_eq!(changes, expected.map(|(id, is_gone)| (id.to_owned(), is_gone)));
    let link = pages.delta_link().unwrap().to_owned();
    let last = graph.groups().delta().get().resume(&link).await.unwrap();
    assert!(last.value().is_empty() && last.delta_link().is_some());
}

#[tokio::test]
async fn who_reads_all_groups_is_not_told_of_those_that_went_before() {
    let emulator = Emulator::builder().page_size(1).start().await.unwrap();
    let graph = graph(&emulator);
    emulator.remove_group(GARDENERS).await.unwrap();
    emulator.put_group("42", &json!({"displayName": "Walkers"})).await.unwrap();
    let mut groups = graph.groups().delta().get().items();
    let mut names = Vec::new();
    while let Some(group) = groups.next().await {
        names.push(group.unwrap().display_name().map(str::to_owned));
    }
    assert_eq!(
        names,
        ["Release crew", "Reading circle", "Walkers"].map(|name| Some(name.to_owned()))
    );
}

#[tokio::test]
async fn changes_are_told_of_the_groups_that_are_asked_for() {
    let emulator = Emulator::start().await.unwrap();
    let graph = graph(&emulator);
    let one = format!("id eq '{GARDENERS}'");
    let first = graph.groups().delta().get().query("$filter", &one).await.unwrap();
    let ids: Vec<_> = first.value().iter().map(|group| group.id()).collect();
    assert_eq!(ids, [Some(GARDENERS)]);
}

#[tokio::test]
async fn what_was_selected_of_changes_stays_so_behind_the_link() {
    let emulator = Emulator::start().await.unwrap();
    let graph = graph(&emulator);
    let first = graph.groups().delta().get().select([Group::DisplayName]).await.unwrap();
    assert!(first.value().iter().all(|group| group.mail().is_none()));
    emulator.put_group("42", &json!({"displayName": "Walkers", "mail": "w@x.y"})).await.unwrap();
    let link = first.delta_link().unwrap();
    let later = graph.groups().delta().get().resume(&link).await.unwrap();
    let [group] = later.value() else { panic!("{later:?}") };
    assert_eq!((group.display_name(), group.mail()), (Some("Walkers"), None));
    assert_eq!(group.id(), Some("42"), "whatever is selected");
}

#[tokio::test]
async fn a_token_of_changes_that_was_made_void_is_gone() {
    let emulator = Emulator::start().await.unwrap();
    let graph = graph(&emulator);
    let first = graph.groups().delta().get().await.unwrap();
    let link = first.delta_link().unwrap();
    let again = || graph.groups().delta().get().resume(&link);
    again().await.unwrap();
    emulator.faults().inject([Fault::ExpireDelta]);
    let gone = again().await.unwrap_err();
    assert_eq!(status(&gone), Some(StatusCode::GONE));
    assert!(gone.is_resync_required());
    let fresh = gone.service().unwrap().resync_location().unwrap().to_owned();
    assert_eq!(graph.groups().delta().get().resume(&fresh).await.unwrap().value().len(), 3);
    assert_eq!(graph.groups().delta().get().await.unwrap().value().len(), 3);
}
