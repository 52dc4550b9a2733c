//! Bodies of every wrong kind: each write, with each part of its body replaced in turn.
//!
//! Each write has an emulator of its own, so that they run side by side. Behind each body that is taken in, what it has
//! written is read again by both versions; the lists that tell of it are read behind some of them together.

use msgraph_emulator::Emulator;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::mutated::mutated;
use crate::wire::{Answer, Wire};
use crate::{ALL, GROUP, all_is_told, full_post, is_told, lists_are_told, seeded, text_post};

/// How many bodies may be taken in before the lists are read, and all is put back.
const TOGETHER: usize = 20;

/// A request that is valid as it stands.
#[derive(Debug, Clone)]
struct Write {
    method: &'static str,
    path: String,
    body: Value,
}

impl Write {
    fn new(method: &'static str, path: String, body: Value) -> Self {
        Self { method, path, body }
    }

    /// Whether what it writes stands beside what was written before, and not in its place.
    fn is_beside(&self) -> bool {
        self.method == "POST" && !self.path.ends_with("/extensions")
    }

    /// What it writes, to be read below a version: the extensions of a group, or posts with all that they have.
    fn written(&self, answer: &Answer) -> Vec<String> {
        let group = format!("/groups/{GROUP}");
        if self.path.starts_with(&format!("{group}/extensions")) {
            return vec![format!("{group}?$expand=extensions")];
        }
        let made = |thread: &Value| thread["id"].as_str().unwrap().to_owned();
        let threads = match self.path.strip_prefix(&group).unwrap() {
            "/threads" => vec![made(&answer.json)],
            "/conversations" => {
                answer.json["threads"].as_array().unwrap().iter().map(made).collect()
            }
            path => vec![path.split('/').nth(2).unwrap().to_owned()],
        };
        let posts = |thread| format!("{group}/threads/{thread}/posts?$top=999&$expand={ALL}");
        threads.into_iter().map(posts).collect()
    }
}

/// All writes there are, to what is there from the beginning.
fn writes(thread: &str, post: &str) -> Vec<Write> {
    let group = format!("/groups/{GROUP}");
    let recipients = json!([{"emailAddress": {"name": "Bo", "address": "bo@example.org"}}]);
    let whole = json!({"topic": "Lunch", "isLocked": false, "ccRecipients": recipients, "posts": [full_post()]});
    let file = json!({"attachmentType": "file", "name": "a", "size": 5, "contentType": "text/plain", "isInline": false});
    let (reply, forward) =
        (json!({"post": text_post("Yes")}), json!({"comment": "See", "toRecipients": recipients}));
    let conversation = json!({"topic": "Lunch", "threads": [whole]});
    vec![
        Write::new("POST", format!("{group}/threads"), whole),
        Write::new("POST", format!("{group}/conversations"), conversation),
        Write::new("PATCH", thread.to_owned(), json!({"isLocked": false})),
        Write::new("POST", format!("{thread}/reply"), json!({"post": full_post()})),
        Write::new("POST", format!("{post}/reply"), reply),
        Write::new("POST", format!("{post}/forward"), forward),
        Write::new(
            "POST",
            format!("{post}/attachments/createUploadSession"),
            json!({"AttachmentItem": file}),
        ),
        Write::new("POST", format!("{post}/extensions"), extension()),
        Write::new("POST", format!("{group}/extensions"), extension()),
        Write::new("PATCH", format!("{group}/extensions/com.e"), extension()),
    ]
}

fn extension() -> Value {
    json!({"@odata.type": "#microsoft.graph.openTypeExtension", "extensionName": "com.e", "deal": {"a": [1]}})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_of_every_wrong_kind_are_refused_or_can_be_told_again() {
    let emulator = Emulator::start().await.unwrap();
    let (thread, post) = seeded(&Wire::of(&emulator)).await;
    let all = writes(&thread, &post);
    let mut running = JoinSet::new();
    // Both versions are read each time; of what beta writes the first stands for the rest.
    for (version, writes) in [("/v1.0", &all[..]), ("/beta", &all[..1])] {
        for write in writes {
            running.spawn(in_every_wrong_kind(version, write.clone()));
        }
    }
    while let Some(ended) = running.join_next().await {
        ended.unwrap();
    }
}

async fn in_every_wrong_kind(version: &str, write: Write) {
    let emulator = Emulator::start().await.unwrap();
    let wire = Wire::of(&emulator);
    let Write { method, path, body } = &write;
    if path.ends_with("/extensions/com.e") {
        let extensions = format!("/v1.0/groups/{GROUP}/extensions");
        assert_eq!(wire.send("POST", &extensions, &extension().to_string()).await.status, 201);
    }
    let before = emulator.snapshot().await.unwrap();
    let target = format!("{version}{path}");
    let valid = wire.send(method, &target, &body.to_string()).await;
    assert!(valid.status < 300, "{method} {target} {valid:?}");
    all_is_told(&wire, "what is valid").await;
    emulator.restore(&before).await.unwrap();
    let mut taken = Vec::new();
    for body in mutated(body) {
        let answer = wire.send(method, &target, &body).await;
        let told = format!("{method} {target} {body}");
        assert!(answer.is_success() || answer.is_refusal(), "{told:.600} {answer:?}");
        if answer.is_refusal() {
            continue;
        }
        for path in write.written(&answer) {
            is_told(&wire, &path, &told).await;
        }
        taken.push(told);
        if taken.len() == TOGETHER {
            lists_are_told(&wire, &taken.join("\n")).await;
        }
        if !write.is_beside() || taken.len() == TOGETHER {
            emulator.restore(&before).await.unwrap();
            taken.clear();
        }
    }
    all_is_told(&wire, &taken.join("\n")).await;
}
