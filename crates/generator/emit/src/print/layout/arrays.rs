//! Arrays: what stands on a line with another, and what on one of its own.
//!
//! In comes a line that opens or holds an array, and those behind it; out go the lines as `rustfmt` leaves them. Holds:
//! items keep their order and their text.

use super::{AHEAD, Mended, WIDTH, indent, is_at, trimmed, width};

/// Items of arrays up to this width share lines: `short_array_element_width_threshold` of `rustfmt`.
const SHORT_ITEM: usize = 10;

/// `f(` with nothing but an array: the array is opened on the line of the call.
pub(super) fn array_hugs_its_call(line: &str, rest: &[&str]) -> Mended {
    let (array, close) = match rest {
        [array, close, ..] if close.trim() == ")," && line.ends_with('(') => (array, close),
        _ => return None,
    };
    let items = array.trim().strip_prefix("&[")?.strip_suffix("],")?;
    let is_of_arrays = items.starts_with("&[");
    if indent(close) != indent(line) || !(items.starts_with('"') || is_of_arrays) {
        return None;
    }
    let (between, end) = if is_of_arrays { ("], ", "]") } else { (", ", "") };
    let items = items.strip_suffix(end)?.split(between);
    let lead = " ".repeat(indent(line) + 4);
    if let Some(only) = alone(items.clone()).filter(|_| is_of_arrays) {
        let mut lines = vec![format!("{line}&[&[")];
        lines.extend(only.strip_prefix("&[")?.split(", ").map(|item| format!("{lead}{item},")));
        lines.push(format!("{}]]),", " ".repeat(indent(line))));
        return Some((lines, 2));
    }
    let mut lines = vec![format!("{line}&[")];
    lines.extend(items.map(|item| format!("{lead}{item}{end},")));
    lines.push(format!("{}]),", " ".repeat(indent(line))));
    Some((lines, 2))
}

