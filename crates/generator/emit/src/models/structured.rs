//! The file of an entity type or a complex type: the alias, the tokens, the accessors.

use msgraph_plan::{Member, Scalar, Shape, Structured, TypePath};
use proc_macro2::TokenStream;
use quote::quote;

use super::marker;
use crate::print::{Imports, SourceFile, deprecated, docs, ident, link_docs, number, spaced, text};

/// The file.
pub(super) fn structured(of: &Structured) -> Result<String, String> {
    let mut file = SourceFile::new(Imports::defining([&of.path.name]));
    let name = ident(&of.path.name);
    let view = file.imports.path("crate::View");
    let schema = marker(&of.path, &mut file.imports);
    let (type_docs, type_deprecated) = (docs(&of.docs), deprecated(of.deprecated.as_deref()));
    file.item(quote! {
        #type_docs
        #type_deprecated
        pub type #name = #view<#schema>;
    });
    let all = || of.inherited_members.iter().chain(&of.members);
    let mut parts: Vec<TokenStream> = Vec::new();
    let tokens: TokenStream = all().map(|of| token(of, &schema, &mut file.imports)).collect();
    if !tokens.is_empty() {
        parts.push(tokens);
    }
    for member in &of.inherited_members {
        parts.push(with(member, &mut file.imports));
    }
    for member in &of.members {
        parts.extend(getters(member, &mut file.imports));
        parts.push(setter(member, &mut file.imports));
        parts.push(with(member, &mut file.imports));
    }
    if !parts.is_empty() {
        let parts = spaced(parts);
        file.item(quote!(impl #name { #parts }));
    }
    file.print()
}

/// The token of a member, own or inherited.
fn token(member: &Member, schema: &TokenStream, imports: &mut Imports) -> TokenStream {
    let name = ident(&member.names.token);
    let wire = text(&member.wire);
    let slot = number(member.slot);
    let property = imports.path("msgraph_core::Property");
    let docs = link_docs(&format!(
        "Names {}: for `contains`, `is_null`, `set_null` and `remove`.",
        wire_code(member)
    ));
    let deprecated = deprecated(member.deprecated.as_deref());
    quote! {
        #docs
        #deprecated
        pub const #name: #property<#schema> = #property::new(#wire, #slot);
    }
}

/// What reads a member: a value, a list, or a view that can also be changed in place.
fn getters(member: &Member, imports: &mut Imports) -> Vec<TokenStream> {
    let name = ident(&member.names.getter);
    let slot = number(member.slot);
    let (docs, deprecated) = (docs(&member.docs), deprecated(member.deprecated.as_deref()));
    let (result, body) = match (&member.shape, member.is_collection) {
        (Shape::Object(path), true) => {
            let of = model(path, imports);
            (quote!(&[#of]), quote!(self.views(#slot)))
        }
        (Shape::Object(path), false) => {
            let of = model(path, imports);
            (quote!(Option<&#of>), quote!(self.view(#slot)))
        }
        (shape, true) => {
            let of = element(shape, imports);
            let list = imports.path("msgraph_core::List");
            (quote!(#list<'_, #of>), quote!(self.list(#slot)))
        }
        (Shape::Text, false) => (quote!(Option<&str>), quote!(self.get::<String>(#slot))),
        (Shape::Scalar(scalar), false) => {
            let of = scalar_type(*scalar, imports);
            (quote!(Option<#of>), quote!(self.get::<#of>(#slot)))
        }
        (Shape::Json, false) => {
            let of = element(&Shape::Json, imports);
            (quote!(Option<&#of>), quote!(self.get::<#of>(#slot)))
        }
        (Shape::Enumeration(path), false) => {
            let of = model(path, imports);
            (quote!(Option<&#of>), quote!(self.enumeration(#slot)))
        }
        (Shape::Flags(path), false) => {
            let of = model(path, imports);
            (quote!(Option<&#of>), quote!(self.flags(#slot)))
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
            (quote!(&mut [#of]), quote!(self.views_mut(#slot)))
        } else {
            (quote!(Option<&mut #of>), quote!(self.view_mut(#slot)))
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

fn setter(member: &Member, imports: &mut Imports) -> TokenStream {
    let name = ident(&member.names.setter);
    let argument = ident(&member.names.argument);
    let parameter = parameter(member, imports);
    let set = set(member, imports);
    let docs = link_docs(&format!("Sets {}.", wire_code(member)));
    let deprecated = deprecated(member.deprecated.as_deref());
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(&mut self, #argument: #parameter) -> &mut Self {
            #set;
            self
        }
    }
}

/// The chained setter, also of inherited members: what it gives back is of this type.
fn with(member: &Member, imports: &mut Imports) -> TokenStream {
    let name = ident(&member.names.with);
    let argument = ident(&member.names.argument);
    let parameter = parameter(member, imports);
    let set = set(member, imports);
    let docs = link_docs(&format!("With {}.", wire_code(member)));
    let deprecated = deprecated(member.deprecated.as_deref());
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(mut self, #argument: #parameter) -> Self {
            #set;
            self
        }
    }
}

/// The call that puts the argument into the object.
fn set(member: &Member, imports: &mut Imports) -> TokenStream {
    let argument = ident(&member.names.argument);
    let slot = number(member.slot);
    match (&member.shape, member.is_collection) {
        (Shape::Object(_), true) => quote!(self.set_views(#slot, #argument)),
        (Shape::Object(_), false) => quote!(self.set_view(#slot, #argument)),
        (shape @ (Shape::Text | Shape::Json), true) => {
            let of = element(shape, imports);
            quote!(self.set_list::<#of>(#slot, #argument.into_iter().map(Into::into)))
        }
        (_, true) => quote!(self.set_list(#slot, #argument)),
        (Shape::Text, false) => quote!(self.set::<String>(#slot, #argument.into())),
        (Shape::Json, false) => {
            let of = element(&Shape::Json, imports);
            quote!(self.set::<#of>(#slot, #argument.into()))
        }
        (Shape::Enumeration(_), false) => quote!(self.set_enumeration(#slot, #argument)),
        (Shape::Flags(_), false) => quote!(self.set_flags(#slot, #argument.into())),
        (Shape::Scalar(_), false) => quote!(self.set(#slot, #argument)),
    }
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

pub(super) fn scalar_type(scalar: Scalar, imports: &mut Imports) -> TokenStream {
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
    let safe: String =
        member.wire.chars().filter(|c| c.is_alphanumeric() || "_-.@".contains(*c)).collect();
    format!("`{safe}`")
}
