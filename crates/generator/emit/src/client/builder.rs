//! The builders of one resource: what leads deeper, and the verbs.

use msgraph_plan::{
    ArgumentType, Asking, Body, Builder, BuilderMethod, Client, Example, Ident, MethodKind, Need,
    Node, NodeShape, PathArgument, Scalar, UndocumentedVerb,
};
use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::models::operations::body;
use crate::models::structured::scalar_type;
use crate::models::waits_for_all;
use crate::print::{
    Imports, SourceFile, bindings, call, deprecated, docs, ident, inner_docs, link_docs, spaced,
    text, value,
};

/// The file.
pub(super) fn builder(of: &Builder, client: &Client) -> Result<String, String> {
    let mut imports = Imports::default();
    if client.has_conditions {
        imports.write_out(&client.models);
    }
    let mut file = SourceFile::new(imports);
    file.head = inner_docs(&of.docs);
    for (at, methods) in &of.nodes {
        let is_of_any_site = at.site.is_none() && at.shape != NodeShape::Segment;
        let generics = is_of_any_site.then(|| quote!(<S>));
        let target = node_type(at, &quote!(S), &mut file.imports);
        let methods: Vec<TokenStream> =
            methods.iter().map(|of| method(of, client, &mut file.imports)).collect();
        let methods = spaced(methods);
        file.item(quote!(impl #generics #target { #methods }));
    }
    let undocumented: Vec<TokenStream> = of
        .undocumented
        .iter()
        .map(|of| {
            let marks = file.imports.path("crate::undocumented");
            let (resources, sites) =
                (file.imports.path("crate::resources"), file.imports.path("crate::sites"));
            let mark = proc_macro2::Ident::new(of.verb.mark(), Span::call_site());
            let (resource, site) = (ident(&of.resource), ident(&of.site));
            quote!(impl #marks::#mark<#resources::#resource> for #sites::#site {})
        })
        .collect();
    if !undocumented.is_empty() {
        file.item(undocumented.into_iter().collect());
    }
    file.print()
}

/// `builders/mod.rs`
pub(super) fn modules(client: &Client) -> Result<String, String> {
    let mut file = SourceFile::new(Imports::default());
    file.head = quote!(#![doc = " The builders, by the types on the way."]);
    let mut names: Vec<&Ident> = client.builders.iter().map(|builder| &builder.file).collect();
    names.sort_by_key(|name| name.bare());
    let modules = names.into_iter().map(|name| {
        let name = ident(name);
        quote!(mod #name;)
    });
    file.item(modules.collect());
    file.print()
}

/// The builder at a place, in the root of the crate, where the types and markers are at hand.
pub(super) fn root_type(of: &Node) -> TokenStream {
    let shape = proc_macro2::Ident::new(shape_name(of.shape), Span::call_site());
    let resource = ident(&of.resource);
    if of.shape == NodeShape::Segment {
        return quote!(#shape<paths::#resource>);
    }
    let site = of.site.as_ref().map_or_else(
        || quote!(S),
        |site| {
            let site = ident(site);
            quote!(sites::#site)
        },
    );
    quote!(#shape<resources::#resource, #site>)
}

fn node_type(of: &Node, any_site: &TokenStream, imports: &mut Imports) -> TokenStream {
    let shape = imports.path(&format!("crate::{}", shape_name(of.shape)));
    if of.shape == NodeShape::Segment {
        let paths = imports.path("crate::paths");
        let resource = ident(&of.resource);
        return quote!(#shape<#paths::#resource>);
    }
    let resources = imports.path("crate::resources");
    let resource = ident(&of.resource);
    let site = match &of.site {
        Some(site) => {
            let sites = imports.path("crate::sites");
            let site = ident(site);
            quote!(#sites::#site)
        }
        None => any_site.clone(),
    };
    quote!(#shape<#resources::#resource, #site>)
}

fn shape_name(shape: NodeShape) -> &'static str {
    match shape {
        NodeShape::Collection => "Collection",
        NodeShape::Item => "Item",
        NodeShape::Bound => "Bound",
        NodeShape::Count => "Count",
        NodeShape::Value => "Value",
        NodeShape::Ref => "Ref",
        NodeShape::Refs => "Refs",
        NodeShape::Segment => "Segment",
    }
}

fn method(of: &BuilderMethod, client: &Client, imports: &mut Imports) -> TokenStream {
    let name = ident(&of.name);
    let docs = method_docs(of, &client.models);
    let condition = waits_for_all(&of.conditions);
    let deprecated = deprecated(of.deprecated.as_deref());
    let deprecated = quote!(#condition #deprecated);
    match &of.kind {
        MethodKind::Segment { wire, to } => {
            let to_type = node_type(to, &quote!(S), imports);
            let wire = text(wire);
            let step = imports.path("crate::step");
            quote! {
                #docs
                #deprecated
                pub fn #name(self) -> #to_type { #step(self.path, #wire) }
            }
        }
        MethodKind::Ending { wire, to } => {
            let to_type = node_type(to, &quote!(S), imports);
            let end = imports.path("crate::end");
            quote! {
                #docs
                #deprecated
                pub fn #name(self) -> #to_type { #end(self.path, #wire) }
            }
        }
        MethodKind::Key { argument, scalar, beside, to } => {
            let argument = ident(argument);
            let to_type = node_type(to, &quote!(S), imports);
            let (of, key) = parameter_value(&argument, *scalar, client, imports);
            let function = imports.path("crate::key");
            // A value that is no text cannot be taken for an operation.
            let beside: &[String] = if scalar.is_some() { &[] } else { beside };
            let beside = beside.iter().map(|name| text(name));
            quote! {
                #docs
                #deprecated
                pub fn #name(self, #argument: #of) -> #to_type { #function(self.path, #key, &[#(#beside),*]) }
            }
        }
        MethodKind::Parameter { argument, scalar, to } => {
            let argument = ident(argument);
            let to_type = node_type(to, &quote!(S), imports);
            let (of, value) = parameter_value(&argument, *scalar, client, imports);
            let function = imports.path("crate::parameter");
            quote! {
                #docs
                #deprecated
                pub fn #name(self, #argument: #of) -> #to_type { #function(self.path, #value) }
            }
        }
        MethodKind::AlternateKey { arguments: of, to } => {
            let to_type = node_type(to, &quote!(S), imports);
            let at = imports.path("crate::at");
            let Arguments { generics, parameters, bindings, values } =
                arguments(of, client, imports);
            quote! {
                #docs
                #deprecated
                pub fn #name #generics (self, #parameters) -> #to_type {
                    #bindings
                    let mut key = self.path.alternate_key();
                    #(key.argument(#values);)*
                    #at(key.end())
                }
            }
        }
        MethodKind::Call { wire, arguments: of, to } => {
            let to_type = node_type(to, &quote!(S), imports);
            let at = imports.path("crate::at");
            let wire = text(wire);
            let Arguments { generics, parameters, bindings, values } =
                arguments(of, client, imports);
            quote! {
                #docs
                #deprecated
                pub fn #name #generics (self, #parameters) -> #to_type {
                    #bindings
                    let mut call = self.path.call(#wire);
                    #(call.argument(#values);)*
                    #at(call.end())
                }
            }
        }
        MethodKind::ByPath { argument, to } => {
            let argument = ident(argument);
            let to_type = node_type(to, &quote!(S), imports);
            let at = imports.path("crate::at");
            quote! {
                #docs
                #deprecated
                pub fn #name(self, #argument: impl AsRef<str>) -> #to_type {
                    #at(self.path.by_path(#argument.as_ref()))
                }
            }
        }
        MethodKind::Verb { operation, body: request, parameters, asking, .. } => {
            let operation = operation_type(client, operation, imports);
            let Asked { new, request: request_type, with_header } =
                asked(&operation, asking, imports);
            let (parameter, argument, _) = argument(request.as_ref(), client, imports);
            let (with, given) = match parameters {
                Some((name, path)) => {
                    let name = ident(name);
                    let of = imports.item(client.models.as_str(), &path.module, &path.name);
                    (quote!(, #name: &#of), quote!(.parameters(#name)))
                }
                None => (quote!(), quote!()),
            };
            quote! {
                #docs
                #deprecated
                #[inline]
                pub fn #name(self #with #parameter) -> #request_type {
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
            quote! {
                #docs
                #deprecated
                #[inline]
                pub fn #name(self) -> #request {
                    #new(self.path, ())#with_header
                }
            }
        }
        MethodKind::UndocumentedCall { is_action, body: request, answer } => {
            let request_type = imports.path("msgraph_client::Request");
            let operations = imports.path("msgraph_core::undocumented");
            let (parameter, argument, taken) = argument(request.as_ref(), client, imports);
            let answer = match answer {
                Some(of) => body(of, client.models.as_str(), imports),
                None => quote!(()),
            };
            let operation = match is_action {
                true => quote!(#operations::Action<#taken, #answer>),
                false => quote!(#operations::Function<#answer>),
            };
            quote! {
                #docs
                #deprecated
                #[inline]
                pub fn #name(self #parameter) -> #request_type<#operation> {
                    #request_type::new(self.path, #argument)
                }
            }
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

/// The arguments of a method that go into a path.
struct Arguments {
    /// The lifetime of texts that may be absent.
    generics: TokenStream,
    parameters: TokenStream,
    /// What gives the values their types.
    bindings: TokenStream,
    /// Name and value of each.
    values: Vec<TokenStream>,
}

/// The type of what stands as a segment of a path, and its text.
pub(super) fn parameter_value(
    argument: &TokenStream,
    scalar: Option<Scalar>,
    client: &Client,
    imports: &mut Imports,
) -> (TokenStream, TokenStream) {
    match scalar {
        None => (quote!(impl AsRef<str>), quote!(#argument.as_ref())),
        Some(scalar) => (value_type(scalar, client, imports), quote!(&#argument.to_string())),
    }
}

/// A primitive type; the client knows those of Edm through the models.
fn value_type(scalar: Scalar, client: &Client, imports: &mut Imports) -> TokenStream {
    match scalar {
        Scalar::Edm(name) => imports.path(&format!("{}::edm::{name}", client.models)),
        other => scalar_type(other, imports),
    }
}

fn arguments(of: &[(Ident, PathArgument)], client: &Client, imports: &mut Imports) -> Arguments {
    let (mut parameters, mut bindings, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let mut has_lifetime = false;
    for (name, argument) in of {
        let (name, wire) = (ident(name), text(&argument.name));
        let value_type = match &argument.of {
            ArgumentType::Text => quote!(&'a str),
            ArgumentType::Scalar(scalar) => value_type(*scalar, client, imports),
            ArgumentType::Enumeration(path) => {
                imports.item(client.models.as_str(), &path.module, &path.name)
            }
            ArgumentType::Texts => quote!(Vec<String>),
        };
        if argument.need != Need::Required {
            has_lifetime |= argument.of == ArgumentType::Text;
            parameters.push(quote!(#name: impl Into<Option<#value_type>>));
            bindings.push(quote!(let #name: Option<#value_type> = #name.into();));
            values.push(if argument.need == Need::Nullable {
                let nullable = imports.path("msgraph_client::Nullable");
                quote!(#wire, &#nullable(#name))
            } else {
                quote!(#wire, &#name)
            });
        } else if argument.of == ArgumentType::Text {
            parameters.push(quote!(#name: impl AsRef<str>));
            values.push(quote!(#wire, &#name.as_ref()));
        } else {
            parameters.push(quote!(#name: #value_type));
            values.push(quote!(#wire, &#name));
        }
    }
    Arguments {
        generics: if has_lifetime { quote!(<'a>) } else { quote!() },
        parameters: quote!(#(#parameters),*),
        bindings: quote!(#(#bindings)*),
        values,
    }
}

/// A parameter, what is handed over for it, and its type.
fn argument(
    of: Option<&(Ident, Body)>,
    client: &Client,
    imports: &mut Imports,
) -> (TokenStream, TokenStream, TokenStream) {
    match of {
        Some((name, of)) => {
            let name = ident(name);
            let is_optional = matches!(of, Body::Optional(_));
            let of = body(of, client.models.as_str(), imports);
            match is_optional {
                true => (quote!(, #name: impl Into<#of>), quote!(#name.into()), of),
                false => (quote!(, #name: #of), quote!(#name), of),
            }
        }
        None => (quote!(), quote!(()), quote!(())),
    }
}

/// `CreateThreads`, from its module in the crate of models.
fn operation_type(client: &Client, path: &[Ident], imports: &mut Imports) -> TokenStream {
    let path: Vec<&str> = path.iter().map(Ident::as_str).collect();
    imports.path(&format!("{}::operations::{}", client.models, path.join("::")))
}

/// The documentation of a method, and of a verb the documented call.
pub(super) fn method_docs(of: &BuilderMethod, models: &Ident) -> TokenStream {
    let mut out = docs(&of.docs);
    if let MethodKind::Verb { example: Some(example), .. } = &of.kind
        && let Some(lines) = example_lines(example, models)
    {
        for line in ["", "# Example", "", "```no_run"] {
            out.extend(doc_line(line));
        }
        for line in lines {
            out.extend(doc_line(&line));
        }
        out.extend(doc_line("```"));
    }
    out
}

fn doc_line(line: &str) -> TokenStream {
    if line.is_empty() { quote!(#[doc = ""]) } else { link_docs(line) }
}

/// The documented call as a program that is compiled, but not run.
fn example_lines(example: &Example, models: &Ident) -> Option<Vec<String>> {
    let mut imports = Imports::default();
    let body = example.body.as_ref().map(|of| value(of, models, &mut imports));
    let argument = body.is_some().then(|| quote!(body));
    let graph = quote!(graph);
    let call = call(&graph, example, argument, models, &mut imports);
    let bindings = bindings(example, models, &mut imports);
    let make = body.map(|body| quote!(let body = #body;));
    let send =
        if example.answers { quote!(let response = #call.await?;) } else { quote!(#call.await?;) };
    let program = quote! { fn example() { #bindings #make #send } };
    let file: syn::File = syn::parse2(program).ok()?;
    let printed = prettyplease::unparse(&file);
    let inside: Vec<&str> = printed.lines().skip(1).collect();
    let (_, inside) = inside.split_last()?;
    let mut lines: Vec<String> = imports.declarations(0).lines().map(str::to_owned).collect();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let library = models.as_str().strip_suffix("_models").unwrap_or(models.as_str());
    lines.push(format!(
        "# async fn example(graph: {library}_client::Graph) -> Result<(), Box<dyn std::error::Error>> {{"
    ));
    lines.extend(inside.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
    lines.push("# Ok(())".to_owned());
    lines.push("# }".to_owned());
    Some(lines)
}
