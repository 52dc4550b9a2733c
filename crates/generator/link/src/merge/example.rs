//! A documented example: request and response with what was found in their bodies.
//!
//! In comes an example of a page and the operation that its URL reached, if any; out goes the example
//! of the representation. Holds: metadata wins on types, so that a body is held against the type that
//! the model gives it, whatever the annotation says; only where the URL reaches no operation the
//! annotation's type counts. Each body is counted once.

use std::collections::BTreeSet;

use msgraph_docs::{Body, HttpRequest, HttpResponse, Page, Text};
use msgraph_ir::{
    Bodies, BoundId, BoundKind, Counts, Ending, Example, ExampleFinding, ExampleRequest,
    ExampleResponse, Fact, Method, Operation, Site, Source, TypeRef, TypeTarget, dump,
};
use msgraph_source::{Diagnostic, Diagnostics, Json, JsonKind, Span, catalogue::link as codes};

use super::body::{Check, Model};
use super::creation;
use super::reach::url_findings;
use crate::operation::{Shape, is_stream, site_span};
use crate::url::ResolvedPath;

/// Reads the examples of one page.
pub(crate) struct ExampleReader<'a> {
    model: &'a Model<'a>,
    page: &'a Page,
    /// The responses read so far: one may answer several requests.
    read: BTreeSet<Span>,
    /// How many bodies there were, and what was found in them.
    pub(crate) counts: Counts,
}

/// What the URL of an example reached.
#[derive(Clone, Copy)]
pub(crate) struct Reached<'a> {
    /// The operation.
    pub(crate) operation: &'a Operation,
    /// What the metadata says of it.
    pub(crate) shape: &'a Shape,
    /// The URL.
    pub(crate) url: &'a ResolvedPath,
    /// Which of the operation's paths it follows.
    pub(crate) path: usize,
}

/// What a body is held against.
enum Held {
    /// A value of a type.
    Type(TypeRef),
    /// The parameters of an action.
    Parameters(BoundId),
    /// Links to entities: several in `value`, or one.
    Links { are_several: bool },
    /// Nothing is to be sent or answered there.
    Nothing,
    /// What there should be is not known; the URL's diagnostic says why.
    Unknown,
}

impl<'a> ExampleReader<'a> {
    /// A reader of the examples of `page`.
    pub(crate) fn new(model: &'a Model<'a>, page: &'a Page) -> Self {
        Self { model, page, read: BTreeSet::new(), counts: Counts::default() }
    }

