//! Operations: their paths, parameters, bodies and answers.

use std::borrow::Cow;

use msgraph_openapi::{
    Document, MediaType, Operation as Syntax, Parameter as SyntaxParameter, Schema,
};
use msgraph_source::{
    Diagnostic, Diagnostics, Json, Span, Spanned, catalogue::openapi as codes, shortened,
};
use percent_encoding::percent_decode_str;

use super::types::Types;
use super::{Held, Location, Operation, Parameter, Response, Segment};

/// The methods that there are builders and routes for.
const METHODS: &[&str] = &["get", "put", "post", "delete", "patch"];

/// The longest path, in segments. Those of services have some ten.
const MOST_SEGMENTS: usize = 64;

/// Headers that OpenAPI leaves to the other members of an operation (3.0.3, section 4.7.12.2).
const TOLD_ELSEWHERE: &[&str] = &["accept", "content-type", "authorization"];

/// All operations of `document`.
pub(super) fn operations<'a>(
    document: &'a Document,
    types: &mut Types<'a>,
    diagnostics: &mut Diagnostics,
) -> Vec<Operation> {
    let mut operations = Vec::new();
    for item in document.paths() {
        for syntax in item.operations() {
            let security = document.root.get("security");
            let mut reader = Reader { types, diagnostics, security };
            operations.extend(reader.operation(syntax));
        }
    }
    operations
}

struct Reader<'r, 'a> {
    types: &'r mut Types<'a>,
    diagnostics: &'r mut Diagnostics,
    /// What holds where an operation does not say who may call it.
    security: Option<&'a Json>,
}

impl<'a> Reader<'_, 'a> {
    fn left_out(&mut self, span: Span, what: String, help: &str) {
        self.diagnostics
            .push(Diagnostic::at(codes::NOT_SUPPORTED, span, what).help(help.to_owned()));
    }

    fn operation(&mut self, syntax: Syntax<'a>) -> Option<Operation> {
        let path = syntax.item().path;
        let method = syntax.method.map(str::to_ascii_uppercase);
        let name = format!("{} {}", method.value, shortened(path.value));
        if !METHODS.contains(&syntax.method.value) {
            self.left_out(
                method.span,
                format!("`{name}` is left out: the method is not supported"),
                CALL,
            );
            return None;
        }
        let all = syntax.parameters();
        let segments = match self.segments(path, &all) {
            Ok(segments) => segments,
            Err(why) => {
                self.left_out(path.span, format!("`{name}` is left out: {why}"), CALL);
                return None;
            }
        };
        let called = called(syntax);
        let parameters = all.iter().filter_map(|one| self.parameter(*one, &called)).collect();
        let request = syntax.request_body().and_then(|body| {
            let content: Vec<MediaType<'a>> = body.content().collect();
            let held = self.held(&content, &format!("{called} request"))?;
            Some((held, body.is_required()))
        });
        let responses = syntax
            .responses()
            .map(|response| {
                let content: Vec<MediaType<'a>> = response.content().collect();
                let wanted = format!("{called} {} response", response.status.value);
                Response {
                    status: response.status.map(str::to_owned),
                    description: response.description().map(str::to_owned),
                    body: self.held(&content, &wanted),
                }
            })
            .collect();
        let security = syntax.json().get("security").or(self.security);
        let texts = ["summary", "description"].into_iter().filter_map(|name| syntax.text(name));
        Some(Operation {
            path: path.map(str::to_owned),
            segments,
            id: syntax.text("operationId").map(|id| id.map(str::to_owned)),
            description: texts.map(|text| text.map(str::to_owned)).collect(),
            docs: docs(syntax.json()),
            is_deprecated: syntax.is_deprecated().then_some(method.span),
            method,
            parameters,
            request,
            responses,
            scopes: security.map(scopes).unwrap_or_default(),
            security: security.map_or(syntax.span(), |security| security.span),
        })
    }

    /// The segments of a path; or why there are none: one of them is part name and part parameter, or empty.
    fn segments(
        &mut self,
        path: Spanned<&'a str>,
        parameters: &[SyntaxParameter<'a>],
    ) -> Result<Vec<Segment>, String> {
        let text = path.value.strip_prefix('/').ok_or("its path does not begin with a slash")?;
        if text.is_empty() {
            return Ok(Vec::new());
        }
        if text.split('/').count() > MOST_SEGMENTS {
            return Err(format!("its path has more than {MOST_SEGMENTS} segments"));
        }
        let odd = || "a segment of its path is neither a name nor a parameter alone".to_owned();
        text.split('/')
            .map(|part| {
                let placeholder = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
                // What stands for itself is written as in a URL; the name is what it means.
                let decoded = percent_decode_str(part).decode_utf8().map_err(|_| odd())?;
                let name = placeholder.map_or(decoded, Cow::Borrowed);
                if matches!(&*name, "" | "." | "..") || name.contains(['{', '}', '/']) {
                    return Err(odd());
                }
                let parameter = placeholder.map(|name| {
                    let stated = parameters
                        .iter()
                        .find(|one| one.location == "path" && one.name.value == name);
                    let schema = stated.and_then(|one| one.schema());
                    let held = schema.map(|schema| Held::from(self.types.value(schema, name)));
                    let text = Held {
                        type_name: Spanned::new("Edm.String".to_owned(), path.span),
                        is_collection: false,
                        is_nullable: false,
                    };
                    held.unwrap_or(text)
                });
                Ok(Segment { name: name.into_owned(), parameter, span: path.span })
            })
            .collect()
    }

    fn parameter(&mut self, syntax: SyntaxParameter<'a>, called: &str) -> Option<Parameter> {
        let name = syntax.name;
        let location = match syntax.location {
            "query" => Location::Query,
            "header" if TOLD_ELSEWHERE.contains(&name.value.to_ascii_lowercase().as_str()) => {
                return None;
            }
            "header" => Location::Header,
            "cookie" => Location::Cookie,
            _ => return None,
        };
        let explode = syntax.explode();
        let style = syntax.text("style").map(|style| style.value);
        let separator = match (location, style) {
            (Location::Query, None | Some("form")) => Some((explode == Some(false)).then_some(',')),
            (Location::Query, Some("spaceDelimited")) => {
                Some((explode != Some(true)).then_some(' '))
            }
            (Location::Query, Some("pipeDelimited")) => {
                Some((explode != Some(true)).then_some('|'))
            }
            (Location::Header, None | Some("simple")) => Some(Some(',')),
            (Location::Cookie, None | Some("form")) => Some(Some(',')),
            _ => None,
        };
        let is_name = location != Location::Header
            || (!name.value.is_empty()
                && name
                    .value
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b)));
        let is_cookie_name = location != Location::Cookie
            || (!name.value.is_empty()
                && name.value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b)));
        let refused =
            |why: &str| format!("the parameter `{}` is left out: {why}", shortened(name.value));
        let why = match (separator, syntax.schema()) {
            _ if !is_name || !is_cookie_name => "nothing can be sent under its name",
            _ if syntax.is_document() => "it is a document of its own",
            (None, _) => "its style is not supported",
            (_, Some(schema)) if self.types.is_of_values(schema) => "",
            _ => "it is neither a value nor a list of values",
        };
        let (Some(separator), Some(schema), "") = (separator, syntax.schema(), why) else {
            self.left_out(name.span, refused(why), GIVE);
            return None;
        };
        let held = Held::from(self.types.value(schema, &format!("{called} {}", name.value)));
        Some(Parameter {
            name: name.map(str::to_owned),
            location,
            separator: separator.filter(|_| held.is_collection),
            held,
            is_required: syntax.is_required(),
            description: syntax.text("description").map(|text| text.map(str::to_owned)),
            is_deprecated: syntax.is_deprecated(),
        })
    }

    /// What a body holds: JSON where it may be JSON, and else bytes.
    fn held(&mut self, content: &[MediaType<'a>], wanted: &str) -> Option<Held> {
        let json = content.iter().find(|media| is_json(media.name.value));
        let media = json.or(content.first())?;
        let others: Vec<String> = content
            .iter()
            .filter(|other| other.name.value != media.name.value)
            .map(|other| format!("`{}`", shortened(other.name.value)))
            .collect();
        if json.is_some() && !others.is_empty() {
            let what =
                format!("a body of {} is not read: it may be JSON as well", others.join(", "));
            self.diagnostics.push(
                Diagnostic::at(codes::OTHER_CONTENT, media.name.span, what)
                    .help("call the operation through `Client::execute` for another media type"),
            );
        }
        let bytes = || Held {
            type_name: Spanned::new("Edm.Stream".to_owned(), media.name.span),
            is_collection: false,
            is_nullable: false,
        };
        if json.is_none() {
            return Some(bytes());
        }
        let any = || Held {
            type_name: Spanned::new("Edm.Untyped".to_owned(), media.name.span),
            is_collection: false,
            is_nullable: true,
        };
        let value =
            |schema: Schema<'a>, types: &mut Types<'a>| Held::from(types.value(schema, wanted));
        Some(match media.schema {
            Some(schema) => value(schema, self.types),
            None => any(),
        })
    }
}

