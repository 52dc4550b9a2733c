//! What the client of this project writes as query options, the server of this project reads as it was meant.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../core/tests/sample/mod.rs"]
mod sample;

use msgraph_client::{Client, Expand, Filter, Order, Path, Request, StaticToken};
use msgraph_core::edm::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
use msgraph_core::literal::{Nullable, ToLiteral};
use msgraph_core::{Grant, Operation, Page, Permissions, Spec, Success};
use msgraph_server::{Principal, Query, QueryOptions, Routes, ServiceError, StaticTokens};
use proptest::prelude::*;
use sample::graph::schema::{ConversationThread as Thread, Post as Posts};
use sample::graph::{ConversationThread, Post};
use tokio::net::TcpListener;

/// `GET /groups/{group-id}/threads`
enum ListThreads {}

impl Operation for ListThreads {
    const SPEC: Spec = Spec {
        name: "list_threads",
        method: &http::Method::GET,
        path: "/groups/{group-id}/threads",
        permissions: Permissions {
            delegated_work: Grant::NoneNeeded,
            delegated_personal: Grant::NotSupported,
            application: Grant::NotSupported,
        },
        docs: None,
    };
    type Request = ();
    type Response = Success<Page<ConversationThread>>;
}

fn list(client: &Client) -> Request<ListThreads> {
    let group = Path::root(client).segment("groups").key("1");
    Request::new(group.segment("threads"), ())
}

fn client(address: &str) -> Client {
    Client::builder()
        .base_url(format!("http://{address}/v1.0"))
        .credential(StaticToken::new("work"))
        .build()
        .expect("a client")
}

/// What the server reads of what the client sends.
fn try_read(
    with: impl FnOnce(Request<ListThreads>) -> Request<ListThreads>,
) -> Result<QueryOptions<ConversationThread>, ServiceError> {
    let request = with(list(&client("127.0.0.1:1"))).into_http().expect("a request");
    Query::new(request.uri().query()).options_of()
}

fn read(
    with: impl FnOnce(Request<ListThreads>) -> Request<ListThreads>,
) -> QueryOptions<ConversationThread> {
    try_read(with).unwrap_or_else(|error| panic!("{error}"))
}

fn matches(filter: Filter<Thread>, thread: &ConversationThread) -> bool {
    let options = read(|request| request.filter(filter));
    options.filter.as_ref().expect("a filter").matches(thread).expect("a condition")
}

fn post(id: &str, has_attachments: bool) -> Post {
    Post::new().with_id(id).with_has_attachments(has_attachments)
}

fn thread(topic: &str, is_locked: bool) -> ConversationThread {
    ConversationThread::new()
        .with_id(topic)
        .with_topic(topic)
        .with_is_locked(is_locked)
        .with_unique_senders(["ann", "bob"])
        .with_last_delivered_date_time("2024-05-01T12:00:00Z".parse().expect("a time"))
        .with_posts([post("1", true), post("2", false)])
}

/// What the builder can write of a thread, and whether it holds of the one below.
fn conditions() -> Vec<(Filter<Thread>, bool)> {
    let time = |text: &str| text.parse::<DateTimeOffset>().expect("a time");
    vec![
        (Filter::equals(Thread::Topic, &"O'Neil & co"), true),
        (Filter::equals(Thread::Topic, &"o'neil & co"), false),
        (Filter::differs(Thread::Topic, &"a"), true),
        (Filter::less(Thread::Topic, &"P"), true),
        (Filter::at_most(Thread::Topic, &"O"), false),
        (Filter::more(Thread::LastDeliveredDateTime, &time("2024-05-01T13:59:00+02:00")), true),
        (Filter::at_least(Thread::LastDeliveredDateTime, &time("2024-05-01T12:00:00Z")), true),
        (Filter::equals(Thread::Preview, &None::<String>), true),
        (Filter::equals(Thread::Topic, &Nullable(None::<String>)), false),
        (Filter::one_of(Thread::Topic, ["a,b", "O'Neil & co"]), true),
        (Filter::one_of(Thread::Topic, ["a"]), false),
        (Filter::one_of(Thread::Topic, [""; 0]), false),
        (Filter::starts_with(Thread::Topic, "O'"), true),
        (Filter::ends_with(Thread::Topic, "& co"), true),
        (Filter::contains(Thread::Topic, "Neil)"), false),
        (Filter::any(Thread::UniqueSenders, &"bob"), true),
        (Filter::any(Thread::UniqueSenders, &"eve"), false),
        (Filter::raw("posts/any(p:p/hasAttachments) and isLocked"), true),
    ]
}

