//! What hostile and clumsy clients send: each time the answer says in OData's words what is wrong, nothing hangs, and what
//! was acknowledged stays.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "hostile/mutated.rs"]
mod mutated;
#[path = "hostile/wire.rs"]
mod wire;

use msgraph_emulator::{Emulator, GARDENERS};
use mutated::mutated;
use serde_json::{Value, json};
use wire::Wire;

const GROUP: &str = "6f0e1d52-8a4f-4c0c-9d0b-1f6a52b7c001";

/// The paths of the seeded thread and post, below a version.
async fn seeded(wire: &Wire) -> (String, String) {
    let threads = wire.get(&format!("/v1.0/groups/{GROUP}/threads")).await.json;
    let thread = threads["value"][0]["id"].as_str().unwrap().to_owned();
    let thread = format!("/groups/{GROUP}/threads/{thread}");
    let posts = wire.get(&format!("/v1.0{thread}/posts")).await.json;
    let post = posts["value"][0]["id"].as_str().unwrap();
    let post = format!("{thread}/posts/{post}");
    (thread, post)
}

/// Reads all that there is, by both versions: what was taken in can be told again.
async fn all_is_told(wire: &Wire, after: &str) {
    for version in ["/v1.0", "/beta"] {
        let groups = wire.get(&format!("{version}/groups?$top=999")).await;
        let changes = wire.get(&format!("{version}/groups/delta")).await;
        let conversations = wire.get(&format!("{version}/groups/{GROUP}/conversations")).await;
        let threads = wire.get(&format!("{version}/groups/{GROUP}/threads?$top=999")).await;
        for answer in [&groups, &changes, &conversations, &threads] {
            assert_eq!(answer.status, 200, "{after:.300} {:?}", answer.json["error"]);
        }
        for thread in threads.json["value"].as_array().unwrap() {
            let thread = thread["id"].as_str().unwrap();
            let posts = format!("{version}/groups/{GROUP}/threads/{thread}/posts");
            let all = "attachments,extensions,inReplyTo,singleValueExtendedProperties,\
                       multiValueExtendedProperties";
            let posts = wire.get(&format!("{posts}?$top=999&$expand={all}")).await;
            assert_eq!(posts.status, 200, "{after:.300} {:?}", posts.json["error"]);
        }
    }
}

fn text_post(text: &str) -> Value {
    json!({"body": {"contentType": "text", "content": text}})
}

fn full_post() -> Value {
    json!({
        "body": {"contentType": "html", "content": "<p>At noon?</p>"},
        "from": {"emailAddress": {"name": "Al", "address": "al@example.org"}},
        "newParticipants": [{"emailAddress": {"name": "Bo", "address": "bo@example.org"}}],
        "importance": "high",
        "attachments": [{"@odata.type": "#microsoft.graph.fileAttachment", "name": "a", "contentBytes": "aGk="},
            {"@odata.type": "#microsoft.graph.itemAttachment", "name": "b",
             "item": {"@odata.type": "#microsoft.graph.event", "subject": "Party"}}],
        "extensions": [{"@odata.type": "#microsoft.graph.openTypeExtension", "extensionName": "com.e", "deal": 1}],
        "singleValueExtendedProperties": [{"id": "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color", "value": "Green"}],
        "multiValueExtendedProperties": [{"id": "StringArray {66f5a359-4659-4830-9070-00047ec6ac6e} Name C", "value": ["Green"]}],
    })
}

