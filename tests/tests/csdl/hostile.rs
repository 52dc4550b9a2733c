//! Texts that were made to hurt: the reader answers each with a code, soon, and never panics.

use libtest_mimic::{Failed, Trial};
use msgraph_csdl::Document;
use msgraph_source::{Diagnostics, SourceMap, Span, render};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const HEAD: &str = "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>\
    <Schema Namespace=\"a\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">";
const TAIL: &str = "</Schema></edmx:DataServices></edmx:Edmx>";

pub(crate) fn trials() -> Vec<Trial> {
    let trial = |name: &str, test: fn() -> Result<(), Failed>| Trial::test(name, test);
    vec![
        trial("hostile_nesting_is_refused", nesting),
        trial("hostile_nesting_up_to_the_limit_is_read_on_a_small_stack", deepest),
        trial("hostile_sizes_are_read", sizes),
        trial("hostile_findings_are_counted", findings),
        trial("hostile_random_text_never_panics", random),
        trial("hostile_mutated_metadata_never_panics", mutated),
    ]
}

fn parse(text: &str) -> (Option<Document>, Diagnostics) {
    let mut sources = SourceMap::new();
    let file = sources.add("input.csdl", text);
    msgraph_csdl::parse(&sources, file)
}

fn codes(text: &str) -> Vec<&'static str> {
    parse(text).1.iter().map(|diagnostic| diagnostic.code.id()).collect()
}

fn in_schema(text: &str) -> String {
    format!("{HEAD}{text}{TAIL}")
}

fn nesting() -> Result<(), Failed> {
    let open = "<Annotation Term=\"a.b\">".repeat(100_000);
    let close = "</Annotation>".repeat(100_000);
    assert_eq!(codes(&in_schema(&format!("{open}{close}"))), ["csdl::too_deep"]);
    assert_eq!(codes(&"<a>".repeat(1_000_000)), ["csdl::too_deep"]);
    Ok(())
}

fn deepest() -> Result<(), Failed> {
    let open = "<Record><PropertyValue Property=\"p\"><Collection>".repeat(32);
    let close = "</Collection></PropertyValue></Record>".repeat(32);
    let text = in_schema(&format!("<Annotation Term=\"a.b\">{open}{close}</Annotation>"));
    let reader = std::thread::Builder::new().stack_size(512 << 10);
    let said = reader.spawn(move || codes(&text))?.join();
    assert_eq!(said.map_err(|_| "half a megabyte of stack overflowed")?, [""; 0]);
    Ok(())
}

/// Makes a text of the size that it is asked for.
type Make = fn(usize) -> String;

/// Texts of kinds that some readers take quadratic time for.
const KINDS: &[(&str, Make)] = &[
    ("attributes", |n| in_schema(&format!("<Property {}/>", "x='' ".repeat(n)))),
    ("distinct attributes", |n| {
        in_schema(&format!("<Property {}/>", numbered(n, |n| format!("x{n}='' "))))
    }),
    ("equals signs", |n| format!("<a {}", "======".repeat(n))),
    ("prefixes", |n| format!("<a {}/>", numbered(n, |n| format!("xmlns:x{n}='y' ")))),
    ("prefixes of siblings", |n| in_schema(&numbered(n, |n| format!("<x{n}:a xmlns:x{n}='y'/>")))),
    ("entities", |n| in_schema(&format!("<Annotation Term='a' String='{}'/>", "&amp;".repeat(n)))),
    ("comments", |n| in_schema(&"<!-- c -->x".repeat(n))),
    ("sections", |n| in_schema(&"<![CDATA[ x ]]>".repeat(n))),
    ("unclosed comment", |n| format!("<a>{}", "<!--".repeat(n))),
    ("quotes", |n| format!("<a {}", "\"'".repeat(n))),
    ("unknown elements", |n| in_schema(&"<Propery/>".repeat(n))),
    ("unknown attributes", |n| in_schema(&"<Schema Nam=''/><ComplexType Nam=''/>".repeat(n))),
    ("one long name", |n| in_schema(&format!("<{}/>", "name".repeat(n)))),
    ("one long value", |n| {
        in_schema(&format!("<Property Name='a' Type='{0}' Nullable='{0}'/>", "value".repeat(n)))
    }),
    ("carriage returns", |n| in_schema(&"\r".repeat(n))),
    ("foreign", |n| in_schema(&format!("<f:a xmlns:f='f'>{}</f:a>", "<f:b f:c=''/>".repeat(n)))),
];

