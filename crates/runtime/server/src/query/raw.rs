//! The query of a request as it was sent: names and values, decoded, nothing more.

use msgraph_core::{Model, ServiceError, Table};

use super::{Options, QueryOptions};
use crate::tree;

/// The query options of a request, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    raw: String,
}

impl Query {
    /// The query that was sent, without the question mark; an empty one where there is none.
    pub fn new(raw: Option<&str>) -> Self {
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

    /// The system query options (`$select`, `$filter`, …) as they are meant for values of `M`:
    /// `let options = context.query.options_of::<User>()?;`.
    ///
    /// # Errors
    /// 400 where an option is not known, is given twice, is malformed, or names a property that `M` has not; the
    /// target is the option, and the message says at which character of its decoded value.
    pub fn options_of<M: Model>(&self) -> Result<QueryOptions<M>, ServiceError> {
        self.options_for(M::TABLE).map(QueryOptions::new)
    }

    /// The same for objects whose type is known by its table alone.
    ///
    /// # Errors
    /// As of [`options_of`](Self::options_of).
    pub fn options_for(&self, table: &'static Table) -> Result<Options, ServiceError> {
        Options::read(self.options(), table)
    }
}

impl tree::Options for Query {
    fn has(&self, name: &str) -> bool {
        self.options().any(|(found, _)| found.strip_prefix('@').unwrap_or(&found) == name)
    }
}

/// What percent signs and, for a space, plus signs stand for.
pub(crate) fn decode(text: &str) -> String {
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
