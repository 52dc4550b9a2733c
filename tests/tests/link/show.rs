//! What a fixture shows: its inputs through all passes, then what was found on the way.
//!
//! `input.csdl` is the metadata (`input.NAME.csdl` a further document), `input.NAME.md` the page
//! `NAME`, each line of `input.urls` a URL to be resolved, each line of `input.selectors` a selector,
//! and `input.show` the filter of the dump, or with a `^` in front the word that its statements start
//! with; without it, the dump is left out where there are URLs.

use std::fmt::Write;

use msgraph_ir::{Api, PathStep, dump};
use msgraph_link::{Resolver, Selector};
use msgraph_source::{Diagnostic, SourceMap};
use msgraph_tests::Fixture;

/// Runs all passes over a fixture.
pub(crate) fn fixture(fixture: &Fixture) -> String {
    let mut sources = SourceMap::new();
    let mut found = Vec::new();
    let mut documents = Vec::new();
    let mut pages = Vec::new();
    for (name, text) in &fixture.inputs {
        let name = name.strip_prefix("input.").unwrap_or(name);
        if name.ends_with("csdl") {
            let file = sources.add(name, text.as_str());
            let (document, diagnostics) = msgraph_csdl::parse(&sources, file);
            found.extend(diagnostics);
            documents.extend(document);
        } else if name.ends_with(".md") {
            let file = sources.add(name, text.as_str());
            // What the reader of pages finds is shown by its own fixtures.
            pages.push(msgraph_docs::parse(&sources, file).0);
        }
    }
    let (mut api, diagnostics) = msgraph_link::declare_and_resolve(&documents, "v1.0");
    found.extend(diagnostics);
    found.extend(msgraph_link::merge(&mut api, &pages));
    let mut output = String::new();
    for url in fixture.input("urls").lines().filter(|line| !line.is_empty()) {
        resolve(&api, url, &mut output);
    }
    let mut selectors = Vec::new();
    for line in fixture.input("selectors").lines().filter(|line| !line.is_empty()) {
        match Selector::parse(line) {
            Ok(selector) => selectors.push(selector),
            Err(diagnostic) => found.push(diagnostic),
        }
    }
    if !selectors.is_empty() {
        found.extend(msgraph_link::select(&mut api, &pages, &selectors));
        found.extend(msgraph_link::analyse(&mut api));
    }
    let filter = fixture.input("show").trim();
    let is_shown = fixture.inputs.iter().any(|(name, _)| name == "input.show");
    if is_shown || output.is_empty() {
        match filter.strip_prefix('^') {
            Some(word) => output.push_str(&statements(&dump::api(&api, None, None), word)),
            None => {
                output.push_str(&dump::api(&api, (!filter.is_empty()).then_some(filter), None));
            }
        }
    }
    for diagnostic in &found {
        output.push('\n');
        output.push_str(&finding(&sources, diagnostic));
    }
    output
}

/// The statements that start with `word`, each with the indented lines below it.
fn statements(dump: &str, word: &str) -> String {
    let mut is_wanted = false;
    let mut text = String::new();
    for line in dump.lines() {
        if !line.starts_with(' ') {
            is_wanted = line.starts_with(word);
        }
        if is_wanted {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

fn resolve(api: &Api, url: &str, output: &mut String) {
    let _ = match Resolver::new(api).resolve(url) {
        Ok(path) => {
            let at = path
                .type_ref
                .map_or_else(|| "nothing".to_owned(), |type_ref| dump::type_ref(api, type_ref));
            let item = if path.on_item { ", one item" } else { "" };
            let ending = match path.ending {
                msgraph_link::Ending::Plain => String::new(),
                msgraph_link::Ending::Cast(_) => ", ends in Cast".to_owned(),
                msgraph_link::Ending::Count(_) => ", ends in Count".to_owned(),
                ending => format!(", ends in {ending:?}"),
            };
            let has = |of: fn(&PathStep) -> bool| path.steps.iter().any(of);
            let addressed = if has(|step| matches!(step, PathStep::ByPath(_))) {
                ", addressed by path"
            } else if has(|step| matches!(step, PathStep::AlternateKey(_))) {
                ", alternate key"
            } else {
                ""
            };
            let leniencies: String =
                path.leniencies.iter().map(|text| format!("\n   but {text}")).collect();
            let query = match path.query.is_empty() {
                true => String::new(),
                false => format!(", options [{}]", path.query.join(", ")),
            };
            let version = path.version.map_or_else(String::new, |version| format!(" of {version}"));
            writeln!(
                output,
                "{url}\n   {}{version}: {at} at {}{item}{ending}{addressed}, values [{}]{query}{leniencies}",
                dump::path(api, &path.steps),
                api.site_name(path.site),
                path.values.join(", "),
            )
        }
        Err(error) => {
            let note =
                error.note.as_ref().map_or_else(String::new, |note| format!("\n   note: {note}"));
            writeln!(
                output,
                "{url}\n   {:?} at {:?}: {}{note}\n   help: {}",
                error.kind,
                error.range,
                error.message(),
                error.way_out()
            )
        }
    };
}

/// A finding in few lines: each place with the text that stands there.
pub(crate) fn finding(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let severity = diagnostic.severity().name();
    let mut text = format!("{severity}[{}]: {}\n", diagnostic.code, diagnostic.message);
    for label in &diagnostic.labels {
        let position = sources.position(label.span);
        let path = sources.file(label.span.file).path();
        let there = sources.text(label.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = there.chars().take(70).collect();
        let dots = if short.len() < there.len() { "…" } else { "" };
        let message = if label.message.is_empty() { "" } else { "  -- " };
        let _ = writeln!(
            text,
            "  {path}:{}:{}  {short}{dots}{message}{}",
            position.line, position.column, label.message
        );
    }
    for note in &diagnostic.notes {
        let _ = writeln!(text, "  = note: {note}");
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(text, "  = help: {help}");
    }
    text
}
