//! `resources.rs` and `sites.rs`: types without values that tell builders apart.

use msgraph_plan::Marker;
use quote::quote;

use crate::print::{Imports, SourceFile, docs, ident};

/// The file.
pub(super) fn markers(what: &str, markers: &[Marker]) -> Result<String, String> {
    let mut file = SourceFile::new(Imports::default());
    file.head = quote!(#![doc = #what]);
    for marker in markers {
        let name = ident(&marker.name);
        let docs = docs(&marker.docs);
        file.item(quote! {
            #docs
            pub enum #name {}
        });
    }
    file.print()
}
