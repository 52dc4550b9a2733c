//! The examples of a written page: requests and responses, with annotations or without.
//!
//! Comes in: choices. Goes out: their text, and the examples as they are to be read.

use msgraph_docs::{
    Announced, BlockType, Body, Example, Fence, HttpRequest, HttpResponse, Template, Text,
};
use msgraph_source::Spanned;

use super::{Author, HTTP};
use crate::writer::Value;

impl Author {
    pub(super) fn example(&mut self) {
        match self.writer.below(4) {
            0 => self.annotated_example(),
            1 => self.annotated_example(),
            2 => self.inferred_example(),
            _ => self.ignored_example(),
        }
    }

    pub(super) fn annotated_example(&mut self) {
        let block_type = self.block_type("request");
        let mut members = vec![block_type];
        self.names += 1;
        let name = format!("name_{}", self.names);
        let one = Value::String(name.clone());
        match self.writer.below(3) {
            0 => members.push(("name".to_owned(), one)),
            1 => members
                .push(("Name".to_owned(), Value::Array(vec![one, Value::String("x".into())]))),
            _ => {}
        }
        let is_named = members.len() > 1;
        let annotation = self.annotation(BlockType::Request, members);
        self.gap();
        let (fence, request) = self.request();
        self.bind(annotation, fence);
        self.counted += 1;
        let annotation = &self.page.annotations[annotation];
        let text = match annotation.names.first() {
            Some(name) => name.clone(),
            None => Text::new(format!("any-page #{}", self.counted), annotation.span),
        };
        let mut example =
            Example { name: text, announced: Announced::Annotated, request, responses: Vec::new() };
        self.writer.blank(0);
        for _ in 0..self.writer.below(3) {
            let name = (is_named && self.writer.chance()).then(|| name.clone());
            let response = self.annotated_response(name);
            example.responses.push(response);
            self.writer.blank(0);
        }
        self.page.examples.push(example);
        if self.writer.below(4) == 1 {
            // What a redirect leads to answers nothing.
            let block_type = self.block_type("ignored");
            let annotation = self.annotation(BlockType::Ignored, vec![block_type]);
            let (fence, response) = self.response(Announced::Ignored, None);
            self.bind(annotation, fence);
            self.page.stray_responses.push(response);
        }
    }

    pub(super) fn annotated_response(&mut self, name: Option<String>) -> HttpResponse {
        let block_type = self.block_type("response");
        let mut members = vec![block_type];
        members.extend(name.map(|name| ("name".to_owned(), Value::String(name))));
        if self.writer.chance() {
            members.push(self.flag("truncated"));
        }
        if self.writer.chance() {
            let of = self.writer.pick(&["a.thing", "#a.thing", "Collection(a.thing)"]);
            members.push(("@odata.type".to_owned(), Value::String(of.to_owned())));
        }
        if self.writer.chance() {
            members.push(self.flag("isCollection"));
        }
        let annotation = self.annotation(BlockType::Response, members);
        self.gap();
        let (fence, response) = self.response(Announced::Annotated, Some(annotation));
        self.bind(annotation, fence);
        response
    }

    pub(super) fn inferred_example(&mut self) {
        self.heading(3, "Request");
        self.gap();
        let (_, request) = self.request();
        self.counted += 1;
        let name = Text::new(format!("any-page #{}", self.counted), request.span);
        self.writer.blank(0);
        self.heading(4, "Response");
        let (_, response) = self.response(Announced::Inferred, None);
        let responses = vec![response];
        self.page.examples.push(Example {
            name,
            announced: Announced::Inferred,
            request,
            responses,
        });
    }

    pub(super) fn ignored_example(&mut self) {
        let kind = self.writer.below(2);
        let (word, kind) = [("ignored", BlockType::Ignored), ("example", BlockType::Example)][kind];
        let block_type = self.block_type(word);
        let annotation = self.annotation(kind, vec![block_type]);
        let (fence, request) = self.request();
        self.bind(annotation, fence);
        self.ignored += 1;
        let place = self.page.annotations[annotation].span;
        let name = Text::new(format!("any-page ignored #{}", self.ignored), place);
        let mut responses = Vec::new();
        if self.writer.chance() {
            let block_type = self.block_type("ignored");
            let annotation = self.annotation(BlockType::Ignored, vec![block_type]);
            let (fence, response) = self.response(Announced::Ignored, None);
            self.bind(annotation, fence);
            responses.push(response);
        }
        self.page.examples.push(Example {
            name,
            announced: Announced::Ignored,
            request,
            responses,
        });
    }

