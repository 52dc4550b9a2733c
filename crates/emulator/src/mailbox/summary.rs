//! What a thread and a conversation say of their posts.
//!
//! In come the documents of posts, oldest first; out go `lastDeliveredDateTime`, `preview`, `hasAttachments`,
//! `uniqueSenders`, and of a thread the recipients.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::store::Document;

/// How many characters of the latest post a preview has, as Exchange has it.
const PREVIEW: usize = 255;

/// What follows from `posts` for a thread.
pub(crate) fn of_thread<'a>(posts: impl IntoIterator<Item = &'a Document>) -> Document {
    let posts: Vec<&Document> = posts.into_iter().collect();
    let mut summary = of_conversation(posts.iter().copied());
    let mut known = BTreeSet::new();
    let recipients = posts.iter().flat_map(|post| list(post, "newParticipants"));
    let recipients: Vec<&Value> = recipients.filter(|one| known.insert(address(one))).collect();
    summary.insert("toRecipients".to_owned(), json!(recipients));
    summary
}

/// What follows from `posts` for a conversation.
pub(crate) fn of_conversation<'a>(posts: impl IntoIterator<Item = &'a Document>) -> Document {
    let (mut senders, mut known) = (Vec::new(), BTreeSet::new());
    let mut has_attachments = false;
    let mut latest: Option<&Document> = None;
    for post in posts {
        let sender = post.get("sender").and_then(name);
        senders.extend(sender.filter(|sender| known.insert(*sender)));
        has_attachments |= post.get("hasAttachments").and_then(Value::as_bool) == Some(true);
        latest = latest.filter(|latest| received(latest) > received(post)).or(Some(post));
    }
    let mut summary = Map::new();
    if let Some(post) = latest {
        summary.insert("lastDeliveredDateTime".to_owned(), received(post).into());
        summary.insert("preview".to_owned(), preview(post).into());
    }
    summary.insert("hasAttachments".to_owned(), has_attachments.into());
    summary.insert("uniqueSenders".to_owned(), json!(senders));
    summary
}

fn list<'a>(document: &'a Document, member: &str) -> &'a [Value] {
    document.get(member).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn name(recipient: &Value) -> Option<&str> {
    let address = recipient.get("emailAddress")?;
    let part = |member| address.get(member).and_then(Value::as_str).filter(|text| !text.is_empty());
    part("name").or_else(|| part("address"))
}

fn address(recipient: &Value) -> Option<String> {
    let address = recipient.get("emailAddress")?.get("address")?.as_str()?;
    Some(address.to_ascii_lowercase())
}

/// When a post was received; all times are of one form, so that their texts have their order.
fn received(post: &Document) -> &str {
    post.get("receivedDateTime").and_then(Value::as_str).unwrap_or_default()
}

/// The beginning of the text of a post.
fn preview(post: &Document) -> String {
    let body = post.get("body");
    let part = |member| body.and_then(|body| body.get(member)).and_then(Value::as_str);
    let content = part("content").unwrap_or_default();
    let is_html = part("contentType").is_some_and(|kind| kind.eq_ignore_ascii_case("html"));
    let plain = if is_html { without_tags(content) } else { content.to_owned() };
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
    use crate::store::Document;

    fn post(value: Value) -> Document {
        match value {
            Value::Object(document) => document,
            _ => Document::new(),
        }
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
        let summary = of_conversation(&posts);
        assert_eq!(summary["lastDeliveredDateTime"], "2026-01-02T00:00:00Z");
        assert_eq!(summary["preview"], "One &lt; two");
        let summary = of_conversation(&posts[1..]);
        assert_eq!(summary["preview"], "<old>");
    }

    #[test]
    fn a_preview_is_cut_between_characters() {
        let long = post(json!({"body": {"contentType": "text", "content": "ä".repeat(300)}}));
        assert_eq!(of_conversation([&long])["preview"], "ä".repeat(255));
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
        let summary = of_thread(&posts);
        assert_eq!(summary["uniqueSenders"], json!(["Bo", "Al"]));
        assert_eq!(summary["toRecipients"], json!([person("Al"), person("Cy")]));
        assert_eq!(summary["hasAttachments"], true);
        assert_eq!(of_thread(&posts[..1])["hasAttachments"], false);
    }
}
