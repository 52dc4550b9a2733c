//! The rows: entities as documents, each below the one that contains it.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::{StoreError, Transaction};
use crate::document::Document;

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Group,
    Conversation,
    Thread,
    Post,
    Attachment,
    Extension,
    /// A post that was sent on, which nothing of Graph shows.
    Forward,
}

impl Kind {
    const ALL: [Self; 7] = [
        Self::Group,
        Self::Conversation,
        Self::Thread,
        Self::Post,
        Self::Attachment,
        Self::Extension,
        Self::Forward,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Conversation => "conversation",
            Self::Thread => "thread",
            Self::Post => "post",
            Self::Attachment => "attachment",
            Self::Extension => "extension",
            Self::Forward => "forward",
        }
    }

    /// Whether it is contained in this, or in nothing.
    pub(crate) fn is_within(self, container: Option<Self>) -> bool {
        match self {
            Self::Group => container.is_none(),
            Self::Conversation => container == Some(Self::Group),
            Self::Thread => container == Some(Self::Conversation),
            Self::Post => container == Some(Self::Thread),
            Self::Attachment | Self::Forward => container == Some(Self::Post),
            Self::Extension => matches!(container, Some(Self::Group | Self::Post)),
        }
    }

    pub(crate) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A row.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    /// Its id; of an extension, with that of what it extends.
    pub(crate) key: String,
    pub(crate) kind: Kind,
    /// What contains it.
    pub(crate) parent: Option<String>,
    /// The number of its latest change, which is its version.
    pub(crate) changed: i64,
    pub(crate) document: Document,
}

impl Entity {
    /// The version, as an entity tag.
    pub(crate) fn etag(&self) -> String {
        format!("W/\"{}\"", self.changed)
    }

    fn of(row: &AnyRow) -> Result<Self, StoreError> {
        let key: String = row.try_get("key")?;
        let document: String = row.try_get("document")?;
        let kind: String = row.try_get("kind")?;
        let (Ok(document), Some(kind)) = (Document::of_text(&document), Kind::of(&kind)) else {
            return Err(StoreError::Document { key });
        };
        Ok(Self {
            kind,
            parent: row.try_get("parent")?,
            changed: row.try_get("changed")?,
            document,
            key,
        })
    }
}

fn entities(rows: &[AnyRow]) -> Result<Vec<Entity>, StoreError> {
    rows.iter().map(Entity::of).collect()
}

impl Transaction {
    /// The entity with this key.
    pub(crate) async fn get(
        &mut self,
        kind: Kind,
        key: &str,
    ) -> Result<Option<Entity>, StoreError> {
        // PostgreSQL has no texts with NUL, and so no such key.
        if key.contains('\0') {
            return Ok(None);
        }
        let row = sqlx::query("SELECT * FROM entities WHERE key = $1 AND kind = $2")
            .bind(key)
            .bind(kind.name())
            .fetch_optional(&mut *self.inner)
            .await?;
        row.as_ref().map(Entity::of).transpose()
    }

    /// All groups, in the order of their creation.
    pub(crate) async fn groups(&mut self) -> Result<Vec<Entity>, StoreError> {
        let rows = sqlx::query("SELECT * FROM entities WHERE kind = 'group' ORDER BY position")
            .fetch_all(&mut *self.inner)
            .await?;
        entities(&rows)
    }

