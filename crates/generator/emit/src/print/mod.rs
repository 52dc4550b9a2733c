//! Tokens to the text of a file.
//!
//! A [`SourceFile`] collects items and what they use; its text is the marker, the `use` declarations,
//! and the items as `prettyplease` prints them, with blank lines where a person would leave them.

mod expression;
mod imports;
mod layout;
mod order;
mod tokens;

pub(crate) use expression::{Failing, bindings, call, value};
pub(crate) use imports::Imports;
pub(crate) use order::compare;
pub(crate) use tokens::{deprecated, docs, ident, inner_docs, link_docs, number, raw_text, text};

use msgraph_plan::DocText;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::MARKER;

/// A Rust file in the making.
pub(crate) struct SourceFile {
    /// What stands before everything: inner documentation and attributes.
    pub(crate) head: TokenStream,
    /// What the items use.
    pub(crate) imports: Imports,
    items: Vec<TokenStream>,
    /// The declarations of scopes within the file, by the number of their marks.
    inner_uses: Vec<String>,
}

/// Begins the mark of the declarations of an inner module.
const INNER_USES: &str = "use_declarations_";

/// The macro call that stands for a blank line until the file is text.
pub(crate) fn blank() -> TokenStream {
    quote! { blank_line! {} }
}

/// `parts` with a blank line between each two.
pub(crate) fn spaced(parts: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let mut out = TokenStream::new();
    for part in parts {
        if !out.is_empty() {
            out.extend(blank());
        }
        out.extend(part);
    }
    out
}

impl SourceFile {
    /// An empty file that defines the names of `imports` itself.
    pub(crate) fn new(imports: Imports) -> Self {
        Self { head: TokenStream::new(), imports, items: Vec::new(), inner_uses: Vec::new() }
    }

    /// The root of a crate, so far with its documentation and its lints.
    pub(crate) fn root(docs: &DocText, has_deprecated: bool) -> Self {
        let docs = inner_docs(docs);
        let deprecated = has_deprecated.then(
            || quote!(#![allow(deprecated, reason = "what is deprecated is still described")]),
        );
        let head = quote! {
            #docs
            #![forbid(unsafe_code)]
            #![warn(missing_docs)]
            #deprecated
        };
        Self { head, ..Self::new(Imports::default()) }
    }

    /// Adds an item, with a blank line before it; nothing where there is none.
    pub(crate) fn item(&mut self, item: TokenStream) {
        if !item.is_empty() {
            self.items.push(item);
        }
    }

    /// What stands for the declarations of an inner module until the file is text.
    pub(crate) fn inner_uses(&mut self, imports: &Imports) -> TokenStream {
        self.inner_uses.push(imports.declarations(4));
        let mark = format_ident!("{INNER_USES}{}", self.inner_uses.len() - 1);
        quote!(#mark! {})
    }

    /// The text, or what is wrong with the tokens.
    pub(crate) fn print(self) -> Result<String, String> {
        let mut body = self.head;
        let has_head = !body.is_empty();
        let uses = self.imports.declarations(0);
        let mut items = self.items;
        if !uses.is_empty() {
            items.insert(0, quote! { use_declarations! {} });
        }
        if has_head && !items.is_empty() {
            body.extend(blank());
        }
        body.extend(spaced(items));
        let file: syn::File = syn::parse2(body).map_err(|error| error.to_string())?;
        let mut out = format!("// {MARKER}\n");
        let mut is_documentation = false;
        let lines = prettyplease::unparse(&file).lines().map(str::to_owned).collect();
        for line in layout::mend(lines) {
            match line.trim() {
                "blank_line! {}" => out.push('\n'),
                "use_declarations! {}" => out.push_str(&uses),
                mark if mark.starts_with(INNER_USES) => {
                    let number = mark.trim_start_matches(INNER_USES).trim_end_matches("! {}");
                    let uses = number.parse().ok().and_then(|at: usize| self.inner_uses.get(at));
                    out.push_str(uses.map_or("", String::as_str));
                }
                _ => {
                    // Lints stand apart from the documentation of a crate.
                    if line.starts_with("#![") && is_documentation {
                        out.push('\n');
                    }
                    is_documentation = line.starts_with("//!");
                    out.push_str(&line);
                    out.push('\n');
                }
            }
        }
        Ok(out)
    }
}