/// The same, where the array is broken already.
pub(super) fn broken_array_hugs_its_call(line: &str, rest: &[&str]) -> Mended {
    let columns = indent(line) + 4;
    if !line.ends_with('(') || !rest.first().is_some_and(|next| is_at(next, columns, "&[")) {
        return None;
    }
    let end = rest.iter().position(|line| is_at(line, columns, "],"))?;
    if !rest.get(end + 1).is_some_and(|line| is_at(line, columns - 4, "),")) {
        return None;
    }
    let mut lines = vec![format!("{line}&[")];
    let items = rest.get(1..end)?;
    lines.extend(items.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
    lines.push(format!("{}]),", " ".repeat(indent(line))));
    Some((lines, end + 2))
}

/// An array of short items: `rustfmt` fills lines with them. One with a longer item has an item a line.
pub(super) fn short_items_share_lines(line: &str, rest: &[&str]) -> Mended {
    if !line.ends_with("&[") {
        return None;
    }
    let close = format!("{}],", " ".repeat(indent(line)));
    let taken = rest.iter().position(|line| *line == close)?;
    let columns = indent(line) + 4;
    let lines = trimmed(rest.get(..taken)?, columns)?;
    let is_literal = |item: &str| {
        item.starts_with('"')
            || item.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit())
    };
    let items: Vec<&str> = lines
        .iter()
        .flat_map(
            |line| if line.starts_with('"') { vec![*line] } else { line.split(", ").collect() },
        )
        .map(|item| item.strip_suffix(',').unwrap_or(item))
        .collect();
    if !items.iter().all(|item| is_literal(item)) {
        return None;
    }
    let share = items.iter().all(|item| width(item) <= SHORT_ITEM);
    let lead = " ".repeat(columns);
    let mut out = vec![line.to_owned()];
    let mut current = String::new();
    for item in items {
        let fits = columns + width(&current) + 1 + width(item) < WIDTH;
        let joins = share && fits;
        if !current.is_empty() && !joins {
            out.push(format!("{lead}{current}"));
            current.clear();
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(item);
        current.push(',');
    }
    out.push(format!("{lead}{current}"));
    out.push(close);
    Some((out, taken + 1))
}

/// `derived: &[#[cfg(…)] &a::TABLE],`: an attribute stands on a line of its own, and so does its item.
pub(super) fn condition_stands_above_its_item(line: &str, _: &[&str]) -> Mended {
    let (opening, items) = line.strip_suffix("],")?.split_once("&[#[")?;
    let lead = " ".repeat(indent(line));
    let mut lines = vec![format!("{opening}&[")];
    for item in format!("#[{items}").split(", ") {
        let (attribute, item) = match item.split_once(")] ") {
            Some((attribute, item)) => (Some(attribute), item),
            None => (None, item),
        };
        lines.extend(attribute.map(|attribute| format!("{lead}    {attribute})]")));
        lines.push(format!("{lead}    {item},"));
    }
    lines.push(format!("{lead}],"));
    Some((lines, 0))
}

/// `f(&["…", "…"]),` and `a: &[(…), (…)],` that are too long by their comma: an item a line.
pub(super) fn array_needs_room_for_its_comma(line: &str, _: &[&str]) -> Mended {
    if width(line) != WIDTH + 1 {
        return None;
    }
    let (start, items) = line.split_once("&[")?;
    let (items, close) = match items.strip_suffix("]),") {
        Some(items) => (items, "]),"),
        None => (items.strip_suffix("],")?, "],"),
    };
    let (between, first, last) = match items.as_bytes() {
        [b'"', .., b'"'] => ("\", \"", "\"", "\""),
        [b'(', .., b')'] => ("), (", "(", ")"),
        _ => return None,
    };
    let inside = items.strip_prefix(first)?.strip_suffix(last)?;
    let items: Vec<&str> = inside.split(between).collect();
    let is_long = |item: &&str| width(item) + 2 > SHORT_ITEM;
    if !items.iter().any(is_long) || start.contains('"') {
        return None;
    }
    let lead = " ".repeat(indent(line));
    let mut lines = vec![format!("{start}&[")];
    lines.extend(items.iter().map(|item| format!("{lead}    {first}{item}{last},")));
    lines.push(format!("{lead}{close}"));
    Some((lines, 0))
}

/// An array of one tuple that is broken: the tuple is opened on the line of the array.
pub(super) fn tuple_hugs_its_array(line: &str, rest: &[&str]) -> Mended {
    let columns = indent(line) + 4;
    if !line.ends_with(": &[") || !rest.first().is_some_and(|next| is_at(next, columns, "(")) {
        return None;
    }
    let end = rest.iter().take(AHEAD).position(|line| is_at(line, columns, "),"))?;
    if !rest.get(end + 1).is_some_and(|next| is_at(next, columns - 4, "],")) {
        return None;
    }
    let mut lines = vec![format!("{line}(")];
    let inside = rest.get(1..end)?;
    lines.extend(inside.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
    lines.push(format!("{})],", " ".repeat(columns - 4)));
    Some((lines, end + 2))
}

/// An array of one tuple that has a line of its own: the tuple is opened on the line of the array, and its two parts
/// go to lines of theirs.
pub(super) fn lone_tuple_on_lines(line: &str, rest: &[&str]) -> Mended {
    let lead = " ".repeat(indent(line));
    let (tuple, end) = line.ends_with(": &[").then_some((rest.first()?, rest.get(1)?))?;
    let inside = tuple.strip_prefix(&format!("{lead}    ("))?.strip_suffix("),")?;
    let (first, second) = inside.split_once(", ").filter(|_| is_at(end, lead.len(), "],"))?;
    let lines = vec![
        format!("{line}("),
        format!("{lead}    {first},"),
        format!("{lead}    {second},"),
        format!("{lead})],"),
    ];
    Some((lines, 2))
}

/// The one item, where there is no other.
fn alone<'a>(mut items: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    items.next().filter(|_| items.next().is_none())
}
