//! The representation as text, for people: `cargo xtask ir`, and the snapshots of the linker.
//!
//! In comes an [`Api`] and a filter; out go the types and operations whose names contain it, in the
//! order of the arenas, one statement a line. Who said a fact that two sources can state is shown in
//! parentheses; places are shown only where the texts are at hand.

pub mod facts;
mod operations;

use std::fmt::{self, Write};

use msgraph_source::{SourceMap, Span};

use crate::api::{Api, RootKind};
use crate::documentation::{Deprecation, Prose};
use crate::item::{Capabilities, Item, ItemKind, Key, Property, Structured};
use crate::operation::{BoundKind, BoundOperation, PathStep};
use crate::provenance::Source;
use crate::type_ref::{TypeRef, TypeTarget};

/// The representation as text: all of it, or what has `filter` in its name, in any case.
pub fn api(api: &Api, filter: Option<&str>, sources: Option<&SourceMap>) -> String {
    let mut dump =
        Dump { api, sources, filter: filter.map(str::to_lowercase), text: String::new() };
    // Writing to a String cannot fail.
    let _ = dump.all();
    dump.text
}

/// A type as it is used: `Collection(microsoft.graph.post)?`.
pub fn type_ref(api: &Api, type_ref: TypeRef) -> String {
    let name = match type_ref.target {
        TypeTarget::Primitive(primitive) => format!("{primitive:?}"),
        TypeTarget::Item(id) => api.items[id].name.to_string(),
        TypeTarget::Json => "any JSON".to_owned(),
    };
    let null = if type_ref.is_nullable { "?" } else { "" };
    if type_ref.is_collection {
        format!("Collection({name}{null})")
    } else {
        format!("{name}{null}")
    }
}

/// A path as the model has it: `/groups/{id}/threads`.
pub fn path(api: &Api, steps: &[PathStep]) -> String {
    let mut text = String::new();
    let mut is_addressed = false;
    for step in steps {
        match step {
            PathStep::ByPath(_) => text.push_str(":/"),
            PathStep::AlternateKey(_) => {}
            _ if is_addressed => text.push_str(":/"),
            _ => text.push('/'),
        }
        is_addressed = matches!(step, PathStep::ByPath(_));
        match step {
            PathStep::Root(index) => {
                if let Some(root) = api.container.roots.get(*index) {
                    text.push_str(root.name.as_str());
                }
            }
            PathStep::Property { owner, index } => {
                if let Some(property) = api.property(*owner, *index) {
                    text.push_str(property.name.as_str());
                }
            }
            PathStep::Key { text: key, is_parameter } if *is_parameter => {
                let _ = write!(text, "{{{key}}}");
            }
            PathStep::Key { text: key, .. } => text.push_str(key),
            PathStep::AlternateKey(parts) => {
                let parts: Vec<String> =
                    parts.iter().map(|(name, value)| format!("{name}={value}")).collect();
                let _ = write!(text, "({})", parts.join(","));
            }
            PathStep::ByPath(path) => text.push_str(path),
            PathStep::Cast(id) => {
                let _ = write!(text, "{}", api.items[*id].name);
            }
            PathStep::Bound(id, arguments) => {
                let _ = write!(text, "{}", api.bound[*id].name.name);
                if api.bound[*id].kind == BoundKind::Function {
                    let arguments: Vec<String> =
                        arguments.iter().map(|(name, value)| format!("{name}={value}")).collect();
                    let _ = write!(text, "({})", arguments.join(","));
                }
            }
            PathStep::Count => text.push_str("$count"),
            PathStep::Value => text.push_str("$value"),
            PathStep::Ref => text.push_str("$ref"),
        }
    }
    text
}

struct Dump<'a> {
    api: &'a Api,
    sources: Option<&'a SourceMap>,
    filter: Option<String>,
    text: String,
}

