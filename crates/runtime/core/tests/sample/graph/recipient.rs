use super::{EmailAddress, schema};
use crate::sample::View;
use msgraph_core::Property;

/// Whom a message is sent to or comes from.
///
/// `microsoft.graph.recipient`.
pub type Recipient = View<schema::Recipient>;

impl Recipient {
    /// Token of `emailAddress`.
    pub const EMAIL_ADDRESS: Property<schema::Recipient> = Property::new("emailAddress", 0);

    /// `emailAddress`.
    #[inline]
    pub fn email_address(&self) -> Option<&EmailAddress> {
        self.view(0)
    }

    /// `emailAddress`, to be changed.
    #[inline]
    pub fn email_address_mut(&mut self) -> Option<&mut EmailAddress> {
        self.view_mut(0)
    }

    /// Sets `emailAddress`.
    #[inline]
    pub fn set_email_address(&mut self, email_address: EmailAddress) -> &mut Self {
        self.set_view(0, email_address);
        self
    }

    /// With `emailAddress`.
    #[inline]
    pub fn with_email_address(mut self, email_address: EmailAddress) -> Self {
        self.set_view(0, email_address);
        self
    }
}