#[test]
fn each_condition_of_the_builder_means_the_same_here() {
    let thread = thread("O'Neil & co", true);
    for (index, (filter, holds)) in conditions().into_iter().enumerate() {
        assert_eq!(matches(filter, &thread), holds, "{index}");
    }
    for (index, (filter, holds)) in conditions().into_iter().enumerate() {
        assert_eq!(matches(filter.negated(), &thread), !holds, "{index}");
    }
}

#[test]
fn every_literal_of_the_client_is_one_here() {
    fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
        text.parse().expect("a value")
    }
    // Properties of an open type take all of them.
    let filters: Vec<(&str, Box<dyn ToLiteral>)> = vec![
        ("true", Box::new(true)),
        ("-128", Box::new(-128_i8)),
        ("9223372036854775807", Box::new(i64::MAX)),
        ("0.1", Box::new(0.1_f64)),
        ("1e300", Box::new(1e300_f64)),
        ("0.5", Box::new(0.5_f32)),
        (
            "79228162514264337593543950335.10",
            Box::new(parsed::<Decimal>("79228162514264337593543950335.1")),
        ),
        ("\"it's\"", Box::new("it's")),
        ("null", Box::new(None::<i32>)),
    ];
    for (json, value) in filters {
        let mut post = post("1", true);
        post.set_unknown("extra", json.parse::<msgraph_core::Json>().expect("JSON"));
        let thread = thread("a", true).with_posts([post]);
        let literal = value.to_literal().unwrap_or_else(|| "null".to_owned());
        let filter = Filter::raw(format!("posts/any(p:p/extra eq {literal})"));
        assert!(matches(filter, &thread), "{literal}");
    }
    let typed: Vec<Box<dyn ToLiteral>> = vec![
        Box::new(parsed::<Date>("-0044-03-15")),
        Box::new(parsed::<DateTimeOffset>("2024-05-01T12:00:00.1230000+02:00")),
        Box::new(parsed::<TimeOfDay>("12:00:00.5")),
        Box::new(parsed::<Duration>("-P1DT2H3M4.5S")),
        Box::new(parsed::<Guid>("dddddddd-eeee-ffff-aaaa-bbbbbbbbbbbb")),
        Box::new(parsed::<Binary>("_-8=")),
        Box::new(f64::INFINITY),
        Box::new(f64::NEG_INFINITY),
    ];
    for value in typed {
        let literal = value.to_literal().expect("a literal");
        let filter = Filter::raw(format!("{literal} eq {literal}"));
        assert!(matches(filter, &thread("a", true)), "{literal}");
    }
}

#[test]
fn the_other_options_are_read_as_they_were_put() {
    let replies: Expand<Posts> = Expand::of(Posts::InReplyTo).select([Posts::Id]);
    let posts = Expand::of(Thread::Posts)
        .select([Posts::Id, Posts::Body])
        .expand([replies])
        .filter(Filter::<Posts>::one_of(Posts::Id, ["a;b", "c)d"]))
        .top(1);
    let options = read(|request| {
        request
            .select([Thread::Id, Thread::Topic])
            .expand([posts])
            .order_by([Order::downwards(Thread::LastDeliveredDateTime), Thread::Topic.into()])
            .top(5)
            .skip(10)
            .with_count()
            .search("a \"b\" \\ OR c")
    });
    assert_eq!(options.select.as_ref().map(|select| select.properties.len()), Some(2));
    let inner = &options.expand[0].options;
    assert_eq!((inner.top, inner.expand.len(), inner.filter.is_some()), (Some(1), 1, true));
    assert_eq!(options.order_by.len(), 2);
    assert_eq!((options.top, options.skip, options.count), (Some(5), Some(10), true));
    let phrase = options.search.as_ref().and_then(|search| search.phrase());
    assert_eq!(phrase.as_deref(), Some("a \"b\" \\ OR c"));
}

