//! The sample models in use: building, reading, writing, casting, comparing, as a user of generated code does.

mod sample;

use msgraph_core::{
    Created, Model, Operation, Page, Payload, ReadErrorKind, ReadMode, Reply, Schema as _, read,
};
use sample::graph::{
    Attachment, BodyType, ConversationThread, EmailAddress, Entity, FileAttachment, ItemBody, Post,
    Recipient, schema,
};
use sample::operations::groups::{CreateThreads, DeleteThreads, ListThreads};

fn lunch() -> ConversationThread {
    let body = ItemBody::new().with_content_type(BodyType::Html).with_content("At \"noon\"?");
    let cher = EmailAddress::new().with_name("Cher").with_address("cher@contoso.com");
    ConversationThread::new().with_topic("Lunch").with_posts([Post::new()
        .with_body(body)
        .with_new_participants([Recipient::new().with_email_address(cher)])])
}

const LUNCH: &str = r#"{"topic":"Lunch","posts":[{"body":{"content":"At \"noon\"?","contentType":"html"},"newParticipants":[{"emailAddress":{"address":"cher@contoso.com","name":"Cher"}}]}]}"#;

#[test]
fn a_built_object_is_written_as_what_was_set_and_nothing_else() {
    assert_eq!(lunch().to_json(), LUNCH);
    assert_eq!(ConversationThread::new().to_json(), "{}");
}

