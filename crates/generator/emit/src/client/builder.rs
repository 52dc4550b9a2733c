//! The builders of one resource: what leads deeper, and the verbs.

use msgraph_plan::{
    ArgumentType, Builder, BuilderMethod, Client, Example, Ident, MethodKind, Need, Node,
    NodeShape, PathArgument,
};
use proc_macro2::TokenStream;
use quote::quote;

use crate::models::operations::body;
use crate::models::structured::scalar_type;
use crate::print::{
    Failing, Imports, SourceFile, bindings, call, deprecated, docs, ident, inner_docs, link_docs,
    spaced, text, value,
};

/// The file.
pub(super) fn builder(of: &Builder, client: &Client) -> Result<String, String> {
    let mut file = SourceFile::new(Imports::default());
    file.head = inner_docs(&of.docs);
    for (at, methods) in &of.nodes {
        let generics = at.site.is_none().then(|| quote!(<S>));
        let target = node_type(at, &quote!(S), &mut file.imports);
        let methods: Vec<TokenStream> =
            methods.iter().map(|of| method(at, of, client, &mut file.imports)).collect();
        let methods = spaced(methods);
        file.item(quote!(impl #generics #target { #methods }));
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

/// The builder at a place: its type with `full`, else only its name.
pub(super) fn node(of: &Node, full: bool, imports: &mut Imports) -> TokenStream {
    if full {
        root_type(of, imports)
    } else {
        let name = shape(of.shape);
        quote!(#name)
    }
}

/// In the root of the crate the types and markers are at hand.
fn root_type(of: &Node, _: &mut Imports) -> TokenStream {
    let shape = shape(of.shape);
    let resource = ident(&of.resource);
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
    }
}

fn shape(shape: NodeShape) -> TokenStream {
    match shape {
        NodeShape::Collection => quote!(Collection),
        NodeShape::Item => quote!(Item),
        NodeShape::Bound => quote!(Bound),
        NodeShape::Count => quote!(Count),
        NodeShape::Value => quote!(Value),
        NodeShape::Ref => quote!(Ref),
        NodeShape::Refs => quote!(Refs),
    }
}

fn method(at: &Node, of: &BuilderMethod, client: &Client, imports: &mut Imports) -> TokenStream {
    let name = ident(&of.name);
    let docs = method_docs(of, &client.models);
    let deprecated = deprecated(of.deprecated.as_deref());
    match &of.kind {
        MethodKind::Segment { wire, to } => {
            let to_type = node_type(to, &quote!(S), imports);
            let wire = text(wire);
            let body = match (at.shape, to.shape) {
                (NodeShape::Item | NodeShape::Collection, NodeShape::Bound)
                    if at.resource == to.resource =>
                {
                    quote!(self.bound(#wire))
                }
                (NodeShape::Item, NodeShape::Collection) => quote!(self.collection(#wire)),
                (NodeShape::Item, NodeShape::Item) => quote!(self.item(#wire)),
                (_, NodeShape::Bound | NodeShape::Collection | NodeShape::Item) => {
                    let to = shape(to.shape);
                    quote!(#to::at(self.path.segment(#wire)))
                }
                (_, to) => {
                    let to = imports.path(&format!("crate::{}", shape_name(to)));
                    quote!(#to::at(self.path.segment(#wire)))
                }
            };
            quote! {
                #docs
                #deprecated
                pub fn #name(self) -> #to_type { #body }
            }
        }
        MethodKind::Ending { wire, to } => {
            let to_type = node_type(to, &quote!(S), imports);
            let to = imports.path(&format!("crate::{}", shape_name(to.shape)));
            quote! {
                #docs
                #deprecated
                pub fn #name(self) -> #to_type {
                    #to::at(self.path.ending(#wire))
                }
            }
        }
        MethodKind::Key { argument, scalar, beside, to } => {
            let argument = ident(argument);
            let to_type = node_type(to, &quote!(S), imports);
            let (of, key) = match scalar {
                None => (quote!(impl AsRef<str>), quote!(#argument.as_ref())),
                Some(scalar) => (scalar_type(*scalar, imports), quote!(&#argument.to_string())),
            };
            // A value that is no text cannot be taken for an operation.
            let body = if beside.is_empty() || scalar.is_some() {
                quote!(self.key(#key))
            } else {
                let beside = beside.iter().map(|name| text(name));
                quote!(self.key_beside(#key, &[#(#beside),*]))
            };
            quote! {
                #docs
                #deprecated
                pub fn #name(self, #argument: #of) -> #to_type { #body }
            }
        }
        MethodKind::AlternateKey { arguments: of, to } => {
            let to_type = node_type(to, &quote!(S), imports);
            let to = shape(to.shape);
            let Arguments { generics, parameters, bindings, values } =
                arguments(of, client, imports);
            quote! {
                #docs
                #deprecated
                pub fn #name #generics (self, #parameters) -> #to_type {
                    #bindings
                    let mut key = self.path.alternate_key();
                    #(key.argument(#values);)*
                    #to::at(key.end())
                }
            }
        }
        MethodKind::Call { wire, arguments: of, to } => {
            let to_type = node_type(to, &quote!(S), imports);
            let to = shape(to.shape);
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
                    #to::at(call.end())
                }
            }
        }
        MethodKind::ByPath { argument, to } => {
            let argument = ident(argument);
            let to_type = node_type(to, &quote!(S), imports);
            let to = shape(to.shape);
            quote! {
                #docs
                #deprecated
                pub fn #name(self, #argument: impl AsRef<str>) -> #to_type {
                    #to::at(self.path.by_path(#argument.as_ref()))
                }
            }
        }
        MethodKind::Verb { operation, body: request, .. } => {
            let request_type = imports.path("msgraph_client::Request");
            let operation = operation_type(client, operation, imports);
            let (parameter, argument) = match request {
                Some((name, of)) => {
                    let name = ident(name);
                    let of = body(of, client.models.as_str(), imports);
                    (quote!(, #name: #of), quote!(#name))
                }
                None => (quote!(), quote!(())),
            };
            quote! {
                #docs
                #deprecated
                pub fn #name(self #parameter) -> #request_type<#operation> {
                    self.request(#argument)
                }
            }
        }
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

fn arguments(of: &[(Ident, PathArgument)], client: &Client, imports: &mut Imports) -> Arguments {
    let (mut parameters, mut bindings, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let mut has_lifetime = false;
    for (name, argument) in of {
        let (name, wire) = (ident(name), text(&argument.name));
        let value_type = match &argument.of {
            ArgumentType::Text => quote!(&'a str),
            ArgumentType::Scalar(scalar) => scalar_type(*scalar, imports),
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
    let body = example.body.as_ref().map(|of| value(of, models, &mut imports, Failing::Returns));
    let argument = body.is_some().then(|| quote!(body));
    let graph = quote!(graph);
    let call = call(&graph, example, argument, models, &mut imports, Failing::Returns);
    let bindings = bindings(example, models, &mut imports, Failing::Returns);
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
