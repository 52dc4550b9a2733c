//! What was written is what is read: whole pages from the grammar, each part of them known beforehand.
//!
//! Comes in: choices. Goes out: a page as text and as [`Page`], with all places. Holds: the reader
//! gives that very page, and finds no error in it, whatever leniencies the text has.

#[path = "written/examples.rs"]
mod examples;
#[path = "written/tables.rs"]
mod tables;

use libtest_mimic::{Failed, Trial};
use msgraph_docs::{
    Annotation, BlockType, Fence, FrontMatter, MemberTableKind, Page, QueryParameters, Resource,
    Template, Text,
};
use msgraph_source::{Diagnostic, Json, JsonKind, SourceMap};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::writer::{Value, Writer};

/// The trials.
pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("what_was_written_is_what_is_read", written_is_read)]
}

fn written_is_read() -> Result<(), Failed> {
    let config = Config { cases: 1500, failure_persistence: None, ..Config::default() };
    let choices = prop::collection::vec(any::<u8>(), 0..900);
    TestRunner::new(config)
        .run(&choices, |choices| {
            let (text, expected) = Author::new(choices).write();
            let mut sources = SourceMap::new();
            let file = sources.add("api/Any-Page.md", text.as_str());
            let (page, found) = msgraph_docs::parse(&sources, file);
            // Part by part first, since a whole page is more than one can look through.
            let show = |page: &Page| msgraph_docs::dump::outline(&sources, page);
            prop_assert_eq!(show(&page), show(&expected), "{}", text);
            prop_assert_eq!(&page, &expected, "{}", text);
            let errors: Vec<&Diagnostic> = found.iter().filter(|d| d.is_error()).collect();
            prop_assert!(errors.is_empty(), "{:?} in {}", errors, text);
            Ok(())
        })
        .map_err(|error| error.to_string().into())
}

/// Who writes a page, and the page as it is to be read.
struct Author {
    writer: Writer,
    page: Page,
    /// How many requests have been written that count, and that are ignored.
    counted: usize,
    ignored: usize,
    names: usize,
}

const HTTP: &[&str] = &["http", "HTTP", "msgraph-interactive", ""];

impl Author {
    fn new(choices: Vec<u8>) -> Self {
        let writer = Writer::new(choices);
        let page = Page {
            file: writer.file,
            name: "any-page".to_owned(),
            front_matter: FrontMatter::default(),
            title: None,
            namespace: None,
            summary: Vec::new(),
            annotations: Vec::new(),
            templates: Vec::new(),
            permissions: Vec::new(),
            request_headers: Vec::new(),
            query_parameters: QueryParameters::default(),
            request_body: Vec::new(),
            response: Vec::new(),
            examples: Vec::new(),
            stray_responses: Vec::new(),
            tables: Vec::new(),
            resources: Vec::new(),
            page_annotation: None,
            includes: Vec::new(),
        };
        Self { writer, page, counted: 0, ignored: 0, names: 0 }
    }

    fn write(mut self) -> (String, Page) {
        if self.writer.chance() {
            self.writer.put("\u{feff}");
        }
        if self.writer.chance() {
            self.front_matter();
        }
        self.writer.blank(1);
        self.page.title = Some(self.heading(1, "Any title"));
        self.head();
        for _ in 0..self.writer.below(9) {
            self.between();
            self.section();
        }
        (self.writer.text, self.page)
    }

    /// What may stand between blocks without being one, and texts that mean nothing in particular.
    fn between(&mut self) {
        let writer = &mut self.writer;
        writer.blank(1);
        match writer.below(9) {
            0..4 => {}
            4 => drop(writer.line("# [C#](#tab/csharp)")),
            5 => drop(writer.line(":::zone pivot=\"x\"")),
            6 => {
                writer.line("[TAGS=x]");
                writer.line("```http");
                writer.line("[END]");
            }
            7 => drop(writer.line("<!-- markdownlint-disable MD024 -->")),
            _ => {
                writer.put("[!INCLUDE [a](");
                let path = writer.put_text("../includes/a b.md");
                self.page.includes.push(path);
                writer.line(")]");
            }
        }
        self.writer.blank(1);
    }

