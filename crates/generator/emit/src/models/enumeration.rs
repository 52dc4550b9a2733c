//! The file of an enumeration: the alias, its members, the schema.

use msgraph_plan::Enumeration;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{file_of, schema};
use crate::print::{deprecated, docs, ident, number};

/// The file.
pub(super) fn enumeration(of: &Enumeration) -> Result<String, String> {
    let mut file = file_of(&of.path);
    let name = ident(&of.path.name);
    let view = file.imports.path(if of.is_flags { "crate::Flags" } else { "crate::Enum" });
    let schema = format_ident!("{}", schema::schema_name(&of.path));
    let (type_docs, type_deprecated) = (docs(&of.docs), deprecated(of.deprecated.as_deref()));
    file.item(quote! {
        #type_docs
        #type_deprecated
        pub type #name = #view<#schema>;
    });
    let of_type = if of.is_flags && !of.constants.is_empty() {
        let one = file.imports.path("crate::Enum");
        quote!(#one<#schema>)
    } else {
        quote!(Self)
    };
    let member = match of.constants.as_slice() {
        [] => quote!(),
        _ => file.imports.path("crate::member"),
    };
    let constants: TokenStream = of
        .constants
        .iter()
        .zip(0_u16..)
        .map(|(constant, index)| {
            let name = ident(&constant.name);
            let docs = docs(&constant.docs);
            let deprecated = deprecated(constant.deprecated.as_deref());
            let index = number(index);
            quote! {
                #docs
                #deprecated
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
    let schema = schema::enumeration(of, &mut file.imports);
    file.item(schema);
    file.print()
}
