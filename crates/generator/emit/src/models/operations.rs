//! The modules of operations.

use msgraph_plan::{
    Body, Grant, Ident, Models, Operation, OperationModule, ParameterLocation, Parameters,
    Permissions, Reply, ReplyKind, Scalar, Shape,
};
use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::structured::scalar_type;
use super::waits_for;
use crate::output::Output;
use crate::print::{Imports, SourceFile, docs, ident, inner_docs, link_docs, number, spaced, text};

/// Adds the files.
pub(super) fn emit<'plan>(models: &'plan Models, output: &mut Output<'plan>) {
    if models.operations.is_empty() {
        return;
    }
    output.add("models/src/operations/mod.rs".to_owned(), || root(models));
    for module in &models.operations {
        emit_module(module, output);
    }
}

/// `mod.rs`
fn root(models: &Models) -> Result<String, String> {
    let mut file = SourceFile::new(Imports::default());
    file.head = quote! {
        #![doc = " The operations, by the static segments of their paths."]
    };
    let condition = |name: &Ident| waits_for(models.operation_conditions.get(name));
    file.item(declarations(&models.operations, condition));
    file.print()
}

fn emit_module<'plan>(module: &'plan OperationModule, output: &mut Output<'plan>) {
    let names: Vec<&str> = module.path.iter().map(|name| name.bare()).collect();
    let path = format!("models/src/operations/{}.rs", names.join("/"));
    output.add(path, || operations(module));
    for child in &module.children {
        emit_module(child, output);
    }
}

/// The file of a module.
fn operations(module: &OperationModule) -> Result<String, String> {
    let defined = module.operations.iter().map(|operation| &operation.name);
    let mut file = SourceFile::new(Imports::defining(defined));
    file.head = inner_docs(&module.docs);
    if !module.children.is_empty() {
        file.item(declarations(&module.children, |_| TokenStream::new()));
    }
    for of in &module.operations {
        let item = operation(of, &mut file.imports);
        file.item(item);
    }
    file.print()
}

