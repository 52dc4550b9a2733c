//! Which response answers which request.
//!
//! Comes in: the messages of a page in order. Goes out: the requests, each with its responses, and
//! the responses that answer none. Holds: a response that names requests answers each earlier request
//! of that name; one without a name answers the last request; ignored requests take no part in this.
//! Beyond API Doctor, which drops such responses silently, one that would be the second answers an
//! ignored request that stands between; others are reported.

use std::collections::BTreeMap;

use msgraph_source::catalogue::docs as codes;
use msgraph_source::{Diagnostic, Diagnostics, Span};

use crate::page::{Announced, Example, HttpRequest, HttpResponse, Text};

/// A message of a page.
pub(crate) enum Shown {
    Request {
        /// The names that the annotation gives; the first is used.
        names: Vec<Text>,
        announced: Announced,
        /// The annotation, else the fence.
        place: Span,
        request: HttpRequest,
    },
    Response {
        /// The names of the requests that it answers.
        names: Vec<Text>,
        /// Whether it can answer only the message directly above it.
        is_loose: bool,
        response: HttpResponse,
    },
}

/// The requests with their responses, and the responses without request.
pub(crate) struct Pairs {
    pub(crate) examples: Vec<Example>,
    pub(crate) stray: Vec<HttpResponse>,
}

/// Pairs the messages of the page `page`.
pub(crate) fn pair(page: &str, shown: Vec<Shown>, found: &mut Diagnostics) -> Pairs {
    let mut pairing = Pairing {
        page,
        pairs: Pairs { examples: Vec::new(), stray: Vec::new() },
        above: None,
        last: None,
        counted: 0,
        ignored: 0,
        by_name: BTreeMap::new(),
        found,
    };
    for message in shown {
        match message {
            Shown::Request { names, announced, place, request } => {
                pairing.request(names, announced, place, request);
            }
            Shown::Response { names, is_loose, response } => {
                match is_loose {
                    true => pairing.answer_above(response),
                    false => pairing.answer(&names, response),
                }
                pairing.above = None;
            }
        }
    }
    pairing.pairs
}

/// The requests of one name.
struct Named {
    first: usize,
    last: usize,
    /// Those that no response with this name has answered yet.
    unanswered: Vec<usize>,
}

struct Pairing<'a> {
    page: &'a str,
    pairs: Pairs,
    /// The request directly above, if the last message was one.
    above: Option<usize>,
    /// The last request that is not ignored.
    last: Option<usize>,
    /// How many requests are not ignored, and how many are.
    counted: usize,
    ignored: usize,
    by_name: BTreeMap<String, Named>,
    found: &'a mut Diagnostics,
}

