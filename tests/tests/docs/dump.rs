//! A page as text, part by part, empty parts left out; places as `@line:column`.

use msgraph_docs::{Body, MemberTable, Page, PermissionGrant, PermissionTable, Resource, Text};
use msgraph_source::{Json, JsonKind, SourceMap, Span};

/// Shows `page`.
pub(crate) fn page(sources: &SourceMap, page: &Page) -> String {
    let mut dump = Dump { sources, text: String::new() };
    let front = &page.front_matter;
    dump.text_of("front matter title", front.title.as_ref());
    dump.text_of("front matter description", front.description.as_ref());
    dump.text_of("front matter doc_type", front.doc_type.as_ref());
    dump.text_of("front matter area", front.area.as_ref());
    for (key, value) in &front.other {
        dump.line(format_args!("front matter {key}: {value}"));
    }
    dump.text_of("title", page.title.as_ref());
    dump.text_of("namespace", page.namespace.as_ref());
    dump.texts("summary", &page.summary);
    for annotation in &page.annotations {
        let names: Vec<&str> = annotation.names.iter().map(|n| n.value.as_str()).collect();
        let fence = match &annotation.fence {
            Some(fence) => format!("fence `{}` {}", fence.language, dump.at(fence.span)),
            None => "no fence".to_owned(),
        };
        dump.line(format_args!(
            "annotation {:?} {} {names:?} {} -> {fence}",
            annotation.block_type,
            dump.at(annotation.span),
            type_words(&annotation.type_name, annotation.is_collection, annotation.truncated),
        ));
    }
    if let Some(json) = &page.page_annotation {
        dump.line(format_args!("page annotation {}", strict(json)));
    }
    for template in &page.templates {
        let at = dump.at(template.url.span);
        dump.line(format_args!("template {} {} {at}", template.method.value, template.url.value));
    }
    for table in &page.permissions {
        dump.permissions(table);
    }
    for row in &page.request_headers {
        let required = if row.required { " required" } else { "" };
        dump.line(format_args!("header {}{required}: {}", row.name.value, row.description.value));
    }
    dump.texts("query parameters", &page.query_parameters.text);
    dump.texts("query parameter", &page.query_parameters.names);
    dump.texts("request body", &page.request_body);
    dump.texts("response", &page.response);
    for example in &page.examples {
        let how = if example.annotated { "" } else { " (not annotated)" };
        let at = dump.at(example.name.span);
        dump.line(format_args!("example `{}`{how} {at}", example.name.value));
        let request = &example.request;
        let at = dump.at(request.url.span);
        dump.line(format_args!("  {} {} {at}", request.method.value, request.url.value));
        dump.message(&request.headers, request.body.as_ref());
        for response in &example.responses {
            let at = dump.at(response.status.span);
            dump.line(format_args!(
                "  -> {} `{}` {}{at}",
                response.status.value,
                response.reason,
                type_words(&response.type_name, response.is_collection, response.truncated),
            ));
            dump.message(&response.headers, response.body.as_ref());
        }
    }
    for table in &page.tables {
        dump.members(table);
    }
    for resource in &page.resources {
        dump.resource(resource);
    }
    dump.texts("include", &page.includes);
    dump.text.trim_end().to_owned()
}

struct Dump<'a> {
    sources: &'a SourceMap,
    text: String,
}

impl Dump<'_> {
    fn at(&self, span: Span) -> String {
        let position = self.sources.position(span);
        format!("@{}:{}", position.line, position.column)
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        self.text.push_str(&format!("{line}\n"));
    }

    fn text_of(&mut self, what: &str, text: Option<&Text>) {
        if let Some(text) = text {
            let at = self.at(text.span);
            self.line(format_args!("{what}: {:?} {at}", text.value));
        }
    }

    fn texts(&mut self, what: &str, texts: &[Text]) {
        texts.iter().for_each(|text| self.text_of(what, Some(text)));
    }

    fn permissions(&mut self, table: &PermissionTable) {
        match &table.subject {
            Some(subject) => self.line(format_args!("permissions of {:?}", subject.value)),
            None => self.line(format_args!("permissions")),
        }
        let names = |set: &[Text]| {
            let names: Vec<&str> = set.iter().map(|name| name.value.as_str()).collect();
            names.join(" and ")
        };
        for row in &table.rows {
            let grant = match &row.grant {
                PermissionGrant::NotSupported => "not supported".to_owned(),
                PermissionGrant::NoneNeeded => "none needed".to_owned(),
                PermissionGrant::OneOf(permissions) => permissions
                    .iter()
                    .map(|p| format!("{} {}", p.value, self.at(p.span)))
                    .collect::<Vec<_>>()
                    .join(", or "),
                PermissionGrant::OneOfSets(sets) => {
                    let sets: Vec<String> = sets.iter().map(|set| names(set)).collect();
                    sets.join(", or ")
                }
                PermissionGrant::Unreadable(text) => format!("unreadable {:?}", text.value),
            };
            self.line(format_args!("  {:?}: {grant}", row.kind));
        }
    }

    fn message(&mut self, headers: &[(Text, Text)], body: Option<&Body>) {
        for (name, value) in headers {
            self.line(format_args!("     {}: {}", name.value, value.value));
        }
        match body {
            Some(Body::Json(json)) => {
                let at = self.at(json.span);
                self.line(format_args!("     {} {at}", strict(json)));
            }
            Some(Body::Other(text)) => {
                let at = self.at(text.span);
                self.line(format_args!("     text {:?} {at}", text.value));
            }
            None => {}
        }
    }

    fn members(&mut self, table: &MemberTable) {
        self.line(format_args!("{:?}", table.kind));
        for row in &table.rows {
            let kind = row.type_text.as_ref().map_or("-", |text| &text.value);
            self.line(format_args!("  {} | {kind} | {}", row.name.value, row.description.value));
        }
    }

    fn resource(&mut self, resource: &Resource) {
        let word = |text: &Option<Text>| match text {
            Some(text) => text.value.clone(),
            None => "-".to_owned(),
        };
        let optional: Vec<&str> =
            resource.optional_properties.iter().map(|name| name.value.as_str()).collect();
        self.line(format_args!(
            "resource {} base {} key {} open {:?} abstract {:?} optional {optional:?}",
            word(&resource.type_name),
            word(&resource.base_type),
            word(&resource.key_property),
            resource.open_type,
            resource.is_abstract,
        ));
        if let Some(json) = &resource.representation {
            self.line(format_args!("  {}", strict(json)));
        }
    }
}

fn type_words(type_name: &Option<Text>, is_collection: bool, truncated: bool) -> String {
    let mut words = String::new();
    if let Some(name) = type_name {
        words.push_str(&name.value);
        words.push(' ');
    }
    for (flag, word) in [(is_collection, "collection "), (truncated, "truncated ")] {
        if flag {
            words.push_str(word);
        }
    }
    words
}

/// `json` as strict JSON in one line.
pub(crate) fn strict(json: &Json) -> String {
    match &json.kind {
        JsonKind::Null => "null".to_owned(),
        JsonKind::Bool(value) => value.to_string(),
        JsonKind::Number(number) => number.clone(),
        JsonKind::String(text) => quoted(text),
        JsonKind::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(strict).collect();
            format!("[{}]", elements.join(", "))
        }
        JsonKind::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|member| format!("{}: {}", quoted(&member.name), strict(&member.value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
