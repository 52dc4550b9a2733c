//! The layers of the user's: what they see, what they can change, and what they cannot reach.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderValue, Request, Uri};
use msgraph_client::{
    Body, Call, Client, ClientBuilder, Error, Exchanger, Retry, StaticToken, TransportErrorKind,
};
use support::{Service, TOKEN, answer, client, create, doing, header};
use tower::limit::ConcurrencyLimitLayer;
use tower::util::{BoxCloneSyncService, MapRequestLayer};
use tower::{BoxError, ServiceExt as _, layer::layer_fn};

const CREATED: &str = "201 Created\r\nContent-Type: application/json";

fn refusal() -> String {
    answer("503 Service Unavailable\r\nRetry-After: 0", "{}")
}

/// What layers have seen, in order.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    /// A layer that keeps what `shown` makes of each request.
    fn layer<F: Fn(&Request<Bytes>) -> String + Clone>(
        &self,
        shown: F,
    ) -> MapRequestLayer<impl Fn(Request<Bytes>) -> Request<Bytes> + Clone + use<F>> {
        let seen = self.0.clone();
        MapRequestLayer::new(move |request: Request<Bytes>| {
            seen.lock().expect("no panic").push(shown(&request));
            request
        })
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().expect("no panic").clone()
    }
}

#[tokio::test]
async fn a_layer_sees_requests_and_an_attempt_layer_sees_attempts() {
    let service = Service::telling([refusal(), refusal(), answer(CREATED, "{}")]).await;
    let seen = Seen::default();
    let named = |name: &'static str| {
        seen.layer(move |request| {
            let call = request.extensions().get::<Call>().expect("a call");
            format!("{name} {} {} {}", call.operation(), call.template(), call.attempts())
        })
    };
    let builder = client(&service.base_url).retry(Retry::default());
    let builder = builder.layer(named("outer")).layer(named("inner")).attempt_layer(named("each"));
    create(&builder.build().expect("a client")).await.expect("an answer");
    let call = "create_conversationthread_from_group /groups/{group-id}/threads";
    let expected = ["outer 0", "inner 0", "each 0", "each 1", "each 2"];
    let expected = expected.map(|one| one.replace(' ', &format!(" {call} ")));
    assert_eq!(seen.all(), expected);
}

#[tokio::test]
async fn no_layer_sees_the_token() {
    let service = Service::answering(answer(CREATED, "{}")).await;
    let seen = Seen::default();
    let shown = |request: &Request<Bytes>| format!("{:?} {:?}", request.headers(), request);
    let builder =
        client(&service.base_url).layer(seen.layer(shown)).attempt_layer(seen.layer(shown));
    create(&builder.build().expect("a client")).await.expect("an answer");
    assert!(header(&service.only(), "authorization").is_some());
    let seen = seen.all();
    assert_eq!(seen.len(), 2);
    assert!(!seen.concat().to_lowercase().contains("authorization"), "{seen:?}");
}

/// A layer that sends every request to another service.
fn to(
    base_url: &str,
) -> MapRequestLayer<impl Fn(Request<Bytes>) -> Request<Bytes> + Clone + use<>> {
    let elsewhere: Uri = format!("{base_url}/elsewhere").parse().expect("an address");
    MapRequestLayer::new(move |mut request: Request<Bytes>| {
        *request.uri_mut() = elsewhere.clone();
        request
    })
}

#[tokio::test]
async fn what_a_layer_sends_elsewhere_has_no_token() {
    let elsewhere = Service::answering(answer(CREATED, "{}")).await;
    let other_name = elsewhere.base_url.replace("127.0.0.1", "localhost");
    let with_user = elsewhere.base_url.replace("http://", "http://127.0.0.1:80@");
    let home = Service::answering(answer(CREATED, "{}")).await;
    for place in [&elsewhere.base_url, &other_name, &with_user] {
        for builder in [
            client(&home.base_url).layer(to(place)),
            client(&home.base_url).attempt_layer(to(place)),
        ] {
            // What the HTTP library does not take is sent nowhere.
            let _ = create(&builder.build().expect("a client")).await;
        }
    }
    assert!(home.seen().is_empty());
    assert!(elsewhere.seen().len() >= 4);
    assert!(!elsewhere.seen().concat().contains(TOKEN));
}

#[tokio::test]
async fn a_message_without_its_call_has_no_token() {
    let service = Service::answering(answer(CREATED, "{}")).await;
    let forgetting = MapRequestLayer::new(|mut request: Request<Bytes>| {
        request.extensions_mut().clear();
        request
    });
    let client = client(&service.base_url).layer(forgetting).build().expect("a client");
    create(&client).await.expect("an answer");
    assert_eq!(header(&service.only(), "authorization"), None);
}

