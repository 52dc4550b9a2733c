//! Ids as Exchange makes them: base64url with its padding, so that clients have something to encode.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use uuid::Uuid;

use crate::store::Kind;

/// A new id for an entity of this kind.
pub(crate) fn new(kind: Kind) -> String {
    let prefix = match kind {
        Kind::Group => return Uuid::new_v4().to_string(),
        Kind::Conversation | Kind::Thread => "AAQk",
        Kind::Post | Kind::Attachment | Kind::Extension | Kind::Forward => "AAMk",
    };
    format!("{prefix}{}", URL_SAFE.encode(Uuid::new_v4().as_bytes()))
}

/// The version of a post, which differs after each change.
pub(crate) fn change_key() -> String {
    URL_SAFE.encode(&Uuid::new_v4().as_bytes()[..12])
}
