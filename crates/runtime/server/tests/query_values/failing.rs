//! What has no value for an item: the request fails, and the message says where.

use msgraph_core::ServiceError;
use msgraph_server::query::{Arithmetic, Expression, Literal, Position};

use super::kinds::{FULL, item, matches, options};

/// Why the options are not applied to an item with members of all kinds.
#[track_caller]
fn failed(pairs: &[(&str, &str)]) -> ServiceError {
    let options = options(pairs).unwrap_or_else(|error| panic!("{pairs:?}: {error}"));
    options.apply_to(vec![item(FULL)]).map(|_| pairs).expect_err("a failure")
}

#[track_caller]
fn fails(pairs: &[(&str, &str)], target: &str, at: usize, why: &str) {
    let error = failed(pairs);
    assert_eq!((error.status.as_u16(), error.body.code.as_str()), (400, "badRequest"));
    assert_eq!(error.body.target.as_deref(), Some(target), "{pairs:?}");
    let message = format!("The option `{target}` cannot be evaluated at character {at}: {why}.");
    assert_eq!(error.body.message, message, "{pairs:?}");
}

#[test]
fn a_division_by_zero_fails_where_nothing_is_infinite() {
    for (filter, at, word) in [
        ("1 div (small add 5) eq 1", 3, "div"),
        ("price DIV (small add 5) eq 1", 7, "div"),
        ("1 mod (small add 5) eq 1", 3, "mod"),
        ("price mod (small add 5) eq 1", 7, "mod"),
        ("rate mod (small add 5) eq 1", 6, "mod"),
        ("length div (small add 5) eq length", 8, "div"),
        ("length divby (rate sub 0.25) eq length", 8, "divby"),
        ("many/any(x:1 div (x/small sub 2) eq 1)", 14, "div"),
        ("many/all(x:1 div (x/small sub 2) eq -1)", 14, "div"),
        ("small in (1,2) or round(1 div (small add 5)) in (1,2)", 27, "div"),
        ("text ne 'ä' and 1 div (small add 5) eq 1", 19, "div"),
        ("1 div 1 eq 1 and not (-(1 div (small add 5)) eq 1)", 27, "div"),
    ] {
        fails(&[("$filter", filter)], "$filter", at, &format!("`{word}` divides by zero"));
    }
}

#[test]
fn what_is_too_large_fails() {
    for (filter, at, word) in [
        ("79228162514264337593543950335 add 1 eq 1", 31, "add"),
        ("long mul 1000 mul long eq 1", 15, "mul"),
        ("maxdatetime() add duration'P99999999D' eq null", 15, "add"),
        ("day sub duration'P99999999D' eq null", 5, "sub"),
        ("length mul 1e28 eq null", 8, "mul"),
        ("length mul INF eq null", 8, "mul"),
        ("INF mul length eq null", 5, "mul"),
        ("(price add NaN) mul length eq null", 17, "mul"),
    ] {
        let why = format!("what `{word}` gives is too large");
        fails(&[("$filter", filter)], "$filter", at, &why);
    }
}

#[test]
fn a_negative_length_fails_where_it_turns_out() {
    let filter = "id ne substring(text,0,small)";
    fails(&[("$filter", filter)], "$filter", 7, "`substring` is given a negative length");
}

#[test]
fn what_fails_is_told_of_the_option_or_the_alias_in_which_it_stands() {
    let why = "`div` divides by zero";
    fails(&[("$filter", "flag and @p"), ("@p", "1 div (small add 5) eq 1")], "@p", 3, why);
    let wide = "'ä' in ('ö') or 1 div (small add 5) eq 1";
    fails(&[("$filter", "flag eq @p"), ("@p", wide)], "@p", 19, why);
    fails(&[("$orderby", "id,1 div (small add 5) desc")], "$orderby", 6, why);
    fails(&[("$expand", "many($filter=1 div (small sub 1) eq 1)")], "$expand", 16, why);
    fails(&[("$expand", "one,many($orderby=1 div (small sub 1))")], "$expand", 21, why);
    fails(&[("$expand", "many/$count($filter=1 div (small sub 1) eq 1)")], "$expand", 23, why);
    let nested = "many($filter=flag or @p or 1 div (small sub 1) eq 1)";
    fails(&[("$expand", nested), ("@p", "1 div 1 eq 2")], "$expand", 30, why);
}

#[test]
fn what_is_decided_is_evaluated_no_further() {
    for filter in [
        "flag or 1 div (small add 5) eq 1",
        "not (not flag and 1 div (small add 5) eq 1)",
        "small eq -5 or small ne -5 and 1 div (small add 5) eq 1",
        "many/any(x:1 div (x/small sub 2) eq -1)",
        "not many/all(x:1 div (x/small sub 2) eq 1)",
    ] {
        assert!(matches(&item(FULL), filter), "{filter}");
    }
}

#[test]
fn an_expression_that_is_no_querys_fails_without_a_place() {
    let options = options(&[("$filter", "flag")]).expect("a filter");
    let mut filter = options.filter.expect("a filter");
    let zero = || Box::new(Expression::Literal(Literal::Integer(0)));
    filter.condition = Expression::Arithmetic(zero(), Arithmetic::Mod, zero(), Position::default());
    let error = filter.matches_object(&item(FULL)).expect_err("a failure");
    assert_eq!(error.body.message, "The query cannot be evaluated: `mod` divides by zero.");
    assert_eq!(error.body.target, None);
}
