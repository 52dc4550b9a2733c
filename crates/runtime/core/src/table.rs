//! Tables: what the engine knows of a type, as static data that generated code carries.
//!
//! A table lists its own members only; those it inherits come from the tables of its base types and have the
//! lower slots, so that a slot means the same member in a type and in all that derive from it. Tables are
//! trusted to be right, not to be safe: a wrong length or a missing entry makes a member any JSON or unknown,
//! never a panic.

/// A structured type.
#[derive(Debug)]
pub struct Table {
    /// The qualified name, such as `microsoft.graph.conversationThread`.
    pub name: &'static str,
    /// The type it derives from.
    pub base: Option<&'static Table>,
    /// The types that derive directly from it, as far as the crate has them; `@odata.type` chooses among them.
    pub derived: &'static [&'static Table],
    /// Whether instances may hold members that are not declared.
    pub is_open: bool,
    /// Whether there are instances of derived types only.
    pub is_abstract: bool,
    /// The number of members of all base types, which is the slot of the first own member.
    pub inherited: u16,
    /// The names of the own members.
    pub names: &'static [&'static str],
    /// Two bytes for each own member. The first is its kind: `s` String, `b` Boolean, `y` Byte, `w` SByte,
    /// `h` Int16, `i` Int32, `l` Int64, `r` Single, `d` Double, `m` Decimal, `n` Binary, `a` Date,
    /// `t` DateTimeOffset, `c` TimeOfDay, `p` Duration, `g` Guid, `x` Stream, `q` geography or geometry,
    /// `j` any JSON, `o` object, `e` enumeration, `f` flags; in upper case a collection of it. The second is
    /// `?` where null is allowed (in a collection: as an item), else `!`. A `~` behind all of them says that the
    /// names are read in any case: those of an action's parameters, which documents spell otherwise.
    pub kinds: &'static [u8],
    /// The types of the own members of the kinds `o`, `e` and `f`, by the index of the member, in order.
    pub types: &'static [(u16, Type)],
}

/// The type of a member.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// Of a member of kind `o`.
    Object(&'static Table),
    /// Of a member of kind `e` or `f`.
    Enum(&'static EnumTable),
}

/// An enumeration.
#[derive(Debug)]
pub struct EnumTable {
    /// The qualified name, such as `microsoft.graph.bodyType`.
    pub name: &'static str,
    /// The names of the members.
    pub members: &'static [&'static str],
    /// The values of the members.
    pub values: &'static [i64],
    /// Whether a value is a set of members.
    pub is_flags: bool,
}

/// What one value of a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    Boolean,
    Integer(Integer),
    Int64,
    Single,
    Double,
    Decimal,
    Binary,
    Date,
    DateTimeOffset,
    TimeOfDay,
    Duration,
    Guid,
    Stream,
    Any,
    Object,
    Enum,
    Flags,
}

impl Kind {
    const fn of(letter: u8) -> Self {
        match letter.to_ascii_lowercase() {
            b's' => Self::String,
            b'b' => Self::Boolean,
            b'y' => Self::Integer(Integer::Byte),
            b'w' => Self::Integer(Integer::SByte),
            b'h' => Self::Integer(Integer::Int16),
            b'i' => Self::Integer(Integer::Int32),
            b'l' => Self::Int64,
            b'r' => Self::Single,
            b'd' => Self::Double,
            b'm' => Self::Decimal,
            b'n' => Self::Binary,
            b'a' => Self::Date,
            b't' => Self::DateTimeOffset,
            b'c' => Self::TimeOfDay,
            b'p' => Self::Duration,
            b'g' => Self::Guid,
            b'x' => Self::Stream,
            b'o' => Self::Object,
            b'e' => Self::Enum,
            b'f' => Self::Flags,
            _ => Self::Any,
        }
    }
}

/// The integers that are numbers on the wire always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Integer {
    Byte,
    SByte,
    Int16,
    Int32,
}

