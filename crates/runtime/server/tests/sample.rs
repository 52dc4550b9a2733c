//! A generated server and its contract tests in small, written by hand: the shape that the emitter follows.
//!
//! What is tested is that the shape compiles, and that a documented example holds client and server to it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(
    unreachable_pub,
    clippy::wrong_self_convention,
    reason = "what is generated is public, and named as the metadata names it"
)]

#[path = "../../core/tests/sample/mod.rs"]
mod sample;

/// Generated: `server/src/lib.rs`.
mod server {
    use std::future::Future;

    use super::sample::graph::ConversationThread;
    use super::sample::operations;
    use msgraph_core::{Created, NoContent, Operation as _};
    use msgraph_server::{Context, Guard, Router, Routes, ServiceError, not_implemented};

    /// Answers the operations on `groups/{id}/threads`; what is not overridden answers 501.
    pub trait GroupThreads: Send + Sync + 'static {
        /// Create conversation thread.
        fn create(
            &self,
            group_id: String,
            body: ConversationThread,
            context: Context,
        ) -> impl Future<Output = Result<Created<ConversationThread>, ServiceError>> + Send
        {
            let _ = (group_id, body, context);
            not_implemented::<operations::groups::CreateThreads>()
        }

        /// Delete conversation thread.
        fn delete(
            &self,
            group_id: String,
            conversation_thread_id: String,
            context: Context,
        ) -> impl Future<Output = Result<NoContent, ServiceError>> + Send {
            let _ = (group_id, conversation_thread_id, context);
            not_implemented::<operations::groups::DeleteThreads>()
        }
    }

    /// All traits of this server.
    pub trait Service: GroupThreads {}

    impl<T: GroupThreads> Service for T {}

    /// The path below which the operations stand.
    pub const BASE: &str = "/v1.0";

    /// The router of a service, guarded.
    pub fn router<S: Service>(service: S, guard: impl Guard) -> Router {
        routes(service, guard).into_router()
    }

    /// The routes of a service, whose limits can still be set.
    pub fn routes<S: Service, G: Guard>(service: S, guard: G) -> Routes<S, G> {
        Routes::new(BASE, service, guard)
            .operation::<operations::groups::CreateThreads, _, _>(
                operations::groups::CreateThreads::PATH,
                |service, call| async move {
                    let [group_id] = call.path()?;
                    GroupThreads::create(&*service, group_id, call.body, call.context).await
                },
            )
            .operation::<operations::groups::DeleteThreads, _, _>(
                "/groups/{group-id}/threads/{conversationThread-id}",
                |service, call| async move {
                    let [group_id, conversation_thread_id] = call.path()?;
                    GroupThreads::delete(&*service, group_id, conversation_thread_id, call.context)
                        .await
                },
            )
    }
}

/// Generated: `server/tests/contract/group_post_threads.rs`.
mod create_conversationthread_from_group {
    use super::sample::graph::{BodyType, ConversationThread, ItemBody, Post};
    use super::sample::operations::groups::CreateThreads;
    use super::server::{BASE, GroupThreads, router};
    use msgraph_client::{Client, Path, Request, StaticToken};
    use msgraph_core::Created;
    use msgraph_server::contract::{
        DocumentedRequest, DocumentedResponse, Mismatch, Outcome, Seen, TOKEN, guard, read, same,
        writes,
    };
    use msgraph_server::{Context, ServiceError};

    const REQUEST: DocumentedRequest = DocumentedRequest {
        method: "POST",
        url: "https://graph.microsoft.com/v1.0/groups/4d81ce71-486c-41e9-afc5-e41bf2d0722a/threads",
        headers: &[("Content-type", "application/json")],
        body: Some(REQUEST_BODY),
    };