impl Dump<'_> {
    fn wanted(&self, name: &str) -> bool {
        self.filter.as_ref().is_none_or(|filter| name.to_lowercase().contains(filter))
    }

    fn all(&mut self) -> fmt::Result {
        let api = self.api;
        for (_, item) in api.items.iter() {
            if self.wanted(&item.name.to_string()) {
                self.item(item)?;
            }
        }
        for (_, bound) in api.bound.iter() {
            if self.wanted(&bound.name.to_string()) {
                self.bound(bound)?;
            }
        }
        for root in &api.container.roots {
            if self.wanted(root.name.as_str()) {
                let kind = match root.kind {
                    RootKind::EntitySet => "entity set",
                    RootKind::Singleton => "singleton",
                };
                let target = &api.items[root.target].name;
                let place = self.place(root.span);
                let capabilities = capabilities(&root.capabilities);
                writeln!(self.text, "{kind} {}: {target}{capabilities}{place}", root.name)?;
            }
        }
        for import in &api.container.imports {
            if self.wanted(import.name.as_str()) {
                let operation = &api.bound[import.operation].name;
                let place = self.place(import.span);
                writeln!(self.text, "import {}: {operation}{place}", import.name)?;
            }
        }
        for (_, operation) in api.operations.iter() {
            let named = operation.paths.iter().any(|p| self.wanted(&p.template))
                || operation.page.as_ref().is_some_and(|p| self.wanted(&p.page))
                || operation.examples.iter().any(|e| self.wanted(&e.name));
            if named {
                self.operation(operation)?;
            }
        }
        self.selection()
    }

    fn selection(&mut self) -> fmt::Result {
        let api = self.api;
        let selection = &api.selection;
        for &id in &selection.operations {
            let operation = &api.operations[id];
            let path = operation.paths.first().map_or("", |p| &p.template);
            if self.wanted(path) {
                writeln!(self.text, "selected {} {path}", operation.method.as_str())?;
            }
        }
        for (&id, reason) in &selection.items {
            let name = api.items[id].name.to_string();
            if self.wanted(&name) {
                writeln!(self.text, "selected {name}: {reason}")?;
                if let Some(subtypes) = selection.subtypes.get(&id) {
                    let names: Vec<String> =
                        subtypes.iter().map(|&id| api.items[id].name.to_string()).collect();
                    writeln!(self.text, "  can hold {}", names.join(", "))?;
                }
                if selection.abstract_leaves.contains(&id) {
                    writeln!(self.text, "  abstract, without a selected derived type")?;
                }
            }
        }
        Ok(())
    }

    fn item(&mut self, item: &Item) -> fmt::Result {
        let place = self.place(item.span);
        match &item.kind {
            ItemKind::Entity(structured) => self.structured("entity", item, structured)?,
            ItemKind::Complex(structured) => self.structured("complex", item, structured)?,
            ItemKind::Enumeration(enumeration) => {
                let flags = if enumeration.is_flags { " flags" } else { "" };
                let underlying = match enumeration.underlying {
                    Some(primitive) => format!(" : {primitive:?}"),
                    None => String::new(),
                };
                writeln!(self.text, "enum {}{underlying}{flags}{place}", item.name)?;
                self.about(item)?;
                for member in &enumeration.members {
                    writeln!(self.text, "  {} = {}", member.name, member.value)?;
                    self.prose(4, member.description.as_ref())?;
                }
            }
            ItemKind::TypeDefinition(definition) => {
                writeln!(self.text, "type {} = {:?}{place}", item.name, definition.underlying)?;
                self.about(item)?;
            }
        }
        Ok(())
    }

    fn structured(&mut self, word: &str, item: &Item, structured: &Structured) -> fmt::Result {
        let api = self.api;
        write!(self.text, "{word} {}", item.name)?;
        if let Some(base) = structured.base {
            write!(self.text, " : {}", api.items[base].name)?;
        }
        for (flag, is_set) in [
            (" abstract", structured.is_abstract),
            (" open", structured.is_open),
            (" stream", structured.has_stream),
        ] {
            if is_set {
                self.text.push_str(flag);
            }
        }
        let place = self.place(item.span);
        writeln!(self.text, "{place}")?;
        self.about(item)?;
        if !structured.key.is_empty() {
            writeln!(self.text, "  key {}", keys(&structured.key))?;
        }
        for key in &structured.alternate_keys {
            writeln!(self.text, "  alternate key {}", keys(key))?;
        }
        for property in &structured.properties {
            self.property(property)?;
        }
        for inherited in &structured.inherited {
            if let Some(property) = api.property(inherited.owner, inherited.index) {
                writeln!(self.text, "  inherits {}", property.name)?;
                self.prose(4, Some(&inherited.description))?;
            }
        }
        Ok(())
    }

    fn property(&mut self, property: &Property) -> fmt::Result {
        let kind = type_ref(self.api, property.type_ref);
        write!(self.text, "  {}: {kind}", property.name)?;
        if let Some(navigation) = property.navigation() {
            let contained = if navigation.is_contained { "contained " } else { "" };
            write!(self.text, ", {contained}navigation")?;
            if let Some(partner) = &navigation.partner {
                write!(self.text, ", partner {partner}")?;
            }
        }
        for (word, is_set) in
            [(", computed", property.is_computed), (", immutable", property.is_immutable)]
        {
            if is_set {
                self.text.push_str(word);
            }
        }
        let place = self.place(property.span);
        let capabilities = capabilities(&property.capabilities);
        writeln!(self.text, "{capabilities}{place}")?;
        self.prose(4, property.description.as_ref())?;
        self.deprecation(4, property.deprecation.as_ref())
    }

    fn bound(&mut self, bound: &BoundOperation) -> fmt::Result {
        let api = self.api;
        let kind = match bound.kind {
            BoundKind::Action => "action",
            BoundKind::Function => "function",
        };
        write!(self.text, "{kind} {}", bound.name)?;
        if let Some(binding) = bound.binding {
            write!(self.text, " on {}", type_ref(api, binding))?;
        }
        if let Some(returns) = bound.returns {
            write!(self.text, " returns {}", type_ref(api, returns))?;
        }
        if let Some(steps) = &bound.entity_set {
            // OData calls the instance that it is bound to `$it`.
            write!(self.text, " in $it{}", path(api, steps))?;
        }
        if bound.is_composable {
            self.text.push_str(" composable");
        }
        let place = self.place(bound.span);
        writeln!(self.text, "{place}")?;
        for parameter in &bound.parameters {
            let optional = if parameter.is_optional { ", optional" } else { "" };
            let kind = type_ref(api, parameter.type_ref);
            writeln!(self.text, "  {}: {kind}{optional}", parameter.name)?;
            self.prose(4, parameter.description.as_ref())?;
        }
        self.prose(2, bound.description.as_ref())?;
        self.deprecation(2, bound.deprecation.as_ref())
    }

    fn overruled(&mut self, overruled: &[(Source, Span, String)]) -> fmt::Result {
        for (source, span, what) in overruled {
            let place = self.place(*span);
            writeln!(self.text, "    overruled ({}): {what}{place}", said(*source))?;
        }
        Ok(())
    }

    fn about(&mut self, item: &Item) -> fmt::Result {
        if let Some(page) = &item.page {
            let title = page.title.as_deref().unwrap_or_default();
            writeln!(self.text, "  page {} {title:?}", page.page)?;
        }
        self.prose(2, item.description.as_ref())?;
        self.deprecation(2, item.deprecation.as_ref())
    }

    fn prose(&mut self, indent: usize, prose: Option<&Prose>) -> fmt::Result {
        let Some(prose) = prose else { return Ok(()) };
        let (said, place) = (said(prose.said_by), self.place(prose.span));
        writeln!(self.text, "{:indent$}{:?} ({said}){place}", "", prose.value)?;
        self.overruled(&prose.overruled)
    }

    fn deprecation(&mut self, indent: usize, deprecation: Option<&Deprecation>) -> fmt::Result {
        let Some(deprecation) = deprecation else {
            return Ok(());
        };
        write!(self.text, "{:indent$}deprecated", "")?;
        for (word, value) in [
            ("since", &deprecation.date),
            ("until", &deprecation.removal_date),
            ("version", &deprecation.version),
        ] {
            if let Some(value) = value {
                write!(self.text, " {word} {value}")?;
            }
        }
        match &deprecation.description {
            Some(description) => writeln!(self.text, ": {description:?}"),
            None => writeln!(self.text),
        }
    }

    fn place(&self, span: Span) -> String {
        self.sources.map_or_else(String::new, |sources| {
            let position = sources.position(span);
            let path = sources.file(span.file).path();
            format!(" @ {path}:{}:{}", position.line, position.column)
        })
    }
}

