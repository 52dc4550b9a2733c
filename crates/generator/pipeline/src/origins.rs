//! What each selected type and operation was made of.
//!
//! In comes the representation after the selection; out go, for each type and operation that it
//! selects, the pages that say something of it and the text of all that holds of it. This is what
//! `codegen.lock` is written from, and what parts findings into those that matter and the others.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_ir::dump::facts;
use msgraph_ir::{Api, Item, ItemKind, Operation, Prose};
use msgraph_plan::Location;
use msgraph_source::FileId;

use crate::Input;

/// A selected type or operation, and what it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What the API calls it: `microsoft.graph.post`, `POST /groups/{id}/threads`.
    pub name: String,
    /// Where it is found: `operations::groups::CreateThreads`; none where it could not be generated.
    pub rust: Option<String>,
    /// The files that hold contract tests of it, from the output folder.
    pub tests: Vec<String>,
    /// The documents that say something of it; the metadata says something of each.
    pub documents: BTreeSet<FileId>,
    /// All that holds of it, without places: equal where nothing about it changed.
    pub facts: String,
}

/// The origins of all that `api` selects, by name. The descriptions of `input` count for each.
pub(crate) fn of(api: &Api, input: &Input, locations: Vec<Location>) -> Vec<Origin> {
    let descriptions: BTreeSet<FileId> = input.descriptions().collect();
    let mut locations: BTreeMap<String, Location> =
        locations.into_iter().map(|location| (location.wire.clone(), location)).collect();
    let mut origin = |name: String, mut documents: BTreeSet<FileId>, facts: String| {
        documents.retain(|file| !descriptions.contains(file));
        let location = locations.remove(&name);
        let (rust, tests) = location.map(|location| (location.rust, location.tests)).unzip();
        Origin { name, rust, tests: tests.unwrap_or_default(), documents, facts }
    };
    let mut origins: Vec<Origin> = Vec::new();
    for &id in &api.selection.operations {
        let files = files_of_operation(&api.operations[id]);
        origins.push(origin(api.operation_name(id), files, facts::of_operation(api, id)));
    }
    for &id in api.selection.items.keys() {
        let item = &api.items[id];
        origins.push(origin(item.name.to_string(), files_of_item(item), facts::of_item(api, id)));
    }
    origins.sort_by(|a, b| (&a.name, &a.facts).cmp(&(&b.name, &b.facts)));
    origins
}

/// The texts that say something of what `api` selects.
pub(crate) fn used(api: &Api) -> BTreeSet<FileId> {
    let operations = api.selection.operations.iter();
    let items = api.selection.items.keys();
    operations
        .flat_map(|&id| files_of_operation(&api.operations[id]))
        .chain(items.flat_map(|&id| files_of_item(&api.items[id])))
        .collect()
}

/// The texts that say something of `operation`, also where they were overruled.
fn files_of_operation(operation: &Operation) -> BTreeSet<FileId> {
    let mut files = BTreeSet::new();
    files.extend(operation.page.iter().chain(&operation.other_pages).map(|page| page.span.file));
    files.extend(operation.paths.iter().map(|path| path.span.file));
    files.extend(operation.headers.iter().map(|header| header.span.file));
    for response in &operation.responses {
        files.insert(response.span.file);
        files.extend(response.overruled.iter().map(|(_, span, _)| span.file));
    }
    if let Some(permissions) = &operation.permissions {
        files.insert(permissions.span.file);
        files.extend(permissions.overruled.iter().map(|(_, span, _)| span.file));
    }
    operation.description.iter().for_each(|prose| add(&mut files, prose));
    for example in &operation.examples {
        files.insert(example.request.span.file);
        files.extend(example.response.iter().map(|response| response.span.file));
    }
    files
}

/// The texts that say something of `item` and its members.
fn files_of_item(item: &Item) -> BTreeSet<FileId> {
    let mut files = BTreeSet::from([item.span.file]);
    files.extend(item.page.iter().map(|page| page.span.file));
    item.description.iter().for_each(|prose| add(&mut files, prose));
    match &item.kind {
        ItemKind::Entity(structured) | ItemKind::Complex(structured) => {
            let described = structured.properties.iter().filter_map(|it| it.description.as_ref());
            described.for_each(|prose| add(&mut files, prose));
        }
        ItemKind::Enumeration(enumeration) => {
            let described = enumeration.members.iter().filter_map(|it| it.description.as_ref());
            described.for_each(|prose| add(&mut files, prose));
        }
        ItemKind::TypeDefinition(_) => {}
    }
    files
}

fn add(files: &mut BTreeSet<FileId>, prose: &Prose) {
    files.insert(prose.span.file);
    files.extend(prose.overruled.iter().map(|(_, span, _)| span.file));
}