#[test]
fn code_over_any_model_reads_and_changes_its_object() {
    fn marked(mut model: impl Model) -> String {
        model.as_object_mut().set_unknown("mark", "seen");
        model.as_object().to_json()
    }
    assert_eq!(marked(ItemBody::new().with_content("Hi")), r#"{"content":"Hi","mark":"seen"}"#);
    assert_eq!(marked(Post::new()), r#"{"mark":"seen"}"#);
}

#[test]
fn what_was_written_is_read_as_the_same_object() {
    assert_eq!(ConversationThread::from_json(LUNCH).unwrap(), lunch());
    assert_eq!(LUNCH.parse::<ConversationThread>().unwrap(), lunch());
}

#[test]
fn getters_give_references_and_small_values() {
    let thread = ConversationThread::from_json(
        r#"{"id":"7","topic":"Lunch","uniqueSenders":["a","b"],"isLocked":false,
            "lastDeliveredDateTime":"2018-02-16T08:20:19.0000000Z"}"#,
    )
    .unwrap();
    assert_eq!(thread.id(), Some("7"));
    assert_eq!(thread.topic(), Some("Lunch"));
    assert_eq!(thread.is_locked(), Some(false));
    assert_eq!(thread.has_attachments(), None);
    assert!(thread.unique_senders() == ["a", "b"]);
    assert_eq!(thread.unique_senders().iter().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(thread.posts().len(), 0);
    let delivered = thread.last_delivered_date_time().unwrap();
    assert_eq!(delivered.to_string(), "2018-02-16T08:20:19.0000000Z");
    assert_eq!(delivered.unix_seconds(), 1_518_769_219);
}

#[test]
fn absent_null_and_value_are_told_apart() {
    let mut body = ItemBody::from_json(r#"{"content":null}"#).unwrap();
    assert!(body.contains(schema::ItemBody::Content) && body.is_null(schema::ItemBody::Content));
    assert!(
        !body.contains(schema::ItemBody::ContentType)
            && !body.is_null(schema::ItemBody::ContentType)
    );
    assert_eq!(body.content(), None);
    body.remove(schema::ItemBody::Content).set_null(schema::ItemBody::ContentType);
    assert_eq!(body.to_json(), r#"{"contentType":null}"#);
    assert_eq!(schema::ItemBody::ContentType.name(), "contentType");
}

#[test]
fn members_of_an_enumeration_stand_in_patterns() {
    let body = ItemBody::from_json(r#"{"contentType":"html"}"#).unwrap();
    let told = match body.content_type() {
        Some(&BodyType::Text) => "text",
        Some(&BodyType::Html) => "html",
        Some(_) => "unknown",
        None => "absent",
    };
    assert_eq!(told, "html");
    assert_eq!(BodyType::Html.value(), Some(1));
    assert_eq!(BodyType::Html.to_string(), "html");
}

#[test]
fn an_unknown_member_of_an_enumeration_keeps_its_text() {
    let json = r#"{"contentType":"markdown"}"#;
    let body = ItemBody::from_json(json).unwrap();
    let kind = body.content_type().unwrap();
    assert!(!kind.is_known());
    assert_eq!((kind.as_str(), kind.value()), ("markdown", None));
    assert_eq!(body.to_json(), json);
}

#[test]
fn a_derived_model_is_used_as_its_base() {
    fn id_of(entity: &Entity) -> Option<&str> {
        entity.id()
    }
    let mut post = Post::new().with_id("1").with_categories(["red"]);
    post.edit(|post| post.with_change_key("k"));
    assert_eq!(id_of(&post), Some("1"));
    assert_eq!(post.change_key(), Some("k"));
    assert_eq!(post.categories().get(0), Some("red"));
    let item = post.into_base();
    assert!(item.is::<Post>());
    assert!(item.into_cast::<ConversationThread>().is_err());
}

#[test]
fn a_cast_goes_by_the_type_that_the_object_says() {
    let json = r##"{"attachments":[{"@odata.type":"#microsoft.graph.fileAttachment","name":"a.txt","contentBytes":"aGk="},{"name":"b"}]}"##;
    let post = Post::from_json(json).unwrap();
    let [file, other] = post.attachments() else { panic!("two attachments") };
    let file = file.cast::<FileAttachment>().unwrap();
    assert_eq!(file.content_bytes().unwrap().as_bytes(), b"hi");
    assert_eq!(file.name(), Some("a.txt"));
    assert!(other.cast::<FileAttachment>().is_none());
    assert_eq!(post.to_json(), json);
}

#[test]
fn a_derived_object_says_its_type_where_the_place_declares_another() {
    let file = FileAttachment::new().with_name("a").with_content_bytes(b"hi".to_vec());
    let attachment: Attachment = file.clone().into_base();
    let post = Post::new().with_attachments([attachment]);
    let json = post.to_json();
    assert_eq!(
        json,
        r##"{"attachments":[{"@odata.type":"#microsoft.graph.fileAttachment","name":"a","contentBytes":"aGk="}]}"##
    );
    assert_eq!(file.to_json(), r#"{"name":"a","contentBytes":"aGk="}"#);
    assert_eq!(Post::from_json(json).unwrap(), post);
}

#[test]
fn a_patch_changes_what_it_says() {
    let mut post = Post::new()
        .with_conversation_id("c")
        .with_body(ItemBody::new().with_content("old").with_content_type(BodyType::Text));
    let patch = Post::from_json(r#"{"body":{"content":"new"},"conversationId":null,"x":1}"#);
    post.merge(&patch.unwrap());
    assert_eq!(
        post.to_json(),
        r#"{"body":{"content":"new","contentType":"text"},"conversationId":null,"x":1}"#
    );
}

#[test]
fn debug_shows_what_is_present() {
    let post = Post::new()
        .with_id("1")
        .with_body(ItemBody::new().with_content_type(BodyType::Html))
        .with_unknown("x", 1);
    assert_eq!(
        format!("{post:?}"),
        r#"post { id: "1", body: itemBody { contentType: html }, x: 1 }"#
    );
    assert_eq!(post.to_string(), post.to_json());
}

#[test]
fn models_are_serialized_inside_of_other_types() {
    let threads = vec![lunch()];
    let text = serde_json::to_string(&threads).unwrap();
    assert_eq!(text, format!("[{LUNCH}]"));
    assert_eq!(serde_json::from_str::<Vec<ConversationThread>>(&text).unwrap(), threads);
    let error = serde_json::from_str::<ConversationThread>(r#"{"topic":1}"#).unwrap_err();
    assert!(error.to_string().starts_with("$.topic: expected a string"), "{error}");
}

#[test]
fn a_page_has_items_and_links() {
    let json = r#"{"@odata.context":"https://x/$metadata#groups","@odata.count":2,"@odata.nextLink":"https://x/?$skiptoken=1","value":[{"topic":"a"},{"topic":"b"}]}"#;
    let page = read::<Page<ConversationThread>>(json.as_bytes(), ReadMode::Strict).unwrap().value;
    assert_eq!(page.value().len(), 2);
    assert_eq!(page.next_link().as_deref(), Some("https://x/?$skiptoken=1"));
    assert_eq!((page.delta_link(), page.count()), (None, Some(2)));
    let mut out = Vec::new();
    page.write(&mut out);
    assert_eq!(String::from_utf8(out).unwrap(), json);
    let topics: Vec<_> = page.into_iter().map(|t| t.topic().unwrap().to_owned()).collect();
    assert_eq!(topics, ["a", "b"]);
    let last = Page::new([lunch()]).with_next_link("n").with_delta_link("d");
    assert_eq!((last.next_link(), last.delta_link().as_deref()), (None, Some("d")));
}

#[test]
fn a_mistyped_item_of_a_page_names_its_path() {
    let error =
        read::<Page<ConversationThread>>(br#"{"value":[{},{"topic":[]}]}"#, ReadMode::Strict)
            .unwrap_err();
    assert_eq!(*error.path(), "$.value[1].topic");
    assert_eq!(*error.kind(), ReadErrorKind::Mistyped { expected: "a string", found: "an array" });
}

#[test]
fn operations_are_plain_facts() {
    fn status<O: Operation>() -> u16 {
        <O::Response as Reply>::STATUS.as_u16()
    }
    assert_eq!(status::<CreateThreads>(), 201);
    assert_eq!(status::<ListThreads>(), 200);
    assert_eq!(status::<DeleteThreads>(), 204);
    assert_eq!(<CreateThreads as Operation>::Request::CONTENT_TYPE, Some("application/json"));
    assert_eq!(<DeleteThreads as Operation>::Request::CONTENT_TYPE, None);
    assert_eq!(Created::from(lunch()).into_body(), lunch());
    assert_eq!(
        CreateThreads::PERMISSIONS.to_string(),
        "delegated, work or school: Group.ReadWrite.All; delegated, personal: not supported; application: not supported"
    );
    assert!(CreateThreads::PERMISSIONS.delegated_work.allows(["group.readwrite.all"]));
    assert!(!CreateThreads::PERMISSIONS.application.allows(["Group.ReadWrite.All"]));
}
