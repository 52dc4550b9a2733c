//! The part of a type's file that the engine reads it by: its schema, and its table.

use msgraph_plan::{Enumeration, Ident, Member, Shape, Structured, TypePath};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Types, waits_for};
use crate::print::{Imports, deprecated, ident, link_docs, number, spaced, text};

/// What the file of a type calls its schema; the file of a type of that very name, `Marker`.
pub(super) fn schema_name(path: &TypePath) -> &'static str {
    if path.name.as_str() == "Schema" { "Marker" } else { "Schema" }
}

/// The schema of an entity type or a complex type, an enum of its properties, and its table.
pub(super) fn structured(of: &Structured, types: Types<'_>, imports: &mut Imports) -> TokenStream {
    let name = word(schema_name(&of.path));
    let docs = link_docs(&format!("The properties of [`{}`].", of.path.name));
    let schema = imports.path("msgraph_core::Schema");
    let table_type = imports.path("msgraph_core::Table");
    let properties: Vec<TokenStream> = of
        .inherited_members
        .iter()
        .chain(&of.members)
        .map(|member| {
            let docs = link_docs(&format!("`{}`", plain(&member.wire)));
            let deprecated = deprecated(member.deprecated.as_deref());
            let variant = ident(&member.names.variant);
            quote!(#docs #deprecated #variant,)
        })
        .collect();
    let slot = if properties.is_empty() { quote!(match self {}) } else { quote!(self as u16) };
    let mut items = vec![
        quote! {
            #docs
            pub enum #name { #(#properties)* }
        },
        quote! {
            impl #schema for #name {
                const TABLE: &'static #table_type = &TABLE;
                fn slot(self) -> u16 { #slot }
            }
        },
    ];
    if let Some(base) = &of.base {
        let derived = imports.path("msgraph_core::Derived");
        let base = in_file(&of.path, base, schema_name(base), imports);
        items.push(quote! {
            impl #derived for #name {
                type Base = #base;
            }
        });
    }
    if !of.is_abstract {
        let concrete = imports.path("msgraph_core::Concrete");
        items.push(quote!(impl #concrete for #name {}));
    }
    items.push(table(of, types, &table_type, imports));
    spaced(items)
}

fn table(
    of: &Structured,
    types: Types<'_>,
    table_type: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    let wire = text(&of.wire);
    let base = match &of.base {
        Some(base) => {
            let base = in_file(&of.path, base, "TABLE", imports);
            quote!(Some(&#base))
        }
        None => quote!(None),
    };
    let mut derived: Vec<TokenStream> = Vec::new();
    for path in &of.derived {
        let condition = types.conditions.get(path);
        let table = if condition == types.conditions.get(&of.path) {
            in_file(&of.path, path, "TABLE", imports)
        } else {
            // Not imported: nobody uses it where the feature is off.
            let module = path.module.iter().chain([&path.file]).map(ident);
            quote!(crate #(::#module)* ::TABLE)
        };
        let condition = waits_for(condition);
        derived.push(quote!(#condition &#table));
    }
    let (is_open, is_abstract) = (of.is_open, of.is_abstract);
    let inherited = number(of.inherited);
    let names = of.members.iter().map(|member| text(&member.wire));
    let mut kinds: String = of.members.iter().map(|member| member.kind.as_str()).collect();
    if of.is_read_in_any_case {
        kinds.push('~');
    }
    let kinds = Literal::byte_string(kinds.as_bytes());
    let referred: Vec<TokenStream> = of
        .members
        .iter()
        .zip(0_u16..)
        .filter_map(|(member, index)| member_type(of, member, index, types, imports))
        .collect();
    quote! {
        pub(crate) static TABLE: #table_type = #table_type {
            name: #wire,
            base: #base,
            derived: &[#(#derived),*],
            is_open: #is_open,
            is_abstract: #is_abstract,
            inherited: #inherited,
            names: &[#(#names),*],
            kinds: #kinds,
            types: &[#(#referred),*],
        };
    }
}

fn member_type(
    of: &Structured,
    member: &Member,
    index: u16,
    types: Types<'_>,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let (variant, path, schema_trait) = match &member.shape {
        Shape::Object(path) => (quote!(Object), path, "msgraph_core::Schema"),
        Shape::Enumeration(path) | Shape::Flags(path) => {
            (quote!(Enum), path, "msgraph_core::Enumeration")
        }
        Shape::Text | Shape::Scalar(_) | Shape::Json => return None,
    };
    let index = number(index);
    let type_type = imports.name("msgraph_core::Type");
    let table = if types.values.is_some_and(|values| values.types.contains(path)) {
        // Of another crate, what is public is seen.
        let module = path.module.iter().map(Ident::as_str).collect::<Vec<_>>().join("::");
        let schema = imports.path(&format!("crate::{module}::schema::{}", path.name));
        let schema_trait = imports.path(schema_trait);
        quote!(<#schema as #schema_trait>::TABLE)
    } else {
        let table = in_file(&of.path, path, "TABLE", imports);
        quote!(&#table)
    };
    Some(quote!((#index, #type_type::#variant(#table))))
}

/// The schema of an enumeration, and its table.
pub(super) fn enumeration(of: &Enumeration, imports: &mut Imports) -> TokenStream {
    let name = word(schema_name(&of.path));
    let docs = link_docs(&format!("The schema of [`{}`].", of.path.name));
    let trait_name = imports.path("msgraph_core::Enumeration");
    let table_type = imports.path("msgraph_core::EnumTable");
    let wire = text(&of.wire);
    let members = of.constants.iter().map(|constant| text(&constant.wire));
    let values = of.constants.iter().map(|constant| number(constant.value));
    let is_flags = of.is_flags;
    spaced([
        quote! {
            #docs
            #[derive(PartialEq)]
            pub enum #name {}
        },
        quote! {
            impl #trait_name for #name {
                const TABLE: &'static #table_type = &TABLE;
            }
        },
        quote! {
            pub(crate) static TABLE: #table_type = #table_type {
                name: #wire,
                members: &[#(#members),*],
                values: &[#(#values),*],
                is_flags: #is_flags,
            };
        },
    ])
}

/// What the file of `path` calls `name`, as the file of `from` writes it.
fn in_file(from: &TypePath, path: &TypePath, name: &str, imports: &mut Imports) -> TokenStream {
    if from == path {
        let name = word(name);
        return quote!(#name);
    }
    let module = path.module.iter().chain([&path.file]).map(Ident::as_str);
    let module: Vec<&str> = module.collect();
    imports.path(&format!("crate::{}::{name}", module.join("::")))
}

fn word(name: &str) -> proc_macro2::Ident {
    proc_macro2::Ident::new(name, proc_macro2::Span::call_site())
}

/// A name of the wire in a code span.
pub(super) fn plain(wire: &str) -> String {
    wire.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@')).collect()
}
