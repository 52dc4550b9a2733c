//! Open extensions of groups and posts: objects with members of their own, by a name of their own.

use msgraph_core::{Created, NoContent, ServiceError, Success};
use msgraph_server::Context;

use super::find::missing;
use super::posts::lacking;
use super::{Answer, Mailbox, Place, Wire, document, model, shown};
use crate::document::Document;
use crate::store::{Entity, Kind, Transaction};

const TYPE: &str = "#microsoft.graph.openTypeExtension";

/// What stands before the name of an extension in the id that Exchange gives it.
const QUALIFIER: &str = "Microsoft.OutlookServices.OpenTypeExtension.";

/// The longest name, in bytes, so that the key is none that a database refuses.
const LONGEST_NAME: usize = 1_000;

/// What is extended.
#[derive(Debug, Clone)]
pub(crate) enum Extended {
    Group(String),
    Post(Place),
}

impl Extended {
    pub(crate) fn post(
        group: String,
        conversation: Option<String>,
        thread: String,
        post: String,
    ) -> Self {
        Self::Post(Place::post(group, conversation, thread, post))
    }
}

impl Mailbox {
    pub(crate) async fn create_extension<M: Wire>(
        &self,
        of: &Extended,
        extension: &M,
    ) -> Answer<Created<M>> {
        let extension = document(extension)?;
        let mut transaction = self.store.write().await?;
        let mut extended = transaction.extended(of).await?;
        let extension = transaction.write_extension(&extended, extension).await?;
        transaction.update(&mut extended).await?;
        transaction.commit().await?;
        Ok(Created(model(&shown(&extension))?))
    }

    pub(crate) async fn get_extension<M: Wire>(
        &self,
        of: &Extended,
        id: &str,
        context: &Context,
    ) -> Answer<Success<M>> {
        let mut transaction = self.store.read().await?;
        let extended = transaction.extended(of).await?;
        let extension = transaction.extension(&extended, id).await?;
        self.one(&mut transaction, &extension, context).await
    }

    /// Changes the members that `patch` has; null takes one away.
    pub(crate) async fn update_extension<M: Wire>(
        &self,
        of: &Extended,
        id: &str,
        patch: &M,
        context: &Context,
    ) -> Answer<Success<M>> {
        let mut patch = document(patch)?;
        patch.remove_control();
        patch.retain(|member| !matches!(member, "id" | "@odata.type"));
        let mut transaction = self.store.write().await?;
        let mut extended = transaction.extended(of).await?;
        let mut extension = transaction.extension(&extended, id).await?;
        context.preconditions().check(Some(&extension.etag()))?;
        let is_renamed = patch.has("extensionName")
            && patch.get::<String>("extensionName") != extension.document.get("extensionName");
        if is_renamed {
            let message = "The name of an extension cannot be changed.";
            return Err(ServiceError::bad_request(message).with_target("extensionName"));
        }
        extension.document.patch(patch);
        transaction.change(&mut extension).await?;
        transaction.update(&mut extended).await?;
        transaction.commit().await?;
        Ok(Success(model(&shown(&extension))?))
    }

    pub(crate) async fn delete_extension(
        &self,
        of: &Extended,
        id: &str,
        context: &Context,
    ) -> Answer<NoContent> {
        let mut transaction = self.store.write().await?;
        let mut extended = transaction.extended(of).await?;
        let extension = transaction.extension(&extended, id).await?;
        context.preconditions().check(Some(&extension.etag()))?;
        transaction.delete(&extension).await?;
        transaction.update(&mut extended).await?;
        transaction.commit().await?;
        Ok(NoContent)
    }
}

impl Transaction {
    async fn extended(&mut self, of: &Extended) -> Answer<Entity> {
        match of {
            Extended::Group(id) => self.group(id).await,
            Extended::Post(place) => self.post(place).await,
        }
    }

    /// The extension with this name, which may be qualified.
    async fn extension(&mut self, extended: &Entity, id: &str) -> Answer<Entity> {
        let name = id.strip_prefix(QUALIFIER).unwrap_or(id);
        // A name may begin with what a shorter one was qualified with.
        for name in [id, name] {
            let extension = self.get(Kind::Extension, &key(extended, name)).await?;
            let own = |extension: &Entity| extension.parent.as_ref() == Some(&extended.key);
            if let Some(extension) = extension.filter(own) {
                return Ok(extension);
            }
        }
        Err(missing(Kind::Extension, id))
    }

    /// Adds an extension to a group or a post.
    pub(crate) async fn write_extension(
        &mut self,
        extended: &Entity,
        mut extension: Document,
    ) -> Answer<Entity> {
        extension.remove_control();
        let name = extension.get::<String>("extensionName").filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| lacking("extensionName"))?;
        // What begins with a dollar is no id in a path, but a segment of OData's own.
        if name.len() > LONGEST_NAME || name.contains('\0') || name.starts_with('$') {
            let message =
                format!("A name has at most {LONGEST_NAME} bytes, no NUL, and no `$` first.");
            return Err(ServiceError::bad_request(message).with_target("extensionName"));
        }
        let id = match extended.kind {
            Kind::Post => format!("{QUALIFIER}{name}"),
            _ => name.clone(),
        };
        extension.set("@odata.type", TYPE);
        extension.set("id", id);
        let key = key(extended, &name);
        let inserted = self.add(Kind::Extension, &key, Some(&extended.key), extension).await?;
        inserted.ok_or_else(|| {
            let message = format!("There is an extension with the name {name:?} already.");
            ServiceError::conflict(message).with_target("extensionName")
        })
    }
}

/// The key of an extension, whose name is only its own within what it extends.
fn key(extended: &Entity, name: &str) -> String {
    format!("{}/{name}", extended.key)
}
