//! Names of schemas as names of types.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_openapi::Document;

use crate::dialect::Dialect;

/// The namespace of the error that every service answers, which is one of the runtime's types.
const ERRORS: &str = ".ODataErrors";

/// Which schemas are types of the service, and in which namespaces they lie.
pub(crate) struct Names {
    dialect: Dialect,
    /// The namespaces, in the order of the text.
    pub(crate) namespaces: Vec<String>,
    /// The short form of a namespace, as it stands in paths.
    pub(crate) alias: Option<(String, String)>,
    types: BTreeSet<String>,
}

impl Names {
    /// The names of `document`.
    pub(crate) fn of(document: &Document, dialect: Dialect) -> Self {
        let mut known = BTreeSet::new();
        let mut names =
            Self { dialect, namespaces: Vec::new(), alias: None, types: BTreeSet::new() };
        for (name, schema) in document.schemas() {
            let name = name.value;
            let Some((namespace, simple)) = name.rsplit_once('.') else { continue };
            let is_form = names.form_of(name).is_some_and(|name| document.schema(name).is_some());
            // A list has no type of its own: it is read where it is referred to.
            let is_list = schema.types() == ["array"];
            if namespace.ends_with(ERRORS) || is_wrapper(dialect, simple) || is_form || is_list {
                continue;
            }
            if known.insert(namespace) {
                names.namespaces.push(namespace.to_owned());
            }
            names.types.insert(name.to_owned());
        }
        names.alias = names.find_alias(document);
        names
    }

    /// The dialect.
    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The type that the schema `name` is, or is a form of.
    pub(crate) fn type_name<'n>(&self, name: &'n str) -> Option<&'n str> {
        if self.types.contains(name) {
            return Some(name);
        }
        self.form_of(name).filter(|name| self.types.contains(*name))
    }

    /// The name without what tells the form of it for bodies of requests.
    fn form_of<'n>(&self, name: &'n str) -> Option<&'n str> {
        if self.dialect != Dialect::Oasis {
            return None;
        }
        name.strip_suffix("-create").or_else(|| name.strip_suffix("-update"))
    }

    /// The namespace and the name that a qualified segment of a path means.
    pub(crate) fn qualify(&self, segment: &str) -> Option<(String, String)> {
        let (prefix, name) = segment.rsplit_once('.')?;
        Some((self.in_full(prefix), name.to_owned()))
    }

    fn in_full(&self, prefix: &str) -> String {
        match &self.alias {
            Some((alias, namespace)) if prefix == alias => namespace.clone(),
            Some((alias, namespace)) => match prefix.strip_prefix(alias.as_str()) {
                Some(rest) if rest.starts_with('.') => format!("{namespace}{rest}"),
                _ => prefix.to_owned(),
            },
            None => prefix.to_owned(),
        }
    }

    /// A prefix of segments that is no namespace stands for the one that ends in it.
    fn find_alias(&self, document: &Document) -> Option<(String, String)> {
        // The parts that namespaces begin with, and those that they end in.
        let (mut fronts, mut ends) = (BTreeSet::new(), BTreeMap::new());
        for namespace in &self.namespaces {
            for (at, _) in namespace.match_indices('.') {
                fronts.insert(namespace.get(..at)?);
                ends.entry(namespace.get(at + 1..)?).or_insert(namespace);
            }
            fronts.insert(namespace.as_str());
        }
        let mut segments = document.paths().flat_map(|item| item.path.value.split('/'));
        segments.find_map(|segment| {
            let (name, _) = segment.split_once('(').unwrap_or((segment, ""));
            let (prefix, _) = name.rsplit_once('.')?;
            if name.contains('{') || fronts.contains(prefix) {
                return None;
            }
            Some((prefix.to_owned(), (*ends.get(prefix)?).clone()))
        })
    }
}

/// Microsoft's names for what holds a page of a collection.
fn is_wrapper(dialect: Dialect, simple: &str) -> bool {
    dialect == Dialect::Microsoft && simple.ends_with("CollectionResponse")
}
