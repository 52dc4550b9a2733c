//! The walk along a URL's segments through the model.
//!
//! In comes the linked model and a URL; out goes a [`ResolvedPath`] or the first segment that means
//! nothing, with what the walk stood on and the nearest names. Holds: the walk looks at each segment
//! once, and every leniency it needed is told.

use std::collections::BTreeMap;

use msgraph_ir::{Api, BoundId, ItemId, PathStep, RootKind, Site, TypeRef, TypeTarget};
use msgraph_source::nearest;

use super::segments::{arguments, bare};
use super::{Ending, ResolvedPath, Segment, Url, UrlError, UrlErrorKind};

/// Finds what URLs mean in one model.
#[derive(Debug)]
pub struct Resolver<'a> {
    pub(super) api: &'a Api,
    /// Bound operations by name in lower case.
    pub(super) bound: BTreeMap<String, Vec<BoundId>>,
    /// Namespaces by their aliases.
    pub(super) aliases: BTreeMap<&'a str, &'a str>,
}

/// Where the walk stands.
pub(super) struct Walk<'u> {
    pub(super) steps: Vec<PathStep>,
    pub(super) site: Option<Site>,
    pub(super) on_item: bool,
    pub(super) ending: Ending,
    /// What stands here; none at the service root and behind what returns nothing.
    pub(super) at: Option<TypeRef>,
    pub(super) values: Vec<String>,
    pub(super) is_path_addressed: bool,
    pub(super) has_alternate_key: bool,
    pub(super) leniencies: Vec<String>,
    /// The segment last walked, for messages.
    pub(super) last: &'u str,
}

impl<'a> Resolver<'a> {
    /// A resolver for `api`.
    pub fn new(api: &'a Api) -> Self {
        let mut bound: BTreeMap<String, Vec<BoundId>> = BTreeMap::new();
        for (id, operation) in api.bound.iter() {
            if operation.binding.is_some() {
                let name = operation.name.name.as_str().to_ascii_lowercase();
                bound.entry(name).or_default().push(id);
            }
        }
        let aliases = api
            .namespaces
            .iter()
            .filter_map(|namespace| {
                Some((namespace.alias.as_ref()?.as_str(), namespace.name.as_str()))
            })
            .collect();
        Self { api, bound, aliases }
    }

    /// What `url` means: a template or an example, absolute or not.
    ///
    /// # Errors
    /// The first segment that means nothing.
    pub fn resolve(&self, url: &str) -> Result<ResolvedPath, UrlError> {
        let parsed = Url::new(url);
        if let Some((host, range)) = parsed.foreign_host {
            return Err(UrlError {
                kind: UrlErrorKind::ForeignHost,
                segment: host.to_owned(),
                range,
                standing_on: String::new(),
                nearest: Vec::new(),
            });
        }
        let mut walk = Walk {
            steps: Vec::new(),
            site: None,
            on_item: false,
            ending: Ending::Plain,
            at: None,
            values: Vec::new(),
            is_path_addressed: false,
            has_alternate_key: false,
            leniencies: Vec::new(),
            last: "",
        };
        let mut segments = parsed.segments.iter().peekable();
        while let Some(segment) = segments.next() {
            let addressed = self.addressed(segment, &walk);
            self.step(&mut walk, addressed.as_ref().unwrap_or(segment))?;
            walk.last = segment.text;
            if addressed.is_some() && segments.peek().is_some() {
                walk.is_path_addressed = true;
                for within in segments.by_ref() {
                    walk.values.push(within.text.trim_end_matches(':').to_owned());
                    if within.text.ends_with(':') {
                        break;
                    }
                }
                walk.on_item = true;
            }
        }
        let Some(site) = walk.site else {
            return Err(UrlError {
                kind: UrlErrorKind::Empty,
                segment: String::new(),
                range: 0..url.len(),
                standing_on: "the service root".to_owned(),
                nearest: Vec::new(),
            });
        };
        Ok(ResolvedPath {
            steps: walk.steps,
            site,
            on_item: walk.on_item,
            ending: walk.ending,
            type_ref: walk.at,
            values: walk.values,
            version: parsed.version.map(str::to_ascii_lowercase),
            is_path_addressed: walk.is_path_addressed,
            has_alternate_key: walk.has_alternate_key,
            leniencies: walk.leniencies,
        })
    }

