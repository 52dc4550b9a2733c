//! Functions of numbers and times, and patterns.

use super::kinds::all_hold;

#[test]
fn functions_of_numbers_and_times_give_what_odata_says() {
    all_hold(&[
        "round(price) eq 2",
        "round(-0.5) eq -1",
        "round(rate) eq 0",
        "floor(-1.5) eq -2",
        "floor(price) eq 1",
        "ceiling(price) eq 2",
        "ceiling(-1.5) eq -1",
        "ceiling(rate) eq 1",
        "round(small) eq -5",
        "fractionalseconds(2024-05-01T12:00:00.25Z) eq 0.25",
        "fractionalseconds(clock) eq 0",
        "totaloffsetminutes(time) eq 120",
        "totalseconds(length) eq 5400",
        "totalseconds(duration'-PT0.5S') eq -0.5",
        "mindatetime() lt time",
        "maxdatetime() gt now()",
    ]);
}

#[test]
fn patterns_match_a_part_unless_they_are_anchored() {
    all_hold(&[
        "matchespattern(text,'unch')",
        "matchesPattern(text,'^Lunch.*l$')",
        "matchespattern(text,'O''N')",
        "matchespattern(text,'^lunch','i')",
        "matchespattern(concat('a','b'),'^ab$')",
        "not matchespattern(text,'^unch')",
        "not matchespattern(text,'lunch')",
    ]);
}
