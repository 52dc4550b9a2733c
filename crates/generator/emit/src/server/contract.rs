//! The contract tests: a file of data per documentation page, and the registry that leads from the data to
//! typed code.
//!
//! In come examples, calls and methods; out go JSON and two lists of macro calls, a line per operation. The
//! lists are text, since nobody formats what stands in a macro; what is no program is refused all the same.

use std::fmt::Write as _;

use msgraph_plan::{
    ArgumentType, Contract, ContractCall, ContractExample, ContractMessage, ContractPage,
    ContractService, Ident, Need, NotRun, PathValue, Scalar, Server, ServiceMethod,
    json_string as string,
};
use proc_macro2::Literal;

use crate::MARKER;

/// `main.rs`: what the tests of the server share.
pub(super) fn main(server: &Server) -> Result<String, String> {
    let client = server.client.as_str();
    let library = server.manifest.library.as_str();
    let allow = if server.has_deprecated {
        "\n#![allow(deprecated, reason = \"what is deprecated is still documented\")]\n"
    } else {
        ""
    };
    checked(format!(
        "// {MARKER}\n\
         //! The documented examples: client and server are held to each.\n\
         //!\n\
         //! The examples are the JSON files beside this one.\n\
         {allow}\n\
         mod calls;\n\
         mod services;\n\n\
         msgraph_server::contract_tests! {{ {client}::Graph, msgraph_client, {library} }}\n"
    ))
}

/// `calls.rs`: a line per operation and path.
pub(super) fn calls(of: &Contract, server: &Server) -> Result<String, String> {
    let mut out = format!(
        "// {MARKER}\n\
         //! The builder's call for each operation and path that an example follows.\n\n"
    );
    uses(of.calls.iter().map(|call| &call.operation), server, &mut out);
    out.push_str("msgraph_server::contract_calls! {\n");
    for call in &of.calls {
        line(call, server.models.as_str(), &mut out);
    }
    out.push_str("}\n");
    checked(out)
}

fn line(of: &ContractCall, models: &str, out: &mut String) {
    let (operation, path) = (joined(&of.operation), Literal::string(&of.path));
    let (closure, argument) =
        if of.has_body { ("|graph, keys, body|", "body") } else { ("|graph, keys|", "") };
    let _ = write!(out, "    {operation}, {path}: {closure} graph");
    for (method, keys) in &of.steps {
        let keys: Vec<String> =
            keys.iter().map(|(index, value)| key(*index, value, models)).collect();
        let _ = write!(out, ".{method}({})", keys.join(", "));
    }
    let _ = writeln!(out, ".{}({argument});", of.verb);
}

/// The expression for the argument of a builder's method.
fn key(index: usize, value: &PathValue, models: &str) -> String {
    let PathValue::Argument(argument) = value else {
        let is_text = matches!(value, PathValue::Text);
        return if is_text { format!("keys[{index}]") } else { format!("keys.value({index})?") };
    };
    match (&argument.of, argument.need) {
        (ArgumentType::Text, Need::Required) => format!("keys[{index}]"),
        (ArgumentType::Text, _) => format!("keys.text({index})"),
        (_, Need::Required) => format!("keys.value({index})?"),
        (of, _) => format!("keys.optional::<{}>({index})?", argument_type(of, models)),
    }
}

/// The type of an argument.
fn argument_type(of: &ArgumentType, models: &str) -> String {
    match of {
        ArgumentType::Text => "String".to_owned(),
        ArgumentType::Texts => "Vec<String>".to_owned(),
        ArgumentType::Scalar(Scalar::Edm(name)) => format!("{models}::edm::{name}"),
        ArgumentType::Scalar(other) => other.primitive().unwrap_or("u8").to_owned(),
        ArgumentType::Enumeration(path) => {
            let module: Vec<&str> = path.module.iter().map(Ident::as_str).collect();
            format!("{models}::{}::{}", module.join("::"), path.name)
        }
    }
}

/// `services.rs`: a line per method of a trait.
pub(super) fn services(of: &Contract, server: &Server) -> Result<String, String> {
    let mut out = format!(
        "// {MARKER}\n\
         //! The methods of the server's traits that answer examples.\n\n"
    );
    let methods = of.services.iter().flat_map(|service| &service.methods);
    uses(methods.map(|method| &method.operation), server, &mut out);
    let library = server.manifest.library.as_str();
    let _ = writeln!(out, "msgraph_server::contract_services! {{\n    {library};");
    for ContractService { module, name, methods } in &of.services {
        let _ = writeln!(out, "    {module} {name} {{");
        for method in methods {
            service_line(method, server.models.as_str(), &mut out);
        }
        out.push_str("    }\n");
    }
    out.push_str("}\n");
    checked(out)
}