impl Integer {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Byte => "Edm.Byte",
            Self::SByte => "Edm.SByte",
            Self::Int16 => "Edm.Int16",
            Self::Int32 => "Edm.Int32",
        }
    }

    pub(crate) fn contains(self, value: i64) -> bool {
        match self {
            Self::Byte => u8::try_from(value).is_ok(),
            Self::SByte => i8::try_from(value).is_ok(),
            Self::Int16 => i16::try_from(value).is_ok(),
            Self::Int32 => i32::try_from(value).is_ok(),
        }
    }
}

/// A declared member, looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Declared {
    pub(crate) name: &'static str,
    pub(crate) slot: u16,
    pub(crate) kind: Kind,
    pub(crate) is_collection: bool,
    pub(crate) is_nullable: bool,
    pub(crate) ty: Option<Type>,
}

impl Declared {
    /// Whether it is one text.
    #[inline]
    pub(crate) fn is_text(&self) -> bool {
        self.kind == Kind::String && !self.is_collection
    }

    pub(crate) fn table(&self) -> Option<&'static Table> {
        match self.ty {
            Some(Type::Object(table)) => Some(table),
            _ => None,
        }
    }

    pub(crate) fn enumeration(&self) -> Option<&'static EnumTable> {
        match self.ty {
            Some(Type::Enum(table)) => Some(table),
            _ => None,
        }
    }
}

/// More levels than any schema has; a bound, should tables form a ring.
const LEVELS: usize = 64;

