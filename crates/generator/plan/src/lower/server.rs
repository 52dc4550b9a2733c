//! Operations to service traits and routes.
//!
//! A trait per site, a method per operation; a route per path that reaches the operation. A key that not
//! every path has is an optional parameter of the method.

use std::collections::BTreeMap;

use msgraph_ir::Site;

use super::Lowering;
use super::client_markers::site_docs;
use super::client_names::ClientNames;
use super::operations::Planned;
use super::path_names::{segment_text, site_name};
use super::paths::Walk;
use super::segments::area;
use crate::data::{Client, HandedOver, PathParameter, Route, Server, ServiceMethod, ServiceTrait};
use crate::naming::{Case, Ident, LOCALS, SERVER_TYPES, Scope, claim, stem};

/// Trait and method of an operation.
#[derive(Clone, Debug)]
pub(super) struct Handler {
    pub service: Ident,
    pub method: ServiceMethod,
}

impl Lowering<'_> {
    /// The crate of service traits and routes.
    pub(super) fn server(&mut self, planned: &[Planned], client: &(Client, ClientNames)) -> Server {
        let handlers = self.handlers(planned);
        let mut files = Scope::files();
        let mut services: BTreeMap<Ident, ServiceTrait> = BTreeMap::new();
        for (operation, handler) in planned.iter().zip(&handlers) {
            let site = area(self.api, self.api.operations[operation.id].site);
            let service = services.entry(handler.service.clone()).or_insert_with(|| ServiceTrait {
                name: handler.service.clone(),
                file: claim(&mut files, handler.service.bare(), Case::Snake),
                docs: site_docs(self.api, site)
                    .paragraph("Every method answers 501 until it is written."),
                methods: Vec::new(),
                routes: Vec::new(),
            });
            service.methods.push(handler.method.clone());
        }
        for (operation, handler) in planned.iter().zip(&handlers) {
            let routes = self.routes(operation, handler);
            if let Some(service) = services.get_mut(&handler.service) {
                service.routes.extend(routes);
            }
        }
        for service in services.values_mut() {
            name_calls(&mut service.routes);
        }
        let contract = self.contract(planned, &handlers, &services, &client.1);
        Server {
            manifest: self.server_manifest(!contract.calls.is_empty()),
            models: self.library("models"),
            client: self.library("client"),
            docs: self.server_docs(),
            prefix: self.route_prefix(),
            is_odata: !client.0.is_of_segments,
            services: services.into_values().collect(),
            contract,
            has_deprecated: self.has_deprecated(),
        }
    }

    /// Trait and method of each operation, in the order of the operations.
    fn handlers(&self, planned: &[Planned]) -> Vec<Handler> {
        let mut sites: BTreeMap<String, Vec<Site>> = BTreeMap::new();
        for operation in planned {
            let site = area(self.api, self.api.operations[operation.id].site);
            let known = sites.entry(site_name(self.api, site)).or_default();
            if !known.contains(&site) {
                known.push(site);
            }
        }
        let mut scope = Scope::with(SERVER_TYPES);
        let mut names: BTreeMap<Site, Ident> = BTreeMap::new();
        for (name, sites) in sites {
            for site in sites {
                names.insert(site, claim(&mut scope, &name, Case::Pascal));
            }
        }
        let mut methods: BTreeMap<Site, Scope> = BTreeMap::new();
        planned
            .iter()
            .map(|operation| {
                let site = area(self.api, self.api.operations[operation.id].site);
                let scope = methods.entry(site).or_default();
                let service = names.get(&site).cloned().unwrap_or_else(|| Ident::fixed("Unnamed"));
                Handler { service, method: service_method(operation, scope) }
            })
            .collect()
    }

    fn routes(&self, planned: &Planned, handler: &Handler) -> Vec<Route> {
        let mut routes: Vec<Route> = Vec::new();
        for walk in &planned.walks {
            if routes.iter().any(|route| route.template == walk.template) {
                continue;
            }
            routes.push(Route {
                template: walk.template.clone(),
                in_path: walk.parameters.clone(),
                handed_over: handed_over(&handler.method.parameters, |wanted| {
                    let has = walk.parameters.iter().find(|has| is_same(has, wanted));
                    has.map(|has| has.name.clone())
                }),
                call: handler.method.name.clone(),
                method: handler.method.name.clone(),
                has_body: handler.method.body.is_some(),
                operation: planned.operation.full_path(),
            });
        }
        routes
    }

    fn route_prefix(&self) -> String {
        if self.api.service.is_some() {
            let url = self.base_url();
            let behind_host = url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
            let segments = behind_host.map_or("", |(_, path)| path).split('/');
            let segments = segments.filter(|segment| !segment.is_empty());
            return segments.map(|segment| format!("/{}", segment_text(segment))).collect();
        }
        let version: String = self
            .api
            .version
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
            .collect();
        format!("/{version}")
    }
}

