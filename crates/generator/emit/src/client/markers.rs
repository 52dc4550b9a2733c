//! `resources.rs` and `sites.rs`: types without values that tell builders apart.

use msgraph_plan::Marker;
use quote::quote;

use crate::models::waits_for;
use crate::print::{Imports, SourceFile, docs, ident};

/// The file.
pub(super) fn markers(what: &str, markers: &[Marker]) -> Result<String, String> {
    let defined = markers.iter().map(|marker| &marker.name);
    let mut file = SourceFile::new(Imports::defining(defined));
    file.head = quote!(#![doc = #what]);
    for marker in markers {
        let name = ident(&marker.name);
        let docs = docs(&marker.docs);
        file.item(quote! {
            #docs
            pub enum #name {}
        });
        if let Some(model) = &marker.model {
            // Written out: an import would be left over where none of these is compiled.
            let model = model.module.iter().chain([&model.name]).map(ident);
            let model = quote!(crate::models #(::#model)*);
            let condition = waits_for(marker.condition.as_ref());
            file.item(quote!(#condition impl crate::Entity for #name { type Model = #model; }));
            for base in &marker.bases {
                let base = ident(base);
                file.item(quote!(#condition impl crate::DerivesFrom<#base> for #name {}));
            }
        }
    }
    file.print()
}