    /// `root:` or `{id}:`, behind which a path to the item follows: the segment without the colon.
    fn addressed<'u>(&self, segment: &Segment<'u>, walk: &Walk<'_>) -> Option<Segment<'u>> {
        let text = segment.text.strip_suffix(':')?;
        walk.site?;
        (!text.is_empty()).then(|| Segment {
            text,
            range: segment.range.start..segment.range.end.saturating_sub(1),
        })
    }

    fn step<'u>(&self, walk: &mut Walk<'u>, segment: &Segment<'u>) -> Result<(), UrlError> {
        if segment.is_elided() {
            return Err(self.error(walk, segment, UrlErrorKind::Elided, Vec::new()));
        }
        if walk.site.is_none() {
            return self.root(walk, segment);
        }
        if matches!(walk.ending, Ending::Count | Ending::Value | Ending::Ref) {
            return Err(self.error(walk, segment, UrlErrorKind::NothingFollows, Vec::new()));
        }
        let ending = match segment.text {
            "$count" => Some((PathStep::Count, Ending::Count)),
            "$value" => Some((PathStep::Value, Ending::Value)),
            "$ref" => Some((PathStep::Ref, Ending::Ref)),
            _ => None,
        };
        if let Some((step, ending)) = ending {
            walk.steps.push(step);
            walk.ending = ending;
            return Ok(());
        }
        match walk.at {
            Some(at) if at.is_collection => self.in_collection(walk, segment, at),
            Some(TypeRef { target: TypeTarget::Item(id), .. })
                if self.api.items[id].structured().is_some() =>
            {
                self.in_instance(walk, segment, id)
            }
            _ => Err(self.error(walk, segment, UrlErrorKind::NothingFollows, Vec::new())),
        }
    }

    fn root(&self, walk: &mut Walk<'_>, segment: &Segment<'_>) -> Result<(), UrlError> {
        let (name, in_parentheses) = segment.call();
        let container = &self.api.container;
        let roots = container.roots.iter().map(|root| root.name.as_str());
        if let Some((index, exact)) = find(roots.clone(), name) {
            if let (false, Some(root)) = (exact, container.roots.get(index)) {
                walk.leniencies.push(format!("`{name}` is spelled `{}`", root.name));
            }
            walk.steps.push(PathStep::Root(index));
            walk.site = Some(Site::Root(index));
            if let Some(root) = container.roots.get(index) {
                walk.at = Some(TypeRef {
                    target: TypeTarget::Item(root.target),
                    is_collection: root.kind == RootKind::EntitySet,
                    is_nullable: false,
                });
            }
            return match in_parentheses {
                Some(key) if !key.trim().is_empty() => {
                    self.key(walk, key);
                    Ok(())
                }
                _ => Ok(()),
            };
        }
        let imports = container.imports.iter().map(|import| import.name.as_str());
        if let Some((index, _)) = find(imports.clone(), name)
            && let Some(import) = container.imports.get(index)
        {
            let arguments = arguments(in_parentheses.unwrap_or_default());
            // Overloads of a function share the import's name.
            let overloads: Vec<BoundId> = self
                .api
                .bound
                .iter()
                .filter(|(_, bound)| {
                    bound.binding.is_none() && bound.name == self.api.bound[import.operation].name
                })
                .map(|(id, _)| id)
                .collect();
            if let Some(id) = self.overload(&overloads, &arguments, in_parentheses.is_some()) {
                self.call(walk, id, &arguments);
                return Ok(());
            }
        }
        let near = nearest(name, roots.chain(imports), 3);
        let near = near.into_iter().map(str::to_owned).collect();
        Err(self.error(walk, segment, UrlErrorKind::Root, near))
    }

    fn in_collection(
        &self,
        walk: &mut Walk<'_>,
        segment: &Segment<'_>,
        at: TypeRef,
    ) -> Result<(), UrlError> {
        let (name, in_parentheses) = segment.call();
        let element = match at.target {
            TypeTarget::Item(id) if self.api.items[id].structured().is_some() => Some(id),
            _ => None,
        };
        if !segment.is_placeholder() {
            if self.operation(walk, name, in_parentheses, at) {
                return Ok(());
            }
            if let Some(id) = element
                && self.cast(walk, name, id)
            {
                return match in_parentheses {
                    Some(key) => {
                        self.key(walk, key);
                        Ok(())
                    }
                    None => Ok(()),
                };
            }
        }
        let is_entity = element.is_some_and(|id| self.api.items[id].is_entity());
        if !is_entity {
            return Err(self.error(walk, segment, UrlErrorKind::NothingFollows, Vec::new()));
        }
        match (name, in_parentheses) {
            ("", Some(key)) => self.key(walk, key),
            _ => self.key(walk, segment.text),
        }
        Ok(())
    }

    fn in_instance(
        &self,
        walk: &mut Walk<'_>,
        segment: &Segment<'_>,
        id: ItemId,
    ) -> Result<(), UrlError> {
        let (name, in_parentheses) = segment.call();
        let at = TypeRef { target: TypeTarget::Item(id), is_collection: false, is_nullable: false };
        if !segment.is_placeholder() {
            if let Some(property) = self.api.property_of(id, name) {
                self.property(walk, property, in_parentheses);
                return Ok(());
            }
            if self.operation(walk, name, in_parentheses, at) || self.cast(walk, name, id) {
                return Ok(());
            }
            if let Some(property) = self.property_in_any_case(id, name) {
                if let Some(property) = self.api.property(property.0, property.1) {
                    walk.leniencies.push(format!("`{name}` is spelled `{}`", property.name));
                }
                self.property(walk, property, in_parentheses);
                return Ok(());
            }
            if self.of_derived(walk, name, in_parentheses, id) {
                return Ok(());
            }
        }
        let near = nearest(name, self.members(id), 3).into_iter().map(str::to_owned).collect();
        Err(self.error(walk, segment, UrlErrorKind::Member, near))
    }

    fn property(
        &self,
        walk: &mut Walk<'_>,
        (owner, index): (ItemId, usize),
        in_parentheses: Option<&str>,
    ) {
        walk.steps.push(PathStep::Property { owner, index });
        walk.site = Some(Site::Property { owner, index });
        walk.on_item = false;
        walk.ending = Ending::Plain;
        walk.at = self.api.property(owner, index).map(|property| property.type_ref);
        if let Some(key) = in_parentheses
            && !key.trim().is_empty()
        {
            self.key(walk, key);
        }
    }

    fn property_in_any_case(&self, id: ItemId, name: &str) -> Option<(ItemId, usize)> {
        self.api.ancestry(id).find_map(|owner| {
            let properties = &self.api.items[owner].structured()?.properties;
            let index =
                properties.iter().position(|p| p.name.as_str().eq_ignore_ascii_case(name))?;
            Some((owner, index))
        })
    }

    /// A member of, or an operation bound to, a type derived from `id`, without a cast.
    fn of_derived(
        &self,
        walk: &mut Walk<'_>,
        name: &str,
        in_parentheses: Option<&str>,
        id: ItemId,
    ) -> bool {
        let mut waiting: Vec<ItemId> = self.derived(id).to_vec();
        waiting.reverse();
        while let Some(derived) = waiting.pop() {
            let own = self.api.items[derived].structured();
            let index = own.and_then(|own| {
                own.properties.iter().position(|p| p.name.as_str().eq_ignore_ascii_case(name))
            });
            let at = TypeRef {
                target: TypeTarget::Item(derived),
                is_collection: false,
                is_nullable: false,
            };
            let found = match index {
                Some(index) => {
                    self.property(walk, (derived, index), in_parentheses);
                    true
                }
                None => self.operation(walk, name, in_parentheses, at),
            };
            if found {
                walk.leniencies.push(format!(
                    "`{name}` belongs to `{}`, to which the path does not cast",
                    self.api.items[derived].name
                ));
                return true;
            }
            waiting.extend(self.derived(derived).iter().rev());
        }
        false
    }

    fn derived(&self, id: ItemId) -> &[ItemId] {
        self.api.items[id].structured().map_or(&[], |structured| &structured.derived)
    }

    fn key(&self, walk: &mut Walk<'_>, text: &str) {
        let arguments = arguments(text);
        // `Users(userPrincipalName='…')`: an alternate key, or a composite one.
        let named = !arguments.is_empty()
            && text.contains('\'')
            && arguments.iter().all(|(name, _)| !name.is_empty());
        let is_key = |name: &str| match walk.at.map(|at| at.target) {
            Some(TypeTarget::Item(id)) => self
                .api
                .ancestry(id)
                .filter_map(|id| self.api.items[id].structured())
                .flat_map(|structured| &structured.key)
                .any(|part| part.alias.as_ref().unwrap_or(&part.property).as_str() == name),
            _ => false,
        };
        walk.has_alternate_key |= named && !arguments.iter().all(|(name, _)| is_key(name));
        let value = match arguments.as_slice() {
            [(_, value)] if named => value,
            _ => text.trim(),
        };
        let bare = bare(value);
        walk.steps.push(PathStep::Key {
            text: bare.to_owned(),
            is_parameter: bare != value.trim_matches('\''),
        });
        walk.values.push(value.trim_matches('\'').to_owned());
        walk.on_item = true;
        walk.ending = Ending::Plain;
        if let Some(at) = &mut walk.at {
            at.is_collection = false;
            at.is_nullable = false;
        }
    }

    fn cast(&self, walk: &mut Walk<'_>, name: &str, id: ItemId) -> bool {
        let Some((namespace, simple)) = name.rsplit_once('.') else {
            return false;
        };
        let namespace = self.aliases.get(namespace).copied().unwrap_or(namespace);
        let exact = |item: ItemId| {
            let name = &self.api.items[item].name;
            name.namespace.as_str().eq_ignore_ascii_case(namespace)
                && name.name.as_str().eq_ignore_ascii_case(simple)
        };
        let mut waiting = vec![id];
        while let Some(derived) = waiting.pop() {
            if exact(derived) {
                walk.steps.push(PathStep::Cast(derived));
                walk.ending = Ending::Cast(derived);
                if let Some(at) = &mut walk.at {
                    at.target = TypeTarget::Item(derived);
                }
                return true;
            }
            waiting.extend(self.derived(derived));
        }
        false
    }

    /// The names of what can follow an instance of `id`.
    fn members(&self, id: ItemId) -> Vec<&'a str> {
        let mut names = Vec::new();
        for ancestor in self.api.ancestry(id) {
            let structured = self.api.items[ancestor].structured();
            let properties = structured.into_iter().flat_map(|s| &s.properties);
            names.extend(properties.map(|property| property.name.as_str()));
            let bound = self.api.bound.iter().filter(|(_, bound)| {
                bound
                    .binding
                    .is_some_and(|b| b.target == TypeTarget::Item(ancestor) && !b.is_collection)
            });
            names.extend(bound.map(|(_, bound)| bound.name.name.as_str()));
        }
        names
    }

    fn error(
        &self,
        walk: &Walk<'_>,
        segment: &Segment<'_>,
        kind: UrlErrorKind,
        nearest: Vec<String>,
    ) -> UrlError {
        let standing_on = match (walk.site, walk.at) {
            (None, _) => "the service root".to_owned(),
            (Some(_), Some(at))
                if kind == UrlErrorKind::NothingFollows && walk.ending == Ending::Plain =>
            {
                format!("`{}`, which is {}", walk.last, msgraph_ir::dump::type_ref(self.api, at))
            }
            (Some(_), _) if kind == UrlErrorKind::NothingFollows => format!("`{}`", walk.last),
            (Some(_), Some(at)) => {
                msgraph_ir::dump::type_ref(self.api, TypeRef { is_nullable: false, ..at })
            }
            (Some(_), None) => walk.last.to_owned(),
        };
        UrlError {
            kind,
            segment: segment.text.to_owned(),
            range: segment.range.clone(),
            standing_on,
            nearest,
        }
    }
}

/// The place of `name`, and whether it is spelled exactly so.
fn find<'n>(names: impl Iterator<Item = &'n str> + Clone, name: &str) -> Option<(usize, bool)> {
    if let Some(index) = names.clone().position(|known| known == name) {
        return Some((index, true));
    }
    names.clone().position(|known| known.eq_ignore_ascii_case(name)).map(|index| (index, false))
}
