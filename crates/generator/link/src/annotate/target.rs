//! What the target path of an annotation names.
//!
//! In comes a path as written (`graph.group/threads`, `graph.GraphService/groups`,
//! `graph.find(graph.group,Edm.String)/name`); out go the things it names, several where it names all
//! overloads of an operation, none where it names nothing.

use msgraph_csdl::Annotations;
use msgraph_ir::{BoundId, ItemId, ItemKind, TypeRef, TypeTarget};
use msgraph_source::{Diagnostic, catalogue::link as codes, or_list};

use super::Annotating;

/// What an annotation can speak of.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Item(ItemId),
    Property(ItemId, usize),
    EnumMember(ItemId, usize),
    Root(usize),
    Bound(BoundId),
    /// A parameter; the binding parameter and the return type keep nothing.
    Parameter(BoundId, usize),
    /// A property, of which a set speaks that leads to it.
    Restricted(ItemId, usize),
    /// Something of which the representation keeps no statements: the container, an import.
    Unkept,
}

impl Annotating<'_, '_> {
    /// What a target path names; several things where it names all overloads.
    pub(super) fn target(&self, document: usize, path: &str) -> Vec<Place> {
        let (head, rest) = split_target(path);
        if let Some((name, signature)) = head.split_once('(') {
            let signature = signature.strip_suffix(')').unwrap_or(signature);
            return self.overload(document, name, signature, rest).into_iter().collect();
        }
        let Some((namespace, name)) = self.names.qualify(document, head) else {
            return Vec::new();
        };
        let api = &self.linking.api;
        if let Ok(target) = self.names.resolve(document, head) {
            return match (target, rest) {
                (TypeTarget::Item(id), None) => vec![Place::Item(id)],
                (TypeTarget::Item(id), Some(member)) => {
                    self.member(id, member).into_iter().collect()
                }
                (_, None) => vec![Place::Unkept],
                (_, Some(_)) => Vec::new(),
            };
        }
        let is_container = api.container.name.as_ref().is_some_and(|container| {
            container.namespace.as_str() == namespace && container.name.as_str() == name
        });
        if is_container {
            return match rest {
                None => vec![Place::Unkept],
                Some(child) => match self.root(child) {
                    Some(index) => vec![Place::Root(index)],
                    None if api.container.imports.iter().any(|i| i.name.as_str() == child) => {
                        vec![Place::Unkept]
                    }
                    None => self.set_member(child).into_iter().collect(),
                },
            };
        }
        let overloads = self.operations.by_name.get(&(namespace, name));
        overloads.into_iter().flatten().filter_map(|&id| self.of_operation(id, rest)).collect()
    }

    /// `groups/threads`: a member of the type of an entity set. Builders are the same at all places of a
    /// type, so that what is said there of a navigation property holds where nothing else is said of it.
    fn set_member(&self, path: &str) -> Option<Place> {
        let (set, member) = path.split_once('/')?;
        let root = self.linking.api.container.roots.get(self.root(set)?)?;
        match self.member(root.target, member)? {
            Place::Property(owner, index) => Some(Place::Restricted(owner, index)),
            _ => Some(Place::Unkept),
        }
    }

    fn member(&self, id: ItemId, name: &str) -> Option<Place> {
        let api = &self.linking.api;
        match &api.items[id].kind {
            ItemKind::Entity(_) | ItemKind::Complex(_) => {
                api.property_of(id, name).map(|(owner, index)| {
                    // Said of an inherited member of a derived type, it holds for that type alone.
                    if owner == id { Place::Property(owner, index) } else { Place::Unkept }
                })
            }
            ItemKind::Enumeration(enumeration) => enumeration
                .members
                .iter()
                .position(|member| member.name.as_str() == name)
                .map(|index| Place::EnumMember(id, index)),
            ItemKind::TypeDefinition(_) => None,
        }
    }

    fn of_operation(&self, id: BoundId, rest: Option<&str>) -> Option<Place> {
        match rest {
            None => Some(Place::Bound(id)),
            Some("$ReturnType") => Some(Place::Unkept),
            Some(name) => {
                let parameters = &self.linking.api.bound[id].parameters;
                let index = parameters.iter().position(|p| p.name.as_str() == name);
                match index {
                    Some(index) => Some(Place::Parameter(id, index)),
                    None => {
                        let syntax = self.operations.all.get(id.index()).map(|(_, _, s)| *s);
                        let first = syntax.and_then(|s| s.parameters.first());
                        first.filter(|p| p.name.value == name).map(|_| Place::Unkept)
                    }
                }
            }
        }
    }

    fn overload(
        &self,
        document: usize,
        name: &str,
        signature: &str,
        rest: Option<&str>,
    ) -> Option<Place> {
        let wanted: Vec<(TypeTarget, bool)> = signature
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|written| {
                let inner = written.strip_prefix("Collection(").and_then(|w| w.strip_suffix(')'));
                let target = self.names.resolve(document, inner.unwrap_or(written)).ok()?;
                Some((target, inner.is_some()))
            })
            .collect::<Option<_>>()?;
        let name = self.names.qualify(document, name)?;
        let overloads = self.operations.by_name.get(&name)?;
        let id = overloads.iter().copied().find(|&id| {
            let bound = &self.linking.api.bound[id];
            let declared = bound
                .binding
                .into_iter()
                .chain(bound.parameters.iter().map(|parameter| parameter.type_ref))
                .map(|TypeRef { target, is_collection, .. }| (target, is_collection));
            declared.eq(wanted.iter().copied())
        })?;
        self.of_operation(id, rest)
    }

    pub(super) fn report_target(&mut self, document: usize, annotations: &Annotations) {
        self.linking.api.statistics.unresolved_targets += 1;
        let (target, span) = (&annotations.target.value, annotations.target.span);
        let (head, rest) = split_target(target);
        let found = Diagnostic::at(
            codes::UNRESOLVED_TARGET,
            span,
            format!("the annotations of `{target}` speak of nothing that is declared"),
        )
        .note(format!("annotations that are not used: {}", annotations.annotations.len()));
        let item = match self.names.resolve(document, head) {
            Ok(TypeTarget::Item(id)) => Some(&self.linking.api.items[id]),
            _ => None,
        };
        let suggestions = &self.linking.suggestions;
        let near = match (item, rest) {
            (Some(item), Some(member)) => {
                let properties = item.structured().into_iter().flat_map(|s| &s.properties);
                suggestions.nearest(member, properties.map(|p| p.name.as_str()), 3)
            }
            (_, Some(member)) => {
                let roots = self.linking.api.container.roots.iter().map(|root| root.name.as_str());
                suggestions.nearest(member, roots, 3)
            }
            _ => Vec::new(),
        };
        let found = match near.as_slice() {
            [] => found.help("correct the target, or remove the annotations"),
            near => found.help(format!("did you mean {}?", or_list(near))),
        };
        self.linking.diagnostics.push(found);
    }
}

/// A target path: what stands before the first `/` outside of parentheses, and what behind it.
fn split_target(path: &str) -> (&str, Option<&str>) {
    let from = path.rfind(')').unwrap_or(0);
    match path.get(from..).and_then(|tail| tail.find('/')) {
        Some(at) => {
            let (head, rest) = path.split_at(from + at);
            (head, rest.get(1..))
        }
        None => (path, None),
    }
}