/// Puts the routes in order and gives each a function of its own, called as the method.
fn name_calls(routes: &mut [Route]) {
    routes.sort_by(|a, b| (&a.template, &a.operation).cmp(&(&b.template, &b.operation)));
    let mut scope = Scope::with(&["routes"]);
    for route in routes {
        route.call = Ident::of_stem(&scope.claim(route.method.bare()));
    }
}

/// What is handed over for each of `parameters`, `value` being what a path has under a name.
pub(super) fn handed_over<T>(
    parameters: &[PathParameter],
    value: impl Fn(&PathParameter) -> Option<T>,
) -> Vec<HandedOver<T>> {
    parameters
        .iter()
        .map(|parameter| match value(parameter) {
            Some(value) if parameter.is_optional && !parameter.may_lack_value() => {
                HandedOver::Some(value)
            }
            Some(value) => HandedOver::Key(value),
            None => HandedOver::None,
        })
        .collect()
}

/// Whether two paths have the same parameter.
pub(super) fn is_same(a: &PathParameter, b: &PathParameter) -> bool {
    a.wire == b.wire && a.value == b.value
}

/// The keys of all paths, each behind the one that it follows in its path.
fn all_parameters(walks: &[Walk]) -> Vec<PathParameter> {
    let mut all: Vec<PathParameter> = Vec::new();
    for walk in walks {
        let mut at = 0;
        for parameter in &walk.parameters {
            match all.iter().position(|known| is_same(known, parameter)) {
                Some(known) => at = known + 1,
                None => {
                    all.insert(at.min(all.len()), parameter.clone());
                    at += 1;
                }
            }
        }
    }
    let mut scope = Scope::with(LOCALS);
    for parameter in &mut all {
        parameter.is_optional =
            !walks.iter().all(|walk| walk.parameters.iter().any(|has| is_same(has, parameter)));
        parameter.name = claim(&mut scope, &parameter.wire, Case::Snake);
    }
    all
}

fn service_method(planned: &Planned, scope: &mut Scope) -> ServiceMethod {
    let operation = &planned.operation;
    let parameters = all_parameters(&planned.walks);
    let mut arguments = Scope::with(LOCALS);
    for parameter in &parameters {
        arguments.reserve(parameter.name.bare());
    }
    let options = operation.parameters.as_ref().map(|parameters| {
        (Ident::of_stem(&arguments.claim("parameters")), parameters.path.clone())
    });
    let body = operation.request.clone();
    let body = body.map(|body| (Ident::of_stem(&arguments.claim("body")), body));
    let name = scope.claim(&stem(&planned.verb, Case::Snake));
    ServiceMethod {
        name: Ident::of_stem(&name),
        docs: operation.docs.clone(),
        deprecated: planned.deprecated.clone(),
        parameters,
        options,
        body,
        context: Ident::of_stem(&arguments.claim("context")),
        reply: operation.reply.clone(),
        operation: operation.full_path(),
    }
}
