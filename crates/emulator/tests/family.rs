//! The thread family as its pages tell it, in both versions: a generated client works its way through groups,
//! conversations, threads, posts, attachments and extensions. What was sent is what is read; what was deleted is gone.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

/// The same story for a version: the crates differ, the calls do not.
macro_rules! version {
    ($module:ident, $models:ident, $client:ident) => {
        mod $module {
            use msgraph_emulator::{Emulator, GARDENERS};
            use $client::{Client, Error, Graph, StaticToken};
            use $models::edm::Binary;
            use $models::graph::schema;
            use $models::graph::{
                AttachmentItem, AttachmentType, BodyType, Conversation, ConversationThread,
                EmailAddress, Event, FileAttachment, ItemAttachment, ItemBody, OpenTypeExtension,
                Post, Recipient,
            };
            use $models::parameters::{
                AttachmentCreateUploadSessionParameters, ConversationThreadReplyParameters,
                PostForwardParameters, PostReplyParameters,
            };

            async fn start() -> (Emulator, Graph) {
                let emulator = Emulator::start().await.unwrap();
                let client = Client::builder()
                    .base_url(emulator.$module())
                    .credential(StaticToken::new(emulator.token()));
                let graph = Graph::with_client(client.build().unwrap());
                (emulator, graph)
            }

            fn status(error: &Error) -> Option<u16> {
                error.status().map(|status| status.as_u16())
            }

            fn post(text: &str) -> Post {
                let body = ItemBody::new().with_content_type(BodyType::Text).with_content(text);
                Post::new().with_body(body)
            }

            fn alex() -> Recipient {
                let address =
                    EmailAddress::new().with_name("Alex").with_address("alexd@contoso.com");
                Recipient::new().with_email_address(address)
            }

            fn thread() -> ConversationThread {
                ConversationThread::new()
                    .with_topic("Lunch")
                    .with_posts([post("At noon?").with_new_participants([alex()])])
            }

            #[tokio::test]
            async fn groups_are_listed_and_read() {
                let (_emulator, graph) = start().await;
                let groups = graph.groups().get().await.unwrap();
                let names: Vec<_> =
                    groups.value().iter().map(|group| group.display_name()).collect();
                assert_eq!(names, ["Gardeners", "Release crew", "Reading circle"].map(Some));
                let group = graph.groups().by_group_id(GARDENERS).get().await.unwrap();
                assert_eq!(group.mail(), Some("gardeners@emulator.example"));
                let gone = graph.groups().by_group_id("nobody").get().await.unwrap_err();
                assert_eq!(status(&gone), Some(404));
                assert!(gone.service().unwrap().is("Request_ResourceNotFound"));
            }

            #[tokio::test]
            async fn a_conversation_is_begun_continued_and_removed() {
                let (_emulator, graph) = start().await;
                let conversations = || graph.groups().by_group_id(GARDENERS).conversations();
                let wanted = Conversation::new().with_topic("Plans").with_threads([thread()]);
                let created = conversations().post(wanted).await.unwrap();
                let id = created.id().unwrap();
                assert_eq!(created.threads().len(), 1);
                assert_eq!(conversations().get().await.unwrap().value().len(), 2);

                let threads = || conversations().by_conversation_id(id).threads();
                let second = threads().post(thread().with_topic("Dinner")).await.unwrap();
                assert_eq!(threads().get().await.unwrap().value().len(), 2);
                let second = || threads().by_conversation_thread_id(second.id().unwrap());
                assert_eq!(second().get().await.unwrap().topic(), Some("Dinner"));
                let locked = ConversationThread::new().with_is_locked(true);
                let locked = second().patch(locked).await.unwrap();
                assert_eq!((locked.is_locked(), locked.topic()), (Some(true), Some("Dinner")));
                second().delete().await.unwrap();
                assert_eq!(status(&second().get().await.unwrap_err()), Some(404));

                conversations().by_conversation_id(id).delete().await.unwrap();
                let gone = conversations().by_conversation_id(id).get().await.unwrap_err();
                assert_eq!(status(&gone), Some(404));
                let left = graph.groups().by_group_id(GARDENERS).threads().get().await.unwrap();
                let topics: Vec<_> = left.value().iter().map(|thread| thread.topic()).collect();
                assert_eq!(topics, [Some("Seeds for spring")]);
            }

            #[tokio::test]
            async fn a_thread_makes_its_conversation_and_tells_of_its_posts() {
                let (_emulator, graph) = start().await;
                let group = || graph.groups().by_group_id(GARDENERS);
                let html = ItemBody::new()
                    .with_content_type(BodyType::Html)
                    .with_content("<p>At <b>noon</b>?</p>");
                let first = Post::new().with_body(html).with_new_participants([alex()]);
                let wanted = ConversationThread::new().with_topic("Lunch").with_posts([first]);
                let thread = group().threads().post(wanted).await.unwrap();
                assert_eq!(thread.preview(), Some("At noon ?"));
                assert_eq!(
                    thread.unique_senders().iter().collect::<Vec<_>>(),
                    ["adele@emulator.example"]
                );
                assert_eq!(thread.to_recipients(), [alex()]);
                assert_eq!(
                    (thread.has_attachments(), thread.is_locked()),
                    (Some(false), Some(false))
                );

                let conversations = group().conversations().get().await.unwrap();
                let conversation = conversations.value().last().unwrap();
                assert_eq!(conversation.topic(), Some("Lunch"));
                assert_eq!(
                    conversation.last_delivered_date_time(),
                    thread.last_delivered_date_time()
                );
                let posts =
                    group().threads().by_conversation_thread_id(thread.id().unwrap()).posts();
                let posts = posts.get().await.unwrap();
                let post = posts.value().first().unwrap();
                assert_eq!(post.conversation_id(), conversation.id());
                assert_eq!(post.conversation_thread_id(), thread.id());
            }

            #[tokio::test]
            async fn a_thread_needs_a_topic_and_a_post_with_a_body() {
                let (_emulator, graph) = start().await;
                let threads = || graph.groups().by_group_id(GARDENERS).threads();
                let lacking = [
                    ("topic", ConversationThread::new().with_posts([post("Hi")])),
                    ("posts", ConversationThread::new().with_topic("Lunch")),
                    (
                        "body",
                        ConversationThread::new().with_topic("Lunch").with_posts([Post::new()]),
                    ),
                ];
                for (member, thread) in lacking {
                    let refused = threads().post(thread).await.unwrap_err();
                    assert_eq!(status(&refused), Some(400), "{member}");
                    assert_eq!(refused.service().unwrap().target(), Some(member));
                }
                assert_eq!(threads().get().await.unwrap().value().len(), 1, "nothing was written");
            }

            #[tokio::test]
            async fn a_thread_takes_replies_until_it_is_locked() {
                let (emulator, graph) = start().await;
                let threads = || graph.groups().by_group_id(GARDENERS).threads();
                let created = threads().post(thread()).await.unwrap();
                let one = || threads().by_conversation_thread_id(created.id().unwrap());
                let reply = |text| ConversationThreadReplyParameters::new().with_post(post(text));
                one().reply().post(reply("Gladly.")).await.unwrap();

                let posts = one().posts().get().await.unwrap();
                let texts: Vec<_> = posts
                    .value()
                    .iter()
                    .map(|post| post.body().and_then(|body| body.content()).unwrap())
                    .collect();
                assert_eq!(texts, ["At noon?", "Gladly."]);
                let first = posts.value().first().and_then(|post| post.id()).unwrap();
                let first = || one().posts().by_post_id(first);
                let answer = PostReplyParameters::new().with_post(post("Where?"));
                first().reply().post(answer).await.unwrap();
                let posts = one().posts().get().expand([schema::Post::InReplyTo]).await.unwrap();
                let answered = posts.value().last().and_then(|post| post.in_reply_to()).unwrap();
                assert_eq!(answered.id(), first().get().await.unwrap().id());

                let forward = PostForwardParameters::new().with_to_recipients([alex()]);
                first().forward().post(forward).await.unwrap();
                let all = serde_json::to_string(&emulator.snapshot().await.unwrap()).unwrap();
                assert!(all.contains(r#""kind":"forward""#) && all.contains("alexd@contoso.com"));

                one().patch(ConversationThread::new().with_is_locked(true)).await.unwrap();
                let refused = one().reply().post(reply("Late.")).await.unwrap_err();
                assert_eq!(status(&refused), Some(403));
                one().delete().await.unwrap();
                assert_eq!(status(&one().get().await.unwrap_err()), Some(404));
            }

            #[tokio::test]
            async fn attachments_keep_their_types() {
                let (_emulator, graph) = start().await;
                let threads = graph.groups().by_group_id(GARDENERS).threads();
                let file = FileAttachment::new()
                    .with_name("a.txt")
                    .with_content_bytes(Binary::new(*b"hello"));
                let event = Event::new().with_subject("Party");
                let item = ItemAttachment::new().with_name("Party").with_item(event.into_base());
                let said =
                    post("See there.").with_attachments([file.into_base(), item.into_base()]);
                let wanted = ConversationThread::new().with_topic("Files").with_posts([said]);
                let created = threads.post(wanted).await.unwrap();

                let posts = graph.groups().by_group_id(GARDENERS).threads();
                let posts =
                    || posts.clone().by_conversation_thread_id(created.id().unwrap()).posts();
                let page = posts().get().await.unwrap();
                let id = page.value().first().and_then(|post| post.id()).unwrap();
                let attachments = || posts().by_post_id(id).attachments();
                let listed = attachments().get().await.unwrap();
                let file =
                    listed.value().iter().find_map(|any| any.cast::<FileAttachment>()).unwrap();
                assert_eq!(file.content_bytes(), Some(Binary::new(*b"hello")));
                let item =
                    listed.value().iter().find_map(|any| any.cast::<ItemAttachment>()).unwrap();
                let event = item.item().and_then(|item| item.cast::<Event>()).unwrap();
                assert_eq!(event.subject(), Some("Party"));

                let one = || attachments().by_attachment_id(file.id().unwrap());
                assert!(one().get().await.unwrap().is::<FileAttachment>());
                one().delete().await.unwrap();
                assert_eq!(status(&one().get().await.unwrap_err()), Some(404));

                let large = AttachmentItem::new()
                    .with_attachment_type(AttachmentType::File)
                    .with_name("flower")
                    .with_size(3_483_322_i64);
                let wanted =
                    AttachmentCreateUploadSessionParameters::new().with_attachment_item(large);
                let session = attachments().create_upload_session().post(wanted).await.unwrap();
                assert_eq!(session.next_expected_ranges().iter().next(), Some("0-"));
            }

            #[tokio::test]
            async fn extensions_hold_what_an_application_puts_there() {
                let (_emulator, graph) = start().await;
                let group = || graph.groups().by_group_id(GARDENERS);
                let created = group().threads().post(thread()).await.unwrap();
                let posts =
                    group().threads().by_conversation_thread_id(created.id().unwrap()).posts();
                let page = posts.clone().get().await.unwrap();
                let post = page.value().first().and_then(|post| post.id()).unwrap();
                let deal = |value: i64| {
                    OpenTypeExtension::new()
                        .with_extension_name("Com.Contoso.Deal")
                        .with_unknown("dealValue", value)
                        .into_base()
                };

                let of_post = || posts.clone().by_post_id(post).extensions();
                let kept = of_post().post(deal(1)).await.unwrap();
                let one = || of_post().by_extension_id(kept.id().unwrap());
                assert!(one().get().await.unwrap().is::<OpenTypeExtension>());
                let changed = one().patch(deal(2)).await.unwrap();
                assert_eq!(
                    changed.unknown("dealValue").map(|json| json.to_string()),
                    Some("2".to_owned())
                );
                one().delete().await.unwrap();
                assert_eq!(status(&one().get().await.unwrap_err()), Some(404));

                group().extensions().post(deal(3)).await.unwrap();
                let one = || group().extensions().by_extension_id("Com.Contoso.Deal");
                let read = one().get().await.unwrap();
                assert_eq!(
                    read.unknown("dealValue").map(|json| json.to_string()),
                    Some("3".to_owned())
                );
                one().patch(deal(4)).await.unwrap();
                one().delete().await.unwrap();
                assert_eq!(status(&one().delete().await.unwrap_err()), Some(404));
            }
        }
    };
}

version!(v1, msgraph_v1_models, msgraph_v1_client);
version!(beta, msgraph_beta_models, msgraph_beta_client);
