//! JSON of examples: whether a value fits a primitive type, and its text.
//!
//! The text that comes out is strict JSON of visible characters: it can stand in a literal and be read.

use msgraph_ir::Primitive;
use msgraph_source::{Json, JsonKind};

use crate::data::Scalar;

/// How a value fits its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Not at all.
    Not,
    /// It can be read, but is not written by the runtime as it stands.
    Readable,
    /// It is read and written as it stands.
    Canonical,
}

impl Fit {
    fn canonical_if(fits: bool) -> Self {
        if fits { Self::Canonical } else { Self::Not }
    }
}

/// How `json` fits the type.
pub(crate) fn fits(primitive: Primitive, json: &Json) -> Fit {
    match (primitive, &json.kind) {
        (Primitive::Geo, _) => Fit::Canonical,
        (Primitive::String, JsonKind::String(_)) => Fit::Canonical,
        (Primitive::Boolean, JsonKind::Bool(_)) => Fit::Canonical,
        (Primitive::Byte, JsonKind::Number(n)) => Fit::canonical_if(fits_integer(Scalar::U8, n)),
        (Primitive::SByte, JsonKind::Number(n)) => Fit::canonical_if(fits_integer(Scalar::I8, n)),
        (Primitive::Int16, JsonKind::Number(n)) => Fit::canonical_if(fits_integer(Scalar::I16, n)),
        (Primitive::Int32, JsonKind::Number(n)) => Fit::canonical_if(fits_integer(Scalar::I32, n)),
        (Primitive::Int64, JsonKind::Number(n)) => Fit::canonical_if(fits_integer(Scalar::I64, n)),
        (Primitive::Int64, JsonKind::String(n)) if fits_integer(Scalar::I64, n) => Fit::Readable,
        (Primitive::Single | Primitive::Double | Primitive::Decimal, JsonKind::Number(n)) => {
            Fit::canonical_if(is_number(n))
        }
        (Primitive::Single | Primitive::Double, JsonKind::String(n))
            if matches!(n.as_str(), "INF" | "-INF" | "NaN") =>
        {
            Fit::Readable
        }
        (Primitive::Binary | Primitive::Stream, JsonKind::String(text)) => fits_edm("Binary", text),
        (Primitive::Date, JsonKind::String(text)) => fits_edm("Date", text),
        (Primitive::DateTimeOffset, JsonKind::String(text)) => fits_edm("DateTimeOffset", text),
        (Primitive::TimeOfDay, JsonKind::String(text)) => fits_edm("TimeOfDay", text),
        (Primitive::Duration, JsonKind::String(text)) => fits_edm("Duration", text),
        (Primitive::Guid, JsonKind::String(text)) => fits_edm("Guid", text),
        _ => Fit::Not,
    }
}

/// Whether `text` is an integer in the range of the type.
pub(crate) fn fits_integer(scalar: Scalar, text: &str) -> bool {
    let plain = text.strip_prefix('-').unwrap_or(text);
    let is_plain =
        plain.bytes().all(|b| b.is_ascii_digit()) && (plain == "0" || !plain.starts_with('0'));
    is_plain
        && text != "-0"
        && match scalar {
            Scalar::U8 => text.parse::<u8>().is_ok(),
            Scalar::I8 => text.parse::<i8>().is_ok(),
            Scalar::I16 => text.parse::<i16>().is_ok(),
            Scalar::I32 => text.parse::<i32>().is_ok(),
            Scalar::I64 => text.parse::<i64>().is_ok(),
            _ => false,
        }
}

