//! The real metadata and the real pages: nothing unresolved, the closure of the thread, the findings
//! of its pages, and how many of all URLs mean something.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use libtest_mimic::{Failed, Trial};
use msgraph_docs::Page;
use msgraph_ir::Api;
use msgraph_link::Selector;
use msgraph_source::{Diagnostic, Diagnostics, Severity, SourceMap};
use msgraph_tests::{FAMILY, corpus};

use crate::show::finding;

/// The linked v1.0 metadata.
static V1: LazyLock<Option<(SourceMap, Api, Diagnostics)>> = LazyLock::new(|| {
    let path = corpus()?.join("v1.0.csdl");
    let mut sources = SourceMap::new();
    let file = sources.add("v1.0.csdl", fs::read_to_string(path).ok()?);
    let (document, _) = msgraph_csdl::parse(&sources, file);
    let (api, found) = msgraph_link::declare_and_resolve(&[document?], "v1.0");
    Some((sources, api, found))
});

/// The tests; none where there is no corpus.
pub(crate) fn trials() -> Vec<Trial> {
    let Some(root) = corpus() else {
        return Vec::new();
    };
    let at = move |path: &str| root.join("docs").join(path);
    let thread = at("v1.0/api/group-post-threads.md");
    let beta = at("beta/api/group-post-threads.md");
    let api = at("v1.0/api");
    let (all, family) = (api.clone(), api);
    let resources = at("v1.0/resources");
    vec![
        Trial::test("corpus_metadata_links_without_unresolved_names", metadata),
        Trial::test("corpus_thread_closure_is_twelve_types", {
            let thread = thread.clone();
            move || closure(&thread)
        }),
        Trial::test("corpus_thread_page_of_2021_has_the_expected_findings", move || {
            expect(
                &thread,
                &[
                    "link::deep_insert",
                    "link::omitted_member",
                    "link::omitted_member",
                    "link::placeholder_value",
                    "link::required_header",
                ],
            )
        }),
        Trial::test("corpus_thread_page_of_2024_has_the_expected_findings", move || {
            expect(
                &beta,
                &[
                    "link::deep_insert",
                    "link::omitted_member",
                    "link::omitted_member",
                    "link::other_version",
                    "link::required_header",
                ],
            )
        }),
        Trial::test("corpus_thread_family_links_without_errors", move || thread_family(&family)),
        Trial::test("corpus_pages_merge_without_errors", move || all_pages(&all)),
        Trial::test("corpus_resource_pages_describe_types", move || describe(&resources)),
    ]
}

pub(crate) fn read(paths: &[PathBuf], sources: &mut SourceMap) -> Result<Vec<Page>, Failed> {
    paths
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let file = sources.add(&name, fs::read_to_string(path)?);
            Ok(msgraph_docs::parse(sources, file).0)
        })
        .collect()
}

pub(crate) fn folder(path: &Path) -> Result<Vec<PathBuf>, Failed> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(path)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    Ok(files)
}

fn counts(found: &[Diagnostic]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in found {
        *counts.entry(diagnostic.code.id()).or_default() += 1;
    }
    counts
}

pub(crate) fn v1() -> Result<&'static (SourceMap, Api, Diagnostics), Failed> {
    V1.as_ref().ok_or_else(|| "the metadata cannot be read".into())
}

fn metadata() -> Result<(), Failed> {
    let (sources, api, found) = v1()?;
    for diagnostic in found {
        eprintln!("{}", finding(sources, diagnostic));
    }
    eprintln!("{:#?}", api.statistics);
    // Two alternate keys name a property that only beta declares. Six actions state the set of what they return,
    // and return nothing.
    assert_eq!(
        counts(found),
        BTreeMap::from([("link::alternate_key", 2), ("link::entity_set_path", 6)])
    );
    assert!(api.statistics.references > 9_300);
    assert_eq!(api.statistics.unresolved, 0);
    assert_eq!(api.statistics.unresolved_targets, 0);
    Ok(())
}

fn closure(page: &Path) -> Result<(), Failed> {
    let (sources, api, _) = v1()?;
    let (mut sources, mut api) = (sources.clone(), api.clone());
    let pages = read(&[page.to_path_buf()], &mut sources)?;
    msgraph_link::merge(&mut api, &pages);
    let selector =
        Selector::parse("create_conversationthread_from_group").map_err(|d| d.message)?;
    let found = msgraph_link::select(&mut api, &pages, &[selector]);
    assert_eq!(counts(&found), BTreeMap::new());
    assert_eq!(msgraph_link::analyse(&mut api), []);
    let mut names: Vec<&str> =
        api.selection.items.keys().map(|&id| api.items[id].name.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "attachment",
            "bodyType",
            "conversationThread",
            "emailAddress",
            "entity",
            "extension",
            "itemBody",
            "multiValueLegacyExtendedProperty",
            "outlookItem",
            "post",
            "recipient",
            "singleValueLegacyExtendedProperty",
        ]
    );
    Ok(())
}