    fn heading(&mut self, level: usize, title: &str) -> Text {
        let writer = &mut self.writer;
        writer.put(&"#".repeat(level));
        writer.put(" ");
        let title = writer.put_text(title);
        let closing = writer.pick(&["", " ##", "  "]);
        writer.line(closing);
        title
    }

    /// A heading whose key is `slug`, in one of the ways to write it; gives it without the anchor.
    fn section_heading(&mut self, title: &str, slug: &str) -> Text {
        let heading = match self.writer.below(4) {
            1 => self.heading(2, &title.to_uppercase()),
            2 => {
                const TITLE: &str = "标题";
                let heading = self.heading(2, &format!("{TITLE}<a name=\"{slug}\"></a>"));
                Text::new(TITLE.to_owned(), heading.span.slice(0..TITLE.len()))
            }
            _ => self.heading(2, title),
        };
        self.writer.blank(0);
        heading
    }

    fn front_matter(&mut self) {
        let writer = &mut self.writer;
        let rule = writer.pick(&["---", "--- "]);
        writer.line(rule);
        let mut areas = [None, None];
        for key in ["title", "ms.prod", "author", "doc_type", "ms.subservice", "description"] {
            if writer.chance() {
                continue;
            }
            writer.put(key);
            writer.put(": ");
            writer.space();
            let value = format!("the {}", writer.pick(&["thing", "é漢", "x-y 1.0"]));
            let quote = writer.pick(&["", "\"", "'"]);
            let place = writer.put(&format!("{quote}{value}{quote}"));
            writer.space();
            writer.end_line();
            let text = Some(Text::new(value.clone(), writer.span(place)));
            let front = &mut self.page.front_matter;
            match key {
                "title" => front.title = text,
                "description" => front.description = text,
                "doc_type" => front.doc_type = text,
                "ms.subservice" => areas[0] = text,
                "ms.prod" => areas[1] = text,
                _ => front.other.push((key.to_owned(), value)),
            }
        }
        self.page.front_matter.area = areas.into_iter().flatten().next();
        let rule = writer.pick(&["---", "---  "]);
        writer.line(rule);
    }

    /// A paragraph of some lines.
    fn paragraph(&mut self) -> Text {
        let writer = &mut self.writer;
        let start = writer.text.len();
        let mut lines = Vec::new();
        let mut end = start;
        for _ in 0..=writer.below(3) {
            let words = writer.words();
            end = writer.put(&words).end;
            writer.space();
            writer.end_line();
            lines.push(words);
        }
        writer.blank(1);
        Text::new(lines.join("\n"), writer.span(start..end))
    }

    fn paragraphs(&mut self) -> Vec<Text> {
        (0..self.writer.below(3)).map(|_| self.paragraph()).collect()
    }

    fn head(&mut self) {
        self.writer.blank(0);
        if self.writer.chance() {
            let key = self.writer.pick(&["Namespace: ", "namespace:  "]);
            self.writer.put(key);
            self.page.namespace = Some(self.writer.put_text("microsoft.graph"));
            self.writer.end_line();
        }
        self.writer.blank(1);
        self.page.summary = self.paragraphs();
    }

    fn section(&mut self) {
        match self.writer.below(12) {
            0 => self.templates(),
            1 => self.permissions(),
            2 => self.request_headers(),
            3 => self.query_parameters(),
            4 => {
                let heading = self.section_heading("Request body", "request-body");
                let texts = self.paragraphs();
                self.page.request_body.extend(texts);
                if self.writer.chance() {
                    self.members(MemberTableKind::Parameters, heading);
                }
            }
            5 => {
                self.section_heading("Response", "response");
                let texts = self.paragraphs();
                self.page.response.extend(texts);
            }
            6 => {
                let heading = self.section_heading("Properties", "properties");
                self.members(MemberTableKind::Properties, heading);
            }
            7 => {
                let heading = self.section_heading("Relationships", "relationships");
                self.members(MemberTableKind::Relationships, heading);
            }
            8 => {
                let heading = self.section_heading("Members", "members");
                self.members(MemberTableKind::Members, heading);
            }
            9 => self.resource(),
            10 => self.page_annotation(),
            _ => {
                self.section_heading("Examples", "examples");
                for _ in 0..=self.writer.below(3) {
                    self.example();
                }
            }
        }
    }

