//! Fourth pass: what annotations say, in-line and apart.
//!
//! In come the linked model and the syntax of the annotations; out go descriptions, deprecations,
//! capabilities, computed and optional marks and alternate keys, on the ids they speak of. Holds:
//! each annotation is applied, or counted under its term, or its target is reported to be missing.
//! Where one thing is said twice, the annotation without a qualifier and then the first one counts.

mod capabilities;
mod target;

use msgraph_csdl::{Annotation, Expression, ExpressionKind};
use msgraph_ir::{
    Capabilities, Deprecation, Fact, ItemId, ItemKind, Key, Prose, Source, TypeTarget, WireName,
};
use msgraph_source::{Diagnostic, catalogue::link as codes};

use crate::declare::Linking;
use crate::names::Names;
use crate::resolve::{Operations, schemas};

use target::Place;

const CORE: &str = "Org.OData.Core.V1";
const CAPABILITIES: &str = "Org.OData.Capabilities.V1";

/// Lays all annotations onto what they speak of.
pub(crate) fn annotate<'d>(
    names: &Names<'d>,
    operations: &Operations<'d>,
    linking: &mut Linking<'d>,
) {
    let mut annotating = Annotating { names, operations, linking, restrictions: Vec::new() };
    annotating.inline();
    annotating.apart();
    annotating.restrict();
}

struct Annotating<'a, 'd> {
    names: &'a Names<'d>,
    operations: &'a Operations<'d>,
    linking: &'a mut Linking<'d>,
    /// What is said of properties from elsewhere; what they say themselves goes before.
    restrictions: Vec<(ItemId, usize, Capabilities)>,
}