/// The address in `externalDocs`, where it is one of the web.
fn docs(operation: &Json) -> Option<String> {
    let url = operation.get("externalDocs")?.get("url")?.as_str()?;
    let is_of_web = url.starts_with("https://") || url.starts_with("http://");
    let is_plain = url.chars().all(|c| c.is_ascii_graphic() && !"<>\"\\`()[]".contains(c));
    (is_of_web && is_plain).then(|| url.to_owned())
}

/// The scopes that the alternatives of a `security` ask for; none where one of them asks for none.
fn scopes(security: &Json) -> Vec<Vec<String>> {
    let texts = |scopes: &Json| -> Vec<String> {
        let scopes = scopes.as_array().unwrap_or_default().iter();
        scopes.filter_map(Json::as_str).map(str::to_owned).collect()
    };
    let sets: Vec<Vec<String>> = security
        .as_array()
        .unwrap_or_default()
        .iter()
        .map(|one| {
            one.as_object().unwrap_or_default().iter().flat_map(|of| texts(&of.value)).collect()
        })
        .collect();
    if sets.iter().any(Vec::is_empty) { Vec::new() } else { sets }
}

const CALL: &str = "call it through `Client::execute`";
const GIVE: &str = "give it with `Request::query` or `Request::header`";

/// How the types of an operation are called: by its id, or else by method and path.
fn called(syntax: Syntax<'_>) -> String {
    match syntax.text("operationId") {
        Some(id) if id.value.chars().any(char::is_alphanumeric) => id.value.to_owned(),
        _ => format!("{} {}", syntax.method.value, syntax.item().path.value),
    }
}

/// Whether the media type is JSON: `application/json`, or one that is built on it (RFC 6839).
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