impl Table {
    /// The table itself and those of its base types.
    fn levels(&'static self) -> impl Iterator<Item = &'static Table> {
        std::iter::successors(Some(self), |table| table.base).take(LEVELS)
    }

    /// The slot of the member `name`, own or inherited.
    pub fn slot(&'static self, name: &str) -> Option<u16> {
        let (level, index) = self.find(name)?;
        level.inherited.checked_add(u16::try_from(index).ok()?)
    }

    /// The name of the member in `slot`, own or inherited.
    pub fn member_name(&'static self, slot: u16) -> Option<&'static str> {
        let (level, index) = self.place(slot)?;
        level.names.get(index).copied()
    }

    /// Whether the type is `other` or derives from it.
    pub fn is_a(&'static self, other: &Table) -> bool {
        self.levels().any(|table| table.is_same(other))
    }

    /// Whether this is the table of the same type. A table that is a constant, not a static, may have several
    /// addresses; those of another version of the schema have the same names, mostly, but not the same members.
    #[inline]
    pub(crate) fn is_same(&self, other: &Table) -> bool {
        std::ptr::eq(self, other)
            || self.name == other.name
                && self.inherited == other.inherited
                && self.names == other.names
                && self.kinds == other.kinds
    }

    /// The last part of the name.
    pub fn short_name(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }

    /// The number of members, own and inherited.
    pub(crate) fn len(&self) -> usize {
        usize::from(self.inherited) + self.names.len()
    }

    /// The member `name`, own or inherited.
    pub(crate) fn declared(&'static self, name: &str) -> Option<Declared> {
        let (level, index) = self.find(name)?;
        level.describe(index)
    }

    /// The first member, own or inherited, whose name is one that is meant.
    #[inline]
    pub(crate) fn declared_as(&'static self, is_meant: impl Fn(&str) -> bool) -> Option<Declared> {
        self.levels().find_map(|level| {
            let index = level.names.iter().position(|name| is_meant(name))?;
            level.describe(index)
        })
    }

    /// The table that declares the member `name`, and its place there.
    fn find(&'static self, name: &str) -> Option<(&'static Table, usize)> {
        self.levels().find_map(|level| {
            let exact = level.names.iter().position(|own| *own == name);
            let index = exact.or_else(|| level.position_in_any_case(name))?;
            Some((level, index))
        })
    }

    /// The place of an own member whose name may be written in any case.
    fn position_in_any_case(&self, name: &str) -> Option<usize> {
        let is_so =
            self.kinds.len() == 2 * self.names.len() + 1 && self.kinds.last() == Some(&b'~');
        let is_same = |own: &&str| own.eq_ignore_ascii_case(name);
        is_so.then(|| self.names.iter().position(is_same)).flatten()
    }

    /// The member in `slot`, own or inherited.
    pub(crate) fn declared_at(&'static self, slot: u16) -> Option<Declared> {
        let (level, index) = self.place(slot)?;
        level.describe(index)
    }

    /// The table of the object, or of each object, in `slot`.
    pub(crate) fn table_at(&'static self, slot: u16) -> Option<&'static Table> {
        match self.type_at(slot) {
            Some(Type::Object(table)) => Some(table),
            _ => None,
        }
    }

    /// The enumeration of the value, or of each value, in `slot`.
    pub(crate) fn enumeration_at(&'static self, slot: u16) -> Option<&'static EnumTable> {
        match self.type_at(slot) {
            Some(Type::Enum(table)) => Some(table),
            _ => None,
        }
    }

    fn type_at(&'static self, slot: u16) -> Option<Type> {
        let (level, index) = self.place(slot)?;
        level.type_of(u16::try_from(index).ok()?)
    }

    fn place(&'static self, slot: u16) -> Option<(&'static Table, usize)> {
        self.levels()
            .find(|level| level.inherited <= slot)
            .map(|level| (level, usize::from(slot - level.inherited)))
    }

    #[inline]
    fn describe(&'static self, index: usize) -> Option<Declared> {
        let name = self.names.get(index)?;
        let own = u16::try_from(index).ok()?;
        let letter = self.kinds.get(2 * index).copied().unwrap_or(b'j');
        let (kind, ty) = match Kind::of(letter) {
            kind @ (Kind::Object | Kind::Enum | Kind::Flags) => self.typed(kind, own),
            kind => (kind, None),
        };
        Some(Declared {
            name,
            slot: self.inherited.checked_add(own)?,
            kind,
            is_collection: letter.is_ascii_uppercase(),
            is_nullable: self.kinds.get(2 * index + 1) != Some(&b'!'),
            ty,
        })
    }

    /// The own member at this index, of a kind that needs a type; any JSON without one, or with one of the wrong sort.
    fn typed(&self, kind: Kind, index: u16) -> (Kind, Option<Type>) {
        match (kind, self.type_of(index)) {
            (Kind::Object, ty @ Some(Type::Object(_))) => (kind, ty),
            (Kind::Enum | Kind::Flags, ty @ Some(Type::Enum(_))) => (kind, ty),
            _ => (Kind::Any, None),
        }
    }

    /// The type of the own member at this index, where it needs one.
    fn type_of(&self, index: u16) -> Option<Type> {
        let found = self.types.binary_search_by_key(&index, |(index, _)| *index).ok()?;
        self.types.get(found).map(|(_, ty)| *ty)
    }

    /// The type called `name`, with or without the leading `#`, if it is this one or derives from it.
    pub(crate) fn derived_named(&'static self, name: &str) -> Option<&'static Table> {
        /// More types than derive from any; a bound, should tables form a ring.
        const TYPES: usize = 10_000;
        let name = name.strip_prefix('#').unwrap_or(name);
        let mut open = vec![self];
        let mut seen = 0;
        while let Some(table) = open.pop() {
            if table.name == name {
                return Some(table);
            }
            seen += 1;
            if seen > TYPES {
                return None;
            }
            open.extend(table.derived);
        }
        None
    }
}

impl EnumTable {
    /// The place of the member with exactly this name.
    pub fn member(&self, name: &str) -> Option<u16> {
        let index = self.members.iter().position(|member| *member == name)?;
        u16::try_from(index).ok()
    }

    /// The place of the member with this name in any case.
    pub(crate) fn member_in_any_case(&self, name: &str) -> Option<u16> {
        let index = self.members.iter().position(|member| member.eq_ignore_ascii_case(name))?;
        u16::try_from(index).ok()
    }

    /// The place of the member with this value.
    pub(crate) fn member_of_value(&self, value: i64) -> Option<u16> {
        let index = self.values.iter().position(|own| *own == value)?;
        u16::try_from(index).ok().filter(|_| index < self.members.len())
    }

    /// The name of the member at this place.
    pub fn name_of(&self, member: u16) -> Option<&'static str> {
        self.members.get(usize::from(member)).copied()
    }

    /// The value of the member at this place.
    pub fn value_of(&self, member: u16) -> Option<i64> {
        self.values.get(usize::from(member)).copied()
    }
}
