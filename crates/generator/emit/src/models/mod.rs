//! The crate of types and operations.

mod definition;
mod enumeration;
mod krate;
mod module;
pub(crate) mod operations;
mod schema;
mod structured;

use msgraph_plan::{ModelType, Models, Module, TypePath};
use proc_macro2::TokenStream;

use crate::manifest;
use crate::output::Output;
use crate::print::Imports;

/// Adds all files of the crate.
pub(crate) fn emit(models: &Models, output: &mut Output) {
    manifest::emit(&models.manifest, "models", output);
    output.add("models/src/lib.rs".to_owned(), krate::lib(models));
    for module in &models.modules {
        emit_module(module, output);
    }
    operations::emit(&models.operations, output);
}

fn emit_module(module: &Module, output: &mut Output) {
    let names: Vec<&str> = module.path.iter().map(|name| name.bare()).collect();
    let folder = format!("models/src/{}", names.join("/"));
    output.add(format!("{folder}/mod.rs"), module::module(module));
    if !module.types.is_empty() {
        output.add(format!("{folder}/schema.rs"), schema::schema(module));
    }
    for model_type in &module.types {
        let text = match model_type {
            ModelType::Structured(structured) => structured::structured(structured),
            ModelType::Enumeration(enumeration) => enumeration::enumeration(enumeration),
            ModelType::Definition(definition) => definition::definition(definition),
        };
        output.add(format!("{folder}/{}.rs", model_type.file().bare()), text);
    }
    for child in &module.children {
        emit_module(child, output);
    }
}

/// The marker of a type, which its file calls `Schema`; the file of a type of that name, `Marker`.
fn marker(path: &TypePath, imports: &mut Imports) -> TokenStream {
    let module: Vec<&str> = path.module.iter().map(|name| name.as_str()).collect();
    let alias = if path.name.as_str() == "Schema" { "Marker" } else { "Schema" };
    imports.renamed(&format!("crate::{}::schema::{}", module.join("::"), path.name), alias)
}
