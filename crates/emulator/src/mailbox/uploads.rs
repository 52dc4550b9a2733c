//! Upload sessions: a file that comes in ranges, and is attached to its post with the last one.
//!
//! Sessions are kept in memory and end with the emulator, or an hour after they began. Their address is the secret: who
//! knows it may write to it, without a token.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use msgraph_core::path::Key;
use msgraph_core::{Created, ServiceError};
use msgraph_server::Context;
use serde_json::json;
use uuid::Uuid;

use super::attachments::FILE;
use super::links::origin;
use super::posts::lacking;
use super::{Answer, Mailbox, Place, Wire, model, parameter};
use crate::document::Document;

/// The longest file, as Exchange has it: 150 MB.
const LONGEST: u64 = 150 << 20;
/// How many sessions there are at a time.
const MOST: usize = 64;
const LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// The sessions that are open.
#[derive(Default)]
pub(crate) struct Uploads {
    sessions: Mutex<BTreeMap<String, Session>>,
}

struct Session {
    place: Place,
    /// The address of the post's attachments.
    attachments: String,
    /// The attachment, without its contents.
    attachment: Document,
    length: u64,
    received: Vec<u8>,
    expires: Timestamp,
}

/// A range of a file: `Content-Range: bytes 0-1023/4096`.
#[derive(Debug, Clone)]
pub(crate) struct Chunk {
    pub(crate) first: u64,
    pub(crate) length: u64,
    pub(crate) bytes: Bytes,
}

/// What there is to say of a session.
#[derive(Debug)]
pub(crate) enum Progress {
    /// The session goes on at this byte.
    Open(Document),
    /// The file is attached, at this address.
    Done(String),
}

impl Mailbox {
    /// A session for a file, whose ranges are sent to an address at the origin of the request.
    pub(crate) async fn create_upload_session<M: Wire>(
        &self,
        place: Place,
        parameters: &impl Wire,
        context: &Context,
    ) -> Answer<Created<M>> {
        let item = parameter::<Document>(parameters, "AttachmentItem")?;
        let item = item.ok_or_else(|| lacking("AttachmentItem"))?;
        if item.get::<String>("attachmentType").as_deref() != Some("file") {
            let message = "Only files are uploaded in ranges.";
            return Err(ServiceError::bad_request(message).with_target("attachmentType"));
        }
        let length =
            item.get("size").filter(|length| (1..=LONGEST).contains(length)).ok_or_else(|| {
                let message = format!("The size has to be from 1 to {LONGEST} bytes.");
                ServiceError::bad_request(message).with_target("size")
            })?;
        let name: String = item.get("name").ok_or_else(|| lacking("name"))?;
        let mut attachment =
            Document::from_iter([("@odata.type", json!(FILE)), ("name", json!(name))]);
        for member in ["contentType", "isInline", "contentId"] {
            if let Some(value) = item.raw(member) {
                attachment.set(member, value);
            }
        }
        self.store.read().await?.post(&place).await?;
        let now = Timestamp::now();
        let expires = now.checked_add(LIFETIME).unwrap_or(now);
        let address = context.url();
        let attachments = address.rsplit_once('/').map_or("", |(attachments, _)| attachments);
        let attachments = attachments.to_owned();
        let session =
            Session { place, attachments, attachment, length, received: Vec::new(), expires };
        let shown = session.shown();
        let id = self.uploads.open(session)?;
        let mut answer = shown;
        answer.set("uploadUrl", format!("{}/uploads/{id}", origin(context)));
        Ok(Created(model(&answer)?))
    }

    /// How far the session with this id is.
    pub(crate) fn upload_state(&self, id: &str) -> Answer<Document> {
        self.uploads.with(id, |session| Ok(session.shown()))
    }

    /// Ends a session; what came so far is forgotten.
    pub(crate) fn cancel_upload(&self, id: &str) -> Answer<()> {
        self.uploads.close(id).map(drop)
    }

