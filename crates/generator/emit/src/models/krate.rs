//! `src/lib.rs` of the crate of models.

use msgraph_plan::Models;
use quote::quote;

use crate::print::{SourceFile, ident};

/// The root: lints, the views, the modules.
pub(super) fn lib(models: &Models) -> Result<String, String> {
    let mut file = SourceFile::root(&models.docs, models.has_deprecated);
    let mut modules: Vec<_> =
        models.modules.iter().filter_map(|module| module.path.last()).collect();
    modules.sort_by_key(|name| name.bare());
    let mut declarations = quote!();
    let mut has_operations = models.operations.is_empty();
    let operations = quote!(
        pub mod operations;
    );
    for module in modules {
        if !has_operations && module.bare() > "operations" {
            declarations.extend(operations.clone());
            has_operations = true;
        }
        let name = ident(module);
        declarations.extend(quote!(pub mod #name;));
    }
    if !has_operations {
        declarations.extend(operations);
    }
    file.item(declarations);
    file.item(quote!(
        pub use msgraph_core::{self as runtime, List, Operation, Schema, edm};
    ));
    file.item(quote!(msgraph_core::views!();));
    file.print()
}
