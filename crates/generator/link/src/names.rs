//! The names that documents declare, and what a name written in them means.
//!
//! In come the declarations; out goes, for a name as written in one of the documents, the type it
//! means, through the whole alias table of that document: the alias `self` may belong to any one
//! schema of it. Holds: a name means the same wherever it stands in its document.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_csdl::Document;
use msgraph_ir::{Primitive, TypeTarget};
use msgraph_source::{Diagnostic, Span, Spanned, Suggestions, catalogue::link as codes, or_list};

/// The alias tables and the declared types of all documents.
#[derive(Default)]
pub(crate) struct Names<'d> {
    types: BTreeMap<&'d str, BTreeMap<&'d str, Declared>>,
    /// The namespaces that declare a type of a name.
    namespaces: BTreeMap<&'d str, BTreeSet<&'d str>>,
    /// One table a document.
    aliases: Vec<BTreeMap<&'d str, &'d str>>,
    /// Namespaces that `edmx:Include` names.
    included: BTreeMap<&'d str, Span>,
}

/// A declared type.
#[derive(Clone, Copy)]
pub(crate) struct Declared {
    /// What it means where it is used.
    pub(crate) target: TypeTarget,
    /// The declaration.
    pub(crate) span: Span,
}

/// Why a name means nothing.
pub(crate) enum Unresolved<'n> {
    /// It has no namespace.
    Unqualified,
    /// Nothing declares or includes the namespace.
    NoNamespace(&'n str),
    /// The namespace is included, and the document that declares it was not given.
    NotLoaded(&'n str, Span),
    /// The namespace does not declare it.
    NoType(&'n str),
}

impl<'d> Names<'d> {
    /// Adds the namespaces and aliases of the next document.
    pub(crate) fn add_document(&mut self, document: &'d Document) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut table: BTreeMap<&'d str, (&'d str, Span)> = BTreeMap::new();
        let schemas =
            document.schemas.iter().map(|schema| (&schema.namespace, schema.alias.as_ref()));
        let includes = document
            .references
            .iter()
            .flat_map(|reference| &reference.includes)
            .map(|include| (&include.namespace, include.alias.as_ref()));
        for (namespace, alias) in schemas.chain(includes) {
            let Some(alias) = alias else { continue };
            match table.get(alias.value.as_str()) {
                Some(&(other, span)) if other != namespace.value => diagnostics.push(
                    Diagnostic::at(
                        codes::DUPLICATE_ALIAS,
                        alias.span,
                        format!("the alias `{}` stands for two namespaces", alias.value),
                    )
                    .label(span, format!("it stands for `{other}` here"))
                    .help("give each namespace of a document an alias of its own"),
                ),
                Some(_) => {}
                None => {
                    table.insert(&alias.value, (&namespace.value, alias.span));
                }
            }
        }
        let namespaces: BTreeMap<&str, Span> = document
            .schemas
            .iter()
            .map(|schema| (schema.namespace.value.as_str(), schema.namespace.span))
            .collect();
        for (alias, (namespace, span)) in &table {
            if let Some(other) = namespaces.get(alias).filter(|_| alias != namespace) {
                diagnostics.push(
                    Diagnostic::at(
                        codes::DUPLICATE_ALIAS,
                        *span,
                        format!("the alias `{alias}` of `{namespace}` is the name of another namespace"),
                    )
                    .label(*other, "the namespace")
                    .help("choose an alias that is no namespace: an alias is looked up once, and stands for a namespace, never for another alias"),
                );
            }
        }
        for schema in &document.schemas {
            self.types.entry(&schema.namespace.value).or_default();
        }
        for include in document.references.iter().flat_map(|r| &r.includes) {
            self.included.entry(&include.namespace.value).or_insert(include.span);
        }
        self.aliases
            .push(table.into_iter().map(|(alias, (namespace, _))| (alias, namespace)).collect());
        diagnostics
    }

    /// Declares a type. Of two declarations the first holds; it is returned.
    pub(crate) fn declare(
        &mut self,
        namespace: &'d str,
        name: &'d str,
        declared: Declared,
    ) -> Option<Declared> {
        let types = self.types.entry(namespace).or_default();
        match types.get(name) {
            Some(&first) => Some(first),
            None => {
                types.insert(name, declared);
                self.namespaces.entry(name).or_default().insert(namespace);
                None
            }
        }
    }

    /// The namespace for which `prefix` stands in a document, if the table knows it.
    pub(crate) fn namespace<'a>(&'a self, document: usize, prefix: &'a str) -> &'a str {
        self.aliases.get(document).and_then(|table| table.get(prefix)).copied().unwrap_or(prefix)
    }

    /// `name` as written in a document, with its namespace in full.
    pub(crate) fn qualify<'a>(
        &'a self,
        document: usize,
        name: &'a str,
    ) -> Option<(&'a str, &'a str)> {
        let (prefix, name) = name.rsplit_once('.')?;
        Some((self.namespace(document, prefix), name))
    }

    /// The type that `name` means in a document.
    pub(crate) fn resolve<'a>(
        &'a self,
        document: usize,
        name: &'a str,
    ) -> Result<TypeTarget, Unresolved<'a>> {
        let Some((namespace, name)) = self.qualify(document, name) else {
            return Err(Unresolved::Unqualified);
        };
        match self.types.get(namespace) {
            Some(types) => {
                types.get(name).map(|declared| declared.target).ok_or(Unresolved::NoType(namespace))
            }
            None if namespace == "Edm" => edm(name).ok_or(Unresolved::NoType("Edm")),
            None => match self.included.get_key_value(namespace) {
                Some((namespace, span)) => Err(Unresolved::NotLoaded(namespace, *span)),
                None => Err(Unresolved::NoNamespace(namespace)),
            },
        }
    }

    /// What there is to say about a name that means nothing.
    pub(crate) fn report(
        &self,
        suggestions: &Suggestions,
        (document, name): (usize, &Spanned<String>),
        why: &Unresolved<'_>,
    ) -> Diagnostic {
        let (name, span) = (name.value.as_str(), name.span);
        let diagnostic = match why {
            Unresolved::NotLoaded(namespace, include) => {
                return Diagnostic::at(
                    codes::NAMESPACE_NOT_LOADED,
                    span,
                    format!("`{name}` lies in `{namespace}`, which is included but was not given"),
                )
                .label(*include, "included here; references are never opened")
                .help("give the document that declares this namespace beside this one");
            }
            Unresolved::Unqualified => Diagnostic::at(
                codes::UNRESOLVED_TYPE,
                span,
                format!("the type name `{name}` has no namespace"),
            ),
            Unresolved::NoNamespace(namespace) => Diagnostic::at(
                codes::UNRESOLVED_TYPE,
                span,
                format!("`{namespace}` is neither a namespace nor an alias of this document"),
            ),
            Unresolved::NoType(namespace) => Diagnostic::at(
                codes::UNRESOLVED_TYPE,
                span,
                format!("`{namespace}` declares no type `{}`", last(name)),
            ),
        };
        let near = self.near(suggestions, document, name, why);
        match near.as_slice() {
            [] if suggestions.is_exhausted() => diagnostic.help(
                "declare it, or correct the name; so many names mean nothing that near ones are no longer looked for",
            ),
            [] => diagnostic.help("declare it, or correct the name"),
            near => diagnostic.help(format!("did you mean {}?", or_list(near))),
        }
    }

    fn near(
        &self,
        suggestions: &Suggestions,
        document: usize,
        name: &str,
        why: &Unresolved<'_>,
    ) -> Vec<String> {
        let simple = last(name);
        match why {
            Unresolved::NoType("Edm") => suggestions
                .nearest(simple, EDM.iter().copied(), 3)
                .into_iter()
                .map(|name| format!("Edm.{name}"))
                .collect(),
            Unresolved::NoType(namespace) => {
                let elsewhere = self.elsewhere(simple);
                if !elsewhere.is_empty() {
                    return elsewhere;
                }
                let types = self.types.get(namespace);
                let names = types.into_iter().flat_map(|types| types.keys().copied());
                suggestions
                    .nearest(simple, names, 3)
                    .into_iter()
                    .map(|name| format!("{namespace}.{name}"))
                    .collect()
            }
            Unresolved::NoNamespace(prefix) => {
                let elsewhere = self.elsewhere(simple);
                if !elsewhere.is_empty() {
                    return elsewhere;
                }
                let table = self.aliases.get(document);
                let aliases = table.into_iter().flat_map(|table| table.keys().copied());
                let known = aliases.chain(self.types.keys().copied());
                suggestions
                    .nearest(prefix, known, 3)
                    .into_iter()
                    .map(|prefix| format!("{prefix}.{simple}"))
                    .collect()
            }
            Unresolved::Unqualified => self.elsewhere(simple),
            Unresolved::NotLoaded(..) => Vec::new(),
        }
    }

    /// The full names of types called `name`, in any namespace.
    fn elsewhere(&self, name: &str) -> Vec<String> {
        let namespaces = self.namespaces.get(name).into_iter().flatten();
        namespaces.take(3).map(|namespace| format!("{namespace}.{name}")).collect()
    }
}

/// The part of a name behind its last dot.
fn last(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, last)| last)
}

const EDM: &[&str] = &[
    "Binary",
    "Boolean",
    "Byte",
    "Date",
    "DateTimeOffset",
    "Decimal",
    "Double",
    "Duration",
    "Guid",
    "Int16",
    "Int32",
    "Int64",
    "SByte",
    "Single",
    "Stream",
    "String",
    "TimeOfDay",
    "Untyped",
    "PrimitiveType",
    "ComplexType",
    "EntityType",
    "Geography",
    "Geometry",
];

/// The meaning of `Edm.name`. Abstract types stand for values of which the metadata says no more, so
/// that any JSON is what can be said of them.
fn edm(name: &str) -> Option<TypeTarget> {
    match name {
        "Untyped" | "PrimitiveType" | "ComplexType" | "EntityType" => Some(TypeTarget::Json),
        _ => Primitive::from_name(name).map(TypeTarget::Primitive),
    }
}
