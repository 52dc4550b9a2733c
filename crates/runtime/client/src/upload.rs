//! Uploading what is too long for one request, range by range, to an upload session.
//!
//! In come the address of a session, as `createUploadSession` answers it, and a source of bytes; out comes the answer to
//! the last range. The session says what it lacks (`nextExpectedRanges`), and that is what is sent next; where it is not
//! known what has arrived (a broken connection, 416), the session is asked. Holds: the address is a secret, whoever has it
//! can write: it goes out over https, with no token, and shows nowhere; what makes no headway ends with an error.

mod error;
mod session;
mod source;
mod state;
mod uploaded;

use std::fmt;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode, Uri};

pub use error::UploadError;
pub use source::{RangeSource, UploadSource};
pub use uploaded::Uploaded;

use crate::client::Client;
use crate::error::{Error, UsageError};
use crate::transport::TransportErrorKind;
use session::session_address;
use state::{Missing, lacking};

/// What the length of each range but the last is a multiple of, in bytes.
const STEP: u64 = 320 << 10;
/// The usual length of a range, in bytes: 3.75 MiB, which mailboxes take, too.
const USUAL: u64 = 12 * STEP;

/// How far an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct UploadProgress {
    /// Up to where the service has all bytes.
    pub sent: u64,
    /// How many bytes there are.
    pub total: u64,
}

/// An upload session. Made by [`Client::upload`].
///
/// ```no_run
/// # use msgraph_client::{Client, UploadError, core::{Bytes, Model}};
/// # async fn put<DriveItem: Model + 'static>(client: &Client, upload_url: &str, file: Bytes) -> Result<(), UploadError> {
/// let upload = client.upload(upload_url).on_progress(|done| eprintln!("{} of {}", done.sent, done.total));
/// let uploaded = match upload.send(&file).await {
///     // Later, or in another process: what has arrived is not sent again.
///     Err(UploadError::Request(_)) => upload.resume(&file).await?,
///     other => other?,
/// };
/// let item: Option<DriveItem> = uploaded.into_item()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is uploaded until `send` or `resume`"]
pub struct Upload {
    client: Client,
    /// A secret, or why it cannot be used.
    address: Result<Uri, UsageError>,
    range: u64,
    progress: Option<Box<dyn Fn(UploadProgress) + Send + Sync>>,
}

impl Client {
    /// The upload session at `upload_url`, which is absolute and https; http where client and session are on this machine.
    pub fn upload(&self, upload_url: &str) -> Upload {
        let address = session_address(self, upload_url);
        Upload { client: self.clone(), address, range: USUAL, progress: None }
    }
}

/// What is done next.
enum Next {
    Send(Missing),
    Ask,
}

/// What an exchange with the session comes to.
enum Outcome {
    Done(http::Response<Bytes>),
    Lacks(Missing),
    /// It is not known what has arrived. How long to wait before the session is asked, where the failure says it.
    Unknown(UploadError, Option<Duration>),
}

impl Upload {
    /// With ranges of this many bytes, a multiple of 320 KiB; 3.75 MiB by default. Drives take less than 60 MiB at once,
    /// mailboxes less than 4 MB.
    pub fn range_size(mut self, bytes: u32) -> Self {
        self.range = u64::from(bytes);
        if self.range == 0 || !self.range.is_multiple_of(STEP) {
            let reason = "the length of a range is no multiple of 320 KiB";
            self.address = self.address.and(Err(UsageError::Upload { reason }));
        }
        self
    }

    /// Tells how far it is, after each range. What is called must not block.
    pub fn on_progress(self, tell: impl Fn(UploadProgress) + Send + Sync + 'static) -> Self {
        Self { progress: Some(Box::new(tell)), ..self }
    }

    /// Uploads all of `source` to a session that has nothing yet.
    ///
    /// A range is sent again as the client's [`Retry`](crate::Retry) says, and after a broken connection what is lacking of it.
    ///
    /// # Errors
    /// The session is gone, refuses or makes no headway, or the source cannot be read.
    pub async fn send(
        &self,
        source: &(impl UploadSource + ?Sized),
    ) -> Result<Uploaded, UploadError> {
        self.run(source, Next::Send(Missing { start: 0, end: source.length() })).await
    }

    /// Uploads what the session lacks of `source`, of which a part has arrived before.
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    pub async fn resume(
        &self,
        source: &(impl UploadSource + ?Sized),
    ) -> Result<Uploaded, UploadError> {
        self.run(source, Next::Ask).await
    }

