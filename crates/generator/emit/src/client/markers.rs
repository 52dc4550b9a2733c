//! `resources.rs` and `sites.rs`: types without values that tell builders apart.

use msgraph_plan::{Client, Marker};
use quote::quote;

use crate::models::waits_for;
use crate::print::{Imports, SourceFile, docs, ident};

/// The file.
pub(super) fn markers(what: &str, client: &Client, markers: &[Marker]) -> Result<String, String> {
    let defined = markers.iter().map(|marker| &marker.name);
    let mut imports = Imports::defining(defined);
    if client.has_conditions {
        imports.write_out(&client.models);
    }
    let mut file = SourceFile::new(imports);
    file.head = quote!(#![doc = #what]);
    for marker in markers {
        let name = ident(&marker.name);
        let docs = docs(&marker.docs);
        file.item(quote! {
            #docs
            pub enum #name {}
        });
        if let Some(model) = &marker.model {
            let entity = file.imports.path("crate::Entity");
            let model = file.imports.item(client.models.as_str(), &model.module, &model.name);
            let condition = waits_for(marker.condition.as_ref());
            file.item(quote!(#condition impl #entity for #name { type Model = #model; }));
            for base in &marker.bases {
                // Written out: an import would be left over where none of these is compiled.
                let base = ident(base);
                file.item(quote!(#condition impl crate::DerivesFrom<#base> for #name {}));
            }
        }
    }
    file.print()
}
