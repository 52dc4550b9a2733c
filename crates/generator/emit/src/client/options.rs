//! `options.rs`: what requests can ask for, where it is not everything.

use msgraph_plan::Client;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::print::{Imports, SourceFile, docs, ident};

/// The file.
pub(super) fn options(client: &Client) -> Result<String, String> {
    let mut imports = Imports::defining(client.options.iter().map(|of| &of.name));
    let runtime = imports.path("msgraph_client::options");
    let mut file = SourceFile::new(imports);
    file.head = quote!(
        #![doc = " What requests can ask for, where the metadata forbids some of it, or a header has to come with it."]
    );
    for of in &client.options {
        let name = ident(&of.name);
        let docs = docs(&of.docs);
        file.item(quote! {
            #docs
            pub enum #name {}
        });
        let eventual = of.is_eventual.then(|| {
            quote!(
                const IS_EVENTUAL: bool = true;
            )
        });
        let marks: TokenStream = of
            .marks
            .iter()
            .map(|mark| {
                let mark = Ident::new(mark, Span::call_site());
                quote!(impl #runtime::#mark for #name {})
            })
            .collect();
        file.item(quote! {
            impl #runtime::Options for #name { #eventual }
            #marks
        });
    }
    file.print()
}
