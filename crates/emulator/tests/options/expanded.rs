//! What stands in answers because it was asked for.

use msgraph_client::core::StatusCode;
use msgraph_emulator::GARDENERS;
use msgraph_v1_models::edm::Binary;
use msgraph_v1_models::graph::schema::{ConversationThread as Thread, Post as PostMember};
use msgraph_v1_models::graph::{
    ConversationThread, FileAttachment, SingleValueLegacyExtendedProperty,
};

use crate::support::{post, status};
use crate::with_threads;

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
