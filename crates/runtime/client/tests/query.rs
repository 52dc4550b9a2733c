//! Query options as they are sent.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod collection;
#[path = "../../core/tests/sample/mod.rs"]
mod sample;
mod support;

use collection::{ListThreads, list};
use msgraph_client::{Client, Expand, Filter, Order, Request};
use msgraph_core::path::decode;
use proptest::prelude::*;
use sample::graph::schema::{ConversationThread as Thread, Post};
use support::client;

/// The query as the service decodes it.
fn sent(with: impl FnOnce(Request<ListThreads>) -> Request<ListThreads>) -> String {
    let client: Client = client("http://127.0.0.1:1/v1.0").build().expect("a client");
    let request = with(list(&client)).into_http().expect("a request");
    let query = request.uri().query().unwrap_or_default().to_owned();
    decode(&query).expect("a query").into_owned()
}

fn filtered(filter: Filter<Thread>) -> String {
    let query = sent(|request| request.filter(filter));
    query.strip_prefix("$filter=").expect("a filter").to_owned()
}

#[test]
fn properties_are_named_as_on_the_wire() {
    let query = sent(|request| {
        request
            .select([Thread::Id, Thread::Topic])
            .order_by([Order::downwards(Thread::LastDeliveredDateTime), Thread::Topic.into()])
            .top(5)
            .skip(10)
            .with_count()
    });
    assert_eq!(
        query,
        "$select=id,topic&$orderby=lastDeliveredDateTime desc,topic&$top=5&$skip=10&$count=true"
    );
}

#[test]
fn what_is_expanded_can_be_ordered_counted_and_searched() {
    let posts = Expand::of(Thread::Posts)
        .order_by([Order::downwards(Post::ReceivedDateTime), Post::Id.into()])
        .skip(2)
        .with_count()
        .search(r#"say "hi""#);
    assert_eq!(
        sent(|request| request.expand([posts])),
        r#"$expand=posts($orderby=receivedDateTime desc,id;$skip=2;$count=true;$search="say \"hi\"")"#
    );
    let two = Expand::of(Post::InReplyTo).levels(2);
    let all = Expand::of(Thread::Posts).expand([two]);
    assert_eq!(
        sent(|request| request.expand([all])),
        "$expand=posts($expand=inReplyTo($levels=2))"
    );
    let max = Expand::of(Thread::Posts).all_levels();
    assert_eq!(sent(|request| request.expand([max])), "$expand=posts($levels=max)");
}

#[test]
fn what_is_expanded_has_options_of_its_own() {
    assert_eq!(sent(|request| request.expand([Thread::Posts])), "$expand=posts");
    let nested = Expand::of(Thread::Posts).select([Post::Id, Post::Body]).top(1);
    assert_eq!(sent(|request| request.expand([nested])), "$expand=posts($select=id,body;$top=1)");
    let of_reply: Expand<Post> = Expand::of(Post::InReplyTo).select([Post::Id]);
    let deeper = Expand::of(Thread::Posts)
        .expand([of_reply])
        .filter(Filter::equals(Post::HasAttachments, &true));
    assert_eq!(
        sent(|request| request.expand([deeper])),
        "$expand=posts($expand=inReplyTo($select=id);$filter=hasAttachments eq true)"
    );
}

#[test]
fn conditions_bind_as_they_were_put_together() {
    let locked = || Filter::equals(Thread::IsLocked, &true);
    let named = |text: &'static str| Filter::equals(Thread::Topic, &text);
    assert_eq!(filtered(locked()), "isLocked eq true");
    assert_eq!(
        filtered(locked().and(named("a")).or(named("b"))),
        "isLocked eq true and topic eq 'a' or topic eq 'b'"
    );
    assert_eq!(
        filtered(locked().and(named("a").or(named("b")))),
        "isLocked eq true and (topic eq 'a' or topic eq 'b')"
    );
    assert_eq!(filtered(named("a").or(named("b")).negated()), "not (topic eq 'a' or topic eq 'b')");
    let raw = || Filter::raw("a eq 1 or b eq 2");
    assert_eq!(filtered(raw().and(locked())), "(a eq 1 or b eq 2) and isLocked eq true");
}

#[test]
fn comparisons_and_functions() {
    for (filter, text) in [
        (Filter::differs(Thread::Topic, &"a"), "topic ne 'a'"),
        (Filter::less(Thread::Topic, &1), "topic lt 1"),
        (Filter::at_most(Thread::Topic, &1.5), "topic le 1.5"),
        (Filter::more(Thread::Topic, &"b"), "topic gt 'b'"),
        (Filter::at_least(Thread::Topic, &None::<String>), "topic ge null"),
        (Filter::one_of(Thread::Topic, ["a", "b'c"]), "topic in ('a','b''c')"),
        (Filter::starts_with(Thread::Topic, "O'Neil"), "startswith(topic,'O''Neil')"),
        (Filter::ends_with(Thread::Topic, "x"), "endswith(topic,'x')"),
        (Filter::contains(Thread::Topic, "x"), "contains(topic,'x')"),
        (Filter::any(Thread::UniqueSenders, &"a"), "uniqueSenders/any(x:x eq 'a')"),
    ] {
        assert_eq!(filtered(filter), text);
    }
}

#[test]
fn a_phrase_stays_one() {
    assert_eq!(
        sent(|request| request.search("a \"b\" \\ OR c")),
        "$search=\"a \\\"b\\\" \\\\ OR c\""
    );
}

proptest! {
    #[test]
    fn a_text_never_ends_its_quotes(text in "\\PC{0,20}") {
        let filter = filtered(Filter::equals(Thread::Topic, &text));
        let literal = filter.strip_prefix("topic eq ").expect("a comparison");
        let read = msgraph_core::literal::unquoted(literal);
        prop_assert_eq!(read.as_deref(), Some(text.as_str()));
    }
}
