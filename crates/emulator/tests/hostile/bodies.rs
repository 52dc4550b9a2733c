//! Bodies: too large, too deep, and with what is not the client's to say.

use std::time::{Duration, Instant};

use msgraph_emulator::{Emulator, GARDENERS};
use serde_json::{Value, json};

use crate::wire::Wire;
use crate::{GROUP, all_is_told, seeded, text_post};

#[tokio::test]
async fn a_thread_of_ten_thousand_posts_is_created_and_read() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let posts: Vec<Value> = (0..10_000).map(|number| text_post(&number.to_string())).collect();
    let thread = json!({"topic": "Many", "posts": posts}).to_string();
    let threads = format!("/v1.0/groups/{GARDENERS}/threads");
    let made = wire.send("POST", &threads, &thread).await;
    assert_eq!(made.status, 201, "{made:?}");
    let thread = made.json["id"].as_str().unwrap();
    let page = wire.get(&format!("{threads}/{thread}/posts?$count=true&$top=5000")).await.json;
    assert_eq!(page["@odata.count"], 10_000);
    assert_eq!(page["value"].as_array().unwrap().len(), 999);
}

#[tokio::test]
async fn a_post_to_very_many_is_taken_in_at_once() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let participants: Vec<Value> = (0..60_000)
        .map(|number| json!({"emailAddress": {"address": format!("{number}@e.org")}}))
        .collect();
    let mut post = text_post("All of you");
    post["newParticipants"] = participants.into();
    let thread = json!({"topic": "Many", "posts": [post]}).to_string();
    let began = Instant::now();
    let made = wire.send("POST", &format!("/v1.0/groups/{GARDENERS}/threads"), &thread).await;
    assert_eq!(made.status, 201);
    // A second or two; to compare each with each takes many times as long.
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!(made.json["toRecipients"].as_array().unwrap().len(), 60_000);
}

#[tokio::test]
async fn a_topic_is_kept_whole_whatever_it_is() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let threads = format!("/v1.0/groups/{GARDENERS}/threads");
    let long = "ü".repeat(1 << 19);
    for topic in
        [long.as_str(), "a\0b", "\u{1F33B}'\"\\ \r\n\u{202e}", "'; DROP TABLE entities; --", " "]
    {
        let thread = json!({"topic": topic, "posts": [text_post("\0")]}).to_string();
        let made = wire.send("POST", &threads, &thread).await;
        assert_eq!(made.status, 201);
        let id = made.json["id"].as_str().unwrap();
        let read = wire.get(&format!("{threads}/{id}")).await;
        assert!(read.json["topic"] == topic, "{topic:.40}");
        let conversations = format!("/v1.0/groups/{GARDENERS}/conversations");
        let conversations = wire.get(&conversations).await.json["value"].take();
        let last = conversations.as_array().unwrap().last().unwrap();
        assert!(last["topic"] == topic, "{topic:.40}");
    }
}

#[tokio::test]
async fn an_extension_is_found_by_whatever_name_it_was_given() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let (_, post) = seeded(&wire).await;
    let long = "x".repeat(100_000);
    let names = [
        "a/b",
        "../x",
        "'",
        "\"",
        "ü \u{1F33B}",
        "%2F",
        "a\0b",
        " ",
        long.as_str(),
        "",
        "$ref",
        "a?b#c",
        "Microsoft.OutlookServices.OpenTypeExtension.x",
    ];
    for place in [format!("/v1.0/groups/{GROUP}"), format!("/v1.0{post}")] {
        for name in names {
            let extension =
                json!({"@odata.type": "#microsoft.graph.openTypeExtension", "extensionName": name});
            let made =
                wire.send("POST", &format!("{place}/extensions"), &extension.to_string()).await;
            if name.is_empty() || name.contains('\0') || name.len() > 1_000 || name == "$ref" {
                assert_eq!((made.status, made.is_refusal()), (400, true), "{name:.20?}");
                continue;
            }
            assert_eq!(made.status, 201, "{name:.20?} {made:?}");
            for id in [made.json["id"].as_str().unwrap(), name] {
                let id =
                    percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC);
                let read = wire.get(&format!("{place}/extensions/{id}")).await;
                assert_eq!(read.status, 200, "{name:?}");
                assert_eq!(read.json["extensionName"], name);
            }
        }
    }
}

