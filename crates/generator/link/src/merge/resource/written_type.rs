//! Types as tables write them.
//!
//! In comes the text of a cell: `[recipient](recipient.md) collection`, `[itemBody][]`,
//! `Collection(Edm.String)`, `String (timestamp)`, `A or B`; out go the names that may be meant and
//! whether a collection is, and how that compares with a type of the metadata. Holds: words that
//! mean no type are told apart from a type that differs.

use msgraph_ir::{Api, Item, ItemKind, Primitive, TypeRef, TypeTarget};

use super::super::type_names::TypeNames;

/// What a cell says of a type.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct WrittenType {
    /// The names of the type, or of its elements; more than one where the cell says "A or B".
    pub(crate) names: Vec<String>,
    /// Whether a collection is meant.
    pub(crate) is_collection: bool,
}

/// How a written type compares with that of the metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// They are the same.
    Same,
    /// The page says "String", and the metadata names an enumeration.
    Enumeration,
    /// Both are numbers, of another range or precision.
    Number,
    /// One says one value, the other a collection of the same.
    Collection,
    /// They are different.
    Other,
    /// The words mean no type.
    Unreadable,
}

impl WrittenType {
    /// Reads the text of a cell; `None` where there is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let plain = plain(text);
        let mut names = Vec::new();
        let mut is_collection = false;
        for alternative in plain.split(" or ") {
            let (name, many) = element(alternative);
            is_collection |= many;
            if !name.is_empty() {
                names.push(name.to_owned());
            }
        }
        (!names.is_empty()).then_some(Self { names, is_collection })
    }

    /// Compares with `known`, a type used by a type or operation of `namespace`.
    pub(crate) fn compare(
        &self,
        api: &Api,
        types: &TypeNames,
        namespace: &str,
        known: TypeRef,
    ) -> Verdict {
        if known.target == TypeTarget::Json {
            return Verdict::Same;
        }
        let same_number = self.is_collection == known.is_collection;
        let mut verdict = Verdict::Unreadable;
        for name in &self.names {
            let found = match element_verdict(api, types, namespace, name, known.target) {
                Verdict::Same if same_number => return Verdict::Same,
                Verdict::Same => Verdict::Collection,
                found if same_number || found == Verdict::Unreadable => found,
                _ => Verdict::Other,
            };
            if verdict == Verdict::Unreadable {
                verdict = found;
            }
        }
        verdict
    }
}

/// Compares without regard to collections.
fn element_verdict(
    api: &Api,
    types: &TypeNames,
    namespace: &str,
    name: &str,
    known: TypeTarget,
) -> Verdict {
    let item = match known {
        TypeTarget::Item(id) => Some(&api.items[id]),
        _ => None,
    };
    // Pages write names without namespaces, which may be those of other namespaces' types.
    if let Some(item) = item
        && !name.contains('.')
        && item.name.name.as_str().eq_ignore_ascii_case(name)
    {
        return Verdict::Same;
    }
    let Some(said) = types.find_in(namespace, name) else {
        return Verdict::Unreadable;
    };
    let known = match item.map(|item| &item.kind) {
        Some(ItemKind::TypeDefinition(definition)) => TypeTarget::Primitive(definition.underlying),
        _ => known,
    };
    match (said, known) {
        _ if said == known => Verdict::Same,
        (TypeTarget::Primitive(Primitive::String), _) if item.is_some_and(is_enumeration) => {
            Verdict::Enumeration
        }
        (TypeTarget::Primitive(said), TypeTarget::Primitive(known))
            if is_number(said) && is_number(known) =>
        {
            // "Integer" is the word for a kind of number, not for its range.
            match name.to_ascii_lowercase().as_str() {
                "int" | "integer" if is_integer(known) => Verdict::Same,
                _ => Verdict::Number,
            }
        }
        _ => Verdict::Other,
    }
}

fn is_enumeration(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Enumeration(_))
}

