//! `mod.rs` of a namespace: its modules, and the names of its types.

use msgraph_plan::{ModelType, Module, TypePath};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::schema::schema_name;
use super::{Types, waits_for};
use crate::print::{Imports, SourceFile, compare, ident, inner_docs};

/// The file.
pub(super) fn module(module: &Module, types: Types<'_>) -> Result<String, String> {
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
        let name = &model_type.path().file;
        let tokens = ident(name);
        let condition = waits_for(types.conditions.get(model_type.path()));
        modules.push((name.bare(), quote!(#condition pub(crate) mod #tokens;)));
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
        let mut paths: Vec<&TypePath> = module.types.iter().map(ModelType::path).collect();
        paths.sort_by(|a, b| compare(a.file.bare(), b.file.bare()));
        let uses = paths.into_iter().map(|path| {
            let condition = waits_for(types.conditions.get(path));
            let (file, name) = (ident(&path.file), ident(&path.name));
            quote!(#condition pub use #file::#name;)
        });
        file.item(uses.collect());
    }
    if let Some((may_wait, shown)) = values_of(module, types) {
        file.item(quote! {
            #may_wait
            #[doc(inline)]
            pub use #shown::*;
        });
    }
    file.print()
}

/// `schema.rs` of a namespace: the schemas of its types, by their names.
pub(super) fn schema(module: &Module, types: Types<'_>) -> Result<String, String> {
    let mut file = SourceFile::new(Imports::default());
    file.head = quote! {
        #![doc = " The properties of the types of this namespace, by the names of the types: `schema::User::DisplayName`."]
    };
    let mut paths: Vec<&TypePath> = module
        .types
        .iter()
        .filter(|model_type| !matches!(model_type, ModelType::Definition(_)))
        .map(ModelType::path)
        .collect();
    paths.sort_by(|a, b| compare(a.file.bare(), b.file.bare()));
    let uses = paths.into_iter().map(|path| {
        let (of, name) = (ident(&path.file), ident(&path.name));
        let schema = format_ident!("{}", schema_name(path));
        let condition = waits_for(types.conditions.get(path));
        if schema_name(path) == path.name.as_str() {
            quote!(#condition pub use super::#of::#schema;)
        } else {
            quote!(#condition pub use super::#of::#schema as #name;)
        }
    });
    file.item(uses.collect());
    if let Some((may_wait, shown)) = values_of(module, types) {
        file.item(quote! {
            #may_wait
            #[doc(inline)]
            pub use #shown::schema::*;
        });
    }
    file.print()
}

/// The module of the crate of values that is to be shown in `module`, if that has types there, with the attribute
/// that stands above it.
fn values_of(module: &Module, types: Types<'_>) -> Option<(TokenStream, TokenStream)> {
    let values = types.values?;
    let within: Vec<&TypePath> =
        values.types.iter().filter(|path| path.module == module.path).collect();
    if within.is_empty() {
        return None;
    }
    let may_wait = within.iter().any(|path| types.conditions.contains_key(path));
    let may_wait = may_wait
        .then(|| quote!(#[allow(unused_imports, reason = "what is shown may wait for features")]));
    let path = [&values.manifest.library].into_iter().chain(&module.path).map(ident);
    Some((may_wait.unwrap_or_default(), quote!(#(::#path)*)))
}