    /// An annotation with `members`, and the fence below it if there is one.
    fn annotation(&mut self, block_type: BlockType, members: Vec<(String, Value)>) -> usize {
        let writer = &mut self.writer;
        let indent = writer.pick(&["", "  ", "   "]);
        writer.put(indent);
        let start = writer.text.len();
        writer.put("<!--");
        writer.space();
        let json = writer.json(&Value::Object(members));
        if writer.below(6) == 1 {
            writer.put(" // Note: a remark");
            writer.end_line();
        }
        writer.space();
        let end = writer.put("-->").end;
        writer.line("");
        let annotation = Annotation {
            block_type,
            names: texts_of(&json, "name"),
            type_name: type_of(&json),
            is_collection: is_collection(&json),
            truncated: member(&json, "truncated").is_some_and(is_true),
            span: writer.span(start..end),
            fence: None,
            json,
        };
        self.page.annotations.push(annotation);
        self.page.annotations.len() - 1
    }

    /// The block type, with its key in some case.
    fn block_type(&mut self, name: &str) -> (String, Value) {
        let key = self.writer.pick(&["blockType", "BlockType", "blocktype"]);
        let name = if self.writer.below(6) == 1 { name.to_uppercase() } else { name.to_owned() };
        (key.to_owned(), Value::String(name))
    }

    fn flag(&mut self, name: &str) -> (String, Value) {
        let value = match self.writer.below(4) {
            0 => Value::Bool(true),
            1 => Value::Bool(false),
            2 => Value::String("True".to_owned()),
            _ => Value::String("false".to_owned()),
        };
        (name.to_owned(), value)
    }

    fn bind(&mut self, annotation: usize, fence: Fence) {
        self.page.annotations[annotation].fence = Some(fence);
    }

    /// Blank lines between an annotation and its fence.
    fn gap(&mut self) {
        self.writer.blank(0);
    }