impl Pairing<'_> {
    fn request(
        &mut self,
        names: Vec<Text>,
        announced: Announced,
        place: Span,
        request: HttpRequest,
    ) {
        let index = self.pairs.examples.len();
        let page = self.page;
        let given = names.into_iter().next();
        let name = if announced == Announced::Ignored {
            self.ignored += 1;
            let count = self.ignored;
            given.unwrap_or_else(|| Text::new(format!("{page} ignored #{count}"), place))
        } else {
            self.counted += 1;
            let name = given.unwrap_or_else(|| {
                let name = format!("{page} #{}", self.counted);
                if announced == Announced::Annotated {
                    self.found.push(unnamed(&name, place));
                }
                Text::new(name, place)
            });
            self.register(&name, index);
            name
        };
        self.above = Some(index);
        self.pairs.examples.push(Example { name, announced, request, responses: Vec::new() });
    }

    /// Makes the request `index` known as `name`, so that responses can answer it.
    fn register(&mut self, name: &Text, index: usize) {
        self.last = Some(index);
        let same = self.by_name.entry(name.value.clone()).or_insert_with(|| Named {
            first: index,
            last: index,
            unanswered: Vec::new(),
        });
        let first = self.pairs.examples.get(same.first).filter(|_| same.first != index);
        if let Some(first) = first {
            self.found.push(repeated(name, first.name.span));
        }
        same.last = index;
        same.unanswered.push(index);
    }

    /// A response that nobody has announced answers the request directly above it, if nobody has
    /// announced that either: what is annotated waits for what is annotated.
    fn answer_above(&mut self, response: HttpResponse) {
        let above = self.above.and_then(|above| self.pairs.examples.get_mut(above));
        match above.filter(|example| example.announced != Announced::Annotated) {
            Some(example) => example.responses.push(response),
            None => self.pairs.stray.push(response),
        }
    }

    fn answer(&mut self, names: &[Text], response: HttpResponse) {
        if names.is_empty() {
            self.take_in_ignored(response.span);
            match self.last.and_then(|last| self.pairs.examples.get_mut(last)) {
                Some(last) => add(last, response, self.found),
                None => {
                    self.found.push(orphan(response.span));
                    self.pairs.stray.push(response);
                }
            }
            return;
        }
        let mut left = MOST;
        for name in names {
            if left == 0 {
                self.found.push(answers_too_many(response.span));
                return;
            }
            let Some(same) = self.by_name.get_mut(&name.value) else {
                self.found.push(orphan_named(name));
                continue;
            };
            let mut used = false;
            // Of further requests of the name, those at the end wait for ever.
            for index in same.unanswered.drain(..).take(left) {
                let waiting = self.pairs.examples.get_mut(index).filter(|e| e.responses.is_empty());
                if let Some(example) = waiting {
                    add(example, response.clone(), self.found);
                    used = true;
                    left -= 1;
                }
            }
            if !used && let Some(last) = self.pairs.examples.get_mut(same.last) {
                add(last, response.clone(), self.found);
                left -= 1;
            }
        }
        if left == MOST {
            self.pairs.stray.push(response);
        }
    }

    /// Takes an ignored request directly above for one that is meant, where no other request waits
    /// for the response at `response`.
    fn take_in_ignored(&mut self, response: Span) {
        let last = self.last.and_then(|last| self.pairs.examples.get(last));
        if last.is_some_and(|last| last.responses.is_empty()) {
            return;
        }
        let Some(above) = self.above else { return };
        let Some(example) = self.pairs.examples.get_mut(above) else { return };
        if example.announced == Announced::Ignored {
            example.announced = Announced::Inferred;
            self.found.push(answered_though_ignored(example.request.span, response));
            let name = example.name.clone();
            self.register(&name, above);
        }
    }
}

/// How many requests one response can answer; it is written out for each of them.
const MOST: usize = 16;

fn add(example: &mut Example, response: HttpResponse, found: &mut Diagnostics) {
    // A name that comes twice in a list says nothing new.
    if example.responses.last().is_some_and(|last| last.span == response.span) {
        return;
    }
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

fn orphan(response: Span) -> Diagnostic {
    let message = "no request stands above this response";
    Diagnostic::at(codes::ORPHAN_RESPONSE, response, message)
        .help("put the response below its request, or name the request it answers")
}

fn orphan_named(name: &Text) -> Diagnostic {
    let message = format!("no request above this response is named `{}`", name.value);
    Diagnostic::at(codes::ORPHAN_RESPONSE, name.span, message)
        .help("use the `name` of the request that it answers")
}

fn answers_too_many(response: Span) -> Diagnostic {
    let message = format!("this response is to answer more than {MOST} requests");
    Diagnostic::at(codes::ORPHAN_RESPONSE, response, message)
        .note("it is used for the first of them alone")
        .help("give the others responses of their own")
}

fn unnamed(name: &str, place: Span) -> Diagnostic {
    let message = "the annotation of this request gives it no name";
    Diagnostic::at(codes::REQUEST_WITHOUT_NAME, place, message)
        .note(format!("it is known as `{name}`"))
        .help("add a `name`")
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