fn service_line(of: &ServiceMethod, models: &str, out: &mut String) {
    let keys: Vec<String> = of
        .parameters
        .iter()
        .map(|key| {
            let of = match &key.value {
                PathValue::Text => "String".to_owned(),
                PathValue::Key(scalar) => argument_type(&ArgumentType::Scalar(*scalar), models),
                PathValue::Argument(argument) => argument_type(&argument.of, models),
            };
            let is_optional = key.is_optional || key.may_lack_value();
            let of = if is_optional { format!("Option<{of}>") } else { of };
            format!("{}: {of}", key.name)
        })
        .collect();
    let body = of.body.as_ref().map(|(name, _)| format!(": {name}")).unwrap_or_default();
    let operation = joined(&of.operation);
    let _ = writeln!(out, "        {}({}) {operation}{body};", of.name, keys.join(", "));
}

/// The modules of operations that the lines begin with.
fn uses<'a>(operations: impl Iterator<Item = &'a Vec<Ident>>, server: &Server, out: &mut String) {
    if operations.count() > 0 {
        let _ = writeln!(out, "use {}::operations;\n", server.models.as_str());
    }
}

fn joined(path: &[Ident]) -> String {
    let names: Vec<&str> = path.iter().map(Ident::as_str).collect();
    format!("operations::{}", names.join("::"))
}

/// `text`, where it is a program.
fn checked(text: String) -> Result<String, String> {
    syn::parse_file(&text).map_err(|error| error.to_string())?;
    Ok(text)
}

/// The data of a page.
pub(super) fn page(of: &ContractPage) -> String {
    let mut json = Object::new(0);
    json.text("@generated", MARKER.trim_start_matches("@generated "));
    json.text("page", &of.page);
    let examples =
        of.examples.iter().zip(1..).map(|(example, place)| example_object(example, place));
    json.list("examples", examples);
    json.finish() + "\n"
}

fn example_object(of: &ContractExample, place: usize) -> String {
    let mut json = Object::new(4);
    json.text("name", &of.name);
    json.value("place", place.to_string());
    let run = match &of.run {
        Ok(run) => run,
        Err(NotRun { code, reason }) => {
            let mut why = Object::new(6);
            why.text("code", code.id());
            why.text("reason", reason);
            json.value("not_run", why.finish());
            let mut request = Object::new(6);
            request.text("method", &of.method);
            request.text("url", &of.url);
            json.value("request", request.finish());
            return json.finish();
        }
    };
    json.text("operation", &run.operation);
    if let Some(path) = &run.path {
        json.text("path", path);
    }
    if !run.keys.is_empty() {
        let null = || "null".to_owned();
        let keys = run.keys.iter().map(|key| key.as_deref().map_or_else(null, string));
        json.value("keys", line_of(keys));
    }
    let mut request = Object::new(6);
    request.text("method", &of.method);
    request.text("url", &of.url);
    if !run.url_findings.is_empty() {
        let codes = run.url_findings.iter().map(|code| string(code.id()));
        request.value("url_findings", line_of(codes));
    }
    message(&run.request, &mut request);
    json.value("request", request.finish());
    if let Some(of) = &run.response {
        let mut response = Object::new(6);
        response.value("status", of.status.to_string());
        if of.names_type {
            response.value("names_type", "true".to_owned());
        }
        message(&of.message, &mut response);
        json.value("response", response.finish());
    }
    json.finish()
}

fn message(of: &ContractMessage, json: &mut Object) {
    if !of.headers.is_empty() {
        let headers = of
            .headers
            .iter()
            .map(|(name, value)| line_of([string(name), string(value)].into_iter()));
        json.list("headers", headers);
    }
    if !of.findings.is_empty() {
        let findings = of.findings.iter().map(|(code, path)| {
            format!("{{ \"code\": {}, \"path\": {} }}", string(code.id()), string(path))
        });
        json.list("findings", findings);
    }
    if let Some(body) = &of.body {
        json.value("body", body.replace('\n', "\n        "));
    }
    if let Some(content) = &of.content {
        json.text("content", content);
    }
}

fn line_of(values: impl Iterator<Item = String>) -> String {
    format!("[{}]", values.collect::<Vec<_>>().join(", "))
}

/// An object of JSON in the making, a member a line.
struct Object {
    text: String,
    /// The columns in front of the object.
    indent: usize,
}

impl Object {
    fn new(indent: usize) -> Self {
        Self { text: "{".to_owned(), indent }
    }

    fn text(&mut self, name: &str, value: &str) {
        self.value(name, string(value));
    }

    /// A member whose value is written already.
    fn value(&mut self, name: &str, value: String) {
        let comma = if self.text.len() > 1 { "," } else { "" };
        let columns = self.indent + 2;
        let _ = write!(self.text, "{comma}\n{:columns$}{}: {value}", "", string(name));
    }

    /// A member that is an array, an element a line.
    fn list(&mut self, name: &str, values: impl Iterator<Item = String>) {
        let columns = self.indent + 2;
        let inner = columns + 2;
        let values: Vec<String> = values.map(|value| format!("\n{:inner$}{value}", "")).collect();
        let end = if values.is_empty() { String::new() } else { format!("\n{:columns$}", "") };
        self.value(name, format!("[{}{end}]", values.join(",")));
    }

    fn finish(mut self) -> String {
        let columns = self.indent;
        let _ = write!(self.text, "\n{:columns$}}}", "");
        self.text
    }
}
