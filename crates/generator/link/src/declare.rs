//! First pass: what is there.
//!
//! In come the documents; out go an [`Api`] whose types have their names, kinds and own attributes
//! but neither bases nor members, the [`Names`] under which they are known, and for every declared
//! type the syntax that the next pass completes it from. Holds: every type has an id, and of two
//! types with one name the first is known under it.

use std::collections::BTreeMap;

use msgraph_csdl::{Document, EnumType, Schema, StructuredKind, StructuredType, TypeDefinition};
use msgraph_ir::{
    Agreement, Api, Arena, Container, EnumMember, Enumeration, Item, ItemId, ItemKind, Namespace,
    Primitive, QualifiedName, Selection, Statistics, Structured, TypeTarget, WireName,
};
use msgraph_source::{
    Diagnostic, Diagnostics, Span, Spanned, Suggestions, catalogue::link as codes,
};

use crate::names::{Declared, Names};

/// What the passes over the metadata share.
pub(crate) struct Linking<'d> {
    /// The documents.
    pub(crate) documents: &'d [Document],
    /// What has been built so far.
    pub(crate) api: Api,
    /// What there is to say.
    pub(crate) diagnostics: Diagnostics,
    /// What may have been meant by names that mean nothing.
    pub(crate) suggestions: Suggestions,
    /// The names of the children of the container, each where it was first.
    pub(crate) children: BTreeMap<&'d str, Span>,
    /// The syntax of each structured type: the document it stands in, its id.
    pub(crate) structured: Vec<(usize, ItemId, &'d StructuredType)>,
    /// The syntax of each enumeration and type definition, for its annotations.
    pub(crate) enums: Vec<(usize, ItemId, &'d EnumType)>,
    /// The same for type definitions.
    pub(crate) definitions: Vec<(usize, ItemId, &'d TypeDefinition)>,
}

/// Declares all types of `documents`.
pub(crate) fn declare<'d>(documents: &'d [Document], version: &str) -> (Names<'d>, Linking<'d>) {
    let mut names = Names::default();
    let mut linking = Linking {
        documents,
        api: Api {
            version: version.to_owned(),
            service: None,
            namespaces: Vec::new(),
            items: Arena::default(),
            container: Container::default(),
            bound: Arena::default(),
            operations: Arena::default(),
            unreached: Vec::new(),
            selection: Selection::default(),
            statistics: Statistics::default(),
            agreement: Agreement::default(),
        },
        diagnostics: Diagnostics::new(),
        suggestions: Suggestions::default(),
        children: BTreeMap::new(),
        structured: Vec::new(),
        enums: Vec::new(),
        definitions: Vec::new(),
    };
    for document in documents {
        let found = names.add_document(document);
        linking.diagnostics.extend(found);
    }
    for (index, document) in documents.iter().enumerate() {
        for schema in &document.schemas {
            linking.schema(index, schema, &mut names);
        }
    }
    (names, linking)
}

impl<'d> Linking<'d> {
    fn schema(&mut self, document: usize, schema: &'d Schema, names: &mut Names<'d>) {
        let namespace = WireName::new(schema.namespace.value.as_str());
        if !self.api.namespaces.iter().any(|n| n.name == namespace) {
            self.api.namespaces.push(Namespace {
                name: namespace.clone(),
                alias: schema.alias.as_ref().map(|alias| WireName::new(alias.value.as_str())),
                span: schema.span,
            });
        }
        for syntax in &schema.structured_types {
            if is_any_json(schema, syntax) {
                let json = TypeTarget::Json;
                self.declare(schema, &syntax.name, json, names);
                continue;
            }
            let structured = Structured {
                is_abstract: is(syntax.is_abstract),
                is_open: is(syntax.is_open),
                has_stream: is(syntax.has_stream),
                ..Structured::default()
            };
            let kind = match syntax.kind {
                StructuredKind::Entity => ItemKind::Entity(structured),
                StructuredKind::Complex => ItemKind::Complex(structured),
            };
            let id = self.item(&namespace, &syntax.name, kind, syntax.span);
            if self.declare(schema, &syntax.name, TypeTarget::Item(id), names) {
                self.structured.push((document, id, syntax));
            }
        }
        for syntax in &schema.enum_types {
            let kind = ItemKind::Enumeration(self.enumeration(syntax));
            let id = self.item(&namespace, &syntax.name, kind, syntax.span);
            if self.declare(schema, &syntax.name, TypeTarget::Item(id), names) {
                self.enums.push((document, id, syntax));
            }
        }
        for syntax in &schema.type_definitions {
            let underlying = self.underlying(&syntax.underlying_type, &syntax.name.value);
            let kind = ItemKind::TypeDefinition(msgraph_ir::TypeDefinition { underlying });
            let id = self.item(&namespace, &syntax.name, kind, syntax.span);
            if self.declare(schema, &syntax.name, TypeTarget::Item(id), names) {
                self.definitions.push((document, id, syntax));
            }
        }
    }

    fn item(
        &mut self,
        namespace: &WireName,
        name: &Spanned<String>,
        kind: ItemKind,
        span: Span,
    ) -> ItemId {
        self.api.items.push(Item {
            name: QualifiedName::new(namespace.clone(), WireName::new(name.value.as_str())),
            kind,
            description: None,
            deprecation: None,
            page: None,
            span,
        })
    }

    /// Makes the name known; false where another type has it.
    fn declare(
        &mut self,
        schema: &'d Schema,
        name: &'d Spanned<String>,
        target: TypeTarget,
        names: &mut Names<'d>,
    ) -> bool {
        let span = name.span;
        let Some(first) =
            names.declare(&schema.namespace.value, &name.value, Declared { target, span })
        else {
            return true;
        };
        self.diagnostics.push(
            Diagnostic::at(
                codes::DUPLICATE_NAME,
                span,
                format!("`{}.{}` is declared twice", schema.namespace.value, name.value),
            )
            .label(first.span, "first here")
            .help("rename or remove one of them"),
        );
        false
    }

    fn enumeration(&mut self, syntax: &EnumType) -> Enumeration {
        let underlying =
            syntax.underlying_type.as_ref().map(|name| self.underlying(name, &syntax.name.value));
        let mut members: Vec<EnumMember> = Vec::new();
        let mut seen = BTreeMap::new();
        for (position, member) in syntax.members.iter().enumerate() {
            if let Some(first) = seen.insert(member.name.value.as_str(), member.name.span) {
                self.diagnostics.push(
                    Diagnostic::at(
                        codes::DUPLICATE_MEMBER,
                        member.name.span,
                        format!(
                            "`{}` has the member `{}` twice",
                            syntax.name.value, member.name.value
                        ),
                    )
                    .label(first, "first here")
                    .help("rename or remove one of them"),
                );
                continue;
            }
            members.push(EnumMember {
                name: WireName::new(member.name.value.as_str()),
                value: member.value.map_or_else(
                    || i64::try_from(position).unwrap_or(i64::MAX),
                    |value| value.value,
                ),
                description: None,
                deprecation: None,
            });
        }
        Enumeration { is_flags: is(syntax.is_flags), underlying, members }
    }

    fn underlying(&mut self, name: &Spanned<String>, owner: &str) -> Primitive {
        let primitive = name.value.strip_prefix("Edm.").and_then(Primitive::from_name);
        primitive.unwrap_or_else(|| {
            self.diagnostics.push(
                Diagnostic::at(
                    codes::WRONG_KIND,
                    name.span,
                    format!(
                        "the underlying type of `{owner}` is `{}`, which is no primitive type",
                        name.value
                    ),
                )
                .help("name a type of `Edm`, such as `Edm.Int32`"),
            );
            Primitive::String
        })
    }
}

fn is(flag: Option<Spanned<bool>>) -> bool {
    flag.is_some_and(|flag| flag.value)
}

/// `microsoft.graph.Json` is declared as a complex type without members and is any JSON on the wire.
fn is_any_json(schema: &Schema, syntax: &StructuredType) -> bool {
    schema.namespace.value == "microsoft.graph"
        && syntax.name.value == "Json"
        && syntax.kind == StructuredKind::Complex
        && syntax.base.is_none()
        && syntax.properties.is_empty()
        && syntax.navigation_properties.is_empty()
}
