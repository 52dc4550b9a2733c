//! Inputs that mean harm: the linker ends, soon, with findings in place of panics.

use std::fmt::Write;

use libtest_mimic::{Failed, Trial};
use msgraph_ir::{Api, dump};
use msgraph_link::{Resolver, Selector};
use msgraph_source::SourceMap;
use proptest::test_runner::{Config, TestRunner};

/// The tests.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("hostile_urls_and_selectors_end", urls),
        Trial::test("hostile_chains_of_base_types_end_soon", chain),
        Trial::test("hostile_pages_in_any_order_give_the_same", order),
        Trial::test("hostile_bodies_are_looked_at_within_bounds", body),
        Trial::test("hostile_tables_and_blocks_end_soon", tables),
    ]
}

const HEAD: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices><Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">"#;
const TAIL: &str = "</Schema></edmx:DataServices></edmx:Edmx>";
const MODEL: &str = r#"<EntityType Name="group"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/><NavigationProperty Name="groups" Type="Collection(graph.group)"/></EntityType>
<Function Name="find" IsBound="true"><Parameter Name="this" Type="graph.group"/><Parameter Name="name" Type="Edm.String"/><ReturnType Type="graph.group"/></Function>
<EntityContainer Name="S"><EntitySet Name="groups" EntityType="graph.group"/></EntityContainer>"#;

fn link(body: &str) -> Result<Api, Failed> {
    let mut sources = SourceMap::new();
    let file = sources.add("input.csdl", format!("{HEAD}{body}{TAIL}"));
    let (document, found) = msgraph_csdl::parse(&sources, file);
    assert_eq!(found, []);
    let document = document.ok_or("no document")?;
    Ok(msgraph_link::declare_and_resolve(&[document], "v1.0").0)
}

fn urls() -> Result<(), Failed> {
    let api = link(MODEL)?;
    let resolver = Resolver::new(&api);
    let piece = "(/|groups|find|gruops|name|%27|%|id|&|root|\\(|\\)|'|\\{|\\}|<|>|=|,|:|\\$count|\\$ref|\\.|…|é|\\?| |https:|graph\\.microsoft\\.com|beta){0,12}";
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 4000, failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let strategy = proptest::string::string_regex(piece).map_err(|e| e.to_string())?;
    runner
        .run(&strategy, |text| {
            if let Err(error) = resolver.resolve(&text) {
                proptest::prop_assert!(
                    text.get(error.range).is_some(),
                    "the range lies in the URL"
                );
            }
            let _ = Selector::parse(&text);
            let _ = Selector::parse(&format!("GET {text}"));
            Ok(())
        })
        .map_err(|error| error.to_string())?;
    // A resolver that takes quadratic time would not come back from these before the run is given up.
    let many = 100_000;
    let meaning = ["/groups/{id}".repeat(many), format!("/groups/{}", "x".repeat(1_000_000))];
    for url in meaning {
        resolver.resolve(&url).map_err(|error| format!("{:?}", error.kind))?;
    }
    for url in [
        format!("/groups/{{id}}/{}", "x".repeat(1_000_000)),
        format!("/{}", "grops".repeat(200_000)),
        format!("/groups/{{id}}/{}", "(".repeat(many)),
        format!("/groups/{{id}}/nope{}", "'".repeat(many)),
        format!("/groups/{{id}}/find({})", "a=1,".repeat(many)),
        format!("/groups({})", "a=1,".repeat(many)),
        format!("/groups/{}", "{".repeat(many)),
        format!("/groups/{{id}}{}", "/{".repeat(many)),
        format!("/groups/{{id}}:{}", "/a".repeat(many)),
        format!("/groups?{}", "a=b&".repeat(many)),
        "/GROUPS/{id}".repeat(many),
    ] {
        match resolver.resolve(&url) {
            Ok(path) => assert!(path.leniencies.len() <= 20),
            Err(error) => {
                assert!(error.message().len() + error.way_out().len() < 1_000, "{:?}", error.kind);
            }
        }
    }
    Ok(())
}

fn chain() -> Result<(), Failed> {
    let count = 20_000;
    let mut body = String::new();
    for at in 0..count {
        let base = (at + 1) % count;
        let _ = write!(
            body,
            r#"<ComplexType Name="t{at}" BaseType="graph.t{base}"><Property Name="p{at}" Type="graph.t{base}"/></ComplexType>"#
        );
    }
    let api = link(&body)?;
    assert_eq!(api.items.len(), count);
    Ok(())
}