fn said(source: Source) -> &'static str {
    match source {
        Source::Metadata => "metadata",
        Source::Documents => "documents",
    }
}

fn keys(key: &[Key]) -> String {
    let parts: Vec<String> = key
        .iter()
        .map(|part| match &part.alias {
            Some(alias) => format!("{alias}={}", part.property),
            None => part.property.to_string(),
        })
        .collect();
    parts.join(", ")
}

fn capabilities(capabilities: &Capabilities) -> String {
    let mut text = String::new();
    for (name, value) in [
        ("insertable", capabilities.insertable),
        ("updatable", capabilities.updatable),
        ("deletable", capabilities.deletable),
        ("readable", capabilities.readable),
        ("expandable", capabilities.expandable),
        ("searchable", capabilities.searchable),
        ("filterable", capabilities.filterable),
        ("sortable", capabilities.sortable),
        ("countable", capabilities.countable),
        ("top", capabilities.top_supported),
        ("skip", capabilities.skip_supported),
        ("selectable", capabilities.selectable),
        ("change tracking", capabilities.change_tracking),
        ("upsertable", capabilities.upsertable),
    ] {
        match value {
            Some((true, _)) => {
                let _ = write!(text, ", {name}");
            }
            Some((false, _)) => {
                let _ = write!(text, ", not {name}");
            }
            None => {}
        }
    }
    if let Some((navigability, _)) = &capabilities.navigability {
        let _ = write!(text, ", navigability {navigability}");
    }
    for (term, header, required, _) in &capabilities.custom_headers {
        let required = if *required { " required" } else { "" };
        let _ = write!(text, ", {term} header {header}{required}");
    }
    text
}
