//! What the metadata alone says of an HTTP operation at a site.
//!
//! In comes a method and a place of the model; out goes whether they fit, the types of the request
//! body and of the answer, the status that OData gives where no page states one, and the
//! capabilities that bear on it. Holds: types are decided here, and nowhere else.

use msgraph_ir::{
    Api, BoundKind, Capabilities, Method, PathStep, RootKind, Site, TypeRef, TypeTarget,
};
use msgraph_source::Span;

use crate::url::{Ending, ResolvedPath};

/// What the metadata says of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The type of the request body.
    pub(crate) request: Option<TypeRef>,
    /// The type of what a successful call answers.
    pub(crate) response: Option<TypeRef>,
    /// The status of a successful call where no page states one.
    pub(crate) status: u16,
}

/// Why an operation cannot be represented.
pub(crate) enum Unfit {
    /// The method cannot be used there; the methods that can.
    Method(&'static [Method]),
    /// The path ends in something that is not represented yet; the words for it.
    NotSupported(&'static str),
}

/// What the metadata says of `method` at the end of `path`.
pub(crate) fn shape(api: &Api, method: Method, path: &ResolvedPath) -> Result<Shape, Unfit> {
    match path.ending {
        Ending::Plain => {}
        Ending::Count => return Err(Unfit::NotSupported("`$count`")),
        Ending::Value => return Err(Unfit::NotSupported("`$value`")),
        Ending::Ref => return Err(Unfit::NotSupported("`$ref`")),
        Ending::Cast => return Err(Unfit::NotSupported("a cast at the end of a path")),
    }
    if path.is_path_addressed {
        return Err(Unfit::NotSupported("addressing an item by its path (`root:/…:/`)"));
    }
    if path.has_alternate_key {
        return Err(Unfit::NotSupported("addressing an entity by an alternate key"));
    }
    let behind_site = path
        .steps
        .iter()
        .rev()
        .take_while(|step| matches!(step, PathStep::Key { .. } | PathStep::Cast(_)));
    if behind_site.into_iter().any(|step| matches!(step, PathStep::Cast(_))) {
        return Err(Unfit::NotSupported("a cast behind the last collection of a path"));
    }
    at_site(api, method, path.site, path.on_item)
}

/// What the metadata says of `method` at `site`.
pub(crate) fn at_site(
    api: &Api,
    method: Method,
    site: Site,
    on_item: bool,
) -> Result<Shape, Unfit> {
    if let Site::Bound(id) = site {
        if on_item {
            return Err(Unfit::NotSupported("an item of what a function returns"));
        }
        let bound = &api.bound[id];
        let (fits, status): (&'static [Method], u16) = match bound.kind {
            BoundKind::Action if bound.returns.is_some() => (&[Method::Post], 200),
            BoundKind::Action => (&[Method::Post], 204),
            BoundKind::Function => (&[Method::Get], 200),
        };
        if !fits.contains(&method) {
            return Err(Unfit::Method(fits));
        }
        return Ok(Shape { request: None, response: bound.returns, status });
    }
    let Some(held) = site_type(api, site) else {
        return Err(Unfit::NotSupported("a place that is not there"));
    };
    let one = TypeRef { is_collection: false, is_nullable: false, ..held };
    let is_entity = matches!(held.target, TypeTarget::Item(id) if api.items[id].is_entity());
    let in_collection = held.is_collection && !on_item;
    let fits: &'static [Method] = match (in_collection, is_entity) {
        (true, true) => &[Method::Get, Method::Post],
        (true, false) => &[Method::Get, Method::Post, Method::Put, Method::Patch],
        (false, _) => &[Method::Get, Method::Patch, Method::Put, Method::Delete],
    };
    if !fits.contains(&method) {
        return Err(Unfit::Method(fits));
    }
    let whole = if in_collection { TypeRef { is_nullable: false, ..held } } else { one };
    Ok(match method {
        Method::Get => Shape { request: None, response: Some(whole), status: 200 },
        Method::Post => Shape { request: Some(one), response: Some(one), status: 201 },
        Method::Patch | Method::Put => {
            Shape { request: Some(whole), response: Some(whole), status: 200 }
        }
        Method::Delete => Shape { request: None, response: None, status: 204 },
    })
}

/// Whether the answer is a collection of entities, page by page.
pub(crate) fn is_pageable(api: &Api, method: Method, shape: &Shape) -> bool {
    method == Method::Get
        && shape.response.is_some_and(|response| {
            response.is_collection
                && matches!(response.target, TypeTarget::Item(id) if api.items[id].is_entity())
        })
}

/// What stands at a site that is no bound operation.
fn site_type(api: &Api, site: Site) -> Option<TypeRef> {
    match site {
        Site::Root(index) => {
            let root = api.container.roots.get(index)?;
            Some(TypeRef {
                target: TypeTarget::Item(root.target),
                is_collection: root.kind == RootKind::EntitySet,
                is_nullable: false,
            })
        }
        Site::Property { owner, index } => Some(api.property(owner, index)?.type_ref),
        Site::Bound(id) => api.bound[id].returns,
    }
}

/// The declaration of a site.
pub(crate) fn site_span(api: &Api, site: Site) -> Option<Span> {
    match site {
        Site::Root(index) => api.container.roots.get(index).map(|root| root.span),
        Site::Property { owner, index } => api.property(owner, index).map(|p| p.span),
        Site::Bound(id) => Some(api.bound[id].span),
    }
}

/// What is said of what may be done at a site.
pub(crate) fn site_capabilities(api: &Api, site: Site) -> Option<&Capabilities> {
    match site {
        Site::Root(index) => api.container.roots.get(index).map(|root| &root.capabilities),
        Site::Property { owner, index } => api.property(owner, index).map(|p| &p.capabilities),
        Site::Bound(_) => None,
    }
}

/// The capability that bears on a method: its name, and what is said of it.
pub(crate) fn capability(
    capabilities: &Capabilities,
    method: Method,
) -> (&'static str, Option<(bool, Span)>) {
    match method {
        Method::Get => ("Readable", capabilities.readable),
        Method::Post => ("Insertable", capabilities.insertable),
        Method::Patch | Method::Put => ("Updatable", capabilities.updatable),
        Method::Delete => ("Deletable", capabilities.deletable),
    }
}

/// The term whose `CustomHeaders` bear on a method.
pub(crate) fn headers_term(method: Method) -> &'static str {
    match method {
        Method::Get => "ReadRestrictions",
        Method::Post => "InsertRestrictions",
        Method::Patch | Method::Put => "UpdateRestrictions",
        Method::Delete => "DeleteRestrictions",
    }
}

/// Whether two paths take the same steps, whatever their keys and arguments are called.
pub(crate) fn same_route(a: &[PathStep], b: &[PathStep]) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| match (a, b) {
            (PathStep::Key { .. }, PathStep::Key { .. }) => true,
            (PathStep::Bound(a, _), PathStep::Bound(b, _)) => a == b,
            _ => a == b,
        })
}
