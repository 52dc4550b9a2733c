//! One method of a builder: it leads deeper, or makes a request.

use msgraph_plan::{
    Asking, BuilderMethod, Client, Ident, MethodKind, Node, PathArgument, UndocumentedVerb,
};
use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{Arguments, Payload, arguments, parameter_value, payload};
use super::example::method_docs;
use super::node::node_type;
use crate::models::operations::body;
use crate::models::waits_for_all;
use crate::print::{Imports, deprecated, ident, text};

/// The method, with its documentation.
pub(super) fn method(of: &BuilderMethod, client: &Client, imports: &mut Imports) -> TokenStream {
    let name = ident(&of.name);
    let docs = method_docs(of, &client.models);
    let condition = waits_for_all(&of.conditions);
    let deprecated = deprecated(of.deprecated.as_deref());
    let rest = rest(&of.kind, client, imports);
    let inline = makes_request(&of.kind).then(|| quote!(#[inline]));
    quote!(#docs #condition #deprecated #inline pub fn #name #rest)
}

/// Whether the method ends the path, in one call.
fn makes_request(kind: &MethodKind) -> bool {
    matches!(
        kind,
        MethodKind::Verb { .. }
            | MethodKind::UndocumentedRead { .. }
            | MethodKind::UndocumentedCall { .. }
    )
}

/// What stands behind the name: parameters, answer and body.
fn rest(kind: &MethodKind, client: &Client, imports: &mut Imports) -> TokenStream {
    match kind {
        MethodKind::Segment { wire, to } => {
            let (step, wire) = (imports.path("crate::step"), text(wire));
            deeper(quote!(self), to, quote!(#step(self.path, #wire)), imports)
        }
        MethodKind::Ending { wire, to } => {
            let end = imports.path("crate::end");
            deeper(quote!(self), to, quote!(#end(self.path, #wire)), imports)
        }
        MethodKind::Key { argument, scalar, beside, to } => {
            let (argument, function) = (ident(argument), imports.path("crate::key"));
            let (of, key) = parameter_value(&argument, *scalar, client, imports);
            // A value that is no text cannot be taken for an operation.
            let beside: &[String] = if scalar.is_some() { &[] } else { beside };
            let beside = beside.iter().map(|name| text(name));
            let end = quote!(#function(self.path, #key, &[#(#beside),*]));
            deeper(quote!(self, #argument: #of), to, end, imports)
        }
        MethodKind::Parameter { argument, scalar, to } => {
            let (argument, function) = (ident(argument), imports.path("crate::parameter"));
            let (of, value) = parameter_value(&argument, *scalar, client, imports);
            let end = quote!(#function(self.path, #value));
            deeper(quote!(self, #argument: #of), to, end, imports)
        }
        MethodKind::AlternateKey { arguments, to } => {
            called(arguments, quote!(key), quote!(alternate_key()), to, client, imports)
        }
        MethodKind::Call { wire, arguments, to } => {
            let wire = text(wire);
            called(arguments, quote!(call), quote!(call(#wire)), to, client, imports)
        }
        MethodKind::ByPath { argument, to } => {
            let (argument, at) = (ident(argument), imports.path("crate::at"));
            let end = quote!(#at(self.path.by_path(#argument.as_ref())));
            deeper(quote!(self, #argument: impl AsRef<str>), to, end, imports)
        }
        MethodKind::Verb { operation, body: request, parameters, asking, .. } => {
            let operation = operation_type(client, operation, imports);
            let Asked { new, request: request_type, with_header } =
                asked(&operation, asking, imports);
            let Payload { parameter, argument, .. } = payload(request.as_ref(), client, imports);
            let (with, given) = match parameters {
                Some((name, path)) => {
                    let name = ident(name);
                    let of = imports.item(client.models.as_str(), &path.module, &path.name);
                    (quote!(, #name: &#of), quote!(.parameters(#name)))
                }
                None => (quote!(), quote!()),
            };
            quote! {
                (self #with #parameter) -> #request_type {
                    #new(self.path, #argument)#given #with_header
                }
            }
        }
        MethodKind::UndocumentedRead { verb, model, asking } => {
            let operations = imports.path("msgraph_core::undocumented");
            let model = imports.item(client.models.as_str(), &model.module, &model.name);
            let operation = match verb {
                UndocumentedVerb::List => quote!(#operations::List<#model>),
                UndocumentedVerb::Count => {
                    let count = imports.path("msgraph_core::Count");
                    quote!(#operations::Function<#count>)
                }
                _ => quote!(#operations::Get<#model>),
            };
            let Asked { new, request, with_header } = asked(&operation, asking, imports);
            quote!((self) -> #request { #new(self.path, ())#with_header })
        }
        MethodKind::UndocumentedCall { is_action, body: request, answer } => {
            let request_type = imports.path("msgraph_client::Request");
            let operations = imports.path("msgraph_core::undocumented");
            let Payload { parameter, argument, of } = payload(request.as_ref(), client, imports);
            let answer = match answer {
                Some(of) => body(of, client.models.as_str(), imports),
                None => quote!(()),
            };
            let operation = match is_action {
                true => quote!(#operations::Action<#of, #answer>),
                false => quote!(#operations::Function<#answer>),
            };
            quote! {
                (self #parameter) -> #request_type<#operation> {
                    #request_type::new(self.path, #argument)
                }
            }
        }
    }
}

/// A method that leads to the builder `to`.
fn deeper(
    parameters: TokenStream,
    to: &Node,
    end: TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    let to = node_type(to, &quote!(S), imports);
    quote!((#parameters) -> #to { #end })
}

/// A method that leads to the builder `to` by a segment with arguments in parentheses, which `begin` begins and `name`
/// names on the way.
fn called(
    of: &[(Ident, PathArgument)],
    name: TokenStream,
    begin: TokenStream,
    to: &Node,
    client: &Client,
    imports: &mut Imports,
) -> TokenStream {
    let to = node_type(to, &quote!(S), imports);
    let at = imports.path("crate::at");
    let Arguments { generics, parameters, bindings, values } = arguments(of, client, imports);
    quote! {
        #generics (self, #parameters) -> #to {
            #bindings
            let mut #name = self.path.#begin;
            #(#name.argument(#values);)*
            #at(#name.end())
        }
    }
}

/// How a request of an operation is made.
struct Asked {
    /// The function.
    new: TokenStream,
    /// What it gives: `Request<O>`, or `Request<O, options::NoSearch>` where something cannot be asked for.
    request: TokenStream,
    /// The header that always goes with it.
    with_header: Option<TokenStream>,
}

fn asked(operation: &TokenStream, asking: &Asking, imports: &mut Imports) -> Asked {
    let request = imports.path("msgraph_client::Request");
    let options = asking.options.as_ref().map(|of| {
        let options = imports.path("crate::options");
        let name = ident(&of.name);
        quote!(, #options::#name)
    });
    Asked {
        new: quote!(#request::new),
        request: quote!(#request<#operation #options>),
        with_header: asking.is_eventual.then(|| quote!(.eventual())),
    }
}

/// `CreateThreads`, from its module in the crate of models.
fn operation_type(client: &Client, path: &[Ident], imports: &mut Imports) -> TokenStream {
    let path: Vec<&str> = path.iter().map(Ident::as_str).collect();
    imports.path(&format!("{}::operations::{}", client.models, path.join("::")))
}
