//! What a scalar without quotes is: the core schema of YAML 1.2 (section 10.3), as far as JSON knows it.

use msgraph_source::JsonKind;

/// The value of a plain scalar. Numbers keep their text.
pub(crate) fn plain(text: String) -> JsonKind {
    match text.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => JsonKind::Null,
        "true" | "True" | "TRUE" => JsonKind::Bool(true),
        "false" | "False" | "FALSE" => JsonKind::Bool(false),
        number if is_number(number) => JsonKind::Number(text),
        _ => JsonKind::String(text),
    }
}

/// Whether `text` is a decimal number. Other notations of YAML (`0x1F`, `.inf`) stay texts: JSON has no such numbers.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && is_digits(digits)
    });
    has_digits && is_digits(whole) && is_digits(fraction) && exponent_fits
}

#[cfg(test)]
mod tests {
    use super::plain;
    use msgraph_source::JsonKind;

    #[test]
    fn a_plain_scalar_is_what_the_core_schema_says() {
        for text in ["0", "-12", "+1", "007", "1.5", ".5", "1.", "1e3", "-1.5E-3"] {
            assert_eq!(plain(text.to_owned()), JsonKind::Number(text.to_owned()));
        }
        for text in ["-", ".", "e3", "1e", "1.2.3", "0x1F", ".inf", "3.0.3", "2026-01-01", "yes"] {
            assert_eq!(plain(text.to_owned()), JsonKind::String(text.to_owned()));
        }
        for text in ["", "~", "null", "NULL"] {
            assert_eq!(plain(text.to_owned()), JsonKind::Null);
        }
        assert_eq!(plain("True".to_owned()), JsonKind::Bool(true));
        assert_eq!(plain("false".to_owned()), JsonKind::Bool(false));
    }
}
