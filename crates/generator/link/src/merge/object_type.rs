//! Which type an object of a body is of, and which of its members are declared.
//!
//! In come the members of an object and the type declared for its place; out goes the type that it names,
//! or shows by its members, and the declaration of each member. Holds: the type can stand at its place;
//! what an object says in vain is told once; searches for undeclared members are bounded.

use msgraph_ir::{FindingKind, ItemId, Property, TypeTarget};
use msgraph_source::{JsonMember, catalogue::link as codes};

use super::body::Check;
use super::place::{Step, short};

impl<'a, 'j> Check<'a, 'j> {
    /// The type that an object names, which is `declared` where it names one that cannot stand there;
    /// none where it names none.
    pub(super) fn stated(&mut self, members: &'j [JsonMember], declared: ItemId) -> Option<ItemId> {
        let is_type =
            |member: &&JsonMember| matches!(member.name.as_str(), "@odata.type" | "@type");
        let stated = members.iter().rev().find(is_type)?;
        let text = stated.value.as_str().unwrap_or_default();
        let name = text.strip_prefix('#').unwrap_or(text);
        let (api, what) = (self.api, self.what);
        let written = short(name);
        let wrong = |message| (FindingKind::TypeName, codes::TYPE_NAME, message);
        let (id, found) = match self.model.types.find(name) {
            Some(TypeTarget::Item(id)) if api.is_or_derives_from(id, declared) => {
                let full = api.items[id].name.to_string();
                let found = if full == name && text.starts_with('#') {
                    return Some(id);
                } else if full == name {
                    let message = format!("the {what} writes the type `{full}` without `#`");
                    (FindingKind::TypeWithoutHash, codes::TYPE_WITHOUT_HASH, message)
                } else if full.eq_ignore_ascii_case(name) {
                    let message = format!("the {what} spells the type `{full}` as `{written}`");
                    (FindingKind::TypeCase, codes::SPELLING, message)
                } else {
                    wrong(format!("the {what} has `{written}` for the type `{full}`"))
                };
                (id, found)
            }
            Some(_) => {
                let here = &api.items[declared].name;
                (declared, wrong(format!("the {what} has `{written}` where `{here}` stands")))
            }
            None => {
                let message =
                    format!("the {what} names the type `{written}`, which is not declared");
                (declared, wrong(message))
            }
        };
        let (kind, code, message) = found;
        self.declaration = api.items[declared].span;
        self.at(Step::Member(&stated.name), |check| {
            check.add(kind, code, stated.value.span, message);
        });
        Some(id)
    }

    /// The type that an object without `@odata.type` shows by its members: a derived one where one has
    /// members that `declared` does not have. That is told once, at the first of them.
    pub(super) fn shown(&mut self, members: &'j [JsonMember], declared: ItemId) -> ItemId {
        let api = self.api;
        let mut others = Vec::new();
        for (member, name) in members.iter().filter_map(|m| Some((m, named(m)?.0))) {
            if api.property_of(declared, name).is_none() && self.search() {
                others.push((member, name));
            }
        }
        let names: Vec<&str> = others.iter().map(|(_, name)| *name).collect();
        let Some((derived, is_only)) = self.model.members.best_derived(declared, &names) else {
            return declared;
        };
        let first = others.iter().find_map(|&(member, name)| {
            let (owner, index) = api.property_of(derived, name)?;
            Some((member, name, api.property(owner, index)?))
        });
        if let Some((member, name, property)) = first {
            self.declaration = property.span;
            let type_name = &api.items[derived].name;
            let of = if is_only { "of" } else { "of derived types such as" };
            let message = format!(
                "the {} has the member `{name}` {of} `{type_name}` in an object without `@odata.type`",
                self.what
            );
            self.at(Step::Member(&member.name), |check| {
                let kind = FindingKind::DerivedMember;
                check.add(kind, codes::DERIVED_MEMBER, member.name_span, message);
            });
        }
        derived
    }

    /// The member `name` of `id`, and whether it is spelled exactly so.
    pub(super) fn member(&mut self, id: ItemId, name: &str) -> Option<(&'a Property, bool)> {
        let api = self.api;
        if let Some((owner, index)) = api.property_of(id, name) {
            return Some((api.property(owner, index)?, true));
        }
        if !self.search() {
            return None;
        }
        let in_other_case = api.ancestry(id).find_map(|owner| {
            let properties = &api.items[owner].structured()?.properties;
            properties.iter().find(|p| p.name.as_str().eq_ignore_ascii_case(name))
        });
        Some((in_other_case?, false))
    }

    /// Whether one more undeclared member may be looked for elsewhere.
    fn search(&mut self) -> bool {
        let may = self.searches > 0;
        self.searches = self.searches.saturating_sub(1);
        may
    }
}

/// The name that a member has in the model, and whether it is bound with `@odata.bind`; none for other
/// annotations.
pub(super) fn named(member: &JsonMember) -> Option<(&str, bool)> {
    match member.name.split_once('@') {
        Some((name, "odata.bind")) if !name.is_empty() => Some((name, true)),
        Some(_) => None,
        None => Some((&member.name, false)),
    }
}
