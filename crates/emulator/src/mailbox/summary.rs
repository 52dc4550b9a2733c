//! What a thread and a conversation say of their posts.
//!
//! In come the documents of posts, oldest first; out go `lastDeliveredDateTime`, `preview`, `hasAttachments`,
//! `uniqueSenders`, and of a thread the recipients.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::document::Document;

/// How many characters of the latest post a preview has, as Exchange has it.
const PREVIEW: usize = 255;

/// Who writes, or is written to.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Recipient {
    email_address: Option<Address>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Address {
    name: Option<String>,
    address: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Body {
    content_type: Option<String>,
    content: Option<String>,
}

/// What follows from `posts` for a thread.
pub(crate) fn of_thread<'a>(posts: impl IntoIterator<Item = &'a Document>) -> Document {
    let posts: Vec<&Document> = posts.into_iter().collect();
    let mut summary = of_conversation(posts.iter().copied());
    let mut known = BTreeSet::new();
    let all = posts.iter().filter_map(|post| post.get::<Vec<Box<RawValue>>>("newParticipants"));
    let recipients: Vec<_> = all.flatten().filter(|one| known.insert(address(one))).collect();
    summary.set("toRecipients", recipients);
    summary
}

/// What follows from `posts` for a conversation.
pub(crate) fn of_conversation<'a>(posts: impl IntoIterator<Item = &'a Document>) -> Document {
    let (mut senders, mut known) = (Vec::new(), BTreeSet::new());
    let mut has_attachments = false;
    let mut latest: Option<(String, &Document)> = None;
    for post in posts {
        let sender = post.get("sender").and_then(name);
        senders.extend(sender.filter(|sender| known.insert(sender.clone())));
        has_attachments |= post.get("hasAttachments") == Some(true);
        let received = received(post);
        latest = latest.filter(|(latest, _)| *latest > received).or(Some((received, post)));
    }
    let mut summary = Document::default();
    if let Some((received, post)) = latest {
        summary.set("lastDeliveredDateTime", received);
        summary.set("preview", preview(post));
    }
    summary.set("hasAttachments", has_attachments);
    summary.set("uniqueSenders", senders);
    summary
}

fn name(recipient: Recipient) -> Option<String> {
    let Address { name, address } = recipient.email_address?;
    let told = |text: &String| !text.is_empty();
    name.filter(told).or(address.filter(told))
}

fn address(recipient: &RawValue) -> Option<String> {
    let recipient: Recipient = serde_json::from_str(recipient.get()).ok()?;
    Some(recipient.email_address?.address?.to_ascii_lowercase())
}

/// When a post was received; all times are of one form, so that their texts have their order.
fn received(post: &Document) -> String {
    post.get("receivedDateTime").unwrap_or_default()
}

/// The beginning of the text of a post.
fn preview(post: &Document) -> String {
    let Body { content_type, content } = post.get("body").unwrap_or_default();
    let content = content.unwrap_or_default();
    let is_html = content_type.is_some_and(|kind| kind.eq_ignore_ascii_case("html"));
    let plain = if is_html { without_tags(&content) } else { content };
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").chars().take(PREVIEW).collect()
}

/// The text of a piece of HTML, as far as a preview needs it.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(rest.get(..start).unwrap_or_default());
        text.push(' ');
        let tag = rest.get(start..).unwrap_or_default();
        rest = tag.find('>').and_then(|end| tag.get(end + 1..)).unwrap_or_default();
    }
    text.push_str(rest);
    // The ampersand comes last, so that nothing is decoded twice.
    [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{of_conversation, of_thread};
    use crate::document::Document;

    fn post(value: Value) -> Document {
        serde_json::from_value(value).unwrap()
    }

    fn told(summary: &Document) -> Value {
        serde_json::to_value(summary).unwrap()
    }

    fn person(name: &str) -> Value {
        json!({"emailAddress": {"name": name, "address": format!("{name}@example.org")}})
    }

    #[test]
    fn the_latest_post_gives_time_and_preview() {
        let posts = [
            post(
                json!({"receivedDateTime": "2026-01-02T00:00:00Z", "body": {"contentType": "html", "content": "<p>One&nbsp;&amp;lt;\n two</p><br>"}}),
            ),
            post(
                json!({"receivedDateTime": "2026-01-01T00:00:00Z", "body": {"contentType": "text", "content": "<old>"}}),
            ),
        ];
        let summary = told(&of_conversation(&posts));
        assert_eq!(summary["lastDeliveredDateTime"], "2026-01-02T00:00:00Z");
        assert_eq!(summary["preview"], "One &lt; two");
        let summary = told(&of_conversation(&posts[1..]));
        assert_eq!(summary["preview"], "<old>");
    }

    #[test]
    fn a_preview_is_cut_between_characters() {
        let long = post(json!({"body": {"contentType": "text", "content": "ä".repeat(300)}}));
        assert_eq!(told(&of_conversation([&long]))["preview"], "ä".repeat(255));
    }

    #[test]
    fn senders_and_recipients_are_told_once_in_the_order_of_their_posts() {
        let posts = [
            post(json!({"sender": person("Bo"), "newParticipants": [person("Al"), person("Cy")]})),
            post(
                json!({"sender": person("Al"), "newParticipants": [person("AL")], "hasAttachments": true}),
            ),
            post(json!({"sender": person("Bo")})),
        ];
        let summary = told(&of_thread(&posts));
        assert_eq!(summary["uniqueSenders"], json!(["Bo", "Al"]));
        assert_eq!(summary["toRecipients"], json!([person("Al"), person("Cy")]));
        assert_eq!(summary["hasAttachments"], true);
        assert_eq!(told(&of_thread(&posts[..1]))["hasAttachments"], false);
    }
}
