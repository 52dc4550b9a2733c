//! The terms of `Org.OData.Capabilities.V1`: one annotation onto [`Capabilities`].
//!
//! In comes an annotation of a navigation property, an entity set, a singleton or a type; out goes what
//! of it the representation keeps. Holds: what was said first stays, and a value of the wrong shape
//! changes nothing.

use msgraph_csdl::{Annotation, Expression, Record};
use msgraph_ir::Capabilities;
use msgraph_source::Span;

use super::{constant, flag};

/// What became of an annotation.
pub(crate) enum Outcome {
    /// Something of it is kept.
    Applied,
    /// The representation keeps nothing of it.
    Unused,
    /// Its value is not what the vocabulary says; the word for that.
    Misshapen(&'static str),
}

/// Lays the annotation with the term `term` onto `capabilities`.
pub(crate) fn apply(
    capabilities: &mut Capabilities,
    term: &str,
    annotation: &Annotation,
) -> Outcome {
    let span = annotation.span;
    match term {
        "TopSupported" | "SkipSupported" => {
            let Some(value) = flag(annotation) else {
                return Outcome::Misshapen("a boolean");
            };
            let slot = match term {
                "TopSupported" => &mut capabilities.top_supported,
                _ => &mut capabilities.skip_supported,
            };
            slot.get_or_insert((value, span));
            return Outcome::Applied;
        }
        _ => {}
    }
    let flags: &[&str] = match term {
        "InsertRestrictions" => &["Insertable"],
        "UpdateRestrictions" => &["Updatable", "Upsertable"],
        "DeleteRestrictions" => &["Deletable"],
        "ReadRestrictions" => &["Readable"],
        "ExpandRestrictions" => &["Expandable"],
        "SearchRestrictions" => &["Searchable"],
        "FilterRestrictions" => &["Filterable"],
        "SortRestrictions" => &["Sortable"],
        "CountRestrictions" => &["Countable"],
        "SelectSupport" => &["Supported"],
        "ChangeTracking" => &["Supported"],
        "NavigationRestrictions" => &[],
        _ => return Outcome::Unused,
    };
    let Some(record) = annotation.value.as_ref().and_then(Expression::as_record) else {
        return Outcome::Misshapen("a record");
    };
    let mut applied = false;
    for name in flags {
        let Some(value) = record.get(name) else {
            continue;
        };
        let Some(value) = value.as_bool() else {
            return Outcome::Misshapen("a record with booleans");
        };
        if let Some(slot) = slot(capabilities, term, name) {
            slot.get_or_insert((value, span));
            applied = true;
        }
    }
    if let Some(value) = record.get("Navigability") {
        let kind = constant(value).rsplit('/').next().unwrap_or_default();
        capabilities.navigability.get_or_insert((kind.to_owned(), span));
        applied = true;
    }
    applied |= custom_headers(capabilities, term, record, span);
    if applied { Outcome::Applied } else { Outcome::Unused }
}

/// Lays what a restricted navigation property (`NavigationPropertyRestriction`) says onto `capabilities`.
pub(crate) fn restrict(capabilities: &mut Capabilities, record: &Record, span: Span) -> bool {
    let mut applied = false;
    let said = [
        ("InsertRestrictions", "Insertable"),
        ("UpdateRestrictions", "Updatable"),
        ("DeleteRestrictions", "Deletable"),
        ("ReadRestrictions", "Readable"),
    ];
    for (term, flag) in said {
        let value = record
            .get(term)
            .and_then(Expression::as_record)
            .and_then(|record| record.get(flag))
            .and_then(Expression::as_bool);
        if let (Some(value), Some(slot)) = (value, slot(capabilities, term, flag)) {
            slot.get_or_insert((value, span));
            applied = true;
        }
    }
    applied
}

/// Lays what is said from elsewhere onto what says nothing itself.
pub(crate) fn complete(capabilities: &mut Capabilities, said: Capabilities) {
    let fill = |own: &mut Option<(bool, Span)>, said: Option<(bool, Span)>| *own = own.or(said);
    fill(&mut capabilities.insertable, said.insertable);
    fill(&mut capabilities.updatable, said.updatable);
    fill(&mut capabilities.deletable, said.deletable);
    fill(&mut capabilities.readable, said.readable);
    fill(&mut capabilities.countable, said.countable);
}

fn slot<'c>(
    capabilities: &'c mut Capabilities,
    term: &str,
    name: &str,
) -> Option<&'c mut Option<(bool, Span)>> {
    Some(match (term, name) {
        ("InsertRestrictions", _) => &mut capabilities.insertable,
        ("UpdateRestrictions", "Updatable") => &mut capabilities.updatable,
        ("UpdateRestrictions", _) => &mut capabilities.upsertable,
        ("DeleteRestrictions", _) => &mut capabilities.deletable,
        ("ReadRestrictions", _) => &mut capabilities.readable,
        ("ExpandRestrictions", _) => &mut capabilities.expandable,
        ("SearchRestrictions", _) => &mut capabilities.searchable,
        ("FilterRestrictions", _) => &mut capabilities.filterable,
        ("SortRestrictions", _) => &mut capabilities.sortable,
        ("CountRestrictions", _) => &mut capabilities.countable,
        ("SelectSupport", _) => &mut capabilities.selectable,
        ("ChangeTracking", _) => &mut capabilities.change_tracking,
        _ => return None,
    })
}

fn custom_headers(
    capabilities: &mut Capabilities,
    term: &str,
    record: &Record,
    span: Span,
) -> bool {
    let mut applied = false;
    for level in [Some(record), record.get("ReadByKeyRestrictions").and_then(Expression::as_record)]
    {
        let headers = level
            .and_then(|record| record.get("CustomHeaders"))
            .and_then(Expression::as_collection)
            .unwrap_or_default();
        for header in headers.iter().filter_map(Expression::as_record) {
            let name = header.get("Name").map(constant).unwrap_or_default();
            let required = header.get("Required").and_then(Expression::as_bool).unwrap_or(false);
            if name.is_empty() {
                continue;
            }
            let known = capabilities
                .custom_headers
                .iter()
                .any(|(of, known, ..)| of == term && known == name);
            if !known {
                capabilities.custom_headers.push((
                    term.to_owned(),
                    name.to_owned(),
                    required,
                    span,
                ));
            }
            applied = true;
        }
    }
    applied
}
