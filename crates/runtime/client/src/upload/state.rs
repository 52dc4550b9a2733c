//! What a session says that it lacks: `{"nextExpectedRanges": ["26-", "40-63"], …}`.
//!
//! In comes the body of an answer; out goes the first range that is lacking. Ranges count bytes from 0, both ends
//! included; one without an end goes to the end. Mailboxes write `["26"]`, and names with a capital letter.

use std::collections::BTreeMap;

use msgraph_core::Json;

const RANGES: &str = "nextExpectedRanges";

/// Bytes that a session lacks, from `start` up to but without `end`; at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) start: u64,
    pub(super) end: u64,
}

/// The first range that is lacking of `total` bytes; none where there is none, or the body tells of none.
pub(super) fn lacking(body: &[u8], total: u64) -> Result<Option<Missing>, &'static str> {
    let json = Json::from_slice(body).ok();
    let members: BTreeMap<String, Json> =
        json.and_then(|json| json.deserialize().ok()).unwrap_or_default();
    let ranges = members.iter().find(|(name, _)| name.eq_ignore_ascii_case(RANGES));
    let Some((_, ranges)) = ranges.filter(|(_, ranges)| !ranges.is_null()) else {
        return Ok(None);
    };
    let ranges: Vec<String> = ranges.deserialize().map_err(|_| "what it lacks are no ranges")?;
    match ranges.first() {
        None => Ok(None),
        Some(range) => parse(range, total).map(Some).ok_or("what it lacks is no range"),
    }
}

fn parse(range: &str, total: u64) -> Option<Missing> {
    let number = |text: &str| {
        let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_digits.then(|| text.parse::<u64>().ok()).flatten()
    };
    let (start, last) = range.split_once('-').unwrap_or((range, ""));
    let start = number(start)?;
    let end = match last {
        "" => total,
        // A last byte behind the end is one of the end.
        last => number(last)?.saturating_add(1).min(total),
    };
    (start < end).then_some(Missing { start, end })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Missing, lacking, parse};

    #[test]
    fn a_range_may_have_no_end() {
        let missing = |start, end| Some(Missing { start, end });
        for (text, found) in [
            ("26-", missing(26, 100)),
            ("26", missing(26, 100)),
            ("0-99", missing(0, 100)),
            ("40-63", missing(40, 64)),
            ("99-99", missing(99, 100)),
            ("7-18446744073709551615", missing(7, 100)),
            ("100-", None),
            ("64-63", None),
            ("", None),
            ("-", None),
            ("-5", None),
            ("+5-", None),
            ("5-x", None),
            ("5-6-7", None),
            ("18446744073709551616-", None),
        ] {
            assert_eq!(parse(text, 100), found, "{text}");
        }
    }

    #[test]
    fn a_body_tells_of_ranges_or_it_does_not() {
        let first = |body: &str| lacking(body.as_bytes(), 100);
        let found = Some(Missing { start: 5, end: 100 });
        assert_eq!(first(r#"{"nextExpectedRanges":["5-","60-70"],"x":1}"#), Ok(found));
        assert_eq!(first(r#"{"NextExpectedRanges":["5"]}"#), Ok(found));
        for body in ["", "<html>", "[]", "{}", r#"{"id":"1"}"#, r#"{"nextExpectedRanges":null}"#] {
            assert_eq!(first(body), Ok(None), "{body}");
        }
        assert_eq!(first(r#"{"nextExpectedRanges":[]}"#), Ok(None));
        for body in [r#"{"nextExpectedRanges":[5]}"#, r#"{"nextExpectedRanges":["x"]}"#] {
            assert!(first(body).is_err(), "{body}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(start in 0_u64..1_000, length in 1_u64..1_000, more in 0_u64..1_000) {
            let end = start + length;
            let text = format!("{start}-{}", end - 1);
            prop_assert_eq!(parse(&text, end + more), Some(Missing { start, end }));
        }

        #[test]
        fn what_is_found_lies_within_the_content(text in "[0-9]{1,2}-[0-9]{0,3}x?", total in 0_u64..150) {
            if let Some(missing) = parse(&text, total) {
                prop_assert!(missing.start < missing.end && missing.end <= total);
            }
        }
    }
}
