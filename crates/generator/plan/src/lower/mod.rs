//! Lowering: the representation, with its names given, to what emitters print.
//!
//! One file per crate or kind of file that comes out. All share [`Lowering`]: what is read, the
//! names, and what there is to report.

mod binding;
mod bindings;
mod client;
mod client_markers;
mod client_names;
mod client_steps;
mod contract;
mod examples;
mod features;
mod locations;
mod manifest;
mod members;
mod messages;
mod models;
mod operation_docs;
mod operation_modules;
mod operations;
mod parameter_types;
mod path_arguments;
mod path_names;
mod paths;
mod query_options;
mod reach;
mod rust_names;
mod segments;
mod server;
mod spelling;
mod undocumented;
mod value;
mod values;

pub use self::rust_names::{RustNames, rust_names};

use std::collections::BTreeMap;

use msgraph_ir::{Api, BoundId, BoundOperation, Deprecation, Item, ItemKind, PageLink, Site};
use msgraph_source::{Diagnostic, Diagnostics, Span, catalogue};

use self::operation_modules::operation_modules;
use crate::Options;
use crate::data::{MemberNames, ModelType, Plan};
use crate::naming::{Ident, Names};
use crate::prose::{DocText, PageKind, Prose, resource_url};

/// Where a service is that does not say so: nowhere, so that a client has to be told.
const UNKNOWN_PLACE: &str = "https://service.invalid";

/// What all lowering shares.
pub(crate) struct Lowering<'a> {
    api: &'a Api,
    options: &'a Options,
    names: &'a Names,
    diagnostics: Diagnostics,
    /// The types of the parameters of actions, made here.
    parameter_types: Vec<ModelType>,
    /// The names of the members of these types.
    parameter_names: BTreeMap<BoundId, Vec<MemberNames>>,
}

/// The plan for what `api` selects.
pub(crate) fn lower(api: &Api, options: &Options) -> (Plan, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let names = Names::of(api, &mut diagnostics);
    let mut lowering = Lowering::new(api, options, &names);
    lowering.diagnostics = diagnostics;
    let mut parameters = parameter_types::ParameterTypes::default();
    // Types know nothing of operations; what they have to report comes behind.
    let mut of_types = Lowering::new(api, options, &names);
    let ((operations, mut client, server), types) = rayon::join(
        || {
            let operations = lowering.operations(&mut parameters);
            let client = match api.service {
                Some(_) => lowering.segment_client(&operations),
                None => lowering.client(&operations, &mut parameters),
            };
            let server = lowering.server(&operations, &client);
            (operations, client, server)
        },
        || of_types.types(),
    );
    lowering.diagnostics.append(&mut of_types.diagnostics);
    let mut models = lowering.models(types, operation_modules(&operations));
    features::set_features(&mut models, &mut client.0);
    lowering.set_values_apart(&mut models);
    let locations = lowering.locations(&operations, &server);
    let plan =
        Plan { api_version: api.version.clone(), models, client: client.0, server, locations };
    (plan, lowering.diagnostics)
}

impl<'a> Lowering<'a> {
    /// Nothing lowered yet.
    fn new(api: &'a Api, options: &'a Options, names: &'a Names) -> Self {
        Self {
            api,
            options,
            names,
            diagnostics: Diagnostics::new(),
            parameter_types: Vec::new(),
            parameter_names: BTreeMap::new(),
        }
    }

    /// How the prose about types and members is read.
    fn resource_prose(&self) -> Prose<'a> {
        Prose { view: &self.options.docs_view, kind: PageKind::Resource }
    }

    /// How the prose about operations is read.
    fn operation_prose(&self) -> Prose<'a> {
        Prose { view: &self.options.docs_view, kind: PageKind::Operation }
    }

    fn page_url(&self, page: &PageLink) -> String {
        resource_url(&page.page, page.is_resource, &self.options.docs_view)
    }

    fn not_supported(&mut self, span: Span, what: impl Into<String>, help: &str) {
        self.diagnostics
            .push(Diagnostic::at(catalogue::plan::NOT_SUPPORTED, span, what).help(help.to_owned()));
    }

    /// The note of `#[deprecated]`, on one line.
    fn deprecation(&self, deprecation: Option<&Deprecation>) -> Option<String> {
        let deprecation = deprecation?;
        let mut note = deprecation
            .description
            .as_deref()
            .map(|text| self.resource_prose().line(text))
            .unwrap_or_default();
        if let Some(date) = &deprecation.removal_date {
            let date = self.resource_prose().line(date);
            if !note.is_empty() {
                note = format!("{} ", sentence(&note));
            }
            note.push_str(&format!("To be removed on {date}."));
        }
        Some(note)
    }

    /// Whether anything that is selected is deprecated, so that its own uses must not warn.
    fn has_deprecated(&self) -> bool {
        let deprecated_item = |item: &Item| {
            let properties = item.structured().map(|s| s.properties.as_slice()).unwrap_or_default();
            let constants = match &item.kind {
                ItemKind::Enumeration(enumeration) => enumeration.members.as_slice(),
                _ => &[],
            };
            item.deprecation.is_some()
                || constants.iter().any(|constant| constant.deprecation.is_some())
                || properties.iter().any(|property| property.deprecation.is_some())
        };
        let mut items = self.api.selection.items.keys();
        let mut operations = self.api.selection.operations.iter();
        let bound = |(_, bound): (_, &BoundOperation)| bound.deprecation.is_some();
        items.any(|&id| deprecated_item(&self.api.items[id]))
            || self.api.container.roots.iter().any(|root| root.deprecation.is_some())
            || (self.api.selection.is_whole && self.api.bound.iter().any(bound))
            || operations.any(|&id| {
                let operation = &self.api.operations[id];
                let parameters = &operation.parameters;
                operation.deprecation.is_some()
                    || parameters.iter().any(|parameter| parameter.deprecation.is_some())
                    || matches!(operation.site, Site::Bound(id) if self.api.bound[id].deprecation.is_some())
            })
    }

    /// What is generated, in words: `Microsoft Graph `v1.0``, or how the service calls itself.
    fn subject(&self) -> String {
        match &self.api.service {
            Some(service) => {
                let title = self.resource_prose().line(&service.title);
                if title.is_empty() { "a service".to_owned() } else { title }
            }
            None => format!("Microsoft Graph {}", code(&self.api.version)),
        }
    }

    /// Where the service is.
    fn base_url(&self) -> String {
        match &self.api.service {
            Some(service) => service.base_url.clone().unwrap_or_else(|| UNKNOWN_PLACE.to_owned()),
            None => self.options.base_url.clone(),
        }
    }

    /// How the root of all paths is called.
    fn root_name(&self) -> Ident {
        Ident::fixed(if self.api.service.is_some() { "Api" } else { "Graph" })
    }

    /// `conversationThread`, for text that the planner writes.
    fn item_name(&self, item: &Item) -> String {
        code(item.name.name.as_str())
    }
}

/// A name of the wire as a code span; what cannot be shown in one is left out.
fn code(name: &str) -> String {
    let safe: String = name
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '`' | '\u{200b}'..='\u{206f}' | '\u{feff}'))
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    match safe.trim() {
        "" => "`_`".to_owned(),
        _ => format!("`{}`", safe.replace("*/", "* /")),
    }
}

/// `text` with a full stop, as the summary of an item has it.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

/// A text of one paragraph that the planner writes.
fn paragraph(text: &str) -> DocText {
    DocText::default().paragraph(text)
}
