//! The trait of a site, and the routes that lead to its methods.

use msgraph_plan::{
    ArgumentType, HandedOver, Ident, Need, PathParameter, PathValue, Route, Server, ServiceMethod,
    ServiceTrait,
};
use proc_macro2::TokenStream;
use quote::quote;

use crate::models::operations::{body, reply};
use crate::models::structured::scalar_type;
use crate::print::{Imports, SourceFile, deprecated, docs, ident, inner_docs, spaced, text};

/// The file.
pub(super) fn service(of: &ServiceTrait, server: &Server) -> Result<String, String> {
    let mut file = SourceFile::new(Imports::defining([&of.name]));
    file.head = inner_docs(&of.docs);
    let name = ident(&of.name);
    let docs = docs(&of.docs);
    let methods: Vec<TokenStream> =
        of.methods.iter().map(|of| method(of, server, &mut file.imports)).collect();
    let methods = spaced(methods);
    file.item(quote! {
        #docs
        pub trait #name: Send + Sync + 'static { #methods }
    });
    let guard = file.imports.path("msgraph_server::Guard");
    let routes = file.imports.path("msgraph_server::Routes");
    let adds = additions(of);
    let doc = format!(" Adds the routes that lead to [`{}`].", of.name.bare());
    file.item(quote! {
        #[doc = #doc]
        pub fn routes<S: #name, G: #guard>(all: #routes<S, G>) -> #routes<S, G> {
            #adds
        }
    });
    for route in &of.routes {
        if let Some(method) = of.methods.iter().find(|method| method.name == route.method) {
            let item = call(route, method, of, server, &mut file.imports);
            file.item(item);
        }
    }
    file.print()
}