    /// Takes the next range of a file, and attaches it with its last one, also where the caller does not wait for that.
    pub(crate) async fn upload(self: &Arc<Self>, id: &str, chunk: Chunk) -> Answer<Progress> {
        let is_whole = self.uploads.with(id, |session| session.take(&chunk))?;
        if !is_whole {
            return self.upload_state(id).map(Progress::Open);
        }
        // Nobody else can finish it meanwhile; where it cannot be kept, its last range may come again.
        let mut session = self.uploads.close(id)?;
        let (mailbox, id) = (Arc::clone(self), id.to_owned());
        let attaching = tokio::spawn(async move {
            let attached = mailbox.attach(&session).await;
            if attached.is_err() {
                let before = session.received.len().saturating_sub(chunk.bytes.len());
                session.received.truncate(before);
                mailbox.uploads.put(id, session);
            }
            attached
        });
        let attached = attaching.await.map_err(|error| {
            tracing::error!(%error, "attaching a file broke off");
            ServiceError::internal("The emulator could not attach the file.")
        })?;
        attached.map(Progress::Done)
    }

    /// Attaches what a session received; its address.
    async fn attach(&self, session: &Session) -> Answer<String> {
        let mut attachment = session.attachment.clone();
        attachment.set("contentBytes", STANDARD.encode(&session.received));
        let mut transaction = self.store.write().await?;
        let mut thread = transaction.thread(&session.place).await?;
        let mut post = transaction.post(&session.place).await?;
        let written = transaction.write_attachment(&post, attachment).await?;
        transaction.note_attachments(&mut thread, &mut post).await?;
        transaction.commit().await?;
        Ok(format!("{}{}", session.attachments, Key::new(&written.key)))
    }
}

impl Session {
    fn shown(&self) -> Document {
        Document::from_iter([
            ("expirationDateTime", json!(self.expires.to_string())),
            ("nextExpectedRanges", json!([format!("{}-", self.received.len())])),
        ])
    }

    /// Takes a range; whether the file is whole then.
    fn take(&mut self, chunk: &Chunk) -> Answer<bool> {
        let expected = self.received.len() as u64;
        let end = chunk.first.saturating_add(chunk.bytes.len() as u64);
        if chunk.length != self.length || chunk.first != expected || end > self.length {
            let message = format!("The range expected next begins with byte {expected}.");
            return Err(ServiceError::new(StatusCode::RANGE_NOT_SATISFIABLE, message));
        }
        self.received.extend_from_slice(&chunk.bytes);
        Ok(end == self.length)
    }
}

impl fmt::Debug for Uploads {
    /// Their number: their ids are secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        f.debug_struct("Uploads").field("sessions", &sessions.len()).finish()
    }
}

impl Uploads {
    fn open(&self, session: Session) -> Answer<String> {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Timestamp::now();
        sessions.retain(|_, session| session.expires > now);
        if sessions.len() >= MOST {
            let message = "Too many upload sessions are open.";
            return Err(ServiceError::new(StatusCode::SERVICE_UNAVAILABLE, message));
        }
        let id = Uuid::new_v4().simple().to_string();
        sessions.insert(id.clone(), session);
        Ok(id)
    }

    fn put(&self, id: String, session: Session) {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).insert(id, session);
    }

    fn with<T>(&self, id: &str, act: impl FnOnce(&mut Session) -> Answer<T>) -> Answer<T> {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let session = sessions.get_mut(id).filter(|session| session.expires > Timestamp::now());
        act(session.ok_or_else(ended)?)
    }

    fn close(&self, id: &str) -> Answer<Session> {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.remove(id).ok_or_else(ended)
    }

    /// Forgets all sessions.
    pub(crate) fn clear(&self) {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

fn ended() -> ServiceError {
    ServiceError::not_found("There is no such upload session, or it has ended.")
        .with_code("itemNotFound")
}
