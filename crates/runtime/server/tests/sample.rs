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
    pub const BASE: msgraph_server::Base = msgraph_server::Base::new("/v1.0");

    /// The router of a service, guarded.
    pub fn router<S: Service>(service: S, guard: impl Guard) -> Router {
        routes(service, guard).into_router()
    }

    /// The routes of a service, whose limits can still be set.
    pub fn routes<S: Service, G: Guard>(service: S, guard: G) -> Routes<S, G> {
        group_threads::routes(Routes::new(BASE, service, guard))
    }

    /// Generated: `server/src/group_threads.rs`.
    pub mod group_threads {
        pub use super::GroupThreads;
        use super::*;

        /// Adds the routes that lead to the trait.
        pub fn routes<S: GroupThreads, G: Guard>(all: Routes<S, G>) -> Routes<S, G> {
            all.operation::<operations::groups::CreateThreads, _, _>(
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
}

/// Generated: the root of the client.
mod client {
    use super::sample::graph::ConversationThread;
    use super::sample::operations::groups::{CreateThreads, DeleteThreads};
    use msgraph_client::{Client, Path, Request};

    /// The root of all paths.
    pub struct Graph(Client);

    impl Graph {
        /// Where the real service is.
        pub const BASE_URL: &'static str = "https://graph.microsoft.com/v1.0";

        /// The service that `client` calls.
        pub fn with_client(client: Client) -> Self {
            Self(client)
        }

        /// Generated: `groups().by_group_id(…).threads().post(…)`.
        pub fn create(&self, group_id: &str, body: ConversationThread) -> Request<CreateThreads> {
            Request::new(
                Path::root(&self.0).segment("groups").key(group_id).segment("threads"),
                body,
            )
        }

        /// Generated: `groups().by_group_id(…).threads().by_conversation_thread_id(…).delete()`.
        pub fn delete(&self, group_id: &str, thread_id: &str) -> Request<DeleteThreads> {
            let threads = Path::root(&self.0).segment("groups").key(group_id).segment("threads");
            Request::new(threads.key(thread_id), ())
        }
    }
}

/// Generated: `server/tests/contract/calls.rs`.
mod calls {
    use super::sample::operations;

    msgraph_server::contract_calls! {
        operations::groups::CreateThreads, "/groups/{group-id}/threads": |graph, keys, body| graph.create(keys[0], body);
        operations::groups::DeleteThreads, "/groups/{group-id}/threads/{conversationThread-id}": |graph, keys| graph.delete(keys[0], keys[1]);
    }
}

/// Generated: `server/tests/contract/services.rs`.
mod services {
    use super::{sample::operations, server};

    msgraph_server::contract_services! {
        server;
        group_threads GroupThreads {
            create(group_id: String) operations::groups::CreateThreads: body;
            delete(group_id: String, conversation_thread_id: String) operations::groups::DeleteThreads;
        }
    }
}

msgraph_server::contract_tests! { client::Graph, msgraph_client, server }

/// Examples that do not hold are told, each by what differs; findings of lint explain what they name.
mod outcomes {
    use msgraph_client::{Client, StaticToken};
    use msgraph_server::Routes;
    use msgraph_server::contract::{Checked, Page, Stage, Suite, TOKEN, Verdict};

    use super::client::Graph;
    use super::{Documented, calls, server, services};

    const PAGE: &str = include_str!("contract/group_post_threads.json");

    /// How the first example of the page comes out with `from` replaced by `to`.
    async fn with(from: &str, to: &str) -> Checked {
        assert!(PAGE.contains(from), "{from}");
        let page = Page::read(&PAGE.replacen(from, to, 1)).expect("a page");
        let client = Client::builder()
            .base_url(Graph::BASE_URL)
            .credential(StaticToken::new(TOKEN))
            .build()
            .expect("a client");
        let stage = Stage::default();
        let routes = Routes::new(server::BASE, Documented(stage.clone()), stage.clone());
        let router = services::routes(routes).into_router();
        let graph = Graph::with_client(client);
        let suite = Suite::new(graph, calls::CALLS, router, server::BASE.path(), stage);
        let report = suite.report(&[page]).await;
        report.examples().first().expect("an example").clone()
    }

    #[track_caller]
    fn fails(verdict: &Verdict, with: &str) {
        assert!(matches!(verdict, Verdict::Failed(why) if why.contains(with)), "{verdict:?}");
    }

    #[track_caller]
    fn passes_but_for(verdict: Option<&Verdict>, code: &str) {
        assert_eq!(verdict, Some(&Verdict::But([code.to_owned()].into())));
    }

    #[tokio::test]
    async fn each_part_of_a_request_is_compared() {
        fails(&with(r#""method": "POST""#, r#""method": "PUT""#).await.whole(), "no builder");
        fails(&with(r#""keys": ["4d81ce71"]"#, r#""keys": ["5"]"#).await.request, "URL");
        fails(&with("v1.0/groups", "beta/groups").await.request, "URL");
    }

    #[tokio::test]
    async fn what_no_finding_explains_fails() {
        fails(&with(r#""topic": "Lunch""#, r#""topic": 17"#).await.request, "topic");
        fails(&with("2018-01-31T01:02:03Z", "noon").await.status, "500");
        fails(
            &with(r#""POST /groups/{group-id}/threads""#, r#""POST /groups""#).await.whole(),
            "no builder",
        );
    }

    #[tokio::test]
    async fn a_finding_explains_its_place_and_no_other() {
        let explained = PAGE_RESPONSE.replace("2018-01-31T01:02:03Z", "noon");
        let named = explained.replace(
            r#""status": 201,"#,
            r#""status": 201, "findings": [{ "code": "link::placeholder_value", "path": "$.lastDeliveredDateTime" }],"#,
        );
        passes_but_for(
            with(PAGE_RESPONSE, &named).await.response_body.as_ref(),
            "link::placeholder_value",
        );
        let elsewhere = named.replace("$.lastDeliveredDateTime", "$.topic");
        fails(&with(PAGE_RESPONSE, &elsewhere).await.whole(), "lastDeliveredDateTime");
    }

    #[tokio::test]
    async fn an_undeclared_member_is_kept_and_noted_and_no_other_finding_is() {
        let found = |code: &str, member: &str| {
            let finding = format!(r#"{{ "code": "{code}", "path": "$.{member}" }}"#);
            let more = PAGE_RESPONSE.replace(
                r#""status": 201,"#,
                &format!(r#""status": 201, "findings": [{finding}],"#),
            );
            more.replace(r#""topic": "Lunch""#, r#""topic": "Lunch", "Mood": 5"#)
        };
        let code = "link::unknown_member";
        let noted = with(PAGE_RESPONSE, &found(code, "Mood")).await;
        assert_eq!(noted.response_body, Some(Verdict::Noted([code.to_owned()].into())));
        assert_eq!(noted.whole(), Verdict::Noted([code.to_owned()].into()));
        let code = "link::spelling";
        passes_but_for(
            with(PAGE_RESPONSE, &found(code, "Mood")).await.response_body.as_ref(),
            code,
        );
    }

    #[tokio::test]
    async fn findings_of_a_url_explain_one_that_no_server_takes() {
        let findings = |url: &str| format!(r#"{url}", "url_findings": ["link::url_spelling"]"#);
        let as_declared = with(r#"?$top=5""#, &findings("?$top=5")).await;
        assert_eq!(as_declared.request, Verdict::Noted(["link::url_spelling".to_owned()].into()));
        let other = with(r#"/threads?$top=5""#, &findings("/THREADS?$top=5")).await;
        assert_eq!(other.request, Verdict::But(["link::url_spelling".to_owned()].into()));
    }

    const PAGE_RESPONSE: &str = r#""status": 201,
        "names_type": true,
        "body": {
          "id": "AAQkADg",
          "topic": "Lunch",
          "hasAttachments": true,
          "lastDeliveredDateTime": "2018-01-31T01:02:03Z""#;

    #[tokio::test]
    async fn what_cannot_be_held_has_its_code() {
        let without = with(r#""response": {"#, r#""left_out": {"#).await;
        assert_eq!(without.status, Verdict::NotRun("contract::not_paired".to_owned()));
        passes_but_for(
            Some(&with(r#""status": 201"#, r#""status": 200"#).await.status),
            "link::status_conflict",
        );
        let refused = with(r#""status": 201"#, r#""status": 403"#).await;
        assert_eq!(refused.status, Verdict::Passed);
        assert_eq!(
            refused.response_body,
            Some(Verdict::NotRun("contract::error_answer".to_owned()))
        );
    }
}

/// What the runtime does with models, beyond the documented example.
mod strictness {
    use super::sample::graph::ConversationThread;
    use super::sample::operations::groups::CreateThreads;
    use super::server::{BASE, GroupThreads, router};
    use axum::body::Body;
    use http_body_util::BodyExt as _;
    use msgraph_core::Created;
    use msgraph_server::contract::{Outcome, TOKEN, guard};
    use msgraph_server::{Context, ServiceError};
    use tower::ServiceExt as _;

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
        let request = http::Request::post(format!("{BASE}/groups/42/threads"))
            .header("authorization", format!("Bearer {TOKEN}"))
            .header("content-type", "application/json")
            .body(Body::from(body))
            .expect("a request");
        let Ok(answer) = router(Echo, guard::<CreateThreads>()).oneshot(request).await;
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        Ok((status, serde_json::from_slice(&body).expect("JSON")))
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