    const REQUEST_BODY: &str = r#"{
  "topic": "Lunch",
  "posts": [
    {
      "body": {
        "contentType": "html",
        "content": "At noon?"
      }
    }
  ]
}"#;

    const RESPONSE: DocumentedResponse = DocumentedResponse {
        status: 201,
        headers: &[("Content-type", "application/json"), ("Content-length", "419")],
        body: Some(RESPONSE_BODY),
    };

    const RESPONSE_BODY: &str = r#"{
  "id": "AAQkADg",
  "topic": "Lunch",
  "hasAttachments": true,
  "lastDeliveredDateTime": "2018-01-31T01:02:03Z",
  "uniqueSenders": ["Ann"]
}"#;

    /// The documented body, as one writes it.
    fn body() -> ConversationThread {
        ConversationThread::new().with_topic("Lunch").with_posts([Post::new()
            .with_body(ItemBody::new().with_content_type(BodyType::Html).with_content("At noon?"))])
    }

    #[test]
    fn client_sends_the_documented_request() -> Outcome {
        // Generated: `Graph::with_client(…).groups().by_group_id("4d81…").threads().post(body())`.
        let client = Client::builder()
            .base_url("https://graph.microsoft.com/v1.0")
            .credential(StaticToken::new(TOKEN))
            .build()
            .map_err(|error| Mismatch::new(error.to_string()))?;
        let path = Path::root(&client)
            .segment("groups")
            .key("4d81ce71-486c-41e9-afc5-e41bf2d0722a")
            .segment("threads");
        let sent = Request::<CreateThreads>::new(path, body())
            .into_http()
            .map_err(|error| Mismatch::new(error.to_string()))?;
        REQUEST.matches(&sent)
    }

    struct Handler {
        seen: Seen<(String, ConversationThread)>,
        answer: ConversationThread,
    }

    impl GroupThreads for Handler {
        async fn create(
            &self,
            group_id: String,
            body: ConversationThread,
            _: Context,
        ) -> Result<Created<ConversationThread>, ServiceError> {
            self.seen.record((group_id, body));
            Ok(Created(self.answer.clone()))
        }
    }

    #[tokio::test]
    async fn server_accepts_the_documented_request() -> Outcome {
        let seen = Seen::new();
        let handler = Handler { seen: seen.clone(), answer: read(RESPONSE_BODY)? };
        let answer = REQUEST.send(router(handler, guard::<CreateThreads>()), BASE).await?;
        RESPONSE.matches(&answer)?;
        let (group_id, found) = seen.take()?;
        same("group id", &"4d81ce71-486c-41e9-afc5-e41bf2d0722a", &group_id.as_str())?;
        same("body", &body(), &found)
    }

    #[test]
    fn the_documented_response_survives_reading_and_writing() -> Outcome {
        writes(&read::<ConversationThread>(RESPONSE_BODY)?, RESPONSE_BODY)
    }
}

/// What the runtime does with models, beyond the documented example.
mod strictness {
    use super::sample::graph::ConversationThread;
    use super::sample::operations::groups::CreateThreads;
    use super::server::{BASE, GroupThreads, router};
    use msgraph_core::Created;
    use msgraph_server::contract::{DocumentedRequest, Outcome, guard};
    use msgraph_server::{Context, ServiceError};

    struct Echo;

    impl GroupThreads for Echo {
        async fn create(
            &self,
            _: String,
            body: ConversationThread,
            _: Context,
        ) -> Result<Created<ConversationThread>, ServiceError> {
            Ok(Created(body))
        }
    }

    async fn answer(body: &'static str) -> Outcome<(u16, serde_json::Value)> {
        let request = DocumentedRequest {
            method: "POST",
            url: "/groups/42/threads",
            headers: &[],
            body: Some(body),
        };
        let answer = request.send(router(Echo, guard::<CreateThreads>()), BASE).await?;
        let body = serde_json::from_slice(answer.body()).expect("JSON");
        Ok((answer.status().as_u16(), body))
    }

    #[tokio::test]
    async fn a_mistyped_member_is_400_and_its_path_is_told() -> Outcome {
        for (body, path) in [
            (r#"{"topic":17}"#, "$.topic"),
            (r#"{"topic":null}"#, "$.topic"),
            (r#"{"posts":[{},{"body":{"content":[]}}]}"#, "$.posts[1].body.content"),
            (r#"{"lastDeliveredDateTime":"noon"}"#, "$.lastDeliveredDateTime"),
            ("[]", "$"),
        ] {
            let (status, answer) = answer(body).await?;
            assert_eq!(status, 400, "{body}");
            assert_eq!(answer["error"]["target"], path, "{answer}");
            let message = answer["error"]["message"].as_str().expect("a message");
            assert!(message.contains(path), "{message}");
        }
        Ok(())
    }

    #[tokio::test]
    async fn an_undeclared_member_is_kept() -> Outcome {
        let (status, answer) = answer(r#"{"topic":"x","extra":{"a":1}}"#).await?;
        assert_eq!((status, &answer["extra"]["a"]), (201, &serde_json::json!(1)));
        Ok(())
    }
}
