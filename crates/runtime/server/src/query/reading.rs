//! Reading the values of options: of a request, and in parentheses of an expanded property.

use msgraph_core::Table;
use msgraph_core::edm::DateTimeOffset;

use super::cursor::Cursor;
use super::malformed::{Malformed, shown};
use super::option_name::Name;
use super::{Levels, Options, expand, filter, levels, order, search, select};

/// What holds of all options of a request.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    /// What `now()` stands for: one time for the whole request.
    pub(super) now: DateTimeOffset,
    /// The option of the request that is being read: for those of an expanded property, `$expand`.
    pub(super) option: &'static str,
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
    /// For a whole query.
    pub(super) fn new(now: DateTimeOffset, pairs: &'a [(String, String)]) -> Self {
        Self { now, option: "", is_nested: false, pairs }
    }

    /// A reader of the options of a request for objects of a type.
    pub(super) fn of(self, table: &'static Table) -> Reader<'a> {
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
pub(super) struct Reader<'a> {
    reading: Reading<'a>,
    table: &'static Table,
    seen: Vec<Name>,
    pub(super) options: Options,
    levels: Option<Levels>,
}

impl<'a> Reader<'a> {
    pub(super) fn is_first(&mut self, option: Name) -> bool {
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

    pub(super) fn value(&mut self, option: Name, cursor: &mut Cursor<'a>) -> Result<(), Malformed> {
        if !self.reading.is_nested {
            self.reading.option = option.name();
        }
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
