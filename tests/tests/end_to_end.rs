//! Generated client and generated server over real HTTP on loopback, for both versions.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

/// The same tests for a version: the crates differ, the story does not.
macro_rules! version {
    ($module:ident, $base:literal, $models:ident, $client:ident, $server:ident) => {
        mod $module {
            use std::sync::{Arc, Mutex};

            use $client::{Client, Graph, StaticToken};
            use $models::graph::{
                BodyType, ConversationThread, EmailAddress, ItemBody, Post, Recipient,
            };
            use $server::runtime::Routes;
            use $server::{
                BASE, Context, Created, GroupThreads, Principal, Router, ServiceError,
                StaticTokens, group_threads,
            };

            #[derive(Clone, Default)]
            struct Recording {
                threads: Arc<Mutex<Vec<(String, ConversationThread)>>>,
            }

            impl GroupThreads for Recording {
                async fn create(
                    &self,
                    group_id: String,
                    thread: ConversationThread,
                    context: Context,
                ) -> Result<Created<ConversationThread>, ServiceError> {
                    assert_eq!(context.principal.subject, "alex");
                    self.threads.lock().unwrap().push((group_id, thread.clone()));
                    Ok(Created(thread.with_id("t1").with_is_locked(false)))
                }
            }

            struct Silent;

            impl GroupThreads for Silent {}

            fn guard() -> StaticTokens {
                StaticTokens::new()
                    .with("writer", Principal::work("alex", ["Group.ReadWrite.All"]))
                    .with("reader", Principal::work("alex", ["Group.Read.All"]))
                    .with("application", Principal::application("app", ["Group.ReadWrite.All"]))
            }

            /// A service that has the threads of groups, and nothing else.
            fn router(service: impl GroupThreads, guard: StaticTokens) -> Router {
                group_threads::routes(Routes::new(BASE, service, guard)).into_router()
            }

            async fn graph(router: Router, token: &str) -> Graph {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                let url = format!("http://{}/{}", listener.local_addr().unwrap(), $base);
                tokio::spawn(async move { axum::serve(listener, router).await });
                let client = Client::builder().base_url(url).credential(StaticToken::new(token));
                Graph::with_client(client.build().unwrap())
            }

            fn thread() -> ConversationThread {
                ConversationThread::new().with_topic("Lunch").with_posts([Post::new()
                    .with_body(
                        ItemBody::new().with_content_type(BodyType::Html).with_content("At noon?"),
                    )
                    .with_new_participants([Recipient::new().with_email_address(
                        EmailAddress::new()
                            .with_name("Alex Darrow")
                            .with_address("alexd@contoso.com"),
                    )])])
            }

            #[tokio::test]
            async fn a_thread_is_created_as_sent() {
                let service = Recording::default();
                let graph = graph(router(service.clone(), guard()), "writer").await;
                let created =
                    graph.groups().by_group_id("a/b").threads().post(thread()).await.unwrap();
                assert_eq!(created.id(), Some("t1"));
                assert_eq!(created.is_locked(), Some(false));
                let post = created.posts().first().unwrap();
                assert_eq!(post.body().and_then(|body| body.content_type()), Some(&BodyType::Html));
                assert_eq!(*service.threads.lock().unwrap(), [("a/b".to_owned(), thread())]);
            }

            #[tokio::test]
            async fn what_is_not_written_answers_501() {
                let graph = graph(router(Silent, guard()), "writer").await;
                let error =
                    graph.groups().by_group_id("42").threads().post(thread()).await.unwrap_err();
                assert_eq!(error.status().map(|s| s.as_u16()), Some(501));
                assert_eq!(
                    error.service().and_then(|failure| failure.code()),
                    Some("notImplemented")
                );
            }

            #[tokio::test]
            async fn who_may_not_call_is_refused() {
                for (token, status) in [("nobody", 401), ("reader", 403), ("application", 403)] {
                    let service = Recording::default();
                    let graph = graph(router(service.clone(), guard()), token).await;
                    let error = graph
                        .groups()
                        .by_group_id("42")
                        .threads()
                        .post(thread())
                        .await
                        .unwrap_err();
                    assert_eq!(error.status().map(|s| s.as_u16()), Some(status), "{token}");
                    assert!(service.threads.lock().unwrap().is_empty());
                }
            }

            #[tokio::test]
            async fn a_mistyped_body_is_refused_with_its_path() {
                let service = Recording::default();
                let graph = graph(router(service.clone(), guard()), "writer").await;
                let mut wrong = thread();
                wrong.set_unknown("isLocked", "maybe");
                let error =
                    graph.groups().by_group_id("42").threads().post(wrong).await.unwrap_err();
                assert_eq!(error.status().map(|s| s.as_u16()), Some(400));
                assert!(error.to_string().contains("$.isLocked"), "{error}");
                assert!(service.threads.lock().unwrap().is_empty());
            }
        }
    };
}

version!(v1, "v1.0", msgraph_v1_models, msgraph_v1_client, msgraph_v1_server);
version!(beta, "beta", msgraph_beta_models, msgraph_beta_client, msgraph_beta_server);
