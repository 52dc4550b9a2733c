//! How much is read of the pages of v1.0, held against counts that were made without this reader.
//!
//! The tables say what was counted, how many the reader gives, and, where somebody else has counted
//! too, how many those are and why the numbers differ. A change of the reader shows here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use libtest_mimic::Failed;
use msgraph_docs::{
    BlockType, Body, Example, HttpResponse, MemberTableKind, Page, PermissionGrant,
};
use msgraph_source::{Diagnostics, Json, SourceMap, Span};

use crate::corpus;

/// What was counted, how many are read, how many others have counted, why the two differ.
type Row = (&'static str, usize, Option<usize>, &'static str);

#[rustfmt::skip]
const READ: &[Row] = &[
    ("pages of api",                                          2102,  Some(2102), ""),
    ("pages of resources",                                    1239,  Some(1239), ""),
    ("blocks Example",                                          66,    Some(66), ""),
    ("blocks Ignored",                                        2501,  Some(2501), ""),
    ("blocks Page",                                           1647,  Some(1647), ""),
    ("blocks Request",                                        1474,  Some(1474), ""),
    ("blocks Resource",                                       1024,  Some(1024), ""),
    ("blocks Response",                                       1606,  Some(1606), ""),
    ("blocks Response of api, truncated",                     1417,  Some(1417), ""),
    ("blocks Response of resources, truncated",                  5,        None, ""),
    ("blocks Samples",                                          13,    Some(13), ""),
    ("blocks without a fence",                                  24,        None, ""),
    ("includes",                                             10993, Some(10992), "one stands inside a cell"),
    ("templates",                                             3713,  Some(3712), "one section is called \"HTTP requests\""),
    ("requests Annotated",                                    1474,        None, ""),
    ("requests Ignored",                                        89,        None, ""),
    ("requests Inferred",                                     1019,        None, ""),
    ("requests on pages of api, Graph",                       2368,  Some(2367), "one stands below \"HTTP request\" in an example, and is ignored"),
    ("requests on pages of api, elsewhere",                     61,    Some(61), ""),
    ("requests on pages of api, no host",                       97,    Some(93), "two stand in fences without a language, two below longer titles that start with \"HTTP request\""),
    ("requests on pages of resources, Graph",                   42,        None, ""),
    ("requests on pages of resources, elsewhere",                2,        None, ""),
    ("requests on pages of resources, no host",                 12,        None, ""),
    ("request bodies on pages of api, JSON beyond reading",      3,     Some(1), "the two in typographic quotes"),
    ("request bodies on pages of api, lenient JSON",            17,    Some(22), "here three placeholders in brackets are texts, and two bodies in typographic quotes are beyond reading"),
    ("request bodies on pages of api, none",                  1603,        None, ""),
    ("request bodies on pages of api, strict JSON",            881,   Some(881), ""),
    ("request bodies on pages of api, text",                    22,        None, ""),
    ("request bodies on pages of resources, none",              36,        None, ""),
    ("request bodies on pages of resources, strict JSON",       19,        None, ""),
    ("request bodies on pages of resources, text",               1,        None, ""),
    ("status 200 on pages of api",                            1618,  Some(1618), ""),
    ("status 200 on pages of resources",                         5,        None, ""),
    ("status 201 on pages of api",                             299,   Some(296), "three status lines have no version"),
    ("status 202 on pages of api",                              58,    Some(58), ""),
    ("status 204 on pages of api",                             446,   Some(446), ""),
    ("status 206 on pages of api",                               1,     Some(1), ""),
    ("status 207 on pages of api",                               2,     Some(2), ""),
    ("status 302 on pages of api",                              76,    Some(76), ""),
    ("status 400 on pages of api",                               8,     Some(8), ""),
    ("status 400 on pages of resources",                         1,        None, ""),
    ("status 404 on pages of api",                               1,     Some(1), ""),
    ("status 409 on pages of api",                               1,     Some(1), ""),
    ("status 422 on pages of api",                               2,     Some(2), ""),
    ("responses that answer nothing, Annotated",                 2,        None, ""),
    ("responses that answer nothing, Ignored",                  78,        None, ""),
    ("responses that answer nothing, Inferred",                  1,        None, ""),
    ("responses that answer, Annotated",                      1602,  Some(1589), "by another rule, that of the closest request above, and on pages of api alone"),
    ("responses that answer, Ignored",                          23,        None, ""),
    ("responses that answer, Inferred",                        812,        None, ""),
    ("response bodies on pages of api, JSON beyond reading",     5,        None, ""),
    ("response bodies on pages of api, lenient JSON",           59,        None, ""),
    ("response bodies on pages of api, none",                  640,        None, ""),
    ("response bodies on pages of api, strict JSON",          1722,  Some(1723), "one of the two responses that show a request has a body of JSON"),
    ("response bodies on pages of api, text",                   86,        None, ""),
    ("response bodies on pages of resources, strict JSON",       6,        None, ""),
    ("tables of enumeration members",                          338,        None, ""),
    ("tables of parameters",                                   709,        None, ""),
    ("tables of permissions",                                 2270,        None, ""),
    ("tables of properties",                                   977,        None, ""),
    ("tables of relationships",                                261,        None, ""),
    ("rows of enumeration members",                           2631,        None, ""),
    ("rows of enumeration members with a number",             1780,        None, ""),
    ("rows of parameters",                                    5281,        None, ""),
    ("rows of properties",                                    6514,        None, ""),
    ("rows of properties and relationships",                  7333,  Some(7524), "they count 186 rows of tables of values and six of examples too; one row has no type"),
    ("rows of properties without a type",                        1,        None, ""),
    ("rows of relationships",                                  819,        None, ""),
    ("permissions, listed",                                   4167,        None, ""),
    ("permissions, needed together",                            81,        None, ""),
    ("permissions, none needed",                                28,        None, ""),
    ("permissions, not supported",                            2499,        None, ""),
    ("permissions, unreadable",                                 32,        None, ""),
    ("representations, lenient JSON",                           20,    Some(20), ""),
    ("representations, strict JSON",                          1004,  Some(1004), ""),
];

