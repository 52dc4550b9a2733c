//! Reading objects and collections: the table says what each member is, a frame per level says where we are.
//!
//! Comes in: a text and the table that its place declares. Goes out: an object whose table is that one or a
//! derived one, as `@odata.type` says, early or late. Undeclared members are kept as text once the object ends,
//! when it is certain that they are undeclared.

use super::error::{Leniency, ReadError, ReadErrorKind};
use super::json_path::Path;
use super::seen::Seen;
use super::shape::{Cursor, Shapes};
use super::undeclared::{Undeclared, replaced};
use super::{ReadMode, start};
use crate::control::{More, TYPE, is_control, is_same, name_of};
use crate::members::Members;
use crate::scan::{Fault, Found, Scanner};
use crate::table::Declared;
use crate::value::{NO_SLOT, Short, Value};
use crate::{Json, Object, Table};

pub(super) struct Reader<'a> {
    text: &'a str,
    pub(super) scanner: Scanner<'a>,
    pub(super) mode: ReadMode,
    shapes: Shapes,
    /// The members of the objects that are being read, inner ones behind outer ones. Each object takes its own off,
    /// so that it makes room for them once, when it knows how many they are.
    members: Vec<Value>,
    /// The same for the objects of collections.
    objects: Vec<Object>,
    pub(super) leniencies: Leniencies,
}

/// The leniencies used: all are counted, the first are listed.
#[derive(Default)]
pub(super) struct Leniencies {
    pub(super) first: Vec<Leniency>,
    pub(super) count: usize,
}

impl Leniencies {
    const LISTED: usize = 1_000;
}

