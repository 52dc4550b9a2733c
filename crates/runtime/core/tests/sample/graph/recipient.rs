use super::{EmailAddress, schema};
use crate::sample::{View, access};

/// Whom a message is sent to or comes from.
///
/// `microsoft.graph.recipient`.
pub type Recipient = View<schema::Recipient>;

impl Recipient {
    /// `emailAddress`.
    #[inline]
    pub fn email_address(&self) -> Option<&EmailAddress> {
        access::view(&self.object, 0)
    }

    /// `emailAddress`, to be changed.
    #[inline]
    pub fn email_address_mut(&mut self) -> Option<&mut EmailAddress> {
        access::view_mut(&mut self.object, 0)
    }

    /// With `emailAddress`.
    #[inline]
    pub fn with_email_address(self, email_address: EmailAddress) -> Self {
        access::with_view(self, 0, email_address)
    }
}
