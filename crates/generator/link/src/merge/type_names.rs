//! Types by the names that documents write.
//!
//! In comes a name as a page has it, with or without namespace, `#` or `Collection(…)`; out goes the type
//! that it means. Holds: case does not matter; a name that several types could have means none.

use std::collections::BTreeMap;

use msgraph_ir::{Api, ItemId, Primitive, TypeTarget};

/// The types of a model by their full names, without regard to case: pages differ from the metadata
/// in case, never in anything but case.
pub(crate) struct TypeNames {
    by_name: BTreeMap<String, ItemId>,
    /// By the names without namespaces, those that only one type has.
    by_simple_name: BTreeMap<String, Option<ItemId>>,
}

impl TypeNames {
    /// The types of `api`.
    pub(crate) fn new(api: &Api) -> Self {
        let by_name = api
            .items
            .iter()
            .map(|(id, item)| (item.name.to_string().to_ascii_lowercase(), id))
            .collect();
        let mut by_simple_name = BTreeMap::new();
        for (id, item) in api.items.iter() {
            by_simple_name
                .entry(item.name.name.as_str().to_ascii_lowercase())
                .and_modify(|one| *one = None)
                .or_insert(Some(id));
        }
        Self { by_name, by_simple_name }
    }

    /// What `name` means where names without a namespace belong to `namespace` first, then to
    /// `microsoft.graph`, then to whichever namespace alone has it.
    pub(crate) fn find_in(&self, namespace: &str, name: &str) -> Option<TypeTarget> {
        let lower = name.trim().trim_start_matches('#').to_ascii_lowercase();
        if !lower.contains('.') {
            let full = format!("{}.{lower}", namespace.to_ascii_lowercase());
            if let Some(&id) = self.by_name.get(&full) {
                return Some(TypeTarget::Item(id));
            }
        }
        self.find(&lower).or_else(|| {
            let one = self.by_simple_name.get(&lower)?;
            one.map(TypeTarget::Item)
        })
    }

    /// What `name` means: `microsoft.graph.post`, `#microsoft.graph.post`, `post`, `Edm.String`.
    pub(crate) fn find(&self, name: &str) -> Option<TypeTarget> {
        let lower = name.trim().trim_start_matches('#').to_ascii_lowercase();
        let lower = match lower.strip_prefix("collection(").and_then(|l| l.strip_suffix(')')) {
            Some(element) => element.to_owned(),
            None => lower,
        };
        if let Some(&id) = self.by_name.get(&lower) {
            return Some(TypeTarget::Item(id));
        }
        if !lower.contains('.')
            && let Some(&id) = self.by_name.get(&format!("microsoft.graph.{lower}"))
        {
            return Some(TypeTarget::Item(id));
        }
        if matches!(lower.as_str(), "microsoft.graph.json" | "json" | "edm.untyped") {
            return Some(TypeTarget::Json);
        }
        primitive(lower.strip_prefix("edm.").unwrap_or(&lower)).map(TypeTarget::Primitive)
    }
}

/// The primitive type for which a word of the documents stands.
fn primitive(word: &str) -> Option<Primitive> {
    Some(match word {
        "binary" => Primitive::Binary,
        "boolean" | "bool" => Primitive::Boolean,
        "byte" => Primitive::Byte,
        "date" => Primitive::Date,
        "datetimeoffset" | "datetime" | "timestamp" => Primitive::DateTimeOffset,
        "decimal" => Primitive::Decimal,
        "double" => Primitive::Double,
        "duration" => Primitive::Duration,
        "guid" | "uuid" => Primitive::Guid,
        "int16" => Primitive::Int16,
        "int32" | "int" | "integer" => Primitive::Int32,
        "int64" | "long" => Primitive::Int64,
        "sbyte" => Primitive::SByte,
        "single" | "float" => Primitive::Single,
        "stream" => Primitive::Stream,
        "string" | "url" | "uri" => Primitive::String,
        "timeofday" => Primitive::TimeOfDay,
        _ => return None,
    })
}
