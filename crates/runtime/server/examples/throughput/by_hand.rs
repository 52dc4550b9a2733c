//! The JSON of a thread as structs that serde derives, as one would write them for this one call.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Thread {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    pub(crate) topic: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) is_locked: Option<bool>,
    pub(crate) posts: Vec<Post>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Post {
    pub(crate) body: ItemBody,
    pub(crate) new_participants: Vec<Recipient>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ItemBody {
    pub(crate) content_type: BodyType,
    pub(crate) content: String,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum BodyType {
    Text,
    Html,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Recipient {
    pub(crate) email_address: EmailAddress,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct EmailAddress {
    pub(crate) name: String,
    pub(crate) address: String,
}

/// The thread of the documented example.
pub(crate) fn thread() -> Thread {
    let alex =
        EmailAddress { name: "Alex Darrow".to_owned(), address: "alexd@contoso.com".to_owned() };
    Thread {
        id: None,
        topic: "New Conversation Thread Topic".to_owned(),
        is_locked: None,
        posts: vec![Post {
            body: ItemBody {
                content_type: BodyType::Html,
                content: "this is body content".to_owned(),
            },
            new_participants: vec![Recipient { email_address: alex }],
        }],
    }
}
