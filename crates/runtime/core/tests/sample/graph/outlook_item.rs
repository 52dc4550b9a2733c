use super::schema;
use crate::sample::View;
use msgraph_core::{List, Property, edm::DateTimeOffset};

/// What lies in a mailbox.
///
/// `microsoft.graph.outlookItem`; derives from [`Entity`](super::Entity).
pub type OutlookItem = View<schema::OutlookItem>;

impl OutlookItem {
    /// Token of `id`.
    pub const ID: Property<schema::OutlookItem> = Property::new("id", 0);
    /// Token of `categories`.
    pub const CATEGORIES: Property<schema::OutlookItem> = Property::new("categories", 1);
    /// Token of `changeKey`.
    pub const CHANGE_KEY: Property<schema::OutlookItem> = Property::new("changeKey", 2);
    /// Token of `createdDateTime`.
    pub const CREATED_DATE_TIME: Property<schema::OutlookItem> =
        Property::new("createdDateTime", 3);
    /// Token of `lastModifiedDateTime`.
    pub const LAST_MODIFIED_DATE_TIME: Property<schema::OutlookItem> =
        Property::new("lastModifiedDateTime", 4);

    /// `categories`.
    #[inline]
    pub fn categories(&self) -> List<'_, String> {
        self.list::<String>(1)
    }

    /// Sets `categories`.
    #[inline]
    pub fn set_categories<T: Into<String>>(
        &mut self,
        categories: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        self.set_list(1, categories.into_iter().map(Into::into));
        self
    }

    /// With `categories`.
    #[inline]
    pub fn with_categories<T: Into<String>>(
        mut self,
        categories: impl IntoIterator<Item = T>,
    ) -> Self {
        self.set_list(1, categories.into_iter().map(Into::into));
        self
    }

    /// `changeKey`.
    #[inline]
    pub fn change_key(&self) -> Option<&str> {
        self.get::<String>(2)
    }

    /// Sets `changeKey`.
    #[inline]
    pub fn set_change_key(&mut self, change_key: impl Into<String>) -> &mut Self {
        self.set(2, change_key.into());
        self
    }

    /// With `changeKey`.
    #[inline]
    pub fn with_change_key(mut self, change_key: impl Into<String>) -> Self {
        self.set(2, change_key.into());
        self
    }

    /// `createdDateTime`.
    #[inline]
    pub fn created_date_time(&self) -> Option<DateTimeOffset> {
        self.get::<DateTimeOffset>(3)
    }

    /// Sets `createdDateTime`.
    #[inline]
    pub fn set_created_date_time(&mut self, created_date_time: DateTimeOffset) -> &mut Self {
        self.set(3, created_date_time);
        self
    }

    /// With `createdDateTime`.
    #[inline]
    pub fn with_created_date_time(mut self, created_date_time: DateTimeOffset) -> Self {
        self.set(3, created_date_time);
        self
    }

    /// `lastModifiedDateTime`.
    #[inline]
    pub fn last_modified_date_time(&self) -> Option<DateTimeOffset> {
        self.get::<DateTimeOffset>(4)
    }

    /// Sets `lastModifiedDateTime`.
    #[inline]
    pub fn set_last_modified_date_time(
        &mut self,
        last_modified_date_time: DateTimeOffset,
    ) -> &mut Self {
        self.set(4, last_modified_date_time);
        self
    }

    /// With `lastModifiedDateTime`.
    #[inline]
    pub fn with_last_modified_date_time(mut self, last_modified_date_time: DateTimeOffset) -> Self {
        self.set(4, last_modified_date_time);
        self
    }
}
