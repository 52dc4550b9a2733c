//! Operations: their names, their walks through the builders, and what is said of them.
//!
//! In come the selected operations; out go those that can be generated, with their walks through the
//! builders. Holds: their order and their names come from paths and methods alone, so that selecting more
//! renames none; what cannot be generated is reported with its place.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_ir::{
    Api, Ending, Method, Operation as IrOperation, OperationId, Permissions, SegmentId, Site,
    TypeTarget,
};

use rayon::prelude::*;

use super::operation_modules::ModuleNames;
use super::parameter_types::ParameterTypes;
use super::path_names::{cast_label, label};
use super::paths::{By, Walk, walk};
use super::segments::{segment_walk, segment_words};
use super::{Lowering, code};
use crate::data::{Body, NodeShape, Operation, Reply};
use crate::naming::{Case, Ident, OPERATION_NAMES, Scope, claim};
use crate::prose::DocText;

/// An operation with what client, server and tests need to know of it.
pub(super) struct Planned {
    /// Its place in the API.
    pub id: OperationId,
    /// What is emitted.
    pub operation: Operation,
    /// The canonical path first.
    pub walks: Vec<Walk>,
    /// The note of its deprecation.
    pub deprecated: Option<String>,
    /// The word for it among the operations of its site: `create`, or the bound operation's name.
    pub verb: String,
}