fn page(sources: &mut SourceMap, name: &str, text: &str) -> msgraph_docs::Page {
    let file = sources.add(&format!("{name}.md"), text);
    msgraph_docs::parse(sources, file).0
}

fn order() -> Result<(), Failed> {
    let text = |permission: &str, status: &str| {
        format!(
            "# Get\n\n## Permissions\n\n| Permission type | Permissions (from least to most privileged) |\n|:--|:--|\n| Application | {permission} |\n\n## HTTP request\n\n```http\nGET /groups/{{id}}\n```\n\n## Response\n\n`{status}`\n"
        )
    };
    let mut shown = Vec::new();
    for order in [["a", "b", "c"], ["c", "a", "b"], ["b", "c", "a"]] {
        let mut sources = SourceMap::new();
        let mut api = link(MODEL)?;
        let pages: Vec<_> = order
            .iter()
            .map(|name| {
                page(
                    &mut sources,
                    name,
                    &text(
                        &format!("Group.{name}"),
                        if *name == "b" { "204 No Content" } else { "200 OK" },
                    ),
                )
            })
            .collect();
        let found = msgraph_link::merge(&mut api, &pages);
        msgraph_link::select(&mut api, &pages, &[Selector::Documented]);
        let messages: Vec<&String> = found.iter().map(|diagnostic| &diagnostic.message).collect();
        shown.push(format!("{}{messages:#?}", dump::api(&api, None, None)));
    }
    assert!(shown.windows(2).all(|pair| pair.first() == pair.last()));
    Ok(())
}

fn body() -> Result<(), Failed> {
    let mut nested = String::from("{ \"id\": null }");
    for _ in 0..40 {
        nested = format!("{{ \"groups\": [{nested}] }}");
    }
    let unknown: String = (0..5_000).map(|at| format!("\"unknown{at}\": 1,\n")).collect();
    let text = format!(
        "# Update\n\n## HTTP request\n\n```http\nPATCH /groups/{{id}}\n```\n\n## Example\n\n<!-- {{ \"blockType\": \"request\", \"name\": \"update\" }} -->\n```http\nPATCH /groups/{{id}}\nContent-type: application/json\n\n{{ {unknown} \"groups\": [{nested}] }}\n```\n"
    );
    let mut sources = SourceMap::new();
    let mut api = link(MODEL)?;
    let page = page(&mut sources, "update", &text);
    let found = msgraph_link::merge(&mut api, &[page]);
    let unknown = found.iter().filter(|d| d.code.id() == "link::unknown_member").count();
    assert_eq!(unknown, 100, "findings of one body are bounded");
    Ok(())
}

/// Tables and blocks on which quadratic time would not come back before the run is given up.
fn tables() -> Result<(), Failed> {
    let row = |name: &str, kind: &str| format!("| {name} | {kind} | Words. |\n");
    let table = |rows: &str| {
        format!(
            "# group resource type\n\n## Properties\n\n| Property | Type | Description |\n|:--|:--|:--|\n{rows}\n"
        )
    };
    let block = "<!-- { \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.group\", \"@odata.annotations\": [{ \"property\": \"groups\", \"capabilities\": { \"insertable\": true } }] } -->\n```json\n{ \"idd\": 1 }\n```\n\n";
    let pages = [
        table(&row("id", &"[a](".repeat(600_000))) + block,
        table(&row("id", &"[a][".repeat(600_000))) + block,
        table(&row("id", &"a or ".repeat(200_000))) + block,
        table(&row(&"x".repeat(1_000_000), "String")) + block,
        table(&row("idd", "String").repeat(20_000)) + block,
        table(&row("id", "String")) + &block.repeat(20_000),
    ];
    for text in pages {
        let mut api = link(MODEL)?;
        let mut sources = SourceMap::new();
        let file = sources.add("group.md", text);
        let (page, _) = msgraph_docs::parse(&sources, file);
        let found = msgraph_link::merge(&mut api, &[page]);
        assert!(found.iter().any(|found| found.code.id() == "link::representation_member"));
    }
    Ok(())
}
