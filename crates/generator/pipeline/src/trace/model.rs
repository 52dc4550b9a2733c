//! The facts of types, members, entity sets, actions and functions.
//!
//! In comes a thing of the model; out go its facts in a fixed order: what declares it, what it is,
//! what may be done with it, what is said of it, and what was found.

use std::collections::BTreeSet;

use msgraph_ir::{
    BoundId, BoundKind, Item, ItemId, ItemKind, Property, Prose, RootKind, Source, Structured,
    TypeRef, dump,
};
use msgraph_source::{Diagnostic, Span};

use super::find::Subject;
use super::texts::{capabilities, deprecation, page};
use super::{Model, Traced, TracedFact};

/// Findings beyond these are left to `lint`.
const MOST_FINDINGS: usize = 10;

impl Model<'_> {
    pub(super) fn item(&self, id: ItemId) -> Traced {
        let item = &self.api.items[id];
        let kind = match &item.kind {
            ItemKind::Entity(_) => "entity type",
            ItemKind::Complex(_) => "complex type",
            ItemKind::Enumeration(_) => "enumeration",
            ItemKind::TypeDefinition(_) => "type definition",
        };
        let mut facts = vec![TracedFact::metadata("declaration", kind, item.span)];
        match &item.kind {
            ItemKind::Entity(structured) | ItemKind::Complex(structured) => {
                self.structured(id, item, structured, &mut facts);
            }
            ItemKind::Enumeration(enumeration) => {
                let flags = if enumeration.is_flags { ", any of them together" } else { "" };
                let count = format!("{}{flags}", enumeration.members.len());
                facts.push(TracedFact::metadata("members", count, item.span));
            }
            ItemKind::TypeDefinition(definition) => {
                let underlying = format!("Edm.{:?}", definition.underlying);
                facts.push(TracedFact::metadata("stands for", underlying, item.span));
            }
        }
        for root in self.api.container.roots.iter().filter(|root| root.target == id) {
            let about = root_kind(root.kind);
            facts.push(TracedFact::metadata(about, root.name.as_str(), root.span));
        }
        facts.extend(item.description.as_ref().map(|prose| described("description", prose)));
        if let Some(said) = &item.deprecation {
            facts.push(TracedFact::metadata("deprecated", deprecation(said), item.span));
        }
        if let Some(link) = &item.page {
            facts.push(TracedFact::documents("page", page(link), link.span));
        }
        self.findings(&mut facts);
        Traced {
            kind,
            name: item.name.to_string(),
            rust: self.names.types.get(&id).cloned(),
            selected: self.api.selection.items.get(&id).cloned(),
            facts,
        }
    }

    fn structured(
        &self,
        id: ItemId,
        item: &Item,
        structured: &Structured,
        facts: &mut Vec<TracedFact>,
    ) {
        let api = self.api;
        if let Some(base) = structured.base {
            let base = &api.items[base].name;
            facts.push(TracedFact::metadata("base", base.to_string(), item.span));
        }
        let keyed = api.ancestry(id).find_map(|owner| {
            let of = api.items[owner].structured()?;
            (!of.key.is_empty()).then_some((owner, &of.key))
        });
        if let Some((owner, key)) = keyed {
            let parts: Vec<&str> = key
                .iter()
                .map(|part| part.alias.as_ref().unwrap_or(&part.property).as_str())
                .collect();
            let from = match owner == id {
                true => String::new(),
                false => format!(", of `{}`", api.items[owner].name),
            };
            let value = format!("{}{from}", parts.join(", "));
            facts.push(TracedFact::metadata("key", value, api.items[owner].span));
        }
        for key in &structured.alternate_keys {
            let parts: Vec<&str> = key.iter().map(|part| part.property.as_str()).collect();
            facts.push(TracedFact::metadata("alternate key", parts.join(", "), item.span));
        }
        for (about, holds) in [
            ("abstract", structured.is_abstract),
            ("open", structured.is_open),
            ("stream", structured.has_stream),
        ] {
            if holds {
                facts.push(TracedFact::metadata(about, "yes", item.span));
            }
        }
        let own = structured.properties.len();
        let all: usize = api
            .ancestry(id)
            .filter_map(|id| api.items[id].structured())
            .map(|structured| structured.properties.len())
            .sum();
        let members = format!("{own} own, {} inherited", all - own);
        facts.push(TracedFact::metadata("members", members, item.span));
        if !structured.derived.is_empty() {
            let derived = structured.derived.len().to_string();
            facts.push(TracedFact::metadata("derived types", derived, item.span));
        }
    }

    pub(super) fn member(&self, owner: ItemId, index: usize) -> Traced {
        let name = self.name(Subject::Member(owner, index));
        let rust = self.names.members.get(&(owner, index)).and_then(|paths| paths.first()).cloned();
        let mut facts = Vec::new();
        let kind = match self.api.property(owner, index) {
            Some(property) => {
                self.property(owner, property, &mut facts);
                if property.navigation().is_some() { "navigation property" } else { "property" }
            }
            None => {
                if let ItemKind::Enumeration(enumeration) = &self.api.items[owner].kind
                    && let Some(member) = enumeration.members.get(index)
                {
                    let span = self.api.items[owner].span;
                    facts.push(TracedFact::metadata("number", member.value.to_string(), span));
                    facts.extend(member.description.as_ref().map(|p| described("description", p)));
                }
                "member of an enumeration"
            }
        };
        Traced { kind, name, rust, selected: None, facts }
    }

    fn property(&self, owner: ItemId, property: &Property, facts: &mut Vec<TracedFact>) {
        let span = property.span;
        let one = TypeRef { is_nullable: false, ..property.type_ref };
        facts.push(TracedFact::metadata("type", dump::type_ref(self.api, one), span));
        let nullable = if property.type_ref.is_nullable { "yes" } else { "no" };
        facts.push(TracedFact::metadata("nullable", nullable, span));
        if let Some(navigation) = property.navigation() {
            let contained = if navigation.is_contained { "yes" } else { "no" };
            facts.push(TracedFact::metadata("contained", contained, span));
        }
        let is_key = self.api.items[owner]
            .structured()
            .is_some_and(|of| of.key.iter().any(|part| part.property == property.name));
        if is_key {
            facts.push(TracedFact::metadata("key", "yes", self.api.items[owner].span));
        }
        if property.is_computed {
            facts.push(TracedFact::metadata("computed", "yes", span));
        }
        for (about, value, span) in capabilities(&property.capabilities) {
            facts.push(TracedFact::metadata(about, value, span));
        }
        facts.extend(property.description.as_ref().map(|prose| described("description", prose)));
        if let Some(said) = &property.deprecation {
            facts.push(TracedFact::metadata("deprecated", deprecation(said), span));
        }
        self.findings(facts);
    }

    pub(super) fn root(&self, index: usize) -> Traced {
        let Some(root) = self.api.container.roots.get(index) else {
            return Traced {
                kind: "entity set",
                name: String::new(),
                rust: None,
                selected: None,
                facts: Vec::new(),
            };
        };
        let target = self.api.items[root.target].name.to_string();
        let mut facts = vec![TracedFact::metadata("type", target, root.span)];
        for (about, value, span) in capabilities(&root.capabilities) {
            facts.push(TracedFact::metadata(about, value, span));
        }
        self.findings(&mut facts);
        Traced {
            kind: root_kind(root.kind),
            name: root.name.to_string(),
            rust: None,
            selected: None,
            facts,
        }
    }

    pub(super) fn bound(&self, id: BoundId) -> Traced {
        let bound = &self.api.bound[id];
        let kind = match bound.kind {
            BoundKind::Action => "action",
            BoundKind::Function => "function",
        };
        let shown = |type_ref| dump::type_ref(self.api, type_ref);
        let mut facts = Vec::new();
        if let Some(binding) = bound.binding {
            let binding = TypeRef { is_nullable: false, ..binding };
            facts.push(TracedFact::metadata("bound to", shown(binding), bound.span));
        }
        for parameter in &bound.parameters {
            let optional = if parameter.is_optional { ", optional" } else { "" };
            let value = format!("{}: {}{optional}", parameter.name, shown(parameter.type_ref));
            facts.push(TracedFact::metadata("parameter", value, parameter.span));
        }
        let returns = bound.returns.map_or_else(|| "nothing".to_owned(), shown);
        facts.push(TracedFact::metadata("returns", returns, bound.span));
        if bound.is_composable {
            facts.push(TracedFact::metadata("composable", "yes", bound.span));
        }
        facts.extend(bound.description.as_ref().map(|prose| described("description", prose)));
        if let Some(said) = &bound.deprecation {
            facts.push(TracedFact::metadata("deprecated", deprecation(said), bound.span));
        }
        self.findings(&mut facts);
        Traced { kind, name: bound.name.to_string(), rust: None, selected: None, facts }
    }

    /// What was found at the places of `facts`: where the sources disagree.
    pub(super) fn findings(&self, facts: &mut Vec<TracedFact>) {
        let places: BTreeSet<Span> = facts.iter().filter_map(|fact| fact.span).collect();
        let found = self.diagnostics.iter().filter(|diagnostic| {
            diagnostic.labels.iter().any(|label| places.contains(&label.span))
        });
        let found: Vec<&Diagnostic> = found.take(MOST_FINDINGS).collect();
        for diagnostic in found {
            let place = diagnostic.labels.first().map(|label| label.span);
            let is_of_metadata = facts.iter().any(|fact| {
                fact.said_by == Source::Metadata
                    && fact.span.map(|span| span.file) == place.map(|span| span.file)
            });
            let said_by = if is_of_metadata { Source::Metadata } else { Source::Documents };
            let value = format!("{}: {}", diagnostic.code, diagnostic.message);
            facts.push(TracedFact::new("finding", value, said_by, place));
        }
    }
}

/// Prose with who said it.
pub(super) fn described(about: &str, prose: &Prose) -> TracedFact {
    TracedFact {
        about: about.to_owned(),
        value: prose.value.clone(),
        said_by: prose.said_by,
        span: Some(prose.span),
        overruled: prose.overruled.clone(),
    }
}

pub(super) fn root_kind(kind: RootKind) -> &'static str {
    match kind {
        RootKind::EntitySet => "entity set",
        RootKind::Singleton => "singleton",
    }
}
