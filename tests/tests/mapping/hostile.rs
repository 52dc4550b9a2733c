//! Documents that were made to hurt: whatever they say, they are answered soon, and nothing panics.

use std::fmt::Write as _;
use std::fs;

use libtest_mimic::{Failed, Trial};
use msgraph_pipeline::{Input, Outcome, Pass, PlanOptions, Settings, generate};
use msgraph_source::SourceMap;
use msgraph_tests::{read, workspace};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

pub(crate) fn trials() -> Vec<Trial> {
    let trial = |name: &str, test: fn() -> Result<(), Failed>| Trial::test(name, test);
    vec![
        trial("hostile_schemas_that_refer_to_others_twice", doubling),
        trial("hostile_chains_of_schemas", chains),
        trial("hostile_numbers_of_the_same", many),
        trial("hostile_bases_in_a_circle", circles),
        trial("hostile_changes_of_good_documents_never_panic", changes),
    ]
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\n";

fn run(text: &str, last: Pass) -> Outcome {
    let mut sources = SourceMap::new();
    let file = sources.add("input.yaml", text);
    let input = Input { openapi: Some(file), ..Input::default() };
    let settings = Settings {
        version: "v1.0".to_owned(),
        selectors: vec!["all".to_owned()],
        options: PlanOptions::for_version("v1.0"),
    };
    generate(&sources, &input, &settings, last, &mut |_| {})
}

/// Two to the power of the levels would never end.
fn doubling() -> Result<(), Failed> {
    for (prefix, word) in [("", "allOf"), ("", "anyOf"), ("a.", "allOf"), ("a.", "oneOf")] {
        let mut text = format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n");
        for level in 0..60 {
            let next = format!("{{$ref: '#/components/schemas/{prefix}S{}'}}", level + 1);
            writeln!(text, "    {prefix}S{level}: {{{word}: [{next}, {next}]}}")?;
        }
        writeln!(text, "    {prefix}S60: {{}}")?;
        // What makes it a document of OData, or a service that uses it.
        writeln!(
            text,
            "    b.Use: {{type: object, properties: {{'@odata.type': {{type: string}}, s: {{$ref: '#/components/schemas/{prefix}S0'}}}}}}"
        )?;
        assert!(run(&text, Pass::Emit).api.is_some(), "{word}");
    }
    Ok(())
}

/// One after the other, on a small stack.
fn chains() -> Result<(), Failed> {
    let reader = std::thread::Builder::new().stack_size(1 << 20);
    let handle = reader.spawn(|| {
        let mut text = format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n");
        for level in 0..20_000 {
            let next = level + 1;
            text.push_str(&format!("    S{level}: {{type: object, properties: {{n: {{$ref: '#/components/schemas/S{next}'}}}}}}\n"));
        }
        text.push_str("    S20000: {type: object, properties: {n: {type: string}}}\n");
        run(&text, Pass::Resolve).api.map(|api| api.items.len())
    })?;
    let items = handle.join().map_err(|_| "a megabyte of stack overflowed")?;
    assert_eq!(items, Some(20_001));
    Ok(())
}

/// What takes the square of the number of things would be seen.
fn many() -> Result<(), Failed> {
    let count = 20_000;
    let mut members = String::new();
    let mut texts = String::new();
    let mut paths = String::new();
    for at in 0..count {
        write!(members, "m{at}: {{type: object, properties: {{a: {{type: string}}}}}}, ")?;
        write!(texts, "t{at}, ")?;
        writeln!(paths, "  /a/b{at}: {{get: {{operationId: same, responses: {{}}}}}}")?;
    }
    let text = format!(
        "{HEAD}paths:\n{paths}components: {{schemas: {{A: {{type: string, enum: [{texts}]}}, B: {{type: object, properties: {{{members}}}}}}}}}\n"
    );
    assert!(run(&text, Pass::Resolve).api.is_some());
    Ok(())
}

/// Derived types that list their base types as derived.
fn circles() -> Result<(), Failed> {
    let mut text = format!(
        "{HEAD}paths:\n  /s('{{id}}'): {{get: {{responses: {{'200': {{description: It., content: {{application/json: {{schema: {{$ref: '#/components/schemas/a.S0'}}}}}}}}}}}}}}\ncomponents:\n  schemas:\n"
    );
    let count = 5_000;
    for at in 0..count {
        let next = (at + 1) % count;
        writeln!(
            text,
            "    a.S{at}: {{type: object, properties: {{p{at}: {{type: string}}}}, anyOf: [{{$ref: '#/components/schemas/a.S{next}'}}]}}"
        )?;
    }
    let outcome = run(&text, Pass::Select);
    assert!(outcome.diagnostics.iter().any(|found| found.is_error()), "a circle is refused");
    Ok(())
}

/// The documents of all fixtures, and those that are committed, as JSON.
fn documents() -> Result<Vec<Value>, Failed> {
    let mut texts: Vec<String> = Vec::new();
    for fixture in read("mapping")? {
        texts.extend(Some(fixture.input("yaml").to_owned()).filter(|text| !text.is_empty()));
    }
    texts.push(fs::read_to_string(workspace().join("schemas/library/openapi.yaml"))?);
    let parsed = texts.iter().map(|text| serde_yaml::from_str::<Value>(text));
    Ok(parsed.filter_map(Result::ok).collect())
}

/// Puts `with` in the place of one of the values of `document`.
fn change(document: &mut Value, at: &mut usize, with: &Value) {
    if *at == 0 {
        *document = with.clone();
    }
    // Once it is done, the count is past the end.
    *at = at.wrapping_sub(1);
    match document {
        Value::Array(items) => items.iter_mut().for_each(|item| change(item, at, with)),
        Value::Object(members) => members.values_mut().for_each(|it| change(it, at, with)),
        _ => {}
    }
}

fn count(document: &Value) -> usize {
    1 + match document {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

fn changes() -> Result<(), Failed> {
    let documents = documents()?;
    let values = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i32>().prop_map(Value::from),
        Just(Value::Array(Vec::new())),
        Just(serde_json::json!({})),
        Just(serde_json::json!({"$ref": "#/components/schemas/Pet"})),
        Just(serde_json::json!(["string", "null"])),
        Just(serde_json::json!({"type": "object", "properties": {"a": {"enum": ["x", 1, null]}}})),
        "\\PC{0,12}".prop_map(Value::from),
        prop::sample::select(vec!["object", "array", "a.b", "{x}", "get", "x/y", "\u{0}\n\"'"])
            .prop_map(Value::from),
    ];
    let changed =
        (0..documents.len(), prop::collection::vec((any::<prop::sample::Index>(), values), 1..4));
    let config = Config { cases: 1_500, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    TestRunner::new_with_rng(config, rng).run(&changed, |(document, changes)| {
        let mut document = documents[document].clone();
        for (index, with) in changes {
            let mut at = index.index(count(&document));
            change(&mut document, &mut at, &with);
        }
        // What is written is Rust, or else it is an error of the emitter, which the outcome holds.
        let outcome = run(&document.to_string(), Pass::Emit);
        let is_printed = !outcome.diagnostics.iter().any(|found| found.code.area() == "emit");
        prop_assert!(is_printed, "{:#?}", outcome.diagnostics);
        Ok(())
    })?;
    Ok(())
}