pub(crate) fn is_number(primitive: Primitive) -> bool {
    is_integer(primitive)
        || matches!(primitive, Primitive::Decimal | Primitive::Double | Primitive::Single)
}

fn is_integer(primitive: Primitive) -> bool {
    matches!(
        primitive,
        Primitive::Byte | Primitive::Int16 | Primitive::Int32 | Primitive::Int64 | Primitive::SByte
    )
}

/// A text without links, emphasis, code marks and tags: of a link its label, or where that is empty,
/// what it refers to.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    // Once a sign is not found ahead, it is not looked for again.
    let mut targets = [('(', ')', true), ('[', ']', true)];
    while let Some((before, link)) = rest.split_once('[') {
        plain.push_str(before);
        let Some((label, after)) = link.split_once(']') else {
            rest = link;
            break;
        };
        rest = after;
        if label.is_empty() {
            // `String[]`
            plain.push_str("[]");
            continue;
        }
        plain.push_str(label);
        for (open, close, is_ahead) in &mut targets {
            let Some(target) = after.strip_prefix(*open).filter(|_| *is_ahead) else {
                continue;
            };
            match target.split_once(*close) {
                Some((_, behind)) => rest = behind,
                None => *is_ahead = false,
            }
            break;
        }
    }
    plain.push_str(rest);
    let mut is_tag = false;
    plain
        .chars()
        .filter(|c| {
            let dropped = is_tag || matches!(c, '\\' | '*' | '`' | '<');
            is_tag = (is_tag || *c == '<') && *c != '>';
            !dropped
        })
        .collect()
}

/// The name in `String collection`, `Collection(String)`, `String[]`, and whether it is a collection.
fn element(text: &str) -> (&str, bool) {
    let text = text.trim().trim_end_matches(['.', ',', ';']);
    let lower = text.to_ascii_lowercase();
    // Lower case of ASCII keeps the places.
    let part = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    for open in ["collection(", "collection (", "collection of ", "list of ", "array of "] {
        if lower.starts_with(open) {
            let end = text.len() - usize::from(open.ends_with('(') && lower.ends_with(')'));
            return (name(part(open.len(), end)), true);
        }
    }
    for ending in [" collection", "(collection)", " collections", " array", "[]"] {
        if lower.ends_with(ending) {
            return (name(part(0, text.len() - ending.len())), true);
        }
    }
    (name(text), false)
}

/// The name in `String (timestamp)`, `post resource`.
fn name(text: &str) -> &str {
    let mut text = text.trim();
    if let Some((before, _)) = text.split_once('(').filter(|(before, _)| !before.trim().is_empty())
    {
        text = before.trim();
    }
    for word in [" resource type", " resource", " object", " type", " enum"] {
        text = text.strip_suffix(word).unwrap_or(text);
    }
    text.trim()
}

#[cfg(test)]
mod tests {
    use super::WrittenType;

    #[test]
    fn types_are_read_as_pages_write_them() {
        for (written, name, is_collection) in [
            ("String", "String", false),
            ("[recipient](recipient.md) collection", "recipient", true),
            ("[itemBody][]", "itemBody", false),
            ("[identitySet][] collection", "identitySet", true),
            ("[view][folderView]", "view", false),
            ("Collection(Edm.String)", "Edm.String", true),
            ("Collection([post](post.md))", "post", true),
            ("String[]", "String", true),
            ("`Boolean`", "Boolean", false),
            ("microsoft.graph.post collection", "microsoft.graph.post", true),
            ("String (timestamp)", "String", false),
            ("<code>Int32</code>", "Int32", false),
            ("[post", "post", false),
        ] {
            let expected = WrittenType { names: vec![name.to_owned()], is_collection };
            assert_eq!(WrittenType::read(written), Some(expected), "{written}");
        }
        assert_eq!(WrittenType::read(" "), None);
        let both = WrittenType::read("String or [post](post.md)").map(|written| written.names);
        assert_eq!(both, Some(vec!["String".to_owned(), "post".to_owned()]));
    }
}
