//! The step of a member, an operation or a cast from one instance.
//!
//! In comes where the walk stands and a segment; out goes the walk behind it, or the names that the
//! segment may have meant. Holds: members go before operations, operations before casts, all of them
//! before members in other case, and those before members of derived types.

use msgraph_ir::{ItemId, PathStep, PropertyRole, Site, TypeRef, TypeTarget};
use msgraph_source::{closest, nearest};

use super::index::lower;
use super::keys::KeyForm;
use super::segments::Segment;
use super::walk::{Resolver, Walk};
use super::{Ending, Leniency, ResolvedPath, UrlError, UrlErrorKind};

/// Longer texts resemble no name.
const LONGEST_NAME: usize = 128;

impl Resolver<'_> {
    /// Takes the step from one instance of `id`.
    pub(super) fn in_instance<'u>(
        &self,
        walk: &mut Walk<'u>,
        segment: &Segment<'u>,
        id: ItemId,
    ) -> Result<(), UrlError> {
        let (name, in_parentheses) = segment.call();
        let name = &*self.index.meant(name);
        let at = TypeRef { target: TypeTarget::Item(id), is_collection: false, is_nullable: false };
        if segment.is_placeholder() {
            return match self.common_member(id) {
                Some(property) => {
                    walk.member_placeholder = walk.member_placeholder.or(Some(walk.steps.len()));
                    walk.lenient(Leniency::MemberPlaceholder { written: segment.text.to_owned() });
                    self.property(walk, segment, property, None)
                }
                None => Err(self.error(walk, segment, UrlErrorKind::MemberPlaceholder, Vec::new())),
            };
        }
        let in_any_case = self.property_in_any_case(id, name);
        if let Some((owner, at)) = in_any_case
            && self.api.property(owner, at).is_some_and(|p| p.name.as_str() == name)
        {
            return self.property(walk, segment, (owner, at), in_parentheses);
        }
        if self.operation(walk, name, in_parentheses, at) {
            return Ok(());
        }
        if self.cast(walk, name, id) {
            return Ok(());
        }
        if let Some((owner, at)) = in_any_case {
            if let Some(property) = self.api.property(owner, at) {
                walk.other_case(name, property.name.as_str());
            }
            return self.property(walk, segment, (owner, at), in_parentheses);
        }
        if let Some(taken) = self.of_derived(walk, segment, name, in_parentheses, id) {
            return taken;
        }
        if self.of_collection(walk, name, in_parentheses, id) {
            return Ok(());
        }
        let names = self.names(id);
        let near = |name: &str| match name.len() {
            0..=LONGEST_NAME => nearest(name, names.iter().copied(), 3),
            _ => Vec::new(),
        };
        let near: Vec<String> = near(name).into_iter().map(str::to_owned).collect();
        let note = closest(name, names.iter().copied())
            .filter(|_| near.is_empty() && name.len() <= LONGEST_NAME)
            .map(|name| format!("of its members, `{name}` is nearest in spelling"));
        Err(UrlError { note, ..self.error(walk, segment, UrlErrorKind::Member, near) })
    }

    /// Takes the step of a property, and of the key in parentheses behind it.
    pub(super) fn property<'u>(
        &self,
        walk: &mut Walk<'u>,
        segment: &Segment<'u>,
        (owner, index): (ItemId, usize),
        in_parentheses: Option<&'u str>,
    ) -> Result<(), UrlError> {
        walk.steps.push(PathStep::Property { owner, index });
        walk.site = Some(Site::Property { owner, index });
        walk.on_item = false;
        walk.ending = Ending::Plain;
        walk.at = self.api.property(owner, index).map(|property| property.type_ref);
        self.key_behind(walk, segment, in_parentheses)
    }

    /// Takes the step of a key in parentheses behind a name; empty ones mean nothing.
    pub(super) fn key_behind<'u>(
        &self,
        walk: &mut Walk<'u>,
        segment: &Segment<'u>,
        in_parentheses: Option<&'u str>,
    ) -> Result<(), UrlError> {
        let Some(key) = in_parentheses.filter(|key| !key.trim().is_empty()) else {
            return Ok(());
        };
        match walk.at {
            Some(TypeRef { target: TypeTarget::Item(id), is_collection: true, .. })
                if self.api.items[id].is_entity() =>
            {
                self.key(walk, key, KeyForm::Parentheses)
                    .map_err(|names| self.key_error(walk, segment, id, &names))
            }
            _ => {
                walk.last = segment.call().0;
                let key = Segment { text: key, range: segment.range.clone() };
                Err(self.error(walk, &key, UrlErrorKind::NothingFollows, Vec::new()))
            }
        }
    }

    /// That `id` has no properties `names` to be addressed by.
    pub(super) fn key_error(
        &self,
        walk: &Walk<'_>,
        segment: &Segment<'_>,
        id: ItemId,
        names: &[String],
    ) -> UrlError {
        let unknown = names.first().map_or("", String::as_str);
        let properties = self
            .api
            .ancestry(id)
            .filter_map(|id| self.api.items[id].structured())
            .flat_map(|structured| &structured.properties)
            .map(|property| property.name.as_str());
        let near = match unknown.len() {
            0..=LONGEST_NAME => nearest(unknown, properties, 3),
            _ => Vec::new(),
        };
        let near = near.into_iter().map(str::to_owned).collect();
        let key = Segment { text: unknown, range: segment.range.clone() };
        self.error(walk, &key, UrlErrorKind::KeyProperty, near)
    }

    /// The property `name` of `id` or a base type: the one spelled so, or else one in other case.
    pub(super) fn property_in_any_case(&self, id: ItemId, name: &str) -> Option<(ItemId, usize)> {
        let lower = lower(name);
        let found = || {
            self.api.ancestry(id).flat_map(|owner| {
                let declared = self.index.declared(owner, &lower);
                let properties = declared.map_or(&[][..], |declared| &declared.properties);
                properties.iter().map(move |&at| (owner, at))
            })
        };
        let is_exact = |&(owner, at): &(ItemId, usize)| {
            self.api.property(owner, at).is_some_and(|p| p.name.as_str() == name)
        };
        found().find(is_exact).or_else(|| found().next())
    }

    /// The first of the members that a placeholder may stand for.
    fn common_member(&self, id: ItemId) -> Option<(ItemId, usize)> {
        self.common_members(id).first().copied()
    }

    /// The members that a placeholder may stand for, where there are several and all of them have one
    /// type. The key is not among them.
    fn common_members(&self, id: ItemId) -> Vec<(ItemId, usize)> {
        let mut members: Vec<(ItemId, usize)> = Vec::new();
        let mut common: Option<TypeRef> = None;
        for owner in self.api.ancestry(id) {
            let structured = self.api.items[owner].structured();
            for (at, property) in structured.iter().flat_map(|s| &s.properties).enumerate() {
                let is_key = matches!(property.role, PropertyRole::Structural)
                    && self.is_key(id, property.name.as_str());
                if is_key {
                    continue;
                }
                let here = TypeRef { is_nullable: true, ..property.type_ref };
                if common.is_some_and(|known| known != here) {
                    return Vec::new();
                }
                common = Some(here);
                members.push((owner, at));
            }
        }
        if members.len() > 1 { members } else { Vec::new() }
    }

    /// The paths that `path` stands for: one for each member that its placeholder means, or itself.
    pub(crate) fn each(&self, path: &ResolvedPath) -> Vec<ResolvedPath> {
        let Some(at) = path.member_placeholder else {
            return vec![path.clone()];
        };
        let Some(PathStep::Property { owner, .. }) = path.steps.get(at) else {
            return vec![path.clone()];
        };
        let members = self.common_members(*owner);
        let is_site = path.steps.get(at + 1..).is_some_and(<[_]>::is_empty);
        let of_member = |(owner, index): (ItemId, usize)| {
            let mut one = path.clone();
            if let Some(step) = one.steps.get_mut(at) {
                *step = PathStep::Property { owner, index };
            }
            if is_site {
                one.site = Site::Property { owner, index };
            }
            one
        };
        members.into_iter().map(of_member).collect()
    }

    /// Takes the step of a member of, or an operation bound to, a type derived from `id`, without a
    /// cast.
    fn of_derived<'u>(
        &self,
        walk: &mut Walk<'u>,
        segment: &Segment<'u>,
        name: &str,
        in_parentheses: Option<&'u str>,
        id: ItemId,
    ) -> Option<Result<(), UrlError>> {
        let (namespace, simple) = match name.rsplit_once('.') {
            Some((_, simple)) => (true, simple),
            None => (false, name),
        };
        let simple = lower(simple);
        for derived in self.index.derived_owners(id, &simple) {
            let at = TypeRef {
                target: TypeTarget::Item(derived),
                is_collection: false,
                is_nullable: false,
            };
            let declared = self.index.declared(derived, &simple)?;
            let taken = match declared.properties.first() {
                Some(&index) if !namespace => {
                    if let Some(property) = self.api.property(derived, index) {
                        walk.other_case(name, property.name.as_str());
                    }
                    Some(self.property(walk, segment, (derived, index), in_parentheses))
                }
                _ => self.operation(walk, name, in_parentheses, at).then_some(Ok(())),
            };
            if taken.is_some() {
                let others = self.index.derived_owners(id, &simple).filter(|&of| of != derived);
                let owners = std::iter::once(derived)
                    .chain(others)
                    .take(4)
                    .map(|owner| self.api.items[owner].name.to_string())
                    .collect();
                walk.lenient(Leniency::WithoutCast { name: name.to_owned(), owners });
                return taken;
            }
        }
        None
    }

    /// Takes the step of an operation that is bound to the collection behind which a key was given.
    fn of_collection(
        &self,
        walk: &mut Walk<'_>,
        name: &str,
        in_parentheses: Option<&str>,
        id: ItemId,
    ) -> bool {
        let at = TypeRef { target: TypeTarget::Item(id), is_collection: true, is_nullable: false };
        if !matches!(walk.steps.last(), Some(PathStep::Key { .. })) {
            return false;
        }
        let value = walk.values.len().checked_sub(1);
        let key = walk.steps.pop();
        if !self.operation(walk, name, in_parentheses, at) {
            walk.steps.extend(key);
            return false;
        }
        // The call may have pushed the values of its arguments behind that of the key.
        if let Some(at) = value {
            walk.values.remove(at);
        }
        let operation = name.rsplit('.').next().unwrap_or(name).to_owned();
        walk.lenient(Leniency::KeyTooMany { operation });
        true
    }

    /// Takes the step of a cast to `id` or a type derived from it.
    pub(super) fn cast(&self, walk: &mut Walk<'_>, name: &str, id: ItemId) -> bool {
        let Some((namespace, simple)) = name.rsplit_once('.') else {
            return false;
        };
        let full = lower(&format!("{}.{simple}", self.index.namespace(namespace)));
        let types = self.index.types_named(&full);
        let Some(&to) = types.iter().find(|&&to| self.index.is_within(to, id)) else {
            return false;
        };
        walk.other_case(simple, self.api.items[to].name.name.as_str());
        walk.steps.push(PathStep::Cast(to));
        walk.ending = Ending::Cast(to);
        if let Some(at) = &mut walk.at {
            at.target = TypeTarget::Item(to);
        }
        true
    }

    /// What to say of the operation of collections of `id` that is nearest to `name`.
    pub(super) fn operation_nearest_to(&self, name: &str, id: ItemId) -> Option<String> {
        let owners = self.api.ancestry(id);
        let declared = owners.flat_map(|owner| self.index.all_declared(owner));
        let bound = declared.flat_map(|declared| &declared.on_collection);
        let near = closest(name, bound.map(|&id| self.api.bound[id].name.name.as_str()))?;
        Some(format!("of the operations of the collection, `{near}` is nearest in spelling"))
    }

    /// The names of what can follow an instance of `id`.
    fn names(&self, id: ItemId) -> Vec<&str> {
        let mut names = Vec::new();
        for owner in self.api.ancestry(id) {
            for declared in self.index.all_declared(owner) {
                let properties =
                    declared.properties.iter().filter_map(|&at| self.api.property(owner, at));
                names.extend(properties.map(|property| property.name.as_str()));
                let bound = declared.on_instance.iter().map(|&id| &self.api.bound[id]);
                names.extend(bound.map(|bound| bound.name.name.as_str()));
            }
        }
        names
    }
}
