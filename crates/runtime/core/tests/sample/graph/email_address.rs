use super::schema;
use crate::sample::View;

/// An address and the name that goes with it.
///
/// `microsoft.graph.emailAddress`.
pub type EmailAddress = View<schema::EmailAddress>;

impl EmailAddress {
    /// `address`.
    #[inline]
    pub fn address(&self) -> Option<&str> {
        self.object.get::<String>(0)
    }

    /// With `address`.
    #[inline]
    pub fn with_address(mut self, address: impl Into<String>) -> Self {
        self.object.set(0, address.into());
        self
    }

    /// `name`.
    #[inline]
    pub fn name(&self) -> Option<&str> {
        self.object.get::<String>(1)
    }

    /// With `name`.
    #[inline]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.object.set(1, name.into());
        self
    }
}
