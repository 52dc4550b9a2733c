//! The thread family over real HTTP on loopback, for both versions: a generated client works its way
//! through groups, conversations, threads, posts, attachments and extensions, and a generated server
//! keeps them in memory. What was sent is what is read; what was deleted is gone.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

/// The same story for a version: the crates differ, the calls do not.
macro_rules! version {
    ($module:ident, $base:literal, $models:ident, $client:ident, $server:ident) => {
        mod $module {
            use std::collections::BTreeMap;
            use std::sync::{Arc, Mutex};

            use msgraph_core::Page;
            use $client::{Client, Error, Graph, StaticToken};
            use $models::edm::Binary;
            use $models::graph::{
                Attachment, AttachmentItem, AttachmentType, BodyType, Conversation,
                ConversationThread, EmailAddress, Event, Extension, FileAttachment, Group,
                ItemAttachment, ItemBody, OpenTypeExtension, Post, Recipient, UploadSession,
            };
            use $models::parameters::{
                AttachmentCreateUploadSessionParameters, ConversationThreadReplyParameters,
                PostForwardParameters, PostReplyParameters,
            };
            use $server::{
                Accepted, AttachmentCreateUploadSession, Context, ConversationThreadPosts,
                ConversationThreadReply, ConversationThreads, Created, GroupConversations,
                GroupDelta, GroupExtensions, GroupThreads, Groups, NoContent, PostAttachments,
                PostExtensions, PostForward, PostReply, Principal, Result, ServiceError,
                StaticTokens, Success, router,
            };

            const GROUP: &str = "b320ee12-b1cd-4cca-b648-a437be61c5cd";

            const NEXT_ROUND: &str = "https://graph.microsoft.com/v1.0/groups/delta?$deltatoken=1";

            /// One group, and all that was said in it.
            #[derive(Clone, Default)]
            struct Mailbox(Arc<Mutex<Kept>>);

            #[derive(Default)]
            struct Kept {
                conversations: BTreeMap<String, Conversation>,
                /// Each with the conversation that it belongs to.
                threads: BTreeMap<String, (String, ConversationThread)>,
                /// Each with the thread that it belongs to.
                posts: BTreeMap<String, (String, Post)>,
                extensions: BTreeMap<String, Extension>,
                forwarded: Vec<(String, Vec<String>)>,
                last: u32,
            }

            impl Kept {
                fn id(&mut self, kind: &str) -> String {
                    self.last += 1;
                    format!("{kind}/{}=", self.last)
                }

                fn begin(
                    &mut self,
                    conversation: &str,
                    thread: ConversationThread,
                ) -> ConversationThread {
                    let id = self.id("thread");
                    for post in thread.posts() {
                        self.say(&id, post.clone());
                    }
                    let thread = thread.with_id(id.clone()).with_is_locked(false);
                    self.threads.insert(id, (conversation.to_owned(), thread.clone()));
                    thread
                }

                fn say(&mut self, thread: &str, post: Post) {
                    let id = self.id("post");
                    let mut post = post.with_id(id.clone()).with_conversation_thread_id(thread);
                    for attachment in post.attachments_mut() {
                        attachment.edit(|attachment| attachment.with_id(self.id("attachment")));
                    }
                    self.posts.insert(id, (thread.to_owned(), post));
                }

                fn thread(&mut self, id: &str) -> Result<&mut ConversationThread> {
                    let kept = self.threads.get_mut(id).map(|(_, thread)| thread);
                    kept.ok_or_else(|| ServiceError::not_found(id))
                }

                fn post(&mut self, id: &str) -> Result<&mut Post> {
                    let kept = self.posts.get_mut(id).map(|(_, post)| post);
                    kept.ok_or_else(|| ServiceError::not_found(id))
                }

                fn update(
                    &mut self,
                    id: &str,
                    patch: &ConversationThread,
                ) -> Result<ConversationThread> {
                    Ok(self.thread(id)?.merge(patch).clone())
                }

                fn forget_thread(&mut self, id: &str) -> Result<NoContent> {
                    self.threads.remove(id).ok_or_else(|| ServiceError::not_found(id))?;
                    self.posts.retain(|_, (thread, _)| thread != id);
                    Ok(NoContent)
                }
            }

            impl Mailbox {
                fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
                    self.0.lock().unwrap()
                }
            }

            impl Groups for Mailbox {
                async fn list(&self, _context: Context) -> Result<Success<Page<Group>>> {
                    let group = Group::new().with_id(GROUP).with_group_types(["Unified"]);
                    Ok(Success(Page::new([group]).with_count(1)))
                }

                async fn get(&self, group_id: String, _context: Context) -> Result<Success<Group>> {
                    Ok(Success(Group::new().with_id(group_id).with_unseen_count(3)))
                }
            }

            impl GroupDelta for Mailbox {
                async fn delta(&self, _context: Context) -> Result<Success<Page<Group>>> {
                    let group = Group::new().with_id(GROUP).with_display_name("Lunch");
                    Ok(Success(Page::new([group]).with_delta_link(NEXT_ROUND)))
                }
            }

            impl GroupConversations for Mailbox {
                async fn list(
                    &self,
                    _group: String,
                    _context: Context,
                ) -> Result<Success<Page<Conversation>>> {
                    Ok(Success(Page::new(self.kept().conversations.values().cloned())))
                }

                async fn create(
                    &self,
                    _group: String,
                    body: Conversation,
                    _context: Context,
                ) -> Result<Created<Conversation>> {
                    let mut kept = self.kept();
                    let id = kept.id("conversation");
                    let threads: Vec<ConversationThread> = body
                        .threads()
                        .iter()
                        .map(|thread| kept.begin(&id, thread.clone()))
                        .collect();
                    let conversation = Conversation::new()
                        .with_id(id.clone())
                        .with_topic(body.topic().unwrap_or_default())
                        .with_threads(threads.iter().map(|thread| {
                            ConversationThread::new().with_id(thread.id().unwrap_or_default())
                        }));
                    kept.conversations.insert(id, conversation.clone());
                    Ok(Created(conversation))
                }

                async fn get(
                    &self,
                    _group: String,
                    id: String,
                    _context: Context,
                ) -> Result<Success<Conversation>> {
                    let kept = self.kept().conversations.get(&id).cloned();
                    kept.map(Success).ok_or_else(|| ServiceError::not_found(id))
                }

                async fn delete(
                    &self,
                    _group: String,
                    id: String,
                    _context: Context,
                ) -> Result<NoContent> {
                    let mut kept = self.kept();
                    kept.conversations.remove(&id).ok_or_else(|| ServiceError::not_found(&*id))?;
                    kept.threads.retain(|_, (conversation, _)| *conversation != id);
                    Ok(NoContent)
                }
            }

            impl ConversationThreads for Mailbox {
                async fn list(
                    &self,
                    _group: String,
                    conversation: String,
                    _context: Context,
                ) -> Result<Success<Page<ConversationThread>>> {
                    let kept = self.kept();
                    let of = kept.threads.values().filter(|(owner, _)| *owner == conversation);
                    Ok(Success(Page::new(of.map(|(_, thread)| thread.clone()))))
                }

                async fn create(
                    &self,
                    _group: String,
                    conversation: String,
                    body: ConversationThread,
                    _context: Context,
                ) -> Result<Created<ConversationThread>> {
                    Ok(Created(self.kept().begin(&conversation, body)))
                }

                async fn get(
                    &self,
                    _group: String,
                    _conversation: String,
                    id: String,
                    _context: Context,
                ) -> Result<Success<ConversationThread>> {
                    Ok(Success(self.kept().thread(&id)?.clone()))
                }

                async fn update(
                    &self,
                    _group: String,
                    _conversation: String,
                    id: String,
                    body: ConversationThread,
                    _context: Context,
                ) -> Result<Success<ConversationThread>> {
                    self.kept().update(&id, &body).map(Success)
                }

                async fn delete(
                    &self,
                    _group: String,
                    _conversation: String,
                    id: String,
                    _context: Context,
                ) -> Result<NoContent> {
                    self.kept().forget_thread(&id)
                }
            }

            impl GroupThreads for Mailbox {
                async fn list(
                    &self,
                    _group: String,
                    _context: Context,
                ) -> Result<Success<Page<ConversationThread>>> {
                    let kept = self.kept();
                    Ok(Success(Page::new(kept.threads.values().map(|(_, thread)| thread.clone()))))
                }

                async fn create(
                    &self,
                    _group: String,
                    body: ConversationThread,
                    _context: Context,
                ) -> Result<Created<ConversationThread>> {
                    let mut kept = self.kept();
                    let conversation = kept.id("conversation");
                    Ok(Created(kept.begin(&conversation, body)))
                }

                async fn get(
                    &self,
                    _group: String,
                    id: String,
                    _context: Context,
                ) -> Result<Success<ConversationThread>> {
                    Ok(Success(self.kept().thread(&id)?.clone()))
                }

                async fn update(
                    &self,
                    _group: String,
                    id: String,
                    body: ConversationThread,
                    _context: Context,
                ) -> Result<Success<ConversationThread>> {
                    self.kept().update(&id, &body).map(Success)
                }

                async fn delete(
                    &self,
                    _group: String,
                    id: String,
                    _context: Context,
                ) -> Result<NoContent> {
                    self.kept().forget_thread(&id)
                }
            }

            impl ConversationThreadReply for Mailbox {
                async fn reply(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    thread: String,
                    body: ConversationThreadReplyParameters,
                    _context: Context,
                ) -> Result<Accepted> {
                    let mut kept = self.kept();
                    if kept.thread(&thread)?.is_locked() == Some(true) {
                        return Err(ServiceError::conflict("the thread is locked"));
                    }
                    let post = body.post().ok_or_else(|| ServiceError::bad_request("no post"))?;
                    kept.say(&thread, post.clone());
                    Ok(Accepted(()))
                }
            }

            impl ConversationThreadPosts for Mailbox {
                async fn list(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    thread: String,
                    _context: Context,
                ) -> Result<Success<Page<Post>>> {
                    let kept = self.kept();
                    let of = kept.posts.values().filter(|(owner, _)| *owner == thread);
                    Ok(Success(Page::new(of.map(|(_, post)| post.clone()))))
                }

                async fn get(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    _thread: String,
                    id: String,
                    _context: Context,
                ) -> Result<Success<Post>> {
                    Ok(Success(self.kept().post(&id)?.clone()))
                }
            }

            impl PostReply for Mailbox {
                async fn reply(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    thread: String,
                    id: String,
                    body: PostReplyParameters,
                    _context: Context,
                ) -> Result<Accepted> {
                    let mut kept = self.kept();
                    let answered = Post::new().with_id(kept.post(&id)?.id().unwrap_or_default());
                    let post = body.post().ok_or_else(|| ServiceError::bad_request("no post"))?;
                    kept.say(&thread, post.clone().with_in_reply_to(answered));
                    Ok(Accepted(()))
                }
            }

            impl PostForward for Mailbox {
                async fn forward(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    _thread: String,
                    id: String,
                    body: PostForwardParameters,
                    _context: Context,
                ) -> Result<Success<()>> {
                    let to = body
                        .to_recipients()
                        .iter()
                        .filter_map(|to| Some(to.email_address()?.address()?.to_owned()));
                    self.kept().forwarded.push((id, to.collect()));
                    Ok(Success(()))
                }
            }

            impl PostAttachments for Mailbox {
                async fn list(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    _thread: String,
                    post: String,
                    _context: Context,
                ) -> Result<Success<Page<Attachment>>> {
                    let mut kept = self.kept();
                    Ok(Success(Page::new(kept.post(&post)?.attachments().iter().cloned())))
                }

                async fn get(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    _thread: String,
                    post: String,
                    id: String,
                    _context: Context,
                ) -> Result<Success<Attachment>> {
                    let mut kept = self.kept();
                    let mut of = kept.post(&post)?.attachments().iter();
                    let found = of.find(|attachment| attachment.id() == Some(&id));
                    found.cloned().map(Success).ok_or_else(|| ServiceError::not_found(id))
                }

                async fn delete(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    _thread: String,
                    post: String,
                    id: String,
                    _context: Context,
                ) -> Result<NoContent> {
                    let mut kept = self.kept();
                    let post = kept.post(&post)?;
                    let rest: Vec<Attachment> = post
                        .attachments()
                        .iter()
                        .filter(|attachment| attachment.id() != Some(&id))
                        .cloned()
                        .collect();
                    post.edit(|post| post.with_attachments(rest));
                    Ok(NoContent)
                }
            }

            impl AttachmentCreateUploadSession for Mailbox {
                async fn create_upload_session(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    _thread: String,
                    _post: String,
                    body: AttachmentCreateUploadSessionParameters,
                    _context: Context,
                ) -> Result<Created<UploadSession>> {
                    let item = body.attachment_item().and_then(AttachmentItem::size);
                    let size = item.ok_or_else(|| ServiceError::bad_request("no size"))?;
                    Ok(Created(
                        UploadSession::new().with_next_expected_ranges([format!("0-{}", size - 1)]),
                    ))
                }
            }

            impl PostExtensions for Mailbox {
                async fn create(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    _thread: String,
                    post: String,
                    body: Extension,
                    _context: Context,
                ) -> Result<Created<Extension>> {
                    self.kept().post(&post)?;
                    self.keep(body).map(Created)
                }

                async fn get(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    _thread: String,
                    _post: String,
                    id: String,
                    _context: Context,
                ) -> Result<Success<Extension>> {
                    self.read(&id).map(Success)
                }

                async fn update(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    _thread: String,
                    _post: String,
                    id: String,
                    body: Extension,
                    _context: Context,
                ) -> Result<Success<Extension>> {
                    self.change(&id, &body).map(Success)
                }

                async fn delete(
                    &self,
                    _group: String,
                    _conversation: Option<String>,
                    _thread: String,
                    _post: String,
                    id: String,
                    _context: Context,
                ) -> Result<NoContent> {
                    self.drop_extension(&id)
                }
            }

            impl GroupExtensions for Mailbox {
                async fn create(
                    &self,
                    _group: String,
                    body: Extension,
                    _context: Context,
                ) -> Result<Created<Extension>> {
                    self.keep(body).map(Created)
                }

                async fn get(
                    &self,
                    _group: String,
                    id: String,
                    _context: Context,
                ) -> Result<Success<Extension>> {
                    self.read(&id).map(Success)
                }

                async fn update(
                    &self,
                    _group: String,
                    id: String,
                    body: Extension,
                    _context: Context,
                ) -> Result<Success<Extension>> {
                    self.change(&id, &body).map(Success)
                }

                async fn delete(
                    &self,
                    _group: String,
                    id: String,
                    _context: Context,
                ) -> Result<NoContent> {
                    self.drop_extension(&id)
                }
            }

            impl Mailbox {
                fn keep(&self, extension: Extension) -> Result<Extension> {
                    let open = extension.cast::<OpenTypeExtension>();
                    let name = open.and_then(|open| open.extension_name());
                    let id = name.ok_or_else(|| ServiceError::bad_request("no name"))?.to_owned();
                    let extension = extension.with_id(id.clone());
                    self.kept().extensions.insert(id, extension.clone());
                    Ok(extension)
                }

                fn read(&self, id: &str) -> Result<Extension> {
                    let kept = self.kept().extensions.get(id).cloned();
                    kept.ok_or_else(|| ServiceError::not_found(id))
                }

                fn change(&self, id: &str, patch: &Extension) -> Result<Extension> {
                    let mut kept = self.kept();
                    let found = kept.extensions.get_mut(id);
                    Ok(found.ok_or_else(|| ServiceError::not_found(id))?.merge(patch).clone())
                }

                fn drop_extension(&self, id: &str) -> Result<NoContent> {
                    let gone = self.kept().extensions.remove(id);
                    gone.map(|_| NoContent).ok_or_else(|| ServiceError::not_found(id))
                }
            }

            async fn serve() -> (Graph, Mailbox) {
                let mailbox = Mailbox::default();
                let writer = Principal::work("alex", ["Group.ReadWrite.All"]);
                let guard = StaticTokens::new().with("secret", writer);
                let routes = router(mailbox.clone(), guard);
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                let url = format!("http://{}/{}", listener.local_addr().unwrap(), $base);
                tokio::spawn(async move { axum::serve(listener, routes).await });
                let client = Client::builder().base_url(url).credential(StaticToken::new("secret"));
                (Graph::with_client(client.build().unwrap()), mailbox)
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
                let (graph, _) = serve().await;
                let groups = graph.groups().get().await.unwrap();
                assert_eq!(groups.count(), Some(1));
                let id = groups.value().first().and_then(|group| group.id()).unwrap().to_owned();
                let group = graph.groups().by_group_id(&id).get().await.unwrap();
                assert_eq!((group.id(), group.unseen_count()), (Some(GROUP), Some(3)));
            }

            #[tokio::test]
            async fn changes_of_groups_end_in_the_link_to_the_next_round() {
                let (graph, _) = serve().await;
                let mut pages = graph.groups().delta().get().pages();
                let page = pages.next().await.unwrap().unwrap();
                let names: Vec<_> = page.value().iter().map(|group| group.display_name()).collect();
                assert_eq!(names, [Some("Lunch")]);
                assert!(pages.next().await.is_none());
                assert_eq!(pages.delta_link(), Some(NEXT_ROUND));
            }

            #[tokio::test]
            async fn a_conversation_is_begun_continued_and_removed() {
                let (graph, _) = serve().await;
                let conversations = || graph.groups().by_group_id(GROUP).conversations();
                let wanted = Conversation::new().with_topic("Plans").with_threads([thread()]);
                let created = conversations().post(wanted).await.unwrap();
                let id = created.id().unwrap();
                assert_eq!(conversations().get().await.unwrap().value().len(), 1);

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
                assert!(
                    graph
                        .groups()
                        .by_group_id(GROUP)
                        .threads()
                        .get()
                        .await
                        .unwrap()
                        .value()
                        .is_empty()
                );
            }

            #[tokio::test]
            async fn a_thread_takes_replies_until_it_is_locked() {
                let (graph, mailbox) = serve().await;
                let threads = || graph.groups().by_group_id(GROUP).threads();
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
                let posts = one().posts().get().await.unwrap();
                let answered = posts.value().last().and_then(|post| post.in_reply_to()).unwrap();
                assert_eq!(answered.id(), first().get().await.unwrap().id());

                let forward = PostForwardParameters::new().with_to_recipients([alex()]);
                first().forward().post(forward).await.unwrap();
                let to = vec!["alexd@contoso.com".to_owned()];
                let id = first().get().await.unwrap().id().unwrap().to_owned();
                assert_eq!(mailbox.kept().forwarded, [(id, to)]);

                one().patch(ConversationThread::new().with_is_locked(true)).await.unwrap();
                let refused = one().reply().post(reply("Late.")).await.unwrap_err();
                assert_eq!(status(&refused), Some(409));
                one().delete().await.unwrap();
                assert_eq!(status(&one().get().await.unwrap_err()), Some(404));
            }

            #[tokio::test]
            async fn attachments_keep_their_types() {
                let (graph, _) = serve().await;
                let threads = graph.groups().by_group_id(GROUP).threads();
                let file = FileAttachment::new()
                    .with_name("a.txt")
                    .with_content_bytes(Binary::new(*b"hello"));
                let event = Event::new().with_subject("Party");
                let item = ItemAttachment::new().with_name("Party").with_item(event.into_base());
                let said =
                    post("See there.").with_attachments([file.into_base(), item.into_base()]);
                let wanted = ConversationThread::new().with_topic("Files").with_posts([said]);
                let created = threads.post(wanted).await.unwrap();

                let posts = graph.groups().by_group_id(GROUP).threads();
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
                assert_eq!(session.next_expected_ranges().iter().next(), Some("0-3483321"));
            }

            #[tokio::test]
            async fn extensions_hold_what_an_application_puts_there() {
                let (graph, _) = serve().await;
                let group = || graph.groups().by_group_id(GROUP);
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

version!(v1, "v1.0", msgraph_v1_models, msgraph_v1_client, msgraph_v1_server);
version!(beta, "beta", msgraph_beta_models, msgraph_beta_client, msgraph_beta_server);
