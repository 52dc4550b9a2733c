//! Holds a single value of an example body against a primitive type or an enumeration.
//!
//! In comes a JSON value and its type; out goes at most one finding, of the narrowest class that
//! describes it: a placeholder, a date without offset, a wrong case, and only then a wrong value.

use msgraph_ir::{Enumeration, FindingKind, ItemId, Primitive};
use msgraph_source::{Json, JsonKind, catalogue::link as codes};

use super::body::Check;
use super::lexical::{
    is_date, is_date_time_without_offset, is_number_of, is_value, looks_like_placeholder,
    stands_for,
};
use super::place::short;

impl<'j> Check<'_, 'j> {
    pub(super) fn primitive(&mut self, json: &'j Json, primitive: Primitive) {
        let fits = match (&json.kind, primitive) {
            (_, Primitive::Stream | Primitive::Geo) => true,
            (JsonKind::Bool(_), Primitive::Boolean) => true,
            (JsonKind::Number(number), _) => is_number_of(primitive, number),
            (JsonKind::String(text), _) => is_value(primitive, text),
            _ => false,
        };
        if fits {
            return;
        }
        let JsonKind::String(text) = &json.kind else {
            return self.kind(json, &format!("an `Edm.{primitive:?}`"));
        };
        let written = short(text);
        if primitive == Primitive::DateTimeOffset && is_date_time_without_offset(text) {
            let message = format!(
                "the {} has `{written}` at `{}`, a date and time without an offset",
                self.what,
                self.path()
            );
            let kind = FindingKind::DateWithoutOffset;
            return self.add(kind, codes::DATE_WITHOUT_OFFSET, json.span, message);
        }
        if primitive == Primitive::DateTimeOffset && is_date(text) {
            let message = format!(
                "the {} has `{written}` at `{}`, a date where a date and a time belong",
                self.what,
                self.path()
            );
            let kind = FindingKind::DateWithoutTime;
            return self.add(kind, codes::DATE_WITHOUT_TIME, json.span, message);
        }
        let textual = matches!(
            primitive,
            Primitive::Binary
                | Primitive::Date
                | Primitive::DateTimeOffset
                | Primitive::Duration
                | Primitive::Guid
                | Primitive::TimeOfDay
        );
        if !text.is_empty() && stands_for(primitive, text) {
            return self.placeholder(json, text, &format!("Edm.{primitive:?}"));
        }
        if !textual {
            return self.kind(json, &format!("an `Edm.{primitive:?}`"));
        }
        let message = format!(
            "the {} has `{written}` at `{}`, which is no `Edm.{primitive:?}`",
            self.what,
            self.path()
        );
        self.add(FindingKind::ValueKind, codes::VALUE_KIND, json.span, message);
    }

    pub(super) fn enumeration(&mut self, json: &'j Json, id: ItemId, enumeration: &Enumeration) {
        let text = match &json.kind {
            JsonKind::String(text) => text,
            JsonKind::Number(number) if number.parse::<i64>().is_ok() => return,
            _ => return self.kind(json, "a member of an enumeration"),
        };
        self.declaration = self.api.items[id].span;
        let members = &enumeration.members;
        let mut in_other_case = None;
        let mut unknown = None;
        // Only of flags several may stand.
        let several = if enumeration.is_flags { usize::MAX } else { 1 };
        for part in text.splitn(several, ',').map(str::trim) {
            if members.iter().any(|member| member.name.as_str() == part) {
                continue;
            }
            match members.iter().find(|m| m.name.as_str().eq_ignore_ascii_case(part)) {
                Some(member) => in_other_case = Some(member.name.as_str()),
                None => {
                    unknown = Some(part);
                    break;
                }
            }
        }
        match (unknown, in_other_case) {
            (Some(_), _) if looks_like_placeholder(text) => {
                let name = self.api.items[id].name.to_string();
                self.placeholder(json, text, &name);
            }
            (Some(part), _) => {
                let part = short(part);
                let message = format!(
                    "the {} has `{part}` at `{}`, which is no member of `{}`",
                    self.what,
                    self.path(),
                    self.api.items[id].name
                );
                self.add(FindingKind::EnumMember, codes::ENUM_MEMBER, json.span, message);
            }
            (None, Some(member)) => {
                let written = short(text);
                let message = format!(
                    "the {} has `{written}` at `{}`, which the metadata spells `{member}`",
                    self.what,
                    self.path()
                );
                self.add(FindingKind::EnumCase, codes::ENUM_SPELLING, json.span, message);
            }
            (None, None) => {}
        }
    }

    fn placeholder(&mut self, json: &Json, text: &str, type_name: &str) {
        let text = short(text);
        let message =
            format!("the {} has the placeholder `{text}` for a value of `{type_name}`", self.what);
        self.add(FindingKind::Placeholder, codes::PLACEHOLDER_VALUE, json.span, message);
    }
}
