//! `src/lib.rs` of the crate of models.

use msgraph_plan::{Models, Module, Values};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::print::{SourceFile, ident};

/// The root: lints, the views, the modules.
pub(super) fn lib(models: &Models) -> Result<String, String> {
    let mut file = SourceFile::root(&models.docs, models.has_deprecated);
    let mut modules = names(&models.modules);
    if !models.operations.is_empty() {
        modules.push(("operations", quote!(operations)));
    }
    file.item(declarations(modules));
    file.item(quote!(
        pub use msgraph_core::{self as runtime, List, Operation, Schema, edm};
    ));
    file.item(match &models.values {
        Some(values) => {
            let library = ident(&values.manifest.library);
            quote!(msgraph_core::views!(enumerations of #library);)
        }
        None => quote!(msgraph_core::views!();),
    });
    file.print()
}

/// The root of the crate of values: lints, the views, the modules.
pub(super) fn values(values: &Values, has_deprecated: bool) -> Result<String, String> {
    let mut file = SourceFile::root(&values.docs, has_deprecated);
    file.item(declarations(names(&values.modules)));
    file.item(quote!(msgraph_core::views!();));
    file.print()
}

fn names(modules: &[Module]) -> Vec<(&str, TokenStream)> {
    let names = modules.iter().filter_map(|module| module.path.last());
    names.map(|name| (name.bare(), ident(name).to_token_stream())).collect()
}

fn declarations(mut modules: Vec<(&str, TokenStream)>) -> TokenStream {
    modules.sort_by_key(|(name, _)| *name);
    modules.into_iter().map(|(_, name)| quote!(pub mod #name;)).collect()
}
