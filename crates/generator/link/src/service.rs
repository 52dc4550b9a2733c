//! The operations of a service that is no OData.
//!
//! In come its types, linked, and its operations as OpenAPI describes them; out go segments and operations of the
//! representation. Holds: an operation stands at the last segment of its path, and every type is an id. Of the answers,
//! those of success come first, each status once; without any, the first of the others counts for all.

use std::collections::BTreeMap;

use msgraph_ir::{
    Deprecation, Ending, ErrorResponse, Fact, Grant, Method, Operation, Parameter,
    ParameterLocation, Path, Permissions, Response, Segment, SegmentId, Service, Site, Source,
    TypeRef, WireName,
};
use msgraph_mapping::{self as mapping, Held, Location};
use msgraph_source::{
    Diagnostic, Diagnostics, Span, Spanned, catalogue::openapi as codes, shortened,
};

use crate::declare::Linking;
use crate::names::Names;

/// Lays the operations of `service` onto its types.
pub(crate) fn service(names: &Names<'_>, linking: &mut Linking<'_>, service: &mapping::Service) {
    let mut tree =
        Tree { service: Service::default(), known: BTreeMap::new(), found: Diagnostics::new() };
    tree.service.title.clone_from(&service.title);
    tree.service.base_url = service.base_url.as_ref().map(|url| url.value.clone());
    let types = Types { names };
    for syntax in &service.operations {
        let Some(method) = Method::from_token(&syntax.method.value) else { continue };
        let Some(site) = tree.site(syntax, &types) else {
            linking.diagnostics.push(at_the_root(syntax));
            continue;
        };
        let operation = operation(syntax, method, site, &types, &mut tree.found);
        linking.api.operations.push(operation);
    }
    linking.diagnostics.extend(tree.found);
    linking.api.service = Some(tree.service);
}

fn at_the_root(syntax: &mapping::Operation) -> Diagnostic {
    let message = format!("`{} /` is left out: its path has no segment", syntax.method.value);
    Diagnostic::at(codes::NOT_SUPPORTED, syntax.path.span, message)
        .help("call it through `Client::execute`")
}

fn another_type(segment: &mapping::Segment, first: Span) -> Diagnostic {
    let name = shortened(&segment.name);
    let message = format!("the parameter `{name}` of the path has another type than elsewhere");
    Diagnostic::at(codes::NOT_SUPPORTED, segment.span, message)
        .label(first, "the first path that has it, whose type counts")
        .help("give it one type in all paths, or another name in one of them")
}

fn beside_another(syntax: &mapping::Operation, said: &Spanned<String>) -> Diagnostic {
    let (method, path) = (&syntax.method.value, shortened(&syntax.path.value));
    let message = format!(
        "the answer `{}` of `{method} {path}` is left out: 200 is described beside it",
        shortened(&said.value)
    );
    Diagnostic::at(codes::NOT_SUPPORTED, said.span, message)
        .help("describe each answer by its exact status")
}

struct Types<'a, 'd> {
    names: &'a Names<'d>,
}

impl Types<'_, '_> {
    fn of(&self, held: &Held) -> TypeRef {
        // All types of a service are declared with what uses them.
        let target = self.names.resolve(0, &held.type_name.value);
        TypeRef {
            target: target.unwrap_or(msgraph_ir::TypeTarget::Json),
            is_collection: held.is_collection,
            is_nullable: held.is_nullable,
        }
    }
}

/// The segments as they are found.
struct Tree {
    service: Service,
    known: BTreeMap<(Option<SegmentId>, String, bool), SegmentId>,
    found: Diagnostics,
}

impl Tree {
    /// The last segment of the path; none for the path that has none.
    fn site(&mut self, syntax: &mapping::Operation, types: &Types<'_, '_>) -> Option<SegmentId> {
        let mut parent = None;
        for segment in &syntax.segments {
            let parameter = segment.parameter.as_ref().map(|held| types.of(held));
            let key = (parent, segment.name.clone(), segment.parameter.is_some());
            let id = match self.known.get(&key) {
                Some(&id) => {
                    let first = &self.service.segments[id];
                    if first.parameter != parameter {
                        self.found.push(another_type(segment, first.span));
                    }
                    id
                }
                None => {
                    let id = self.service.segments.push(Segment {
                        parent,
                        name: WireName::new(segment.name.as_str()),
                        parameter,
                        span: segment.span,
                    });
                    self.known.insert(key, id);
                    id
                }
            };
            parent = Some(id);
        }
        parent
    }
}