#[tokio::test]
async fn ids_that_nobody_gave_out_lead_nowhere() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let long = "x".repeat(8_000);
    let ids = [
        "..",
        "%2e%2e",
        ".",
        "%2F",
        "a%2fb",
        "%0d%0aSet-Cookie:%20x",
        "%00",
        "%27",
        "'",
        "\"",
        "%22",
        "%5C",
        "%c3%bc",
        "%f0%9f%8c%bb",
        "%ff%fe",
        "%",
        "%zz",
        "$count",
        "$ref",
        "%24value",
        "(id='x')",
        "*",
        ";",
        "&",
        "%25",
        "'%20OR%201=1--",
        long.as_str(),
    ];
    for id in ids {
        for target in [
            format!("/v1.0/groups/{id}"),
            format!("/beta/groups/{id}/threads/{id}"),
            format!("/v1.0/groups/{GROUP}/threads/{id}/posts"),
            format!(
                "/v1.0/groups/{GROUP}/conversations/{id}/threads/{id}/posts/{id}/attachments/{id}"
            ),
            format!("/v1.0/groups/{GROUP}/extensions/{id}"),
            format!("/uploads/{id}"),
            format!("/admin/groups/{id}"),
            format!("/{id}"),
        ] {
            for method in ["GET", "DELETE", "PATCH", "PUT", "POST", "X"] {
                let answer = wire.send(method, &target, "{}").await;
                // What is no HTTP at all is refused before anybody could say more.
                let is_http = !target.contains(['"']);
                assert!(
                    answer.is_refusal() || (!is_http && answer.status == 400),
                    "{method} {target:.100} {answer:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn bodies_of_every_wrong_kind_are_refused_or_can_be_told_again() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let (thread, post) = seeded(&wire).await;
    let extension = json!({"@odata.type": "#microsoft.graph.openTypeExtension", "extensionName": "com.e", "deal": {"a": [1]}});
    wire.send("POST", &format!("/v1.0/groups/{GROUP}/extensions"), &extension.to_string()).await;
    let recipients = json!([{"emailAddress": {"name": "Bo", "address": "bo@example.org"}}]);
    let whole = json!({"topic": "Lunch", "isLocked": false, "ccRecipients": recipients, "posts": [full_post()]});
    let group = format!("/groups/{GROUP}");
    let writes = [
        ("POST", format!("{group}/threads"), whole.clone()),
        ("POST", format!("{group}/conversations"), json!({"topic": "Lunch", "threads": [whole]})),
        ("PATCH", thread.clone(), json!({"isLocked": false})),
        ("POST", format!("{thread}/reply"), json!({"post": full_post()})),
        ("POST", format!("{post}/reply"), json!({"post": text_post("Yes")})),
        ("POST", format!("{post}/forward"), json!({"comment": "See", "toRecipients": recipients})),
        (
            "POST",
            format!("{post}/attachments/createUploadSession"),
            json!({"AttachmentItem":
            {"attachmentType": "file", "name": "a", "size": 5, "contentType": "text/plain", "isInline": false}}),
        ),
        ("POST", format!("{post}/extensions"), extension.clone()),
        ("POST", format!("{group}/extensions"), extension.clone()),
        ("PATCH", format!("{group}/extensions/com.e"), extension),
    ];
    let before = emulator.snapshot().await.unwrap();
    // Both versions are read each time; of what beta writes the first stands for the rest.
    for (version, writes) in [("/v1.0", &writes[..]), ("/beta", &writes[..1])] {
        for (method, path, body) in writes {
            let target = format!("{version}{path}");
            let valid = wire.send(method, &target, &body.to_string()).await;
            assert!(valid.status < 300 || valid.status == 409, "{method} {target} {valid:?}");
            for body in mutated(body) {
                let answer = wire.send(method, &target, &body).await;
                let told = format!("{method} {target} {body}");
                assert!(answer.is_success() || answer.is_refusal(), "{told:.600} {answer:?}");
                if answer.is_success() {
                    all_is_told(&wire, &told).await;
                    emulator.restore(&before).await.unwrap();
                }
            }
        }
    }
}

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
    let made = wire.send("POST", &format!("/v1.0/groups/{GARDENERS}/threads"), &thread).await;
    assert_eq!(made.status, 201);
    assert_eq!(made.json["toRecipients"].as_array().unwrap().len(), 60_000);
}

#[tokio::test]
async fn a_topic_is_kept_whole_whatever_it_is() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let threads = format!("/v1.0/groups/{GARDENERS}/threads");
    let long = "ü".repeat(1 << 19);
    for topic in
        [long.as_str(), "a\0b", "\u{1F33B}'\"\\ \r\n\u{202e}", "'; DROP TABLE entities; --"]
    {
        let thread = json!({"topic": topic, "posts": [text_post("\0")]}).to_string();
        let made = wire.send("POST", &threads, &thread).await;
        assert_eq!(made.status, 201);
        let id = made.json["id"].as_str().unwrap();
        let read = wire.get(&format!("{threads}/{id}")).await;
        assert!(read.json["topic"] == topic, "{topic:.40}");
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
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let extensions = format!("/v1.0/groups/{GROUP}/extensions");
    for (name, number) in [("a", "9007199254740993"), ("b", "-9223372036854775808"), ("c", "0.1")] {
        let body = format!(
            r##"{{"@odata.type":"#microsoft.graph.openTypeExtension","extensionName":"{name}","n":{number}}}"##
        );
        assert_eq!(wire.send("POST", &extensions, &body).await.status, 201);
        let read = wire.get(&format!("{extensions}/{name}")).await;
        assert_eq!(read.json["n"].to_string(), number);
    }
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
    let thread = json!({"id": "mine", "topic": "T", "preview": "mine", "uniqueSenders": ["mine"],
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

#[tokio::test]
async fn filters_on_every_property_are_answered_or_refused() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let (thread, _) = seeded(&wire).await;
    let lists = [
        "/v1.0/groups".to_owned(),
        format!("/v1.0/groups/{GROUP}/threads"),
        format!("/v1.0{thread}/posts"),
    ];
    for list in &lists {
        let first = wire.get(list).await.json["value"][0].clone();
        let mut members: Vec<String> = first.as_object().unwrap().keys().cloned().collect();
        members.extend(
            ["nothing", "posts", "attachments", "a/b/c", "from/emailAddress/address"]
                .map(str::to_owned),
        );
        for member in members {
            for text in [
                format!("{member} eq null"),
                format!("{member} eq 'x'"),
                format!("{member} gt 5"),
                format!("{member} le 2026-01-01T00:00:00Z"),
                format!("{member} in ('a','b')"),
                format!("contains({member},'x')"),
                format!("{member}/any(x:x eq 'y')"),
                format!("not {member}"),
                format!("{member} eq {member}"),
                format!("{member} eq 1e400"),
                format!("{member} eq 99999999999999999999999"),
                format!("{member} has 'x'"),
            ] {
                for option in ["$filter", "$orderby", "$select", "$expand", "$search"] {
                    let text = percent_encoding::utf8_percent_encode(
                        &text,
                        percent_encoding::NON_ALPHANUMERIC,
                    );
                    let answer = wire.get(&format!("{list}?{option}={text}")).await;
                    assert!(
                        answer.status == 200 || answer.is_refusal() || answer.status == 501,
                        "{list} {option} {member} {answer:?}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn options_that_are_nested_or_repeated_without_end_cost_nothing() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let (thread, post) = seeded(&wire).await;
    // A chain of answers, each to the one before.
    let mut last = post;
    for _ in 0..12 {
        let reply = json!({"post": text_post("Re")}).to_string();
        assert_eq!(wire.send("POST", &format!("/v1.0{last}/reply"), &reply).await.status, 202);
        let posts = wire.get(&format!("/v1.0{thread}/posts?$top=99")).await.json;
        let id =
            posts["value"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
        last = format!("{thread}/posts/{id}");
    }
    let nested = |name: &str, depth: usize| {
        let open = format!("{name}($expand=");
        format!("{}{name}{}", open.repeat(depth), ")".repeat(depth))
    };
    let doubled = |depth: usize| {
        let mut text = "inReplyTo".to_owned();
        for _ in 0..depth {
            text = format!("inReplyTo($expand={text}),inReplyTo($expand={text})");
        }
        text
    };
    let group = format!("/v1.0/groups/{GROUP}");
    let options = [
        nested("inReplyTo", 10),
        nested("inReplyTo", 400),
        doubled(8),
        "attachments,".repeat(1_000),
        format!("attachments{}", ",attachments".repeat(1_000)),
    ];
    for expand in options {
        for list in
            [format!("/v1.0{thread}/posts"), format!("/v1.0{last}"), format!("{group}/threads")]
        {
            let answer = wire.get(&format!("{list}?$expand={expand}")).await;
            assert!(answer.status == 200 || answer.is_refusal(), "{expand:.50} {answer:?}");
        }
    }
    let told = wire.get(&format!("/v1.0{last}?$expand={}", nested("inReplyTo", 9))).await;
    assert_eq!(told.status, 200, "{told:?}");
    for filter in [
        format!("{}true{}", "(".repeat(3_000), ")".repeat(3_000)),
        format!("{}true", "not%20".repeat(2_000)),
        format!("topic%20eq%20'x'{}", "%20or%20topic%20eq%20'x'".repeat(500)),
        format!("{}topic{}%20eq%20'x'", "tolower(".repeat(1_000), ")".repeat(1_000)),
        "-".repeat(10_000),
    ] {
        let answer = wire.get(&format!("{group}/threads?$filter={filter}")).await;
        assert!(answer.status == 200 || answer.is_refusal(), "{filter:.50} {answer:?}");
    }
}

#[tokio::test]
async fn tokens_of_other_lists_are_refused_or_do_no_harm() {
    let emulator = Emulator::builder().page_size(1).start().await.unwrap();
    let wire = Wire::of(&emulator);
    let (thread, _) = seeded(&wire).await;
    let token = |json: &Value, link: &str| {
        let link = json[link].as_str().unwrap_or_default();
        link.rsplit('=').next().unwrap_or_default().to_owned()
    };
    let of_groups = token(&wire.get("/v1.0/groups").await.json, "@odata.nextLink");
    let of_changes = token(&wire.get("/v1.0/groups/delta").await.json, "@odata.nextLink");
    // `-1.-1`, `9223372036854775807.9223372036854775807`, `18446744073709551615.x`
    let made = [
        "LTEuLTE",
        "OTIyMzM3MjAzNjg1NDc3NTgwNy45MjIzMzcyMDM2ODU0Nzc1ODA3",
        "MTg0NDY3NDQwNzM3MDk1NTE2MTUueA",
    ];
    for token in [of_groups.as_str(), of_changes.as_str()].into_iter().chain(made) {
        for list in ["/v1.0/groups", "/v1.0/groups/delta", &format!("/v1.0{thread}/posts")] {
            for name in ["$skiptoken", "$deltatoken"] {
                let answer = wire.get(&format!("{list}?{name}={token}")).await;
                assert!(
                    answer.status == 200 || answer.is_refusal(),
                    "{list} {name} {token} {answer:?}"
                );
            }
        }
    }
    for option in [
        "$top=0",
        "$top=18446744073709551615",
        "$skip=18446744073709551615",
        "$top=99999999999999999999",
        "$skip=-0",
        "$count=maybe",
        "$format=xml",
        "$top=1&$top=2",
        "$select=",
        "$expand=",
        "$=&&=",
        "%24top=1&$top=2",
    ] {
        let answer = wire.get(&format!("/v1.0/groups?{option}")).await;
        assert!(answer.status == 200 || answer.is_refusal(), "{option} {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_who_delete_a_thread_at_once_one_does() {
    let folder = tempfile::tempdir().unwrap();
    let database = msgraph_emulator::Database::File(folder.path().join("graph.sqlite3"));
    let emulator = Emulator::builder().database(database).start().await.unwrap();
    let wire = Wire::of(&emulator);
    for _ in 0..5 {
        let threads = format!("/v1.0/groups/{GROUP}/threads");
        let body = json!({"topic": "T", "posts": [text_post("x")]}).to_string();
        let made = wire.send("POST", &threads, &body).await;
        let target = format!("{threads}/{}", made.json["id"].as_str().unwrap());
        let mut statuses = Vec::new();
        let both: Vec<_> = (0..4)
            .map(|_| {
                let (wire, target) = (wire.clone(), target.clone());
                tokio::spawn(async move { wire.send("DELETE", &target, "").await.status })
            })
            .collect();
        for one in both {
            statuses.push(one.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 404, 404, 404]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_behind_a_restore_stays() {
    let emulator = Emulator::builder().admin(true).start().await.unwrap();
    let (wire, admin) = (Wire::of(&emulator), Wire::of_admin(&emulator));
    let threads = format!("/v1.0/groups/{GROUP}/threads");
    let snapshot = serde_json::to_string(&emulator.snapshot().await.unwrap()).unwrap();
    let (restored, is_restored) = tokio::sync::watch::channel(false);
    let writers: Vec<_> = (0..3)
        .map(|writer| {
            let (wire, threads, is_restored) = (wire.clone(), threads.clone(), is_restored.clone());
            tokio::spawn(async move {
                let mut kept = Vec::new();
                for number in 0..20 {
                    let is_behind = *is_restored.borrow();
                    let topic = format!("{writer}-{number}");
                    let body = json!({"topic": topic, "posts": [text_post("x")]}).to_string();
                    assert_eq!(wire.send("POST", &threads, &body).await.status, 201);
                    if is_behind {
                        kept.push(topic);
                    }
                }
                kept
            })
        })
        .collect();
    assert_eq!(admin.send("PUT", "/admin/snapshot", &snapshot).await.status, 204);
    restored.send(true).unwrap();
    let mut kept = Vec::new();
    for writer in writers {
        kept.extend(writer.await.unwrap());
    }
    let found = wire.get(&format!("{threads}?$top=999")).await.json.to_string();
    assert!(kept.iter().all(|topic| found.contains(&format!("\"{topic}\""))));
    all_is_told(&wire, "restore").await;
}

#[tokio::test]
async fn what_an_administrator_writes_wrongly_breaks_nothing() {
    let emulator = Emulator::builder().admin(true).start().await.unwrap();
    let (wire, admin) = (Wire::of(&emulator), Wire::of_admin(&emulator));
    let before = emulator.snapshot().await.unwrap();
    let group = json!({"displayName": "Walkers", "groupTypes": ["Unified"], "mailEnabled": true, "threads": [],
        "createdDateTime": "2026-01-01T00:00:00Z", "@odata.etag": "x", "assignedLabels": [{"labelId": "x"}]});
    let writes = [
        ("PUT", "/admin/groups/42", group),
        ("PUT", "/admin/snapshot", serde_json::to_value(&before).unwrap()),
        (
            "POST",
            "/admin/tokens",
            json!({"kind": "application", "subject": "x", "permissions": ["y"]}),
        ),
        ("POST", "/admin/faults", json!(["throttle=0"])),
    ];
    for (method, target, body) in writes {
        for body in mutated(&body) {
            let answer = admin.send(method, target, &body).await;
            let told = format!("{method} {target} {body}");
            assert!(answer.is_success() || answer.is_refusal(), "{told:.300} {answer:?}");
            admin.send("DELETE", "/admin/faults", "").await;
            if answer.is_success() {
                for version in ["/v1.0", "/beta"] {
                    for list in [
                        "",
                        "/delta",
                        &format!("/{GROUP}/threads"),
                        &format!("/{GROUP}/conversations"),
                    ] {
                        let list = wire.get(&format!("{version}/groups{list}")).await;
                        assert!(
                            list.status == 200 || list.status == 404,
                            "{told:.3000} {:?}",
                            list.json["error"]
                        );
                    }
                }
                emulator.restore(&before).await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn batches_of_wrong_kinds_are_refused() {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let one = |id: &str, after: &[&str]| {
        json!({"id": id, "method": "POST", "url": format!("/groups/{GROUP}/threads"),
        "headers": {"Content-Type": "application/json"}, "dependsOn": after,
        "body": {"topic": "T", "posts": [text_post("x")]}})
    };
    for requests in [
        json!([one("1", &["2"]), one("2", &["1"])]),
        json!([one("1", &["1"])]),
        json!([one("1", &[]), one("1", &[])]),
        json!((0..21).map(|id| one(&id.to_string(), &[])).collect::<Vec<_>>()),
    ] {
        let answer =
            wire.send("POST", "/v1.0/$batch", &json!({"requests": requests}).to_string()).await;
        assert!(answer.is_refusal(), "{answer:?}");
    }
    for body in mutated(&json!({"requests": [one("1", &[]), one("2", &["1"])]})) {
        let answer = wire.send("POST", "/v1.0/$batch", &body).await;
        let parts = answer.json["responses"].as_array().cloned().unwrap_or_default();
        let fine = |part: &Value| part["status"].as_u64().is_some_and(|status| status < 500);
        assert!(
            answer.is_refusal() || (answer.status == 200 && parts.iter().all(fine)),
            "{body} {answer:?}"
        );
    }
}