fn declarations(
    modules: &[OperationModule],
    condition: impl Fn(&Ident) -> TokenStream,
) -> TokenStream {
    let mut names: Vec<&Ident> = modules.iter().filter_map(|module| module.path.last()).collect();
    names.sort_by_key(|name| name.bare());
    names
        .into_iter()
        .map(|name| {
            let condition = condition(name);
            let name = ident(name);
            quote!(#condition pub mod #name;)
        })
        .collect()
}

fn operation(of: &Operation, imports: &mut Imports) -> TokenStream {
    let name = ident(&of.name);
    let docs = if of.docs.is_empty() {
        link_docs(&format!("`{} {}`", of.method, of.path))
    } else {
        docs(&of.docs)
    };
    let aliases = of.aliases.iter().map(|alias| quote!(#[doc(alias = #alias)]));
    let trait_name = imports.path("msgraph_core::Operation");
    let spec_type = imports.path("msgraph_core::Spec");
    let method_type = imports.path("msgraph_core::Method");
    let permissions_type = imports.path("msgraph_core::Permissions");
    let (id, path) = (text(&of.id), text(&of.path));
    let method = proc_macro2::Ident::new(of.method, Span::call_site());
    let page = match &of.page {
        Some(page) => quote!(Some(#page)),
        None => quote!(None),
    };
    let permissions = permissions(&of.permissions, &permissions_type, imports);
    let request = match &of.request {
        Some(request) => body(request, "crate", imports),
        None => quote!(()),
    };
    let response = reply(&of.reply, "crate", imports);
    let mut items = vec![
        quote! {
            #docs
            #(#aliases)*
            pub enum #name {}
        },
        quote! {
            impl #trait_name for #name {
                const SPEC: #spec_type = #spec_type {
                    name: #id,
                    method: &#method_type::#method,
                    path: #path,
                    permissions: #permissions,
                    docs: #page,
                };
                type Request = #request;
                type Response = #response;
            }
        },
    ];
    items.extend(of.parameters.as_ref().map(|parameters| placed(of, parameters, imports)));
    spaced(items)
}

/// Where the parameters of an operation stand.
fn placed(of: &Operation, parameters: &Parameters, imports: &mut Imports) -> TokenStream {
    let name = ident(&of.name);
    let parameterized = imports.path("msgraph_core::Parameterized");
    let parameter = imports.path("msgraph_core::Parameter");
    let object = imports.item("crate", &parameters.path.module, &parameters.path.name);
    let all = parameters.placed.iter().map(|of| {
        let name = text(&of.name);
        let location = match of.location {
            ParameterLocation::Query => "query",
            ParameterLocation::Header => "header",
            ParameterLocation::Cookie => "cookie",
        };
        let location = proc_macro2::Ident::new(location, Span::call_site());
        let separator = of.separator.map(|separator| quote!(.separated_by(#separator)));
        let required = of.is_required.then(|| quote!(.required()));
        quote!(#parameter::#location(#name)#separator #required)
    });
    quote! {
        impl #parameterized for #name {
            type Parameters = #object;
            const PARAMETERS: &'static [#parameter] = &[#(#all),*];
        }
    }
}

fn permissions(of: &Permissions, name: &TokenStream, imports: &mut Imports) -> TokenStream {
    let all = [&of.delegated_work, &of.delegated_personal, &of.application];
    if all.iter().all(|grant| **grant == Grant::Undocumented) {
        return quote!(#name::UNDOCUMENTED);
    }
    if all.iter().all(|grant| **grant == Grant::NoneNeeded) {
        return quote!(#name::NONE_NEEDED);
    }
    let grant_type = imports.path("msgraph_core::Grant");
    let grant = |grant: &Grant| match grant {
        Grant::Undocumented => quote!(#grant_type::Undocumented),
        Grant::NotSupported => quote!(#grant_type::NotSupported),
        Grant::NoneNeeded => quote!(#grant_type::NoneNeeded),
        Grant::OneOf(names) => {
            let names = names.iter().map(|name| text(name));
            quote!(#grant_type::OneOf(&[#(#names),*]))
        }
        Grant::OneOfSets(sets) => {
            let sets = sets.iter().map(|set| {
                let names = set.iter().map(|name| text(name));
                quote!(&[#(#names),*])
            });
            quote!(#grant_type::OneOfSets(&[#(#sets),*]))
        }
    };
    let (work, personal) = (grant(&of.delegated_work), grant(&of.delegated_personal));
    let application = grant(&of.application);
    quote! {
        #name {
            delegated_work: #work,
            delegated_personal: #personal,
            application: #application,
        }
    }
}

/// The type of a body; `models` is the crate of models as the file sees it.
pub(crate) fn body(of: &Body, models: &str, imports: &mut Imports) -> TokenStream {
    match of {
        Body::Object(path) => imports.item(models, &path.module, &path.name),
        Body::Page(path) => {
            let page = imports.path("msgraph_core::Page");
            let item = imports.item(models, &path.module, &path.name);
            quote!(#page<#item>)
        }
        Body::Optional(of) => {
            let of = body(of, models, imports);
            quote!(Option<#of>)
        }
        Body::Json => of_runtime("Json", models, imports),
        Body::Count => of_runtime("Count", models, imports),
        Body::Content => of_runtime("Content", models, imports),
        Body::Reference => of_runtime("Reference", models, imports),
        Body::References => {
            let page = of_runtime("Page", models, imports);
            let reference = of_runtime("Reference", models, imports);
            quote!(#page<#reference>)
        }
        Body::Array(path) => {
            let array = of_runtime("Array", models, imports);
            let item = imports.item(models, &path.module, &path.name);
            quote!(#array<#item>)
        }
        Body::Plain(shape) => {
            let plain = of_runtime("Plain", models, imports);
            let of = element(shape, models, imports);
            quote!(#plain<#of>)
        }
        Body::Plains(shape) => {
            let plains = of_runtime("Plains", models, imports);
            let of = element(shape, models, imports);
            quote!(#plains<#of>)
        }
        Body::Single(shape) => {
            let single = of_runtime("Single", models, imports);
            let of = element(shape, models, imports);
            quote!(#single<#of>)
        }
        Body::Values(shape) => {
            let values = of_runtime("Values", models, imports);
            let of = element(shape, models, imports);
            quote!(#values<#of>)
        }
    }
}

/// A type of the runtime: the crate of models has it for those that do not know the runtime.
fn of_runtime(name: &str, models: &str, imports: &mut Imports) -> TokenStream {
    match models {
        "crate" => imports.path(&format!("msgraph_core::{name}")),
        models => imports.path(&format!("{models}::runtime::{name}")),
    }
}

/// The type of one value.
fn element(of: &Shape, models: &str, imports: &mut Imports) -> TokenStream {
    match of {
        Shape::Text => quote!(String),
        Shape::Scalar(Scalar::Edm(name)) => of_runtime(&format!("edm::{name}"), models, imports),
        Shape::Scalar(scalar) => scalar_type(*scalar, imports),
        Shape::Json => of_runtime("Json", models, imports),
        Shape::Object(path) | Shape::Enumeration(path) | Shape::Flags(path) => {
            imports.item(models, &path.module, &path.name)
        }
    }
}

/// The type of all responses.
pub(crate) fn reply(of: &Reply, models: &str, imports: &mut Imports) -> TokenStream {
    let first = one_reply(of, models, imports);
    let Some(otherwise) = &of.otherwise else { return first };
    let otherwise = reply(otherwise, models, imports);
    let one_of = imports.path("msgraph_core::OneOf");
    quote!(#one_of<#first, #otherwise>)
}

fn one_reply(of: &Reply, models: &str, imports: &mut Imports) -> TokenStream {
    let body = of.body.as_ref().map(|of| body(of, models, imports));
    let of_body = body.clone().unwrap_or_else(|| quote!(()));
    match of.kind {
        ReplyKind::Success => {
            let name = imports.path("msgraph_core::Success");
            quote!(#name<#of_body>)
        }
        ReplyKind::Created => {
            let name = imports.path("msgraph_core::Created");
            quote!(#name<#of_body>)
        }
        ReplyKind::Accepted => {
            let name = imports.path("msgraph_core::Accepted");
            match body {
                Some(body) => quote!(#name<#body>),
                None => name,
            }
        }
        ReplyKind::Preferred => {
            let name = imports.path("msgraph_core::Preferred");
            quote!(#name<#of_body>)
        }
        ReplyKind::NoContent => imports.path("msgraph_core::NoContent"),
        ReplyKind::Found => imports.path("msgraph_core::Found"),
        ReplyKind::Status(status) => {
            let name = imports.path("msgraph_core::Status");
            let status = number(status);
            match body {
                Some(body) => quote!(#name<#status, #body>),
                None => quote!(#name<#status>),
            }
        }
    }
}
