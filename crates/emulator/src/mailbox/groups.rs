//! Groups: listed, read, and followed by their changes. Nothing of Graph makes or changes them here; the emulator does.

use http::{HeaderValue, StatusCode, header};
use msgraph_core::{Page, ServiceError, Success};
use msgraph_server::{Context, QueryOptions};
use serde_json::json;

use super::answer::{changed_as_asked, page_of_changes};
use super::links::ChangeToken;
use super::shape::is_key;
use super::{Answer, Mailbox, Wire, shown};
use crate::document::Document;
use crate::store::Kind;

impl Mailbox {
    pub(crate) async fn list_groups<M: Wire>(&self, context: &Context) -> Answer<Success<Page<M>>> {
        let mut transaction = self.store.read().await?;
        let groups = transaction.groups().await?;
        self.page(&mut transaction, groups, context).await
    }

    pub(crate) async fn get_group<M: Wire>(
        &self,
        id: &str,
        context: &Context,
    ) -> Answer<Success<M>> {
        let mut transaction = self.store.read().await?;
        let group = transaction.group(id).await?;
        self.one(&mut transaction, &group, context).await
    }

    /// What changed of groups since the token of the request, or all of them; a page at a time, in the order of the changes.
    ///
    /// Both tokens tell the latest change that was seen. A group that changes meanwhile comes again, later.
    pub(crate) async fn groups_delta<M: Wire>(
        &self,
        context: &Context,
    ) -> Answer<Success<Page<M>>> {
        let options: QueryOptions<M> = context.query.options_of()?;
        let mut transaction = self.store.read().await?;
        let (now, epoch) = transaction.clock().await?;
        let began = match ChangeToken::of(&options)? {
            None => ChangeToken { epoch, place: 0, gone_since: now },
            Some(token) if token.epoch == epoch && token.place <= now => token,
            Some(_) => return Err(expired(context)),
        };
        let (changed, removed) = transaction.changes_of_groups(began.place).await?;
        let changed = changed.iter().map(|group| (group.changed, shown(group)));
        let removed = removed.into_iter().filter(|(_, at)| *at > began.gone_since);
        let removed = removed.map(|(id, at)| (at, gone(&id)));
        let mut changes: Vec<(i64, Document)> = changed.chain(removed).collect();
        changes.sort_by_key(|(at, _)| *at);
        let is_last = changes.len() <= self.page_size;
        changes.truncate(self.page_size);
        let token = match changes.last() {
            Some((seen, _)) if !is_last => ChangeToken { place: *seen, ..began },
            _ => ChangeToken { epoch, place: now, gone_since: now },
        };
        let changes = changes.into_iter().map(|(_, change)| change);
        let answered = changed_as_asked(changes, &options)?;
        Ok(Success(page_of_changes(answered, token, is_last, context)))
    }

    /// Puts a group there, or changes the one that is.
    pub(crate) async fn put_group(&self, id: &str, mut group: Document) -> Answer<()> {
        if !is_key(id) {
            return Err(ServiceError::bad_request("This cannot be the id of a group."));
        }
        // What stands of a group beside its members is for the emulator to say.
        group.retain(|member| !member.starts_with('@'));
        group.set("id", id);
        let mut transaction = self.store.write().await?;
        match transaction.get(Kind::Group, id).await? {
            Some(mut known) => {
                known.document = group;
                transaction.change(&mut known).await?;
            }
            None => {
                if transaction.add(Kind::Group, id, None, group).await?.is_none() {
                    return Err(ServiceError::conflict("The id is that of something else."));
                }
            }
        }
        Ok(transaction.commit().await?)
    }

    /// Takes a group away, with its conversations.
    pub(crate) async fn remove_group(&self, id: &str) -> Answer<()> {
        let mut transaction = self.store.write().await?;
        let group = transaction.group(id).await?;
        transaction.delete(&group).await?;
        Ok(transaction.commit().await?)
    }
}

/// A group that is no more (OData JSON 4.01, section 15.3, as Graph writes it).
fn gone(id: &str) -> Document {
    Document::from_iter([("id", json!(id)), ("@removed", json!({"reason": "deleted"}))])
}

/// 410, and where to begin again.
fn expired(context: &Context) -> ServiceError {
    let message = "The token of changes has expired; begin again without one.";
    let gone = ServiceError::new(StatusCode::GONE, message).with_code("syncStateNotFound");
    match HeaderValue::from_str(&context.url()) {
        Ok(address) => gone.with_header(header::LOCATION, address),
        Err(_) => gone,
    }
}
