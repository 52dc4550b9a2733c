//! A page as one JSON object.
//!
//! Comes in: a page. Goes out: one line of JSON. Holds: all names of fields stand in every object, in
//! the order of the structures below, which are the format; a text is `{"text", "line", "column"}`;
//! lines and columns count from 1, columns count characters.

use msgraph_source::{Json, SourceMap, Span, render};
use serde::Serialize;

use super::strict::Strict;
use super::{announced_word, block_word, permission_word, table_word};
use crate::page::{
    Annotation, Body, Example, FrontMatter, HttpResponse, MemberTable, Page, PermissionGrant,
    PermissionTable, Resource, Text,
};

/// Shows `page` as one line of JSON, without a line feed.
pub fn json(sources: &SourceMap, page: &Page) -> String {
    let shown = View { sources }.page(page);
    // Only a writer that fails could make this fail, and a text does not.
    render::escaped(&serde_json::to_string(&shown).unwrap_or_default())
}

#[derive(Serialize)]
struct Place {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Placed<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Shown<'a> {
    path: &'a str,
    name: &'a str,
    front_matter: Front<'a>,
    title: Option<Placed<'a>>,
    namespace: Option<Placed<'a>>,
    summary: Vec<Placed<'a>>,
    blocks: Vec<Block<'a>>,
    page_annotation: Option<Strict<'a>>,
    templates: Vec<Template<'a>>,
    permissions: Vec<Permissions<'a>>,
    request_headers: Vec<HeaderRow<'a>>,
    query_parameters: Query<'a>,
    request_body: Vec<Placed<'a>>,
    response: Vec<Placed<'a>>,
    examples: Vec<Pair<'a>>,
    stray_responses: Vec<Response<'a>>,
    tables: Vec<Table<'a>>,
    resources: Vec<ResourceBlock<'a>>,
    includes: Vec<Placed<'a>>,
}

