//! Members by name: what a table says of them, and what an object holds.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod sample;

use msgraph_core::edm::Decimal;
use msgraph_core::{Dynamic, Model, Sort};
use proptest::prelude::*;
use sample::graph::{ConversationThread, Post};

fn shown(value: &Dynamic<'_>) -> String {
    format!("{value:?}")
}

#[test]
fn a_table_tells_what_a_member_is() {
    let property = |name: &str| ConversationThread::TABLE.property(name);
    let topic = property("topic").expect("a property");
    assert!(matches!(topic.sort, Sort::Text) && !topic.is_collection && !topic.is_nullable);
    let posts = property("posts").expect("a property");
    assert!(matches!(posts.sort, Sort::Object(table) if table.name == "microsoft.graph.post"));
    assert!(posts.is_collection);
    assert_eq!(property("id").map(|id| id.slot), Some(0));
    assert!(property("Topic").is_none());
    let names: Vec<&str> = Post::TABLE.properties().map(|property| property.name).collect();
    assert_eq!((names.len(), names[0], names[13]), (14, "id", "inReplyTo"));
}

#[test]
fn a_member_is_what_it_means_however_it_was_written() {
    let post = Post::from_json(
        r#"{"id":"1","body":{"contentType":"HTML"},"receivedDateTime":"2024-05-01t12:00:00z",
            "hasAttachments":true,"categories":["a",null],"inReplyTo":null,
            "extra":{"deep":[1,"x"],"price":1.50}}"#,
    )
    .expect("a post");
    let post = Dynamic::Object(post.as_object());
    assert!(matches!(post.look_up("id"), Dynamic::Text(text) if text == "1"));
    assert!(matches!(post.look_up("hasAttachments"), Dynamic::Boolean(true)));
    assert!(matches!(post.look_up("receivedDateTime"), Dynamic::DateTimeOffset(_)));
    let content_type = post.look_up("body").look_up("contentType");
    assert!(matches!(content_type, Dynamic::Enum(value, _) if value.index() == Some(1)));
    let Dynamic::Items(items) = post.look_up("categories") else { panic!("a collection") };
    assert!(matches!(items.as_slice(), [Dynamic::Text(_), Dynamic::Null]));
    let extra = post.look_up("extra");
    let Dynamic::Items(items) = extra.look_up("deep") else { panic!("a collection") };
    assert!(matches!(items.as_slice(), [Dynamic::Integer(1), Dynamic::Text(_)]));
    assert!(matches!(extra.look_up("price"), Dynamic::Decimal(price) if price.as_str() == "1.50"));
}

#[test]
fn what_is_not_there_is_null() {
    let thread = ConversationThread::from_json(r#"{"posts":[null,{}]}"#).expect("a thread");
    let Dynamic::Items(items) = thread.as_object().look_up("posts") else { panic!("a collection") };
    assert!(matches!(items.as_slice(), [Dynamic::Null, Dynamic::Object(_)]));
    let post = Post::new();
    let post = Dynamic::Object(post.as_object());
    for name in ["id", "inReplyTo", "extra", ""] {
        assert!(post.look_up(name).is_null(), "{name}: {}", shown(&post.look_up(name)));
        assert!(post.look_up(name).look_up(name).is_null(), "{name}");
    }
}

#[test]
fn decimals_are_put_in_order_by_value() {
    let ordered = [
        "-1e999999999999999999999",
        "-1e400",
        "-20",
        "-3",
        "-2.5",
        "-0.10",
        "-0.010",
        "0",
        "1e-400",
        "0.0099",
        "0.01",
        "0.1",
        "2",
        "2.50",
        "3",
        "19",
        "20",
        "100",
        "1e3",
        "1001",
        "1e400",
        "1.1e400",
    ];
    let ordered = ordered.map(|text| text.parse::<Decimal>().expect("a number"));
    for (index, one) in ordered.iter().enumerate() {
        for (other_index, other) in ordered.iter().enumerate() {
            assert_eq!(one.cmp(other), index.cmp(&other_index), "{one} {other}");
        }
    }
    let [one, other] = ["1.50", "15e-1"].map(|text| text.parse::<Decimal>().expect("a number"));
    assert!(one.cmp(&other).is_eq() && one == other);
}

proptest! {
    #[test]
    fn decimals_have_the_order_of_the_numbers(one in any::<f64>(), other in any::<f64>()) {
        let decimal = |value: f64| Decimal::try_from(value).ok();
        if let (Some(first), Some(second)) = (decimal(one), decimal(other)) {
            prop_assert_eq!(Some(first.cmp(&second)), one.partial_cmp(&other));
        }
    }

    #[test]
    fn decimals_have_the_order_of_integers(one in any::<i64>(), other in any::<i64>(), zeros in 0..3_usize) {
        let longer: Decimal = format!("{one}.{}", "0".repeat(zeros + 1)).parse().expect("a number");
        prop_assert_eq!(longer.cmp(&Decimal::from(other)), one.cmp(&other));
    }
}
