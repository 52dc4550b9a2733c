//! The arguments of a builder's methods: what goes into the path, and what goes into the body.

use msgraph_plan::{ArgumentType, Body, Client, Ident, Need, PathArgument, Scalar};
use proc_macro2::TokenStream;
use quote::quote;

use crate::models::operations::body;
use crate::models::structured::scalar_type;
use crate::print::{Imports, ident, text};

/// The arguments of a method that go into a path.
pub(super) struct Arguments {
    /// The lifetime of texts that may be absent.
    pub(super) generics: TokenStream,
    pub(super) parameters: TokenStream,
    /// What gives the values their types.
    pub(super) bindings: TokenStream,
    /// Name and value of each.
    pub(super) values: Vec<TokenStream>,
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

/// Parameters and values of `of`: what may be absent is an option, by which the call leaves it out.
pub(super) fn arguments(
    of: &[(Ident, PathArgument)],
    client: &Client,
    imports: &mut Imports,
) -> Arguments {
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

/// The argument that is the body of a request.
pub(super) struct Payload {
    /// Behind the others; nothing where there is no body.
    pub(super) parameter: TokenStream,
    /// What is handed over.
    pub(super) argument: TokenStream,
    /// Its type.
    pub(super) of: TokenStream,
}

/// The body `of` a request, as an argument.
pub(super) fn payload(
    of: Option<&(Ident, Body)>,
    client: &Client,
    imports: &mut Imports,
) -> Payload {
    let Some((name, of)) = of else {
        return Payload { parameter: quote!(), argument: quote!(()), of: quote!(()) };
    };
    let name = ident(name);
    let is_optional = matches!(of, Body::Optional(_));
    let of = body(of, client.models.as_str(), imports);
    let (parameter, argument) = match is_optional {
        true => (quote!(, #name: impl Into<#of>), quote!(#name.into())),
        false => (quote!(, #name: #of), quote!(#name)),
    };
    Payload { parameter, argument, of }
}