async fn versions(told: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Vec<Option<String>> {
    let service = Service::telling([refusal(), answer(CREATED, "{}")]).await;
    let builder = told(client(&service.base_url).retry(Retry::default()));
    create(&builder.build().expect("a client")).await.expect("an answer");
    let seen = service.seen();
    seen.iter().map(|request| header(request, "sdkversion").map(str::to_owned)).collect()
}

#[tokio::test]
async fn the_library_says_its_version_once_and_what_it_does() {
    let version = |usage| {
        let version = env!("CARGO_PKG_VERSION");
        Some(format!("msgraph-client-rust/{version} (featureUsage={usage})"))
    };
    assert_eq!(versions(|builder| builder).await, [version("F"), None]);
    assert_eq!(versions(|builder| builder.redirects(0)).await, [version("E"), None]);
    assert_eq!(versions(ClientBuilder::anonymous).await, [version("B"), None]);
    assert_eq!(versions(ClientBuilder::without_sdk_version).await, [None, None]);
}

#[tokio::test]
async fn a_layer_below_can_change_what_one_above_has_added() {
    let service = Service::answering(answer(CREATED, "{}")).await;
    let mine = MapRequestLayer::new(|mut request: Request<Bytes>| {
        request.headers_mut().remove("sdkversion");
        request.headers_mut().insert("user-agent", HeaderValue::from_static("mine"));
        request
    });
    let client = client(&service.base_url).attempt_layer(mine).build().expect("a client");
    create(&client).await.expect("an answer");
    let seen = service.only();
    assert_eq!((header(&seen, "sdkversion"), header(&seen, "user-agent")), (None, Some("mine")));
}

#[tokio::test]
async fn retrying_can_be_replaced() {
    let service = Service::telling([answer("500 Oops", ""), answer(CREATED, "{}")]).await;
    let twice = layer_fn(|inner: Exchanger| {
        BoxCloneSyncService::new(tower::service_fn(move |request: Request<Bytes>| {
            let inner = inner.clone();
            async move {
                let first = inner.clone().oneshot(request.clone()).await?;
                if first.status().is_success() { Ok(first) } else { inner.oneshot(request).await }
            }
        }))
    });
    let client = client(&service.base_url).retry_layer(twice).build().expect("a client");
    create(&client).await.expect("an answer");
    let seen = service.seen();
    let versions: Vec<_> = seen.iter().map(|one| header(one, "sdkversion").is_some()).collect();
    assert_eq!(versions, [true, false]);
    assert!(seen.iter().all(|one| header(one, "authorization").is_some()));
}

#[tokio::test]
async fn what_has_no_credential_sends_no_token() {
    let service = Service::answering(answer(CREATED, "{}")).await;
    let own = MapRequestLayer::new(|mut request: Request<Bytes>| {
        request.headers_mut().insert("x-signature", HeaderValue::from_static("signed"));
        request
    });
    let builder = Client::builder().base_url(&service.base_url).anonymous().attempt_layer(own);
    create(&builder.build().expect("a client")).await.expect("an answer");
    let seen = service.only();
    assert_eq!(header(&seen, "authorization"), None);
    assert_eq!(header(&seen, "x-signature"), Some("signed"));
}

#[tokio::test]
async fn an_error_of_a_layer_is_told_as_its_own() {
    let failing = layer_fn(|_: Exchanger| {
        tower::service_fn(|_: Request<Bytes>| async {
            Err::<http::Response<Body>, BoxError>("the fuse\r\nis blown".into())
        })
    });
    let client = client("https://graph.example/v1.0").layer(failing).build().expect("a client");
    let error = create(&client).await.expect_err("a fuse");
    assert!(matches!(error, Error::Layer(_)), "{error:?}");
    assert_eq!(error.to_string(), "a layer failed: the fuse is blown");
}

#[tokio::test]
async fn an_error_that_a_layer_passes_on_is_what_it_was() {
    let service = Service::answering("").await;
    let passing = tower::timeout::TimeoutLayer::new(std::time::Duration::from_secs(60));
    let builder = client(&service.base_url).layer(passing.clone()).attempt_layer(passing);
    let error = create(&builder.build().expect("a client")).await.expect_err("nothing");
    let Error::Transport { operation, source } = &error else { panic!("{error:?}") };
    assert_eq!(operation, "POST /groups/{group-id}/threads");
    assert_eq!(source.kind(), TransportErrorKind::Other);
}

#[tokio::test]
async fn one_that_gives_up_leaves_its_place_to_others() {
    let under_way = Arc::new(AtomicUsize::new(0));
    let come = Arc::new(tokio::sync::Semaphore::new(0));
    let (counter, arrived) = (Arc::clone(&under_way), Arc::clone(&come));
    let base_url = doing(move |stream| {
        counter.fetch_add(1, Ordering::SeqCst);
        arrived.add_permits(1);
        async move {
            let _open = stream;
            std::future::pending().await
        }
    })
    .await;
    let builder = Client::builder().base_url(base_url).credential(StaticToken::new(TOKEN));
    let client = builder.attempt_layer(ConcurrencyLimitLayer::new(1)).build().expect("a client");
    let ask = || tokio::spawn(std::future::IntoFuture::into_future(create(&client)));
    let (first, second) = (ask(), ask());
    come.acquire().await.expect("one").forget();
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(under_way.load(Ordering::SeqCst), 1, "one at a time");
    first.abort();
    come.acquire().await.expect("the other").forget();
    second.abort();
}

#[tokio::test]
async fn what_the_caller_says_of_itself_stays() {
    let service = Service::answering(answer(CREATED, "{}")).await;
    let client = client(&service.base_url).user_agent("usual").build().expect("a client");
    let id = "6c1d8d0f-6a2f-4c5e-8a38-1b9f7a0c2d3e";
    let request = create(&client).header("client-request-id", id).header("user-agent", "mine");
    request.await.expect("an answer");
    let seen = service.only();
    assert_eq!(header(&seen, "client-request-id"), Some(id));
    assert_eq!(header(&seen, "user-agent"), Some("mine"));
}
