//! The system query options of one request, together: each is given once at most, by a name that is known.

use std::marker::PhantomData;
use std::time::SystemTime;

use msgraph_core::edm::DateTimeOffset;
use msgraph_core::{ServiceError, Table};

use super::cursor::Cursor;
use super::malformed::{Malformed, shown};
use super::{
    Expand, Filter, Levels, Order, Search, Select, expand, filter, levels, order, search, select,
};

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
        let mut reader = Reading { now, is_nested: false, pairs: &pairs }.of(table);
        for (sent, value) in &pairs {
            let Some(option) = Name::of(sent) else {
                if sent.starts_with('$') {
                    let message =
                        format!("The option {} is not supported{}.", shown(sent), instead(sent));
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

/// What to write instead of an option that Graph does not have, as a part of a sentence.
fn instead(sent: &str) -> &'static str {
    match sent.to_ascii_lowercase().as_str() {
        "$apply" => ": nothing is aggregated; `$count` counts",
        "$compute" => ": nothing is computed; `$filter` and `$orderby` take what would be",
        "$levels" => ": it stands in `$expand`, as in `a($levels=2)`",
        _ => "",
    }
}

/// What holds of all options of a request.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    /// What `now()` stands for: one time for the whole request.
    pub(super) now: DateTimeOffset,
    /// Whether the options are those of an expanded property.
    pub(super) is_nested: bool,
    /// The query, with the values of parameter aliases.
    pairs: &'a [(String, String)],
}

/// What the options of an expanded property are about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Nested {
    Object,
    Objects,
    References,
    Count,
}

impl<'a> Reading<'a> {
    fn of(self, table: &'static Table) -> Reader<'a> {
        let options = Options::default();
        Reader { reading: self, table, seen: Vec::new(), options, levels: None }
    }

    /// The values that the query gives an alias: one at most, if all is well.
    pub(super) fn values_of(self, alias: &str) -> impl Iterator<Item = &'a str> {
        let is_it = |name: &str| name.strip_prefix('@') == Some(alias);
        self.pairs.iter().filter(move |(name, _)| is_it(name)).map(|(_, value)| value.as_str())
    }

    /// Options of an expanded property, with `;` between them.
    pub(super) fn in_parentheses(
        self,
        cursor: &mut Cursor<'a>,
        table: &'static Table,
        nested: Nested,
    ) -> Result<(Options, Option<Levels>), Malformed> {
        cursor.expect('(')?;
        let mut reader = Reading { is_nested: true, ..self }.of(table);
        loop {
            cursor.space();
            let at = cursor.at();
            let has_dollar = cursor.take('$');
            let name = cursor.name();
            if name.is_empty() {
                return Err(cursor.expected("an option such as `$select`"));
            }
            cursor.space();
            cursor.expect('=')?;
            let sent = if has_dollar { format!("${name}") } else { name.to_owned() };
            reader.nested(&sent, at, cursor, nested)?;
            cursor.space();
            if cursor.take(')') {
                return Ok((reader.options, reader.levels));
            }
            if !cursor.take(';') {
                return Err(cursor.expected("`;` or `)`"));
            }
        }
    }
}

/// Options that are being read.
struct Reader<'a> {
    reading: Reading<'a>,
    table: &'static Table,
    seen: Vec<Name>,
    options: Options,
    levels: Option<Levels>,
}

impl<'a> Reader<'a> {
    fn is_first(&mut self, option: Name) -> bool {
        let is_first = !self.seen.contains(&option);
        self.seen.push(option);
        is_first
    }

    /// Reads an option of an expanded property, whose name begins at `at` and whose value comes next.
    fn nested(
        &mut self,
        sent: &str,
        at: usize,
        cursor: &mut Cursor<'a>,
        nested: Nested,
    ) -> Result<(), Malformed> {
        let bare = sent.strip_prefix('$').unwrap_or(sent);
        if bare.eq_ignore_ascii_case("levels") && matches!(nested, Nested::Object | Nested::Objects)
        {
            if self.levels.is_some() {
                return Err(Malformed::new(at, "the option `$levels` is given twice"));
            }
            self.levels = Some(levels::read(cursor)?);
            return Ok(());
        }
        let option = Name::of(sent).filter(|option| option.is_for(nested));
        let Some(option) = option else {
            let what = format!("the option {} is not supported here", shown(sent));
            return Err(Malformed::new(at, what));
        };
        if !self.is_first(option) {
            let what = format!("the option `{}` is given twice", option.name());
            return Err(Malformed::new(at, what));
        }
        self.value(option, cursor)
    }

