//! The URLs of all real pages: how many mean something, why the others do not, what had to be
//! overlooked, and which words are taken for keys.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use msgraph_docs::Page;
use msgraph_ir::PathStep;
use msgraph_link::{Resolver, UrlError, UrlErrorKind};
use msgraph_source::{SourceMap, Span, Spanned};
use msgraph_tests::{FAMILY, corpus};

use crate::corpus::{folder, read, v1};

/// The tests; none where there is no corpus.
pub(crate) fn trials() -> Vec<Trial> {
    let Some(root) = corpus() else {
        return Vec::new();
    };
    let api = root.join("docs/v1.0/api");
    let (counts, family, keys) = (api.clone(), api.clone(), api);
    vec![
        Trial::test("corpus_urls_mean_something_or_are_explained", move || rates(&counts)),
        Trial::test("corpus_urls_of_the_thread_family_mean_something", move || {
            all_of_family(&family)
        }),
        Trial::test("corpus_words_that_are_taken_for_keys", move || words(&keys)),
    ]
}

/// The URLs of templates, then those of examples.
fn urls(page: &Page) -> impl Iterator<Item = (&'static str, &Spanned<String>)> {
    let templates = page.templates.iter().map(|template| ("template", &template.url));
    templates.chain(page.examples.iter().map(|example| ("example", &example.request.url)))
}

/// Holds `text` against the snapshot `name`.
pub(crate) fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/link/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn rates(path: &Path) -> Result<(), Failed> {
    let (sources, api, _) = v1()?;
    let mut sources: SourceMap = sources.clone();
    let pages = read(&folder(path)?, &mut sources)?;
    let resolver = Resolver::new(api);
    // For each kind of URL: all, those that mean something, those of other hosts.
    let mut rates: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut leniencies: BTreeMap<&str, usize> = BTreeMap::new();
    for page in &pages {
        for (kind, url) in urls(page) {
            let rate = rates.entry(kind).or_default();
            rate.0 += 1;
            match resolver.resolve(&url.value) {
                Ok(path) => {
                    rate.1 += 1;
                    if std::env::var_os("SHOW_FINDINGS").is_some() {
                        for leniency in &path.leniencies {
                            eprintln!("{}: {}: {leniency}", leniency.kind(), url.value);
                        }
                    }
                    let kinds: BTreeSet<&str> = path.leniencies.iter().map(|l| l.kind()).collect();
                    kinds.into_iter().for_each(|kind| *leniencies.entry(kind).or_default() += 1);
                }
                Err(error) if error.kind == UrlErrorKind::ForeignHost => rate.2 += 1,
                Err(error) => {
                    explained(&error, url)?;
                    eprintln!("{}: {kind} {}: {}", page.name, url.value, error.message());
                    let (why, on) = (error.kind.name(), &error.standing_on);
                    let reason = format!("{why}: `{}` on {on}", error.segment);
                    *reasons.entry(reason).or_default() += 1;
                }
            }
        }
    }
    let mut text = String::new();
    for (kind, (all, resolved, foreign)) in &rates {
        let _ = writeln!(text, "{kind}: {all}, of other hosts {foreign}, resolved {resolved}");
        assert!(resolved * 1_000 >= (all - foreign) * 986, "{kind}: {resolved} of {all}");
    }
    text.push_str("\nnot resolved\n");
    reasons.iter().for_each(|(reason, count)| text.push_str(&format!("{count:5} {reason}\n")));
    text.push_str("\nleniencies\n");
    leniencies.iter().for_each(|(kind, count)| text.push_str(&format!("{count:5} {kind}\n")));
    snapshot("corpus_urls", &text);
    Ok(())
}

/// That an error names the segment, what it stood on, and what to do.
fn explained(error: &UrlError, url: &Spanned<String>) -> Result<(), Failed> {
    let named =
        url.value.get(error.range.clone()).is_some_and(|text| text.contains(&error.segment));
    let exact = Span::clone(&url.span);
    let diagnostic = error.diagnostic(&url.value, exact);
    let is_near = !error.nearest.is_empty() || error.note.is_some();
    let must_be_near = matches!(error.kind, UrlErrorKind::Root | UrlErrorKind::Member);
    if !named
        || error.standing_on.is_empty()
        || diagnostic.help.is_none()
        || must_be_near && !is_near
    {
        return Err(format!("{}: {error:?}", url.value).into());
    }
    Ok(())
}

fn all_of_family(path: &Path) -> Result<(), Failed> {
    let (sources, api, _) = v1()?;
    let mut sources: SourceMap = sources.clone();
    let paths: Vec<_> = FAMILY.iter().map(|name| path.join(format!("{name}.md"))).collect();
    let pages = read(&paths, &mut sources)?;
    let resolver = Resolver::new(api);
    let (mut of_threads, mut others, mut elided) = (0, 0, 0);
    for page in &pages {
        for (kind, url) in urls(page).filter(|(kind, _)| *kind == "template") {
            let is_of_threads = ["thread", "conversation", "group"]
                .iter()
                .any(|part| url.value.to_ascii_lowercase().contains(part));
            match resolver.resolve(&url.value) {
                Ok(_) if is_of_threads => of_threads += 1,
                Ok(_) => others += 1,
                Err(error) if error.kind == UrlErrorKind::Elided && !is_of_threads => elided += 1,
                Err(error) => return Err(format!("{kind} {}: {error:?}", url.value).into()),
            }
        }
    }
    // Three templates of attachments leave out folders within folders.
    assert_eq!((pages.len(), of_threads, others, elided), (34, 93, 198, 3));
    Ok(())
}

/// Of the keys that are no placeholders those that look like a name, with the collection before.
fn words(path: &Path) -> Result<(), Failed> {
    let (sources, api, _) = v1()?;
    let mut sources: SourceMap = sources.clone();
    let pages = read(&folder(path)?, &mut sources)?;
    let resolver = Resolver::new(api);
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut literals = BTreeSet::new();
    for page in &pages {
        for (_, url) in urls(page) {
            let Ok(path) = resolver.resolve(&url.value) else { continue };
            for (at, step) in path.steps.iter().enumerate() {
                let PathStep::Key { text, is_parameter: false } = step else { continue };
                let before = path.steps.get(..at).unwrap_or_default();
                let collection = msgraph_ir::dump::path(api, before);
                let last = collection.rsplit('/').next().unwrap_or_default().to_owned();
                literals.insert(format!("{last}/{text}"));
                let is_word = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
                    && text.starts_with(|first: char| first.is_ascii_alphabetic())
                    && text.len() <= 40;
                if is_word {
                    words.entry(last).or_default().insert(text.clone());
                }
            }
        }
    }
    if std::env::var_os("SHOW_KEYS").is_some() {
        literals.iter().for_each(|literal| eprintln!("{literal}"));
    }
    let mut text = format!("literal keys: {}\n\nthose that look like a name\n", literals.len());
    for (collection, words) in &words {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let _ = writeln!(text, "{collection}: {}", words.join(" "));
    }
    snapshot("corpus_words_as_keys", &text);
    Ok(())
}
