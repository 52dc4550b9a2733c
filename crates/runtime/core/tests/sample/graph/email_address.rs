use super::schema;
use crate::sample::View;
use msgraph_core::Property;

/// An address and the name that goes with it.
///
/// `microsoft.graph.emailAddress`.
pub type EmailAddress = View<schema::EmailAddress>;

impl EmailAddress {
    /// Token of `address`.
    pub const ADDRESS: Property<schema::EmailAddress> = Property::new("address", 0);
    /// Token of `name`.
    pub const NAME: Property<schema::EmailAddress> = Property::new("name", 1);

    /// `address`.
    #[inline]
    pub fn address(&self) -> Option<&str> {
        self.get::<String>(0)
    }

    /// Sets `address`.
    #[inline]
    pub fn set_address(&mut self, address: impl Into<String>) -> &mut Self {
        self.set(0, address.into());
        self
    }

    /// With `address`.
    #[inline]
    pub fn with_address(mut self, address: impl Into<String>) -> Self {
        self.set(0, address.into());
        self
    }

    /// `name`.
    #[inline]
    pub fn name(&self) -> Option<&str> {
        self.get::<String>(1)
    }

    /// Sets `name`.
    #[inline]
    pub fn set_name(&mut self, name: impl Into<String>) -> &mut Self {
        self.set(1, name.into());
        self
    }

    /// With `name`.
    #[inline]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.set(1, name.into());
        self
    }
}
