//! What evaluating takes at most, of memory and of the stack.

use super::kinds::{FULL, item, matches, options};

#[test]
fn a_text_does_not_grow_without_end() {
    let mut large = item("{}");
    large.set(1, "x".repeat(1024 * 1024));
    let twice = |text: &str| format!("concat({text},{text})");
    let four = twice(&twice("text"));
    assert!(matches(&large, &format!("length({four}) eq 4194304")));
    let eight = format!("length({}) eq 8388608", twice(&four));
    let options = options(&[("$filter", &eight)]).expect("a filter");
    let error = options.filter.expect("a filter").matches_object(&large).expect_err("too long");
    let what = "evaluated at character 8: what `concat` gives is longer than 4194304 bytes.";
    assert!(error.body.message.ends_with(what), "{}", error.body.message);
}

#[test]
fn the_deepest_condition_needs_little_of_the_stack() {
    let deepest = (0..15).fold("flag".to_owned(), |inner, _| {
        format!("not (flag and flag eq true or 1 add 1 mul 2 lt 3 eq {inner})")
    });
    let small = std::thread::Builder::new().stack_size(512 * 1024).spawn(move || {
        let options = options(&[("$filter", &deepest)]).unwrap_or_else(|error| panic!("{error}"));
        let filter = options.filter.expect("a filter");
        assert!(filter.matches_object(&item(FULL)).is_ok());
        assert!(format!("{filter} {filter:?}").contains("1 add 1 mul 2 lt 3"));
        assert_eq!(filter.clone(), filter);
    });
    small.expect("a thread").join().expect("no overflow");
}
