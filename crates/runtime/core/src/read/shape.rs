//! Shapes: the order in which the last object of a type had its members, so that the next key is expected.
//!
//! Objects of a collection mostly look alike. A key is compared with the one that is expected and with the few
//! after it before the names of the table are searched. Shapes are only ever a guess: a wrong one costs time,
//! within a bound, and changes nothing. Nothing is learned of a type's first object: most bodies have one of each.

use crate::Table;
use crate::scan::Scanner;
use crate::table::Declared;
use crate::value::Value;

/// How many keys after the expected one are tried, as the objects of a collection differ in what they lack.
const AHEAD: usize = 4;

#[derive(Default)]
struct Shape {
    /// Whether this is not the first object.
    is_repeated: bool,
    keys: Vec<Declared>,
    /// The places of the last object's members, in the order of their slots.
    order: Vec<u16>,
}

impl Shape {
    /// Takes the next key if it is one that is expected from `cursor` on, which it then moves.
    #[inline]
    fn expect(&self, scanner: &mut Scanner<'_>, cursor: &mut usize) -> Option<&Declared> {
        let expected = self.keys.get(*cursor..)?;
        for (skipped, declared) in expected.iter().take(AHEAD).enumerate() {
            if scanner.take_key(declared.name) {
                *cursor += skipped + 1;
                return Some(declared);
            }
        }
        None
    }

    /// Remembers a key that was not expected.
    fn learn(&mut self, declared: Declared, cursor: &mut usize, table: &'static Table) {
        // Beyond that the order is too wild for this to help.
        if self.keys.len() < 2 * table.len() + AHEAD {
            self.keys.insert((*cursor).min(self.keys.len()), declared);
            *cursor += 1;
        } else if let Some(place) = self.keys.iter().position(|key| key.slot == declared.slot) {
            *cursor = place + 1;
        }
    }
}

/// The shapes of the types that are being read.
#[derive(Default)]
pub(super) struct Shapes(Vec<(&'static Table, Shape)>);

/// Which shape an object goes by, and how far it has come in it.
#[derive(Clone, Copy)]
pub(super) struct Cursor {
    shape: usize,
    key: usize,
}

impl Shapes {
    /// More types than one body holds, mostly; those beyond have no shape.
    const MOST: usize = 32;

    /// The begin of the shape of a type.
    pub(super) fn start(&mut self, table: &'static Table) -> Cursor {
        let mut known = self.0.iter_mut().zip(0..);
        if let Some(((_, shape), place)) = known.find(|((own, _), _)| std::ptr::eq(*own, table)) {
            shape.is_repeated = true;
            return Cursor { shape: place, key: 0 };
        }
        let shape = self.0.len();
        if shape < Self::MOST {
            if shape == 0 {
                self.0.reserve(8);
            }
            self.0.push((table, Shape::default()));
        }
        Cursor { shape, key: 0 }
    }

    /// Takes the next key if it is expected.
    #[inline]
    pub(super) fn expect(&self, scanner: &mut Scanner<'_>, at: &mut Cursor) -> Option<&Declared> {
        self.0.get(at.shape)?.1.expect(scanner, &mut at.key)
    }

    /// The places of an object's members, in the order of their slots; none where nobody asks for them again.
    pub(super) fn order(&mut self, members: &[Value], at: Cursor) -> Option<Vec<u16>> {
        let (_, shape) = self.0.get_mut(at.shape).filter(|(_, shape)| shape.is_repeated)?;
        if !is_order(&shape.order, members) {
            shape.order = order(members);
        }
        Some(std::mem::take(&mut shape.order))
    }

    /// Gives an order back, for the next object.
    pub(super) fn keep_order(&mut self, order: Vec<u16>, at: Cursor) {
        if let Some((_, shape)) = self.0.get_mut(at.shape) {
            shape.order = order;
        }
    }

    /// Remembers a key that was not expected.
    pub(super) fn learn(&mut self, declared: Declared, at: &mut Cursor) {
        if let Some((table, shape)) = self.0.get_mut(at.shape)
            && shape.is_repeated
        {
            shape.learn(declared, &mut at.key, table);
        }
    }
}

fn slot(members: &[Value], place: u16) -> Option<u16> {
    members.get(usize::from(place)).map(Value::slot)
}

/// No type has so many members that their places are more than a slot can be.
fn order(members: &[Value]) -> Vec<u16> {
    let mut order: Vec<u16> = (0..=u16::MAX).take(members.len()).collect();
    order.sort_unstable_by_key(|place| slot(members, *place));
    order
}

/// Whether this is the order of these members: if so, slots ascend, and no place is left out.
fn is_order(order: &[u16], members: &[Value]) -> bool {
    let mut last = None;
    order.len() == members.len()
        && order.iter().all(|place| {
            let slot = slot(members, *place);
            let ascends = last < slot;
            last = slot;
            ascends
        })
}
