//! What holds for any text: no panic, the same page with CRLF as with LF, JSON that comes back as
//! it was written, and time in proportion to the length.

use libtest_mimic::{Failed, Trial};
use msgraph_docs::{Body, Page, dump};
use msgraph_source::{Diagnostics, FileId, Json, JsonKind, JsonMember, SourceMap, Span};
use msgraph_tests::workspace;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// The trials.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("any_text_is_read", any_text_is_read),
        Trial::test("crlf_gives_the_same_page", crlf_gives_the_same_page),
        Trial::test("json_comes_back", json_comes_back),
        Trial::test("hostile_texts_are_read_at_length", hostile_texts_are_read_at_length),
        Trial::test("findings_stay_few", findings_stay_few),
    ]
}

fn read(text: &str) -> (SourceMap, Page, Diagnostics) {
    let mut sources = SourceMap::new();
    let file = sources.add("api/any-page.md", text);
    let (page, found) = msgraph_docs::parse(&sources, file);
    (sources, page, found)
}

fn check<S: Strategy>(
    strategy: S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) -> Result<(), Failed> {
    let config = Config { cases: 400, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&strategy, test).map_err(|error| Failed::from(error.to_string()))
}

/// Pieces of pages, so that random texts reach every part of the reader.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "---\n",
        "--- \n",
        "title: a: b\n",
        "# Title\n",
        "## HTTP request\n",
        "## Example\n",
        "#### Request\n",
        "## Permissions\n",
        "## Request headers\n",
        "## Properties\n",
        "\n",
        "\n\n",
        "```http\n",
        "```\n",
        "~~~json\n",
        "~~~\n",
        "````\n",
        "  ```\n",
        "`",
        "~",
        "<!-- {",
        "} -->\n",
        "-->",
        "<!--",
        "\"blockType\": \"request\"",
        "\"name\": [\"a\", 1]",
        "\"blockType\": 3",
        "\"@odata.type\": \"Collection(x)\"",
        ", ",
        ",",
        ": ",
        "{",
        "}",
        "[",
        "]",
        "'",
        "\"",
        "\\",
        "\\u00",
        "// note\n",
        "/* ",
        "*/",
        "&quot;",
        "\u{c2}\u{a0}",
        "\u{a0}",
        "\u{feff}",
        "GET /a b HTTP/1.1\n",
        "POST https://x/y\n",
        "HTTP/1.1 200 OK\n",
        "HTTP 9 x\n",
        "Content-Type: application/json\n",
        "|Permission type|Permissions|\n",
        "|:--|--|\n",
        "|Application|A.B and C.D, **E**\\|*|\n",
        "|a|b|c|d|\n",
        "|\n",
        "\t",
        "    ",
        "> [!NOTE]\n",
        ">> x\n",
        "# [HTTP](#tab/http)\n",
        "[!INCLUDE [a](b.md)]",
        "[TAGS=x]\n",
        "[END]\n",
        ":::zone\n",
        "Namespace: x\n",
        "text é 漢\n",
        "$select",
        "\r",
        "<a name=\"x\"></a>",
        "- item\n",
    ];
    prop::collection::vec(
        prop_oneof![
            8 => prop::sample::select(PIECES).prop_map(str::to_owned),
            1 => any::<String>(),
        ],
        0..60,
    )
    .prop_map(|pieces| pieces.concat())
}

fn any_text_is_read() -> Result<(), Failed> {
    check(pieces(), |text| {
        let (sources, page, found) = read(&text);
        for diagnostic in &found {
            for label in &diagnostic.labels {
                let range = label.span.range();
                prop_assert!(text.get(range).is_some(), "{:?}", diagnostic);
            }
        }
        dump::outline(&sources, &page);
        dump::json(&sources, &page);
        Ok(())
    })
}

fn crlf_gives_the_same_page() -> Result<(), Failed> {
    for entry in std::fs::read_dir(workspace().join("tests/fixtures/docs"))? {
        let input = std::fs::read_to_string(entry?.path().join("input.md"))?;
        same_with_crlf(&input).map_err(|error| Failed::from(error.to_string()))?;
    }
    check(pieces(), |text| same_with_crlf(&text))
}

fn same_with_crlf(text: &str) -> Result<(), TestCaseError> {
    let lf = text.replace('\r', "");
    let crlf = lf.replace('\n', "\r\n");
    let (sources, page, found) = read(&lf);
    let (crlf_sources, crlf_page, crlf_found) = read(&crlf);
    prop_assert_eq!(dump::outline(&sources, &page), dump::outline(&crlf_sources, &crlf_page));
    let said = |found: &Diagnostics| -> Vec<_> {
        found.iter().map(|d| (d.code, d.message.clone())).collect()
    };
    prop_assert_eq!(said(&found), said(&crlf_found));
    Ok(())
}

fn json() -> impl Strategy<Value = Json> {
    let span = Span::start_of(file());
    let json = move |kind| Json { kind, span };
    let leaf = prop_oneof![
        Just(JsonKind::Null),
        any::<bool>().prop_map(JsonKind::Bool),
        any::<i64>().prop_map(|number| JsonKind::Number(number.to_string())),
        "-?[1-9][0-9]{0,3}\\.[0-9]{1,4}([eE][-+]?[0-9]{1,2})?".prop_map(JsonKind::Number),
        // A page ends a line at LF and knows no CR of its own; `-->` would end nothing in a body,
        // but a fence or a dropped line would.
        "[^\r`~>\\[#:]{0,12}".prop_map(JsonKind::String),
    ];
    leaf.prop_map(json).prop_recursive(4, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(JsonKind::Array),
            prop::collection::btree_map("[a-zA-Z@.é ]{0,8}", inner, 0..5).prop_map(move |map| {
                let member = |(name, value)| JsonMember { name, name_span: span, value };
                JsonKind::Object(map.into_iter().map(member).collect())
            }),
        ]
        .prop_map(json)
    })
}