fn expect(page: &Path, codes: &[&str]) -> Result<(), Failed> {
    let (sources, api, _) = v1()?;
    let (mut sources, mut api) = (sources.clone(), api.clone());
    let pages = read(&[page.to_path_buf()], &mut sources)?;
    let found = msgraph_link::merge(&mut api, &pages);
    for diagnostic in &found {
        eprintln!("{}", finding(&sources, diagnostic));
        assert!(diagnostic.labels.len() > 1 || diagnostic.code.id() == "link::other_version");
    }
    let mut names: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code.id()).collect();
    names.sort_unstable();
    assert_eq!(names, codes);
    Ok(())
}

fn thread_family(folder: &Path) -> Result<(), Failed> {
    let (sources, api, _) = v1()?;
    let (mut sources, mut api) = (sources.clone(), api.clone());
    let paths: Vec<PathBuf> = FAMILY
        .iter()
        .map(|name| folder.join(format!("{name}.md")))
        .filter(|p| p.exists())
        .collect();
    let pages = read(&paths, &mut sources)?;
    let mut found = msgraph_link::merge(&mut api, &pages);
    for name in FAMILY {
        let selector = Selector::parse(name).map_err(|d| d.message)?;
        found.extend(msgraph_link::select(&mut api, &pages, &[selector]));
        found.extend(msgraph_link::analyse(&mut api));
        eprintln!(
            "{name}: {} operations, {} types",
            api.selection.operations.len(),
            api.selection.items.len()
        );
    }
    for diagnostic in &found {
        eprintln!("{}", finding(&sources, diagnostic));
    }
    eprintln!("{} pages, {:#?}", pages.len(), counts(&found));
    assert!(found.iter().all(|diagnostic| diagnostic.severity() < Severity::Error));
    Ok(())
}

fn all_pages(path: &Path) -> Result<(), Failed> {
    let (sources, api, _) = v1()?;
    let (mut sources, mut api) = (sources.clone(), api.clone());
    let pages = read(&folder(path)?, &mut sources)?;
    let found = msgraph_link::merge(&mut api, &pages);
    eprintln!("{} operations; {:#?}", api.operations.len(), counts(&found));
    agreement(&api.agreement.total());
    findings_in_bodies(&found);
    assert!(found.iter().all(|diagnostic| diagnostic.severity() < Severity::Error));
    Ok(())
}

fn describe(path: &Path) -> Result<(), Failed> {
    let (sources, api, _) = v1()?;
    let (mut sources, mut api) = (sources.clone(), api.clone());
    let pages = read(&folder(path)?, &mut sources)?;
    msgraph_link::merge(&mut api, &pages);
    let described = api.items.iter().filter(|(_, item)| item.page.is_some()).count();
    assert_eq!((pages.len(), described), (1239, 1112));
    Ok(())
}

/// How many templates, methods, examples and bodies there are, and how many agree.
fn agreement(counts: &msgraph_ir::Counts) {
    let tally = |tally: msgraph_ir::Tally| (tally.all, tally.agreeing);
    assert_eq!(tally(counts.templates), (3713, 3663));
    // Of the 37 that do not fit, 34 call a function with `POST` or `PATCH`.
    assert_eq!(tally(counts.methods), (3663, 3626));
    assert_eq!(tally(counts.examples), (2465, 2433));
    assert_eq!(counts.foreign_examples, 61);
    let bodies =
        |bodies: msgraph_ir::Bodies| (bodies.all, bodies.clean, bodies.explained, bodies.untyped);
    assert_eq!(bodies(counts.requests), (881, 764, 117, 25));
    assert_eq!(bodies(counts.responses), (1749, 1432, 317, 21));
    assert_eq!(bodies(counts.typed_responses), (1105, 819, 286, 2));
    for bodies in [counts.requests, counts.responses, counts.typed_responses] {
        assert_eq!(bodies.not_held(), 0, "every body is clean or explained");
    }
    let typed = counts.typed_responses;
    assert!(typed.clean * 100 >= typed.all * 74, "{} of {}", typed.clean, typed.all);
}

/// What is found in bodies, by code.
fn findings_in_bodies(found: &[Diagnostic]) {
    let codes = counts(found);
    let of = |name: &str| codes.get(format!("link::{name}").as_str()).copied().unwrap_or(0);
    let lines: Vec<String> = [
        "unknown_member",
        "derived_member",
        "spelling",
        "bind_property",
        "value_kind",
        "placeholder_value",
        "enum_member",
        "enum_spelling",
        "date_without_offset",
        "date_without_time",
        "null_value",
        "type_name",
        "type_without_hash",
        "wrapped_value",
        "request_body",
        "response_body",
        "response_type",
        "method_mismatch",
        "status_unusual",
        "status_conflict",
        "status_undocumented",
    ]
    .map(|name| format!("{:5} {name}", of(name)))
    .to_vec();
    crate::urls::snapshot("corpus_findings_in_bodies", &lines.join("\n"));
}
