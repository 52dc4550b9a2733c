//! What a new emulator holds, so that there is something to read: three groups, and a thread in one of them.

use serde_json::{Value, json};

use super::Mailbox;
use crate::document::Document;
use crate::store::{Kind, StoreError, Transaction};

/// The id of the group that has a thread from the beginning.
pub const GARDENERS: &str = "6f0e1d52-8a4f-4c0c-9d0b-1f6a52b7c001";

/// The other groups, and what they are called.
const GROUPS: [(&str, &str, &str); 3] = [
    (GARDENERS, "Gardeners", "gardeners"),
    ("6f0e1d52-8a4f-4c0c-9d0b-1f6a52b7c002", "Release crew", "release-crew"),
    ("6f0e1d52-8a4f-4c0c-9d0b-1f6a52b7c003", "Reading circle", "reading-circle"),
];

const CONVERSATION: &str = "AAQkAGdhcmRlbmVycy1jb252MQ==";
const THREAD: &str = "AAQkAGdhcmRlbmVycy10aHJlYWQ=";
const POST: &str = "AAMkAGdhcmRlbmVycy1wb3N0MQ==";
const TIME: &str = "2026-03-02T09:30:00Z";

impl Mailbox {
    /// Writes the groups and the thread into a database in which nothing was ever written.
    pub(crate) async fn seed_if_new(&self) -> Result<(), StoreError> {
        let mut transaction = self.store.write().await?;
        if transaction.clock().await? == (0, 0) {
            seed(&mut transaction).await?;
            transaction.commit().await?;
        }
        Ok(())
    }
}

/// Writes the groups and the thread.
pub(super) async fn seed(transaction: &mut Transaction) -> Result<(), StoreError> {
    for (id, name, nickname) in GROUPS {
        let group = json!({
            "id": id,
            "displayName": name,
            "mailNickname": nickname,
            "mail": format!("{nickname}@emulator.example"),
            "description": format!("{name}, as the emulator has them."),
            "groupTypes": ["Unified"],
            "mailEnabled": true,
            "securityEnabled": false,
            "visibility": "Private",
            "createdDateTime": TIME,
        });
        transaction.insert(Kind::Group, id, None, document(group)).await?;
    }
    let sender = json!({"emailAddress": {"name": "Rosa Lind", "address": "rosa@emulator.example"}});
    let summary = json!({
        "topic": "Seeds for spring",
        "hasAttachments": false,
        "lastDeliveredDateTime": TIME,
        "uniqueSenders": ["Rosa Lind"],
        "preview": "Who has tomatoes to spare?",
    });
    let mut conversation = document(summary);
    let mut thread = conversation.clone();
    conversation.set("id", CONVERSATION);
    thread.extend(document(json!({
        "id": THREAD, "isLocked": false, "toRecipients": [], "ccRecipients": [],
    })));
    let post = json!({
        "id": POST,
        "body": {"contentType": "html", "content": "<p>Who has tomatoes to spare?</p>"},
        "from": sender,
        "sender": sender,
        "createdDateTime": TIME,
        "lastModifiedDateTime": TIME,
        "receivedDateTime": TIME,
        "conversationId": CONVERSATION,
        "conversationThreadId": THREAD,
        "hasAttachments": false,
        "newParticipants": [],
        "changeKey": "c2VlZGVk",
    });
    transaction.insert(Kind::Conversation, CONVERSATION, Some(GARDENERS), conversation).await?;
    transaction.insert(Kind::Thread, THREAD, Some(CONVERSATION), thread).await?;
    transaction.insert(Kind::Post, POST, Some(THREAD), document(post)).await?;
    Ok(())
}

fn document(value: Value) -> Document {
    match value {
        Value::Object(members) => Document::from_iter(members),
        _ => Document::default(),
    }
}