fn operation(
    syntax: &mapping::Operation,
    method: Method,
    site: SegmentId,
    types: &Types<'_, '_>,
    found: &mut Diagnostics,
) -> Operation {
    let (responses, errors) = responses(syntax, types, found);
    let prose = |text: &Spanned<String>| Fact::new(text.value.clone(), Source::Metadata, text.span);
    Operation {
        paths: vec![Path {
            steps: Vec::new(),
            template: syntax.path.value.clone(),
            obstacle: None,
            span: syntax.path.span,
        }],
        request: syntax.request.as_ref().map(|(held, _)| types.of(held)),
        request_is_optional: syntax.request.as_ref().is_some_and(|(_, is_required)| !is_required),
        parameters: syntax
            .parameters
            .iter()
            .map(|parameter| Parameter {
                name: WireName::new(parameter.name.value.as_str()),
                location: match parameter.location {
                    Location::Query => ParameterLocation::Query,
                    Location::Header => ParameterLocation::Header,
                    Location::Cookie => ParameterLocation::Cookie,
                },
                type_ref: types.of(&parameter.held),
                separator: parameter.separator,
                is_required: parameter.is_required,
                description: parameter.description.as_ref().map(prose),
                deprecation: parameter.is_deprecated.then(deprecation),
                span: parameter.name.span,
            })
            .collect(),
        errors,
        name: syntax.id.as_ref().map(|id| WireName::new(id.value.as_str())),
        deprecation: syntax.is_deprecated.map(|_| deprecation()),
        responses,
        permissions: permissions(syntax),
        docs: syntax.docs.clone(),
        description: syntax.description.iter().map(prose).collect(),
        ..Operation::new((method, Site::Segment(site), false, Ending::Plain))
    }
}

/// Who may call it: whoever is granted the scopes, in whatever way he signs in.
fn permissions(syntax: &mapping::Operation) -> Option<Fact<Permissions>> {
    if syntax.scopes.is_empty() {
        return None;
    }
    let single: Option<Vec<String>> = syntax
        .scopes
        .iter()
        .map(|set| match set.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        })
        .collect();
    let grant = single.map_or_else(|| Grant::OneOfSets(syntax.scopes.clone()), Grant::OneOf);
    let permissions = Permissions {
        delegated_work: grant.clone(),
        delegated_personal: grant.clone(),
        application: grant,
    };
    Some(Fact::new(permissions, Source::Metadata, syntax.security))
}

fn deprecation() -> Deprecation {
    Deprecation { description: None, date: None, removal_date: None, version: None }
}

fn responses(
    syntax: &mapping::Operation,
    types: &Types<'_, '_>,
    found: &mut Diagnostics,
) -> (Vec<Fact<Response>>, Vec<ErrorResponse>) {
    let mut successes: Vec<Fact<Response>> = Vec::new();
    let mut errors = Vec::new();
    let mut rest = None;
    let has_exact_200 = syntax.responses.iter().any(|response| response.status.value == "200");
    for response in &syntax.responses {
        let status = response.status.value.as_str();
        let body = response.body.as_ref().map(|held| types.of(held));
        let exact = match status.to_ascii_uppercase().as_str() {
            "2XX" => Some(200),
            _ => status.parse::<u16>().ok().filter(|status| (200..400).contains(status)),
        };
        let is_known = |status| successes.iter().any(|known| known.value.status == status);
        match exact {
            Some(exact)
                if is_known(exact) || (has_exact_200 && exact == 200 && status != "200") =>
            {
                found.push(beside_another(syntax, &response.status));
            }
            Some(status) => successes.push(fact(status, body, response.status.span)),
            None => {
                if status == "default" {
                    rest = Some((body, response.status.span));
                }
                errors.push(ErrorResponse {
                    status: status.to_owned(),
                    description: response.description.clone(),
                    body,
                });
            }
        }
    }
    // A range of redirects is an answer where nothing else is.
    successes.sort_by_key(|response| response.value.status >= 300);
    if let (true, Some((body, span))) = (successes.is_empty(), rest) {
        errors.retain(|error| error.status != "default");
        successes.push(fact(if body.is_some() { 200 } else { 204 }, body, span));
    }
    if successes.is_empty() {
        successes.push(fact(204, None, syntax.method.span));
    }
    (successes, errors)
}

fn fact(status: u16, body: Option<TypeRef>, span: Span) -> Fact<Response> {
    Fact::new(Response { status, body, is_choice: false }, Source::Metadata, span)
}