#[rustfmt::skip]
const FOUND: &[(&str, usize)] = &[
    ("docs::blank_line_before_headers", 44),
    ("docs::body_json", 7),
    ("docs::body_without_blank_line", 12),
    ("docs::boolean_as_text", 12),
    ("docs::further_request_line", 1),
    ("docs::header_line", 1),
    ("docs::http_version", 3),
    ("docs::json_comment", 4),
    ("docs::json_duplicate_name", 1),
    ("docs::json_missing_comma", 4),
    ("docs::json_raw_newline", 24),
    ("docs::json_single_quotes", 1),
    ("docs::json_trailing_comma", 102),
    ("docs::json_trailing_text", 1),
    ("docs::json_unquoted_name", 1),
    ("docs::json_white_space", 1),
    ("docs::no_annotations", 12),
    ("docs::not_http", 2),
    ("docs::orphan_response", 2),
    ("docs::page_annotation_json", 1),
    ("docs::permission_cell", 32),
    ("docs::permission_row", 1),
    ("docs::reason_phrase", 15),
    ("docs::repeated_request_name", 10),
    ("docs::request_without_name", 8),
    ("docs::second_response", 5),
    ("docs::table_row", 12),
    ("docs::template_line", 3),
    ("docs::unannotated_example", 976),
];

/// The trial.
pub(crate) fn hold() -> Result<(), Failed> {
    let Some(sources) = corpus::v1()? else {
        return Ok(());
    };
    let mut counts = Counts::default();
    for file in sources.ids() {
        let (page, found) = msgraph_docs::parse(&sources, file);
        counts.page(&sources, &page);
        counts.findings(&sources, &page, &found);
    }
    let mut wrong = String::new();
    for (what, expected, others, why) in READ {
        let read = counts.read.remove(*what).unwrap_or_default();
        if read != *expected {
            writeln!(wrong, "{what}: expected {expected}, read {read}")?;
        }
        if why.is_empty() != others.is_none_or(|others| others == *expected) {
            writeln!(wrong, "{what}: a difference wants a reason, and a reason a difference")?;
        }
    }
    for (code, expected) in FOUND {
        let found = counts.found.remove(*code).unwrap_or_default();
        if found != *expected {
            writeln!(wrong, "{code}: expected {expected}, found {found}")?;
        }
    }
    for (what, count) in counts.read.iter().chain(&counts.found) {
        writeln!(wrong, "{what}: not expected, {count}")?;
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(wrong.into()),
    }
}

#[derive(Default)]
struct Counts {
    read: BTreeMap<String, usize>,
    found: BTreeMap<String, usize>,
}

impl Counts {
    fn add(&mut self, what: impl Into<String>) {
        *self.read.entry(what.into()).or_default() += 1;
    }

    fn findings(&mut self, sources: &SourceMap, page: &Page, found: &Diagnostics) {
        let length = sources.file(page.file).text().len();
        for diagnostic in found {
            *self.found.entry(diagnostic.code.id().to_owned()).or_default() += 1;
            let end = diagnostic.primary().map(|span| span.range().end);
            assert!(end.is_some_and(|end| end <= length), "{diagnostic:?}");
        }
    }