    /// Gives the session up; what has arrived is deleted. One that is gone already is given up.
    ///
    /// # Errors
    /// The session cannot be reached, or refuses.
    pub async fn cancel(&self) -> Result<(), UploadError> {
        let response = self.exchange(Method::DELETE, None).await?;
        match self.accepted(Method::DELETE, response) {
            Ok(_) | Err(UploadError::Gone(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn run(
        &self,
        source: &(impl UploadSource + ?Sized),
        mut next: Next,
    ) -> Result<Uploaded, UploadError> {
        self.address.as_ref().map_err(|error| Error::from(error.clone()))?;
        let total = source.length();
        if total == 0 {
            let reason = "a session takes no content of no bytes";
            return Err(Error::from(UsageError::Upload { reason }).into());
        }
        let (mut furthest, mut failed) = (0, 0);
        loop {
            let outcome = match &next {
                Next::Send(missing) => self.put(source, missing, total).await?,
                Next::Ask => self.ask(total).await?,
            };
            match outcome {
                Outcome::Done(response) => {
                    self.tell(total, total);
                    return Ok(Uploaded { response });
                }
                Outcome::Lacks(missing) => {
                    if missing.start > furthest {
                        (furthest, failed) = (missing.start, 0);
                    }
                    self.tell(missing.start, total);
                    next = Next::Send(missing);
                }
                Outcome::Unknown(error, after) => {
                    // As a service is treated that cannot answer for now.
                    let headers = http::HeaderMap::new();
                    let status = StatusCode::SERVICE_UNAVAILABLE;
                    let Some(delay) = self.client.retry().delay(failed, status, &headers) else {
                        return Err(error);
                    };
                    failed += 1;
                    tracing::debug!(failed, "the upload session is asked: {error}");
                    tokio::time::sleep(after.unwrap_or(delay)).await;
                    next = Next::Ask;
                }
            }
        }
    }

    /// Sends a range, the first of what is lacking.
    async fn put(
        &self,
        source: &(impl UploadSource + ?Sized),
        missing: &Missing,
        total: u64,
    ) -> Result<Outcome, UploadError> {
        let start = missing.start;
        let end = missing.end.min(start.saturating_add(self.range));
        let bytes = source.read(start..end).await.map_err(UploadError::Source)?;
        if u64::try_from(bytes.len()).ok() != Some(end - start) {
            let short = io::Error::new(io::ErrorKind::InvalidData, "a range has another length");
            return Err(UploadError::Source(short));
        }
        let range = format!("bytes {start}-{}/{total}", end - 1);
        let response = match self.exchange(Method::PUT, Some((bytes, range))).await {
            Ok(response) => response,
            Err(error) => return unknown(error),
        };
        let response = match self.accepted(Method::PUT, response) {
            Ok(response) => response,
            Err(error) => return unknown(error),
        };
        // Mailboxes answer 200 where drives answer 202.
        match lacking(response.body(), total) {
            Ok(Some(lacks)) if lacks.start > start => Ok(Outcome::Lacks(lacks)),
            Ok(Some(_)) => {
                Ok(Outcome::Unknown(UploadError::Session { reason: "it takes no range" }, None))
            }
            Err(reason) => Err(UploadError::Session { reason }),
            Ok(None) if response.status() == StatusCode::ACCEPTED && end < total => {
                Ok(Outcome::Lacks(Missing { start: end, end: total }))
            }
            // A gateway's page, say: what ends an upload is no answer to a range in the middle.
            Ok(None) if response.status() == StatusCode::OK && end < total => {
                let reason = "it does not say what it lacks";
                Ok(Outcome::Unknown(UploadError::Session { reason }, None))
            }
            Ok(None) => Ok(Outcome::Done(response)),
        }
    }

    /// Asks the session what it lacks.
    async fn ask(&self, total: u64) -> Result<Outcome, UploadError> {
        let response = match self.exchange(Method::GET, None).await {
            Ok(response) => response,
            Err(error) => return unknown(error),
        };
        let response = match self.accepted(Method::GET, response) {
            Ok(response) => response,
            Err(error) => return unknown(error),
        };
        match lacking(response.body(), total) {
            Ok(Some(lacks)) => Ok(Outcome::Lacks(lacks)),
            Ok(None) => Ok(Outcome::Done(response)),
            Err(reason) => Err(UploadError::Session { reason }),
        }
    }

    fn tell(&self, sent: u64, total: u64) {
        if let Some(tell) = &self.progress {
            tell(UploadProgress { sent, total });
        }
    }
}

/// Whether a failure leaves open what has arrived; else it is the end.
fn unknown(error: UploadError) -> Result<Outcome, UploadError> {
    let UploadError::Request(request) = &error else { return Err(error) };
    match request {
        Error::Transport { source, .. }
            if !matches!(source.kind(), TransportErrorKind::Limit(_)) =>
        {
            Ok(Outcome::Unknown(error, None))
        }
        Error::Service(failure) => match failure.status() {
            // It has the range already, or another one is due.
            StatusCode::RANGE_NOT_SATISFIABLE => Ok(Outcome::Unknown(error, Some(Duration::ZERO))),
            StatusCode::INTERNAL_SERVER_ERROR | StatusCode::BAD_GATEWAY => {
                Ok(Outcome::Unknown(error, None))
            }
            _ => Err(error),
        },
        _ => Err(error),
    }
}

impl fmt::Debug for Upload {
    /// Without the address, which is a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("range", &self.range).finish_non_exhaustive()
    }
}
