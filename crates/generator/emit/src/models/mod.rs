//! The crate of types and operations.

mod definition;
mod enumeration;
mod krate;
mod module;
pub(crate) mod operations;
mod schema;
pub(crate) mod structured;

use msgraph_plan::{ModelType, Models, Module, TypePath};
use proc_macro2::TokenStream;
use quote::quote;

use crate::manifest;
use crate::output::Output;
use crate::print::{Imports, SourceFile};

use self::schema::schema_name;

/// Adds all files of the crate.
pub(crate) fn emit<'plan>(models: &'plan Models, output: &mut Output<'plan>) {
    manifest::emit(&models.manifest, "models", output);
    output.add("models/src/lib.rs".to_owned(), || krate::lib(models));
    for module in &models.modules {
        emit_module(module, models, output);
    }
    operations::emit(models, output);
}

fn emit_module<'plan>(module: &'plan Module, models: &'plan Models, output: &mut Output<'plan>) {
    let names: Vec<&str> = module.path.iter().map(|name| name.bare()).collect();
    let folder = format!("models/src/{}", names.join("/"));
    output.add(format!("{folder}/mod.rs"), || module::module(module, models));
    if !module.types.is_empty() {
        output.add(format!("{folder}/schema.rs"), || module::schema(module, models));
    }
    for model_type in &module.types {
        let path = format!("{folder}/{}.rs", model_type.path().file.bare());
        output.add(path, || match model_type {
            ModelType::Structured(structured) => structured::structured(structured, models),
            ModelType::Enumeration(enumeration) => enumeration::enumeration(enumeration),
            ModelType::Definition(definition) => definition::definition(definition),
        });
    }
    for child in &module.children {
        emit_module(child, models, output);
    }
}

/// A file that defines a type and its schema.
fn file_of(path: &TypePath) -> SourceFile {
    let mut imports = Imports::defining([&path.name]).by_module();
    imports.define(schema_name(path));
    imports.define("TABLE");
    SourceFile::new(imports)
}

/// The attribute of what waits for several features.
pub(crate) fn waits_for_all(features: &[String]) -> TokenStream {
    match features {
        [] => TokenStream::new(),
        [feature] => quote!(#[cfg(feature = #feature)]),
        features => quote!(#[cfg(all(#(feature = #features),*))]),
    }
}

/// The attribute of what waits for a feature.
pub(crate) fn waits_for(feature: Option<&String>) -> TokenStream {
    match feature {
        Some(feature) => quote!(#[cfg(feature = #feature)]),
        None => TokenStream::new(),
    }
}
