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
    let at_length = hostile(1_000_000).into_iter().map(|(what, text)| {
        Trial::test(format!("read at length: {what}"), move || read_at_length(&text))
    });
    let mut trials = vec![
        Trial::test("any_text_is_read", any_text_is_read),
        Trial::test("crlf_gives_the_same_page", crlf_gives_the_same_page),
        Trial::test("json_comes_back", json_comes_back),
        Trial::test("findings_stay_few", findings_stay_few),
        Trial::test("bytes_of_chance_are_read", bytes_of_chance_are_read),
    ];
    trials.extend(at_length);
    trials
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

fn bytes_of_chance_are_read() -> Result<(), Failed> {
    check(prop::collection::vec(any::<u8>(), 0..600), |bytes| {
        let text = String::from_utf8_lossy(&bytes);
        let (sources, page, found) = read(&text);
        dump::outline(&sources, &page);
        let inside = |span: Span| text.get(span.range()).is_some();
        prop_assert!(found.iter().flat_map(|d| &d.labels).all(|label| inside(label.span)));
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
        ("backticks", fill("`")),
        ("tildes", fill("~")),
        ("backticks in many lines", fill("`\n")),
        ("angles", fill("<")),
        ("open links without end", fill("[")),
        ("open targets", fill("](")),
        ("pipes", fill("|")),
        ("a row of pipes in a table of pipes", format!("{0}\n{0}\n{0}\n", "|-".repeat(length / 6))),
        ("dollars", format!("## Query parameters\n{}", fill("$a"))),
        ("spaces", fill(" ")),
        ("spaces in a cell", format!("|Property|Type|\n|-|-|\n|a {} b|c|\n", fill(" "))),
        ("comments before spaces", format!("{}{}", fill("<!-- {} -->"), fill(" "))),
        ("a heading of angles", format!("# {}", fill("<a "))),
        ("a heading of hashes", fill("#")),
        ("indented comments", fill("     <!-- { blockType: 1 } -->\n")),
        ("deep JSON in a body", {
            let fence = format!("{annotation}```http\nPOST /a\n\n");
            format!("{fence}{}\n```\n", "[{\"a\":".repeat(length / 6))
        }),
        ("JSON of quotes", format!("{annotation}```http\nPOST /a\n\n{{{}\n```\n", fill("\"'"))),
        ("JSON of comments", format!("{annotation}```http\nPOST /a\n\n{{}}{}\n```\n", fill("/*"))),
        (
            "JSON of backslashes",
            format!("{annotation}```http\nPOST /a\n\n[\"{}\n```\n", fill("\\")),
        ),
        ("a body of many requests", {
            let list = (0..length / 200).map(|n| format!("\"n{n}\",")).collect::<String>();
            let requests = (0..length / 200)
                .map(|n| {
                    let name = format!("\"name\": \"n{n}\"");
                    format!(
                        "<!-- {{ \"blockType\": \"request\", {name} }} -->\n```http\nGET /a\n```\n"
                    )
                })
                .collect::<String>();
            let body = format!("[{}]", "1,".repeat(length / 4));
            format!(
                "{requests}<!-- {{ \"blockType\": \"response\", \"name\": [{list}] }} -->\n\
                 ```http\nHTTP/1.1 200 OK\n\n{body}\n```\n"
            )
        }),
        ("one name many times", {
            let names = "\"n\",".repeat(length / 8);
            format!(
                "{named}<!-- {{ \"blockType\": \"response\", \"name\": [{names}] }} -->\n\
                 ```http\nHTTP/1.1 200 OK\n```\n"
            )
        }),
        ("a table of permissions of many columns", {
            let columns = "p|".repeat(length / 4);
            let rows = "|Application|\n".repeat(length / 30);
            format!("|Permission type|permissions|{columns}\n|-|-|\n{rows}")
        }),
        ("ignored requests", fill(&named.replace("request", "ignored"))),
        ("ignored responses", fill(&answer.replace("response", "ignored"))),
        ("status lines", format!("## Example\n{}", fill("```http\nHTTP/1.1 200 OK\n```\n"))),
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
        ("sections of responses", fill("## Response\n")),
        ("sections in sections of responses", fill("# Response\n## Response\n")),
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
fn read_at_length(text: &str) -> Result<(), Failed> {
    let (sources, page, _) = read(text);
    let object = dump::json(&sources, &page);
    let object: Result<&serde_json::value::RawValue, _> = serde_json::from_str(&object);
    match dump::outline(&sources, &page).is_empty() {
        true => Err("the page has no name".into()),
        false => object.map(drop).map_err(Failed::from),
    }
}

fn findings_stay_few() -> Result<(), Failed> {
    for (what, text) in hostile(100_000) {
        let repeats = [
            "status lines",
            "open fences",
            "indented",
            "shrinking",
            "requests",
            "header lines",
            "table",
        ];
        let (_, _, found) = read(&text);
        if found.len() > 20 && !repeats.iter().any(|repeat| what.contains(repeat)) {
            return Err(format!("{what}: {} findings", found.len()).into());
        }
    }
    Ok(())
}
