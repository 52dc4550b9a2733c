//! Versions of what is changed, and what stays as it was.

use msgraph_client::core::{Json, Method, StatusCode};
use msgraph_emulator::{Emulator, GARDENERS};
use msgraph_v1_models::graph::{ConversationThread, Group as GroupModel};
use serde_json::json;

use crate::support::{client, graph, status, thread};
use crate::with_threads;

#[tokio::test]
async fn a_thread_keeps_its_version_where_another_one_goes() {
    let (_emulator, graph) = with_threads().await;
    let threads = || graph.groups().by_group_id(GARDENERS).conversations();
    let page = threads().get().await.unwrap();
    let threads = || threads().by_conversation_id(page.value()[0].id().unwrap()).threads();
    let gone = threads().post(thread("Gone")).await.unwrap();
    let known = threads().get().await.unwrap().value()[0].clone();
    threads().by_conversation_thread_id(gone.id().unwrap()).delete().await.unwrap();
    let one = threads().by_conversation_thread_id(known.id().unwrap());
    assert_eq!(one.get().await.unwrap().etag(), known.etag());
}

#[tokio::test]
async fn a_version_that_was_read_is_not_overwritten_by_who_knows_it_not() {
    let (_emulator, graph) = with_threads().await;
    let threads = || graph.groups().by_group_id(GARDENERS).threads();
    let page = threads().get().top(1).await.unwrap();
    let one = || threads().by_conversation_thread_id(page.value()[0].id().unwrap());
    let known = one().get().await.unwrap().etag().unwrap().into_owned();
    let lock = |is_locked| ConversationThread::new().with_is_locked(is_locked);
    let locked = one().patch(lock(true)).if_match(&known).await.unwrap();
    assert_ne!(locked.etag().as_deref(), Some(known.as_str()));
    let refused = one().patch(lock(false)).if_match(&known).await.unwrap_err();
    assert_eq!(status(&refused), Some(StatusCode::PRECONDITION_FAILED));
    let refused = one().delete().if_match(&known).await.unwrap_err();
    assert_eq!(status(&refused), Some(StatusCode::PRECONDITION_FAILED));
    assert_eq!(one().get().await.unwrap().is_locked(), Some(true));
    let unchanged = one().get().header("If-None-Match", locked.etag().unwrap().as_ref()).await;
    assert_eq!(status(&unchanged.unwrap_err()), Some(StatusCode::NOT_MODIFIED));
}

#[tokio::test]
async fn a_group_that_is_put_there_keeps_the_digits_of_its_numbers() {
    let emulator = Emulator::start().await.unwrap();
    let long: Json = "[123456789012345678901234567890,0.10]".parse().unwrap();
    let group = GroupModel::new().with_display_name("Walkers").with_unknown("x", long.clone());
    emulator.put_group("42", &group).await.unwrap();
    let found = graph(&emulator).groups().by_group_id("42").get().await.unwrap();
    assert_eq!(found.unknown("x").unwrap().as_text(), long.as_text());
}

#[tokio::test]
async fn what_only_a_service_says_is_not_taken_from_a_caller() {
    let emulator = Emulator::start().await.unwrap();
    let client = client(emulator.v1(), emulator.token());
    let asked = |method: Method, path: &str, body: serde_json::Value| {
        let body = Json::from_serialize(&body).unwrap();
        client.request::<Json>(method, &format!("/groups/{GARDENERS}/{path}")).body(body)
    };
    let sent = |path: &str, body: serde_json::Value| asked(Method::POST, path, body);
    let evil = "http://evil.example/";
    let extension =
        json!({"extensionName": "a", "@odata.context": evil, "x@odata.type": "#Int64", "x": 1});
    let file = json!({
        "@odata.type": "#microsoft.graph.fileAttachment", "name": "a", "contentBytes": "aGk=",
        "@odata.context": evil, "contentBytes@odata.mediaReadLink": evil,
    });
    let post = json!({
        "body": {"contentType": "text", "content": "Hi"}, "@odata.id": evil,
        "inReplyTo@odata.navigationLink": evil,
        "attachments": [file], "extensions": [extension],
    });
    let told = sent("extensions", extension).await.unwrap().to_string();
    assert!(told.contains("#Int64") && !told.contains(evil), "{told}");
    let change = json!({"@odata.id": evil, "y@odata.mediaReadLink": evil, "y@odata.type": "#Byte"});
    let told = asked(Method::PATCH, "extensions/a", change).await.unwrap().to_string();
    assert!(told.contains("#Byte") && !told.contains(evil), "{told}");
    let thread = sent("threads", json!({"topic": "t", "posts": [post]})).await.unwrap();
    let id = thread.members().unwrap().remove("id").unwrap().as_str().unwrap().into_owned();
    let posts = format!("/groups/{GARDENERS}/threads/{id}/posts?$expand=attachments,extensions");
    let told: Json = client.request(Method::GET, &posts).await.unwrap();
    let told = told.to_string();
    assert!(told.contains("fileAttachment") && !told.contains(evil), "{told}");
}
