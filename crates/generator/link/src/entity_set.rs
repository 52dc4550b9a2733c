//! Where the entities are that a bound operation returns: `EntitySetPath` (CSDL 4.01, section 12.6).
//!
//! In come types with their hierarchy, and bound operations with their syntax; out go the steps from what an
//! operation is bound to, to the set of what it returns. Holds: each step is a navigation property or a cast of the
//! type reached before it, and the end is related by inheritance to what is returned. A path of which this does not
//! hold is reported, and stands nowhere.

use std::collections::BTreeMap;

use msgraph_ir::{Api, ItemId, PathStep, TypeRef, TypeTarget};
use msgraph_source::{Diagnostic, Spanned, Suggestions, catalogue::link as codes, or_list};

use crate::declare::Linking;
use crate::limits::LEVELS;
use crate::names::Names;
use crate::resolve::Operations;

/// As many segments are followed.
const SEGMENTS: usize = 32;

/// Resolves the paths of all operations.
pub(crate) fn entity_sets(
    names: &Names<'_>,
    operations: &Operations<'_>,
    linking: &mut Linking<'_>,
) {
    let mut walker =
        Walker { api: &linking.api, names, suggestions: &linking.suggestions, properties: None };
    let mut resolved = Vec::new();
    for &(document, id, syntax) in &operations.all {
        let Some(path) = &syntax.entity_set_path else { continue };
        let bound = &linking.api.bound[id];
        let Some(binding) = bound.binding else {
            resolved.push((id, Err(unbound(path))));
            continue;
        };
        let parameter = syntax.parameters.first().map_or("", |first| first.name.value.as_str());
        let steps = walker
            .entity(bound.returns, path, "returns")
            .and_then(|returned| Ok((returned, walker.entity(Some(binding), path, "is bound to")?)))
            .and_then(|ends| walker.steps(document, path, parameter, ends));
        resolved.push((id, steps));
    }
    for (id, steps) in resolved {
        match steps {
            Ok(steps) => linking.api.bound[id].entity_set = Some(steps),
            Err(found) => linking.diagnostics.push(*found),
        }
    }
}

type Found<T> = Result<T, Box<Diagnostic>>;

struct Walker<'a> {
    api: &'a Api,
    names: &'a Names<'a>,
    suggestions: &'a Suggestions,
    /// The properties by owner and name, once a path has needed them.
    properties: Option<BTreeMap<(ItemId, &'a str), usize>>,
}

impl<'a> Walker<'a> {
    /// The entity type of what an operation returns or is bound to.
    fn entity(&self, of: Option<TypeRef>, path: &Spanned<String>, what: &str) -> Found<ItemId> {
        match of.map(|of| of.target) {
            Some(TypeTarget::Item(id)) if self.api.items[id].is_entity() => Ok(id),
            _ => Err(unusable(
                path,
                format!("the operation {what} no entities"),
                "drop the path: it tells in which set the entities are that an operation returns",
            )),
        }
    }

    fn steps(
        &mut self,
        document: usize,
        path: &Spanned<String>,
        parameter: &str,
        (returned, binding): (ItemId, ItemId),
    ) -> Found<Vec<PathStep>> {
        let mut segments = path.value.split('/');
        if segments.next() != Some(parameter) {
            let why = format!("it does not begin with the binding parameter `{parameter}`");
            return Err(unusable(path, why, &format!("begin it with `{parameter}`")));
        }
        let (mut steps, mut at) = (Vec::new(), binding);
        for segment in segments {
            if steps.len() == SEGMENTS {
                let why = format!("it has more than {SEGMENTS} segments");
                return Err(unusable(path, why, "name the set by fewer navigation properties"));
            }
            let (step, next) = match segment.contains('.') {
                true => self.cast(document, path, segment, at)?,
                false => self.navigation(path, segment, at)?,
            };
            steps.push(step);
            at = next;
        }
        let (api, items) = (self.api, &self.api.items);
        if api.is_or_derives_from(at, returned) || api.is_or_derives_from(returned, at) {
            return Ok(steps);
        }
        let why = format!(
            "it leads to entities of `{}`, and `{}` is returned",
            items[at].name, items[returned].name
        );
        let found =
            unusable(path, why, "lead it to a set that can hold what is returned, or drop it");
        Err(Box::new(found.label(items[returned].span, "what is returned")))
    }

    fn cast(
        &self,
        document: usize,
        path: &Spanned<String>,
        segment: &str,
        at: ItemId,
    ) -> Found<(PathStep, ItemId)> {
        match self.names.resolve(document, segment) {
            Ok(TypeTarget::Item(id)) if self.api.is_or_derives_from(id, at) => {
                Ok((PathStep::Cast(id), id))
            }
            _ => {
                let of = &self.api.items[at].name;
                let why = format!("`{segment}` is no type derived from `{of}`");
                Err(unusable(path, why, &format!("cast to a type that derives from `{of}`")))
            }
        }
    }

    fn navigation(
        &mut self,
        path: &Spanned<String>,
        segment: &str,
        at: ItemId,
    ) -> Found<(PathStep, ItemId)> {
        let api = self.api;
        let properties = self.properties.get_or_insert_with(|| index(api));
        let declared = api.ancestry(at).take(LEVELS + 1).find_map(|owner| {
            let index = *properties.get(&(owner, segment))?;
            Some((owner, index, api.property(owner, index)?))
        });
        if let Some((owner, index, property)) = declared
            && property.navigation().is_some()
            && let TypeTarget::Item(next) = property.type_ref.target
        {
            return Ok((PathStep::Property { owner, index }, next));
        }
        let of = &api.items[at].name;
        let why = format!("`{of}` has no navigation property `{segment}`");
        let navigations = api
            .ancestry(at)
            .take(LEVELS + 1)
            .filter_map(|owner| api.items[owner].structured())
            .flat_map(|structured| &structured.properties)
            .filter(|property| property.navigation().is_some())
            .map(|property| property.name.as_str());
        let near = self.suggestions.nearest(segment, navigations, 3);
        Err(match near.as_slice() {
            [] => unusable(path, why, "name navigation properties, or types to cast to"),
            near => unusable(path, why, &format!("did you mean {}?", or_list(near))),
        })
    }
}

fn index(api: &Api) -> BTreeMap<(ItemId, &str), usize> {
    let mut properties = BTreeMap::new();
    for (id, item) in api.items.iter() {
        for (index, property) in
            item.structured().into_iter().flat_map(|s| s.properties.iter().enumerate())
        {
            properties.entry((id, property.name.as_str())).or_insert(index);
        }
    }
    properties
}

fn unbound(path: &Spanned<String>) -> Box<Diagnostic> {
    unusable(
        path,
        "the operation is not bound".to_owned(),
        "set `IsBound`, or name the set where the operation is imported (`EntitySet`)",
    )
}

fn unusable(path: &Spanned<String>, why: String, way_out: &str) -> Box<Diagnostic> {
    let message = format!("the entity set path `{}` is not used: {why}", path.value);
    Box::new(Diagnostic::at(codes::ENTITY_SET_PATH, path.span, message).help(way_out))
}
