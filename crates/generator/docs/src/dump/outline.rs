//! A page as an outline for people.
//!
//! Comes in: a page. Goes out: one line per thing that was read, its place (`line:column`) at the left,
//! its depth as an indent, columns of a table below each other. Holds: bodies stand in one line, as
//! strict JSON; a line shows one line, whatever control characters the page has.

use std::fmt::Write as _;

use msgraph_source::{SourceMap, Span, render};

use super::{announced_word, block_word, permission_word, strict, table_word};
use crate::page::{
    Annotation, Body, Example, HttpResponse, MemberTable, Page, PermissionGrant, PermissionTable,
    Resource, Text,
};

/// Shows `page`: its path, then its parts.
pub fn outline(sources: &SourceMap, page: &Page) -> String {
    let mut outline = Outline { sources, lines: Vec::new() };
    outline.front_matter(page);
    outline.text("title", page.title.as_ref());
    outline.text("namespace", page.namespace.as_ref());
    outline.texts("summary", &page.summary);
    outline.blocks(&page.annotations);
    if let Some(json) = &page.page_annotation {
        outline.entry(0, json.span, format!("page annotation  {}", strict(json)));
    }
    outline.templates(page);
    for table in &page.permissions {
        outline.permissions(table);
    }
    outline.headers(page);
    outline.texts("query parameters", &page.query_parameters.text);
    outline.texts("named query parameters", &page.query_parameters.names);
    outline.texts("request body", &page.request_body);
    outline.texts("response", &page.response);
    for example in &page.examples {
        outline.example(example);
    }
    for response in &page.stray_responses {
        outline.entry(0, response.span, format!("response to no request{}", marks(response)));
        outline.response(response, 1);
    }
    for table in &page.tables {
        outline.table(table);
    }
    for resource in &page.resources {
        outline.resource(resource);
    }
    outline.texts("includes", &page.includes);
    outline.finish(sources.file(page.file).path())
}

/// A line: where its thing stands, how deep it is, what it says.
struct Line {
    place: Option<Span>,
    depth: usize,
    text: String,
}

struct Outline<'a> {
    sources: &'a SourceMap,
    lines: Vec<Line>,
}

