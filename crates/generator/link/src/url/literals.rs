//! The values of arguments in a URL, as literals of their types.
//!
//! In comes what a URL gives for a parameter of a function; out goes the value as it is meant, with what had to
//! be overlooked told. Holds: a text keeps its quotes, a member of an enumeration has none and no type in front.

use msgraph_ir::{BoundParameter, Enumeration, ItemKind, Primitive, TypeTarget};

use super::Leniency;
use super::segments::{decoded, unquoted};
use super::walk::{Resolver, Walk};
use crate::merge::lexical::{is_number_of, is_value};

impl Resolver<'_> {
    /// The value that `literal` gives for `parameter`.
    pub(super) fn argument(
        &self,
        walk: &mut Walk<'_>,
        parameter: &BoundParameter,
        literal: &str,
    ) -> String {
        if parameter.type_ref.is_collection {
            return decoded(literal).into_owned();
        }
        match parameter.type_ref.target {
            TypeTarget::Primitive(primitive) if is_in_quotes(primitive, literal) => {
                let name = parameter.name.to_string();
                walk.lenient(Leniency::QuotedValue { name });
                unquoted(&decoded(literal)).into_owned()
            }
            TypeTarget::Item(id) => match &self.api.items[id].kind {
                ItemKind::Enumeration(of) => member(walk, of, literal),
                _ => decoded(literal).into_owned(),
            },
            _ => decoded(literal).into_owned(),
        }
    }
}

/// Whether `literal` is a value of `primitive` in quotes, as only texts have them.
fn is_in_quotes(primitive: Primitive, literal: &str) -> bool {
    let literal = decoded(literal);
    let inner = unquoted(&literal);
    let is_of_type = match primitive {
        Primitive::String | Primitive::Stream | Primitive::Geo => false,
        Primitive::Boolean => matches!(&*inner, "true" | "false"),
        _ => is_value(primitive, &inner) || is_number_of(primitive, &inner),
    };
    literal.starts_with('\'') && is_of_type
}

/// The member of `of` that `literal` names: in quotes, with the type in front of them or not, or bare.
fn member(walk: &mut Walk<'_>, of: &Enumeration, literal: &str) -> String {
    let literal = decoded(literal);
    let is_type =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    let quoted = match literal.split_once('\'') {
        Some((type_name, _)) if is_type(type_name) => literal.get(type_name.len()..),
        _ => None,
    };
    let name = unquoted(quoted.unwrap_or(&literal)).into_owned();
    let exact = of.members.iter().any(|member| member.name.as_str() == name);
    let mut cased = of.members.iter().filter(|of| of.name.as_str().eq_ignore_ascii_case(&name));
    match cased.next() {
        Some(declared) if !exact => {
            walk.other_case(&name, declared.name.as_str());
            declared.name.to_string()
        }
        _ => name,
    }
}
