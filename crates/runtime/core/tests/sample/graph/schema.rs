//! Schemas and tables of the namespace `microsoft.graph`.

use msgraph_core::{Concrete, Derived, EnumTable, Enumeration, Schema, Table, Type};

/// `microsoft.graph.entity`
pub enum Entity {
    /// `id`
    Id,
}
impl Schema for Entity {
    const TABLE: &'static Table = &ENTITY;

    fn slot(self) -> u16 {
        self as u16
    }
}

/// `microsoft.graph.conversationThread`
pub enum ConversationThread {
    /// `id`
    Id,
    /// `ccRecipients`
    CcRecipients,
    /// `hasAttachments`
    HasAttachments,
    /// `isLocked`
    IsLocked,
    /// `lastDeliveredDateTime`
    LastDeliveredDateTime,
    /// `preview`
    Preview,
    /// `topic`
    Topic,
    /// `toRecipients`
    ToRecipients,
    /// `uniqueSenders`
    UniqueSenders,
    /// `posts`
    Posts,
}
impl Schema for ConversationThread {
    const TABLE: &'static Table = &CONVERSATION_THREAD;

    fn slot(self) -> u16 {
        self as u16
    }
}
impl Derived for ConversationThread {
    type Base = Entity;
}
impl Concrete for ConversationThread {}

/// `microsoft.graph.outlookItem`
pub enum OutlookItem {
    /// `id`
    Id,
    /// `categories`
    Categories,
    /// `changeKey`
    ChangeKey,
    /// `createdDateTime`
    CreatedDateTime,
    /// `lastModifiedDateTime`
    LastModifiedDateTime,
}
impl Schema for OutlookItem {
    const TABLE: &'static Table = &OUTLOOK_ITEM;

    fn slot(self) -> u16 {
        self as u16
    }
}
impl Derived for OutlookItem {
    type Base = Entity;
}

/// `microsoft.graph.post`
pub enum Post {
    /// `id`
    Id,
    /// `categories`
    Categories,
    /// `changeKey`
    ChangeKey,
    /// `createdDateTime`
    CreatedDateTime,
    /// `lastModifiedDateTime`
    LastModifiedDateTime,
    /// `body`
    Body,
    /// `conversationId`
    ConversationId,
    /// `from`
    From,
    /// `hasAttachments`
    HasAttachments,
    /// `newParticipants`
    NewParticipants,
    /// `receivedDateTime`
    ReceivedDateTime,
    /// `attachments`
    Attachments,
    /// `extensions`
    Extensions,
    /// `inReplyTo`
    InReplyTo,
}
impl Schema for Post {
    const TABLE: &'static Table = &POST;

    fn slot(self) -> u16 {
        self as u16
    }
}
impl Derived for Post {
    type Base = OutlookItem;
}
impl Concrete for Post {}

/// `microsoft.graph.recipient`
pub enum Recipient {
    /// `emailAddress`
    EmailAddress,
}
impl Schema for Recipient {
    const TABLE: &'static Table = &RECIPIENT;

    fn slot(self) -> u16 {
        self as u16
    }
}
impl Concrete for Recipient {}

/// `microsoft.graph.emailAddress`
pub enum EmailAddress {
    /// `address`
    Address,
    /// `name`
    Name,
}
impl Schema for EmailAddress {
    const TABLE: &'static Table = &EMAIL_ADDRESS;

    fn slot(self) -> u16 {
        self as u16
    }
}
impl Concrete for EmailAddress {}

/// `microsoft.graph.itemBody`
pub enum ItemBody {
    /// `content`
    Content,
    /// `contentType`
    ContentType,
}
impl Schema for ItemBody {
    const TABLE: &'static Table = &ITEM_BODY;

    fn slot(self) -> u16 {
        self as u16
    }
}
impl Concrete for ItemBody {}

/// `microsoft.graph.attachment`
pub enum Attachment {
    /// `id`
    Id,
    /// `contentType`
    ContentType,
    /// `isInline`
    IsInline,
    /// `lastModifiedDateTime`
    LastModifiedDateTime,
    /// `name`
    Name,
    /// `size`
    Size,
}
impl Schema for Attachment {
    const TABLE: &'static Table = &ATTACHMENT;

    fn slot(self) -> u16 {
        self as u16
    }
}
impl Derived for Attachment {
    type Base = Entity;
}

/// `microsoft.graph.fileAttachment`
pub enum FileAttachment {
    /// `id`
    Id,
    /// `contentType`
    ContentType,
    /// `isInline`
    IsInline,
    /// `lastModifiedDateTime`
    LastModifiedDateTime,
    /// `name`
    Name,
    /// `size`
    Size,
    /// `contentBytes`
    ContentBytes,
    /// `contentId`
    ContentId,
}
impl Schema for FileAttachment {
    const TABLE: &'static Table = &FILE_ATTACHMENT;

    fn slot(self) -> u16 {
        self as u16
    }
}
impl Derived for FileAttachment {
    type Base = Attachment;
}
impl Concrete for FileAttachment {}

