//! Bodies made from a model are clean; with one fault planted into them, that fault is found, with its
//! code, its place in the page and its path, and nothing else is. What is taken for a value is one that
//! the runtime reads strictly.

use libtest_mimic::{Failed, Trial};
use msgraph_core::edm;
use msgraph_ir::{Api, ExampleFinding};
use msgraph_source::{Diagnostics, SourceMap};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const MODEL: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="entity"><Property Name="id" Type="Edm.String"/></EntityType>
  <EntityType Name="item" BaseType="graph.entity">
    <Property Name="text" Type="Edm.String"/>
    <Property Name="flag" Type="Edm.Boolean"/>
    <Property Name="size" Type="Edm.Int32"/>
    <Property Name="long" Type="Edm.Int64"/>
    <Property Name="part" Type="Edm.Double"/>
    <Property Name="exact" Type="Edm.Decimal"/>
    <Property Name="time" Type="Edm.DateTimeOffset"/>
    <Property Name="date" Type="Edm.Date"/>
    <Property Name="clock" Type="Edm.TimeOfDay"/>
    <Property Name="span" Type="Edm.Duration"/>
    <Property Name="guid" Type="Edm.Guid"/>
    <Property Name="bytes" Type="Edm.Binary"/>
    <Property Name="color" Type="graph.color"/>
    <Property Name="sides" Type="graph.sides"/>
    <Property Name="tags" Type="Collection(Edm.String)" Nullable="false"/>
    <Property Name="any" Type="Edm.Untyped"/>
    <Property Name="owner" Type="graph.person"/>
    <Property Name="people" Type="Collection(graph.person)"/>
    <NavigationProperty Name="kid" Type="graph.item"/>
    <NavigationProperty Name="kids" Type="Collection(graph.item)"/>
  </EntityType>
  <ComplexType Name="person"><Property Name="name" Type="Edm.String"/></ComplexType>
  <ComplexType Name="worker" BaseType="graph.person"><Property Name="job" Type="Edm.String"/></ComplexType>
  <EnumType Name="color"><Member Name="red"/><Member Name="green"/></EnumType>
  <EnumType Name="sides" IsFlags="true"><Member Name="left" Value="1"/><Member Name="right" Value="2"/></EnumType>
  <EntityContainer Name="GraphService"><EntitySet Name="items" EntityType="graph.item"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>"#;