/// A condition as the builder makes it, and whether it holds of a thread with this topic that is locked or not.
type Case = (Filter<Thread>, fn(&str, bool) -> bool);

proptest! {
    #[test]
    fn conditions_bind_here_as_they_were_put_together(
        places in proptest::collection::vec((0..4_usize, 0..3_usize), 1..8),
        topic in "[ab]",
        is_locked in any::<bool>(),
    ) {
        let cases = || -> [Case; 4] { [
            (Filter::equals(Thread::Topic, &"a"), |topic, _| topic == "a"),
            (Filter::equals(Thread::IsLocked, &true), |_, is_locked| is_locked),
            (Filter::raw("topic eq 'b' or isLocked"), |topic, is_locked| topic == "b" || is_locked),
            (Filter::differs(Thread::Topic, &"a").negated(), |topic, _| topic == "a"),
        ] };
        let case = |place: usize| cases().into_iter().nth(place).expect("a case");
        let (first, holds) = case(places[0].0);
        let mut filter = first;
        let mut expected = holds(&topic, is_locked);
        for (place, how) in &places[1..] {
            let (other, holds) = case(*place);
            let holds = holds(&topic, is_locked);
            (filter, expected) = match how {
                0 => (filter.and(other), expected && holds),
                1 => (filter.or(other), expected || holds),
                _ => (other.or(filter.negated()), holds || !expected),
            };
        }
        prop_assert_eq!(matches(filter, &thread(&topic, is_locked)), expected);
    }

    #[test]
    fn a_text_of_the_client_is_the_same_here(text in "\\PC{0,20}") {
        let thread = thread(&text, true);
        prop_assert!(matches(Filter::equals(Thread::Topic, &text), &thread));
        prop_assert!(matches(Filter::one_of(Thread::Topic, ["x", &text]), &thread));
        prop_assert!(matches(Filter::contains(Thread::Topic, &text), &thread));
    }
}

/// The address of a service of three threads.
async fn serve() -> String {
    let guard = StaticTokens::new().with("work", Principal::work("ann", [""; 0]));
    let routes = Routes::new("/v1.0", (), guard).operation::<ListThreads, _, _>(
        ListThreads::PATH,
        |_, call| async move {
            let options = call.context.query.options_of::<ConversationThread>()?;
            let threads = [thread("a", true), thread("b", false), thread("c", true)];
            Ok(Success(options.apply(threads)?.into()))
        },
    );
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    tokio::spawn(async move { axum::serve(listener, routes.into_router()).await });
    address
}

#[tokio::test]
async fn a_handler_answers_what_the_client_asks_for() {
    let client = client(&serve().await);
    let page = list(&client)
        .filter(Filter::equals(Thread::IsLocked, &true))
        .order_by([Order::downwards(Thread::Topic)])
        .select([Thread::Topic])
        .with_count()
        .top(1)
        .await
        .expect("a page");
    assert_eq!(page.count(), Some(2));
    assert_eq!(page.value(), [ConversationThread::new().with_topic("c")]);
}

#[tokio::test]
async fn a_malformed_option_is_told_to_the_client() {
    let client = client(&serve().await);
    let error = list(&client).filter(Filter::raw("topic eq 'ä' or")).await.expect_err("malformed");
    let failure = error.service().expect("a service failure");
    assert_eq!((failure.status().as_u16(), failure.code()), (400, Some("badRequest")));
    assert!(error.to_string().contains("`$filter` cannot be read at character 16"), "{error}");
}

#[tokio::test]
async fn a_caller_is_told_of_what_cannot_be_evaluated() {
    let filter = "1 div (length(topic) sub 1) eq 1";
    let request = list(&client(&serve().await)).query("$filter", filter);
    let error = request.await.expect_err("a failure");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
    let message = "The option `$filter` cannot be evaluated at character 3: `div` divides by zero.";
    assert!(error.to_string().contains(message), "{error}");
}
