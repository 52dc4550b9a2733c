//! Operations: names, bodies, responses, and the parameter types of actions.
//!
//! In come the selected operations; out go those that can be generated, with their walks through the
//! builders. Holds: their order and their names come from paths and methods alone, so that selecting more
//! renames none; what cannot be generated is reported with its place.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_ir::{
    Api, BoundId, BoundKind, Ending, ItemKind, Method, Operation as IrOperation, OperationId,
    Permissions, Primitive, Response, SegmentId, Site, TypeRef, TypeTarget,
};

use rayon::prelude::*;

use super::members::{MemberSource, primitive_shape};
use super::path_names::{cast_label, label};
use super::paths::{By, Walk, walk};
use super::segments::{segment_walk, segment_words};
use super::{Lowering, code, paragraph};
use crate::data::{
    Body, Member, ModelType, NodeShape, Operation, OperationModule, Parameters, Placed, Reply,
    ReplyKind, Shape, Structured, TypePath,
};
use crate::naming::{Case, Ident, OPERATION_NAMES, Scope, claim, parameter_members, stem};
use crate::prose::DocText;

/// The types of parameters: those of actions, and the names of all.
#[derive(Default)]
pub(super) struct ParameterTypes {
    types: BTreeMap<BoundId, TypePath>,
    scope: Scope,
}

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

    /// The parameters beside the path, and the type that holds them.
    fn beside_the_path(
        &mut self,
        operation: &IrOperation,
        name: &str,
        scope: &mut Scope,
    ) -> Option<Parameters> {
        if operation.parameters.is_empty() {
            return None;
        }
        let names = parameter_members(operation.parameters.iter().map(|of| of.name.as_str()));
        let members = operation.parameters.iter().zip(names).zip(0..).map(|((of, names), slot)| {
            let wire = of.name.as_str();
            let place = format!("The parameter {} of the {}.", code(wire), of.location.word());
            let docs = match &of.description {
                Some(prose) => self.operation_prose().text(&prose.value).paragraph(&place),
                None => paragraph(&place),
            };
            let deprecated = self.deprecation(of.deprecation.as_ref());
            let source =
                MemberSource { wire, type_ref: of.type_ref, docs, deprecated, span: of.span };
            self.member(source, slot, names)
        });
        let members = members.collect();
        let placed = operation.parameters.iter().map(|of| Placed {
            name: of.name.to_string(),
            location: of.location,
            separator: of.separator,
            is_required: of.is_required,
        });
        let docs = paragraph(&format!("The parameters of {}.", code(name)));
        let path =
            self.object_of_parameters(&format!("{name} parameters"), name, docs, members, scope);
        Some(Parameters { path, placed: placed.collect() })
    }

    /// The request body; the outer `None` where it cannot be generated.
    #[allow(clippy::option_option, reason = "no body is one thing, no operation another")]
    fn request(
        &mut self,
        operation: &IrOperation,
        parameters: &mut ParameterTypes,
    ) -> Option<Option<Body>> {
        if let Site::Bound(id) = operation.site {
            let bound = &self.api.bound[id];
            if bound.kind == BoundKind::Action && !bound.parameters.is_empty() {
                return Some(Some(Body::Object(self.parameters_of(id, parameters))));
            }
        }
        match (operation.ending, operation.method, operation.request) {
            (Ending::Ref, Method::Post | Method::Put | Method::Patch, _) => {
                Some(Some(Body::Reference))
            }
            (.., Some(type_ref)) => {
                let body = self.body(operation, type_ref)?;
                let is_optional = operation.request_is_optional;
                Some(Some(if is_optional { Body::Optional(Box::new(body)) } else { body }))
            }
            (.., None) => Some(None),
        }
    }

    /// The type of the parameters of an action, which is made once.
    pub(super) fn parameters_of(
        &mut self,
        id: BoundId,
        parameters: &mut ParameterTypes,
    ) -> TypePath {
        if let Some(path) = parameters.types.get(&id) {
            return path.clone();
        }
        let path = self.parameter_type(id, &mut parameters.scope);
        parameters.types.insert(id, path.clone());
        path
    }

    /// All that is an answer of success: of OData the first that is documented, of other services each.
    fn replies(&mut self, operation: &IrOperation) -> Option<Reply> {
        if self.api.service.is_none() {
            return self.reply(operation, operation.responses.first().map(|fact| &fact.value));
        }
        let mut replies = Vec::new();
        for response in &operation.responses {
            replies.push(self.reply(operation, Some(&response.value))?);
        }
        let chained = |after: Option<Reply>, reply: Reply| {
            Some(Reply { otherwise: after.map(Box::new), ..reply })
        };
        replies.into_iter().rev().fold(None, chained)
    }

    /// The documented response, or where no page states one, the one that the method usually has.
    fn reply(&mut self, operation: &IrOperation, documented: Option<&Response>) -> Option<Reply> {
        let preferred = operation.preferred_body();
        let (status, body) = match documented {
            Some(response) => (response.status, preferred.or(response.body)),
            None => self.usual_response(operation),
        };
        let body = match (operation.ending, operation.method, body) {
            // The address stands in the head.
            _ if status == 302 => None,
            (Ending::Count(_), ..) => Some(Body::Count),
            (Ending::Ref, Method::Get, _) if self.is_of_collection(operation) => {
                Some(Body::References)
            }
            (Ending::Ref, Method::Get, _) => Some(Body::Reference),
            (.., Some(type_ref)) => Some(self.body(operation, type_ref)?),
            (.., None) => None,
        };
        let kind = match (status, &body) {
            (302, _) => ReplyKind::Found,
            (_, Some(_)) if preferred.is_some() => ReplyKind::Preferred,
            (200, _) => ReplyKind::Success,
            (201, _) => ReplyKind::Created,
            (202, _) => ReplyKind::Accepted,
            (204, None) => ReplyKind::NoContent,
            (other, _) => ReplyKind::Status(other),
        };
        Some(Reply { kind, body, otherwise: None })
    }

    fn usual_response(&self, operation: &IrOperation) -> (u16, Option<TypeRef>) {
        let api = self.api;
        let of_site = match operation.site {
            Site::Root(index) => api.container.roots.get(index).map(|root| TypeRef {
                target: TypeTarget::Item(root.target),
                is_collection: root.kind == msgraph_ir::RootKind::EntitySet,
                is_nullable: false,
            }),
            Site::Property { owner, index } => api.items[owner]
                .structured()
                .and_then(|structured| structured.properties.get(index))
                .map(|property| property.type_ref),
            Site::Bound(id) => api.bound[id].returns,
            Site::Segment(_) => None,
        };
        let one = of_site.map(|of| TypeRef { is_collection: false, ..of });
        match (operation.site, operation.method) {
            (Site::Bound(_), _) if of_site.is_none() => (204, None),
            (Site::Bound(_), _) => (200, of_site),
            (_, Method::Delete) => (204, None),
            (_, Method::Post) => (201, one),
            (_, Method::Get) if !operation.on_item => (200, of_site),
            (_, Method::Get | Method::Patch | Method::Put) => (200, one),
        }
    }

    /// Whether an operation acts on a collection as a whole.
    fn is_of_collection(&self, operation: &IrOperation) -> bool {
        let api = self.api;
        !operation.on_item
            && match operation.site {
                Site::Root(index) => api
                    .container
                    .roots
                    .get(index)
                    .is_some_and(|root| root.kind == msgraph_ir::RootKind::EntitySet),
                Site::Property { owner, index } => {
                    api.property(owner, index).is_some_and(|p| p.type_ref.is_collection)
                }
                Site::Bound(id) => api.bound[id].returns.is_some_and(|of| of.is_collection),
                Site::Segment(_) => false,
            }
    }

    fn body(&mut self, operation: &IrOperation, type_ref: TypeRef) -> Option<Body> {
        if let Some(body) = self.body_of(type_ref) {
            return Some(body);
        }
        let template = operation.paths.first().map_or("", |path| path.template.as_str());
        let method = operation.method.as_str();
        let name = match type_ref.target {
            TypeTarget::Item(id) => self.api.items[id].name.to_string(),
            TypeTarget::Primitive(_) | TypeTarget::Json => String::new(),
        };
        let message =
            format!("`{method} {template}` cannot be generated: `{name}` is not selected");
        if let Some(path) = operation.paths.first() {
            let help = "take it out of the selection, or call it through `Client::execute`";
            self.not_supported(path.span, message, help);
        }
        None
    }

    /// The body that holds a type; none where the type is not selected.
    pub(super) fn body_of(&self, type_ref: TypeRef) -> Option<Body> {
        match type_ref.target {
            TypeTarget::Item(id) => match &self.api.items[id].kind {
                ItemKind::Entity(_) | ItemKind::Complex(_) => {
                    let path = self.names.item(id).map(|names| names.path.clone());
                    match path {
                        Some(path) if type_ref.is_collection => {
                            let is_plain = self.api.service.is_some();
                            return Some(if is_plain {
                                Body::Array(path)
                            } else {
                                Body::Page(path)
                            });
                        }
                        Some(path) => return Some(Body::Object(path)),
                        None => {}
                    }
                }
                ItemKind::Enumeration(enumeration) => {
                    if let Some(names) = self.names.item(id) {
                        let path = names.path.clone();
                        return Some(self.of_values(
                            type_ref,
                            if enumeration.is_flags {
                                Shape::Flags(path)
                            } else {
                                Shape::Enumeration(path)
                            },
                        ));
                    }
                }
                ItemKind::TypeDefinition(definition) => {
                    return Some(
                        self.of_values(type_ref, primitive_shape(definition.underlying).1),
                    );
                }
            },
            TypeTarget::Primitive(Primitive::Stream) => return Some(Body::Content),
            TypeTarget::Primitive(primitive) => {
                return Some(self.of_values(type_ref, primitive_shape(primitive).1));
            }
            TypeTarget::Json => return Some(Body::Json),
        }
        None
    }

    /// A body that holds values of this shape: in their envelope, as OData has it, or alone.
    fn of_values(&self, type_ref: TypeRef, shape: Shape) -> Body {
        match (self.api.service.is_some(), type_ref.is_collection) {
            (false, false) => Body::Single(shape),
            (false, true) => Body::Values(shape),
            (true, false) => Body::Plain(shape),
            (true, true) => Body::Plains(shape),
        }
    }

    /// The complex type that holds the parameters of an action.
    fn parameter_type(&mut self, id: BoundId, scope: &mut Scope) -> TypePath {
        let bound = &self.api.bound[id];
        let binding = match bound.binding.map(|binding| binding.target) {
            Some(TypeTarget::Item(id)) => self.api.items[id].name.name.to_string(),
            _ => String::new(),
        };
        let names = parameter_members(bound.parameters.iter().map(|p| p.name.as_str()));
        self.parameter_names.insert(id, names.clone());
        let members = bound
            .parameters
            .iter()
            .zip(names)
            .zip(0..)
            .map(|((parameter, names), slot)| {
                let wire = parameter.name.as_str();
                let source = MemberSource {
                    wire,
                    type_ref: parameter.type_ref,
                    docs: paragraph(&format!("The parameter {}.", code(wire))),
                    deprecated: None,
                    span: parameter.span,
                };
                self.member(source, slot, names)
            })
            .collect();
        let name_of = code(&bound.name.to_string());
        let docs = paragraph(&format!("The parameters of the action {name_of}."));
        let wanted = format!("{binding} {} parameters", bound.name.name);
        self.object_of_parameters(&wanted, &bound.name.to_string(), docs, members, scope)
    }

    /// A type of parameters. Those of an action are read in any case, since documents spell them otherwise.
    fn object_of_parameters(
        &mut self,
        wanted: &str,
        wire: &str,
        docs: DocText,
        members: Vec<Member>,
        scope: &mut Scope,
    ) -> TypePath {
        let name = claim(scope, wanted, Case::Pascal);
        let file = Ident::of_stem(&stem(name.as_str(), Case::Snake));
        let module = vec![Ident::fixed("parameters")];
        let path = TypePath { module, name, file };
        self.parameter_types.push(ModelType::Structured(Structured {
            path: path.clone(),
            wire: wire.to_owned(),
            docs,
            deprecated: None,
            base: None,
            derived: Vec::new(),
            is_open: false,
            is_abstract: false,
            is_read_in_any_case: self.api.service.is_none(),
            inherited: 0,
            members,
            inherited_members: Vec::new(),
        }));
        path
    }
}