    pub(super) fn request(&mut self) -> (Fence, HttpRequest) {
        let (fence, (line, headers, body)) = self.fenced(HTTP, |author| {
            let line = author.request_line();
            let (headers, body) = author.message();
            (line, headers, body)
        });
        let span = fence.span;
        let Template { method, url } = line;
        (fence, HttpRequest { method, url, headers, body, span })
    }

    pub(super) fn response(
        &mut self,
        announced: Announced,
        annotation: Option<usize>,
    ) -> (Fence, HttpResponse) {
        let (fence, (status, reason, headers, body)) = self.fenced(HTTP, |author| {
            let (status, reason) = author.writer.pick(&[
                (200_u16, "OK"),
                (201, "Created"),
                (204, "No Content"),
                (202, "Accpted"),
                (302, ""),
            ]);
            let version = author.writer.pick(&["HTTP/1.1 ", "HTTP  ", "HTTP/2 "]);
            author.writer.put(version);
            let digits = author.writer.put(&status.to_string());
            let status = Spanned::new(status, author.writer.span(digits));
            author.writer.put(" ");
            author.writer.line(reason);
            let (headers, body) = author.message();
            (status, reason.to_owned(), headers, body)
        });
        let said = annotation.and_then(|annotation| self.page.annotations.get(annotation));
        let response = HttpResponse {
            announced,
            status,
            reason,
            headers,
            body,
            type_name: said.and_then(|said| said.type_name.clone()),
            is_collection: said.is_some_and(|said| said.is_collection),
            truncated: said.is_some_and(|said| said.truncated),
            span: fence.span,
        };
        (fence, response)
    }

    /// Headers and a body.
    pub(super) fn message(&mut self) -> (Vec<(Text, Text)>, Option<Body>) {
        let writer = &mut self.writer;
        let mut headers = Vec::new();
        for _ in 0..writer.below(3) {
            let name = writer.pick(&["Accept", "Content-type", "If-Match"]);
            let name = writer.put_text(name);
            writer.put(":");
            writer.space();
            let value = writer.pick(&["application/json", "W/\"1\"", "text/plain; a=b"]);
            let value = writer.put_text(value);
            writer.space();
            writer.end_line();
            headers.push((name, value));
        }
        // Without a header, a blank line and another line look like headers below a blank line.
        writer.blank(1);
        let body = match writer.below(4) {
            0 => None,
            1 => {
                let json = self.json(0);
                let json = match json {
                    Value::Object(_) | Value::Array(_) => json,
                    other => Value::Array(vec![other]),
                };
                Some(Body::Json(self.writer.json(&json)))
            }
            2 => {
                let json = Value::Object(vec![("a".to_owned(), Value::Null)]);
                let json = self.writer.json(&json);
                self.writer.put(" // behind");
                Some(Body::Json(json))
            }
            _ => {
                let declared = headers.iter().find(|(name, _)| name.value == "Content-type");
                match declared.is_some_and(|(_, value)| value.value.contains("json")) {
                    // What is declared as JSON is read as JSON.
                    true => None,
                    false => Some(Body::Other(self.writer.put_text("plain words"))),
                }
            }
        };
        if body.is_some() {
            self.writer.end_line();
            self.writer.blank(0);
        }
        (headers, body)
    }

    pub(super) fn json(&mut self, depth: usize) -> Value {
        match self.writer.below(if depth < 4 { 8 } else { 5 }) {
            0 => Value::Null,
            1 => Value::Bool(self.writer.chance()),
            2 => Value::Number(self.writer.pick(&["0", "-1.50", "12345678901234567890", "1e400"])),
            3 => Value::String(self.writer.words()),
            4 => Value::String(self.writer.pick(&["", "a\nb", "é\\", "it's"]).to_owned()),
            5 | 6 => {
                let names = ["id", "@odata.type", "é x", "true"];
                let count = self.writer.below(names.len() + 1);
                let members = names.iter().take(count);
                Value::Object(
                    members.map(|name| ((*name).to_owned(), self.json(depth + 1))).collect(),
                )
            }
            _ => Value::Array((0..self.writer.below(4)).map(|_| self.json(depth + 1)).collect()),
        }
    }
}
