//! Tables of properties, relationships, enumeration members and parameters.
//!
//! Comes in: a table and the sections around it. Goes out: its rows, where it is such a table.
//! Holds: the header of the first column or the section says what the rows are; a row without a
//! name is none.

use crate::lines::PageText;
use crate::page::{MemberRow, MemberTable, MemberTableKind, Text};
use crate::sections::{Section, Sections, without_anchor};
use crate::tables::{Table, name};

/// Reads `table`, which stands in `section`.
pub(crate) fn read(
    page: &PageText,
    table: &Table,
    sections: &Sections,
    section: Option<&Section>,
) -> Option<MemberTable> {
    let kind = kind(table, sections, section)?;
    let type_column = match kind {
        MemberTableKind::Members => None,
        _ => table.find_column(|header| header == "type" || header.ends_with(" type")),
    };
    // In tables headed by "Value" alone the values are the names.
    let value_column = match kind {
        MemberTableKind::Members => table.find_column(|header| header == "value"),
        _ => None,
    }
    .filter(|column| *column > 0);
    let last = table.header.len().saturating_sub(1);
    let description = table.find_column(|header| header.contains("description")).unwrap_or(last);
    let rows = table
        .rows
        .iter()
        .filter_map(|row| {
            let first = row.cells.first().filter(|cell| !cell.value.is_empty())?;
            let cell = |index: usize| row.cells.get(index).cloned();
            let nothing = || Text::new(String::new(), row.span);
            Some(MemberRow {
                name: name(first),
                type_text: type_column.and_then(cell),
                value: value_column.and_then(cell).filter(|value| !value.value.is_empty()),
                description: match description {
                    0 => nothing(),
                    column if Some(column) == value_column => nothing(),
                    column => cell(column).unwrap_or_else(nothing),
                },
                span: row.span,
            })
        })
        .collect();
    let heading = section.map(|section| page.spanned(without_anchor(page, &section.title)));
    Some(MemberTable { kind, heading, rows, span: table.span })
}

fn kind(table: &Table, sections: &Sections, section: Option<&Section>) -> Option<MemberTableKind> {
    let header = table.column(0);
    let around = || section.into_iter().flat_map(|s| sections.around(s));
    let inside = |slugs: &[&str]| around().any(|s| slugs.contains(&s.slug.as_str()));
    if section.is_some_and(|section| section.in_example) {
        return None;
    }
    let is_name = matches!(header, "name" | "property" | "property name" | "attribute");
    if header.starts_with("relationship") && header != "relationship type" {
        return Some(MemberTableKind::Relationships);
    }
    if matches!(header, "member" | "members" | "member name") {
        return Some(MemberTableKind::Members);
    }
    let has_type = table.find_column(|header| header == "type").is_some();
    if has_type
        && (is_name || header.starts_with("parameter"))
        && inside(&["function-parameters", "parameters", "path-parameters", "request-body"])
    {
        return Some(MemberTableKind::Parameters);
    }
    if has_type && is_name && inside(&["relationships"]) {
        return Some(MemberTableKind::Relationships);
    }
    if has_type && is_name && (header != "name" || inside(&["properties"])) {
        let elsewhere = inside(&[
            "request-headers",
            "optional-request-headers",
            "query-parameters",
            "optional-query-parameters",
            "methods",
        ]);
        return (!elsewhere).then_some(MemberTableKind::Properties);
    }
    let is_value = matches!(header, "value" | "values" | "name");
    let of_values = around().any(|s| {
        s.slug == "members"
            || ["-values", "-options", "-enumeration"].iter().any(|end| s.slug.ends_with(end))
    });
    (is_value && of_values).then_some(MemberTableKind::Members)
}
