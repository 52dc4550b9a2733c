//! Operations to service traits and routes.
//!
//! A trait per site, a method per operation; a route per path that reaches the operation. A path that
//! lacks one of the keys that the method takes cannot be routed, and is reported.

use std::collections::BTreeMap;

use msgraph_ir::Site;

use super::Lowering;
use super::client::{ClientNames, site_docs};
use super::operations::Planned;
use super::paths::site_name;
use crate::data::{
    BuilderMethod, Client, ContractPage, PathParameter, Route, Server, ServiceMethod, ServiceTrait,
};
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
            let site = self.api.operations[operation.id].site;
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
        let contract: Vec<ContractPage> = self.contract(planned, &handlers, &client.1);
        Server {
            manifest: self.server_manifest(!contract.is_empty()),
            models: self.library("models"),
            client: self.library("client"),
            docs: self.server_docs(),
            prefix: self.route_prefix(),
            services: services.into_values().collect(),
            contract,
            has_deprecated: client.0.has_deprecated || has_deprecated(&client.0.roots),
        }
    }

    /// Trait and method of each operation, in the order of the operations.
    fn handlers(&self, planned: &[Planned]) -> Vec<Handler> {
        let mut sites: BTreeMap<String, Vec<Site>> = BTreeMap::new();
        for operation in planned {
            let site = self.api.operations[operation.id].site;
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
                let site = self.api.operations[operation.id].site;
                let scope = methods.entry(site).or_default();
                let service = names.get(&site).cloned().unwrap_or_else(|| Ident::fixed("Unnamed"));
                Handler { service, method: service_method(operation, scope) }
            })
            .collect()
    }

    fn routes(&mut self, planned: &Planned, handler: &Handler) -> Vec<Route> {
        let api = self.api;
        let paths = &api.operations[planned.id].paths;
        let mut routes: Vec<Route> = Vec::new();
        for walk in &planned.walks {
            let wanted = &handler.method.parameters;
            let missing = wanted
                .iter()
                .find(|wanted| !walk.parameters.iter().any(|has| has.wire == wanted.wire));
            if let Some(missing) = missing {
                let span = paths.first().map(|path| path.span);
                if let Some(span) = span {
                    let message = format!(
                        "the path `{}` cannot be routed yet: it has no `{{{}}}`",
                        walk.template, missing.wire
                    );
                    self.not_supported(span, message, "the operation is served at its other paths");
                }
                continue;
            }
            if routes.iter().any(|route| route.template == walk.template) {
                continue;
            }
            routes.push(Route {
                template: walk.template.clone(),
                in_path: in_path(&walk.parameters, wanted),
                handed_over: wanted.clone(),
                call: handler.method.name.clone(),
                method: handler.method.name.clone(),
                has_body: handler.method.body.is_some(),
                operation: planned.operation.full_path(),
            });
        }
        routes
    }

    fn route_prefix(&self) -> String {
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

/// The keys of a path by the names of the arguments that they are handed over as; those that the
/// method does not take have a leading underscore.
fn in_path(has: &[PathParameter], wanted: &[PathParameter]) -> Vec<PathParameter> {
    has.iter()
        .map(|has| match wanted.iter().find(|wanted| wanted.wire == has.wire) {
            Some(wanted) => wanted.clone(),
            None => PathParameter {
                wire: has.wire.clone(),
                name: Ident::of_stem(&format!("_{}", has.name.bare())),
            },
        })
        .collect()
}

fn service_method(planned: &Planned, scope: &mut Scope) -> ServiceMethod {
    let operation = &planned.operation;
    let parameters = planned.walks.first().map(|walk| walk.parameters.clone()).unwrap_or_default();
    let mut arguments = Scope::with(LOCALS);
    for parameter in &parameters {
        arguments.reserve(parameter.name.bare());
    }
    let body = operation.request.clone();
    let body = body.map(|body| (Ident::of_stem(&arguments.claim("body")), body));
    let name = scope.claim(&stem(&planned.verb, Case::Snake));
    ServiceMethod {
        name: Ident::of_stem(&name),
        docs: operation.docs.clone(),
        deprecated: planned.deprecated.clone(),
        parameters,
        body,
        context: Ident::of_stem(&arguments.claim("context")),
        reply: operation.reply.clone(),
        operation: operation.full_path(),
    }
}

fn has_deprecated(methods: &[BuilderMethod]) -> bool {
    methods.iter().any(|method| method.deprecated.is_some())
}