    /// Reads an example whose URL is `reached`.
    pub(crate) fn example(
        &mut self,
        example: &msgraph_docs::Example,
        reached: Reached<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Example {
        let request = &example.request;
        let body = json(request.body.as_ref());
        let findings = self.request(request, Some(reached), diagnostics);
        let response = self.responses(example, Some(reached), diagnostics);
        Example {
            name: example.name.value.clone(),
            request: ExampleRequest {
                url: request.url.value.clone(),
                path: reached.path,
                url_findings: url_findings(self.model.api, reached.url),
                path_values: reached.url.values.clone(),
                headers: headers(&request.headers),
                body: body.cloned(),
                content: content(request.body.as_ref()),
                findings,
                span: request.span,
            },
            response,
        }
    }

    /// Holds the bodies of an example whose URL reaches no operation against the types that their
    /// annotations name.
    pub(crate) fn without_operation(
        &mut self,
        example: &msgraph_docs::Example,
        diagnostics: &mut Diagnostics,
    ) {
        self.request(&example.request, None, diagnostics);
        self.responses(example, None, diagnostics);
    }

    fn request(
        &mut self,
        request: &HttpRequest,
        reached: Option<Reached<'_>>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<ExampleFinding> {
        let Some(body) = json(request.body.as_ref()) else {
            return Vec::new();
        };
        let held = match reached {
            Some(reached) => self.sent(reached),
            None => {
                let annotation = self.page.annotations.iter().find(|annotation| {
                    annotation.fence.as_ref().is_some_and(|fence| fence.span == request.span)
                });
                let stated = annotation.and_then(|annotation| {
                    let name = annotation.type_name.as_ref()?;
                    self.stated(&name.value, annotation.is_collection)
                });
                stated.map_or(Held::Unknown, Held::Type)
            }
        };
        let declaration = self.declaration(reached, body.span);
        let mut check = Check::new(self.model, declaration, "example request");
        match held {
            Held::Type(type_ref) => {
                check.value(body, type_ref);
                if reached.is_some_and(|reached| reached.operation.method == Method::Post) {
                    creation::check(self.model.api, body, type_ref.target, diagnostics);
                }
            }
            Held::Parameters(id) => check.parameters(body, &self.model.api.bound[id]),
            Held::Links { are_several } => check.links(body, are_several),
            Held::Nothing => {
                let method = &request.method.value;
                diagnostics.push(
                    Diagnostic::at(
                        codes::REQUEST_BODY,
                        body.span,
                        format!("the example sends a body with `{method}`, which takes none"),
                    )
                    .label(declaration, "the metadata")
                    .help("remove the body, or correct the method"),
                );
            }
            Held::Unknown => {}
        }
        let (findings, found) = check.finish();
        let untyped = matches!(held, Held::Nothing | Held::Unknown);
        count(&mut self.counts.requests, &findings, untyped);
        diagnostics.extend(found);
        findings
    }

    /// What a request is to send.
    fn sent(&self, Reached { operation, shape, .. }: Reached<'_>) -> Held {
        match (operation.site, operation.ending, operation.method, shape.request) {
            (Site::Bound(id), Ending::Plain, Method::Post, _)
                if self.model.api.bound[id].kind == BoundKind::Action =>
            {
                Held::Parameters(id)
            }
            (_, Ending::Ref, Method::Post | Method::Put, _) => Held::Links { are_several: false },
            (.., Some(type_ref)) => Held::Type(type_ref),
            (.., None) => Held::Nothing,
        }
    }

    /// Reads all responses; the first of them is that of the example.
    fn responses(
        &mut self,
        example: &msgraph_docs::Example,
        reached: Option<Reached<'_>>,
        diagnostics: &mut Diagnostics,
    ) -> Option<ExampleResponse> {
        let mut first = None;
        for response in &example.responses {
            let read = self.response(response, reached, diagnostics);
            first.get_or_insert(read);
        }
        first
    }

    fn response(
        &mut self,
        response: &HttpResponse,
        reached: Option<Reached<'_>>,
        diagnostics: &mut Diagnostics,
    ) -> ExampleResponse {
        let body = json(response.body.as_ref());
        let is_success = (200..300).contains(&response.status.value);
        let mut found = Diagnostics::new();
        let mut findings = Vec::new();
        let is_first = self.read.insert(response.span);
        if is_success {
            let (of_body, untyped) = self.answer(response, reached, &mut found);
            findings = of_body;
            if body.is_some() && is_first {
                count(&mut self.counts.responses, &findings, untyped);
                if response.type_name.is_some() {
                    count(&mut self.counts.typed_responses, &findings, untyped);
                }
            }
        }
        if is_first {
            diagnostics.extend(found);
        }
        ExampleResponse {
            status: response.status.value,
            headers: headers(&response.headers),
            body: body.cloned(),
            content: content(response.body.as_ref()),
            truncated: response.truncated,
            names_type: response.type_name.is_some(),
            findings,
            span: response.span,
        }
    }

    /// Holds a successful response against what is answered there: the findings of its body, and
    /// whether there was no type to hold it against.
    fn answer(
        &self,
        response: &HttpResponse,
        reached: Option<Reached<'_>>,
        diagnostics: &mut Diagnostics,
    ) -> (Vec<ExampleFinding>, bool) {
        let declaration = self.declaration(reached, response.span);
        // Metadata says what a stream is, and not what writing one answers.
        if let (Some(stated), Some(reached)) = (&response.type_name, reached)
            && !reached.shape.request.is_some_and(is_stream)
        {
            self.stated_type(stated, response, reached.shape, declaration, diagnostics);
        }
        let Some(body) = json(response.body.as_ref()) else {
            return (Vec::new(), false);
        };
        let name = response.type_name.as_ref();
        let stated = name.and_then(|name| self.stated(&name.value, response.is_collection));
        // The body decides whether a collection is shown.
        let stated = stated.map(|stated| self.as_shown(stated, body));
        let held = match (reached.map(|reached| self.answered(reached)), stated) {
            // A stream can hold anything, which the annotation may know.
            (Some(Held::Type(type_ref)), Some(stated)) if is_stream(type_ref) => Held::Type(stated),
            (Some(held), _) => held,
            (None, Some(stated)) => Held::Type(stated),
            (None, None) => Held::Unknown,
        };
        let mut check = Check::new(self.model, declaration, "example response");
        match (&held, reached) {
            (Held::Type(type_ref), _) => check.answer(body, *type_ref),
            (Held::Links { are_several }, _) => check.links(body, *are_several),
            (Held::Nothing, Some(_)) if is_empty(body) => return (Vec::new(), false),
            (Held::Nothing, Some(Reached { operation, .. })) => diagnostics.push(
                Diagnostic::at(
                    codes::RESPONSE_BODY,
                    body.span,
                    format!(
                        "the example answers with a body, and the metadata says that `{} {}` returns nothing",
                        operation.method.as_str(),
                        self.model.api.site_name(operation.site)
                    ),
                )
                .label(declaration, "the metadata")
                .note("metadata wins on types: the body is not read"),
            ),
            _ => {}
        }
        let (findings, found) = check.finish();
        diagnostics.extend(found);
        (findings, matches!(held, Held::Nothing | Held::Unknown))
    }

    /// What a successful response is to hold.
    fn answered(&self, Reached { operation, shape, url, .. }: Reached<'_>) -> Held {
        match (operation.ending, operation.method, shape.response) {
            (Ending::Ref, Method::Get, _) => {
                let several = url.type_ref.is_some_and(|type_ref| type_ref.is_collection);
                Held::Links { are_several: several }
            }
            (.., Some(type_ref)) => Held::Type(type_ref),
            (.., None) => Held::Nothing,
        }
    }

    /// The type that an annotation of the first response names, where that has a body.
    pub(super) fn stated_answer(&self, example: &msgraph_docs::Example) -> Option<TypeRef> {
        let response = example.responses.first()?;
        let stated = self.stated(&response.type_name.as_ref()?.value, response.is_collection)?;
        json(response.body.as_ref()).map(|body| self.as_shown(stated, body))
    }

    /// The type that an annotation names.
    fn stated(&self, name: &str, is_collection: bool) -> Option<TypeRef> {
        let target = self.model.types.find(name)?;
        Some(TypeRef { target, is_collection, is_nullable: false })
    }

    fn as_shown(&self, stated: TypeRef, body: &Json) -> TypeRef {
        let has_value = match stated.target {
            TypeTarget::Item(id) => self.model.api.property_of(id, "value").is_some(),
            _ => false,
        };
        let shows = body.get("value").is_some_and(|value| matches!(value.kind, JsonKind::Array(_)));
        TypeRef { is_collection: shows && (stated.is_collection || !has_value), ..stated }
    }

    fn declaration(&self, reached: Option<Reached<'_>>, otherwise: Span) -> Span {
        reached.and_then(|r| site_span(self.model.api, r.operation.site)).unwrap_or(otherwise)
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
        let api = self.model.api;
        let name = stated.value.trim_start_matches('#');
        let message = match (self.model.types.find(name), expected.target) {
            (None, _) => format!("the annotation names the type `{name}`, which is not declared"),
            (Some(TypeTarget::Item(said)), TypeTarget::Item(known)) => {
                if api.is_or_derives_from(said, known) || api.is_or_derives_from(known, said) {
                    return;
                }
                format!(
                    "the annotation says that `{}` is answered, and the metadata says `{}`",
                    api.items[said].name, api.items[known].name
                )
            }
            (Some(said), known) if said == known || known == TypeTarget::Json => return,
            (Some(_), _) => format!(
                "the annotation says that `{name}` is answered, and the metadata says `{}`",
                dump::type_ref(api, expected)
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

/// Counts a body with `findings`, or one that there was no type for.
fn count(bodies: &mut Bodies, findings: &[ExampleFinding], untyped: bool) {
    let is_clean = findings.iter().all(|found| found.kind.is_of_envelope());
    bodies.all += 1;
    bodies.clean += usize::from(is_clean && !untyped);
    bodies.explained += usize::from(!is_clean || untyped);
    bodies.untyped += usize::from(untyped);
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

/// What a message carries that is no JSON.
fn content(body: Option<&Body>) -> Option<String> {
    match body? {
        Body::Json(_) => None,
        Body::Other(text) => Some(text.value.trim().to_owned()).filter(|text| !text.is_empty()),
    }
}

fn is_empty(json: &Json) -> bool {
    json.as_object().is_some_and(<[_]>::is_empty)
}

fn headers(headers: &[(Text, Text)]) -> Vec<(String, String)> {
    headers.iter().map(|(name, value)| (name.value.clone(), value.value.clone())).collect()
}
