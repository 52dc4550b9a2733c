//! The system query options of one request, together: each is given once at most, by a name that is known.

use std::marker::PhantomData;
use std::time::SystemTime;

use msgraph_core::edm::DateTimeOffset;
use msgraph_core::{ServiceError, Table};

use super::cursor::Cursor;
use super::malformed::shown;
use super::option_name::{self, Name};
use super::reading::Reading;
use super::{Expand, Filter, Order, Search, Select};

/// The system query options of a request for objects of one type.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// `$select`; where it is absent, the service chooses.
    pub select: Option<Select>,
    /// `$expand`
    pub expand: Vec<Expand>,
    /// `$filter`
    pub filter: Option<Filter>,
    /// `$orderby`: by the first of these, then by the second.
    pub order_by: Vec<Order>,
    /// `$top`: this many items at most.
    pub top: Option<u64>,
    /// `$skip`: without this many items.
    pub skip: Option<u64>,
    /// `$count`: whether the number of all items is asked for.
    pub count: bool,
    /// `$search`
    pub search: Option<Search>,
    /// `$skiptoken`, which the service made.
    pub skip_token: Option<String>,
    /// `$deltatoken`, which the service made, or `latest`.
    pub delta_token: Option<String>,
    /// `$format`, a media type or its short name.
    pub format: Option<String>,
}

/// The system query options of a request for values of `M`.
#[derive(Debug, Clone)]
pub struct QueryOptions<M> {
    options: Options,
    of: PhantomData<fn() -> M>,
}

impl<M> QueryOptions<M> {
    pub(super) fn new(options: Options) -> Self {
        Self { options, of: PhantomData }
    }

    /// The options without the type.
    pub fn into_options(self) -> Options {
        self.options
    }
}

impl<M> std::ops::Deref for QueryOptions<M> {
    type Target = Options;

    fn deref(&self) -> &Options {
        &self.options
    }
}

impl Options {
    /// Reads pairs of a name and a value, both decoded.
    pub(super) fn read(
        pairs: impl Iterator<Item = (String, String)>,
        table: &'static Table,
    ) -> Result<Self, ServiceError> {
        let now = DateTimeOffset::try_from(SystemTime::now());
        let now = now.map_err(|_| ServiceError::internal("The clock is out of range."))?;
        let pairs: Vec<(String, String)> = pairs.collect();
        let mut reader = Reading::new(now, &pairs).of(table);
        for (sent, value) in &pairs {
            let Some(option) = Name::of(sent) else {
                if sent.starts_with('$') {
                    let message = format!(
                        "The option {} is not supported{}.",
                        shown(sent),
                        option_name::instead(sent)
                    );
                    return Err(ServiceError::bad_request(message).with_target(sent));
                }
                continue;
            };
            let name = option.name();
            if !reader.is_first(option) {
                let message = format!("The option `{name}` is given twice.");
                return Err(ServiceError::bad_request(message).with_target(name));
            }
            let read = Cursor::new(value).and_then(|mut cursor| {
                reader.value(option, &mut cursor)?;
                cursor.end()
            });
            read.map_err(|malformed| malformed.into_error(name, value))?;
        }
        Ok(reader.options)
    }
}
