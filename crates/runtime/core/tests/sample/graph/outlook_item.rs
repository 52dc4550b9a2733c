use super::schema;
use crate::sample::View;
use msgraph_core::{List, edm::DateTimeOffset};

/// What lies in a mailbox.
///
/// `microsoft.graph.outlookItem`; derives from [`Entity`](super::Entity).
pub type OutlookItem = View<schema::OutlookItem>;

impl OutlookItem {
    /// `categories`.
    #[inline]
    pub fn categories(&self) -> List<'_, String> {
        self.object.list::<String>(1)
    }

    /// Sets `categories`.
    #[inline]
    pub fn set_categories<T: Into<String>>(
        &mut self,
        categories: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        self.object.set_list(1, categories.into_iter().map(Into::into));
        self
    }

    /// With `categories`.
    #[inline]
    pub fn with_categories<T: Into<String>>(
        mut self,
        categories: impl IntoIterator<Item = T>,
    ) -> Self {
        self.object.set_list(1, categories.into_iter().map(Into::into));
        self
    }

    /// `changeKey`.
    #[inline]
    pub fn change_key(&self) -> Option<&str> {
        self.object.get::<String>(2)
    }

    /// With `changeKey`.
    #[inline]
    pub fn with_change_key(mut self, change_key: impl Into<String>) -> Self {
        self.object.set(2, change_key.into());
        self
    }

    /// `createdDateTime`.
    #[inline]
    pub fn created_date_time(&self) -> Option<DateTimeOffset> {
        self.object.get::<DateTimeOffset>(3)
    }

    /// With `createdDateTime`.
    #[inline]
    pub fn with_created_date_time(mut self, created_date_time: DateTimeOffset) -> Self {
        self.object.set(3, created_date_time);
        self
    }

    /// `lastModifiedDateTime`.
    #[inline]
    pub fn last_modified_date_time(&self) -> Option<DateTimeOffset> {
        self.object.get::<DateTimeOffset>(4)
    }

    /// With `lastModifiedDateTime`.
    #[inline]
    pub fn with_last_modified_date_time(mut self, last_modified_date_time: DateTimeOffset) -> Self {
        self.object.set(4, last_modified_date_time);
        self
    }
}
