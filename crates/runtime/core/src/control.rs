//! What an object holds beside its declared members: control information, annotations, undeclared members.
//!
//! Control information is every name with an `@`; `@odata.type` and `@type` are two spellings of one name. All
//! of it is kept as JSON text in the order in which it came.

use crate::Json;
use std::borrow::Cow;

/// A name that is most often one of the few that every service sends.
pub(crate) type Name = Cow<'static, str>;

#[derive(Clone, Debug, Default)]
pub(crate) struct More {
    pub(crate) control: Vec<(Name, Json)>,
    pub(crate) unknown: Vec<(Name, Json)>,
    /// What stands in a collection where an object should: `null`, or what is no object.
    pub(crate) instead: Option<Json>,
}

pub(crate) const TYPE: &str = "@odata.type";
pub(crate) const ETAG: &str = "@odata.etag";

/// Names that need no allocation.
const COMMON: [&str; 8] = [
    TYPE,
    ETAG,
    "@odata.context",
    "@odata.id",
    "@odata.nextLink",
    "@odata.deltaLink",
    "@odata.count",
    "@odata.editLink",
];

pub(crate) fn name_of(name: &str) -> Name {
    match COMMON.iter().find(|common| **common == name) {
        Some(common) => Cow::Borrowed(common),
        None => Cow::Owned(name.to_owned()),
    }
}

/// Whether a name that is not declared is control information or an annotation.
pub(crate) fn is_control(name: &str) -> bool {
    name.contains('@')
}

/// Whether two names of control information are the same but for the `odata.` that version 4.01 leaves out.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    fn parts(name: &str) -> Option<(&str, &str)> {
        let (target, term) = name.rsplit_once('@')?;
        Some((target, term.strip_prefix("odata.").unwrap_or(term)))
    }
    one == other || parts(one).is_some_and(|one| parts(other) == Some(one))
}

impl More {
    pub(crate) fn control(&self, name: &str) -> Option<&Json> {
        self.control.iter().rev().find(|(own, _)| is_same(own, name)).map(|(_, json)| json)
    }

    pub(crate) fn unknown(&self, name: &str) -> Option<&Json> {
        self.unknown.iter().rev().find(|(own, _)| own == name).map(|(_, json)| json)
    }

    pub(crate) fn set_control(&mut self, name: &str, json: Json) {
        match self.control.iter_mut().find(|(own, _)| is_same(own, name)) {
            Some((_, own)) => *own = json,
            None => self.control.push((name_of(name), json)),
        }
    }

    pub(crate) fn set_unknown(&mut self, name: &str, json: Json) {
        match self.unknown.iter_mut().find(|(own, _)| own == name) {
            Some((_, own)) => *own = json,
            None => self.unknown.push((name_of(name), json)),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.control.is_empty() && self.unknown.is_empty() && self.instead.is_none()
    }
}