/// `microsoft.graph.extension`
pub enum Extension {
    /// `id`
    Id,
}
impl Schema for Extension {
    const TABLE: &'static Table = &EXTENSION;

    fn slot(self) -> u16 {
        self as u16
    }
}
impl Derived for Extension {
    type Base = Entity;
}

/// `microsoft.graph.bodyType`
#[derive(PartialEq)]
pub enum BodyType {}
impl Enumeration for BodyType {
    const TABLE: &'static EnumTable = &BODY_TYPE;
}

static ENTITY: Table = Table {
    name: "microsoft.graph.entity",
    base: None,
    derived: &[&CONVERSATION_THREAD, &OUTLOOK_ITEM, &ATTACHMENT, &EXTENSION],
    is_open: false,
    is_abstract: true,
    inherited: 0,
    names: &["id"],
    kinds: b"s!",
    types: &[],
};
static CONVERSATION_THREAD: Table = Table {
    name: "microsoft.graph.conversationThread",
    base: Some(&ENTITY),
    derived: &[],
    is_open: false,
    is_abstract: false,
    inherited: 1,
    names: &[
        "ccRecipients",
        "hasAttachments",
        "isLocked",
        "lastDeliveredDateTime",
        "preview",
        "topic",
        "toRecipients",
        "uniqueSenders",
        "posts",
    ],
    kinds: b"O!b!b!t!s!s!O!S!O?",
    types: &[
        (0, Type::Object(&RECIPIENT)),
        (6, Type::Object(&RECIPIENT)),
        (8, Type::Object(&POST)),
    ],
};
static OUTLOOK_ITEM: Table = Table {
    name: "microsoft.graph.outlookItem",
    base: Some(&ENTITY),
    derived: &[&POST],
    is_open: false,
    is_abstract: true,
    inherited: 1,
    names: &["categories", "changeKey", "createdDateTime", "lastModifiedDateTime"],
    kinds: b"S?s?t?t?",
    types: &[],
};
static POST: Table = Table {
    name: "microsoft.graph.post",
    base: Some(&OUTLOOK_ITEM),
    derived: &[],
    is_open: true,
    is_abstract: false,
    inherited: 5,
    names: &[
        "body",
        "conversationId",
        "from",
        "hasAttachments",
        "newParticipants",
        "receivedDateTime",
        "attachments",
        "extensions",
        "inReplyTo",
    ],
    kinds: b"o?s?o!b!O!t!O?O?o?",
    types: &[
        (0, Type::Object(&ITEM_BODY)),
        (2, Type::Object(&RECIPIENT)),
        (4, Type::Object(&RECIPIENT)),
        (6, Type::Object(&ATTACHMENT)),
        (7, Type::Object(&EXTENSION)),
        (8, Type::Object(&POST)),
    ],
};
static RECIPIENT: Table = Table {
    name: "microsoft.graph.recipient",
    base: None,
    derived: &[],
    is_open: false,
    is_abstract: false,
    inherited: 0,
    names: &["emailAddress"],
    kinds: b"o?",
    types: &[(0, Type::Object(&EMAIL_ADDRESS))],
};
static EMAIL_ADDRESS: Table = Table {
    name: "microsoft.graph.emailAddress",
    base: None,
    derived: &[],
    is_open: false,
    is_abstract: false,
    inherited: 0,
    names: &["address", "name"],
    kinds: b"s?s?",
    types: &[],
};
static ITEM_BODY: Table = Table {
    name: "microsoft.graph.itemBody",
    base: None,
    derived: &[],
    is_open: false,
    is_abstract: false,
    inherited: 0,
    names: &["content", "contentType"],
    kinds: b"s?e?",
    types: &[(1, Type::Enum(&BODY_TYPE))],
};
static ATTACHMENT: Table = Table {
    name: "microsoft.graph.attachment",
    base: Some(&ENTITY),
    derived: &[&FILE_ATTACHMENT],
    is_open: false,
    is_abstract: true,
    inherited: 1,
    names: &["contentType", "isInline", "lastModifiedDateTime", "name", "size"],
    kinds: b"s?b!t?s?i!",
    types: &[],
};
static FILE_ATTACHMENT: Table = Table {
    name: "microsoft.graph.fileAttachment",
    base: Some(&ATTACHMENT),
    derived: &[],
    is_open: false,
    is_abstract: false,
    inherited: 6,
    names: &["contentBytes", "contentId"],
    kinds: b"n?s?",
    types: &[],
};
static EXTENSION: Table = Table {
    name: "microsoft.graph.extension",
    base: Some(&ENTITY),
    derived: &[],
    is_open: true,
    is_abstract: true,
    inherited: 1,
    names: &[],
    kinds: b"",
    types: &[],
};
static BODY_TYPE: EnumTable = EnumTable {
    name: "microsoft.graph.bodyType",
    members: &["text", "html"],
    values: &[0, 1],
    is_flags: false,
};
