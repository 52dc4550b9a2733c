//! What is written, and what is told of it: versions, addresses, batches, files in ranges.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use msgraph_client::core::{Bytes, Json, Method, StatusCode};
use msgraph_emulator::{Emulator, GARDENERS};
use msgraph_v1_models::edm::Binary;
use msgraph_v1_models::graph::{
    AttachmentItem, AttachmentType, ConversationThread, FileAttachment, Group as GroupModel,
};
use msgraph_v1_models::parameters::AttachmentCreateUploadSessionParameters;
use serde_json::json;
use support::{client, graph, status, thread, topics, topics_of, with_threads};

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

#[tokio::test]
async fn a_file_comes_in_ranges_and_is_attached_with_the_last_one() {
    let (emulator, graph) = with_threads().await;
    let threads = || graph.groups().by_group_id(GARDENERS).threads();
    let made = threads().post(thread("Large")).await.unwrap();
    let one = || threads().by_conversation_thread_id(made.id().unwrap());
    let posts = one().posts().get().await.unwrap();
    let attachments = || one().posts().by_post_id(posts.value()[0].id().unwrap()).attachments();
    let item = AttachmentItem::new()
        .with_attachment_type(AttachmentType::File)
        .with_name("plan.bin")
        .with_size(10_i64);
    let wanted = AttachmentCreateUploadSessionParameters::new().with_attachment_item(item);
    let session = attachments().create_upload_session().post(wanted).await.unwrap();
    let url = session.upload_url().unwrap().to_owned();
    assert!(url.starts_with(&emulator.url()));

    // The token goes along since it is the same origin; the session does not ask for it.
    let stranger = client(emulator.url(), "no-token");
    let put = async |range: &str, bytes: &'static str| {
        let request = http::Request::builder()
            .method(Method::PUT)
            .uri(&url)
            .header("Content-Range", range)
            .body(Bytes::from_static(bytes.as_bytes()))
            .unwrap();
        stranger.execute(request).await.unwrap()
    };
    let open = put("bytes 0-3/10", "0123").await;
    assert_eq!(open.status(), StatusCode::OK);
    assert!(String::from_utf8_lossy(open.body()).contains(r#""nextExpectedRanges":["4-"]"#));
    assert_eq!(put("bytes 0-3/10", "0123").await.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(put("bytes 4-9/10", "45").await.status(), StatusCode::BAD_REQUEST);
    let whole = put("bytes 4-9/10", "456789").await;
    assert_eq!(whole.status(), StatusCode::CREATED);
    assert_eq!(put("bytes 4-9/10", "456789").await.status(), StatusCode::NOT_FOUND);

    let listed = attachments().get().await.unwrap();
    let file = listed.value()[0].cast::<FileAttachment>().unwrap();
    assert_eq!(file.content_bytes(), Some(Binary::new(*b"0123456789")));
    let content = attachments().by_attachment_id(file.id().unwrap()).content().get().await;
    assert_eq!(content.unwrap().bytes(), b"0123456789");
    let address = whole.headers()["location"].to_str().unwrap();
    assert!(address.starts_with(&format!("{}/groups/{GARDENERS}/threads/", emulator.v1())));
    let request = http::Request::get(address).body(Bytes::new()).unwrap();
    let told = graph.client().execute(request).await.unwrap();
    assert_eq!(told.status(), StatusCode::OK);
    assert!(String::from_utf8_lossy(told.body()).contains(file.id().unwrap()));
    let read = one().get().await.unwrap();
    assert_eq!(read.has_attachments(), Some(true));
    assert_eq!(topics(&graph).await.len(), 7);
}

#[tokio::test]
async fn an_upload_session_tells_the_methods_that_it_answers_to() {
    let emulator = Emulator::start().await.unwrap();
    let request = http::Request::patch(format!("{}/uploads/1", emulator.url()));
    let client = client(emulator.v1(), emulator.token());
    let answer = client.execute(request.body(Bytes::new()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.headers().get("allow").unwrap(), "PUT, GET, DELETE");
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
