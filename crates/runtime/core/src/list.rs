//! A collection of values that are no objects, as a getter gives it.

use crate::Member;
use crate::member::Held;
use crate::value::Value;
use std::fmt;
use std::marker::PhantomData;

/// The items of a collection; empty where the member is absent.
pub struct List<'a, T> {
    items: &'a [Value],
    member: PhantomData<fn() -> T>,
}

impl<'a, T: Member> List<'a, T> {
    pub(crate) fn new(items: &'a [Value]) -> Self {
        Self { items, member: PhantomData }
    }

    /// The number of items, those that are null included.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The item at this place; `None` where it is null as well.
    pub fn get(&self, index: usize) -> Option<T::Ref<'a>> {
        item::<T>(self.items.get(index)?)
    }

    /// The items that are not null.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = T::Ref<'a>> + use<'a, T> {
        self.items.iter().filter_map(item::<T>)
    }

    /// The items in their places, `None` for one that is null.
    pub fn iter_nullable(
        &self,
    ) -> impl DoubleEndedIterator<Item = Option<T::Ref<'a>>> + ExactSizeIterator + use<'a, T> {
        self.items.iter().map(item::<T>)
    }
}

fn item<T: Member>(value: &Value) -> Option<T::Ref<'_>> {
    T::find(Held(value))
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<'a, T: Member> IntoIterator for List<'a, T> {
    type Item = T::Ref<'a>;
    type IntoIter = Items<'a, T>;

    fn into_iter(self) -> Items<'a, T> {
        Items { items: self.items.iter(), member: PhantomData }
    }
}

/// The items of a [`List`] that are not null.
pub struct Items<'a, T> {
    items: std::slice::Iter<'a, Value>,
    member: PhantomData<fn() -> T>,
}

impl<'a, T: Member> Iterator for Items<'a, T> {
    type Item = T::Ref<'a>;

    fn next(&mut self) -> Option<T::Ref<'a>> {
        self.items.find_map(item::<T>)
    }
}

impl<'a, T: Member> fmt::Debug for List<'a, T>
where
    T::Ref<'a>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter_nullable()).finish()
    }
}

/// Equal to what holds the same items, none of them null: `list == ["a", "b"]`.
impl<'a, T: Member, U, const N: usize> PartialEq<[U; N]> for List<'a, T>
where
    T::Ref<'a>: PartialEq<U>,
{
    fn eq(&self, other: &[U; N]) -> bool {
        self.len() == N
            && self
                .iter_nullable()
                .zip(other)
                .all(|(item, other)| item.is_some_and(|item| item == *other))
    }
}