fn numbered(n: usize, text: impl Fn(usize) -> String) -> String {
    (0..n).map(text).collect()
}

/// Reads texts of a size that a quadratic reader would not come back from before the run is given
/// up, and shows the first things said of them.
fn sizes() -> Result<(), Failed> {
    for (what, make) in KINDS {
        let mut sources = SourceMap::new();
        let file = sources.add("input.csdl", make(200_000));
        let (_, diagnostics) = msgraph_csdl::parse(&sources, file);
        for diagnostic in diagnostics.iter().take(3) {
            let shown = render::human(&sources, diagnostic, false);
            assert!(shown.len() < 10_000, "{what}: {} bytes", shown.len());
        }
    }
    Ok(())
}

fn findings() -> Result<(), Failed> {
    let text = in_schema(&"<EntityTyp/><EntityType/>".repeat(2_000));
    let said = codes(&text);
    assert_eq!(said.len(), 1_002);
    assert_eq!(said.last(), Some(&"csdl::more_warnings"));
    assert!(said.contains(&"csdl::more_errors"));
    Ok(())
}

/// Reads and shows `text`; every place must lie in it.
fn survives(text: &str) -> Result<(), TestCaseError> {
    let mut sources = SourceMap::new();
    let file = sources.add("input.csdl", text);
    let (document, diagnostics) = msgraph_csdl::parse(&sources, file);
    let is_error = diagnostics.iter().any(|diagnostic| diagnostic.is_error());
    prop_assert!(document.is_some() || is_error, "neither a document nor an error");
    let fits = |span: Span| text.get(span.range()).is_some();
    for diagnostic in &diagnostics {
        prop_assert!(diagnostic.labels.iter().all(|label| fits(label.span)), "{diagnostic:?}");
        prop_assert!(!diagnostic.labels.is_empty(), "{diagnostic:?}");
        render::human(&sources, diagnostic, false);
    }
    if let Some(document) = document {
        super::dump::document(&sources, &document);
    }
    Ok(())
}

fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn random() -> Result<(), Failed> {
    let piece = prop_oneof![
        "\\PC{0,5}",
        "[\\x00-\\x20<>&\"'=/!?]{1,4}",
        prop::sample::select(vec![
            "<",
            "</",
            "/>",
            ">",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?xml ",
            "?>",
            "<!DOCTYPE",
            "&amp;",
            "&#x41;",
            "xmlns=\"",
            "\"",
            "'",
            "Schema",
            "Annotation",
            "edmx:",
            " Name=\"",
            HEAD,
            TAIL,
        ])
        .prop_map(str::to_owned),
    ];
    let text = prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    runner(2_000).run(&text, |text| survives(&text)).map_err(|error| error.to_string().into())
}

/// Metadata of every kind, from the fixtures, with a few places cut, doubled or overwritten.
fn mutated() -> Result<(), Failed> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(msgraph_tests::workspace().join("tests/fixtures/csdl"))? {
        texts.extend(std::fs::read_to_string(entry?.path().join("input.csdl")).ok());
    }
    texts.sort();
    assert!(texts.len() > 20, "{} fixtures", texts.len());
    let junk = prop::sample::select(vec![
        "",
        "<",
        ">",
        "\"",
        "'",
        "&",
        "=",
        "/",
        "\0",
        "é",
        "\u{feff}",
        "<a>",
        "</a>",
        "<!--",
        "Schema",
        "EntityType",
        "Annotation",
        "Collection(",
        "xmlns=\"\"",
        "true",
        "<String>x</String>",
        " x=\"y\"",
    ]);
    let place = (0.0..1.0f64, 0usize..12, junk, any::<bool>());
    let input = (prop::sample::select(texts), prop::collection::vec(place, 1..5));
    let outcome = runner(3_000).run(&input, |(mut text, places)| {
        for (share, length, junk, doubled) in places {
            let start = text.floor_char_boundary((share * text.len() as f64) as usize);
            let end = text.ceil_char_boundary(start + length).max(start);
            let cut = if doubled { text[start..end].repeat(2) } else { String::new() };
            text.replace_range(start..end, &format!("{cut}{junk}"));
        }
        survives(&text)
    });
    outcome.map_err(|error| error.to_string().into())
}
