//! `mod.rs` of a namespace: its modules, and the names of its types.

use msgraph_plan::{Ident, Module};
use proc_macro2::TokenStream;
use quote::quote;

use crate::print::{Imports, SourceFile, compare, ident, inner_docs};

/// The file.
pub(super) fn module(module: &Module) -> Result<String, String> {
    let mut file = SourceFile::new(Imports::default());
    file.head = inner_docs(&module.docs);
    let mut modules: Vec<(&str, TokenStream)> = Vec::new();
    for child in &module.children {
        if let Some(name) = child.path.last() {
            let tokens = ident(name);
            modules.push((name.bare(), quote!(pub mod #tokens;)));
        }
    }
    for model_type in &module.types {
        let name = model_type.file();
        let tokens = ident(name);
        modules.push((name.bare(), quote!(mod #tokens;)));
    }
    if !module.types.is_empty() {
        modules.push((
            "schema",
            quote!(
                pub mod schema;
            ),
        ));
    }
    modules.sort_by_key(|(name, _)| *name);
    file.item(modules.into_iter().map(|(_, tokens)| tokens).collect());
    if !module.types.is_empty() {
        let mut types: Vec<(&Ident, &Ident)> = module
            .types
            .iter()
            .map(|model_type| (model_type.file(), &model_type.path().name))
            .collect();
        types.sort_by(|(a, _), (b, _)| compare(a.bare(), b.bare()));
        let uses = types.into_iter().map(|(file, name)| {
            let (file, name) = (ident(file), ident(name));
            quote!(pub use #file::#name;)
        });
        file.item(uses.collect());
    }
    file.print()
}