/// Members of an item with values of their types.
const VALUES: &[(&str, &str)] = &[
    ("id", r#""42""#),
    ("text", r#""a \"b\" c""#),
    ("text", "null"),
    ("flag", "true"),
    ("size", "-7"),
    ("long", r#""9007199254740993""#),
    ("part", r#""NaN""#),
    ("part", "1.5e3"),
    ("exact", "0.10"),
    ("time", r#""2024-02-29T23:59:59.999Z""#),
    ("date", r#""2024-02-29""#),
    ("clock", r#""07:30""#),
    ("span", r#""P1DT0.5S""#),
    ("guid", r#""8fcb5dbc-d5aa-4681-8e31-b001d5168d79""#),
    ("bytes", r#""dGVzdA==""#),
    ("color", r#""green""#),
    ("sides", r#""left, right""#),
    ("tags", r#"["a", "b"]"#),
    ("any", r#"{ "unknown": [null, 1] }"#),
    ("owner", r##"{ "@odata.type": "#microsoft.graph.worker", "name": "N", "job": "J" }"##),
    ("people", r#"[{ "name": "N" }, {}]"#),
    ("kid@odata.bind", r#""https://graph.microsoft.com/v1.0/items/1""#),
    ("kids@odata.bind", r#"["https://graph.microsoft.com/v1.0/items/1"]"#),
    ("@odata.etag", r#""W/1""#),
];

/// The name and the value of a member, the code of its fault, the text at the fault's place, and its
/// path behind that of the object.
type Fault = (&'static str, &'static str, &'static str, &'static str, &'static str);

const FAULTS: &[Fault] = &[
    ("zzz", "1", "link::unknown_member", r#""zzz""#, ".zzz"),
    ("flag", r#""yes""#, "link::value_kind", r#""yes""#, ".flag"),
    ("size", "2147483648", "link::value_kind", "2147483648", ".size"),
    ("date", r#""2023-02-29""#, "link::value_kind", r#""2023-02-29""#, ".date"),
    ("tags", r#"["a", {}]"#, "link::value_kind", "{}", ".tags[1]"),
    ("time", r#""datetime-value""#, "link::placeholder_value", r#""datetime-value""#, ".time"),
    ("flag", r#""Boolean""#, "link::placeholder_value", r#""Boolean""#, ".flag"),
    ("color", r#""red | green""#, "link::placeholder_value", r#""red | green""#, ".color"),
    ("color", r#""purple""#, "link::enum_member", r#""purple""#, ".color"),
    ("color", r#""red,green""#, "link::enum_member", r#""red,green""#, ".color"),
    ("sides", r#""left,top""#, "link::enum_member", r#""left,top""#, ".sides"),
    ("color", r#""Red""#, "link::enum_spelling", r#""Red""#, ".color"),
    ("Text", r#""x""#, "link::spelling", r#""Text""#, ".Text"),
    ("owner", r#"{ "job": "J" }"#, "link::derived_member", r#""job""#, ".owner.job"),
    (
        "time",
        r#""2024-05-01T12:00:00""#,
        "link::date_without_offset",
        r#""2024-05-01T12:00:00""#,
        ".time",
    ),
    ("time", r#""2024-05-01""#, "link::date_without_time", r#""2024-05-01""#, ".time"),
    (
        "owner",
        r#"{ "@odata.type": "microsoft.graph.worker", "job": "J" }"#,
        "link::type_without_hash",
        r#""microsoft.graph.worker""#,
        ".owner['@odata.type']",
    ),
    (
        "owner",
        r##"{ "@odata.type": "#microsoft.graph.item" }"##,
        "link::type_name",
        r##""#microsoft.graph.item""##,
        ".owner['@odata.type']",
    ),
    (
        "text@odata.bind",
        r#""x""#,
        "link::bind_property",
        r#""text@odata.bind""#,
        "['text@odata.bind']",
    ),
    ("tags", "null", "link::null_value", "null", ".tags"),
    ("people", r#"{ "name": "N" }"#, "link::value_kind", r#"{ "name": "N" }"#, ".people"),
];

/// The tests.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("clean_bodies_have_no_findings_and_planted_faults_are_found", planted),
        Trial::test("a_wrapped_body_is_told_once_and_looked_into", wrapped),
        Trial::test("values_are_those_that_the_runtime_reads_strictly", lexical),
    ]
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new_with_rng(
        Config { cases, failure_persistence: None, ..Config::default() },
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    )
}

fn model(sources: &mut SourceMap) -> Result<Api, String> {
    let file = sources.add("model.csdl", MODEL);
    let document = msgraph_csdl::parse(sources, file).0.ok_or("no document")?;
    let (api, found) = msgraph_link::declare_and_resolve(&[document], "v1.0");
    if found.is_empty() { Ok(api) } else { Err(format!("{found:?}")) }
}

/// What is found in `body` as a request, or as an answer.
fn look(
    sources: &mut SourceMap,
    api: &Api,
    body: &str,
    is_answer: bool,
) -> (Vec<ExampleFinding>, Diagnostics, msgraph_ir::Counts) {
    let (sent, answered) = if is_answer { ("", body) } else { (body, "{}") };
    let request = match is_answer {
        true => "GET /items/{id}".to_owned(),
        false => format!("PATCH /items/{{id}}\nContent-type: application/json\n\n{sent}"),
    };
    let text = format!(
        "# Page\n\n<!-- {{ \"blockType\": \"request\", \"name\": \"get\" }} -->\n```http\n{request}\n```\n<!-- {{ \"blockType\": \"response\" }} -->\n```http\nHTTP/1.1 200 OK\nContent-type: application/json\n\n{answered}\n```\n"
    );
    let file = sources.add("page.md", text);
    let (page, _) = msgraph_docs::parse(sources, file);
    let mut api = api.clone();
    let found = msgraph_link::merge(&mut api, &[page]);
    let example = api.operations.iter().flat_map(|(_, operation)| &operation.examples).next();
    let findings = example.map(|example| match (is_answer, &example.response) {
        (true, Some(response)) => response.findings.clone(),
        _ => example.request.findings.clone(),
    });
    (findings.unwrap_or_default(), found, api.agreement.total())
}

/// Items in items, written as JSON, with the path of each.
struct Writer<'c> {
    choices: std::slice::Iter<'c, u8>,
    text: String,
    paths: Vec<String>,
    /// The item that gets the fault, and the fault.
    plant: Option<(usize, &'static Fault)>,
}

impl Writer<'_> {
    fn choice(&mut self, of: usize) -> usize {
        usize::from(*self.choices.next().unwrap_or(&0)) % of.max(1)
    }

    fn item(&mut self, path: String, depth: usize) {
        let index = self.paths.len();
        let fault = self.plant.filter(|(at, _)| *at == index).map(|(_, fault)| fault);
        self.paths.push(path.clone());
        let mut used: Vec<String> = Vec::new();
        self.text.push_str("{ ");
        if let Some((name, value, ..)) = fault {
            used.push(name.to_lowercase());
            self.text.push_str(&format!("\"{name}\": {value}, "));
        }
        for _ in 0..self.choice(6) {
            let at = self.choice(VALUES.len());
            if let Some((name, value)) = VALUES.get(at)
                && !used.contains(&name.to_lowercase())
            {
                used.push(name.to_lowercase());
                self.text.push_str(&format!("\"{name}\": {value}, "));
            }
        }
        if depth < 4 && self.choice(2) == 1 {
            self.text.push_str("\"kid\": ");
            self.item(format!("{path}.kid"), depth + 1);
            self.text.push_str(", ");
        }
        self.text.push_str("\"kids\": [");
        let kids = if depth < 4 { self.choice(3) } else { 0 };
        for kid in 0..kids {
            if kid > 0 {
                self.text.push_str(", ");
            }
            self.item(format!("{path}.kids[{kid}]"), depth + 1);
        }
        self.text.push_str("] }");
    }
}

fn planted() -> Result<(), Failed> {
    let mut base = SourceMap::new();
    let api = model(&mut base)?;
    let strategy = (proptest::collection::vec(any::<u8>(), 0..80), any::<usize>(), any::<bool>());
    let result = runner(600).run(&strategy, |(choices, at, is_answer)| {
        let write = |plant| {
            let mut writer =
                Writer { choices: choices.iter(), text: String::new(), paths: Vec::new(), plant };
            writer.item("$".to_owned(), 0);
            (writer.text, writer.paths)
        };
        let (clean, paths) = write(None);
        let mut sources = base.clone();
        let (findings, _, counts) = look(&mut sources, &api, &clean, is_answer);
        prop_assert!(findings.is_empty(), "{findings:?} in {clean}");
        let bodies = if is_answer { counts.responses } else { counts.requests };
        prop_assert_eq!((bodies.all, bodies.clean, bodies.explained), (1, 1, 0));

        let place = at % paths.len();
        for fault in FAULTS.iter().skip(at % 3).step_by(3) {
            let (_, _, code, there, behind) = fault;
            let (body, _) = write(Some((place, fault)));
            let mut sources = base.clone();
            let (findings, found, counts) = look(&mut sources, &api, &body, is_answer);
            let found: Vec<_> = found
                .iter()
                .filter(|d| {
                    !matches!(d.code.id(), "link::status_undocumented" | "link::response_body")
                })
                .collect();
            prop_assert_eq!(found.len(), 1, "{:?} in {}", found, body);
            prop_assert_eq!(found[0].code.id(), *code);
            let primary = found[0].primary().map(|span| sources.text(span));
            prop_assert_eq!(primary, Some(*there));
            let expected = format!("{}{behind}", paths[place]);
            prop_assert_eq!(findings.len(), 1);
            prop_assert_eq!(&findings[0].path, &expected);
            let bodies = if is_answer { counts.responses } else { counts.requests };
            let is_clean = findings[0].kind.is_of_envelope();
            prop_assert_eq!(
                (bodies.clean, bodies.explained),
                if is_clean { (1, 0) } else { (0, 1) }
            );
        }
        Ok(())
    });
    result.map_err(|error| error.to_string().into())
}

fn wrapped() -> Result<(), Failed> {
    let mut sources = SourceMap::new();
    let api = model(&mut sources)?;
    for (body, expected) in [
        (r#"{ "value": { "size": 1 } }"#, vec!["$"]),
        (r#"{ "@odata.context": "c", "value": { "size": "x" } }"#, vec!["$", "$.value.size"]),
        (r#"{ "value": [{ "size": "x" }] }"#, vec!["$", "$.value[0].size"]),
        (r#"{ "value": "x" }"#, vec!["$.value"]),
    ] {
        let (findings, ..) = look(&mut sources, &api, body, true);
        let paths: Vec<&str> = findings.iter().map(|finding| finding.path.as_str()).collect();
        assert_eq!(paths, expected, "{body}");
    }
    Ok(())
}

/// Texts near to values: what a member is called, values of it, and whether the runtime takes a text.
type Kind = (&'static str, &'static [&'static str], fn(&str) -> bool);
const KINDS: &[Kind] = &[
    ("time", &["2024-02-29T23:59:59.999Z", "0001-01-01T00:00+14:00"], |t| {
        t.parse::<edm::DateTimeOffset>().is_ok()
    }),
    ("date", &["2024-02-29", "1900-12-31"], |t| t.parse::<edm::Date>().is_ok()),
    ("clock", &["07:30", "23:59:59.123456789012"], |t| t.parse::<edm::TimeOfDay>().is_ok()),
    ("span", &["P12DT23H59M59.999999999999S", "-PT1M", "PT0.5S", "P1D"], |t| {
        t.parse::<edm::Duration>().is_ok()
    }),
    ("guid", &["8fcb5dbc-d5aa-4681-8e31-b001d5168d79"], |t| t.parse::<edm::Guid>().is_ok()),
    ("bytes", &["dGVzdA==", "dGVzdDE=", "dGVzdA", "_-__"], |t| t.parse::<edm::Binary>().is_ok()),
    ("exact", &["1.50", "-0.1e-7"], |t| serde_json::from_str::<serde_json::Number>(t).is_ok()),
];

fn lexical() -> Result<(), Failed> {
    let mut base = SourceMap::new();
    let api = model(&mut base)?;
    let edit = (any::<usize>(), "[-+0-9a-zA-Z:.=TZPDHMS_/]{0,2}", 0_usize..3);
    let strategy = (any::<usize>(), any::<usize>(), proptest::collection::vec(edit, 0..3));
    let result = runner(1_500).run(&strategy, |(kind, value, edits)| {
        let (name, texts, is_read) = KINDS[kind % KINDS.len()];
        let mut text: Vec<char> = texts[value % texts.len()].chars().collect();
        for (at, with, taken) in edits {
            let at = at % (text.len() + 1);
            let end = (at + taken).min(text.len());
            text.splice(at..end, with.chars());
        }
        let text: String = text.into_iter().collect();
        let mut sources = base.clone();
        let body = format!("{{ \"{name}\": \"{text}\" }}");
        let (findings, ..) = look(&mut sources, &api, &body, false);
        // What the runtime refuses must not be clean; what it takes must be.
        prop_assert_eq!(findings.is_empty(), is_read(&text), "{} {}", name, text);
        Ok(())
    });
    result.map_err(|error| error.to_string().into())
}
