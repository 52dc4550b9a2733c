//! Arithmetic on numbers, and on points and lengths of time; how tight its operators bind.

use super::kinds::{all_hold, item, matches, options};

#[test]
fn a_number_may_have_either_sign() {
    all_hold(&["+5 eq 5", "+5.5 eq 5.5", "+007 eq 7", "-(+5) eq -5", "small add +5 eq 0"]);
    for text in ["++5 eq 5", "+-5 eq 5", "+ 5 eq 5", "+x eq 5", "+2024-05-01 eq null"] {
        assert!(options(&[("$filter", text)]).is_err(), "{text}");
    }
}

#[test]
fn numbers_are_calculated_with() {
    all_hold(&[
        "small add 2 eq -3",
        "small sub 2 eq -7",
        "small mul -3 eq 15",
        "7 div 2 eq 3",
        "-7 div 2 eq -3",
        "7 divby 2 eq 3.5",
        "7 mod 4 eq 3",
        "-7 mod 4 eq -3",
        "7.5 mod -2 eq 1.5",
        "price add 0.1 eq 1.6",
        "0.1 add 0.2 eq 0.3",
        "price div 4 eq 0.375",
        "rate mul 2 eq 0.5",
        "-small eq 5",
        "-(small add 1) eq 4",
        "- small eq 5",
        "--5 eq 5",
        "small ADD 1 eq -4",
        "9223372036854775807 add 1 eq 9223372036854775808",
        "open/count add 1 eq 8",
        "tags/$count mul 2 eq 4",
    ]);
}

#[test]
fn a_division_by_zero_is_infinite_by_divby_and_of_floating_point_numbers() {
    all_hold(&[
        "1 divby (small add 5) eq INF",
        "-1 divby (small add 5) eq -INF",
        "0 divby (small add 5) ne NaN",
        "rate div (small add 5) eq INF",
        "-rate div (small add 5) eq -INF",
        "(rate sub 0.25) div (small add 5) ne NaN",
        "rate divby (small add 5) eq INF",
        "1 div (rate sub 0.25) eq INF",
        "cast(1e308,Edm.Double) mul 10 eq INF",
    ]);
}

#[test]
fn what_is_calculated_with_null_is_null() {
    let empty = item("{}");
    for filter in [
        "small add 1 eq null",
        "-small eq null",
        "null add 1 eq null",
        "null mod (1 sub 1) eq null",
        "substring(text,0,-5 add 4) eq null",
        "length add duration'PT1H' eq null",
        "round(price) eq null",
        "cast(small,Edm.String) eq null",
    ] {
        assert!(matches(&empty, filter), "{filter}");
    }
    for filter in ["isof(small,Edm.Int32)", "matchespattern(text,'.*')"] {
        assert!(!matches(&empty, filter), "{filter}");
        assert!(!matches(&empty, &format!("not {filter}")), "not {filter}");
    }
}

#[test]
fn points_and_lengths_of_time_are_calculated_with() {
    all_hold(&[
        "time add duration'PT1H' eq 2024-05-01T13:30:15Z",
        "hour(time add duration'PT1H') eq 15",
        "time sub duration'P1D' eq 2024-04-30T12:30:15Z",
        "time sub 2024-05-01T12:00:15Z eq duration'PT30M'",
        "2024-05-01T12:00:15Z sub time eq duration'-PT30M'",
        "time add duration'PT0.5S' eq 2024-05-01T12:30:15.5Z",
        "day add duration'P31D' eq 2024-06-01",
        "day add duration'PT23H' eq 2024-05-01",
        "day sub duration'PT1H' eq 2024-04-30",
        "day sub 2024-04-01 eq duration'P30D'",
        "length add length eq duration'PT3H'",
        "length sub duration'PT2H' eq duration'-PT30M'",
        "length mul 2 eq duration'PT3H'",
        "2 mul length eq duration'PT3H'",
        "length div 3 eq duration'PT30M'",
        "length divby 0.5 eq duration'PT3H'",
        "-length eq duration'-PT90M'",
        "length eq 'PT90M'",
        "length in ('PT1H','PT90M')",
    ]);
}

#[test]
fn operators_bind_as_the_specification_has_it() {
    all_hold(&[
        "1 add 2 mul 3 eq 7",
        "(1 add 2) mul 3 eq 9",
        "10 sub 3 sub 2 eq 5",
        "10 sub (3 sub 2) eq 9",
        "12 div 3 mul 2 eq 8",
        "-2 add 3 eq 1",
        "-small mul 2 eq 10",
        "1 lt 2 eq true",
        "true eq 1 lt 2",
        "small in (-5) eq true",
        "not flag eq false",
        "1 add 1 eq 2 and not flag or flag",
    ]);
}
