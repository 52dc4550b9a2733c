//! Why an upload ends before its end. Each `Display` is one line without the address of the session.

use std::io;

use crate::error::Error;
use crate::line::line;

/// Why not all is uploaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UploadError {
    /// The session has expired, was never there, or has ended with its last range, whose answer was lost: see whether the
    /// item is there before a new one is made and all is sent again.
    #[error("the upload session is gone: {0}")]
    Gone(#[source] Box<Error>),
    /// What is to be uploaded cannot be read, or gives another number of bytes than it was asked for.
    #[error("what is to be uploaded cannot be read: {}", line(&.0.to_string(), 300))]
    Source(#[source] io::Error),
    /// The session says what no session says, or takes nothing of what is sent.
    #[error("the upload session cannot be followed: {reason}")]
    Session {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A request to the session fails; where it is the network that does, [`Upload::resume`](crate::Upload::resume) goes on.
    #[error(transparent)]
    Request(#[from] Error),
}
