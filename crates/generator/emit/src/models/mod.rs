//! The crate of types and operations.

mod definition;
mod enumeration;
mod krate;
mod module;
pub(crate) mod operations;
mod schema;
pub(crate) mod structured;

use std::collections::BTreeMap;

use msgraph_plan::{ModelType, Models, Module, TypePath, Values};
use proc_macro2::TokenStream;
use quote::quote;

use crate::manifest;
use crate::output::Output;
use crate::print::{Imports, SourceFile};

use self::schema::schema_name;

/// A crate of types, as the files in it see it.
#[derive(Clone, Copy)]
struct Types<'plan> {
    folder: &'static str,
    modules: &'plan [Module],
    /// The feature that a type waits for.
    conditions: &'plan BTreeMap<TypePath, String>,
    /// The crate of values, whose types this one shows as its own.
    values: Option<&'plan Values>,
}

/// Adds all files of the crate, and of that of values within.
pub(crate) fn emit<'plan>(models: &'plan Models, output: &mut Output<'plan>) {
    manifest::emit(&models.manifest, "models", output);
    output.add("models/src/lib.rs".to_owned(), || krate::lib(models));
    operations::emit(models, output);
    let types = Types {
        folder: "models",
        modules: &models.modules,
        conditions: &models.conditions,
        values: models.values.as_ref(),
    };
    emit_modules(types, output);
    if let Some(values) = &models.values {
        manifest::emit(&values.manifest, "models/values", output);
        let lib = || krate::values(values, models.has_deprecated);
        output.add("models/values/src/lib.rs".to_owned(), lib);
        let (folder, modules) = ("models/values", &values.modules);
        emit_modules(Types { folder, modules, values: None, ..types }, output);
    }
}

fn emit_modules<'plan>(types: Types<'plan>, output: &mut Output<'plan>) {
    for module in types.modules {
        let names: Vec<&str> = module.path.iter().map(|name| name.bare()).collect();
        let folder = format!("{}/src/{}", types.folder, names.join("/"));
        output.add(format!("{folder}/mod.rs"), move || module::module(module, types));
        if !module.types.is_empty() {
            output.add(format!("{folder}/schema.rs"), move || module::schema(module, types));
        }
        for model_type in &module.types {
            let path = format!("{folder}/{}.rs", model_type.path().file.bare());
            output.add(path, move || match model_type {
                ModelType::Structured(structured) => structured::structured(structured, types),
                ModelType::Enumeration(enumeration) => enumeration::enumeration(enumeration),
                ModelType::Definition(definition) => definition::definition(definition),
            });
        }
        emit_modules(Types { modules: &module.children, ..types }, output);
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
