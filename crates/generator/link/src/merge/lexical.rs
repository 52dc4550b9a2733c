//! Whether a text can be read as a value of a primitive type.
//!
//! In comes a text of an example; out goes yes or no, by the grammar of the OData ABNF. Holds: what is
//! a value here is read by the strict reader of the runtime, so that a body called clean is one.

use msgraph_ir::Primitive;

/// Whether `text`, a JSON string, is a value of `primitive`.
pub(crate) fn is_value(primitive: Primitive, text: &str) -> bool {
    match primitive {
        Primitive::String | Primitive::Stream | Primitive::Geo => true,
        Primitive::Binary => is_binary(text),
        Primitive::Date => is_date(text),
        Primitive::DateTimeOffset => is_date_time(text),
        Primitive::Duration => is_duration(text),
        Primitive::Guid => is_guid(text),
        Primitive::TimeOfDay => is_time(text),
        Primitive::Double | Primitive::Single => matches!(text, "INF" | "-INF" | "NaN"),
        // As with `IEEE754Compatible=true`.
        Primitive::Int64 => is_number(text) && text.parse::<i64>().is_ok(),
        Primitive::Decimal => is_number(text),
        Primitive::Boolean
        | Primitive::Byte
        | Primitive::Int16
        | Primitive::Int32
        | Primitive::SByte => false,
    }
}

/// Whether `number`, a JSON number, is a value of `primitive`.
pub(crate) fn is_number_of(primitive: Primitive, number: &str) -> bool {
    match primitive {
        Primitive::Byte => number.parse::<u8>().is_ok(),
        Primitive::SByte => number.parse::<i8>().is_ok(),
        Primitive::Int16 => number.parse::<i16>().is_ok(),
        Primitive::Int32 => number.parse::<i32>().is_ok(),
        Primitive::Int64 => number.parse::<i64>().is_ok(),
        Primitive::Decimal | Primitive::Double | Primitive::Single => true,
        _ => false,
    }
}

/// Whether a text is written as writers write what is to be filled in: `name-value`, `String`,
/// `{id}`, `a | b`.
pub(crate) fn looks_like_placeholder(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.ends_with("-value")
        || text.contains(['|', '<', '{', '(', '…'])
        || text.contains("...")
        || text.contains(' ')
        || matches!(
            lower.as_str(),
            "string"
                | "boolean"
                | "bool"
                | "true|false"
                | "int"
                | "integer"
                | "int32"
                | "int64"
                | "number"
                | "double"
                | "guid"
                | "datetime"
                | "date"
                | "timestamp"
                | "enum"
                | "value"
        )
}

/// Whether `text`, which is no value of `primitive`, stands for one rather than being a wrong one.
pub(crate) fn stands_for(primitive: Primitive, text: &str) -> bool {
    let is_like_digits = text.starts_with(|c: char| c.is_ascii_digit());
    match primitive {
        // What has digits where a value has them is a value gone wrong.
        Primitive::Date | Primitive::DateTimeOffset | Primitive::TimeOfDay => !is_like_digits,
        Primitive::Duration => !is_like_digits && !text.starts_with(['P', '-']),
        Primitive::Guid => !has_shape_of_guid(text),
        // Pictures and certificates run over lines.
        Primitive::Binary => text.len() < 60 && looks_like_placeholder(text),
        _ => looks_like_placeholder(text),
    }
}

/// Whether a text is a number as JSON has it.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            (mantissa, exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
        }
        None => (text, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let is_padded = whole.len() > 1 && whole.starts_with('0');
    is_digits(whole) && !is_padded && is_digits(fraction) && is_digits(exponent)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number of exactly `digits` digits within `range`.
fn is_part(text: &str, digits: usize, range: std::ops::RangeInclusive<u32>) -> bool {
    text.len() == digits
        && is_digits(text)
        && text.parse().is_ok_and(|number| range.contains(&number))
}

/// Whether `text` is a date.
pub(crate) fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut part = || parts.next().unwrap_or_default();
    let (year, month, day) = (part(), part(), part());
    if !(is_part(year, 4, 0..=9999) && is_part(month, 2, 1..=12)) {
        return false;
    }
    let days = match month {
        "02" if is_leap(year) => 29,
        "02" => 28,
        "04" | "06" | "09" | "11" => 30,
        _ => 31,
    };
    is_part(day, 2, 1..=days)
}

