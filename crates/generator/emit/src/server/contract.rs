//! The contract tests: one file per documentation page, one module per example.

use msgraph_plan::{
    ContractPage, ContractRequest, ContractResponse, ContractTest, HandedOver, ReplyKind, Server,
};
use proc_macro2::TokenStream;
use quote::quote;

use super::service::{key_type, operation_type, parameters};
use crate::models::operations::{body, reply};
use crate::print::{
    Failing, Imports, SourceFile, bindings, blank, call, docs, ident, inner_docs, number, raw_text,
    spaced, text, value,
};

/// `main.rs`
pub(super) fn main(server: &Server) -> Result<String, String> {
    let mut file = SourceFile::new(Imports::default());
    let deprecated = server
        .has_deprecated
        .then(|| quote!(#![allow(deprecated, reason = "what is deprecated is still documented")]));
    file.head = quote! {
        #![doc = " The documented examples: client and server are held to each."]
        #deprecated
    };
    let modules = server.contract.iter().map(|page| {
        let name = ident(&page.file);
        quote!(mod #name;)
    });
    file.item(modules.collect());
    let graph = file.imports.path(&format!("{}::Graph", server.client));
    let client = file.imports.path(&format!("{}::Client", server.client));
    let token = file.imports.path(&format!("{}::StaticToken", server.client));
    file.item(quote! {
        /// A client that sends nothing: its requests are looked at.
        fn graph() -> #graph {
            let client = #client::builder()
                .base_url(#graph::BASE_URL)
                .credential(#token::new("contract"))
                .build();
            #graph::with_client(client.expect("a client"))
        }
    });
    file.print()
}

/// The file of a page.
pub(super) fn page(of: &ContractPage, server: &Server) -> Result<String, String> {
    let mut file = SourceFile::new(Imports::default());
    file.head = inner_docs(&of.docs);
    for test in &of.tests {
        let item = module(test, server, &mut file);
        file.item(item);
    }
    file.print()
}

/// A module is a scope of its own, with its own declarations of what it uses.
fn module(of: &ContractTest, server: &Server, file: &mut SourceFile) -> TokenStream {
    let mut imports = Imports::default();
    let name = ident(&of.module);
    let docs = docs(&of.docs);
    let mut items = vec![request(&of.request, &mut imports), response(&of.response, &mut imports)];
    items.extend(documented_body(of, server, &mut imports));
    items.push(handler(of, server, &mut imports));
    items.push(client_test(of, server, &mut imports));
    items.push(server_test(of, server, &mut imports));
    items.extend(response_test(of, server, &mut imports));
    let uses = file.inner_uses(&imports);
    let items = spaced([uses].into_iter().chain(items));
    quote! {
        #docs
        mod #name { #items }
    }
}

fn request(of: &ContractRequest, imports: &mut Imports) -> TokenStream {
    let name = imports.path("msgraph_server::contract::DocumentedRequest");
    let (method, url) = (text(of.method), text(&of.url));
    let headers = headers(&of.headers);
    let (constant, body) = body_text(of.body.as_deref(), &quote!(REQUEST_BODY));
    quote! {
        const REQUEST: #name = #name {
            method: #method,
            url: #url,
            headers: #headers,
            body: #body,
        };
        #constant
    }
}

fn response(of: &ContractResponse, imports: &mut Imports) -> TokenStream {
    let name = imports.path("msgraph_server::contract::DocumentedResponse");
    let status = number(of.status);
    let headers = headers(&of.headers);
    let (constant, body) = body_text(of.body.as_deref(), &quote!(RESPONSE_BODY));
    quote! {
        const RESPONSE: #name = #name {
            status: #status,
            headers: #headers,
            body: #body,
        };
        #constant
    }
}

/// A documented body: the constant that holds it, and the mention of the constant.
fn body_text(of: Option<&str>, name: &TokenStream) -> (TokenStream, TokenStream) {
    match of {
        Some(of) => {
            let literal = raw_text(of);
            let gap = blank();
            (quote!(#gap const #name: &str = #literal;), quote!(Some(#name)))
        }
        None => (quote!(), quote!(None)),
    }
}

fn headers(of: &[(String, String)]) -> TokenStream {
    let headers = of.iter().map(|(name, value)| {
        let (name, value) = (text(name), text(value));
        quote!((#name, #value))
    });
    quote!(&[#(#headers),*])
}

/// The documented request body as a value, made as a user would make it.
fn documented_body(
    of: &ContractTest,
    server: &Server,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let (_, of_body) = of.handler.body.as_ref()?;
    let body_type = body(of_body, server.models.as_str(), imports);
    let bindings = bindings(&of.example, &server.models, imports, Failing::Panics);
    let value = value(of.example.body.as_ref()?, &server.models, imports, Failing::Panics);
    Some(quote! {
        /// The documented body, typed.
        fn body() -> #body_type { #bindings #value }
    })
}

/// How the documented response is read: leniently where it has placeholders.
fn read(of: &ContractTest, imports: &mut Imports) -> TokenStream {
    if of.response.placeholders.is_empty() {
        imports.path("msgraph_server::contract::read")
    } else {
        imports.path("msgraph_server::contract::read_leniently")
    }
}

fn handler(of: &ContractTest, server: &Server, imports: &mut Imports) -> TokenStream {
    let seen = imports.path("msgraph_server::contract::Seen");
    let service = imports.item(server.manifest.library.as_str(), &[], &of.service);
    let name = ident(&of.handler.name);
    let parameters = parameters(&of.handler, server, imports);
    let reply_type = reply(&of.handler.reply, server.models.as_str(), imports);
    let result = imports.path(&format!("{}::Result", server.manifest.library));
    let (seen_type, seen_value) = seen_of(of, server, imports);
    let context = ident(&of.handler.context);
    let respond = respond(of, imports);
    spaced([
        quote! {
            /// What the method is called with.
            type Arguments = #seen_type;
        },
        quote! {
            /// Answers as documented, and tells what it was called with.
            #[derive(Default)]
            struct Documented {
                seen: #seen<Arguments>,
            }
        },
        quote! {
            impl #service for Documented {
                async fn #name(&self, #(#parameters),*) -> #result<#reply_type> {
                    let _ = #context;
                    let call = #seen_value;
                    self.seen.record(call);
                    #respond
                }
            }
        },
    ])
}

/// Keys and body, as a type and as a value.
fn seen_of(
    of: &ContractTest,
    server: &Server,
    imports: &mut Imports,
) -> (TokenStream, TokenStream) {
    let keys = of.handler.parameters.iter();
    let mut types: Vec<TokenStream> = keys.map(|key| key_type(key, server, imports)).collect();
    let mut values: Vec<TokenStream> =
        of.handler.parameters.iter().map(|parameter| ident(&parameter.name)).collect();
    if let Some((name, of_body)) = &of.handler.body {
        types.push(body(of_body, server.models.as_str(), imports));
        values.push(ident(name));
    }
    (tuple(&types), tuple(&values))
}

fn tuple(parts: &[TokenStream]) -> TokenStream {
    match parts {
        [one] => one.clone(),
        many => quote!((#(#many),*)),
    }
}

/// What the handler answers with.
fn respond(of: &ContractTest, imports: &mut Imports) -> TokenStream {
    let name = match of.handler.reply.kind {
        ReplyKind::Success => imports.path("msgraph_core::Success"),
        ReplyKind::Created => imports.path("msgraph_core::Created"),
        ReplyKind::Accepted => imports.path("msgraph_core::Accepted"),
        ReplyKind::Status(_) => imports.path("msgraph_core::Status"),
        ReplyKind::NoContent => {
            let name = imports.path("msgraph_core::NoContent");
            return quote!(Ok(#name));
        }
        ReplyKind::Found => {
            let name = imports.path("msgraph_core::Found");
            let location = of.response.location.as_deref().map_or_else(|| text(""), text);
            return quote!(Ok(#name::from(#location)));
        }
    };
    if of.response.body.is_some() && of.handler.reply.body.is_some() {
        let read = read(of, imports);
        quote! {
            let response = #read(RESPONSE_BODY);
            Ok(#name(response.expect("the documented response")))
        }
    } else {
        quote!(Ok(#name(())))
    }
}

fn client_test(of: &ContractTest, server: &Server, imports: &mut Imports) -> TokenStream {
    let outcome = imports.path("msgraph_server::contract::Outcome");
    let mismatch = imports.path("msgraph_server::contract::Mismatch");
    let graph = imports.path("crate::graph");
    let body = of.example.body.as_ref().map(|_| quote!(body()));
    let graph = quote!(#graph());
    let call = call(&graph, &of.example, body, &server.models, imports, Failing::Panics);
    quote! {
        #[test]
        fn client_sends_the_documented_request() -> #outcome {
            let request = #call;
            let sent = request.into_http().map_err(|error| #mismatch::new(error.to_string()))?;
            REQUEST.matches(&sent)
        }
    }
}

fn server_test(of: &ContractTest, server: &Server, imports: &mut Imports) -> TokenStream {
    let outcome = imports.path("msgraph_server::contract::Outcome");
    let same = imports.path("msgraph_server::contract::same");
    let guard = imports.path("msgraph_server::contract::guard");
    let routes = imports.path("msgraph_server::Routes");
    let library = server.manifest.library.as_str();
    let base = imports.path(&format!("{library}::BASE"));
    let file = server
        .services
        .iter()
        .find(|service| service.name == of.service)
        .map(|service| service.file.as_str().to_owned())
        .unwrap_or_default();
    let module = imports.path(&format!("{library}::{file}"));
    let operation = operation_type(server, &of.operation, imports);
    let mut expected: Vec<TokenStream> = of
        .keys
        .iter()
        .map(|key| match key {
            HandedOver::Key(key) => {
                let key = text(key);
                quote!(#key.to_owned())
            }
            HandedOver::Some(key) => {
                let key = text(key);
                quote!(Some(#key.to_owned()))
            }
            HandedOver::None => quote!(None),
        })
        .collect();
    if of.handler.body.is_some() {
        expected.push(quote!(body()));
    }
    let expected = tuple(&expected);
    let gap = blank();
    quote! {
        #[tokio::test]
        async fn server_accepts_the_documented_request() -> #outcome {
            let service = Documented::default();
            let seen = service.seen.clone();
            let routes = #routes::new(#base, service, #guard::<#operation>());
            let routes = #module::routes(routes);
            #gap
            let response = REQUEST.send(routes.into_router(), #base).await?;
            let call = #expected;
            #same("call", &call, &seen.take()?)?;
            RESPONSE.matches(&response)
        }
    }
}

fn response_test(of: &ContractTest, server: &Server, imports: &mut Imports) -> Option<TokenStream> {
    of.response.body.as_ref()?;
    let body_type = body(of.handler.reply.body.as_ref()?, server.models.as_str(), imports);
    let read = read(of, imports);
    let outcome = imports.path("msgraph_server::contract::Outcome");
    let writes = imports.path("msgraph_server::contract::writes");
    let placeholders = of.response.placeholders.iter().map(|path| {
        let line = format!(" A placeholder, no value: `{}`.", plain(path));
        quote!(#[doc = #line])
    });
    Some(quote! {
        #(#placeholders)*
        #[test]
        fn the_documented_response_survives_reading_and_writing() -> #outcome {
            let value: #body_type = #read(RESPONSE_BODY)?;
            #writes(&value, RESPONSE_BODY)
        }
    })
}

/// A JSON path in a code span.
fn plain(path: &str) -> String {
    path.chars().filter(|c| c.is_alphanumeric() || "$.[]_-@".contains(*c)).collect()
}