/// The operations in modules, as they are emitted.
pub(super) fn operation_modules(planned: &[Planned]) -> Vec<OperationModule> {
    let mut roots: Vec<OperationModule> = Vec::new();
    for planned in planned {
        let mut level = &mut roots;
        let path = &planned.operation.module;
        for (index, name) in path.iter().enumerate() {
            let at = match level.iter().position(|module| module.path.last() == Some(name)) {
                Some(at) => at,
                None => {
                    level.push(OperationModule {
                        path: path.iter().take(index + 1).cloned().collect(),
                        docs: paragraph(&format!(
                            "Operations below {}.",
                            code(&segments(path, index))
                        )),
                        children: Vec::new(),
                        operations: Vec::new(),
                    });
                    level.len() - 1
                }
            };
            let Some(module) = level.get_mut(at) else { break };
            if index + 1 == path.len() {
                module.operations.push(planned.operation.clone());
            }
            level = &mut module.children;
        }
    }
    sort(&mut roots);
    roots
}

fn sort(modules: &mut [OperationModule]) {
    modules.sort_by(|a, b| a.path.cmp(&b.path));
    for module in modules {
        module.operations.sort_by(|a, b| a.name.cmp(&b.name));
        sort(&mut module.children);
    }
}

fn segments(path: &[Ident], last: usize) -> String {
    path.iter().take(last + 1).map(|name| format!("/{}", name.bare())).collect()
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

/// Modules of operations by their wire segments, unique where two segments become one name.
#[derive(Default)]
struct ModuleNames {
    known: BTreeMap<Vec<String>, Vec<Ident>>,
    scopes: BTreeMap<Vec<Ident>, Scope>,
}

impl ModuleNames {
    fn path(&mut self, segments: &[String]) -> Vec<Ident> {
        let mut path: Vec<Ident> = Vec::new();
        for end in 1..=segments.len() {
            let Some((wire, last)) = segments.get(..end).and_then(|s| Some((s, s.last()?))) else {
                break;
            };
            if let Some(known) = self.known.get(wire) {
                path.clone_from(known);
                continue;
            }
            let scope = self.scopes.entry(path.clone()).or_insert_with(Scope::files);
            let ident = claim(scope, last, Case::Snake);
            path.push(ident);
            self.known.insert(wire.to_vec(), path.clone());
        }
        path
    }
}
