//! Small tokens: identifiers, literals, documentation.

use msgraph_plan::{DocText, Ident};
use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::quote;

/// An identifier of the plan.
pub(crate) fn ident(ident: &Ident) -> TokenStream {
    word(ident.as_str())
}

/// An identifier, raw where it is written so.
pub(super) fn word(text: &str) -> TokenStream {
    let ident = match text.strip_prefix("r#") {
        Some(bare) => proc_macro2::Ident::new_raw(bare, Span::call_site()),
        None => proc_macro2::Ident::new(text, Span::call_site()),
    };
    TokenTree::Ident(ident).into()
}

/// A text literal. What is not seen as it is stands escaped.
pub(crate) fn text(text: &str) -> Literal {
    Literal::string(text)
}

/// A text literal over several lines, as it is read.
pub(crate) fn raw_text(text: &str) -> Literal {
    let longest = text
        .split('"')
        .skip(1)
        .map(|behind| behind.chars().take_while(|&c| c == '#').count())
        .max();
    let Some(longest) = longest else {
        return format!("r\"{text}\"").parse().unwrap_or_else(|_| Literal::string(text));
    };
    let hashes = "#".repeat(longest + 1);
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| Literal::string(text))
}

/// A number without a suffix.
pub(crate) fn number(number: impl Into<i64>) -> TokenStream {
    let number: i64 = number.into();
    let literal = match u64::try_from(number) {
        Ok(number) => Literal::u64_unsuffixed(number),
        Err(_) => Literal::i64_unsuffixed(number),
    };
    quote!(#literal)
}

/// `/// …`
pub(crate) fn docs(docs: &DocText) -> TokenStream {
    lines(docs.lines())
}

/// `/// …`, for text that an emitter itself states.
pub(crate) fn link_docs(text: &str) -> TokenStream {
    lines(&[text.to_owned()])
}

fn lines(lines: &[String]) -> TokenStream {
    lines
        .iter()
        .map(|line| {
            let line = doc_line(line);
            quote!(#[doc = #line])
        })
        .collect()
}

/// `//! …`
pub(crate) fn inner_docs(docs: &DocText) -> TokenStream {
    docs.lines()
        .iter()
        .map(|line| {
            let line = doc_line(line);
            quote!(#![doc = #line])
        })
        .collect()
}

fn doc_line(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}

/// `#[deprecated]`
pub(crate) fn deprecated(note: Option<&str>) -> TokenStream {
    match note {
        None => TokenStream::new(),
        Some("") => quote!(#[deprecated]),
        Some(note) => quote!(#[deprecated(note = #note)]),
    }
}