    fn url(&mut self) -> &'static str {
        self.writer.pick(&[
            "/groups/{id}/threads",
            "https://graph.microsoft.com/v1.0/me",
            "/users/{id | userPrincipalName}",
            "/a?$filter=b eq 'c d'&$top=5",
            "me/drive/root:/a b/c.txt:/content",
        ])
    }

    /// `METHOD URL`, the version on one side or the other.
    fn request_line(&mut self) -> Template {
        let method = self.writer.pick(&["GET", "POST", "PATCH", "PUT", "DELETE"]);
        let url = self.url();
        let writer = &mut self.writer;
        writer.space();
        let method = writer.put_text(method);
        let version = writer.pick(&["", "before", "behind"]);
        writer.put(if version == "before" { " HTTP/1.1 " } else { "  " });
        let url = writer.put_text(url);
        if version == "behind" {
            writer.put(" HTTP/1.1");
        }
        writer.space();
        writer.end_line();
        Template { method, url }
    }

    fn templates(&mut self) {
        let title = self.writer.pick(&["HTTP request", "HTTP requests", "HTTP Request"]);
        self.section_heading(title, "http-request");
        for _ in 0..=self.writer.below(2) {
            let ignored = self.writer.chance().then(|| {
                let block_type = self.block_type("ignored");
                self.annotation(BlockType::Ignored, vec![block_type])
            });
            self.gap();
            let mut lines = Vec::new();
            let (fence, ()) = self.fenced(HTTP, |author| {
                for _ in 0..=author.writer.below(3) {
                    lines.push(author.request_line());
                    author.writer.blank(0);
                }
            });
            self.page.templates.extend(lines);
            if let Some(annotation) = ignored {
                self.bind(annotation, fence);
            }
            self.writer.blank(0);
        }
    }

    /// A fenced block around what the author writes.
    fn fenced<T>(
        &mut self,
        languages: &[&str],
        content: impl FnOnce(&mut Self) -> T,
    ) -> (Fence, T) {
        // The writer goes into the closure with its author.
        let mut writer = std::mem::replace(&mut self.writer, Writer::new(Vec::new()));
        let mut made = None;
        let (fence, ()) = writer.fence(languages, |writer| {
            std::mem::swap(&mut self.writer, writer);
            made = Some(content(self));
            std::mem::swap(&mut self.writer, writer);
        });
        self.writer = writer;
        (fence, made.expect("it was made"))
    }

    fn resource(&mut self) {
        let block_type = self.block_type("resource");
        let mut members = vec![block_type];
        for (name, value) in
            [("@odata.type", "a.thing"), ("baseType", "a.base"), ("keyProperty", "id")]
        {
            if self.writer.chance() {
                members.push((name.to_owned(), Value::String(value.to_owned())));
            }
        }
        for name in ["openType", "abstract"] {
            if self.writer.chance() {
                members.push(self.flag(name));
            }
        }
        if self.writer.chance() {
            let names = ["a", "b"].map(|name| Value::String(name.to_owned())).to_vec();
            members.push(("optionalProperties".to_owned(), Value::Array(names)));
        }
        let annotation = self.annotation(BlockType::Resource, members);
        self.gap();
        let (fence, json) = self.fenced(&["json", "JSON"], |author| {
            author.writer.blank(0);
            let json = author.json(0);
            let json = author.writer.json(&json);
            author.writer.end_line();
            json
        });
        self.bind(annotation, fence);
        let said = &self.page.annotations[annotation];
        let flag = |name: &str| member(&said.json, name).map(is_true);
        let resource = Resource {
            type_name: said.type_name.clone(),
            base_type: texts_of(&said.json, "baseType").into_iter().next(),
            key_property: texts_of(&said.json, "keyProperty").into_iter().next(),
            open_type: flag("openType"),
            is_abstract: flag("abstract"),
            optional_properties: texts_of(&said.json, "optionalProperties"),
            representation: Some(json),
            span: said.span,
        };
        self.page.resources.push(resource);
    }

    fn page_annotation(&mut self) {
        let kind = self.writer.pick(&["#page.annotation", "#Page.Annotation", "#page.other"]);
        let members = vec![
            ("type".to_owned(), Value::String(kind.to_owned())),
            ("suppressions".to_owned(), Value::Array(Vec::new())),
        ];
        let annotation = self.annotation(BlockType::Page, members);
        self.page.page_annotation = Some(self.page.annotations[annotation].json.clone());
    }
}

/// The member `name` in any case.
fn member<'a>(json: &'a Json, name: &str) -> Option<&'a Json> {
    let mut members = json.as_object()?.iter();
    members.find(|member| member.name.eq_ignore_ascii_case(name)).map(|member| &member.value)
}

fn is_true(json: &Json) -> bool {
    json.kind == JsonKind::Bool(true) || json.as_str() == Some("True")
}

fn texts_of(json: &Json, name: &str) -> Vec<Text> {
    let text = |json: &Json| Some(Text::new(json.as_str()?.to_owned(), json.span));
    let Some(value) = member(json, name) else { return Vec::new() };
    match value.as_array() {
        Some(elements) => elements.iter().filter_map(text).collect(),
        None => text(value).into_iter().collect(),
    }
}

fn type_of(json: &Json) -> Option<Text> {
    let written = texts_of(json, "@odata.type").into_iter().next()?;
    let strip = |name: String| {
        name.trim_start_matches("Collection(")
            .trim_end_matches(')')
            .trim_start_matches('#')
            .to_owned()
    };
    Some(written.map(strip))
}

fn is_collection(json: &Json) -> bool {
    let of_type = texts_of(json, "@odata.type").iter().any(|t| t.value.starts_with("Collection("));
    of_type || member(json, "isCollection").is_some_and(is_true)
}
