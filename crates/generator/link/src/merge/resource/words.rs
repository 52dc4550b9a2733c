//! The words of resource pages, laid onto what they speak of.
//!
//! In come texts with the places that they are about; out go descriptions. Holds: the words of the
//! documents are taken before those of the metadata, which stay as overruled; of several pages the
//! first in the order of their names counts.

use msgraph_docs::Text;
use msgraph_ir::{Api, BoundId, Fact, InheritedMember, ItemId, ItemKind, Prose, Source};

/// What a text is about.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// A type.
    Item(ItemId),
    /// A member that its type declares.
    Member(ItemId, usize),
    /// A member that the type `on` inherits.
    Inherited { on: ItemId, owner: ItemId, index: usize },
    /// A member of an enumeration.
    EnumMember(ItemId, usize),
    /// A parameter of an action or a function.
    Parameter(BoundId, usize),
}

/// A text and what it is about.
pub(crate) struct Words<'p> {
    /// What it is about.
    pub(crate) place: Place,
    /// The text.
    pub(crate) text: &'p Text,
}

impl Words<'_> {
    /// Lays the words onto `api`.
    pub(crate) fn lay(&self, api: &mut Api) {
        let words = self.text.value.trim();
        if words.is_empty() {
            return;
        }
        let mut prose = Fact::new(words.to_owned(), Source::Documents, self.text.span);
        let Some(slot) = slot(api, self.place) else {
            if let Place::Inherited { on, owner, index } = self.place {
                inherited(api, on, InheritedMember { owner, index, description: prose });
            }
            return;
        };
        match slot {
            Some(kept) if kept.said_by == Source::Documents => return,
            Some(kept) => {
                prose.overruled.push((kept.said_by, kept.span, std::mem::take(&mut kept.value)));
            }
            None => {}
        }
        *slot = Some(prose);
    }
}

fn slot(api: &mut Api, place: Place) -> Option<&mut Option<Prose>> {
    match place {
        Place::Item(id) => Some(&mut api.items[id].description),
        Place::Member(owner, index) => {
            let properties = &mut api.items[owner].structured_mut()?.properties;
            Some(&mut properties.get_mut(index)?.description)
        }
        Place::EnumMember(id, index) => match &mut api.items[id].kind {
            ItemKind::Enumeration(enumeration) => {
                Some(&mut enumeration.members.get_mut(index)?.description)
            }
            _ => None,
        },
        Place::Parameter(id, index) => {
            Some(&mut api.bound[id].parameters.get_mut(index)?.description)
        }
        Place::Inherited { .. } => None,
    }
}

fn inherited(api: &mut Api, on: ItemId, member: InheritedMember) {
    let Some(structured) = api.items[on].structured_mut() else {
        return;
    };
    let is_known =
        structured.inherited.iter().any(|m| (m.owner, m.index) == (member.owner, member.index));
    if !is_known {
        structured.inherited.push(member);
    }
}
