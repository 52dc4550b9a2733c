//! The file of a type definition: a primitive type under another name.

use msgraph_plan::{Shape, TypeDefinition};
use quote::quote;

use super::structured::scalar_type;
use crate::print::{Imports, SourceFile, docs, ident};

/// The file.
pub(super) fn definition(of: &TypeDefinition) -> Result<String, String> {
    let mut file = SourceFile::new(Imports::defining([&of.path.name]));
    let name = ident(&of.path.name);
    let docs = docs(&of.docs);
    let underlying = match &of.shape {
        Shape::Scalar(scalar) => scalar_type(*scalar, &mut file.imports),
        Shape::Text => quote!(String),
        _ => file.imports.path("msgraph_core::edm::Json"),
    };
    file.item(quote! {
        #docs
        pub type #name = #underlying;
    });
    file.print()
}
