//! What a handler is called with.

use std::fmt;

use http::HeaderMap;
use msgraph_core::{Operation, ServiceError};

use crate::principal::Principal;

/// One call of the operation `O`: the keys of its path, its body, and its context.
pub struct Call<O: Operation> {
    /// The body, read strictly; `()` where the operation has none.
    pub body: O::Request,
    /// Who calls, and what else came with the request.
    pub context: Context,
    keys: Vec<String>,
}

impl<O: Operation> Call<O> {
    pub(crate) fn new(keys: Vec<String>, body: O::Request, context: Context) -> Self {
        Self { body, context, keys }
    }

    /// The keys of the path, decoded, in its order: `let [group_id] = call.path()?;`.
    ///
    /// # Errors
    /// An internal error where the route has another number of keys, which is a fault of the router.
    pub fn path<const N: usize>(&self) -> Result<[String; N], ServiceError> {
        self.keys.clone().try_into().map_err(|keys: Vec<String>| {
            tracing::error!(operation = O::NAME, expected = N, found = keys.len(), "path keys");
            crate::failure::Failure::internal().error
        })
    }
}

impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &O::NAME)
            .field("keys", &self.keys)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

/// What came with a request beside its path and body.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Context {
    /// Who calls; it has a permission that the operation's documentation asks for.
    pub principal: Principal,
    /// The headers, without `Authorization`.
    pub headers: HeaderMap,
    /// The query options.
    pub query: Query,
    /// The id of this exchange, as the answer tells it.
    pub request_id: String,
    /// The caller's id of this exchange, where it gave a usable one.
    pub client_request_id: Option<String>,
}

/// The query options of a request, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    raw: String,
}

impl Query {
    pub(crate) fn new(raw: Option<&str>) -> Self {
        Self { raw: raw.unwrap_or_default().to_owned() }
    }

    /// The query as it was sent, without the question mark.
    pub fn as_str(&self) -> &str {
        &self.raw
    }

    /// The first option with this name, e.g. `$top`, decoded.
    pub fn get(&self, name: &str) -> Option<String> {
        self.options().find_map(|(found, value)| (found == name).then_some(value))
    }

    /// All options, decoded; a text that is badly encoded stands as it was sent.
    pub fn options(&self) -> impl Iterator<Item = (String, String)> {
        self.raw.split('&').filter(|option| !option.is_empty()).map(|option| {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            (decode(name), decode(value))
        })
    }
}

fn decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    match msgraph_core::path::decode(&spaced) {
        Some(decoded) => decoded.into_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Query;

    #[test]
    fn options_are_decoded_once() {
        let query = Query::new(Some("$filter=a+eq+%27b%2526%27&$top=5&flag&&%24select=id"));
        assert_eq!(query.get("$filter").as_deref(), Some("a eq 'b%26'"));
        assert_eq!(query.get("$top").as_deref(), Some("5"));
        assert_eq!(query.get("flag").as_deref(), Some(""));
        assert_eq!(query.get("$select").as_deref(), Some("id"));
        assert_eq!(query.get("$expand"), None);
        assert_eq!(Query::new(None).options().count(), 0);
        assert_eq!(Query::new(Some("a=%zz")).get("a").as_deref(), Some("%zz"));
    }
}
