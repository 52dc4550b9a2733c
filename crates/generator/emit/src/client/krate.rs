//! `src/lib.rs` of the client: the root of all paths.

use std::cmp::Ordering;

use msgraph_plan::{BuilderMethod, Client, MethodKind};
use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::parameter_value;
use super::example::method_docs;
use super::node::root_type;
use crate::print::{Imports, SourceFile, compare, deprecated, ident, spaced, text};

/// The root: lints, the builders' types, `Graph`.
pub(super) fn lib(client: &Client) -> Result<String, String> {
    let mut file = SourceFile::root(&client.docs, client.has_deprecated);
    let models = ident(&client.models);
    // What waits for a feature leaves behind what it uses.
    let leftovers = client.has_conditions.then(|| {
        quote!(#[cfg_attr(not(feature = "full"), allow(unused_imports, reason = "a feature that is off leaves them"))])
    });
    let markers = match client.is_of_segments {
        true => quote!(
            pub mod paths;
        ),
        false => quote!(
            pub mod resources;
            pub mod sites;
        ),
    };
    let options = (!client.options.is_empty()).then(|| {
        quote!(
            pub mod options;
        )
    });
    file.item(quote! {
        #leftovers
        mod builders;
        #options
        #markers
    });
    let runtime = quote! {
        pub use msgraph_client::{
            self as runtime, Client, Credential, Error, Request, Response, StaticToken, Token,
        };
    };
    let alias = quote!(pub use #models as models;);
    file.item(match compare(client.models.bare(), "msgraph_client") {
        Ordering::Less => quote!(#alias #runtime),
        Ordering::Equal | Ordering::Greater => quote!(#runtime #alias),
    });
    let undocumented = client.is_whole.then(|| quote!(msgraph_client::undocumented!();));
    let builders = match client.is_of_segments {
        true => quote!(msgraph_client::segments!();),
        false => quote!(msgraph_client::builders!();),
    };
    file.item(quote! {
        #builders
        #undocumented
    });
    let name = ident(&client.root);
    let version = format!(" The root of the service: `{}`.", client.base_url);
    file.item(quote! {
        #[doc = #version]
        #[derive(Clone, Debug)]
        pub struct #name {
            client: Client,
        }
    });
    let base_url = text(&client.base_url);
    let mut methods = vec![
        quote! {
            /// Where the real service is.
            pub const BASE_URL: &'static str = #base_url;
        },
        quote! {
            /// The real service, called as `credential` says.
            ///
            /// # Errors
            /// The client cannot be built, for instance since the system has no certificates.
            pub fn new(credential: impl Credential) -> Result<Self, Error> {
                let client = Client::builder().base_url(Self::BASE_URL).credential(credential);
                Ok(Self::with_client(client.build()?))
            }
        },
        quote! {
            /// The service that `client` calls.
            pub fn with_client(client: Client) -> Self {
                Self { client }
            }
        },
        quote! {
            /// The client, for requests that no builder covers.
            pub fn client(&self) -> &Client {
                &self.client
            }
        },
    ];
    methods.extend(client.roots.iter().filter_map(|of| root(of, client, &mut file.imports)));
    let methods = spaced(methods);
    file.item(quote!(impl #name { #methods }));
    file.print()
}

fn root(of: &BuilderMethod, client: &Client, imports: &mut Imports) -> Option<TokenStream> {
    let name = ident(&of.name);
    let docs = method_docs(of, &client.models);
    let deprecated = deprecated(of.deprecated.as_deref());
    let path = imports.path("msgraph_client::Path");
    let (argument, to, step) = match &of.kind {
        MethodKind::Segment { wire, to } => {
            let wire = text(wire);
            (quote!(), to, quote!(step(#path::root(&self.client), #wire)))
        }
        MethodKind::Parameter { argument, scalar, to } => {
            let argument = ident(argument);
            let (of, value) = parameter_value(&argument, *scalar, client, imports);
            (quote!(, #argument: #of), to, quote!(parameter(#path::root(&self.client), #value)))
        }
        _ => return None,
    };
    let to_type = root_type(to);
    Some(quote! {
        #docs
        #deprecated
        pub fn #name(&self #argument) -> #to_type {
            #step
        }
    })
}