    /// What is contained in an entity, in the order of its creation.
    pub(crate) async fn children(
        &mut self,
        kind: Kind,
        parent: &str,
    ) -> Result<Vec<Entity>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM entities WHERE parent = $1 AND kind = $2 ORDER BY position")
                .bind(parent)
                .bind(kind.name())
                .fetch_all(&mut *self.inner)
                .await?;
        entities(&rows)
    }

    /// What is contained in what an entity contains, in the order of its creation.
    pub(crate) async fn grandchildren(
        &mut self,
        kind: Kind,
        ancestor: &str,
    ) -> Result<Vec<Entity>, StoreError> {
        let rows = sqlx::query(
            "SELECT e.* FROM entities e JOIN entities p ON e.parent = p.key \
             WHERE p.parent = $1 AND e.kind = $2 ORDER BY e.position",
        )
        .bind(ancestor)
        .bind(kind.name())
        .fetch_all(&mut *self.inner)
        .await?;
        entities(&rows)
    }

    /// Groups that changed behind `tick`, and the keys of those that are gone since, with the number of that change.
    pub(crate) async fn changes_of_groups(
        &mut self,
        tick: i64,
    ) -> Result<(Vec<Entity>, Vec<(String, i64)>), StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM entities WHERE kind = 'group' AND changed > $1 ORDER BY changed",
        )
        .bind(tick)
        .fetch_all(&mut *self.inner)
        .await?;
        let removed = sqlx::query_as("SELECT key, changed FROM removed WHERE changed > $1")
            .bind(tick)
            .fetch_all(&mut *self.inner)
            .await?;
        Ok((entities(&rows)?, removed))
    }

    /// The number of the latest change, and the number of times that tokens were made void.
    pub(crate) async fn clock(&mut self) -> Result<(i64, i64), StoreError> {
        let query = sqlx::query_as("SELECT tick, epoch FROM clock");
        Ok(query.fetch_one(&mut *self.inner).await?)
    }

    /// Makes the tokens of all earlier answers void.
    pub(crate) async fn next_epoch(&mut self) -> Result<(), StoreError> {
        sqlx::query("UPDATE clock SET epoch = epoch + 1").execute(&mut *self.inner).await?;
        Ok(())
    }

    /// The number of the next change.
    async fn tick(&mut self) -> Result<i64, StoreError> {
        let query = sqlx::query_as("UPDATE clock SET tick = tick + 1 RETURNING tick");
        let (tick,): (i64,) = query.fetch_one(&mut *self.inner).await?;
        Ok(tick)
    }

    /// Adds an entity; none where one with its key exists.
    pub(crate) async fn insert(
        &mut self,
        kind: Kind,
        key: &str,
        parent: Option<&str>,
        document: Document,
    ) -> Result<Option<Entity>, StoreError> {
        let tick = self.tick().await?;
        let inserted = sqlx::query(
            "INSERT INTO entities (key, kind, parent, position, changed, document) \
             VALUES ($1, $2, $3, $4, $4, $5) ON CONFLICT (key) DO NOTHING",
        )
        .bind(key)
        .bind(kind.name())
        .bind(parent)
        .bind(tick)
        .bind(document.to_string())
        .execute(&mut *self.inner)
        .await?;
        if inserted.rows_affected() == 0 {
            return Ok(None);
        }
        sqlx::query("DELETE FROM removed WHERE key = $1")
            .bind(key)
            .execute(&mut *self.inner)
            .await?;
        Ok(Some(Entity {
            key: key.to_owned(),
            kind,
            parent: parent.map(str::to_owned),
            changed: tick,
            document,
        }))
    }

    /// Writes the document of an entity, which is a new version of it.
    pub(crate) async fn update(&mut self, entity: &mut Entity) -> Result<(), StoreError> {
        entity.changed = self.tick().await?;
        sqlx::query("UPDATE entities SET document = $1, changed = $2 WHERE key = $3")
            .bind(entity.document.to_string())
            .bind(entity.changed)
            .bind(&entity.key)
            .execute(&mut *self.inner)
            .await?;
        Ok(())
    }

    /// Takes an entity away, with all that it contains. That a group is gone is kept for who reads changes.
    pub(crate) async fn delete(&mut self, entity: &Entity) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM entities WHERE key = $1")
            .bind(&entity.key)
            .execute(&mut *self.inner)
            .await?;
        if entity.kind == Kind::Group {
            let tick = self.tick().await?;
            sqlx::query("INSERT INTO removed (key, changed) VALUES ($1, $2)")
                .bind(&entity.key)
                .bind(tick)
                .execute(&mut *self.inner)
                .await?;
        }
        Ok(())
    }

    /// All entities, containers first.
    pub(crate) async fn all(&mut self) -> Result<Vec<Entity>, StoreError> {
        let rows = sqlx::query("SELECT * FROM entities ORDER BY position")
            .fetch_all(&mut *self.inner)
            .await?;
        entities(&rows)
    }

    /// Takes everything away, and makes all tokens void.
    pub(crate) async fn clear(&mut self) -> Result<(), StoreError> {
        for statement in ["DELETE FROM entities", "DELETE FROM removed"] {
            sqlx::query(statement).execute(&mut *self.inner).await?;
        }
        self.next_epoch().await
    }
}
