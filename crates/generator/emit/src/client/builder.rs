//! The builders of one resource: what leads deeper, and the verbs.

use msgraph_plan::{Builder, Client, Ident, NodeShape};
use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::method::method;
use super::node::node_type;
use crate::print::{Imports, SourceFile, ident, inner_docs, spaced};

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