impl Outline<'_> {
    fn entry(&mut self, depth: usize, place: Span, text: String) {
        self.lines.push(Line { place: Some(place), depth, text });
    }

    fn heading(&mut self, text: &str) {
        self.lines.push(Line { place: None, depth: 0, text: text.to_owned() });
    }

    fn text(&mut self, what: &str, text: Option<&Text>) {
        if let Some(text) = text {
            self.entry(0, text.span, format!("{what}  {}", text.value));
        }
    }

    fn texts(&mut self, what: &str, texts: &[Text]) {
        if texts.is_empty() {
            return;
        }
        self.heading(what);
        for text in texts {
            // Paragraphs keep their lines, of which the first has the place.
            for (index, line) in text.value.split('\n').enumerate() {
                let place = (index == 0).then_some(text.span);
                self.lines.push(Line { place, depth: 1, text: line.to_owned() });
            }
        }
    }

    /// Rows with their cells below each other; empty cells at the end leave nothing.
    fn rows(&mut self, depth: usize, rows: Vec<(Span, Vec<String>)>) {
        let columns = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
        let width = |column| {
            let cells = rows.iter().filter_map(|(_, cells)| cells.get(column));
            // A single long cell shall not push all others out of sight.
            cells
                .map(|cell: &String| cell.chars().count())
                .filter(|n| *n <= 60)
                .max()
                .unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for (span, cells) in rows {
            let mut text = String::new();
            for (cell, width) in cells.iter().zip(&widths) {
                // Writing to a string cannot fail.
                let _ = write!(text, "{cell:width$}  ");
            }
            self.entry(depth, span, text);
        }
    }

    fn front_matter(&mut self, page: &Page) {
        let front = &page.front_matter;
        let known = [
            ("title", &front.title),
            ("description", &front.description),
            ("doc_type", &front.doc_type),
            ("area", &front.area),
        ];
        let rows: Vec<_> = known
            .into_iter()
            .filter_map(|(key, text)| Some((key, text.as_ref()?)))
            .map(|(key, text)| (text.span, vec![key.to_owned(), text.value.clone()]))
            .collect();
        if rows.is_empty() && front.other.is_empty() {
            return;
        }
        self.heading("front matter");
        self.rows(1, rows);
        for (key, value) in &front.other {
            self.lines.push(Line { place: None, depth: 1, text: format!("{key}  {value}") });
        }
    }

    fn blocks(&mut self, annotations: &[Annotation]) {
        if annotations.is_empty() {
            return;
        }
        self.heading("blocks");
        let rows = annotations.iter().map(|annotation| {
            let names: Vec<&str> = annotation.names.iter().map(|n| n.value.as_str()).collect();
            let fence = match &annotation.fence {
                Some(fence) => format!("fence `{}` at {}", fence.language, self.at(fence.span)),
                None => "no fence".to_owned(),
            };
            let words =
                words(&annotation.type_name, annotation.is_collection, annotation.truncated);
            let kind = block_word(annotation.block_type).to_owned();
            (annotation.span, vec![kind, names.join(", "), words, fence])
        });
        let rows = rows.collect();
        self.rows(1, rows);
    }

    fn templates(&mut self, page: &Page) {
        if page.templates.is_empty() {
            return;
        }
        self.heading("HTTP request");
        let cells = |t: &crate::page::Template| vec![t.method.value.clone(), t.url.value.clone()];
        let rows = page.templates.iter().map(|t| (t.method.span, cells(t))).collect();
        self.rows(1, rows);
    }

    fn permissions(&mut self, table: &PermissionTable) {
        let of = table.subject.as_ref().map(|subject| format!(" of {}", subject.value));
        self.entry(0, table.span, format!("permissions{}", of.unwrap_or_default()));
        let names = |set: &[Text]| {
            let names: Vec<&str> = set.iter().map(|name| name.value.as_str()).collect();
            names.join(" and ")
        };
        let rows = table.rows.iter().map(|row| {
            let grant = match &row.grant {
                PermissionGrant::NotSupported => "not supported".to_owned(),
                PermissionGrant::NoneNeeded => "none needed".to_owned(),
                PermissionGrant::OneOf(one) => {
                    let one: Vec<&str> = one.iter().map(|name| name.value.as_str()).collect();
                    one.join(", or ")
                }
                PermissionGrant::OneOfSets(sets) => {
                    let sets: Vec<String> = sets.iter().map(|set| names(set)).collect();
                    sets.join(", or ")
                }
                PermissionGrant::Unreadable(text) => format!("unreadable: {}", text.value),
            };
            (row.span, vec![permission_word(row.kind).replace('_', " "), grant])
        });
        let rows = rows.collect();
        self.rows(1, rows);
    }

    fn headers(&mut self, page: &Page) {
        if page.request_headers.is_empty() {
            return;
        }
        self.heading("request headers");
        let rows = page.request_headers.iter().map(|row| {
            let required = if row.required { "required" } else { "" };
            let description = row.description.value.clone();
            (row.span, vec![row.name.value.clone(), required.to_owned(), description])
        });
        let rows = rows.collect();
        self.rows(1, rows);
    }

    fn example(&mut self, example: &Example) {
        let announced = announced_word(example.announced);
        let text = format!("example {} ({announced})", example.name.value);
        self.entry(0, example.name.span, text);
        let request = &example.request;
        let text = format!("{} {}", request.method.value, request.url.value);
        self.entry(1, request.method.span, text);
        self.message(&request.headers, request.body.as_ref());
        for response in &example.responses {
            self.response(response, 1);
        }
    }

    fn response(&mut self, response: &HttpResponse, depth: usize) {
        let mut text = format!("{} {}", response.status.value, response.reason);
        let words = words(&response.type_name, response.is_collection, response.truncated);
        if !words.is_empty() {
            let _ = write!(text, "  {words}");
        }
        self.entry(depth, response.status.span, text);
        self.message(&response.headers, response.body.as_ref());
    }

    fn message(&mut self, headers: &[(Text, Text)], body: Option<&Body>) {
        for (name, value) in headers {
            self.entry(2, name.span, format!("{}: {}", name.value, value.value));
        }
        match body {
            Some(Body::Json(json)) => self.entry(2, json.span, strict(json)),
            Some(Body::Other(text)) => self.entry(2, text.span, format!("text {}", text.value)),
            None => {}
        }
    }

    fn table(&mut self, table: &MemberTable) {
        let below = table.heading.as_ref().map(|heading| format!(" below {}", heading.value));
        let text = format!("{}{}", table_word(table.kind), below.unwrap_or_default());
        self.entry(0, table.span, text);
        let cell =
            |text: &Option<Text>| text.as_ref().map_or_else(String::new, |t| t.value.clone());
        let rows = table.rows.iter().map(|row| {
            let detail = match &row.value {
                Some(value) => format!("= {}", value.value),
                None => cell(&row.type_text),
            };
            (row.span, vec![row.name.value.clone(), detail, row.description.value.clone()])
        });
        let rows = rows.collect();
        self.rows(1, rows);
    }

    fn resource(&mut self, resource: &Resource) {
        let name = resource.type_name.as_ref().map_or("of no type", |name| &name.value);
        let mut text = format!("resource {name}");
        let texts = [("base", &resource.base_type), ("key", &resource.key_property)];
        for (word, value) in texts {
            if let Some(value) = value {
                let _ = write!(text, "  {word} {}", value.value);
            }
        }
        let flags = [("open", resource.open_type), ("abstract", resource.is_abstract)];
        for (word, flag) in flags {
            match flag {
                Some(true) => text.push_str(&format!("  {word}")),
                Some(false) => text.push_str(&format!("  not {word}")),
                None => {}
            }
        }
        let optional: Vec<&str> =
            resource.optional_properties.iter().map(|name| name.value.as_str()).collect();
        if !optional.is_empty() {
            let _ = write!(text, "  optional {}", optional.join(", "));
        }
        self.entry(0, resource.span, text);
        if let Some(json) = &resource.representation {
            self.entry(1, json.span, strict(json));
        }
    }

    fn at(&self, span: Span) -> String {
        let position = self.sources.position(span);
        format!("{}:{}", position.line, position.column)
    }

    fn finish(self, path: &str) -> String {
        let places: Vec<String> = self
            .lines
            .iter()
            .map(|line| line.place.map_or_else(String::new, |place| self.at(place)))
            .collect();
        let width = places.iter().map(String::len).max().unwrap_or_default();
        let mut text = render::line(path, usize::MAX).into_owned();
        text.push('\n');
        for (line, place) in self.lines.iter().zip(places) {
            let shown = render::line(line.text.trim_end(), usize::MAX);
            let row = format!("{place:>width$}  {:indent$}{shown}", "", indent = 2 * line.depth);
            text.push_str(row.trim_end());
            text.push('\n');
        }
        text
    }
}

/// How a response without request is announced.
fn marks(response: &HttpResponse) -> String {
    format!(" ({})", announced_word(response.announced))
}

/// The type of a message and what is said of it.
fn words(type_name: &Option<Text>, is_collection: bool, truncated: bool) -> String {
    let mut words: Vec<&str> = type_name.iter().map(|name| name.value.as_str()).collect();
    words.extend(
        [(is_collection, "collection"), (truncated, "truncated")]
            .iter()
            .filter_map(|(holds, word)| holds.then_some(*word)),
    );
    words.join(", ")
}
