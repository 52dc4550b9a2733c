//! Second pass: what the names mean.
//!
//! In come declared types and the syntax of the documents; out go base types, members with their
//! types, keys, actions and functions, and the entity container. Holds: every type reference is an
//! id; one that means nothing has been reported and counted, and stands as any JSON.

mod container;

use std::collections::BTreeMap;

use msgraph_csdl::{
    Facets, NavigationProperty, Operation, OperationKind, PropertyRef, StructuredType, TypeName,
};
use msgraph_ir::{
    Api, BoundId, BoundKind, BoundOperation, BoundParameter, Capabilities, ItemId, Key, Navigation,
    Property, PropertyRole, QualifiedName, TypeRef, TypeTarget, WireName,
};
use msgraph_source::{Diagnostic, Span, Spanned, catalogue::link as codes};

use crate::declare::Linking;
use crate::names::Names;

/// The actions and functions with their syntax.
pub(crate) struct Operations<'d> {
    /// In the order of their ids: the document, the id, the syntax.
    pub(crate) all: Vec<(usize, BoundId, &'d Operation)>,
    /// By namespace and name: the overloads.
    pub(crate) by_name: BTreeMap<(&'d str, &'d str), Vec<BoundId>>,
}

/// Resolves everything but annotations.
pub(crate) fn resolve<'d>(names: &Names<'d>, linking: &mut Linking<'d>) -> Operations<'d> {
    for (document, id, syntax) in std::mem::take(&mut linking.structured) {
        linking.members(names, document, id, syntax);
        linking.structured.push((document, id, syntax));
    }
    let mut operations = Operations { all: Vec::new(), by_name: BTreeMap::new() };
    let documents = linking.documents;
    for (document, schema) in schemas(documents) {
        for syntax in &schema.operations {
            let Some(bound) = linking.operation(names, document, &schema.namespace.value, syntax)
            else {
                continue;
            };
            let id = linking.api.bound.push(bound);
            operations.all.push((document, id, syntax));
            operations
                .by_name
                .entry((&schema.namespace.value, &syntax.name.value))
                .or_default()
                .push(id);
        }
    }
    mark_overloads(&mut linking.api);
    let mut first: Option<Span> = None;
    for (document, schema) in schemas(documents) {
        for syntax in &schema.containers {
            if let Some(span) = first {
                linking.diagnostics.push(
                    Diagnostic::at(
                        codes::SEVERAL_CONTAINERS,
                        syntax.name.span,
                        format!(
                            "`{}` is a second entity container; its roots join the first one's",
                            syntax.name.value
                        ),
                    )
                    .label(span, "the first one")
                    .help("a service has one container: give the documents of one service only"),
                );
            } else {
                first = Some(syntax.name.span);
                linking.api.container.name = Some(QualifiedName::new(
                    WireName::new(schema.namespace.value.as_str()),
                    WireName::new(syntax.name.value.as_str()),
                ));
            }
            linking.container(names, document, syntax, &operations);
        }
    }
    operations
}

/// Marks what shares its name with others that are bound to the same type.
fn mark_overloads(api: &mut Api) {
    let key = |bound: &BoundOperation| {
        let binding = bound.binding.and_then(|of| match of.target {
            TypeTarget::Item(id) => Some((id, of.is_collection)),
            TypeTarget::Primitive(_) | TypeTarget::Json => None,
        });
        (binding, bound.name.name.to_string())
    };
    let mut named: BTreeMap<_, Vec<BoundId>> = BTreeMap::new();
    for (id, bound) in api.bound.iter() {
        named.entry(key(bound)).or_default().push(id);
    }
    for id in named.into_values().filter(|ids| ids.len() > 1).flatten() {
        api.bound[id].is_overloaded = true;
    }
}

/// All schemas with the number of their document.
pub(crate) fn schemas(
    documents: &[msgraph_csdl::Document],
) -> impl Iterator<Item = (usize, &msgraph_csdl::Schema)> {
    documents
        .iter()
        .enumerate()
        .flat_map(|(index, document)| document.schemas.iter().map(move |schema| (index, schema)))
}

impl<'d> Linking<'d> {
    /// The type that `name` means; any JSON where it means nothing, which is reported.
    fn target(&mut self, names: &Names<'d>, document: usize, name: &Spanned<String>) -> TypeTarget {
        if !name.value.starts_with("Edm.") {
            self.api.statistics.references += 1;
        }
        match names.resolve(document, &name.value) {
            Ok(target) => target,
            Err(why) => {
                self.api.statistics.unresolved += 1;
                let found = names.report(&self.suggestions, (document, name), &why);
                self.diagnostics.push(found);
                TypeTarget::Json
            }
        }
    }

    fn type_ref(
        &mut self,
        names: &Names<'d>,
        document: usize,
        name: &TypeName,
        facets: &Facets,
    ) -> TypeRef {
        TypeRef {
            target: self.target(names, document, &name.name),
            is_collection: name.is_collection,
            is_nullable: facets.nullable.is_none_or(|nullable| nullable.value),
        }
    }

