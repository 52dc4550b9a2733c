//! What the metadata alone says of an HTTP operation at a site.
//!
//! In comes a method and a place of the model; out goes whether they fit, the types of the request
//! body and of the answer, the status that OData gives where no page states one, and the
//! capabilities that bear on it. Holds: types are decided here, and nowhere else.

use msgraph_ir::{
    Api, BoundKind, Capabilities, Ending, ItemId, Method, Obstacle, PathStep, Primitive, RootKind,
    Site, TypeRef, TypeTarget,
};
use msgraph_source::Span;

use crate::url::ResolvedPath;

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

/// The methods that can be used where one cannot.
#[derive(Debug)]
pub(crate) struct Unfit(pub(crate) &'static [Method]);

/// What follows the site of `path`. A cast behind the last collection counts also where a key stands
/// behind it, since it tells the type of the entity. A stream is read and written with and without
/// `$value`.
pub(crate) fn ending(path: &ResolvedPath) -> Ending {
    match (path.ending, cast_behind_site(path)) {
        (Ending::Value, _) if path.type_ref.is_some_and(is_stream) => Ending::Plain,
        (Ending::Plain, Some(id)) => Ending::Cast(id),
        (Ending::Count(_), cast) => Ending::Count(cast),
        (ending, _) => ending,
    }
}

/// Why nothing can be generated for `path` yet.
pub(crate) fn obstacle(api: &Api, path: &ResolvedPath) -> Option<Obstacle> {
    // What may follow a function is there in what it returns, and nothing else is.
    let mut steps = path.steps.iter().peekable();
    while let Some(step) = steps.next() {
        if let PathStep::Bound(id, _) = step
            && !api.bound[*id].is_composable
            && matches!(steps.peek(), Some(PathStep::Key { .. } | PathStep::AlternateKey(_)))
        {
            return Some(Obstacle::ItemOfFunction);
        }
    }
    None
}

fn cast_behind_site(path: &ResolvedPath) -> Option<ItemId> {
    path.steps
        .iter()
        .rev()
        .skip_while(|step| matches!(step, PathStep::Count | PathStep::Value | PathStep::Ref))
        .take_while(|step| {
            matches!(
                step,
                PathStep::Key { .. }
                    | PathStep::AlternateKey(_)
                    | PathStep::ByPath(_)
                    | PathStep::Cast(_)
            )
        })
        .find_map(|step| match step {
            PathStep::Cast(id) => Some(*id),
            _ => None,
        })
}

/// What the metadata says of `method` at the end of `path`.
pub(crate) fn shape(api: &Api, method: Method, path: &ResolvedPath) -> Result<Shape, Unfit> {
    let stream = Some(stream());
    let held = site_type(api, path.site);
    let in_collection = held.is_some_and(|held| held.is_collection) && !path.on_item;
    match ending(path) {
        Ending::Count(_) => {
            fits(method, &[Method::Get])?;
            let count = Some(primitive(Primitive::Int32));
            Ok(Shape { request: None, response: count, status: 200 })
        }
        Ending::Value => {
            fits(method, &[Method::Get, Method::Put, Method::Patch, Method::Delete])?;
            Ok(match method {
                Method::Get => Shape { request: None, response: stream, status: 200 },
                Method::Delete => Shape { request: None, response: None, status: 204 },
                _ => Shape { request: stream, response: None, status: 204 },
            })
        }
        Ending::Ref => {
            // Links of a collection are added and removed one by one, that of a single value is set.
            let those: &'static [Method] = match in_collection {
                true => &[Method::Get, Method::Post, Method::Put, Method::Delete],
                false => &[Method::Get, Method::Put, Method::Delete],
            };
            fits(method, those)?;
            let status = if method == Method::Get { 200 } else { 204 };
            Ok(Shape { request: None, response: None, status })
        }
        Ending::Plain => at_site(api, method, path.site, held, path.on_item),
        Ending::Cast(id) => {
            let held = held.map(|held| TypeRef { target: TypeTarget::Item(id), ..held });
            at_site(api, method, path.site, held, path.on_item)
        }
    }
}

/// Whether it is a stream: bytes of any media type.
pub(crate) fn is_stream(type_ref: TypeRef) -> bool {
    type_ref.target == TypeTarget::Primitive(Primitive::Stream)
}

/// A stream.
pub(crate) fn stream() -> TypeRef {
    primitive(Primitive::Stream)
}

fn primitive(primitive: Primitive) -> TypeRef {
    TypeRef { target: TypeTarget::Primitive(primitive), is_collection: false, is_nullable: false }
}

fn fits(method: Method, those: &'static [Method]) -> Result<(), Unfit> {
    if those.contains(&method) { Ok(()) } else { Err(Unfit(those)) }
}

/// What the metadata says of `method` at `site`, where `held` stands.
fn at_site(
    api: &Api,
    method: Method,
    site: Site,
    held: Option<TypeRef>,
    on_item: bool,
) -> Result<Shape, Unfit> {
    if let (Site::Bound(id), false) = (site, on_item) {
        let (those, status): (&'static [Method], u16) = match (api.bound[id].kind, held) {
            (BoundKind::Action, Some(_)) => (&[Method::Post], 200),
            (BoundKind::Action, None) => (&[Method::Post], 204),
            (BoundKind::Function, _) => (&[Method::Get], 200),
        };
        fits(method, those)?;
        return Ok(Shape { request: None, response: held, status });
    }
    let Some(held) = held else {
        return Err(Unfit(&[]));
    };
    let one = TypeRef { is_collection: false, is_nullable: false, ..held };
    let is_entity = matches!(held.target, TypeTarget::Item(id) if api.items[id].is_entity());
    let in_collection = held.is_collection && !on_item;
    fits(
        method,
        match (in_collection, is_entity) {
            (true, true) => &[Method::Get, Method::Post],
            (true, false) => &[Method::Get, Method::Post, Method::Put, Method::Patch],
            (false, _) => &[Method::Get, Method::Patch, Method::Put, Method::Delete],
        },
    )?;
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

/// What stands at a site; nothing where a bound operation returns nothing.
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
        Site::Segment(_) => None,
    }
}

/// The declaration of a site.
pub(crate) fn site_span(api: &Api, site: Site) -> Option<Span> {
    match site {
        Site::Root(index) => api.container.roots.get(index).map(|root| root.span),
        Site::Property { owner, index } => api.property(owner, index).map(|p| p.span),
        Site::Bound(id) => Some(api.bound[id].span),
        Site::Segment(id) => api.service.as_ref().map(|service| service.segments[id].span),
    }
}

/// What is said of what may be done at a site.
pub(crate) fn site_capabilities(api: &Api, site: Site) -> Option<&Capabilities> {
    match site {
        Site::Root(index) => api.container.roots.get(index).map(|root| &root.capabilities),
        Site::Property { owner, index } => api.property(owner, index).map(|p| &p.capabilities),
        Site::Bound(_) | Site::Segment(_) => None,
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
            (PathStep::Key { .. }, PathStep::Key { .. })
            | (PathStep::ByPath(_), PathStep::ByPath(_)) => true,
            (PathStep::AlternateKey(a), PathStep::AlternateKey(b)) => {
                a.iter().map(|(name, _)| name).eq(b.iter().map(|(name, _)| name))
            }
            (PathStep::Bound(a, _), PathStep::Bound(b, _)) => a == b,
            _ => a == b,
        })
}
