//! Which response answers which request.
//!
//! Comes in: the messages of a page in order. Goes out: the requests, each with its responses.
//! Holds: a response that names requests answers each earlier request of that name; one without a
//! name answers the last request. Beyond API Doctor, which drops such responses silently, one that
//! would be the second answers an ignored request that stands between; others are reported.

use std::collections::BTreeMap;

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics, Span};

use crate::page::{Example, HttpRequest, HttpResponse, Text};

/// A message of a page.
pub(crate) enum Shown {
    Request {
        /// The names that the annotation gives; the first is used.
        names: Vec<Text>,
        role: Role,
        /// The annotation, else the fence.
        place: Span,
        request: HttpRequest,
    },
    Response {
        /// The names of the requests that it answers.
        names: Vec<Text>,
        response: HttpResponse,
    },
}

/// What an annotation says of a request.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Role {
    /// That it is one.
    Annotated,
    /// Nothing, since there is none.
    Unannotated,
    /// That it is to be ignored.
    Ignored,
}

/// The requests of one name.
struct Named {
    first: usize,
    last: usize,
    /// Those that no response with this name has answered yet.
    unanswered: Vec<usize>,
}

/// Pairs the messages of the page `page`.
pub(crate) fn pair(page: &str, shown: Vec<Shown>, found: &mut Diagnostics) -> Vec<Example> {
    let mut pairs = Pairs { page, examples: Vec::new(), by_name: BTreeMap::new(), found };
    let mut ignored = None;
    for message in shown {
        match message {
            Shown::Request { names, role: Role::Ignored, place, request } => {
                ignored = Some((names, place, request))
            }
            Shown::Request { names, role, place, request } => {
                ignored = None;
                pairs.request(names, role == Role::Annotated, place, request);
            }
            Shown::Response { names, response } => {
                if names.is_empty()
                    && pairs.nothing_waits()
                    && let Some((names, place, request)) = ignored.take()
                {
                    pairs.found.push(answered_though_ignored(place, response.span));
                    pairs.request(names, false, place, request);
                }
                pairs.answer(&names, response);
            }
        }
    }
    pairs.examples
}

struct Pairs<'a> {
    page: &'a str,
    examples: Vec<Example>,
    by_name: BTreeMap<String, Named>,
    found: &'a mut Diagnostics,
}

impl Pairs<'_> {
    /// Whether the last request, if there is one, has its response.
    fn nothing_waits(&self) -> bool {
        self.examples.last().is_none_or(|last| !last.responses.is_empty())
    }

    fn request(&mut self, names: Vec<Text>, annotated: bool, place: Span, request: HttpRequest) {
        let index = self.examples.len();
        let name = match names.into_iter().next() {
            Some(name) => name,
            None => unnamed(self.page, index, annotated, place, self.found),
        };
        let same = self.by_name.entry(name.value.clone()).or_insert_with(|| Named {
            first: index,
            last: index,
            unanswered: Vec::new(),
        });
        if let Some(first) = self.examples.get(same.first) {
            self.found.push(repeated(&name, first.name.span));
        }
        same.last = index;
        same.unanswered.push(index);
        self.examples.push(Example { name, annotated, request, responses: Vec::new() });
    }

    fn answer(&mut self, names: &[Text], response: HttpResponse) {
        if names.is_empty() {
            match self.examples.last_mut() {
                Some(last) => add(last, response, self.found),
                None => self.found.push(
                    Diagnostic::at(
                        codes::ORPHAN_RESPONSE,
                        response.span,
                        "no request stands above this response",
                    )
                    .help("put the response below its request, or name the request it answers"),
                ),
            }
            return;
        }
        for name in names {
            let Some(same) = self.by_name.get_mut(&name.value) else {
                self.found.push(
                    Diagnostic::at(
                        codes::ORPHAN_RESPONSE,
                        name.span,
                        format!("no request above this response is named `{}`", name.value),
                    )
                    .help("use the `name` of the request that it answers"),
                );
                continue;
            };
            let mut used = false;
            for index in same.unanswered.drain(..) {
                let waiting = self.examples.get_mut(index).filter(|e| e.responses.is_empty());
                if let Some(example) = waiting {
                    add(example, response.clone(), self.found);
                    used = true;
                }
            }
            if !used && let Some(last) = self.examples.get_mut(same.last) {
                add(last, response.clone(), self.found);
            }
        }
    }
}

fn add(example: &mut Example, response: HttpResponse, found: &mut Diagnostics) {
    if let Some(first) = example.responses.first() {
        found.push(
            Diagnostic::at(
                codes::SECOND_RESPONSE,
                response.span,
                format!("a further response to the request `{}`", example.name.value),
            )
            .label(first.span, "the first one, which counts")
            .help("name the request that it answers, or remove it"),
        );
    }
    example.responses.push(response);
}

fn unnamed(
    page: &str,
    index: usize,
    annotated: bool,
    place: Span,
    found: &mut Diagnostics,
) -> Text {
    let name = format!("{page} #{}", index + 1);
    if annotated {
        found.push(
            Diagnostic::at(
                codes::REQUEST_WITHOUT_NAME,
                place,
                "the annotation of this request gives it no name",
            )
            .note(format!("it is known as `{name}`"))
            .help("add a `name`"),
        );
    }
    Text::new(name, place)
}

fn repeated(name: &Text, first: Span) -> Diagnostic {
    Diagnostic::at(
        codes::REPEATED_REQUEST_NAME,
        name.span,
        format!("the page has another request named `{}`", name.value),
    )
    .label(first, "the first one")
    .help("give every request of a page a name of its own")
}

fn answered_though_ignored(request: Span, response: Span) -> Diagnostic {
    Diagnostic::at(
        codes::UNANNOTATED_EXAMPLE,
        request,
        "this request is to be ignored, but a response answers it",
    )
    .label(response, "the response")
    .help("announce it with `\"blockType\": \"request\"`")
}