#[tokio::test]
async fn an_extension_is_found_at_what_it_extends_and_nowhere_else() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    for id in ["a", "a/b"] {
        emulator.put_group(id, &json!({"displayName": id})).await.unwrap();
    }
    let extension = r##"{"@odata.type":"#microsoft.graph.openTypeExtension","extensionName":"c"}"##;
    let made = wire.send("POST", "/v1.0/groups/a%2Fb/extensions", extension).await;
    assert_eq!(made.status, 201);
    assert_eq!(wire.get("/v1.0/groups/a%2Fb/extensions/c").await.status, 200);
    assert_eq!(wire.get("/v1.0/groups/a/extensions/b%2Fc").await.status, 404);
}

#[tokio::test]
async fn a_snapshot_has_each_entity_where_it_belongs() {
    let emulator = Emulator::builder().admin(true).start().await.unwrap();
    let admin = Wire::of_admin(&emulator);
    let kept = |kind: &str, key: &str, parent: Value| json!({"kind": kind, "key": key, "parent": parent, "document": {"id": key}});
    let group = kept("group", "g", Value::Null);
    for other in [
        kept("post", "p", "g".into()),
        kept("group", "h", "g".into()),
        kept("thread", "t", Value::Null),
        kept("attachment", "a", "g".into()),
        kept("conversation", "c", "h".into()),
        kept("conversation", "", "g".into()),
        kept("conversation", "a\0b", "g".into()),
        kept("conversation", "g", "g".into()),
    ] {
        let snapshot = json!({"entities": [group, other]}).to_string();
        let refused = admin.send("PUT", "/admin/snapshot", &snapshot).await;
        assert_eq!((refused.status, refused.is_refusal()), (400, true), "{other}");
    }
}

#[tokio::test]
async fn a_number_is_told_as_it_was_written() {
    let emulator = Emulator::builder().admin(true).start().await.unwrap();
    let (wire, admin) = (Wire::of(&emulator), Wire::of_admin(&emulator));
    let numbers = [
        "9007199254740993",
        "-9223372036854775808",
        "0.1",
        "1.10",
        "-0",
        "1e2",
        "123456789012345678901234567890",
        "0.1000000000000000000000000000000000001",
    ];
    let extension = |number: &str| {
        format!(
            r##"{{"@odata.type":"#microsoft.graph.openTypeExtension","extensionName":"e","deal":{{"n":[{number}]}}}}"##
        )
    };
    let (extensions, threads) =
        (format!("/groups/{GROUP}/extensions"), format!("/groups/{GROUP}/threads"));
    for number in numbers {
        let told = format!("\"n\":[{number}]");
        let before = emulator.snapshot().await.unwrap();
        let made = wire.send("POST", &format!("/v1.0{extensions}"), &extension(number)).await;
        assert_eq!((made.status, made.text.contains(&told)), (201, true), "{made:?}");
        let mut post = text_post("x");
        post["extensions"] = json!(["here"]);
        let thread = json!({"topic": "T", "posts": [post]}).to_string();
        let thread = thread.replace("\"here\"", &extension(number));
        let made = wire.send("POST", &format!("/beta{threads}"), &thread).await;
        assert_eq!(made.status, 201, "{made:?}");

        // What is kept elsewhere is the same.
        let snapshot = admin.get("/admin/snapshot").await.text;
        emulator.restore(&before).await.unwrap();
        assert_eq!(admin.send("PUT", "/admin/snapshot", &snapshot).await.status, 204);
        let thread = made.json["id"].as_str().unwrap();
        for version in ["/v1.0", "/beta"] {
            for path in
                [format!("{extensions}/e"), format!("{threads}/{thread}/posts?$expand=extensions")]
            {
                let read = wire.get(&format!("{version}{path}")).await;
                assert!(read.text.contains(&told), "{number} {read:?}");
            }
        }
        let other = extension(number).replace("\"n\"", "\"m\"");
        let changed = wire.send("PATCH", &format!("/v1.0{extensions}/e"), &other).await;
        assert!(changed.text.contains(&format!("\"m\":[{number}]")), "{changed:?}");
        emulator.restore(&before).await.unwrap();
    }
}

