//! Parameter aliases: what they stand for, what is wrong with them, and how much of them is read.

use super::kinds::{FULL, item, options};

#[test]
fn an_alias_stands_for_its_value() {
    let full = item(FULL);
    for (filter, aliases) in [
        ("id eq @p", vec![("@p", "'1'")]),
        ("small eq @p and small ne @q", vec![("@p", "-5"), ("@q", "5")]),
        ("small gt @p", vec![("@p", "small sub 1")]),
        ("id in @list", vec![("@list", "('0','1')")]),
        ("id in @list", vec![("@list", "[\"0\",\"1\"]")]),
        ("id in (@p)", vec![("@p", "'1'")]),
        ("@p in tags", vec![("@p", "'red'")]),
        ("matchespattern(text,@p)", vec![("@p", "'^L'")]),
        ("contains(text,@p)", vec![("@p", " 'Lunch' ")]),
        ("@p", vec![("@p", "flag and small lt 0")]),
        ("1 add @p mul 2 eq 7", vec![("@p", "1 add 2")]),
        ("@none eq null", vec![]),
        ("tags/any(t:t eq @p)", vec![("@p", "'red'"), ("@unused", "(")]),
    ] {
        let mut pairs = vec![("$filter", filter)];
        pairs.extend(aliases);
        let options = options(&pairs).unwrap_or_else(|error| panic!("{pairs:?}: {error}"));
        let holds = options.filter.expect("a filter").matches_object(&full);
        assert!(holds.expect("a condition"), "{pairs:?}");
    }
}

#[test]
fn what_is_wrong_with_an_alias_is_told_of_it() {
    for (filter, aliases, target, at, what) in [
        ("id eq @p", vec![("@p", "'1")], "@p", 1, "no closing `'`"),
        ("id eq @p", vec![("@p", "'1' x")], "@p", 5, "the end is expected, not `x`"),
        ("id eq @p", vec![("@p", "nothing")], "@p", 1, "`nothing` is no property"),
        ("id eq @p", vec![("@p", "@q"), ("@q", "1")], "@p", 1, "does not have another alias"),
        ("id eq @p", vec![("@p", "5")], "$filter", 4, "`eq` does not compare"),
        ("id eq @p", vec![("@p", "'1'"), ("@p", "'2'")], "$filter", 7, "is given twice"),
        ("many/any(x:@p)", vec![("@p", "x/flag")], "@p", 1, "`x` is no property"),
        ("id in @p", vec![("@p", "(1)")], "@p", 1, "`in` does not compare"),
    ] {
        let mut pairs = vec![("$filter", filter)];
        pairs.extend(aliases);
        let error = options(&pairs).expect_err(filter);
        assert_eq!(error.body.target.as_deref(), Some(target), "{pairs:?}");
        let place = format!("The option `{target}` cannot be read at character {at}: ");
        assert!(error.body.message.starts_with(&place), "{pairs:?}: {}", error.body.message);
        assert!(error.body.message.contains(what), "{pairs:?}: {}", error.body.message);
    }
}

#[test]
fn aliases_are_bounded_as_if_their_values_stood_in_the_option() {
    let long = format!("'{}'", "x".repeat(10_000));
    let many = ["id eq @p"; 10].join(" or ");
    let error = options(&[("$filter", &many), ("@p", &long)]).expect_err("too long");
    assert!(error.body.message.contains("longer than"), "{}", error.body.message);
    let parts = format!("({})", vec!["1"; 600].join(","));
    let many = ["small in @p"; 8].join(" or ");
    let error = options(&[("$filter", &many), ("@p", &parts)]).expect_err("too many");
    assert!(error.body.message.contains("more than 4000 parts"), "{}", error.body.message);
    let deep = format!("{}flag{}", "(".repeat(20), ")".repeat(20));
    let around = format!("{}@p{}", "(".repeat(20), ")".repeat(20));
    let error = options(&[("$filter", &around), ("@p", &deep)]).expect_err("too deep");
    assert!(error.body.message.contains("levels may stand"), "{}", error.body.message);
}
