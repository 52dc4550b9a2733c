//! The namespace `microsoft.graph`.

pub mod schema;

mod attachment;
mod body_type;
mod conversation_thread;
mod email_address;
mod entity;
mod extension;
mod file_attachment;
mod item_body;
mod outlook_item;
mod post;
mod recipient;

pub use attachment::Attachment;
pub use body_type::BodyType;
pub use conversation_thread::ConversationThread;
pub use email_address::EmailAddress;
pub use entity::Entity;
pub use extension::Extension;
pub use file_attachment::FileAttachment;
pub use item_body::ItemBody;
pub use outlook_item::OutlookItem;
pub use post::Post;
pub use recipient::Recipient;