/// Leaves a path that is the first one of an operation to that operation: pages that describe several list
/// the paths of all for each.
fn unambiguous(api: &Api, ready: &mut [(OperationId, Vec<Walk>)]) {
    let first: BTreeSet<(&'static str, String)> = ready
        .iter()
        .filter_map(|(id, walks)| {
            Some((api.operations[*id].method.as_str(), walks.first()?.template.clone()))
        })
        .collect();
    for (id, walks) in ready {
        let method = api.operations[*id].method.as_str();
        let mut is_first = true;
        walks.retain(|walk| {
            std::mem::take(&mut is_first) || !first.contains(&(method, walk.template.clone()))
        });
    }
}

impl Lowering<'_> {
    /// All selected operations, by path and method. What cannot be generated is reported.
    pub(super) fn operations(&mut self, parameters: &mut ParameterTypes) -> Vec<Planned> {
        let api = self.api;
        let mut ready: Vec<(OperationId, Vec<Walk>)> = Vec::new();
        for &id in &api.selection.operations {
            let walks = self.walks(&api.operations[id]);
            if !walks.is_empty() {
                ready.push((id, walks));
            }
        }
        unambiguous(api, &mut ready);
        ready.sort_by(|(a, walks_a), (b, walks_b)| {
            let key = |id: OperationId, walks: &[Walk]| {
                let template = walks.first().map(|walk| walk.template.clone());
                (template, api.operations[id].method)
            };
            key(*a, walks_a).cmp(&key(*b, walks_b))
        });
        let mut scopes: BTreeMap<Vec<Ident>, Scope> = BTreeMap::new();
        let mut modules = ModuleNames::default();
        let mut planned = Vec::new();
        let docs: Vec<DocText> =
            ready.par_iter().map(|(id, walks)| self.documented(*id, walks)).collect();
        for ((id, walks), docs) in ready.into_iter().zip(docs) {
            let operation = &api.operations[id];
            let request = self.request(operation, parameters);
            let reply = self.replies(operation);
            let (Some(request), Some(reply)) = (request, reply) else {
                continue;
            };
            if let Site::Segment(segment) = operation.site {
                let mut at = Names { modules: &mut modules, scopes: &mut scopes, parameters };
                planned.extend(self.at_segment(
                    id,
                    segment,
                    walks,
                    (request, reply, docs),
                    &mut at,
                ));
                continue;
            }
            planned.extend(self.planned(
                id,
                walks,
                (request, reply, docs),
                &mut modules,
                &mut scopes,
            ));
        }
        planned
    }

    fn walks(&mut self, operation: &IrOperation) -> Vec<Walk> {
        if let Site::Segment(id) = operation.site {
            return vec![segment_walk(self.api, id)];
        }
        let mut walks = Vec::new();
        for (index, path) in operation.paths.iter().enumerate() {
            match walk(self.api, self.names, index, path) {
                Ok(walk) => walks.push(walk),
                Err(reason) => self.not_supported(
                    path.span,
                    format!(
                        "`{} {}` cannot be generated yet: {reason}",
                        operation.method.as_str(),
                        path.template
                    ),
                    "take it out of the selection, or call it through `Client::execute`",
                ),
            }
        }
        walks
    }

    /// What is said of an operation under its first path.
    fn documented(&self, id: OperationId, walks: &[Walk]) -> DocText {
        let template = walks.first().map_or("", |walk| walk.template.as_str());
        self.operation_docs(&self.api.operations[id], template)
    }

    fn planned(
        &self,
        id: OperationId,
        walks: Vec<Walk>,
        (request, reply, mut docs): (Option<Body>, Reply, DocText),
        modules: &mut ModuleNames,
        scopes: &mut BTreeMap<Vec<Ident>, Scope>,
    ) -> Option<Planned> {
        let api = self.api;
        let operation = &api.operations[id];
        let canonical = walks.first()?;
        let (last, parents) = canonical.statics.split_last()?;
        let module = if parents.is_empty() {
            modules.path(std::slice::from_ref(last))
        } else {
            modules.path(parents)
        };
        let shape = canonical.steps.last().map(|step| step.to.shape);
        let ending = canonical.steps.last().and_then(|step| match step.by {
            By::Ending(_) => Some(step.to.shape),
            _ => None,
        });
        let bound = match operation.site {
            Site::Bound(id) => Some(&api.bound[id]),
            Site::Root(_) | Site::Property { .. } | Site::Segment(_) => None,
        };
        let plain = verb(operation.method, shape);
        let by_id = operation.method == Method::Delete && ending == Some(NodeShape::Refs);
        let by_id = if by_id { " by id" } else { "" };
        let counted = match operation.ending {
            Ending::Count(Some(id)) => format!(" {}", cast_label(api, id)),
            _ => String::new(),
        };
        let by_path = matches!(canonical.steps.last().map(|step| &step.by), Some(By::Path(_)));
        let verb = match (bound, ending) {
            (_, Some(NodeShape::Count)) => format!("count{counted}"),
            (_, Some(NodeShape::Ref)) => format!("{plain} ref"),
            (_, Some(NodeShape::Refs)) if operation.method == Method::Get => "list refs".to_owned(),
            (_, Some(NodeShape::Refs)) => format!("{plain} ref{by_id}"),
            (_, Some(_)) => format!("{plain} value"),
            (Some(bound), None) if operation.on_item => format!("{plain} {} item", label(bound)),
            (Some(bound), None) => label(bound),
            (None, None) => match operation.ending {
                Ending::Cast(id) => format!("{plain} {}", cast_label(api, id)),
                _ if by_path => format!("{plain} by path"),
                _ => plain.to_owned(),
            },
        };
        let wanted = match bound {
            Some(_) if ending.is_none() => verb.clone(),
            _ => format!("{plain} {last}{by_id}{counted}"),
        };
        let scope = scopes.entry(module.clone()).or_insert_with(|| Scope::with(OPERATION_NAMES));
        let name = claim(scope, &wanted, Case::Pascal);
        let mut aliases: Vec<String> = operation
            .examples
            .iter()
            .map(|example| example.name.clone())
            .filter(|name| is_plain(name))
            .collect();
        aliases.sort();
        aliases.dedup();
        let dotted: Vec<&str> = module.iter().map(Ident::bare).collect();
        let id_text = match operation.examples.first() {
            Some(example) if !example.name.is_empty() => example.name.clone(),
            _ => format!("{}.{name}", dotted.join(".")),
        };
        if !by_id.is_empty() {
            let option = code("@id");
            docs = docs.paragraph(&format!(
                "Which link goes, the query option {option} tells: the address of its entity."
            ));
        }
        let planned = Operation {
            docs,
            module,
            name,
            id: id_text,
            aliases,
            method: operation.method.as_str(),
            path: canonical.template.clone(),
            permissions: (operation.permissions.as_ref())
                .map_or(Permissions::UNDOCUMENTED, |fact| fact.value.clone()),
            page: operation.page.as_ref().map(|page| self.page_url(page)),
            parameters: None,
            request,
            reply,
            errors: Vec::new(),
        };
        Some(Planned {
            id,
            operation: planned,
            walks,
            deprecated: bound.and_then(|bound| self.deprecation(bound.deprecation.as_ref())),
            verb,
        })
    }

    /// An operation of a service that is no OData: called as the service calls it, or by method and path.
    fn at_segment(
        &mut self,
        id: OperationId,
        segment: SegmentId,
        walks: Vec<Walk>,
        (request, reply, docs): (Option<Body>, Reply, DocText),
        at: &mut Names<'_>,
    ) -> Option<Planned> {
        let api = self.api;
        let operation = &api.operations[id];
        let canonical = walks.first()?;
        let module = at.modules.path(canonical.statics.get(..1)?);
        let method = operation.method.as_str();
        let named = operation.name.as_ref().map(ToString::to_string);
        let wanted =
            named.filter(|name| name.chars().any(|c| c.is_ascii_alphabetic())).unwrap_or_else(
                || format!("{} {}", method.to_ascii_lowercase(), segment_words(api, segment)),
            );
        let scope = at.scopes.entry(module.clone()).or_insert_with(|| Scope::with(OPERATION_NAMES));
        let name = claim(scope, &wanted, Case::Pascal);
        let errors = operation.errors.iter().filter_map(|error| match error.body?.target {
            TypeTarget::Item(id) => self.names.item(id).map(|names| names.path.clone()),
            TypeTarget::Primitive(_) | TypeTarget::Json => None,
        });
        let errors = errors.collect();
        let planned = Operation {
            docs,
            aliases: Vec::new(),
            method,
            path: canonical.template.clone(),
            permissions: (operation.permissions.as_ref())
                .map_or(Permissions::NONE_NEEDED, |fact| fact.value.clone()),
            page: operation.docs.clone(),
            id: wanted,
            parameters: self.beside_the_path(operation, name.bare(), &mut at.parameters.scope),
            module,
            name,
            request,
            reply,
            errors,
        };
        Some(Planned {
            id,
            verb: planned.name.bare().to_owned(),
            deprecated: self.deprecation(operation.deprecation.as_ref()),
            operation: planned,
            walks,
        })
    }
}

/// The verb of an operation's name.
fn verb(method: Method, shape: Option<NodeShape>) -> &'static str {
    match (method, shape) {
        (Method::Get, Some(NodeShape::Collection | NodeShape::Refs)) => "list",
        (Method::Get, _) => "get",
        (Method::Post, _) => "create",
        (Method::Patch, _) => "update",
        (Method::Put, _) => "replace",
        (Method::Delete, _) => "delete",
    }
}

/// Whether `#[doc(alias)]` takes the name.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

/// The names that operations take.
struct Names<'n> {
    modules: &'n mut ModuleNames,
    scopes: &'n mut BTreeMap<Vec<Ident>, Scope>,
    parameters: &'n mut ParameterTypes,
}