/// An object under way.
struct Frame<'a> {
    /// What the place declares.
    declared: &'static Table,
    /// What the object is, as far as is known.
    table: &'static Table,
    has_type: bool,
    cursor: Cursor,
    /// Where its members begin on the stack.
    mark: usize,
    seen: Seen,
    /// The slot of the last member, as long as they come in order.
    last: Option<u16>,
    is_ordered: bool,
    undeclared: Vec<Undeclared<'a>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, mode: ReadMode) -> Self {
        Self {
            text,
            scanner: Scanner::new(text),
            mode,
            shapes: Shapes::default(),
            members: Vec::with_capacity(16),
            objects: Vec::new(),
            leniencies: Leniencies::default(),
        }
    }

    pub(super) fn root(&mut self, table: &'static Table) -> Result<Object, ReadError> {
        let path = Path::ROOT;
        start(&mut self.scanner);
        let found = self.ok(self.scanner.found(), &path)?;
        if found != Found::Object {
            let kind = ReadErrorKind::Mistyped { expected: "an object", found: found.name() };
            return Err(self.error(self.scanner.at(), &path, kind));
        }
        let object = self.object(table, &path)?;
        let end = self.scanner.end();
        self.ok(end, &path)?;
        Ok(object)
    }

    /// The value of the text. Where a collection is due, nothing else will do in any mode.
    pub(super) fn alone(&mut self, declared: &Declared) -> Result<Value, ReadError> {
        let path = Path::ROOT;
        start(&mut self.scanner);
        let found = self.ok(self.scanner.found(), &path)?;
        if declared.is_collection && found != Found::Array {
            let kind = ReadErrorKind::Mistyped { expected: "an array", found: found.name() };
            return Err(self.error(self.scanner.at(), &path, kind));
        }
        let value = self.member(declared, &path)?;
        let end = self.scanner.end();
        self.ok(end, &path)?;
        Ok(value)
    }

    /// A value of a member, whatever it is.
    pub(super) fn member(
        &mut self,
        declared: &Declared,
        path: &Path<'_>,
    ) -> Result<Value, ReadError> {
        if self.scanner.peek() == Some(b'n') {
            self.check_null(declared.is_nullable && !declared.is_collection, path)?;
            return Ok(Value::Null(NO_SLOT));
        }
        if !declared.is_collection {
            return self.single(declared, path);
        }
        if self.scanner.peek() != Some(b'[') {
            return self.mistyped("an array", path);
        }
        match declared.table() {
            Some(table) => self.objects(table, declared.is_nullable, path),
            None => self.list(declared, path),
        }
    }

    fn single(&mut self, declared: &Declared, path: &Path<'_>) -> Result<Value, ReadError> {
        match declared.table() {
            Some(table) if self.scanner.peek() == Some(b'{') => {
                Ok(Value::Object(NO_SLOT, Box::new(self.object(table, path)?)))
            }
            Some(_) => self.mistyped("an object", path),
            None => self.scalar(declared, path),
        }
    }

    fn objects(
        &mut self,
        table: &'static Table,
        is_nullable: bool,
        path: &Path<'_>,
    ) -> Result<Value, ReadError> {
        let mark = self.objects.len();
        self.array(path, |reader, path| {
            let object = match reader.scanner.peek() {
                Some(b'{') => reader.object(table, path)?,
                Some(b'n') => {
                    reader.check_null(is_nullable, path)?;
                    Object::instead(table, Json::null())
                }
                _ => match reader.mistyped("an object", path)? {
                    Value::Mistyped(_, json) => Object::instead(table, json),
                    _ => Object::instead(table, Json::null()),
                },
            };
            reader.objects.push(object);
            Ok(())
        })?;
        Ok(Value::Objects(NO_SLOT, self.objects.split_off(mark).into()))
    }

    fn list(&mut self, declared: &Declared, path: &Path<'_>) -> Result<Value, ReadError> {
        let mut items = Vec::new();
        self.array(path, |reader, path| {
            let item = if reader.scanner.peek() == Some(b'n') {
                reader.check_null(declared.is_nullable, path)?;
                Value::Null(NO_SLOT)
            } else {
                reader.scalar(declared, path)?
            };
            items.push(item);
            Ok(())
        })?;
        Ok(Value::List(NO_SLOT, items.into()))
    }

    fn array(
        &mut self,
        path: &Path<'_>,
        mut item: impl FnMut(&mut Self, &Path<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let entered = self.scanner.enter();
        self.ok(entered, path)?;
        let mut index = 0;
        loop {
            let next = self.scanner.next(index == 0, b']');
            if !self.ok(next, path)? {
                return Ok(());
            }
            item(self, &Path::Item(path, index))?;
            index += 1;
        }
    }

    /// An object whose place declares `declared`.
    fn object(&mut self, declared: &'static Table, path: &Path<'_>) -> Result<Object, ReadError> {
        let entered = self.scanner.enter();
        self.ok(entered, path)?;
        let mut frame = Frame {
            declared,
            table: declared,
            has_type: false,
            cursor: self.shapes.start(declared),
            mark: self.members.len(),
            seen: Seen::default(),
            last: None,
            is_ordered: true,
            undeclared: Vec::new(),
        };
        let mut is_first = true;
        loop {
            let next = self.scanner.next(is_first, b'}');
            if !self.ok(next, path)? {
                break;
            }
            is_first = false;
            if let Some(member) = self.shapes.expect(&mut self.scanner, &mut frame.cursor) {
                let member = *member;
                self.declared_member(&mut frame, &member, path)?;
            } else {
                self.searched_member(&mut frame, path)?;
            }
        }
        let members = if frame.is_ordered {
            Members::take(&mut self.members, frame.mark)
        } else {
            let own = self.members.get_mut(frame.mark..).unwrap_or_default();
            if let Some(order) = self.shapes.order(own, frame.cursor) {
                let members = Members::take_ordered(&mut self.members, frame.mark, &order);
                self.shapes.keep_order(order, frame.cursor);
                members
            } else {
                own.sort_unstable_by_key(Value::slot);
                Members::take(&mut self.members, frame.mark)
            }
        };
        let more = if frame.undeclared.is_empty() {
            None
        } else {
            Some(Box::new(self.keep(frame.undeclared, path)?))
        };
        Ok(Object::with_parts(frame.table, members, more))
    }

    #[inline]
    fn declared_member(
        &mut self,
        frame: &mut Frame<'a>,
        member: &Declared,
        path: &Path<'_>,
    ) -> Result<(), ReadError> {
        let path = Path::Member(path, member.name);
        let colon = self.scanner.colon();
        self.ok(colon, &path)?;
        let at = self.scanner.at();
        // Most members are texts.
        let replaces = if member.is_text() && self.scanner.peek() == Some(b'"') {
            let text = self.scanner.string();
            let text = self.ok(text, &path)?;
            // Each where it is made, so that it is made in its place.
            let replaces = match Short::new(&text) {
                Some(short) => self.put(frame, Value::Short(member.slot, short)),
                None => self.put(frame, Value::Long(member.slot, Box::from(&*text))),
            };
            self.scanner.reuse(text);
            replaces
        } else {
            let value = self.member(member, &path)?;
            self.put(frame, value.at(member.slot))
        };
        if replaces { self.refuse(at, &path, ReadErrorKind::Duplicate) } else { Ok(()) }
    }

    /// Adds a member to the object that is being read; `true` where it replaces another.
    #[inline(always)]
    fn put(&mut self, frame: &mut Frame<'a>, value: Value) -> bool {
        let slot = value.slot();
        if frame.last < Some(slot) {
            frame.last = Some(slot);
        } else {
            frame.is_ordered = false;
        }
        if frame.seen.insert(slot) {
            self.replace(frame.mark, value);
            return true;
        }
        self.members.push(value);
        false
    }

    #[cold]
    fn replace(&mut self, mark: usize, value: Value) {
        let own = self.members.get_mut(mark..).unwrap_or_default();
        if let Some(own) = own.iter_mut().find(|own| own.slot() == value.slot()) {
            *own = value;
        }
    }

    /// A member whose key was not expected.
    fn searched_member(&mut self, frame: &mut Frame<'a>, path: &Path<'_>) -> Result<(), ReadError> {
        // Nearly all keys are spelled as the table has them, so that they need not be scanned.
        let scanner = &self.scanner;
        if let Some(member) = frame.table.declared_as(|name| scanner.is_key(name)) {
            self.scanner.step_over_key(member.name);
            self.shapes.learn(member, &mut frame.cursor);
            return self.declared_member(frame, &member, path);
        }
        let name = self.scanner.string();
        let name = self.ok(name, path)?;
        if let Some(member) = frame.table.declared(&name) {
            self.shapes.learn(member, &mut frame.cursor);
            return self.declared_member(frame, &member, path);
        }
        let value_path = Path::Member(path, &name);
        let colon = self.scanner.colon();
        self.ok(colon, &value_path)?;
        let from = self.scanner.at();
        let skipped = self.scanner.skip();
        let text = self.ok(skipped, &value_path)?;
        let to = self.scanner.at();
        let is_type = is_same(&name, TYPE);
        frame.undeclared.push(Undeclared { name, from, to });
        if is_type && !frame.has_type {
            frame.has_type = true;
            self.become_type(frame, text, path)?;
        }
        Ok(())
    }

    /// Goes over to the derived type that `@odata.type` names, if the place can hold it. Slots of what was read
    /// so far stay the same; members that only the derived type declares are read again.
    fn become_type(
        &mut self,
        frame: &mut Frame<'a>,
        text: &str,
        path: &Path<'_>,
    ) -> Result<(), ReadError> {
        let name = Scanner::new(text).string().ok();
        let derived = name.and_then(|name| frame.declared.derived_named(&name));
        let Some(table) = derived.filter(|table| !table.is_same(frame.table)) else {
            return Ok(());
        };
        frame.cursor = self.shapes.start(table);
        frame.table = table;
        let here = self.scanner.at();
        for undeclared in std::mem::take(&mut frame.undeclared) {
            let Some(member) = table.declared(&undeclared.name) else {
                frame.undeclared.push(undeclared);
                continue;
            };
            let path = Path::Member(path, member.name);
            self.scanner.go_to(undeclared.from);
            let value = self.member(&member, &path)?;
            if self.put(frame, value.at(member.slot)) {
                self.refuse(undeclared.from, &path, ReadErrorKind::Duplicate)?;
            }
        }
        self.scanner.go_to(here);
        Ok(())
    }

    /// Keeps what is undeclared, each name once.
    fn keep(
        &mut self,
        undeclared: Vec<Undeclared<'a>>,
        path: &Path<'_>,
    ) -> Result<More, ReadError> {
        let replaced = replaced(&undeclared);
        let mut more = More::default();
        for (index, member) in undeclared.iter().enumerate() {
            if replaced.get(index) == Some(&true) {
                let path = Path::Member(path, &member.name);
                self.refuse(member.from, &path, ReadErrorKind::Duplicate)?;
                continue;
            }
            let json = Json::trusted(self.scanner.slice(member.from, member.to));
            let kept = if is_control(&member.name) { &mut more.control } else { &mut more.unknown };
            kept.push((name_of(&member.name), json));
        }
        Ok(more)
    }

    // What does not fit.

    /// A null that comes next, where it is allowed or forgiven.
    fn check_null(&mut self, is_allowed: bool, path: &Path<'_>) -> Result<(), ReadError> {
        let at = self.scanner.at();
        let null = self.scanner.null();
        self.ok(null, path)?;
        if is_allowed { Ok(()) } else { self.refuse(at, path, ReadErrorKind::Null) }
    }

    /// The value that comes next, kept as it is where that is forgiven.
    pub(super) fn mistyped(
        &mut self,
        expected: &'static str,
        path: &Path<'_>,
    ) -> Result<Value, ReadError> {
        let found = self.ok(self.scanner.found(), path)?;
        self.misfit(ReadErrorKind::Mistyped { expected, found: found.name() }, path)
    }

    /// The value that comes next and does not fit, kept as it is where that is forgiven.
    pub(super) fn misfit(
        &mut self,
        kind: ReadErrorKind,
        path: &Path<'_>,
    ) -> Result<Value, ReadError> {
        let at = self.scanner.at();
        let text = self.scanner.skip();
        let text = self.ok(text, path)?;
        self.refuse(at, path, kind)?;
        Ok(Value::Mistyped(NO_SLOT, Json::trusted(text)))
    }

    /// Fails in strict mode; counts in lenient mode.
    pub(super) fn refuse(
        &mut self,
        at: usize,
        path: &Path<'_>,
        kind: ReadErrorKind,
    ) -> Result<(), ReadError> {
        match self.mode {
            ReadMode::Strict => Err(self.error(at, path, kind)),
            ReadMode::Lenient => {
                self.forgive(path, kind);
                Ok(())
            }
        }
    }

    #[cold]
    pub(super) fn forgive(&mut self, path: &Path<'_>, kind: ReadErrorKind) {
        self.leniencies.count += 1;
        if self.leniencies.first.len() < Leniencies::LISTED {
            self.leniencies.first.push(Leniency { path: path.to_json_path(), kind });
        }
    }

    #[cold]
    fn error(&self, at: usize, path: &Path<'_>, kind: ReadErrorKind) -> ReadError {
        ReadError::at(self.text, at, path.to_json_path(), kind)
    }

    /// Gives a fault of the scanner its path.
    #[inline]
    pub(super) fn ok<T>(&self, result: Result<T, Fault>, path: &Path<'_>) -> Result<T, ReadError> {
        result.map_err(|fault| ReadError::of_fault(self.text, fault, path.to_json_path()))
    }
}