impl<'d> Annotating<'_, 'd> {
    fn inline(&mut self) {
        for (document, id, syntax) in self.linking.structured.clone() {
            self.apply(document, Place::Item(id), &syntax.annotations);
            let structural = syntax.properties.iter().map(|p| (&p.name, &p.annotations));
            let navigation = syntax.navigation_properties.iter().map(|p| (&p.name, &p.annotations));
            for (name, annotations) in structural.chain(navigation) {
                if annotations.is_empty() {
                    continue;
                }
                let properties = self.linking.api.items[id].structured().map(|s| &s.properties);
                let index = properties
                    .and_then(|all| all.iter().position(|p| p.name.as_str() == name.value));
                if let Some(index) = index {
                    self.apply(document, Place::Property(id, index), annotations);
                }
            }
        }
        for (document, id, syntax) in self.linking.enums.clone() {
            self.apply(document, Place::Item(id), &syntax.annotations);
            for (index, member) in syntax.members.iter().enumerate() {
                self.apply(document, Place::EnumMember(id, index), &member.annotations);
            }
        }
        for (document, id, syntax) in self.linking.definitions.clone() {
            self.apply(document, Place::Item(id), &syntax.annotations);
        }
        let operations = self.operations;
        for &(document, id, syntax) in &operations.all {
            self.apply(document, Place::Bound(id), &syntax.annotations);
            let skipped = usize::from(self.linking.api.bound[id].binding.is_some());
            for (index, parameter) in syntax.parameters.iter().enumerate() {
                let place = match index.checked_sub(skipped) {
                    Some(index) => Place::Parameter(id, index),
                    None => Place::Unkept,
                };
                self.apply(document, place, &parameter.annotations);
            }
            if let Some(returns) = &syntax.return_type {
                self.apply(document, Place::Unkept, &returns.annotations);
            }
        }
        for (document, schema) in schemas(self.linking.documents) {
            self.apply(document, Place::Unkept, &schema.own_annotations);
            for container in &schema.containers {
                self.apply(document, Place::Unkept, &container.annotations);
                let sets = container.entity_sets.iter().map(|s| (&s.name, &s.annotations));
                let singletons = container.singletons.iter().map(|s| (&s.name, &s.annotations));
                for (name, annotations) in sets.chain(singletons) {
                    if let Some(index) = self.root(&name.value) {
                        self.apply(document, Place::Root(index), annotations);
                    }
                }
            }
        }
    }

    fn apart(&mut self) {
        for (document, schema) in schemas(self.linking.documents) {
            for annotations in &schema.annotations {
                self.linking.api.statistics.targets += 1;
                let places = self.target(document, &annotations.target.value);
                if places.is_empty() {
                    self.report_target(document, annotations);
                }
                for place in places {
                    self.apply(document, place, &annotations.annotations);
                }
            }
        }
    }

    fn root(&self, name: &str) -> Option<usize> {
        let roots = &self.linking.api.container.roots;
        roots.iter().position(|root| root.name.as_str() == name)
    }

    fn apply(&mut self, document: usize, place: Place, annotations: &[Annotation]) {
        // Unqualified annotations come first, so that they count before qualified ones.
        for qualified in [false, true] {
            for annotation in annotations {
                if annotation.qualifier.is_some() == qualified {
                    self.linking.api.statistics.annotations += 1;
                    if !self.apply_one(document, place, annotation) {
                        let term = match self.names.qualify(document, &annotation.term.value) {
                            Some((namespace, name)) => format!("{namespace}.{name}"),
                            None => annotation.term.value.clone(),
                        };
                        *self.linking.api.statistics.unused_terms.entry(term).or_default() += 1;
                    }
                }
            }
        }
    }

    fn apply_one(&mut self, document: usize, place: Place, annotation: &Annotation) -> bool {
        let Some((namespace, term)) = self.names.qualify(document, &annotation.term.value) else {
            return false;
        };
        if namespace == CAPABILITIES {
            let term = term.to_owned();
            return self.capability(place, &term, annotation);
        }
        if namespace != CORE {
            return false;
        }
        match term {
            "Description" | "LongDescription" => {
                self.describe(place, term == "LongDescription", annotation)
            }
            "Revisions" => self.deprecate(place, annotation),
            "Computed" | "Immutable" => match (place, flag(annotation)) {
                (Place::Property(owner, index), Some(value)) => {
                    let is_computed = term == "Computed";
                    if let Some(property) = self.property_mut(owner, index) {
                        match is_computed {
                            true => property.is_computed = value,
                            false => property.is_immutable = value,
                        }
                    }
                    true
                }
                (Place::Property(..), None) => self.misshapen(annotation, "a boolean"),
                _ => false,
            },
            "OptionalParameter" => {
                let Place::Parameter(id, index) = place else {
                    return false;
                };
                if let Some(parameter) = self.linking.api.bound[id].parameters.get_mut(index) {
                    parameter.is_optional = true;
                }
                true
            }
            "AlternateKeys" => self.alternate_keys(place, annotation),
            _ => false,
        }
    }

    fn property_mut(&mut self, owner: ItemId, index: usize) -> Option<&mut msgraph_ir::Property> {
        self.linking.api.items[owner].structured_mut()?.properties.get_mut(index)
    }

    fn misshapen(&mut self, annotation: &Annotation, expected: &str) -> bool {
        let span = annotation.value.as_ref().map_or(annotation.span, |value| value.span);
        self.linking.diagnostics.push(
            Diagnostic::at(
                codes::ANNOTATION_VALUE,
                span,
                format!("the value of `{}` is not {expected}", annotation.term.value),
            )
            .help("the annotation is not used: give the value that its vocabulary asks for"),
        );
        false
    }

    fn describe(&mut self, place: Place, is_long: bool, annotation: &Annotation) -> bool {
        let Some(value) = &annotation.value else {
            return self.misshapen(annotation, "a string");
        };
        let Some(text) = value.as_str() else {
            return self.misshapen(annotation, "a string");
        };
        let prose = Fact::new(text.to_owned(), Source::Metadata, value.span);
        let slot: &mut Option<Prose> = match place {
            Place::Item(id) => &mut self.linking.api.items[id].description,
            Place::Property(owner, index) => match self.property_mut(owner, index) {
                Some(property) => &mut property.description,
                None => return false,
            },
            Place::EnumMember(id, index) => match &mut self.linking.api.items[id].kind {
                ItemKind::Enumeration(enumeration) => match enumeration.members.get_mut(index) {
                    Some(member) => &mut member.description,
                    None => return false,
                },
                _ => return false,
            },
            Place::Bound(id) => &mut self.linking.api.bound[id].description,
            Place::Parameter(id, index) => {
                match self.linking.api.bound[id].parameters.get_mut(index) {
                    Some(parameter) => &mut parameter.description,
                    None => return false,
                }
            }
            Place::Root(_) | Place::Restricted(..) | Place::Unkept => return false,
        };
        match slot {
            None => *slot = Some(prose),
            Some(said) if is_long => {
                said.value = format!("{}\n\n{text}", said.value);
            }
            Some(said) if said.value == text => {}
            Some(_) => return false,
        }
        true
    }

    fn deprecate(&mut self, place: Place, annotation: &Annotation) -> bool {
        let Some(revisions) = annotation.value.as_ref().and_then(Expression::as_collection) else {
            return self.misshapen(annotation, "a collection of revisions");
        };
        let deprecated = revisions.iter().filter_map(Expression::as_record).find(|revision| {
            let kind = revision.get("Kind").map(constant).unwrap_or_default();
            kind.ends_with("/Deprecated")
        });
        let Some(revision) = deprecated else {
            return false;
        };
        let text = |name: &str| {
            let text = revision.get(name).map(constant).unwrap_or_default();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let deprecation = Deprecation {
            description: text("Description"),
            date: text("Date"),
            removal_date: text("RemovalDate"),
            version: text("Version"),
        };
        let slot = match place {
            Place::Item(id) => &mut self.linking.api.items[id].deprecation,
            Place::Property(owner, index) => match self.property_mut(owner, index) {
                Some(property) => &mut property.deprecation,
                None => return false,
            },
            Place::Bound(id) => &mut self.linking.api.bound[id].deprecation,
            Place::EnumMember(id, index) => match &mut self.linking.api.items[id].kind {
                ItemKind::Enumeration(enumeration) => match enumeration.members.get_mut(index) {
                    Some(member) => &mut member.deprecation,
                    None => return false,
                },
                _ => return false,
            },
            Place::Root(index) => match self.linking.api.container.roots.get_mut(index) {
                Some(root) => &mut root.deprecation,
                None => return false,
            },
            Place::Parameter(..) | Place::Restricted(..) | Place::Unkept => return false,
        };
        if slot.is_some() {
            return false;
        }
        *slot = Some(deprecation);
        true
    }

    fn alternate_keys(&mut self, place: Place, annotation: &Annotation) -> bool {
        let Place::Item(id) = place else { return false };
        let Some(records) = annotation.value.as_ref().and_then(Expression::as_collection) else {
            return self.misshapen(annotation, "a collection of keys");
        };
        let mut keys = Vec::new();
        for record in records {
            let parts = record
                .as_record()
                .and_then(|record| record.get("Key"))
                .and_then(Expression::as_collection)
                .unwrap_or_default();
            let mut key = Vec::new();
            for part in parts.iter().filter_map(Expression::as_record) {
                let Some(name) = part.get("Name") else {
                    continue;
                };
                let property = constant(name).to_owned();
                let first = property.split('/').next().unwrap_or_default();
                if self.linking.api.property_of(id, first).is_none() {
                    self.linking.diagnostics.push(
                        Diagnostic::at(
                            codes::ALTERNATE_KEY,
                            name.span,
                            format!("the alternate key names `{property}`, and `{}` has no property `{first}`", self.linking.api.items[id].name),
                        )
                        .help("the alternate key is not used: name a property of the type, or a path through complex ones"),
                    );
                    continue;
                }
                key.push(Key {
                    alias: part
                        .get("Alias")
                        .map(constant)
                        .filter(|alias| *alias != property)
                        .map(WireName::new),
                    property: WireName::new(property),
                });
            }
            if !key.is_empty() {
                keys.push(key);
            }
        }
        match self.linking.api.items[id].structured_mut() {
            Some(structured) => {
                structured.alternate_keys.extend(keys);
                true
            }
            None => false,
        }
    }

    fn capability(&mut self, place: Place, term: &str, annotation: &Annotation) -> bool {
        let is_restricting = self.restricted_properties(place, term, annotation);
        if let Place::Restricted(owner, index) = place {
            let mut said = Capabilities::default();
            let outcome = capabilities::apply(&mut said, term, annotation);
            self.restrictions.push((owner, index, said));
            return self.outcome(outcome, annotation) || is_restricting;
        }
        let slot: &mut Capabilities = match place {
            Place::Item(id) => match self.linking.api.items[id].structured_mut() {
                Some(structured) => &mut structured.capabilities,
                None => return false,
            },
            Place::Property(owner, index) => match self.property_mut(owner, index) {
                Some(property) => &mut property.capabilities,
                None => return false,
            },
            Place::Root(index) => match self.linking.api.container.roots.get_mut(index) {
                Some(root) => &mut root.capabilities,
                None => return false,
            },
            _ => return false,
        };
        let outcome = capabilities::apply(slot, term, annotation);
        self.outcome(outcome, annotation) || is_restricting
    }

    fn outcome(&mut self, outcome: capabilities::Outcome, annotation: &Annotation) -> bool {
        match outcome {
            capabilities::Outcome::Applied => true,
            capabilities::Outcome::Unused => false,
            capabilities::Outcome::Misshapen(expected) => self.misshapen(annotation, expected),
        }
    }

    /// `NavigationRestrictions/RestrictedProperties`: what a place says of the navigation properties of
    /// what is there. Builders are the same at all places of a type, so that it holds for the property.
    fn restricted_properties(&mut self, place: Place, term: &str, annotation: &Annotation) -> bool {
        if term != "NavigationRestrictions" {
            return false;
        }
        let api = &self.linking.api;
        let of = match place {
            Place::Item(id) => Some(id),
            Place::Root(index) => api.container.roots.get(index).map(|root| root.target),
            Place::Property(owner, index) | Place::Restricted(owner, index) => {
                match api.property(owner, index).map(|property| property.type_ref.target) {
                    Some(TypeTarget::Item(id)) => Some(id),
                    _ => None,
                }
            }
            _ => None,
        };
        let restricted = annotation
            .value
            .as_ref()
            .and_then(Expression::as_record)
            .and_then(|record| record.get("RestrictedProperties"))
            .and_then(Expression::as_collection);
        let (Some(of), Some(restricted)) = (of, restricted) else {
            return false;
        };
        let found: Vec<(ItemId, usize, Capabilities)> = restricted
            .iter()
            .filter_map(Expression::as_record)
            .filter_map(|record| {
                let path = record.get("NavigationProperty").map(constant)?;
                let (owner, index) = api.property_of(of, path)?;
                let mut said = Capabilities::default();
                capabilities::restrict(&mut said, record, annotation.span)
                    .then_some((owner, index, said))
            })
            .collect();
        let is_restricting = !found.is_empty();
        self.restrictions.extend(found);
        is_restricting
    }

    /// Lays what is said from elsewhere onto properties that say nothing themselves.
    fn restrict(&mut self) {
        for (owner, index, said) in std::mem::take(&mut self.restrictions) {
            if let Some(property) = self.property_mut(owner, index) {
                capabilities::complete(&mut property.capabilities, said);
            }
        }
    }
}

/// The value of an annotation that is a boolean; an empty one means true.
pub(crate) fn flag(annotation: &Annotation) -> Option<bool> {
    annotation.value.as_ref().map_or(Some(true), Expression::as_bool)
}

/// The text of a constant or path, else nothing.
pub(crate) fn constant(expression: &Expression) -> &str {
    match &expression.kind {
        ExpressionKind::Constant(_, text) | ExpressionKind::Path(_, text) => text.trim(),
        _ => "",
    }
}
