//! The file of an entity type or a complex type: the alias, the accessors, the schema.

use msgraph_plan::{Member, Scalar, Shape, Structured, TypePath};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Types, file_of, schema};
use crate::print::{Imports, deprecated, docs, ident, link_docs, number, spaced};

/// The file.
pub(super) fn structured(of: &Structured, types: Types<'_>) -> Result<String, String> {
    let mut file = file_of(&of.path);
    let name = ident(&of.path.name);
    let view = file.imports.path("crate::View");
    let schema = format_ident!("{}", schema::schema_name(&of.path));
    let (type_docs, type_deprecated) = (docs(&of.docs), deprecated(of.deprecated.as_deref()));
    file.item(quote! {
        #type_docs
        #type_deprecated
        pub type #name = #view<#schema>;
    });
    let mut parts: Vec<TokenStream> = Vec::new();
    for member in &of.inherited_members {
        parts.push(with(member, &mut file.imports));
    }
    for member in &of.members {
        parts.extend(getters(member, &mut file.imports));
        parts.push(with(member, &mut file.imports));
    }
    if !parts.is_empty() {
        let parts = spaced(parts);
        file.item(quote!(impl #name { #parts }));
    }
    let schema = schema::structured(of, types, &mut file.imports);
    file.item(schema);
    file.print()
}

/// What reads a member: a value, a list, or a view that can also be changed in place.
fn getters(member: &Member, imports: &mut Imports) -> Vec<TokenStream> {
    let name = ident(&member.names.getter);
    let slot = number(member.slot);
    let (docs, deprecated) = (docs(&member.docs), deprecated(member.deprecated.as_deref()));
    let (result, body) = match (&member.shape, member.is_collection) {
        (Shape::Object(path), true) => {
            let of = model(path, imports);
            (quote!(&[#of]), access("views", &quote!(&self.object, #slot), imports))
        }
        (Shape::Object(path), false) => {
            let of = model(path, imports);
            (quote!(Option<&#of>), access("view", &quote!(&self.object, #slot), imports))
        }
        (shape, true) => {
            let of = element(shape, imports);
            let list = imports.path("msgraph_core::List");
            (quote!(#list<'_, #of>), quote!(self.object.list(#slot)))
        }
        (Shape::Text, false) => (quote!(Option<&str>), quote!(self.object.get::<String>(#slot))),
        (Shape::Scalar(scalar), false) => {
            let of = scalar_type(*scalar, imports);
            (quote!(Option<#of>), quote!(self.object.get::<#of>(#slot)))
        }
        (Shape::Json, false) => {
            let of = element(&Shape::Json, imports);
            (quote!(Option<&#of>), quote!(self.object.get::<#of>(#slot)))
        }
        (Shape::Enumeration(path), false) => {
            let of = model(path, imports);
            (quote!(Option<&#of>), quote!(self.object.get::<#of>(#slot)))
        }
        (Shape::Flags(path), false) => {
            let of = model(path, imports);
            (quote!(Option<&#of>), quote!(self.object.get::<#of>(#slot)))
        }
    };
    let mut out = vec![quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(&self) -> #result { #body }
    }];
    if let Shape::Object(path) = &member.shape {
        let of = model(path, imports);
        let name = ident(&member.names.getter_mut);
        let docs = link_docs(&format!("{}, to be changed.", wire_code(member)));
        let (result, body) = if member.is_collection {
            (quote!(&mut [#of]), access("views_mut", &quote!(&mut self.object, #slot), imports))
        } else {
            (
                quote!(Option<&mut #of>),
                access("view_mut", &quote!(&mut self.object, #slot), imports),
            )
        };
        out.push(quote! {
            #docs
            #deprecated
            #[inline]
            pub fn #name(&mut self) -> #result { #body }
        });
    }
    out
}

/// What sets a member, also an inherited one: what it gives back is of this type.
fn with(member: &Member, imports: &mut Imports) -> TokenStream {
    let name = ident(&member.names.with);
    let argument = ident(&member.names.argument);
    let parameter = parameter(member, imports);
    let body = put(member, imports);
    let docs = link_docs(&format!("With {}.", wire_code(member)));
    let deprecated = deprecated(member.deprecated.as_deref());
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(self, #argument: #parameter) -> Self { #body }
    }
}

/// The call that puts the argument into the view, and gives the view back.
fn put(member: &Member, imports: &mut Imports) -> TokenStream {
    let argument = ident(&member.names.argument);
    let slot = number(member.slot);
    let function = match (&member.shape, member.is_collection) {
        (Shape::Object(_), true) => "with_views",
        (Shape::Object(_), false) => "with_view",
        (Shape::Text, true) => "with_texts",
        (Shape::Text, false) => "with_text",
        (Shape::Json, true) => "with_jsons",
        (Shape::Json, false) => "with_json",
        (Shape::Flags(_), false) => "with_flags",
        (Shape::Scalar(_) | Shape::Enumeration(_) | Shape::Flags(_), true) => "with_list",
        (Shape::Scalar(_) | Shape::Enumeration(_), false) => "with",
    };
    access(function, &quote!(self, #slot, #argument), imports)
}

/// A call of one of the functions that accessors of objects are made of: no method of `View`, since the
/// compiler looks for one in the implementations of all types.
fn access(function: &str, arguments: &TokenStream, imports: &mut Imports) -> TokenStream {
    let function = imports.path(&format!("crate::access::{function}"));
    quote!(#function(#arguments))
}

/// The type of the argument of a setter.
fn parameter(member: &Member, imports: &mut Imports) -> TokenStream {
    let one = match &member.shape {
        Shape::Text | Shape::Json => {
            let of = element(&member.shape, imports);
            quote!(impl Into<#of>)
        }
        Shape::Flags(_) if !member.is_collection => {
            let of = element(&member.shape, imports);
            quote!(impl Into<#of>)
        }
        shape => element(shape, imports),
    };
    if member.is_collection { quote!(impl IntoIterator<Item = #one>) } else { one }
}

/// The type of one value.
fn element(shape: &Shape, imports: &mut Imports) -> TokenStream {
    match shape {
        Shape::Text => quote!(String),
        Shape::Scalar(scalar) => scalar_type(*scalar, imports),
        Shape::Json => imports.path("msgraph_core::edm::Json"),
        Shape::Object(path) | Shape::Enumeration(path) | Shape::Flags(path) => model(path, imports),
    }
}

pub(crate) fn scalar_type(scalar: Scalar, imports: &mut Imports) -> TokenStream {
    match scalar {
        Scalar::Edm(name) => imports.path(&format!("msgraph_core::edm::{name}")),
        other => {
            let name = proc_macro2::Ident::new(
                other.primitive().unwrap_or("u8"),
                proc_macro2::Span::call_site(),
            );
            quote!(#name)
        }
    }
}

fn model(path: &TypePath, imports: &mut Imports) -> TokenStream {
    imports.item("crate", &path.module, &path.name)
}

/// The name on the wire in a code span.
fn wire_code(member: &Member) -> String {
    format!("`{}`", schema::plain(&member.wire))
}
