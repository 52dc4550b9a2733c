//! Files that come in ranges.

use msgraph_client::core::{Bytes, Method, StatusCode};
use msgraph_emulator::{Emulator, GARDENERS};
use msgraph_v1_models::edm::Binary;
use msgraph_v1_models::graph::{AttachmentItem, AttachmentType, FileAttachment};
use msgraph_v1_models::parameters::AttachmentCreateUploadSessionParameters;

use crate::support::{client, thread, topics};
use crate::with_threads;

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
