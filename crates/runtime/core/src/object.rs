//! The sparse object: the members that are present, in the order of the table, and nothing else.
//!
//! A member is absent, null, or has a value; the three are told apart. Typed views are built on this; it is
//! also how untyped code walks what was read. Slots are those of the object's table: inherited members first.

use crate::control::{ETAG, More, TYPE, is_control};
use crate::member::Held;
use crate::members::Members;
use crate::read::read_value;
use crate::value::{NO_SLOT, Value};
use crate::{Json, List, Member, Table};
use std::borrow::Cow;

/// An object of a structured type, driven by the table of that type.
///
/// Setters trust that a value fits its slot, as generated code sees to; a getter that asks for another type
/// than the slot holds finds nothing.
#[derive(Clone)]
pub struct Object {
    table: &'static Table,
    members: Members,
    /// Most objects have no such thing.
    more: Option<Box<More>>,
}

impl Object {
    /// An object without members.
    pub const fn new(table: &'static Table) -> Self {
        Self { table, members: Members::None, more: None }
    }

    /// The type of this object, which may derive from the one that its place declares.
    pub const fn table(&self) -> &'static Table {
        self.table
    }

    /// Whether nothing is present: no member, and no other information.
    pub fn is_empty(&self) -> bool {
        self.members().is_empty() && self.more.is_none()
    }

    /// The value in a slot; `None` where it is absent, null, or of another type.
    #[inline]
    pub fn get<T: Member>(&self, slot: u16) -> Option<T::Ref<'_>> {
        T::find(Held(self.value(slot)?))
    }

    /// The collection in a slot; empty where it is absent, null, or of another type.
    #[inline]
    pub fn list<T: Member>(&self, slot: u16) -> List<'_, T> {
        match self.value(slot) {
            Some(Value::List(_, items)) => List::new(items),
            _ => List::new(&[]),
        }
    }

    /// The object in a slot.
    #[inline]
    pub fn object(&self, slot: u16) -> Option<&Object> {
        match self.value(slot) {
            Some(Value::Object(_, object)) => Some(object),
            _ => None,
        }
    }

    /// The object in a slot, to be changed.
    pub fn object_mut(&mut self, slot: u16) -> Option<&mut Object> {
        match self.value_mut(slot) {
            Some(Value::Object(_, object)) => Some(object),
            _ => None,
        }
    }

    /// The objects in a slot; none where they are absent.
    ///
    /// An item that is null on the wire, or no object, is one here that [`stands_for`](Self::stands_for) tells of.
    #[inline]
    pub fn objects(&self, slot: u16) -> &[Object] {
        match self.value(slot) {
            Some(Value::Objects(_, objects)) => objects,
            _ => &[],
        }
    }

    /// The objects in a slot, to be changed.
    pub fn objects_mut(&mut self, slot: u16) -> &mut [Object] {
        match self.value_mut(slot) {
            Some(Value::Objects(_, objects)) => objects,
            _ => &mut [],
        }
    }

    /// The objects in a slot, taken out of this one.
    pub fn take_objects(&mut self, slot: u16) -> Vec<Object> {
        match self.members.remove(slot) {
            Some(Value::Objects(_, objects)) => objects.into_vec(),
            _ => Vec::new(),
        }
    }

    /// Puts a value into a slot.
    pub fn set<T: Member>(&mut self, slot: u16, value: T) {
        self.put(slot, value.hold().0);
    }

    /// Puts a collection into a slot.
    pub fn set_list<T: Member>(&mut self, slot: u16, values: impl IntoIterator<Item = T>) {
        let values = values.into_iter().map(|value| value.hold().0);
        self.put(slot, Value::List(NO_SLOT, values.collect()));
    }

    /// Puts an object into a slot.
    pub fn set_object(&mut self, slot: u16, value: Object) {
        self.put(slot, Value::Object(NO_SLOT, Box::new(value)));
    }

    /// Puts objects into a slot.
    pub fn set_objects(&mut self, slot: u16, values: Vec<Object>) {
        self.put(slot, Value::Objects(NO_SLOT, values.into()));
    }

    /// Puts null into a slot.
    pub fn set_null(&mut self, slot: u16) {
        self.put(slot, Value::Null(NO_SLOT));
    }

    /// Makes a member absent.
    pub fn remove(&mut self, slot: u16) {
        self.members.remove(slot);
    }

    /// Whether a member is present, be it null or a value.
    pub fn contains(&self, slot: u16) -> bool {
        self.value(slot).is_some()
    }

    /// Whether a member is present and null.
    pub fn is_null(&self, slot: u16) -> bool {
        matches!(self.value(slot), Some(Value::Null(_)))
    }

    /// The names of the declared members that are present.
    pub fn present(&self) -> impl Iterator<Item = &'static str> {
        self.members().iter().filter_map(|value| self.table.member_name(value.slot()))
    }

    /// The value of a declared member that does not fit its type, and was kept by a lenient reader.
    pub fn mistyped(&self, slot: u16) -> Option<&Json> {
        match self.value(slot) {
            Some(Value::Mistyped(_, json)) => Some(json),
            _ => None,
        }
    }

    /// What this item of a collection is on the wire, where that is no object: null, most likely.
    pub fn stands_for(&self) -> Option<&Json> {
        self.more()?.instead.as_ref()
    }

    /// A member that the type does not declare.
    pub fn unknown(&self, name: &str) -> Option<&Json> {
        self.more()?.unknown(name)
    }

    /// The members that the type does not declare, in the order in which they came.
    pub fn unknown_members(&self) -> impl Iterator<Item = (&str, &Json)> {
        pairs(self.more().map(|more| more.unknown.as_slice()))
    }

    /// Sets a member by its name: one that the type does not declare, or control information.
    ///
    /// Where the type does declare the name, the value goes to that member, so that nothing is written twice.
    pub fn set_unknown(&mut self, name: &str, value: impl Into<Json>) {
        let value = value.into();
        match self.table.declared(name) {
            Some(declared) => self.put(declared.slot, read_value(&value, &declared)),
            None if is_control(name) => self.set_control(name, value),
            None => self.more_mut().set_unknown(name, value),
        }
    }

    /// Takes an undeclared member away.
    pub fn remove_unknown(&mut self, name: &str) {
        self.change_more(|more| more.unknown.retain(|(own, _)| own != name));
    }

    /// Takes those members away that the type does not declare and that are not to stay, all in one pass.
    pub fn retain_unknown(&mut self, mut is_kept: impl FnMut(&str) -> bool) {
        self.change_more(|more| more.unknown.retain(|(name, _)| is_kept(name)));
    }

    /// Takes that control information away that is not to stay, all in one pass.
    pub fn retain_control(&mut self, mut is_kept: impl FnMut(&str) -> bool) {
        self.change_more(|more| more.control.retain(|(name, _)| is_kept(name)));
    }

    /// Control information or an annotation, such as `@odata.type` or `posts@odata.count`.
    ///
    /// The spelling of version 4.01, `@type`, means the same.
    pub fn control(&self, name: &str) -> Option<&Json> {
        self.more()?.control(name)
    }

    /// All control information and annotations, in the order in which they came.
    pub fn control_information(&self) -> impl Iterator<Item = (&str, &Json)> {
        pairs(self.more().map(|more| more.control.as_slice()))
    }

    /// Sets control information or an annotation.
    pub fn set_control(&mut self, name: &str, value: impl Into<Json>) {
        self.more_mut().set_control(name, value.into());
    }

    /// Takes control information away.
    pub fn remove_control(&mut self, name: &str) {
        self.change_more(|more| {
            more.control.retain(|(own, _)| !crate::control::is_same(own, name))
        });
    }

    /// The version of the object, `@odata.etag`.
    pub fn etag(&self) -> Option<Cow<'_, str>> {
        self.control(ETAG)?.as_str()
    }

    /// The type that `@odata.type` names, without `#`; else the name of the table.
    pub fn type_name(&self) -> Cow<'_, str> {
        match self.control(TYPE).and_then(Json::as_str) {
            Some(Cow::Borrowed(name)) => Cow::Borrowed(name.trim_start_matches('#')),
            Some(Cow::Owned(name)) => Cow::Owned(name.trim_start_matches('#').to_owned()),
            None => Cow::Borrowed(self.table.name),
        }
    }

    // What the other modules of the engine work on.

    pub(crate) fn with_parts(
        table: &'static Table,
        members: Members,
        more: Option<Box<More>>,
    ) -> Self {
        Self { table, members, more }
    }

    /// What stands in a collection where an object should.
    pub(crate) fn instead(table: &'static Table, json: Json) -> Self {
        let more = More { instead: Some(json), ..More::default() };
        Self::with_parts(table, Members::None, Some(Box::new(more)))
    }

    /// By slot.
    pub(crate) fn members(&self) -> &[Value] {
        self.members.as_slice()
    }

    pub(crate) fn more(&self) -> Option<&More> {
        self.more.as_deref()
    }

    pub(crate) fn more_mut(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// Changes what is beside the members, and lets go of it where nothing is left.
    fn change_more(&mut self, change: impl FnOnce(&mut More)) {
        if let Some(more) = &mut self.more {
            change(more);
            if more.is_empty() {
                self.more = None;
            }
        }
    }

    #[inline]
    pub(crate) fn value(&self, slot: u16) -> Option<&Value> {
        self.members.get(slot)
    }

    pub(crate) fn value_mut(&mut self, slot: u16) -> Option<&mut Value> {
        self.members.get_mut(slot)
    }

    pub(crate) fn put(&mut self, slot: u16, value: Value) {
        // What was no object becomes one.
        self.change_more(|more| more.instead = None);
        self.members.put(value.at(slot));
    }
}

fn pairs(named: Option<&[(crate::control::Name, Json)]>) -> impl Iterator<Item = (&str, &Json)> {
    named.unwrap_or_default().iter().map(|(name, json)| (&**name, json))
}

// What an object takes in its collection, and what an empty one takes at all.
const _: () = assert!(size_of::<Object>() == 40);
