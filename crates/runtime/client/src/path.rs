//! The address of a request while builders make it.
//!
//! Names come from the metadata and are segments; an id becomes one segment, whatever it holds, by the
//! rules of [`msgraph_core::path`].

use std::fmt;

use http::Uri;
use msgraph_core::path::{Key, encode, encode_into};

use crate::client::Client;
use crate::error::UsageError;

/// A client, and a path below its base URL.
#[derive(Clone)]
pub struct Path {
    client: Client,
    /// Empty, or encoded segments, each behind its slash.
    text: String,
}

impl Path {
    /// The base URL itself.
    pub fn root(client: &Client) -> Self {
        Self { client: client.clone(), text: String::new() }
    }

    /// One segment deeper: an entity set, a navigation property, a bound operation.
    #[must_use]
    pub fn segment(mut self, name: &str) -> Self {
        self.text.push('/');
        encode_into(&mut self.text, name);
        self
    }

    /// An ending of a path, whose `$` stands as it is: `$count`, `$value`, `$ref`.
    #[must_use]
    pub fn ending(mut self, name: &str) -> Self {
        self.text.push_str("/$");
        encode_into(&mut self.text, name.strip_prefix('$').unwrap_or(name));
        self
    }

    /// The entity with this id in the collection at this path.
    #[must_use]
    pub fn key(self, id: &str) -> Self {
        self.key_beside(id, &[])
    }

    /// The entity with this id, in a collection that has operations of these names.
    #[must_use]
    pub fn key_beside(mut self, id: &str, operations: &[&str]) -> Self {
        self.text.push_str(Key::beside(id, operations).as_str());
        self
    }

    /// The encoded path below the base URL.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The client that requests of this path are sent with.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The whole address.
    pub(crate) fn into_uri(self) -> Result<Uri, UsageError> {
        parse(&format!("{}{}", self.client.base_url(), self.text))
    }
}

/// An address with one more query option.
pub(crate) fn with_option(uri: &Uri, name: &str, value: &str) -> Result<Uri, UsageError> {
    let mut text = uri.to_string();
    text.push(if uri.query().is_some() { '&' } else { '?' });
    // Names of system options begin with a `$`, which stands as it is.
    let plain = name.strip_prefix('$');
    if plain.is_some() {
        text.push('$');
    }
    text.push_str(&encode(plain.unwrap_or(name)).replace('=', "%3D"));
    text.push('=');
    encode_into(&mut text, value);
    parse(&text)
}

fn parse(text: &str) -> Result<Uri, UsageError> {
    text.parse()
        .map_err(|error: http::uri::InvalidUri| UsageError::Address { reason: error.to_string() })
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Path").field(&self.text).finish()
    }
}