/// How `text` fits the type of `msgraph_core::edm` called `name`.
pub(crate) fn fits_edm(name: &str, text: &str) -> Fit {
    match name {
        "Date" => Fit::canonical_if(is_date(text)),
        "TimeOfDay" => Fit::canonical_if(is_time(text)),
        "DateTimeOffset" => match text.split_once('T') {
            Some((date, time)) if is_date(date) => {
                let end = time.find(['Z', '+', '-']).unwrap_or(time.len());
                let (time, offset) = time.split_at(end);
                Fit::canonical_if(is_time(time) && is_offset(offset))
            }
            _ => Fit::Not,
        },
        "Duration" => Fit::canonical_if(is_duration(text)),
        "Guid" => {
            if !matches(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx") {
                Fit::Not
            } else if text.bytes().any(|b| b.is_ascii_uppercase()) {
                Fit::Readable
            } else {
                Fit::Canonical
            }
        }
        "Binary" => {
            let body = text.trim_end_matches('=');
            let url_safe =
                body.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
            let standard =
                body.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'));
            let padding = text.len() - body.len();
            let is_whole = padding <= 2
                && (text.len().is_multiple_of(4) || padding == 0)
                && body.len() % 4 != 1;
            match (is_whole && (url_safe || standard), url_safe && text.len().is_multiple_of(4)) {
                (false, _) => Fit::Not,
                // The bits behind the last byte must be zero, which few examples take care of.
                (true, true) if padding == 0 => Fit::Canonical,
                (true, _) if padding == 0 && body.len().is_multiple_of(4) => Fit::Readable,
                (true, _) if ends_in_zero_bits(body) => Fit::Readable,
                (true, _) => Fit::Not,
            }
        }
        _ => Fit::Not,
    }
}

/// Whether the bits that padding cuts off are zero.
fn ends_in_zero_bits(body: &str) -> bool {
    let value = |b: u8| match b {
        b'A'..=b'Z' => b - b'A',
        b'a'..=b'z' => b - b'a' + 26,
        b'0'..=b'9' => b - b'0' + 52,
        b'+' | b'-' => 62,
        _ => 63,
    };
    let mask = match body.len() % 4 {
        2 => 0b1111,
        3 => 0b11,
        _ => 0,
    };
    body.bytes().last().is_none_or(|last| value(last) & mask == 0)
}

/// Whether `text` has the form `pattern`: `9` a digit, `x` a hexadecimal digit, anything else itself.
fn matches(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(byte, pattern)| match pattern {
            b'9' => byte.is_ascii_digit(),
            b'x' => byte.is_ascii_hexdigit(),
            other => byte == other,
        })
}

fn number_at(text: &str, range: std::ops::Range<usize>) -> u32 {
    text.get(range).and_then(|digits| digits.parse().ok()).unwrap_or(u32::MAX)
}

fn is_date(text: &str) -> bool {
    if !matches(text, "9999-99-99") {
        return false;
    }
    let (year, month, day) = (number_at(text, 0..4), number_at(text, 5..7), number_at(text, 8..10));
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    year >= 1 && (1..=days).contains(&day)
}

/// `10:37:00.1234567`
fn is_time(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    matches(whole, "99:99:99")
        && number_at(whole, 0..2) < 24
        && number_at(whole, 3..5) < 60
        && number_at(whole, 6..8) < 60
        && (1..=12).contains(&fraction.len())
        && fraction.bytes().all(|b| b.is_ascii_digit())
}

fn is_offset(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or_default();
    text == "Z"
        || (matches(digits, "99:99")
            && number_at(digits, 0..2) < 14
            && number_at(digits, 3..5) < 60)
}

