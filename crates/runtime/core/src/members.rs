//! The members of an object that are present, in the order of their slots.
//!
//! One member stands in place, since objects of one member are common (a recipient has its address, a flag its
//! status); several stand in one allocation without spare room. Reading knows how many there are before it makes
//! it; a setter that adds a member pays for making it anew, which costs less than keeping room in every object.

use crate::value::{NO_SLOT, Value};

#[derive(Clone, Default)]
pub(crate) enum Members {
    #[default]
    None,
    One(Value),
    Many(Box<[Value]>),
}

impl Members {
    /// Takes the members from `mark` on, which are in order, off a stack.
    #[inline]
    pub(crate) fn take(stack: &mut Vec<Value>, mark: usize) -> Self {
        match stack.len().saturating_sub(mark) {
            0 => Self::None,
            1 => stack.pop().map_or(Self::None, Self::One),
            // Room for just these, copied at once.
            _ => Self::Many(stack.split_off(mark).into()),
        }
    }

    /// Takes the members from `mark` on off a stack, in the order of their places that is given.
    pub(crate) fn take_ordered(stack: &mut Vec<Value>, mark: usize, order: &[u16]) -> Self {
        if order.len() < 2 {
            return Self::take(stack, mark);
        }
        let own = stack.get_mut(mark..).unwrap_or_default();
        let mut take = |place: &u16| {
            let value = own.get_mut(usize::from(*place));
            value.map_or(Value::Null(NO_SLOT), |value| {
                std::mem::replace(value, Value::Null(NO_SLOT))
            })
        };
        let members = order.iter().map(&mut take).collect();
        stack.truncate(mark);
        Self::Many(members)
    }

    #[inline]
    pub(crate) fn as_slice(&self) -> &[Value] {
        match self {
            Self::None => &[],
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }

    #[inline]
    pub(crate) fn get(&self, slot: u16) -> Option<&Value> {
        let members = self.as_slice();
        members.get(place(members, slot).ok()?)
    }

    pub(crate) fn get_mut(&mut self, slot: u16) -> Option<&mut Value> {
        match self {
            Self::None => None,
            Self::One(value) => Some(value).filter(|value| value.slot() == slot),
            Self::Many(values) => {
                let place = place(values, slot).ok()?;
                values.get_mut(place)
            }
        }
    }

    /// Puts a value into its slot, in the place of what was there.
    pub(crate) fn put(&mut self, value: Value) {
        if let Some(own) = self.get_mut(value.slot()) {
            *own = value;
            return;
        }
        *self = match std::mem::take(self) {
            Self::None => Self::One(value),
            Self::One(own) if own.slot() < value.slot() => Self::Many(Box::new([own, value])),
            Self::One(own) => Self::Many(Box::new([value, own])),
            Self::Many(values) => {
                let place = values.partition_point(|own| own.slot() < value.slot());
                // Made anew, which costs less than making what is there longer.
                let mut more = Vec::with_capacity(values.len() + 1);
                let mut values = values.into_iter();
                more.extend(values.by_ref().take(place));
                more.push(value);
                more.extend(values);
                Self::Many(more.into())
            }
        };
    }

    /// Takes the value out of a slot.
    pub(crate) fn remove(&mut self, slot: u16) -> Option<Value> {
        let place = place(self.as_slice(), slot).ok()?;
        let mut removed = None;
        self.change(|values| removed = Some(values.remove(place)));
        removed
    }

    fn change(&mut self, change: impl FnOnce(&mut Vec<Value>)) {
        let mut values = match std::mem::take(self) {
            Self::None => Vec::new(),
            Self::One(value) => vec![value],
            Self::Many(values) => values.into_vec(),
        };
        change(&mut values);
        *self = match values.len() {
            0 | 1 => values.pop().map_or(Self::None, Self::One),
            _ => Self::Many(values.into()),
        };
    }
}

#[inline]
fn place(members: &[Value], slot: u16) -> Result<usize, usize> {
    members.binary_search_by_key(&slot, Value::slot)
}

// Members take no more room in place than a value does.
const _: () = assert!(size_of::<Members>() == 24);
