//! `src/lib.rs` of the server: the traits, the service that has them all, the router.

use msgraph_plan::Server;
use quote::quote;

use crate::print::{SourceFile, compare, ident, text};

/// The root.
pub(super) fn lib(server: &Server) -> Result<String, String> {
    let mut file = SourceFile::root(&server.docs, server.has_deprecated);
    // `self`, the keys, a body, the context: as many as clippy lets pass.
    let methods = || server.services.iter().flat_map(|service| &service.methods);
    if methods().any(|of| of.parameters.len() + usize::from(of.body.is_some()) > 5) {
        file.head.extend(quote! {
            #![allow(clippy::too_many_arguments, reason = "a path can have many keys")]
        });
    }
    let mut services: Vec<_> = server.services.iter().collect();
    services.sort_by_key(|service| service.file.bare());
    let modules = services.iter().map(|service| {
        let name = ident(&service.file);
        quote!(pub mod #name;)
    });
    file.item(modules.collect());
    let models = ident(&server.models);
    let mut reexports: Vec<(String, _)> = services
        .iter()
        .map(|service| {
            let (file, name) = (ident(&service.file), ident(&service.name));
            (service.file.bare().to_owned(), quote!(pub use #file::#name;))
        })
        .collect();
    reexports.push((
        "msgraph_core".to_owned(),
        quote!(
            pub use msgraph_core::{Accepted, Created, Found, NoContent, Preferred, Status, Success};
        ),
    ));
    reexports.push((
        "msgraph_server".to_owned(),
        quote!(
            pub use msgraph_server::{
                self as runtime, Base, Context, Guard, Principal, PrincipalKind, Refusal, Router,
                ServiceError, StaticTokens,
            };
        ),
    ));
    reexports.push((server.models.bare().to_owned(), quote!(pub use #models as models;)));
    reexports.sort_by(|(a, _), (b, _)| compare(a, b));
    file.item(reexports.into_iter().map(|(_, tokens)| tokens).collect());
    let routes = file.imports.path("msgraph_server::Routes");
    let mut traits: Vec<_> = services.iter().map(|service| ident(&service.name)).collect();
    if traits.is_empty() {
        // What every trait of a service asks for; there is none here to ask.
        traits.push(quote!(Send + Sync + 'static));
    }
    let prefix = text(&server.prefix);
    let doc = format!(
        " The routes of a service that answers all operations, below `{}`; `guard` decides who may call.",
        server.prefix
    );
    let base = match server.is_odata {
        true => quote!(Base::new(#prefix)),
        false => quote!(Base::new(#prefix).without_odata()),
    };
    let mut adds: Vec<_> = services
        .iter()
        .map(|service| {
            let file = ident(&service.file);
            quote!(#file::routes(routes))
        })
        .collect();
    let last = adds.pop();
    let new = quote!(#routes::new(BASE, service, guard));
    let body = match last {
        Some(last) => quote! {
            let routes = #new;
            #(let routes = #adds;)*
            #last
        },
        None => new,
    };
    file.item(quote! {
        #[doc = #doc]
        ///
        /// They can be told more, such as limits, before they become a service or a router.
        pub fn routes<S, G: Guard>(service: S, guard: G) -> #routes<S, G>
        where
            #(S: #traits,)*
        {
            #body
        }
    });
    file.item(quote! {
        /// These routes as a router of axum.
        pub fn router<S>(service: S, guard: impl Guard) -> Router
        where
            #(S: #traits,)*
        {
            routes(service, guard).into_router()
        }
    });
    file.item(quote! {
        /// What a method answers: a documented response, or an error.
        pub type Result<T> = std::result::Result<T, ServiceError>;
    });
    file.item(quote! {
        /// What stands in front of every path.
        pub const BASE: Base = #base;
    });
    file.print()
}