/// The statements that add the routes, the last of them the value of the function.
fn additions(of: &ServiceTrait) -> TokenStream {
    let calls = of.routes.iter().map(|route| {
        let (template, call) = (text(&route.template), ident(&route.call));
        quote!(all.method(#template, #call))
    });
    let mut calls: Vec<TokenStream> = calls.collect();
    let last = calls.pop().unwrap_or_else(|| quote!(all));
    quote! {
        #(let all = #calls;)*
        #last
    }
}

/// What a route calls: takes the call apart for the method of the trait.
fn call(
    of: &Route,
    method: &ServiceMethod,
    service: &ServiceTrait,
    server: &Server,
    imports: &mut Imports,
) -> TokenStream {
    let (name, trait_name, method_name) =
        (ident(&of.call), ident(&service.name), ident(&method.name));
    let call_type = imports.path("msgraph_server::Call");
    let answering_type = imports.path("msgraph_server::Answering");
    let answering = imports.path("msgraph_server::answering");
    let operation = operation_type(server, &of.operation, imports);
    let is_key = |of: &&PathParameter| !matches!(of.value, PathValue::Argument(_));
    let keys = of.in_path.iter().filter(is_key).map(|key| ident(&key.name));
    let keys: Vec<TokenStream> = keys.collect();
    let typed = of.in_path.iter().filter_map(typed);
    let handed = of.handed_over.iter().map(handed_over);
    let take = (!keys.is_empty()).then(|| quote!(let [#(#keys),*] = call.path()?;));
    let options = method.options.as_ref().map(|(name, _)| ident(name));
    let take_options = options.as_ref().map(|name| quote!(let #name = call.parameters()?;));
    let options = options.map(|name| quote!(#name,));
    let body = of.has_body.then(|| quote!(call.body,));
    quote! {
        fn #name<S: #trait_name>(
            service: &S,
            call: #call_type<#operation>,
        ) -> #answering_type<'_, #operation> {
            #take
            #(#typed)*
            #take_options
            let answer = S::#method_name(service, #(#handed,)* #options #body call.context);
            #answering(answer)
        }
    }
}

fn method(of: &ServiceMethod, server: &Server, imports: &mut Imports) -> TokenStream {
    let name = ident(&of.name);
    let (docs, deprecated) = (docs(&of.docs), deprecated(of.deprecated.as_deref()));
    let parameters = parameters(of, server, imports);
    let names: Vec<TokenStream> = arguments(of);
    let reply = reply(&of.reply, server.models.as_str(), imports);
    let result = imports.path("crate::Result");
    let not_implemented = imports.path("msgraph_server::not_implemented");
    let operation = operation_type(server, &of.operation, imports);
    let unused = names.iter().map(|name| quote!(let _ = #name;));
    quote! {
        #docs
        #deprecated
        fn #name(&self, #(#parameters),*) -> impl Future<Output = #result<#reply>> + Send {
            #(#unused)*
            #not_implemented::<#operation>()
        }
    }
}

/// The statement that reads what is not the text of a key.
fn typed(parameter: &PathParameter) -> Option<TokenStream> {
    let (name, wire) = (ident(&parameter.name), text(&parameter.wire));
    Some(match &parameter.value {
        PathValue::Text => return None,
        PathValue::Key(_) => quote!(let #name = call.key(#wire, &#name)?;),
        PathValue::Argument(argument) => match argument.need {
            Need::Required => quote!(let #name = call.argument(#wire)?;),
            Need::Nullable | Need::Optional => quote!(let #name = call.optional(#wire)?;),
        },
    })
}

/// The type of a key or an argument.
pub(super) fn key_type(
    parameter: &PathParameter,
    server: &Server,
    imports: &mut Imports,
) -> TokenStream {
    let value = match &parameter.value {
        PathValue::Text => quote!(String),
        PathValue::Key(scalar) => scalar_type(*scalar, imports),
        PathValue::Argument(argument) => match &argument.of {
            ArgumentType::Text => quote!(String),
            ArgumentType::Scalar(scalar) => scalar_type(*scalar, imports),
            ArgumentType::Enumeration(path) => {
                imports.item(server.models.as_str(), &path.module, &path.name)
            }
            ArgumentType::Texts => quote!(Vec<String>),
        },
    };
    let is_optional = parameter.is_optional || parameter.may_lack_value();
    if is_optional { quote!(Option<#value>) } else { value }
}

/// The argument that stands for a key.
fn handed_over(key: &HandedOver<Ident>) -> TokenStream {
    match key {
        HandedOver::Key(name) => ident(name),
        HandedOver::Some(name) => {
            let name = ident(name);
            quote!(Some(#name))
        }
        HandedOver::None => quote!(None),
    }
}

/// Keys, parameters, body, context: the arguments of the method.
fn arguments(of: &ServiceMethod) -> Vec<TokenStream> {
    of.parameters
        .iter()
        .map(|parameter| &parameter.name)
        .chain(of.options.as_ref().map(|(name, _)| name))
        .chain(of.body.as_ref().map(|(name, _)| name))
        .chain([&of.context])
        .map(ident)
        .collect()
}

/// The arguments with their types.
pub(super) fn parameters(
    of: &ServiceMethod,
    server: &Server,
    imports: &mut Imports,
) -> Vec<TokenStream> {
    let mut out: Vec<TokenStream> = of
        .parameters
        .iter()
        .map(|parameter| {
            let name = ident(&parameter.name);
            let of = key_type(parameter, server, imports);
            quote!(#name: #of)
        })
        .collect();
    if let Some((name, path)) = &of.options {
        let name = ident(name);
        let of = imports.item(server.models.as_str(), &path.module, &path.name);
        out.push(quote!(#name: #of));
    }
    if let Some((name, of)) = &of.body {
        let name = ident(name);
        let of = body(of, server.models.as_str(), imports);
        out.push(quote!(#name: #of));
    }
    let context = ident(&of.context);
    let context_type = imports.path("msgraph_server::Context");
    out.push(quote!(#context: #context_type));
    out
}

/// `CreateThreads`, from its module in the crate of models.
pub(super) fn operation_type(
    server: &Server,
    path: &[Ident],
    imports: &mut Imports,
) -> TokenStream {
    let path: Vec<&str> = path.iter().map(Ident::as_str).collect();
    imports.path(&format!("{}::operations::{}", server.models, path.join("::")))
}