fn file() -> FileId {
    SourceMap::new().add("none", "")
}

fn json_comes_back() -> Result<(), Failed> {
    check(json(), |json| {
        let written = dump::strict(&json);
        let text = format!(
            "<!-- {{ \"blockType\": \"request\", \"name\": \"n\" }} -->\n```http\n\
             POST /a\nContent-Type: application/json\n\n{written}\n```\n"
        );
        let (_, page, found) = read(&text);
        prop_assert_eq!(found, Vec::new());
        let body = page.examples.first().and_then(|e| e.request.body.as_ref());
        let Some(Body::Json(read)) = body else {
            return Err(TestCaseError::fail(format!("no JSON: {body:?}")));
        };
        prop_assert_eq!(dump::strict(read), written);
        Ok(())
    })
}

/// Texts that would take a reader without care quadratic time, all of about `length` bytes.
fn hostile(length: usize) -> Vec<(&'static str, String)> {
    let fill = |piece: &str| piece.repeat(length / piece.len());
    let shrinking = |mark: &str| -> String {
        // Fences of falling length: none ends another.
        let most = ((2 * length) as f64).sqrt() as usize;
        (3..most.max(3)).rev().map(|n| mark.repeat(n) + "\n").collect()
    };
    let annotation = "<!-- { \"blockType\": \"request\", \"name\": \"n\" } -->\n";
    let named = format!("{annotation}```http\nGET /a\n```\n");
    let answer =
        format!("{}```http\nHTTP/1.1 200 OK\n```\n", annotation.replace("request", "response"));
    vec![
        ("one long line", fill("x")),
        ("one long row", format!("|a|\n|-|\n{}", fill("|"))),
        ("a table", format!("|Property|Type|\n|-|-|\n{}", fill("|a|b|\n"))),
        ("a wide table", format!("|{}\n|-|\n", fill("Property|"))),
        ("open comments", fill("<!-- {\n")),
        ("open comments in one line", fill("<!-- {")),
        ("closed comments in one line", fill("<!-- {} -->")),
        ("open fences", fill("```x\n")),
        ("shrinking fences", shrinking("`")),
        ("shrinking tildes", shrinking("~")),
        ("open braces", format!("<!-- {} -->\n", fill("{\"a\":"))),
        ("open brackets", format!("<!-- {{\"blockType\":{} -->\n", fill("["))),
        ("many members", format!("<!-- {{{}}} -->", fill("\"a\":1,"))),
        ("missing commas", format!("<!-- {{\"a\":[{}]}} -->", fill("1 "))),
        ("comments in JSON", format!("<!-- {{{}}} -->", fill("/**/"))),
        ("entities", format!("<!-- {{{}}} -->", fill("&quot;"))),
        ("headings", fill("## a\n")),
        ("nested headings", fill("# a\n## a\n### a\n#### a\n")),
        ("sections of templates", fill("# HTTP request\n## HTTP request\n")),
        ("includes", fill("[!INCLUDE [a](b)]")),
        ("open includes", fill("[!INCLUDE [a]")),
        ("open links", fill("[!INCLUDE](")),
        ("tags", fill("[TAGS=a]\n")),
        ("requests of one name", fill(&named)),
        ("requests and responses of one name", fill(&named) + &fill(&answer)),
        ("front matter", format!("---\n{}---\n", fill("a: b\n"))),
        ("front matter of brackets", format!("---\na: {}\n---\n", fill("["))),
        ("front matter of dashes", format!("---\n{}\n---\n", fill("- "))),
        ("front matter of braces", format!("---\n{}\n---\n", fill("{a: "))),
        ("front matter of questions", format!("---\n{}\n---\n", fill("? "))),
        ("front matter of aliases", format!("---\na: &a x\nb: [{}]\n---\n", fill("*a, "))),
        (
            "front matter of many keys",
            format!(
                "---\n{}---\n",
                (0..length / 12).map(|n| format!("{n:08}: b\n")).collect::<String>()
            ),
        ),
        ("front matter that is none", format!("---\n{}", fill("a: b\n"))),
        ("mojibake", fill("\u{c2}\u{a0}")),
        ("quotes", fill("> > > a\n")),
        ("header lines", format!("{annotation}```http\nGET /a\n{}```", fill("a: b\n"))),
        (
            "permissions",
            format!("|Permission type|Permissions|\n|-|-|\n|Application|{}|", fill("A.B,")),
        ),
    ]
}

/// A reader that takes quadratic time would not come back from these before the run is given up.
fn hostile_texts_are_read_at_length() -> Result<(), Failed> {
    for (what, text) in hostile(1_000_000) {
        let (_, page, _) = read(&text);
        if page.name.is_empty() {
            return Err(format!("{what}: the page has no name").into());
        }
    }
    Ok(())
}

fn findings_stay_few() -> Result<(), Failed> {
    for (what, text) in hostile(100_000) {
        let repeats = ["open fences", "shrinking", "requests", "header lines", "table"];
        let (_, _, found) = read(&text);
        if found.len() > 20 && !repeats.iter().any(|repeat| what.contains(repeat)) {
            return Err(format!("{what}: {} findings", found.len()).into());
        }
    }
    Ok(())
}