/// `P12DT23H59M59.999S`: days, then hours, minutes and seconds in this order.
fn is_duration(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let Some(rest) = unsigned.strip_prefix('P') else {
        return false;
    };
    let (days, time) = match rest.split_once('T') {
        Some((days, time)) => (days, Some(time)),
        None => (rest, None),
    };
    let digits =
        |text: &str| (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let days_fit = days.is_empty() || days.strip_suffix('D').is_some_and(digits);
    let time_fits = time.is_none_or(|time| {
        let mut rest = time;
        let mut parts = 0;
        for unit in ['H', 'M', 'S'] {
            if let Some((number, after)) = rest.split_once(unit) {
                let whole = match unit {
                    'S' => number.split_once('.').map_or(number, |(whole, fraction)| {
                        if digits(fraction) { whole } else { "" }
                    }),
                    _ => number,
                };
                if !digits(whole) {
                    return false;
                }
                parts += 1;
                rest = after;
            }
        }
        parts > 0 && rest.is_empty()
    });
    days_fit && time_fits && (!days.is_empty() || time.is_some())
}

/// Whether `text` is a number of strict JSON.
pub(crate) fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent
            .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

/// How deep objects and arrays lie in each other, as far as `most`.
pub(crate) fn is_deeper(json: &Json, most: usize) -> bool {
    let mut level: Vec<&Json> = vec![json];
    for _ in 0..most {
        level = level
            .into_iter()
            .flat_map(|json| match &json.kind {
                JsonKind::Array(elements) => elements.iter().collect::<Vec<_>>(),
                JsonKind::Object(members) => members.iter().map(|member| &member.value).collect(),
                _ => Vec::new(),
            })
            .collect();
        if level.is_empty() {
            return false;
        }
    }
    true
}

/// `text` as a string of JSON.
pub fn json_string(text: &str) -> String {
    let mut out = String::new();
    write_string(text, &mut out);
    out
}

/// The text of `json` on one line.
pub(crate) fn compact(json: &Json) -> String {
    let mut out = String::new();
    write(json, None, &mut out);
    out
}

/// The text of `json`, a member or element a line.
pub(crate) fn pretty(json: &Json) -> String {
    let mut out = String::new();
    write(json, Some(0), &mut out);
    out
}

fn write(json: &Json, indent: Option<usize>, out: &mut String) {
    match &json.kind {
        JsonKind::Null => out.push_str("null"),
        JsonKind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        JsonKind::Number(text) if is_number(text) => out.push_str(text),
        JsonKind::Number(text) | JsonKind::String(text) => write_string(text, out),
        JsonKind::Array(elements) => {
            write_list('[', ']', elements, indent, out, |element, indent, out| {
                write(element, indent, out);
            });
        }
        JsonKind::Object(members) => {
            write_list('{', '}', members, indent, out, |member, indent, out| {
                write_string(&member.name, out);
                out.push_str(": ");
                write(&member.value, indent, out);
            });
        }
    }
}

fn write_list<T>(
    open: char,
    close: char,
    items: &[T],
    indent: Option<usize>,
    out: &mut String,
    each: impl Fn(&T, Option<usize>, &mut String),
) {
    let inside = indent.map(|indent| indent + 2);
    let line = |indent: Option<usize>, out: &mut String| {
        if let Some(columns) = indent {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', columns));
        }
    };
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
            if indent.is_none() {
                out.push(' ');
            }
        }
        line(inside, out);
        each(item, inside, out);
    }
    if !items.is_empty() {
        line(indent, out);
    }
    out.push(close);
}

/// A string with everything escaped that is not seen as it is.
fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_unseen(c) => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Whether the character is a control, or directs the reading of others.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::{Fit, fits_edm, is_number};

    #[test]
    fn real_values_fit_and_placeholders_do_not() {
        for (name, text) in [
            ("DateTimeOffset", "2016-10-19T10:37:00Z"),
            ("DateTimeOffset", "2016-10-19T10:37:00.0000000-08:00"),
            ("Date", "2024-02-29"),
            ("Duration", "P12DT23H59M59.999999999S"),
            ("Guid", "02bd9fd6-8f93-4758-87c3-1fb73740a315"),
            ("TimeOfDay", "08:00:00.0000000"),
        ] {
            assert_eq!(fits_edm(name, text), Fit::Canonical, "{text}");
        }
        for (name, text) in [
            ("DateTimeOffset", "datetime-value"),
            ("DateTimeOffset", "2016-10-19"),
            ("Date", "2023-02-29"),
            ("Duration", "PT"),
            ("Guid", "guid-value"),
        ] {
            assert_eq!(fits_edm(name, text), Fit::Not, "{text}");
        }
    }

    #[test]
    fn numbers_are_those_of_strict_json() {
        assert!(["0", "-1.5", "1e+5"].iter().all(|text| is_number(text)));
        assert!(["", "01", ".5", "1.", "0x1", "+1"].iter().all(|text| !is_number(text)));
    }
}
