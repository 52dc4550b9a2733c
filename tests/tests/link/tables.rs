//! The real resource pages against the real metadata: how many rows, types, representations and facts
//! agree, in exact numbers, so that a change of the reader or of a rule shows.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use msgraph_ir::{Api, ItemKind, Prose, Source};
use msgraph_pipeline::{Input, Review, lint};
use msgraph_source::SourceMap;
use msgraph_tests::corpus;

/// The tests; none where there is no corpus.
pub(crate) fn trials() -> Vec<Trial> {
    let Some(root) = corpus() else {
        return Vec::new();
    };
    vec![Trial::test("corpus_tables_agree_with_types_in_exact_numbers", move || tables(&root))]
}

fn review(root: &Path) -> Result<Review, Failed> {
    let mut sources = SourceMap::new();
    let metadata = sources.add("v1.0.csdl", fs::read_to_string(root.join("v1.0.csdl"))?);
    let mut pages = Vec::new();
    for folder in ["docs/v1.0/api", "docs/v1.0/resources"] {
        for entry in fs::read_dir(root.join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                pages.push(sources.add(&format!("{folder}/{name}"), fs::read_to_string(&path)?));
            }
        }
    }
    let input = Input { metadata: vec![metadata], pages, ..Input::default() };
    Ok(lint(&sources, &input, "v1.0", &mut |_| {}))
}

/// The codes that tables, representations and blocks of resource pages give rise to.
const CODES: &[&str] = &[
    "link::capability",
    "link::documented_capability",
    "link::documented_collection",
    "link::documented_enum",
    "link::documented_mutability",
    "link::documented_nullability",
    "link::documented_number",
    "link::documented_type",
    "link::enum_value",
    "link::member_role",
    "link::representation_member",
    "link::representation_type",
    "link::resource_fact",
    "link::resource_type",
    "link::undeclared_member",
    "link::undeclared_parameter",
    "link::undocumented_member",
];

fn tables(root: &Path) -> Result<(), Failed> {
    let review = review(root)?;
    let api = review.api.as_ref().ok_or("the metadata cannot be linked")?;
    let mut text = String::new();
    let total = api.agreement.total();
    for (name, tally) in [
        ("rows", total.rows),
        ("types of rows", total.row_types),
        ("rows of enumerations", total.enum_rows),
        ("declared members", total.members),
        ("members of representations", total.representation),
        ("facts of types", total.type_facts),
        ("capabilities", total.capabilities),
        ("parameters", total.parameters),
    ] {
        writeln!(text, "{name}: {} of {}", tally.agreeing, tally.all)?;
    }
    for code in CODES {
        let count = review.diagnostics.iter().filter(|found| found.code.id() == *code).count();
        writeln!(text, "{code}: {count}")?;
    }
    capabilities(&review, &mut text)?;
    descriptions(api, &mut text)?;
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/link/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("corpus_tables", text));
    Ok(())
}

/// Capabilities are sparse but true: what documents use against them can be listed.
fn capabilities(review: &Review, text: &mut String) -> std::fmt::Result {
    let code = "link::capability";
    for found in review.diagnostics.iter().filter(|found| found.code.id() == code) {
        writeln!(text, "{}", found.message)?;
    }
    Ok(())
}

/// Words of documents on types, members and parameters.
fn descriptions(api: &Api, text: &mut String) -> std::fmt::Result {
    let of_documents =
        |prose: &Option<Prose>| prose.as_ref().is_some_and(|p| p.said_by == Source::Documents);
    let structured = || api.items.iter().filter_map(|(_, item)| item.structured());
    let enumerations = api.items.iter().filter_map(|(_, item)| match &item.kind {
        ItemKind::Enumeration(enumeration) => Some(enumeration),
        _ => None,
    });
    let types = api.items.iter().filter(|(_, item)| of_documents(&item.description)).count();
    let members = structured().flat_map(|s| &s.properties);
    let members = members.filter(|member| of_documents(&member.description)).count();
    let inherited: usize = structured().map(|s| s.inherited.len()).sum();
    let choices = enumerations.flat_map(|enumeration| &enumeration.members);
    let choices = choices.filter(|member| of_documents(&member.description)).count();
    let parameters = api.bound.iter().flat_map(|(_, bound)| &bound.parameters);
    let parameters = parameters.filter(|p| of_documents(&p.description)).count();
    writeln!(
        text,
        "described: {types} types, {members} members, {inherited} inherited members, \
         {choices} members of enumerations, {parameters} parameters"
    )
}