#[tokio::test]
async fn a_number_that_most_readers_cannot_hold_is_refused() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let extension =
        r##"{"@odata.type":"#microsoft.graph.openTypeExtension","extensionName":"e","n":1e400}"##;
    let refused = wire.send("POST", &format!("/v1.0/groups/{GROUP}/extensions"), extension).await;
    assert_eq!((refused.status, refused.is_refusal()), (400, true), "{refused:?}");
}

#[tokio::test]
async fn what_is_nested_as_deep_as_can_be_read_is_told_again() {
    let emulator = Emulator::builder().admin(true).start().await.unwrap();
    let wire = Wire::of(&emulator);
    let extensions = format!("/v1.0/groups/{GROUP}/extensions");
    let mut deepest = None;
    for depth in [60, 100, 110, 115, 120, 122, 124, 125, 126, 127, 128, 129] {
        let value = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let body = format!(
            r##"{{"@odata.type":"#microsoft.graph.openTypeExtension","extensionName":"n{depth}","n":{value}}}"##
        );
        let made = wire.send("POST", &extensions, &body).await;
        assert!(made.status == 201 || made.is_refusal(), "{depth} {made:?}");
        let read = wire.get(&format!("{extensions}/n{depth}")).await;
        assert_eq!(read.status, if made.status == 201 { 200 } else { 404 }, "{depth}");
        if made.status == 201 {
            deepest = Some(depth);
        }
    }
    assert!(deepest >= Some(60));
    all_is_told(&wire, "deep").await;
    let snapshot = emulator.snapshot().await.unwrap();
    let admin = Wire::of_admin(&emulator);
    let text = serde_json::to_string(&snapshot).unwrap();
    assert_eq!(admin.send("PUT", "/admin/snapshot", &text).await.status, 204);
}

#[tokio::test]
async fn what_the_service_says_is_not_said_by_clients() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let (_, seeded_post) = seeded(&wire).await;
    let answered = seeded_post.rsplit('/').next().unwrap();
    let mut post = text_post("Hi");
    for (member, value) in [
        ("id", "mine"),
        ("changeKey", "mine"),
        ("conversationThreadId", "mine"),
        ("createdDateTime", "1999-01-01T00:00:00Z"),
        ("@emulator.inReplyTo", answered),
    ] {
        post[member] = value.into();
    }
    let thread = json!({"id": "mine", "topic": "T", "preview": "mine", "uniqueSenders": ["mine"], "colour": "mine",
        "lastDeliveredDateTime": "1999-01-01T00:00:00Z", "hasAttachments": true, "posts": [post]});
    let threads = format!("/v1.0/groups/{GROUP}/threads");
    let made = wire.send("POST", &threads, &thread.to_string()).await;
    assert_eq!(made.status, 201, "{made:?}");
    let text = made.json.to_string();
    assert!(!text.contains("mine") && !text.contains("1999"), "{text}");
    let id = made.json["id"].as_str().unwrap();
    let posts = wire.get(&format!("{threads}/{id}/posts?$expand=inReplyTo")).await;
    let text = posts.json.to_string();
    assert!(!text.contains("mine") && !text.contains("1999") && !text.contains(answered), "{text}");
    let patch =
        json!({"id": "mine", "preview": "mine", "hasAttachments": true, "uniqueSenders": ["mine"]});
    let patched = wire.send("PATCH", &format!("{threads}/{id}"), &patch.to_string()).await;
    assert!(!patched.json.to_string().contains("mine") || patched.is_refusal(), "{patched:?}");
    let read = wire.get(&format!("{threads}/{id}")).await;
    assert_eq!(read.json["preview"], "Hi");
}
