//! Documented JSON with the members of enumerations as the metadata spell them.
//!
//! Pages write `Text` for `text`. The runtime reads either and writes the latter, so that a test which
//! holds it to the page's spelling could not pass; the linker has reported the difference.

use msgraph_ir::{Enumeration, ItemKind, TypeRef, TypeTarget};
use msgraph_source::{Json, JsonKind, JsonMember};

use super::Lowering;
use super::value::Owner;

impl Lowering<'_> {
    /// `json`, an object of the type `owner`, spelled as the metadata do.
    pub(super) fn spelled(&self, owner: Owner, json: &Json) -> Json {
        let JsonKind::Object(members) = &json.kind else {
            return json.clone();
        };
        let owner = self.stated_type(owner, json);
        let members = members.iter().map(|member| {
            let value = match self.lookup(owner, &member.name) {
                Some((type_ref, _)) => self.spelled_value(type_ref, &member.value),
                None => member.value.clone(),
            };
            JsonMember { value, ..member.clone() }
        });
        Json { kind: JsonKind::Object(members.collect()), span: json.span }
    }

    fn spelled_value(&self, type_ref: TypeRef, json: &Json) -> Json {
        let kind = match &json.kind {
            JsonKind::Array(elements) if type_ref.is_collection => {
                let one = TypeRef { is_collection: false, ..type_ref };
                JsonKind::Array(elements.iter().map(|of| self.spelled_value(one, of)).collect())
            }
            JsonKind::Object(_) => match type_ref.target {
                TypeTarget::Item(id) => return self.spelled(Owner::Item(id), json),
                TypeTarget::Primitive(_) | TypeTarget::Json => return json.clone(),
            },
            JsonKind::String(text) => match type_ref.target {
                TypeTarget::Item(id) => match &self.api.items[id].kind {
                    ItemKind::Enumeration(enumeration) => {
                        JsonKind::String(spelled_members(enumeration, text))
                    }
                    _ => return json.clone(),
                },
                TypeTarget::Primitive(_) | TypeTarget::Json => return json.clone(),
            },
            _ => return json.clone(),
        };
        Json { kind, span: json.span }
    }
}

/// A member, or a comma list of them, each in its own spelling.
fn spelled_members(enumeration: &Enumeration, text: &str) -> String {
    let spelled = |text: &str| -> String {
        let mut names = enumeration.members.iter().map(|member| member.name.as_str());
        if names.clone().any(|name| name == text) {
            return text.to_owned();
        }
        names
            .find(|name| name.eq_ignore_ascii_case(text))
            .map_or_else(|| text.to_owned(), str::to_owned)
    };
    if enumeration.is_flags {
        // A set is written in the order of the metadata, what is unknown last.
        let place = |name: &String| {
            let mut names = enumeration.members.iter();
            names.position(|member| member.name.as_str() == name).unwrap_or(usize::MAX)
        };
        let mut parts: Vec<String> = text.split(',').map(|part| spelled(part.trim())).collect();
        parts.sort_by_key(place);
        parts.join(",")
    } else {
        spelled(text)
    }
}
