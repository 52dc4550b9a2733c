//! The address of a request while builders make it.
//!
//! Names come from the metadata and are segments; an id becomes one segment, whatever it holds, by the
//! rules of [`msgraph_core::path`].

use std::fmt;

use http::Uri;
use http::uri::PathAndQuery;
use msgraph_core::literal::ToLiteral;
use msgraph_core::path::{encode, encode_into, push_key_beside};

use crate::client::Client;
use crate::error::UsageError;
use crate::origin::address;

/// A client, and a path below its base URL.
#[derive(Clone)]
pub struct Path {
    client: Client,
    /// The path of the base URL, and behind it encoded segments, each behind its slash.
    text: String,
    /// The values of parameter aliases, as a query.
    aliases: String,
    /// Whether the path ends in one that addresses an item, so that a colon closes it.
    is_addressed: bool,
    /// Why there can be no such address.
    fault: Option<&'static str>,
}

impl Path {
    /// The base URL itself.
    pub fn root(client: &Client) -> Self {
        let base = client.base().path();
        // Room for a usual address: growing into it would copy it several times.
        let mut text = String::with_capacity(base.len() + 128);
        text.push_str(base);
        Self {
            client: client.clone(),
            text,
            aliases: String::new(),
            is_addressed: false,
            fault: None,
        }
    }

    /// One segment deeper: an entity set, a navigation property, a bound operation.
    #[must_use]
    pub fn segment(mut self, name: &str) -> Self {
        self.close();
        self.text.push('/');
        encode_into(&mut self.text, name);
        self
    }

    /// An ending of a path, whose `$` stands as it is: `$count`, `$value`, `$ref`.
    #[must_use]
    pub fn ending(mut self, name: &str) -> Self {
        self.close();
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
        self.close();
        push_key_beside(&mut self.text, id, operations);
        self
    }

    /// One segment deeper, which is this value whatever it holds. It cannot be empty, `.` or `..`: no address keeps
    /// these apart from their meaning (RFC 3986, section 5.2.4).
    #[must_use]
    pub fn parameter(mut self, value: &str) -> Self {
        if matches!(value, "" | "." | "..") {
            self.fault = Some("a parameter of the path is empty, `.` or `..`");
        }
        self.text.push('/');
        encode_into(&mut self.text, value);
        self
    }

    /// The function `name`, to be called with the arguments that are given to what this returns.
    pub fn call(mut self, name: &str) -> Arguments {
        self.close();
        self.text.push('/');
        encode_into(&mut self.text, name);
        Arguments::of(self)
    }

    /// The entity in the collection at this path that has the properties which are given to what this
    /// returns; they are an alternate key.
    pub fn alternate_key(mut self) -> Arguments {
        self.close();
        Arguments::of(self)
    }

    /// The item at `path` below the one at this path, such as `Documents/notes.txt` below a drive's root.
    /// No part of it can be `.` or `..`.
    #[must_use]
    pub fn by_path(mut self, path: &str) -> Self {
        for name in path.split('/').filter(|name| !name.is_empty()) {
            if !self.is_addressed {
                self.text.push(':');
                self.is_addressed = true;
            }
            if matches!(name, "." | "..") {
                self.fault = Some("the path of an item has a part `.` or `..`");
            }
            self.text.push('/');
            encode_into(&mut self.text, name);
        }
        self
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.is_addressed) {
            self.text.push(':');
        }
    }

    /// The encoded path below the base URL.
    pub fn as_str(&self) -> &str {
        self.text.strip_prefix(self.client.base().path()).unwrap_or(&self.text)
    }

    /// The client that requests of this path are sent with.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The whole address.
    pub(crate) fn into_uri(self) -> Result<Uri, UsageError> {
        match self.fault {
            Some(reason) => Err(UsageError::Address { reason: reason.to_owned() }),
            None => self.client.base().with(self.text + &self.aliases),
        }
    }
}

/// A path that ends in parentheses, which are not closed yet.
#[derive(Debug)]
#[must_use = "it is a path only at its `end`"]
pub struct Arguments {
    path: Path,
    is_first: bool,
}

impl Arguments {
    fn of(mut path: Path) -> Self {
        path.text.push('(');
        Self { path, is_first: true }
    }

    /// Gives an argument. One that is absent is left out; a collection stands behind a parameter alias,
    /// since a path cannot hold it.
    pub fn argument(&mut self, name: &str, value: &dyn ToLiteral) {
        let Some(literal) = value.to_literal() else { return };
        let Path { text, aliases, .. } = &mut self.path;
        if !std::mem::take(&mut self.is_first) {
            text.push(',');
        }
        encode_into(text, name);
        text.push('=');
        if literal.starts_with('[') {
            let separator = if aliases.is_empty() { '?' } else { '&' };
            let alias = encode(name);
            text.push_str(&format!("@{alias}"));
            aliases.push_str(&format!("{separator}@{alias}={}", encode(&literal)));
        } else {
            encode_into(text, &literal);
        }
    }

    /// The path with all arguments.
    pub fn end(mut self) -> Path {
        self.path.text.push(')');
        self.path
    }
}

/// An address with one more query option.
pub(crate) fn with_option(uri: &Uri, name: &str, value: &str) -> Result<Uri, UsageError> {
    let before = uri.path_and_query().map(PathAndQuery::as_str).unwrap_or_default();
    let mut text = String::with_capacity(before.len() + name.len() + value.len() + 16);
    text.push_str(before);
    text.push(if uri.query().is_some() { '&' } else { '?' });
    // Names of system options begin with a `$`, which stands as it is.
    let plain = name.strip_prefix('$');
    if plain.is_some() {
        text.push('$');
    }
    text.push_str(&encode(plain.unwrap_or(name)).replace('=', "%3D"));
    text.push('=');
    encode_into(&mut text, value);
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(text).map_err(|error| address(&error))?);
    Uri::from_parts(parts).map_err(|error| address(&error))
}

/// A line of cookies with one more.
pub(crate) fn with_cookie(before: Option<&str>, name: &str, value: &str) -> String {
    let mut text = before.map(|before| format!("{before}; ")).unwrap_or_default();
    text.push_str(name);
    text.push('=');
    // What may stand in a cookie is less than in a query (RFC 6265, section 4.1.1).
    text.push_str(&encode(value).replace(',', "%2C").replace(';', "%3B"));
    text
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Path").field(&self.as_str()).finish()
    }
}
