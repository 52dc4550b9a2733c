//! What operations take and answer: the bodies of their requests and responses.

use msgraph_ir::{
    BoundKind, Ending, ItemKind, Method, Operation as IrOperation, Primitive, Response, RootKind,
    Site, TypeRef, TypeTarget,
};

use super::Lowering;
use super::members::primitive_shape;
use super::parameter_types::ParameterTypes;
use crate::data::{Body, Reply, ReplyKind, Shape};

impl Lowering<'_> {
    /// The request body; the outer `None` where it cannot be generated.
    #[allow(clippy::option_option, reason = "no body is one thing, no operation another")]
    pub(super) fn request(
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

    /// All that is an answer of success: of OData the first that is documented, of other services each.
    pub(super) fn replies(&mut self, operation: &IrOperation) -> Option<Reply> {
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
                is_collection: root.kind == RootKind::EntitySet,
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
                    .is_some_and(|root| root.kind == RootKind::EntitySet),
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
}
