//! `src/lib.rs` of the client: the root of all paths.

use std::cmp::Ordering;

use msgraph_plan::{BuilderMethod, Client, Ident, MethodKind};
use proc_macro2::TokenStream;
use quote::quote;

use super::builder::{method_docs, root_type};
use crate::print::{Imports, SourceFile, compare, deprecated, ident, spaced, text};

/// The root: lints, the builders' types, `Graph`.
pub(super) fn lib(client: &Client) -> Result<String, String> {
    let mut file = SourceFile::root(&client.docs, client.has_deprecated);
    let models = ident(&client.models);
    // What waits for a feature leaves behind what it uses.
    let leftovers = client.has_conditions.then(|| {
        quote!(#[cfg_attr(not(feature = "full"), allow(unused_imports, reason = "a feature that is off leaves them"))])
    });
    file.item(quote! {
        #leftovers
        mod builders;
        pub mod resources;
        pub mod sites;
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
    file.item(quote! {
        msgraph_client::builders!();
        #undocumented
    });
    let version = format!(" The root of the service: `{}`.", client.base_url);
    file.item(quote! {
        #[doc = #version]
        #[derive(Clone, Debug)]
        pub struct Graph {
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
    methods
        .extend(client.roots.iter().filter_map(|of| root(of, &client.models, &mut file.imports)));
    let methods = spaced(methods);
    file.item(quote!(impl Graph { #methods }));
    file.print()
}

fn root(of: &BuilderMethod, models: &Ident, imports: &mut Imports) -> Option<TokenStream> {
    let MethodKind::Segment { wire, to } = &of.kind else {
        return None;
    };
    let name = ident(&of.name);
    let docs = method_docs(of, models);
    let deprecated = deprecated(of.deprecated.as_deref());
    let to_type = root_type(to);
    let path = imports.path("msgraph_client::Path");
    let wire = text(wire);
    Some(quote! {
        #docs
        #deprecated
        pub fn #name(&self) -> #to_type {
            step(#path::root(&self.client), #wire)
        }
    })
}