    fn members(
        &mut self,
        names: &Names<'d>,
        document: usize,
        id: ItemId,
        syntax: &'d StructuredType,
    ) {
        let base = syntax.base.as_ref().and_then(|base| {
            let target = self.target(names, document, base);
            self.base(id, target, base)
        });
        let mut properties: Vec<Property> = Vec::new();
        for property in &syntax.properties {
            properties.push(Property {
                name: WireName::new(property.name.value.as_str()),
                type_ref: self.type_ref(names, document, &property.type_name, &property.facets),
                role: PropertyRole::Structural,
                capabilities: Capabilities::default(),
                is_computed: false,
                is_immutable: false,
                description: None,
                deprecation: None,
                span: property.span,
            });
        }
        for property in &syntax.navigation_properties {
            properties.push(self.navigation(names, document, property));
        }
        // The metadata's order is that of the text, where both kinds may be mixed.
        properties.sort_by_key(|property| property.span.start);
        let key = syntax.key.iter().map(key).collect();
        if let Some(structured) = self.api.items[id].structured_mut() {
            structured.base = base;
            structured.properties = properties;
            structured.key = key;
        }
    }

    fn base(&mut self, id: ItemId, target: TypeTarget, name: &Spanned<String>) -> Option<ItemId> {
        let TypeTarget::Item(base) = target else {
            // An unresolved name stands as any JSON and has been reported.
            return None;
        };
        let items = &self.api.items;
        if items[base].structured().is_some() && items[base].is_entity() == items[id].is_entity() {
            return Some(base);
        }
        let kind = if items[id].is_entity() { "entity" } else { "complex" };
        let found = Diagnostic::at(
            codes::WRONG_KIND,
            name.span,
            format!(
                "the base of the {kind} type `{}` is `{}`, which is no {kind} type",
                items[id].name, items[base].name
            ),
        )
        .label(items[base].span, "declared here")
        .help(format!("derive it from another {kind} type"));
        self.diagnostics.push(found);
        None
    }

    fn navigation(
        &mut self,
        names: &Names<'d>,
        document: usize,
        syntax: &NavigationProperty,
    ) -> Property {
        let target = self.target(names, document, &syntax.type_name.name);
        if let TypeTarget::Item(id) = target {
            self.require_entity(
                id,
                &syntax.type_name.name,
                &format!("the navigation property `{}`", syntax.name.value),
            );
        }
        let is_collection = syntax.type_name.is_collection;
        Property {
            name: WireName::new(syntax.name.value.as_str()),
            type_ref: TypeRef {
                target,
                is_collection,
                // There are no null entities in a collection.
                is_nullable: !is_collection
                    && syntax.nullable.is_none_or(|nullable| nullable.value),
            },
            role: PropertyRole::Navigation(Navigation {
                is_contained: syntax.contains_target.is_some_and(|contains| contains.value),
                partner: syntax
                    .partner
                    .as_ref()
                    .map(|partner| WireName::new(partner.value.as_str())),
            }),
            capabilities: Capabilities::default(),
            is_computed: false,
            is_immutable: false,
            description: None,
            deprecation: None,
            span: syntax.span,
        }
    }

    fn require_entity(&mut self, id: ItemId, name: &Spanned<String>, what: &str) -> bool {
        let item = &self.api.items[id];
        if item.is_entity() {
            return true;
        }
        let found = Diagnostic::at(
            codes::WRONG_KIND,
            name.span,
            format!("{what} leads to `{}`, which is no entity type", item.name),
        )
        .label(item.span, "declared here")
        .help("only entity types have identity: name one, or declare a structural property");
        self.diagnostics.push(found);
        false
    }

    fn operation(
        &mut self,
        names: &Names<'d>,
        document: usize,
        namespace: &str,
        syntax: &Operation,
    ) -> Option<BoundOperation> {
        let is_bound = syntax.is_bound.is_some_and(|bound| bound.value);
        let mut parameters = syntax.parameters.iter();
        let binding = if is_bound {
            let Some(first) = parameters.next() else {
                self.diagnostics.push(
                    Diagnostic::at(
                        codes::NO_BINDING_PARAMETER,
                        syntax.span,
                        format!("`{}` is bound but has no parameter to be bound by", syntax.name.value),
                    )
                    .help("the first parameter of a bound operation is what it is bound to: declare it, or drop `IsBound`"),
                );
                return None;
            };
            Some(self.type_ref(names, document, &first.type_name, &first.facets))
        } else {
            None
        };
        let parameters = parameters
            .map(|parameter| BoundParameter {
                name: WireName::new(parameter.name.value.as_str()),
                type_ref: self.type_ref(names, document, &parameter.type_name, &parameter.facets),
                is_optional: false,
                description: None,
                span: parameter.span,
            })
            .collect();
        let returns = syntax
            .return_type
            .as_ref()
            .map(|returns| self.type_ref(names, document, &returns.type_name, &returns.facets));
        let kind = match syntax.kind {
            OperationKind::Action => BoundKind::Action,
            OperationKind::Function => BoundKind::Function,
        };
        Some(BoundOperation {
            name: QualifiedName::new(
                WireName::new(namespace),
                WireName::new(syntax.name.value.as_str()),
            ),
            kind,
            binding,
            parameters,
            returns,
            entity_set: None,
            is_composable: syntax.is_composable.is_some_and(|composable| composable.value),
            is_overloaded: false,
            description: None,
            deprecation: None,
            span: syntax.span,
        })
    }
}

fn key(reference: &PropertyRef) -> Key {
    Key {
        property: WireName::new(reference.name.value.as_str()),
        alias: reference.alias.as_ref().map(|alias| WireName::new(alias.value.as_str())),
    }
}
