//! Tokens to the text of a file.
//!
//! A [`SourceFile`] takes items, prints each at once, and collects what they use; its text is the marker,
//! the `use` declarations, and the items as `prettyplease` prints them, with blank lines where a person
//! would leave them. What is no item is an error, and the file then has no text.

mod expression;
mod imports;
mod layout;
mod order;
mod tokens;

pub(crate) use expression::{bindings, call, value};
pub(crate) use imports::Imports;
pub(crate) use order::compare;
pub(crate) use tokens::{deprecated, docs, ident, inner_docs, link_docs, number, text};

use msgraph_plan::DocText;
use proc_macro2::TokenStream;
use quote::quote;

use crate::MARKER;

/// A Rust file in the making.
pub(crate) struct SourceFile {
    /// What stands before everything: inner documentation and attributes.
    pub(crate) head: TokenStream,
    /// What the items use.
    pub(crate) imports: Imports,
    /// The items so far, or what is wrong with the first that is none.
    items: Result<String, String>,
}

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
        Self { head: TokenStream::new(), imports, items: Ok(String::new()) }
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

    /// Adds an item, with a blank line before it; nothing where there is none. It is printed at once:
    /// the tokens of one item are few, so that their memory is used again for the next.
    pub(crate) fn item(&mut self, item: TokenStream) {
        let Ok(items) = &mut self.items else { return };
        if item.is_empty() {
            return;
        }
        if !items.is_empty() {
            items.push('\n');
        }
        if let Err(problem) = print(item, items) {
            self.items = Err(problem);
        }
    }

    /// The text, or what is wrong with the tokens.
    pub(crate) fn print(self) -> Result<String, String> {
        let mut out = format!("// {MARKER}\n");
        print(self.head, &mut out)?;
        let mut is_first = out.lines().nth(1).is_none();
        for part in [self.imports.declarations(0), self.items?] {
            if !part.is_empty() {
                if !std::mem::take(&mut is_first) {
                    out.push('\n');
                }
                out.push_str(&part);
            }
        }
        Ok(out)
    }
}

/// Adds the text of `tokens`, which are items or what stands before them, to `out`.
fn print(tokens: TokenStream, out: &mut String) -> Result<(), String> {
    let file: syn::File = syn::parse2(tokens).map_err(|error| error.to_string())?;
    let mut is_documentation = false;
    layout::mend(&prettyplease::unparse(&file), &mut |line| {
        if line.trim_start() == "blank_line! {}" {
            return out.push('\n');
        }
        // Lints stand apart from the documentation of a crate.
        if line.starts_with("#![") && is_documentation {
            out.push('\n');
        }
        is_documentation = line.starts_with("//!");
        out.push_str(line);
        out.push('\n');
    });
    Ok(())
}
