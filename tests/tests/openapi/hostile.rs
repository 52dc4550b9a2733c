//! Texts that were made to hurt: the reader answers each with a code, soon, and never panics.

use libtest_mimic::{Failed, Trial};
use msgraph_openapi::Document;
use msgraph_source::{Diagnostics, Json, JsonKind, SourceMap};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

pub(crate) fn trials() -> Vec<Trial> {
    let trial = |name: &str, test: fn() -> Result<(), Failed>| Trial::test(name, test);
    vec![
        trial("hostile_nesting_is_refused", nesting),
        trial("hostile_nesting_up_to_the_limit_is_read_on_a_small_stack", deepest),
        trial("hostile_sizes_are_refused", sizes),
        trial("hostile_anchors_of_anchors_are_kept_once", anchors),
        trial("hostile_chains_of_references_are_followed", chains),
        trial("hostile_cycles_are_counted", cycles),
        trial("hostile_random_text_never_panics", random),
        trial("json_is_read_as_serde_json_reads_it", json),
    ]
}

const HEAD: &str = "openapi: 3.0.3\n";

fn parse(text: &str) -> (Option<Document>, Diagnostics) {
    let mut sources = SourceMap::new();
    let file = sources.add("input.yaml", text);
    msgraph_openapi::parse(&sources, file)
}

fn codes(text: &str) -> Vec<&'static str> {
    parse(text).1.iter().map(|diagnostic| diagnostic.code.id()).collect()
}

fn nesting() -> Result<(), Failed> {
    for (open, code) in
        [("{a: ", "malformed"), ("[", "malformed"), ("- ", "too_deep"), ("? ", "key")]
    {
        let text = format!("{HEAD}x-a:\n  {}", open.repeat(100_000));
        assert_eq!(codes(&text), [format!("openapi::{code}")], "{open:?}");
    }
    for open in ["[", "{\"a\":"] {
        assert_eq!(codes(&open.repeat(100_000)), ["openapi::too_deep"], "{open:?}");
    }
    Ok(())
}

fn deepest() -> Result<(), Failed> {
    let (open, close) = ("[".repeat(127), "]".repeat(127));
    let text = format!("{HEAD}x-a: {open}{close}");
    let reader = std::thread::Builder::new().stack_size(512 << 10);
    let said = reader.spawn(move || codes(&text))?.join();
    assert_eq!(said.map_err(|_| "half a megabyte of stack overflowed")?, [""; 0]);
    let deeper = format!("{HEAD}x-a: [{}]", "[".repeat(127) + &"]".repeat(127));
    assert_eq!(codes(&deeper), ["openapi::too_deep"]);
    Ok(())
}

fn sizes() -> Result<(), Failed> {
    assert_eq!(codes(&" ".repeat((128 << 20) + 1)), ["openapi::too_large"]);
    let errors = format!("{HEAD}x-a:\n{}", "  a: !t 1\n".repeat(10_000));
    assert_eq!(codes(&errors).len(), 100);
    Ok(())
}

fn anchors() -> Result<(), Failed> {
    // Each anchor would keep all that is inside of it.
    let open: String = (0..120).map(|at| format!("[&a{at} ")).collect();
    let many = "1, ".repeat(20_000);
    let text = format!("{HEAD}x-a: {open}[{many}]{}", "]".repeat(120));
    assert_eq!(codes(&text), [""; 0]);
    Ok(())
}

/// A chain of schemas, each of which is `link` to the next.
fn chain(link: fn(usize) -> String) -> String {
    let mut text = format!("{HEAD}components:\n  schemas:\n");
    for at in 0..20_000 {
        text.push_str(&format!("    S{at}: {}\n", link(at + 1)));
    }
    text + "    S20000: {type: object}\n"
}

fn chains() -> Result<(), Failed> {
    let derives = |next| format!("{{allOf: [{{$ref: '#/components/schemas/S{next}'}}]}}");
    assert_eq!(codes(&chain(derives)), [""; 0]);
    let is = |next| format!("{{$ref: '#/components/schemas/S{next}'}}");
    assert_eq!(codes(&chain(is)), [""; 0]);
    Ok(())
}

fn cycles() -> Result<(), Failed> {
    let back = |next| {
        format!(
            "{{allOf: [{{$ref: '#/components/schemas/S{next}'}}, {{$ref: '#/components/schemas/S0'}}]}}"
        )
    };
    assert_eq!(codes(&chain(back)), ["openapi::all_of_cycle"; 100]);
    let itself = |next: usize| {
        let own = next - 1;
        format!("{{$ref: '#/components/schemas/S{own}'}}")
    };
    assert_eq!(codes(&chain(itself)), ["openapi::reference_cycle"; 100]);
    Ok(())
}

fn runner() -> TestRunner {
    let config = Config { cases: 512, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn random() -> Result<(), Failed> {
    let parts = prop::sample::select(vec![
        "openapi", ": ", "3.0.3", "\n", "  ", "- ", "{", "}", "[", "]", ",", "&a ", "*a", "!t ",
        "'", "\"", "é", "|\n", ">-\n", "# c", "? ", "---", "$ref", "#/a", "\u{feff}", "\t",
        "allOf", "<<",
    ]);
    let texts = prop::collection::vec(parts, 0..40).prop_map(|parts| parts.concat());
    let is_placed = |text: String| {
        let (document, said) = parse(&text);
        prop_assert!(document.is_some() || !said.is_empty(), "nothing is said of {text:?}");
        for found in said {
            let range = found.primary().map(|span| span.range());
            prop_assert!(range.is_some_and(|range| text.get(range).is_some()), "{text:?}");
        }
        Ok(())
    };
    runner().run(&texts, is_placed).map_err(|error| error.to_string().into())
}

fn json() -> Result<(), Failed> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    let value = leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| members.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    });
    let is_same = |value: serde_json::Value| {
        for text in [
            serde_json::json!({"openapi": "3.0.3", "x-a": value}).to_string(),
            serde_json::to_string_pretty(&serde_json::json!({"openapi": "3.0.3", "x-a": value}))
                .unwrap_or_default(),
        ] {
            let (document, said) = parse(&text);
            prop_assert!(said.is_empty(), "{text}: {said:?}");
            let found = document.and_then(|document| document.root.get("x-a").map(plain));
            prop_assert_eq!(found.as_ref(), Some(&value), "{}", text);
        }
        Ok(())
    };
    runner().run(&value, is_same).map_err(|error| error.to_string().into())
}

/// The value without its places.
fn plain(of: &Json) -> serde_json::Value {
    match &of.kind {
        JsonKind::Null => serde_json::Value::Null,
        JsonKind::Bool(value) => (*value).into(),
        JsonKind::Number(text) => serde_json::from_str(text).unwrap_or_default(),
        JsonKind::String(text) => text.clone().into(),
        JsonKind::Array(elements) => elements.iter().map(plain).collect(),
        JsonKind::Object(members) => members
            .iter()
            .map(|member| (member.name.clone(), plain(&member.value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}
