//! Query options, pages, changes and upload sessions, as a client meets them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use msgraph_client::core::{Bytes, Json, Method, StatusCode};
use msgraph_emulator::{Emulator, Fault, GARDENERS};
use msgraph_v1_client::Graph;
use msgraph_v1_client::runtime::{Filter, Order};
use msgraph_v1_models::edm::Binary;
use msgraph_v1_models::graph::schema::{ConversationThread as Thread, Group, Post as PostMember};
use msgraph_v1_models::graph::{
    AttachmentItem, AttachmentType, ConversationThread, FileAttachment, Group as GroupModel,
    SingleValueLegacyExtendedProperty,
};
use msgraph_v1_models::parameters::AttachmentCreateUploadSessionParameters;
use serde_json::json;
use support::{client, graph, post, status, thread, topics};

/// An emulator whose group has the threads `A` to `E` beside its own, oldest first.
async fn with_threads() -> (Emulator, Graph) {
    let emulator = Emulator::start().await.unwrap();
    let graph = graph(&emulator);
    for topic in ["A", "B", "C", "D", "E"] {
        graph.groups().by_group_id(GARDENERS).threads().post(thread(topic)).await.unwrap();
    }
    (emulator, graph)
}

fn topics_of(threads: &[ConversationThread]) -> Vec<&str> {
    threads.iter().map(|thread| thread.topic().unwrap_or_default()).collect()
}

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
async fn a_group_that_is_put_there_keeps_the_digits_of_its_numbers() {
    let emulator = Emulator::start().await.unwrap();
    let long: Json = "[123456789012345678901234567890,0.10]".parse().unwrap();
    let group = GroupModel::new().with_display_name("Walkers").with_unknown("x", long.clone());
    emulator.put_group("42", &group).await.unwrap();
    let found = graph(&emulator).groups().by_group_id("42").get().await.unwrap();
    assert_eq!(found.unknown("x").unwrap().as_text(), long.as_text());
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
