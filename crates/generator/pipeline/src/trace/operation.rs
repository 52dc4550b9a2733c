//! The facts of operations, and of URLs.
//!
//! In comes an operation, or what a URL means; out go its facts: types from the metadata, and from
//! the documents statuses, permissions, headers, options and examples. Holds: of a URL each step is
//! told with its declaration, and then the operations that it reaches.

use msgraph_ir::{Operation, OperationId, PageLink, PathStep, Site, Source, TypeRef, dump};
use msgraph_link::ResolvedPath;
use msgraph_source::Span;

use super::find::Subject;
use super::model::{described, root_kind};
use super::texts::{capabilities, page};
use super::{Model, Traced, TracedFact};

impl Model<'_> {
    pub(super) fn operation(&self, id: OperationId) -> Traced {
        let operation = &self.api.operations[id];
        let mut facts = Vec::new();
        let site = self.site_span(operation.site);
        let is_documented = operation.page.is_some();
        for path in &operation.paths {
            let (said_by, value) = match is_documented {
                true => (Source::Documents, path.template.as_str()),
                false => (Source::Metadata, path.template.as_str()),
            };
            facts.push(TracedFact::new("path", value, said_by, Some(path.span)));
        }
        let item = if operation.on_item { ", one item" } else { "" };
        let at = format!("{}{item}", self.api.site_name(operation.site));
        facts.push(TracedFact::new("site", at, Source::Metadata, site));
        self.site_capabilities(operation.site, &mut facts);
        let typed = |about: &str, type_ref: Option<TypeRef>| {
            type_ref.map(|type_ref| {
                let value = dump::type_ref(self.api, type_ref);
                TracedFact::new(about, value, Source::Metadata, site)
            })
        };
        facts.extend(typed("request type", operation.request));
        let body = operation.responses.iter().find_map(|response| response.value.body);
        facts.extend(typed("response type", body));
        for response in &operation.responses {
            let body = if response.value.body.is_some() { "with a body" } else { "without a body" };
            facts.push(TracedFact {
                about: "status".to_owned(),
                value: format!("{} {body}", response.value.status),
                said_by: response.said_by,
                span: Some(response.span),
                overruled: response.overruled.clone(),
            });
        }
        self.documented(operation, &mut facts);
        self.findings(&mut facts);
        let rust = self.names.operations.get(&id).cloned();
        let name = self.name(Subject::Operation(id));
        Traced { kind: "operation", name, rust, selected: None, facts }
    }

    /// What only documents say.
    fn documented(&self, operation: &Operation, facts: &mut Vec<TracedFact>) {
        if let Some(said) = &operation.permissions {
            for (about, granted) in [
                ("delegated, work", &said.value.delegated_work),
                ("delegated, personal", &said.value.delegated_personal),
                ("application", &said.value.application),
            ] {
                facts.push(TracedFact {
                    about: about.to_owned(),
                    value: granted.words(str::to_owned),
                    said_by: said.said_by,
                    span: Some(said.span),
                    overruled: Vec::new(),
                });
            }
            if let Some(last) = facts.last_mut() {
                last.overruled.clone_from(&said.overruled);
            }
        }
        for header in &operation.headers {
            let needed = if header.required { "required" } else { "optional" };
            let value = format!("{}, {needed}", header.name);
            facts.push(TracedFact::documents("header", value, header.span));
        }
        let on_page = operation.page.as_ref().map(|page| page.span);
        for option in &operation.query_options {
            facts.push(TracedFact::new("query option", option, Source::Documents, on_page));
        }
        facts.extend(operation.description.iter().map(|prose| described("description", prose)));
        let pages = operation.page.iter().chain(&operation.other_pages);
        facts.extend(
            pages.map(|link: &PageLink| TracedFact::documents("page", page(link), link.span)),
        );
        for example in &operation.examples {
            let request = example.request.findings.len();
            let response = example.response.as_ref().map_or(0, |response| response.findings.len());
            let findings = match request + response {
                0 => "clean".to_owned(),
                1 => "1 finding".to_owned(),
                count => format!("{count} findings"),
            };
            let value = format!("{}, {findings}", example.name);
            facts.push(TracedFact::documents("example", value, example.request.span));
        }
    }

    /// What a URL means: its steps, then the operations that it reaches, or else the place itself.
    pub(super) fn url(&self, method: Option<&str>, url: &str, path: &ResolvedPath) -> Vec<Traced> {
        let mut facts = Vec::new();
        let site = self.site_span(path.site);
        for step in &path.steps {
            facts.extend(self.step(step, site));
        }
        let at = path
            .type_ref
            .map_or_else(|| "nothing".to_owned(), |type_ref| dump::type_ref(self.api, type_ref));
        facts.push(TracedFact::new("leads to", at, Source::Metadata, site));
        for leniency in &path.leniencies {
            facts.push(TracedFact::new("differs", leniency.to_string(), Source::Metadata, site));
        }
        let reached: Vec<OperationId> = self
            .api
            .operations
            .iter()
            .filter(|(_, operation)| {
                (operation.site, operation.on_item) == (path.site, path.on_item)
                    && method.is_none_or(|m| m.eq_ignore_ascii_case(operation.method.as_str()))
            })
            .map(|(id, _)| id)
            .collect();
        let mut found =
            vec![Traced { kind: "URL", name: url.to_owned(), rust: None, selected: None, facts }];
        if reached.is_empty() {
            // No page documents it.
            let subject = match path.site {
                Site::Root(index) => Some(Subject::Root(index)),
                Site::Property { owner, index } => Some(Subject::Member(owner, index)),
                Site::Bound(id) => Some(Subject::Bound(id)),
                // URLs are those of the model.
                Site::Segment(_) => None,
            };
            found.extend(subject.map(|subject| self.traced(subject)));
        }
        found.extend(reached.into_iter().map(|id| self.operation(id)));
        found
    }

    fn step(&self, step: &PathStep, site: Option<Span>) -> Option<TracedFact> {
        let api = self.api;
        Some(match step {
            PathStep::Root(index) => {
                let root = api.container.roots.get(*index)?;
                TracedFact::metadata(root_kind(root.kind), root.name.as_str(), root.span)
            }
            PathStep::Property { owner, index } => {
                let property = api.property(*owner, *index)?;
                let about = match property.navigation() {
                    Some(_) => "navigation property",
                    None => "property",
                };
                let name = format!("{}/{}", api.items[*owner].name, property.name);
                TracedFact::metadata(about, name, property.span)
            }
            // A key is the caller's: no source states it.
            PathStep::Key { .. } | PathStep::AlternateKey(_) | PathStep::ByPath(_) => return None,
            PathStep::Cast(id) => {
                let item = &api.items[*id];
                TracedFact::metadata("cast", item.name.to_string(), item.span)
            }
            PathStep::Bound(id, _) => {
                let bound = &api.bound[*id];
                TracedFact::metadata("call", bound.name.to_string(), bound.span)
            }
            PathStep::Count => TracedFact::new("ends in", "$count", Source::Metadata, site),
            PathStep::Value => TracedFact::new("ends in", "$value", Source::Metadata, site),
            PathStep::Ref => TracedFact::new("ends in", "$ref", Source::Metadata, site),
        })
    }

    fn site_span(&self, site: Site) -> Option<Span> {
        match site {
            Site::Root(index) => self.api.container.roots.get(index).map(|root| root.span),
            Site::Property { owner, index } => self.api.property(owner, index).map(|p| p.span),
            Site::Bound(id) => Some(self.api.bound[id].span),
            Site::Segment(id) => self.api.service.as_ref().map(|service| service.segments[id].span),
        }
    }

    fn site_capabilities(&self, site: Site, facts: &mut Vec<TracedFact>) {
        let said = match site {
            Site::Root(index) => self.api.container.roots.get(index).map(|root| &root.capabilities),
            Site::Property { owner, index } => {
                self.api.property(owner, index).map(|property| &property.capabilities)
            }
            Site::Bound(_) | Site::Segment(_) => None,
        };
        for (about, value, span) in said.into_iter().flat_map(capabilities) {
            facts.push(TracedFact::metadata(about, value, span));
        }
    }
}