#[derive(Serialize)]
struct Front<'a> {
    title: Option<Placed<'a>>,
    description: Option<Placed<'a>>,
    doc_type: Option<Placed<'a>>,
    area: Option<Placed<'a>>,
    other: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    key: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct Block<'a> {
    kind: &'static str,
    names: Vec<Placed<'a>>,
    r#type: Option<Placed<'a>>,
    is_collection: bool,
    truncated: bool,
    fence: Option<Fence<'a>>,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Fence<'a> {
    language: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Template<'a> {
    method: &'a str,
    url: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Permissions<'a> {
    subject: Option<Placed<'a>>,
    rows: Vec<PermissionRow<'a>>,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct PermissionRow<'a> {
    kind: &'static str,
    #[serde(flatten)]
    grant: Grant<'a>,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
#[serde(tag = "grant", rename_all = "snake_case")]
enum Grant<'a> {
    NotSupported,
    NoneNeeded,
    OneOf { alternatives: Vec<Vec<Placed<'a>>> },
    Unreadable { cell: Placed<'a> },
}

#[derive(Serialize)]
struct HeaderRow<'a> {
    name: &'a str,
    required: bool,
    description: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Query<'a> {
    names: Vec<Placed<'a>>,
    text: Vec<Placed<'a>>,
}

#[derive(Serialize)]
struct Pair<'a> {
    name: &'a str,
    announced: &'static str,
    request: Request<'a>,
    responses: Vec<Response<'a>>,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Request<'a> {
    method: &'a str,
    url: &'a str,
    headers: Vec<Header<'a>>,
    body: Option<Content<'a>>,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Response<'a> {
    announced: &'static str,
    status: u16,
    reason: &'a str,
    r#type: Option<Placed<'a>>,
    is_collection: bool,
    truncated: bool,
    headers: Vec<Header<'a>>,
    body: Option<Content<'a>>,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Header<'a> {
    name: &'a str,
    value: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Content<'a> {
    Json {
        json: Strict<'a>,
        #[serde(flatten)]
        place: Place,
    },
    Text(Placed<'a>),
}

#[derive(Serialize)]
struct Table<'a> {
    kind: &'static str,
    heading: Option<Placed<'a>>,
    rows: Vec<Row<'a>>,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    r#type: Option<&'a str>,
    value: Option<&'a str>,
    description: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct ResourceBlock<'a> {
    r#type: Option<Placed<'a>>,
    base_type: Option<Placed<'a>>,
    key_property: Option<Placed<'a>>,
    open_type: Option<bool>,
    r#abstract: Option<bool>,
    optional_properties: Vec<Placed<'a>>,
    representation: Option<Content<'a>>,
    #[serde(flatten)]
    place: Place,
}

struct View<'a> {
    sources: &'a SourceMap,
}

impl<'a> View<'a> {
    fn place(&self, span: Span) -> Place {
        let position = self.sources.position(span);
        Place { line: position.line, column: position.column }
    }

    fn text(&self, text: &'a Text) -> Placed<'a> {
        Placed { text: &text.value, place: self.place(text.span) }
    }

    fn maybe(&self, text: &'a Option<Text>) -> Option<Placed<'a>> {
        text.as_ref().map(|text| self.text(text))
    }

    fn texts(&self, texts: &'a [Text]) -> Vec<Placed<'a>> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    fn page(&self, page: &'a Page) -> Shown<'a> {
        Shown {
            path: self.sources.file(page.file).path(),
            name: &page.name,
            front_matter: self.front_matter(&page.front_matter),
            title: self.maybe(&page.title),
            namespace: self.maybe(&page.namespace),
            summary: self.texts(&page.summary),
            blocks: page.annotations.iter().map(|annotation| self.block(annotation)).collect(),
            page_annotation: page.page_annotation.as_ref().map(Strict),
            templates: page
                .templates
                .iter()
                .map(|template| Template {
                    method: &template.method.value,
                    url: &template.url.value,
                    place: self.place(template.method.span),
                })
                .collect(),
            permissions: page.permissions.iter().map(|table| self.permissions(table)).collect(),
            request_headers: page
                .request_headers
                .iter()
                .map(|row| HeaderRow {
                    name: &row.name.value,
                    required: row.required,
                    description: &row.description.value,
                    place: self.place(row.span),
                })
                .collect(),
            query_parameters: Query {
                names: self.texts(&page.query_parameters.names),
                text: self.texts(&page.query_parameters.text),
            },
            request_body: self.texts(&page.request_body),
            response: self.texts(&page.response),
            examples: page.examples.iter().map(|example| self.pair(example)).collect(),
            stray_responses: page.stray_responses.iter().map(|r| self.response(r)).collect(),
            tables: page.tables.iter().map(|table| self.table(table)).collect(),
            resources: page.resources.iter().map(|resource| self.resource(resource)).collect(),
            includes: self.texts(&page.includes),
        }
    }

    fn front_matter(&self, front: &'a FrontMatter) -> Front<'a> {
        Front {
            title: self.maybe(&front.title),
            description: self.maybe(&front.description),
            doc_type: self.maybe(&front.doc_type),
            area: self.maybe(&front.area),
            other: front.other.iter().map(|(key, value)| Entry { key, value }).collect(),
        }
    }

    fn block(&self, annotation: &'a Annotation) -> Block<'a> {
        Block {
            kind: block_word(annotation.block_type),
            names: self.texts(&annotation.names),
            r#type: self.maybe(&annotation.type_name),
            is_collection: annotation.is_collection,
            truncated: annotation.truncated,
            fence: annotation
                .fence
                .as_ref()
                .map(|fence| Fence { language: &fence.language, place: self.place(fence.span) }),
            place: self.place(annotation.span),
        }
    }

    fn permissions(&self, table: &'a PermissionTable) -> Permissions<'a> {
        let rows = table.rows.iter().map(|row| PermissionRow {
            kind: permission_word(row.kind),
            grant: self.grant(&row.grant),
            place: self.place(row.span),
        });
        Permissions {
            subject: self.maybe(&table.subject),
            rows: rows.collect(),
            place: self.place(table.span),
        }
    }

    fn grant(&self, grant: &'a PermissionGrant) -> Grant<'a> {
        match grant {
            PermissionGrant::NotSupported => Grant::NotSupported,
            PermissionGrant::NoneNeeded => Grant::NoneNeeded,
            PermissionGrant::OneOf(names) => Grant::OneOf {
                alternatives: names.iter().map(|name| vec![self.text(name)]).collect(),
            },
            PermissionGrant::OneOfSets(sets) => {
                Grant::OneOf { alternatives: sets.iter().map(|set| self.texts(set)).collect() }
            }
            PermissionGrant::Unreadable(cell) => Grant::Unreadable { cell: self.text(cell) },
        }
    }

    fn pair(&self, example: &'a Example) -> Pair<'a> {
        let request = &example.request;
        Pair {
            name: &example.name.value,
            announced: announced_word(example.announced),
            request: Request {
                method: &request.method.value,
                url: &request.url.value,
                headers: self.headers(&request.headers),
                body: request.body.as_ref().map(|body| self.body(body)),
                place: self.place(request.method.span),
            },
            responses: example.responses.iter().map(|response| self.response(response)).collect(),
            place: self.place(example.name.span),
        }
    }

    fn response(&self, response: &'a HttpResponse) -> Response<'a> {
        Response {
            announced: announced_word(response.announced),
            status: response.status.value,
            reason: &response.reason,
            r#type: self.maybe(&response.type_name),
            is_collection: response.is_collection,
            truncated: response.truncated,
            headers: self.headers(&response.headers),
            body: response.body.as_ref().map(|body| self.body(body)),
            place: self.place(response.status.span),
        }
    }

    fn headers(&self, headers: &'a [(Text, Text)]) -> Vec<Header<'a>> {
        let header = |(name, value): &'a (Text, Text)| Header {
            name: &name.value,
            value: &value.value,
            place: self.place(name.span),
        };
        headers.iter().map(header).collect()
    }

    fn body(&self, body: &'a Body) -> Content<'a> {
        match body {
            Body::Json(json) => self.json(json),
            Body::Other(text) => Content::Text(self.text(text)),
        }
    }

    fn json(&self, json: &'a Json) -> Content<'a> {
        Content::Json { json: Strict(json), place: self.place(json.span) }
    }

    fn table(&self, table: &'a MemberTable) -> Table<'a> {
        let rows = table.rows.iter().map(|row| Row {
            name: &row.name.value,
            r#type: row.type_text.as_ref().map(|text| text.value.as_str()),
            value: row.value.as_ref().map(|text| text.value.as_str()),
            description: &row.description.value,
            place: self.place(row.span),
        });
        Table {
            kind: table_word(table.kind),
            heading: self.maybe(&table.heading),
            rows: rows.collect(),
            place: self.place(table.span),
        }
    }

    fn resource(&self, resource: &'a Resource) -> ResourceBlock<'a> {
        ResourceBlock {
            r#type: self.maybe(&resource.type_name),
            base_type: self.maybe(&resource.base_type),
            key_property: self.maybe(&resource.key_property),
            open_type: resource.open_type,
            r#abstract: resource.is_abstract,
            optional_properties: self.texts(&resource.optional_properties),
            representation: resource.representation.as_ref().map(|json| self.json(json)),
            place: self.place(resource.span),
        }
    }
}