fn is_leap(year: &str) -> bool {
    let year: u32 = year.parse().unwrap_or_default();
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn is_time(text: &str) -> bool {
    let mut parts = text.splitn(3, ':');
    let mut part = || parts.next();
    let hour = part().is_some_and(|hour| is_part(hour, 2, 0..=23));
    let minute = part().is_some_and(|minute| is_part(minute, 2, 0..=59));
    let second = part().is_none_or(|second| {
        let (whole, fraction) = second.split_once('.').unwrap_or((second, "0"));
        is_part(whole, 2, 0..=59) && is_digits(fraction) && fraction.len() <= 12
    });
    hour && minute && second
}

/// Whether `text` is a date and a time that lack the offset.
pub(crate) fn is_date_time_without_offset(text: &str) -> bool {
    text.split_once(['T', 't']).is_some_and(|(date, time)| is_date(date) && is_time(time))
}

fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't']) else {
        return false;
    };
    let time = match time.strip_suffix(['Z', 'z']) {
        Some(time) => time,
        None => {
            let Some(at) = time.rfind(['+', '-']) else {
                return false;
            };
            let (time, offset) = time.split_at(at);
            let Some((hours, minutes)) = offset.get(1..).unwrap_or_default().split_once(':') else {
                return false;
            };
            if !(is_part(hours, 2, 0..=23) && is_part(minutes, 2, 0..=59)) {
                return false;
            }
            time
        }
    };
    is_date(date) && is_time(time)
}

fn is_duration(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let Some(text) = text.strip_prefix('P') else {
        return false;
    };
    let (days, time) = match text.split_once('T') {
        Some((days, time)) => (days, Some(time)),
        None => (text, None),
    };
    let has_days = days.strip_suffix('D').is_some_and(|days| is_digits(days) && days.len() <= 15);
    match time {
        None => has_days,
        Some(time) => (days.is_empty() || has_days) && is_clock_time(time),
    }
}

/// Hours, minutes and seconds, each at most once and one of them at least: `1H30M`, `0.5S`.
fn is_clock_time(text: &str) -> bool {
    let mut rest = text;
    for unit in ['H', 'M', 'S'] {
        let Some((number, behind)) = rest.split_once(unit) else {
            continue;
        };
        let (whole, fraction) = match number.split_once('.') {
            Some((whole, fraction)) if unit == 'S' => (whole, fraction),
            Some(_) => return false,
            None => (number, "0"),
        };
        let is_part = is_digits(whole) && is_digits(fraction);
        // Longer ones would be millions of years.
        if !is_part || whole.len() > 15 || fraction.len() > 12 {
            return false;
        }
        rest = behind;
    }
    !text.is_empty() && rest.is_empty()
}

fn is_guid(text: &str) -> bool {
    has_shape_of_guid(text) && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

fn has_shape_of_guid(text: &str) -> bool {
    text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

fn is_binary(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    digits.len() % 4 != 1
        && (padding == 0 || (padding <= 2 && text.len().is_multiple_of(4)))
        && digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{is_value, looks_like_placeholder};
    use msgraph_ir::Primitive::{
        Binary, Boolean, Date, DateTimeOffset, Decimal, Double, Duration, Guid, Int32, Int64,
        TimeOfDay,
    };

    #[test]
    fn values_are_told_from_placeholders() {
        for (primitive, value, placeholder) in [
            (DateTimeOffset, "2016-10-19T10:37:00Z", "datetime-value"),
            (DateTimeOffset, "2016-10-19T10:37:00.1234567-08:00", "2016-10-19T10:37:00"),
            (DateTimeOffset, "0001-01-01T00:00Z", "2016-13-19T10:37:00Z"),
            (Date, "2016-10-19", "10/19/2016"),
            (TimeOfDay, "10:37:00.0000000", "10h"),
            (Duration, "PT1H30M", "P"),
            (Duration, "-P12DT23H59M59.999999999999S", "1 hour"),
            (Duration, "PT0.5S", "P3W"),
            (Duration, "PT1M0S", "PT1S1M"),
            (Date, "2024-02-29", "2023-02-29"),
            (Binary, "dGVzdA", "dGVzdA="),
            (Guid, "8fcb5dbc-d5aa-4681-8e31-b001d5168d79", "guid-value"),
            (Binary, "dGVzdA==", "not base64"),
            (Int64, "-9223372036854775808", "1e3"),
            (Decimal, "1.5", "1,5"),
            (Double, "NaN", "1.5"),
        ] {
            assert!(is_value(primitive, value), "{value}");
            assert!(!is_value(primitive, placeholder), "{placeholder}");
        }
        assert!(!is_value(Boolean, "true") && !is_value(Int32, "1"));
    }

    #[test]
    fn writers_placeholders_are_known() {
        for text in ["topic-value", "String", "a | b", "<name>", "{id}", "the name"] {
            assert!(looks_like_placeholder(text), "{text}");
        }
        assert!(!looks_like_placeholder("html"));
    }
}
