//! A documented example: request and response with what was found in their bodies.
//!
//! In comes an example of a page and the operation that its URL reached; out goes the example of the
//! representation. Holds: metadata wins on types, so that a body is held against the type that the
//! model gives it, whatever the annotation says.

use msgraph_docs::{Body, HttpResponse, Text};
use msgraph_ir::{
    Api, Example, ExampleFinding, ExampleRequest, ExampleResponse, Fact, Method, Operation, Site,
    Source, TypeTarget, dump,
};
use msgraph_source::{Diagnostic, Diagnostics, Json, JsonKind, Span, catalogue::link as codes};

use super::body::Check;
use super::type_names::TypeNames;
use crate::operation::{Shape, site_span};
use crate::url::ResolvedPath;

/// What examples are held against.
pub(crate) struct ExampleReader<'a> {
    /// The model.
    pub(crate) api: &'a Api,
    /// Its types by name.
    pub(crate) types: &'a TypeNames,
}

impl ExampleReader<'_> {
    /// The example `example`, whose URL is `reached`, the `path`th of `operation`.
    pub(crate) fn example(
        &self,
        example: &msgraph_docs::Example,
        operation: &Operation,
        shape: &Shape,
        reached: &ResolvedPath,
        path: usize,
        diagnostics: &mut Diagnostics,
    ) -> Example {
        let request = &example.request;
        let body = json(request.body.as_ref());
        let mut findings = Vec::new();
        if let Some(body) = body {
            findings = self.request(body, operation, shape, diagnostics);
        }
        let response = example
            .responses
            .first()
            .map(|response| self.response(response, operation, shape, diagnostics));
        Example {
            name: example.name.value.clone(),
            request: ExampleRequest {
                url: request.url.value.clone(),
                path,
                path_values: reached.values.clone(),
                headers: headers(&request.headers),
                body: body.cloned(),
                findings,
                span: request.span,
            },
            response,
        }
    }

    fn request(
        &self,
        body: &Json,
        operation: &Operation,
        shape: &Shape,
        diagnostics: &mut Diagnostics,
    ) -> Vec<ExampleFinding> {
        let declaration = site_span(self.api, operation.site).unwrap_or(body.span);
        let mut check = Check::new(self.api, self.types, declaration, "example request");
        match (operation.site, shape.request) {
            (Site::Bound(id), _) if operation.method == Method::Post => {
                check.parameters(body, &self.api.bound[id]);
            }
            (_, Some(type_ref)) => {
                check.value(body, type_ref);
                if operation.method == Method::Post {
                    self.deep_inserts(body, type_ref.target, 0, diagnostics);
                }
            }
            (_, None) => diagnostics.push(
                Diagnostic::at(
                    codes::REQUEST_BODY,
                    body.span,
                    format!(
                        "the example sends a body with `{}`, which takes none",
                        operation.method.as_str()
                    ),
                )
                .label(declaration, "the metadata")
                .help("remove the body, or correct the method"),
            ),
        }
        let (findings, found) = check.finish();
        diagnostics.extend(found);
        findings
    }

    /// Entities that are created with the entity that contains them, against what the metadata says
    /// of creating them.
    fn deep_inserts(
        &self,
        body: &Json,
        target: TypeTarget,
        depth: usize,
        diagnostics: &mut Diagnostics,
    ) {
        let (TypeTarget::Item(id), Some(members)) = (target, body.as_object()) else {
            return;
        };
        if depth > 16 {
            return;
        }
        for member in members {
            let Some((owner, index)) = self.api.property_of(id, &member.name) else {
                continue;
            };
            let Some(property) = self.api.property(owner, index) else {
                continue;
            };
            if let (Some(_), Some((false, span))) =
                (property.navigation(), property.capabilities.insertable)
            {
                let site = self.api.site_name(Site::Property { owner, index });
                diagnostics.push(
                    Diagnostic::at(
                        codes::DEEP_INSERT,
                        member.name_span,
                        format!("the example creates `{}` together with its container, and the metadata says that `{site}` is not Insertable", member.name),
                    )
                    .label(span, "the metadata")
                    .note("documents win on which operations there are: the member stays part of the body, and the annotation keeps its meaning for requests of its own"),
                );
            }
            match &member.value.kind {
                JsonKind::Array(elements) => {
                    // One element tells what all of them tell.
                    if let Some(first) = elements.first() {
                        self.deep_inserts(first, property.type_ref.target, depth + 1, diagnostics);
                    }
                }
                _ => self.deep_inserts(
                    &member.value,
                    property.type_ref.target,
                    depth + 1,
                    diagnostics,
                ),
            }
        }
    }

    fn response(
        &self,
        response: &HttpResponse,
        operation: &Operation,
        shape: &Shape,
        diagnostics: &mut Diagnostics,
    ) -> ExampleResponse {
        let body = json(response.body.as_ref());
        let declaration = site_span(self.api, operation.site).unwrap_or(response.span);
        let is_success = (200..300).contains(&response.status.value);
        let mut findings = Vec::new();
        if let (true, Some(stated)) = (is_success, &response.type_name) {
            self.stated_type(stated, response, shape, declaration, diagnostics);
        }
        if let (true, Some(body)) = (is_success, body) {
            match shape.response {
                Some(type_ref) => {
                    let mut check = Check::new(self.api, self.types, declaration, "example response");
                    check.answer(body, type_ref);
                    let (found, reported) = check.finish();
                    findings = found;
                    diagnostics.extend(reported);
                }
                None if !is_empty(body) => diagnostics.push(
                    Diagnostic::at(
                        codes::RESPONSE_BODY,
                        body.span,
                        format!(
                            "the example answers with a body, and the metadata says that `{} {}` returns nothing",
                            operation.method.as_str(),
                            self.api.site_name(operation.site)
                        ),
                    )
                    .label(declaration, "the metadata")
                    .note("metadata wins on types: the body is not read"),
                ),
                None => {}
            }
        }
        ExampleResponse {
            status: response.status.value,
            headers: headers(&response.headers),
            body: body.cloned(),
            truncated: response.truncated,
            findings,
            span: response.span,
        }
    }

    /// The type in the annotation of a response, against the one that the model has.
    fn stated_type(
        &self,
        stated: &Text,
        response: &HttpResponse,
        shape: &Shape,
        declaration: Span,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(expected) = shape.response else {
            return;
        };
        let name = stated.value.trim_start_matches('#');
        let message = match (self.types.find(name), expected.target) {
            (None, _) => format!("the annotation names the type `{name}`, which is not declared"),
            (Some(TypeTarget::Item(said)), TypeTarget::Item(known)) => {
                let related = self.api.is_or_derives_from(said, known)
                    || self.api.is_or_derives_from(known, said);
                if related {
                    return;
                }
                format!(
                    "the annotation says that `{}` is answered, and the metadata says `{}`",
                    self.api.items[said].name, self.api.items[known].name
                )
            }
            (Some(said), known) if said == known || known == TypeTarget::Json => return,
            (Some(_), _) => format!(
                "the annotation says that `{name}` is answered, and the metadata says `{}`",
                dump::type_ref(self.api, expected)
            ),
        };
        let mut found = Diagnostic::at(codes::RESPONSE_TYPE, stated.span, message)
            .label(declaration, "the metadata");
        if response.body.is_none() {
            found = found.note("the example shows no body");
        }
        diagnostics.push(found.note("metadata wins on types"));
    }
}

/// The status of each example response with whether a body is shown.
pub(crate) fn shown_statuses(example: &msgraph_docs::Example) -> Option<(Fact<u16>, bool)> {
    let response = example.responses.first()?;
    let status = Fact::new(response.status.value, Source::Documents, response.status.span);
    let has_body = match &response.body {
        Some(Body::Json(json)) => !is_empty(json),
        Some(Body::Other(text)) => !text.value.trim().is_empty(),
        None => false,
    };
    Some((status, has_body))
}

fn json(body: Option<&Body>) -> Option<&Json> {
    match body? {
        Body::Json(json) => Some(json),
        Body::Other(_) => None,
    }
}

fn is_empty(json: &Json) -> bool {
    json.as_object().is_some_and(<[_]>::is_empty)
}

fn headers(headers: &[(Text, Text)]) -> Vec<(String, String)> {
    headers.iter().map(|(name, value)| (name.value.clone(), value.value.clone())).collect()
}
