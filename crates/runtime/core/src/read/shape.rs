//! Shapes: the order in which the last object of a type had its members, so that the next key is expected.
//!
//! Objects of a collection mostly look alike. A key is compared with the one that is expected and with the few
//! after it before the names of the table are searched. Shapes are only ever a guess: a wrong one costs time,
//! within a bound, and changes nothing.

use crate::Table;
use crate::scan::Scanner;
use crate::table::Declared;

/// How many keys after the expected one are tried, as the objects of a collection differ in what they lack.
const AHEAD: usize = 4;

#[derive(Default)]
pub(super) struct Shape {
    keys: Vec<Declared>,
    /// The number of members of the last object: what to make room for.
    pub(super) members: usize,
}

impl Shape {
    /// Takes the next key if it is one that is expected from `cursor` on, which it then moves.
    #[inline]
    pub(super) fn expect(&self, scanner: &mut Scanner<'_>, cursor: &mut usize) -> Option<Declared> {
        let expected = self.keys.get(*cursor..)?;
        for (skipped, declared) in expected.iter().take(AHEAD).enumerate() {
            if scanner.take_key(declared.name) {
                *cursor += skipped + 1;
                return Some(*declared);
            }
        }
        None
    }

    /// Remembers a key that was not expected.
    pub(super) fn learn(&mut self, declared: Declared, cursor: &mut usize, table: &'static Table) {
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

impl Shapes {
    /// More types than one body holds, mostly; those beyond have no shape.
    const MOST: usize = 32;

    /// The shape of a type, taken away while an object of it is read.
    pub(super) fn take(&mut self, table: &'static Table) -> Shape {
        self.0
            .iter_mut()
            .find(|(own, _)| std::ptr::eq(*own, table))
            .map(|(_, shape)| std::mem::take(shape))
            .unwrap_or_default()
    }

    pub(super) fn put_back(&mut self, table: &'static Table, shape: Shape) {
        let has_room = self.0.len() < Self::MOST;
        match self.0.iter_mut().find(|(own, _)| std::ptr::eq(*own, table)) {
            Some((_, own)) => *own = shape,
            None if has_room => self.0.push((table, shape)),
            None => {}
        }
    }
}
