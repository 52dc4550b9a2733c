//! The file of an enumeration: the alias and its members.

use msgraph_plan::Enumeration;
use proc_macro2::TokenStream;
use quote::quote;

use super::marker;
use crate::print::{Imports, SourceFile, deprecated, docs, ident, number};

/// The file.
pub(super) fn enumeration(of: &Enumeration) -> Result<String, String> {
    let mut file = SourceFile::new(Imports::defining([&of.path.name]));
    let name = ident(&of.path.name);
    let view = file.imports.path(if of.is_flags { "crate::Flags" } else { "crate::Enum" });
    let schema = marker(&of.path, &mut file.imports);
    let (type_docs, type_deprecated) = (docs(&of.docs), deprecated(of.deprecated.as_deref()));
    file.item(quote! {
        #type_docs
        #type_deprecated
        pub type #name = #view<#schema>;
    });
    let (of_type, member) = if of.is_flags && !of.constants.is_empty() {
        let one = file.imports.path("crate::Enum");
        (quote!(#one<#schema>), quote!(#one::member))
    } else {
        (quote!(Self), quote!(Self::member))
    };
    let constants: TokenStream = of
        .constants
        .iter()
        .zip(0_u16..)
        .map(|(constant, index)| {
            let name = ident(&constant.name);
            let docs = docs(&constant.docs);
            let index = number(index);
            quote! {
                #docs
                pub const #name: #of_type = #member(#index);
            }
        })
        .collect();
    if !constants.is_empty() {
        file.item(quote! {
            #[allow(non_upper_case_globals, reason = "they are read as the variants of an enum")]
            impl #name { #constants }
        });
    }
    file.print()
}
