//! Puts what was read together, as CSDL has it.

use std::collections::BTreeMap;

use msgraph_csdl::{
    Document as Metadata, EntityContainer, EntitySet, NavigationProperty, OperationImport,
    Property, PropertyRef, Schema, Singleton, StructuredKind, StructuredType, TypeDefinition,
};
use msgraph_openapi::Document;
use msgraph_source::{Span, Spanned};

use crate::annotations;
use crate::capabilities;
use crate::names::Names;
use crate::operations::Bound;
use crate::schemas::{Model, Type};
use crate::sites::{Root, Sites};

/// What the container is called; OpenAPI does not tell.
const CONTAINER: &str = "GraphService";

/// The metadata.
pub(crate) fn document(
    document: &Document,
    names: &Names,
    model: Model<'_>,
    mut sites: Sites,
) -> Metadata {
    let span = Span::start_of(document.root.span.file);
    let mut schemas: Vec<Schema> =
        names.namespaces.iter().map(|namespace| schema(names, namespace, span)).collect();
    let index: BTreeMap<&str, usize> =
        names.namespaces.iter().map(String::as_str).zip(0..).collect();
    let at = |name: &str| {
        let namespace = name.rsplit_once('.').map_or("", |(namespace, _)| namespace);
        index.get(namespace).copied().unwrap_or(0)
    };
    for one in model.types {
        let alternate = sites.alternate_keys.remove(&one.name.value).unwrap_or_default();
        if let Some(schema) = schemas.get_mut(at(&one.name.value)) {
            schema.structured_types.push(structured(one, &alternate));
        }
    }
    for (namespace, one) in model.enums {
        if let Some(schema) = index.get(namespace.as_str()).and_then(|at| schemas.get_mut(*at)) {
            schema.enum_types.push(one);
        }
    }
    for (name, value) in model.definitions {
        if let Some(schema) = schemas.get_mut(at(&name.value)) {
            let simple = name.value.rsplit('.').next().unwrap_or_default().to_owned();
            schema.type_definitions.push(TypeDefinition {
                name: Spanned::new(simple, name.span),
                underlying_type: Spanned::new(value.name.clone(), value.span),
                facets: value.facets(),
                annotations: Vec::new(),
                span: name.span,
            });
        }
    }
    let main = names.namespaces.first().map_or("", String::as_str);
    let annotations = capabilities::annotations(&sites, &format!("{main}.{CONTAINER}"));
    let container = container(&sites, span);
    for bound in sites.operations {
        let at = index.get(bound.namespace.as_str()).copied().unwrap_or(0);
        if let Some(schema) = schemas.get_mut(at) {
            schema.operations.push(bound.into_syntax());
        }
    }
    if let Some(main) = schemas.first_mut() {
        main.containers.push(container);
        main.annotations = annotations;
    }
    Metadata::new(schemas, span)
}

fn schema(names: &Names, namespace: &str, span: Span) -> Schema {
    let alias = names.alias.as_ref().filter(|(_, of)| of == namespace);
    Schema {
        alias: alias.map(|(alias, _)| Spanned::new(alias.clone(), span)),
        ..Schema::new(Spanned::new(namespace.to_owned(), span), span)
    }
}

fn structured(one: Type<'_>, alternate_keys: &[Vec<Spanned<String>>]) -> StructuredType {
    let span = one.name.span;
    let named = one.parts.first().copied();
    let mut said: Vec<_> = named
        .map(|named| annotations::of_schema(named, one.parts.iter().copied()))
        .unwrap_or_default();
    said.extend(annotations::alternate_keys(alternate_keys));
    let simple = one.name.value.rsplit('.').next().unwrap_or_default().to_owned();
    let mut properties = Vec::new();
    let mut navigation_properties = Vec::new();
    for member in one.members {
        let name = member.name.map(str::to_owned);
        let annotations = annotations::of_schema(member.schema, std::iter::once(member.schema));
        let type_name = member.value.type_name();
        if member.is_navigation && one.is_entity {
            navigation_properties.push(NavigationProperty {
                type_name,
                // Collections of entities hold no null, and metadata does not say so.
                nullable: member.value.nullable().filter(|_| !member.value.is_collection),
                partner: None,
                contains_target: member.is_contained.then(|| Spanned::new(true, name.span)),
                referential_constraints: Vec::new(),
                on_delete: None,
                annotations,
                span: name.span,
                name,
            });
        } else {
            properties.push(Property {
                type_name,
                facets: member.value.facets(),
                default_value: None,
                annotations,
                span: name.span,
                name,
            });
        }
    }
    StructuredType {
        kind: if one.is_entity { StructuredKind::Entity } else { StructuredKind::Complex },
        name: Spanned::new(simple, span),
        base: one.base,
        is_abstract: None,
        is_open: one.is_open.map(|span| Spanned::new(true, span)),
        has_stream: one.has_stream.map(|span| Spanned::new(true, span)),
        key: one
            .key
            .into_iter()
            .map(|name| PropertyRef { span: name.span, name, alias: None })
            .collect(),
        properties,
        navigation_properties,
        annotations: said,
        span,
    }
}

fn container(sites: &Sites, span: Span) -> EntityContainer {
    let set = |root: &Root| EntitySet {
        name: root.name.clone(),
        entity_type: root.type_name.clone(),
        include_in_service_document: None,
        bindings: Vec::new(),
        annotations: Vec::new(),
        span: root.name.span,
    };
    let singleton = |root: &Root| Singleton {
        name: root.name.clone(),
        entity_type: root.type_name.clone(),
        nullable: None,
        bindings: Vec::new(),
        annotations: Vec::new(),
        span: root.name.span,
    };
    let import = |bound: &Bound| OperationImport {
        kind: bound.kind,
        name: bound.name.clone(),
        operation: bound.name.as_ref().map(|name| format!("{}.{name}", bound.namespace)),
        entity_set: None,
        include_in_service_document: None,
        annotations: Vec::new(),
        span: bound.name.span,
    };
    let mut imports: Vec<OperationImport> = Vec::new();
    for bound in sites.operations.iter().filter(|bound| bound.binding.is_none()) {
        if !imports.iter().any(|known| known.name.value == bound.name.value) {
            imports.push(import(bound));
        }
    }
    EntityContainer {
        name: Spanned::new(CONTAINER.to_owned(), span),
        extends: None,
        entity_sets: sites.roots.iter().filter(|root| root.is_collection).map(set).collect(),
        singletons: sites.roots.iter().filter(|root| !root.is_collection).map(singleton).collect(),
        operation_imports: imports,
        annotations: Vec::new(),
        span,
    }
}
