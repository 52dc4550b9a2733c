//! The slots that an object under way has filled, so that a member that comes twice is known at once.
//!
//! Looking for it among the members would be quadratic, as they are put into order only when the object ends.

/// The slots of the members that an object has so far, a bit for each.
#[derive(Default)]
pub(super) struct Seen {
    first: [u64; 4],
    /// Few types have more members than that.
    more: Vec<u64>,
}

impl Seen {
    /// Adds a slot; `true` where it was there.
    #[inline]
    pub(super) fn insert(&mut self, slot: u16) -> bool {
        let (word, bit) = (usize::from(slot / 64), 1 << (slot % 64));
        if let Some(bits) = self.first.get_mut(word) {
            let was = *bits & bit != 0;
            *bits |= bit;
            return was;
        }
        self.insert_beyond(word - self.first.len(), bit)
    }

    #[cold]
    fn insert_beyond(&mut self, word: usize, bit: u64) -> bool {
        if self.more.len() <= word {
            self.more.resize(word + 1, 0);
        }
        self.more.get_mut(word).is_some_and(|bits| {
            let was = *bits & bit != 0;
            *bits |= bit;
            was
        })
    }
}