    fn value(&mut self, option: Name, cursor: &mut Cursor<'a>) -> Result<(), Malformed> {
        let Self { reading, table, options, .. } = self;
        match option {
            Name::Select => options.select = Some(select::read(cursor, table)?),
            Name::Expand => options.expand = expand::read(cursor, table, *reading)?,
            Name::Filter => options.filter = Some(filter::read(cursor, table, *reading)?),
            Name::OrderBy => options.order_by = order::read(cursor, table, *reading)?,
            Name::Top => options.top = Some(number(cursor)?),
            Name::Skip => options.skip = Some(number(cursor)?),
            Name::Count => options.count = boolean(cursor)?,
            Name::Search => options.search = Some(search::read(cursor, reading.is_nested)?),
            Name::SkipToken => options.skip_token = Some(whole(cursor)?),
            Name::DeltaToken => options.delta_token = Some(whole(cursor)?),
            Name::Format => options.format = Some(whole(cursor)?),
        }
        Ok(())
    }
}

fn number(cursor: &mut Cursor<'_>) -> Result<u64, Malformed> {
    cursor.space();
    let at = cursor.at();
    let digits = cursor.take_while(|c| c.is_ascii_digit());
    if digits.is_empty() {
        return Err(cursor.expected("a number without a sign"));
    }
    digits.parse().map_err(|_| Malformed::new(at, "the number is too large"))
}

fn boolean(cursor: &mut Cursor<'_>) -> Result<bool, Malformed> {
    cursor.space();
    let value = match cursor.peek_name().to_ascii_lowercase().as_str() {
        "true" => true,
        "false" => false,
        _ => return Err(cursor.expected("`true` or `false`")),
    };
    cursor.name();
    Ok(value)
}

/// The whole value, which is not taken apart.
fn whole(cursor: &mut Cursor<'_>) -> Result<String, Malformed> {
    match cursor.take_while(|_| true) {
        "" => Err(cursor.expected("a value")),
        value => Ok(value.to_owned()),
    }
}

/// The options that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Select,
    Expand,
    Filter,
    OrderBy,
    Top,
    Skip,
    Count,
    Search,
    SkipToken,
    DeltaToken,
    Format,
}

const NAMES: [(&str, Name); 11] = [
    ("$select", Name::Select),
    ("$expand", Name::Expand),
    ("$filter", Name::Filter),
    ("$orderby", Name::OrderBy),
    ("$top", Name::Top),
    ("$skip", Name::Skip),
    ("$count", Name::Count),
    ("$search", Name::Search),
    ("$skiptoken", Name::SkipToken),
    ("$deltatoken", Name::DeltaToken),
    ("$format", Name::Format),
];

impl Name {
    /// The option that `sent` names, with its `$` or without.
    fn of(sent: &str) -> Option<Self> {
        let bare = sent.strip_prefix('$').unwrap_or(sent);
        let is_it =
            |name: &str| name.strip_prefix('$').is_some_and(|own| own.eq_ignore_ascii_case(bare));
        NAMES.iter().find(|(name, _)| is_it(name)).map(|(_, option)| *option)
    }

    /// As it is written.
    fn name(self) -> &'static str {
        NAMES.iter().find(|(_, option)| *option == self).map_or("", |(name, _)| name)
    }

    /// Whether what a property leads to can be asked so.
    fn is_for(self, nested: Nested) -> bool {
        match self {
            Self::SkipToken | Self::DeltaToken | Self::Format => false,
            Self::Select | Self::Expand => matches!(nested, Nested::Object | Nested::Objects),
            Self::Filter | Self::Search => nested != Nested::Object,
            Self::OrderBy | Self::Top | Self::Skip | Self::Count => {
                matches!(nested, Nested::Objects | Nested::References)
            }
        }
    }
}
