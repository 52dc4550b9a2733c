//! What each rule makes of the lines that it is for, and of those that only look like it.

use super::mend;

#[track_caller]
fn mends(from: &str, to: &str) {
    let mut out = Vec::new();
    mend(from, &mut |line| out.push(line.to_owned()));
    assert_eq!(out.join("\n"), to);
}

#[test]
fn a_value_that_fits_on_the_next_line_goes_there() {
    mends(
        "    pub const A: B = C::new(\n        \"a\",\n        1,\n    );",
        "    pub const A: B =\n        C::new(\"a\", 1);",
    );
    mends("    let a = b\n        .c()\n        .d();", "    let a =\n        b.c().d();");
    mends("pub type A = B<\n    c::D,\n>;", "pub type A =\n    B<c::D>;");
    mends(
        "    const A: B = B {\n        c: 1,\n        d: 2,\n    };",
        "    const A: B =\n        B { c: 1, d: 2 };",
    );
}

#[test]
fn a_literal_of_a_field_moves_only_where_it_fits() {
    let (fits, long) = ("u".repeat(77), "u".repeat(78));
    mends(&format!("    kinds: b\"{fits}\","), &format!("    kinds:\n        b\"{fits}\","));
    mends(&format!("    kinds: b\"{long}\","), &format!("    kinds: b\"{long}\","));
}

#[test]
fn a_tuple_alone_in_an_array_opens_with_it() {
    mends(
        "    types: &[\n        (0, Type::Object(&a::TABLE)),\n    ],",
        "    types: &[(\n        0,\n        Type::Object(&a::TABLE),\n    )],",
    );
    let two = "    types: &[\n        (0, A),\n        (1, B),\n    ],";
    mends(two, two);
}

#[test]
fn imports_that_just_fit_do_not() {
    let (fits, long) = ("B".repeat(74), "B".repeat(75));
    mends(&format!("use a::{{C, {fits}}};"), &format!("use a::{{C, {fits}}};"));
    mends(&format!("use a::{{C, {long}}};"), &format!("use a::{{\n    C, {long},\n}};"));
}

#[test]
fn a_comma_needs_a_column_of_its_own() {
    let fits = "u".repeat(70);
    mends(&format!("    docs: Some(\"{fits}\"),"), &format!("    docs: Some(\"{fits}\"),"));
    mends(
        &format!("    docs: Some(\"{fits}u\"),"),
        &format!("    docs: Some(\n        \"{fits}u\",\n    ),"),
    );
}

#[test]
fn a_condition_stands_above_its_item() {
    mends(
        "    derived: &[#[cfg(feature = \"a\")] &b::TABLE, &c::TABLE],",
        "    derived: &[\n        #[cfg(feature = \"a\")]\n        &b::TABLE,\n        &c::TABLE,\n    ],",
    );
}

#[test]
fn arguments_are_not_moved_to_the_right_for_a_chain() {
    mends(
        "    A::b(\n            \"c\",\n        )\n        .d()\n}",
        "    A::b(\n        \"c\",\n    )\n    .d()\n}",
    );
}

#[test]
fn a_value_that_does_not_fit_stays() {
    let long = format!("    const A: B = c(\n        \"{}\",\n    );", "x".repeat(80));
    mends(&long, &long);
}

#[test]
fn a_signature_is_no_call_with_a_chain() {
    let signature = "    fn f(\n        a: B,\n    ) {\n        g(\n            a,\n        )\n        .h();\n    }";
    mends(signature, signature);
}

#[test]
fn text_in_a_literal_is_left_alone() {
    let raw = "const A: &str = r#\"{\n  \"a\": &[\n  1,\n  ],\n}\"#;";
    mends(raw, raw);
}

#[test]
fn short_items_share_lines_and_long_ones_do_not() {
    mends(
        "    a: &[\n        \"b\",\n        \"c\",\n    ],",
        "    a: &[\n        \"b\", \"c\",\n    ],",
    );
    mends(
        "    a: &[\n        1, 2016330712000,\n    ],",
        "    a: &[\n        1,\n        2016330712000,\n    ],",
    );
}

#[test]
fn a_long_pattern_gives_its_value_or_its_names_lines_of_their_own() {
    let name = |length: usize| "n".repeat(length);
    let fits = format!("    let [{}] = call.path()?;", name(61));
    mends(&fits, &fits);
    mends(
        &format!("    let [{}] = call.path()?;", name(62)),
        &format!("    let [{}] =\n        call.path()?;", name(62)),
    );
    mends(
        &format!("    let [{}] = call\n        .path()?;", name(62)),
        &format!("    let [{}] =\n        call.path()?;", name(62)),
    );
    mends(
        &format!("    let [{}, b,\n    c] = call.path()?;", name(75)),
        &format!("    let [\n        {},\n        b,\n        c,\n    ] = call.path()?;", name(75)),
    );
}

#[test]
fn bounds_of_traits_need_room() {
    let name = |length: usize| "T".repeat(length);
    let fits = format!("pub trait {}: Send + Sync + 'static {{", name(46));
    mends(&fits, &fits);
    mends(
        &format!("pub trait {}: Send + Sync + 'static {{", name(47)),
        &format!("pub trait {}:\n    Send + Sync + 'static\n{{", name(47)),
    );
}

#[test]
fn a_brace_behind_what_no_line_holds_has_no_room() {
    let of = |length: usize| "t".repeat(length);
    let fits = format!("    ) -> R<\n        {},\n    > {{", of(80));
    mends(&fits, &fits);
    mends(
        &format!("    ) -> R<\n        {},\n    > {{", of(81)),
        &format!("    ) -> R<\n        {},\n    >{{", of(81)),
    );
}

#[test]
fn a_single_tuple_hugs_its_array() {
    mends(
        "    types: &[\n        (\n            0,\n            A(b),\n        ),\n    ],",
        "    types: &[(\n        0,\n        A(b),\n    )],",
    );
    let two = "    types: &[\n        (\n            0,\n        ),\n        (\n            1,\n        ),\n    ],";
    mends(two, two);
}

#[test]
fn a_long_empty_implementation_has_a_line_for_each_part() {
    let long = "b".repeat(73);
    mends(&format!("impl A<c> for {long} {{}}"), &format!("impl A<c> for {long} {{}}"));
    mends(&format!("impl A<cc> for {long}b {{}}"), &format!("impl A<cc>\n    for {long}b\n{{\n}}"));
}

#[test]
fn parameters_and_arguments_break_together() {
    let long = "S".repeat(75);
    mends(
        &format!("async fn f<S: {long}>(\n    a: A,\n) -> B {{"),
        &format!("async fn f<\n    S: {long},\n>(\n    a: A,\n) -> B {{"),
    );
    mends(">(a: A<B, C>, b: B) -> D {", ">(\n    a: A<B, C>,\n    b: B,\n) -> D {");
    mends(">(a: A, b: B) -> C {", ">(\n    a: A,\n    b: B,\n) -> C {");
}
