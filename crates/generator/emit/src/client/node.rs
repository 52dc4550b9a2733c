//! The type of the builder at a place: `Item<resources::Group, sites::GroupsSite>`.

use msgraph_plan::{Node, NodeShape};
use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::print::{Imports, ident};

/// The builder at a place, in the root of the crate, where the types and markers are at hand.
pub(super) fn root_type(of: &Node) -> TokenStream {
    let shape = proc_macro2::Ident::new(shape_name(of.shape), Span::call_site());
    let resource = ident(&of.resource);
    if of.shape == NodeShape::Segment {
        return quote!(#shape<paths::#resource>);
    }
    let site = of.site.as_ref().map_or_else(
        || quote!(S),
        |site| {
            let site = ident(site);
            quote!(sites::#site)
        },
    );
    quote!(#shape<resources::#resource, #site>)
}

/// The builder at a place, in a file of its own; `any_site` is the parameter of what is the same at all sites.
pub(super) fn node_type(of: &Node, any_site: &TokenStream, imports: &mut Imports) -> TokenStream {
    let shape = imports.path(&format!("crate::{}", shape_name(of.shape)));
    if of.shape == NodeShape::Segment {
        let paths = imports.path("crate::paths");
        let resource = ident(&of.resource);
        return quote!(#shape<#paths::#resource>);
    }
    let resources = imports.path("crate::resources");
    let resource = ident(&of.resource);
    let site = match &of.site {
        Some(site) => {
            let sites = imports.path("crate::sites");
            let site = ident(site);
            quote!(#sites::#site)
        }
        None => any_site.clone(),
    };
    quote!(#shape<#resources::#resource, #site>)
}

fn shape_name(shape: NodeShape) -> &'static str {
    match shape {
        NodeShape::Collection => "Collection",
        NodeShape::Item => "Item",
        NodeShape::Bound => "Bound",
        NodeShape::Count => "Count",
        NodeShape::Value => "Value",
        NodeShape::Ref => "Ref",
        NodeShape::Refs => "Refs",
        NodeShape::Segment => "Segment",
    }
}