    fn page(&mut self, sources: &SourceMap, page: &Page) {
        let api = sources.file(page.file).path().contains("/api/");
        let folder = if api { "api" } else { "resources" };
        self.add(format!("pages of {folder}"));
        for annotation in &page.annotations {
            self.add(format!("blocks {:?}", annotation.block_type));
            if annotation.block_type == BlockType::Response && annotation.truncated {
                self.add(format!("blocks Response of {folder}, truncated"));
            }
            if annotation.fence.is_none() && annotation.block_type != BlockType::Page {
                self.add("blocks without a fence");
            }
        }
        page.includes.iter().for_each(|_| self.add("includes"));
        page.templates.iter().for_each(|_| self.add("templates"));
        // A response that names several requests stands in each of them.
        let mut seen = BTreeSet::new();
        for example in &page.examples {
            self.request(sources, folder, example);
            for response in &example.responses {
                if seen.insert(response.span) {
                    self.response(sources, folder, response);
                    self.add(format!("responses that answer, {:?}", response.announced));
                }
            }
        }
        for response in &page.stray_responses {
            self.response(sources, folder, response);
            self.add(format!("responses that answer nothing, {:?}", response.announced));
        }
        self.tables(page);
        self.resources(sources, page);
    }

    fn request(&mut self, sources: &SourceMap, folder: &str, example: &Example) {
        let url = example.request.url.value.to_ascii_lowercase();
        let host = match url.contains("graph.microsoft.com") {
            true => "Graph",
            false if url.starts_with("http") => "elsewhere",
            false => "no host",
        };
        self.add(format!("requests on pages of {folder}, {host}"));
        self.add(format!("requests {:?}", example.announced));
        let body = self.body(sources, example.request.body.as_ref(), example.request.span);
        self.add(format!("request bodies on pages of {folder}, {body}"));
    }

    fn response(&mut self, sources: &SourceMap, folder: &str, response: &HttpResponse) {
        let status = response.status.value;
        self.add(format!("status {status} on pages of {folder}"));
        let body = self.body(sources, response.body.as_ref(), response.span);
        self.add(format!("response bodies on pages of {folder}, {body}"));
    }

    /// What a body is; whether JSON is strict is asked of another reader.
    fn body(&self, sources: &SourceMap, body: Option<&Body>, fence: Span) -> &'static str {
        match body {
            None => "none",
            Some(Body::Json(json)) => strictness(sources, json, fence),
            Some(Body::Other(text)) => match text.value.starts_with('{') {
                true => "JSON beyond reading",
                false => "text",
            },
        }
    }

    fn tables(&mut self, page: &Page) {
        for row in page.permissions.iter().flat_map(|table| &table.rows) {
            self.add(match row.grant {
                PermissionGrant::NotSupported => "permissions, not supported",
                PermissionGrant::NoneNeeded => "permissions, none needed",
                PermissionGrant::OneOf(_) => "permissions, listed",
                PermissionGrant::OneOfSets(_) => "permissions, needed together",
                PermissionGrant::Unreadable(_) => "permissions, unreadable",
            });
        }
        page.permissions.iter().for_each(|_| self.add("tables of permissions"));
        for table in &page.tables {
            let what = match table.kind {
                MemberTableKind::Properties => "properties",
                MemberTableKind::Relationships => "relationships",
                MemberTableKind::Members => "enumeration members",
                MemberTableKind::Parameters => "parameters",
            };
            self.add(format!("tables of {what}"));
            for row in &table.rows {
                self.add(format!("rows of {what}"));
                if matches!(
                    table.kind,
                    MemberTableKind::Properties | MemberTableKind::Relationships
                ) {
                    self.add("rows of properties and relationships");
                }
                if row.value.is_some() {
                    self.add(format!("rows of {what} with a number"));
                }
                if row.type_text.is_none() && table.kind != MemberTableKind::Members {
                    self.add(format!("rows of {what} without a type"));
                }
            }
        }
    }

    fn resources(&mut self, sources: &SourceMap, page: &Page) {
        for resource in &page.resources {
            let fence = page
                .annotations
                .iter()
                .find(|annotation| annotation.span == resource.span)
                .and_then(|annotation| annotation.fence.as_ref());
            let how = match (&resource.representation, fence) {
                (Some(json), Some(fence)) => strictness(sources, json, fence.span),
                _ => "none",
            };
            self.add(format!("representations, {how}"));
        }
    }
}

/// Whether `json`, which ends with its `fence`, is JSON for a reader that knows no leniency.
fn strictness(sources: &SourceMap, json: &Json, fence: Span) -> &'static str {
    let text = sources.text(json.span.to(fence));
    let text = text.trim_end().trim_end_matches(['`', '~']);
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(_) => "strict JSON",
        Err(_) => "lenient JSON",
    }
}
