//! Schemas that derive from themselves: `allOf` whose references lead back.
//!
//! In comes a tree, out go errors, each with its cycle, told once.

use std::collections::BTreeMap;

use msgraph_source::catalogue::openapi::ALL_OF_CYCLE;
use msgraph_source::{Diagnostic, Diagnostics, Json, Span, shortened};

/// The most cycles that are told.
const MOST: usize = 100;

/// A reference of one schema to another.
type Edge<'a> = (&'a str, Span);

/// Tells of the cycles among the schemas of `root`.
pub(crate) fn check(root: &Json, diagnostics: &mut Diagnostics) {
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let schemas = schemas.and_then(Json::as_object).unwrap_or_default();
    let bases: BTreeMap<&str, Vec<Edge<'_>>> =
        schemas.iter().map(|schema| (schema.name.as_str(), bases(&schema.value))).collect();
    let mut state: BTreeMap<&str, State> = BTreeMap::new();
    let mut cycles = Diagnostics::new();
    for schema in schemas {
        walk(&schema.name, &bases, &mut state, &mut cycles);
    }
    diagnostics.extend(cycles);
}

/// The schemas that `schema` is made of.
fn bases(schema: &Json) -> Vec<Edge<'_>> {
    let parts = schema.get("allOf").and_then(Json::as_array).unwrap_or_default();
    let references = parts.iter().filter_map(|part| part.get("$ref"));
    references
        .filter_map(|reference| {
            let name = reference.as_str()?.strip_prefix("#/components/schemas/")?;
            Some((name, reference.span))
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    OnTheWay,
    Done,
}

/// Follows the bases of `start`, without recursion: chains may be long.
fn walk<'a>(
    start: &'a str,
    bases: &BTreeMap<&'a str, Vec<Edge<'a>>>,
    state: &mut BTreeMap<&'a str, State>,
    cycles: &mut Diagnostics,
) {
    let mut way: Vec<(&str, usize)> = Vec::new();
    if !state.contains_key(start) {
        state.insert(start, State::OnTheWay);
        way.push((start, 0));
    }
    while let Some((name, at)) = way.last_mut() {
        let (name, edge) = (*name, bases.get(name).and_then(|edges| edges.get(*at)));
        *at += 1;
        let Some(&(base, span)) = edge else {
            state.insert(name, State::Done);
            way.pop();
            continue;
        };
        match state.get(base) {
            Some(State::Done) => {}
            Some(State::OnTheWay) if cycles.len() >= MOST => {}
            Some(State::OnTheWay) => {
                let names = way.iter().map(|(name, _)| *name).skip_while(|name| *name != base);
                let mut cycle: Vec<String> =
                    names.map(|name| format!("`{}`", shortened(name))).collect();
                cycle.push(format!("`{}`", shortened(base)));
                let message = format!("schemas derive from themselves: {}", shown(&cycle));
                let found = Diagnostic::at(ALL_OF_CYCLE, span, message);
                cycles.push(found.help("take one of the references out of its `allOf`"));
            }
            None if bases.contains_key(base) => {
                state.insert(base, State::OnTheWay);
                way.push((base, 0));
            }
            None => {}
        }
    }
}

/// The cycle, its middle left out where it is long.
fn shown(cycle: &[String]) -> String {
    const SHOWN: usize = 8;
    match cycle {
        [first @ .., last] if first.len() > SHOWN => {
            let head = first.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(" → ");
            format!("{head} → … → {last}")
        }
        _ => cycle.join(" → "),
    }
}
