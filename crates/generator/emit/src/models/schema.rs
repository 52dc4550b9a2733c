//! `schema.rs` of a namespace: markers and tables of its types.

use msgraph_plan::{Enumeration, Member, ModelType, Module, Shape, Structured, TypePath};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::print::{Imports, SourceFile, ident, link_docs, number, spaced, text};

/// The file.
pub(super) fn schema(module: &Module) -> Result<String, String> {
    let names = module.types.iter().map(|model_type| &model_type.path().name);
    let mut file = SourceFile::new(Imports::defining(names));
    file.head = quote! {
        #![doc = " Markers and tables of the types of this namespace: what the engine reads them by."]
    };
    for model_type in &module.types {
        match model_type {
            ModelType::Structured(of) => {
                let item = structured(of, &mut file.imports);
                file.item(item);
            }
            ModelType::Enumeration(of) => {
                let item = enumeration(of, &mut file.imports);
                file.item(item);
            }
            ModelType::Definition(_) => {}
        }
    }
    file.print()
}

fn structured(of: &Structured, imports: &mut Imports) -> TokenStream {
    let name = ident(&of.path.name);
    let table_name = ident(&of.path.table);
    let docs = link_docs(&format!("`{}`", doc_name(&of.wire)));
    let schema = imports.path("msgraph_core::Schema");
    let table_type = imports.path("msgraph_core::Table");
    let marker = quote! {
        #docs
        pub enum #name {}
    };
    let mut items = vec![
        marker,
        quote! {
            impl #schema for #name {
                const TABLE: &'static #table_type = &#table_name;
            }
        },
    ];
    if let Some(base) = &of.base {
        let derived = imports.path("msgraph_core::Derived");
        let base = in_schema(of, base, &base.name);
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
    items.push(table(of, &table_type, imports));
    spaced(items)
}

fn table(of: &Structured, table_type: &TokenStream, imports: &mut Imports) -> TokenStream {
    let table_name = ident(&of.path.table);
    let wire = text(&of.wire);
    let base = match &of.base {
        Some(base) => {
            let base = in_schema(of, base, &base.table);
            quote!(Some(&#base))
        }
        None => quote!(None),
    };
    let derived = of.derived.iter().map(|derived| {
        let derived = in_schema(of, derived, &derived.table);
        quote!(&#derived)
    });
    let (is_open, is_abstract) = (of.is_open, of.is_abstract);
    let inherited = number(of.inherited);
    let names = of.members.iter().map(|member| text(&member.wire));
    let kinds: String = of.members.iter().map(|member| member.kind.as_str()).collect();
    let kinds = Literal::byte_string(kinds.as_bytes());
    let types: Vec<TokenStream> = of
        .members
        .iter()
        .zip(0_u16..)
        .filter_map(|(member, index)| member_type(of, member, index, imports))
        .collect();
    quote! {
        pub(crate) static #table_name: #table_type = #table_type {
            name: #wire,
            base: #base,
            derived: &[#(#derived),*],
            is_open: #is_open,
            is_abstract: #is_abstract,
            inherited: #inherited,
            names: &[#(#names),*],
            kinds: #kinds,
            types: &[#(#types),*],
        };
    }
}

fn member_type(
    of: &Structured,
    member: &Member,
    index: u16,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let (variant, path) = match &member.shape {
        Shape::Object(path) => (quote!(Object), path),
        Shape::Enumeration(path) | Shape::Flags(path) => (quote!(Enum), path),
        Shape::Text | Shape::Scalar(_) | Shape::Json => return None,
    };
    let index = number(index);
    let type_type = imports.path("msgraph_core::Type");
    let table = in_schema(of, path, &path.table);
    Some(quote!((#index, #type_type::#variant(&#table))))
}

fn enumeration(of: &Enumeration, imports: &mut Imports) -> TokenStream {
    let name = ident(&of.path.name);
    let table_name = ident(&of.path.table);
    let docs = link_docs(&format!("`{}`", doc_name(&of.wire)));
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
                const TABLE: &'static #table_type = &#table_name;
            }
        },
        quote! {
            pub(crate) static #table_name: #table_type = #table_type {
                name: #wire,
                members: &[#(#members),*],
                values: &[#(#values),*],
                is_flags: #is_flags,
            };
        },
    ])
}

/// A name in the `schema` of another type's namespace.
fn in_schema(from: &Structured, path: &TypePath, name: &msgraph_plan::Ident) -> TokenStream {
    let name = ident(name);
    if path.module == from.path.module {
        return name;
    }
    let module = path.module.iter().map(ident);
    quote!(crate #(::#module)* ::schema::#name)
}

/// A name of the wire in a code span.
fn doc_name(wire: &str) -> String {
    wire.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-')).collect()
}
