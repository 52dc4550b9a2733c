//! From selectors to the operations and types that they name.
//!
//! In come selectors; out go operations and types, each with the reason. Holds: a selector that
//! names one thing and finds it unusable is an error with the place; one that matches nothing is an
//! error with the nearest names.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_docs::{Announced, BlockType, Page};
use msgraph_ir::{Api, ItemId, Method, Operation, OperationId};
use msgraph_source::{Diagnostic, Diagnostics, Span, catalogue::link as codes, nearest, or_list};

use super::selector::{Selector, matches, matches_path};
use super::undocumented::undocumented;

/// What selectors name.
#[derive(Default)]
pub(crate) struct Roots {
    /// Operations.
    pub(crate) operations: BTreeSet<OperationId>,
    /// Types, each with the reason.
    pub(crate) items: BTreeMap<ItemId, String>,
    /// Whether everything was asked for.
    pub(crate) is_whole: bool,
}

/// Finds what `selectors` name.
pub(crate) fn roots(
    api: &mut Api,
    pages: &[Page],
    selectors: &[Selector],
    diagnostics: &mut Diagnostics,
) -> Roots {
    let mut roots = Roots::default();
    for selector in selectors {
        let found = match selector {
            Selector::All => {
                // A service that is no OData has nothing beyond what its description says.
                roots.is_whole = api.service.is_none();
                roots.operations.extend(api.operations.ids());
                let asked = |id| (id, "asked for with all types".to_owned());
                roots.items.extend(api.items.ids().map(asked));
                true
            }
            Selector::Documented => {
                let is_documented =
                    |operation: &Operation| operation.page.is_some() || api.service.is_some();
                let documented = api.operations.iter().filter(|(_, of)| is_documented(of));
                roots.operations.extend(documented.map(|(id, _)| id));
                true
            }
            Selector::Type(name) => roots.types(api, name),
            Selector::Name(name) => roots.named(api, pages, selector, name, diagnostics),
            Selector::Operation { method, path } => {
                roots.paths(api, selector, *method, path, diagnostics)
            }
        };
        if !found {
            diagnostics.push(nothing(api, pages, selector));
        }
    }
    roots
}

impl Roots {
    fn types(&mut self, api: &Api, name: &str) -> bool {
        let mut found = false;
        for (id, item) in api.items.iter() {
            let full = item.name.to_string();
            if matches(name, &full)
                || (!name.contains('.') && matches(name, item.name.name.as_str()))
            {
                self.items.insert(id, "asked for by name".to_owned());
                found = true;
            }
        }
        found
    }

    fn named(
        &mut self,
        api: &Api,
        pages: &[Page],
        selector: &Selector,
        name: &str,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let name = name.strip_suffix(".md").unwrap_or(name);
        let mut found = false;
        for page in pages.iter().filter(|page| matches(name, &page.name)) {
            found = true;
            if let Some(problem) = self.page(api, page)
                && !selector.is_glob()
            {
                diagnostics.push(problem);
            }
        }
        let mut obstructed = None;
        for (id, operation) in api.operations.iter() {
            for example in operation.examples.iter().filter(|e| matches(name, &e.name)) {
                let path = operation.paths.get(example.request.path);
                match path.and_then(|path| Some((path.span, path.obstacle?))) {
                    Some((span, obstacle)) if !selector.is_glob() => {
                        obstructed = obstructed.or(Some((example, span, obstacle)));
                    }
                    _ => {
                        self.operations.insert(id);
                        found = true;
                    }
                }
            }
        }
        if let (false, Some((example, span, obstacle))) = (found, obstructed) {
            diagnostics.push(
                Diagnostic::at(
                    codes::PAGE_WITHOUT_OPERATION,
                    span,
                    format!("nothing can be generated for the request `{}` yet", example.name),
                )
                .note(format!("{} is not supported yet", obstacle.words()))
                .help("select another request"),
            );
            found = true;
        }
        if !found {
            // A request may be there without reaching any operation.
            let example = pages
                .iter()
                .flat_map(|page| &page.examples)
                .filter(|example| example.announced != Announced::Ignored)
                .find(|example| matches(name, &example.name.value));
            if let Some(example) = example {
                diagnostics.push(
                    Diagnostic::at(
                        codes::PAGE_WITHOUT_OPERATION,
                        example.request.url.span,
                        format!(
                            "the URL of the request `{}` reaches no operation",
                            example.name.value
                        ),
                    )
                    .help("correct the URL, or give the metadata that declares what it names"),
                );
                found = true;
            }
        }
        found
    }

    /// Adds what a page documents; where it is nothing, why.
    fn page(&mut self, api: &Api, page: &Page) -> Option<Diagnostic> {
        let of_page: Vec<OperationId> = operations_of(api, page).collect();
        let place = page.title.as_ref().map_or(Span::start_of(page.file), |title| title.span);
        let is_annotated = page.annotations.iter().any(|a| a.block_type != BlockType::Page);
        if !is_annotated {
            return Some(
                Diagnostic::at(
                    codes::PAGE_WITHOUT_ANNOTATIONS,
                    place,
                    format!("the page `{}` has no annotations", page.name),
                )
                .help("put `<!-- { \"blockType\": \"request\", \"name\": \"…\" } -->` above the request, and one for the response above that"),
            );
        }
        let is_obstructed = |id: &OperationId| api.operations[*id].is_obstructed();
        if !of_page.is_empty() {
            let nothing = of_page.iter().all(is_obstructed);
            // What is left out is told where the selection is made.
            self.operations.extend(of_page);
            return nothing.then(|| {
                Diagnostic::at(
                    codes::PAGE_WITHOUT_OPERATION,
                    page.templates.first().map_or(place, |template| template.url.span),
                    format!("nothing can be generated for the page `{}` yet", page.name),
                )
                .help("select another page")
            });
        }
        let types: Vec<ItemId> = api
            .items
            .iter()
            .filter(|(_, item)| {
                item.page
                    .as_ref()
                    .is_some_and(|link| link.page == page.name && link.span.file == page.file)
            })
            .map(|(id, _)| id)
            .collect();
        if !types.is_empty() {
            for id in types {
                self.items
                    .entry(id)
                    .or_insert_with(|| format!("subject of the page {}", page.name));
            }
            return None;
        }
        let found = match page.templates.first() {
            Some(template) => Diagnostic::at(
                codes::PAGE_WITHOUT_OPERATION,
                template.url.span,
                format!("no URL of the page `{}` reaches an operation", page.name),
            )
            .note("why is told where the page was read")
            .help("correct the URL, or give the metadata that declares what it names"),
            None => Diagnostic::at(
                codes::PAGE_WITHOUT_OPERATION,
                place,
                format!("the page `{}` documents no operation", page.name),
            )
            .help("write `METHOD /path` into the section \"HTTP request\""),
        };
        Some(found)
    }

    fn paths(
        &mut self,
        api: &mut Api,
        selector: &Selector,
        method: Option<Method>,
        pattern: &str,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let mut found = false;
        for (id, operation) in api.operations.iter() {
            let is_path = method.is_none_or(|method| method == operation.method)
                && operation.paths.iter().any(|path| {
                    // Selecting all that match leaves out what cannot be generated yet.
                    (path.obstacle.is_none() || selector.is_glob())
                        && matches_path(pattern, &path.template)
                });
            if is_path {
                self.operations.insert(id);
                found = true;
            }
        }
        if found || selector.is_glob() {
            return found;
        }
        let Some(method) = method else { return false };
        match undocumented(api, method, pattern) {
            Ok(operation) => {
                let key = operation.key();
                let known =
                    api.operations.iter().find(|(_, known)| known.key() == key).map(|(id, _)| id);
                let id = match (known, operation.paths.into_iter().next()) {
                    // Documented under another path: this one joins it.
                    (Some(id), Some(path)) => {
                        api.operations[id].paths.push(path);
                        id
                    }
                    (Some(id), None) => id,
                    (None, path) => {
                        let paths = path.into_iter().collect();
                        api.operations.push(Operation { paths, ..operation })
                    }
                };
                self.operations.insert(id);
                true
            }
            Err(problem) => {
                diagnostics.push(*problem);
                true
            }
        }
    }
}

/// The operations that `page` documents.
pub(crate) fn operations_of<'a>(
    api: &'a Api,
    page: &'a Page,
) -> impl Iterator<Item = OperationId> + 'a {
    let is_of_page = |operation: &Operation| {
        operation
            .page
            .iter()
            .chain(&operation.other_pages)
            .any(|link| link.page == page.name && link.span.file == page.file)
    };
    api.operations.iter().filter(move |(_, operation)| is_of_page(operation)).map(|(id, _)| id)
}

fn nothing(api: &Api, pages: &[Page], selector: &Selector) -> Diagnostic {
    let found = Diagnostic::new(
        codes::SELECTOR_MATCHES_NOTHING,
        format!("the selector `{selector}` matches nothing"),
    );
    let near: Vec<String> = match selector {
        Selector::Type(name) => {
            let simple = name.rsplit('.').next().unwrap_or_default();
            let names = api.items.iter().map(|(_, item)| item.name.name.as_str());
            nearest(simple, names, 3).into_iter().map(str::to_owned).collect()
        }
        Selector::Operation { path, .. } => {
            let templates =
                api.operations.iter().flat_map(|(_, o)| &o.paths).map(|p| p.template.as_str());
            nearest(path, templates, 3).into_iter().map(str::to_owned).collect()
        }
        Selector::Name(name) => {
            let requests =
                pages.iter().flat_map(|page| &page.examples).map(|e| e.name.value.as_str());
            let names = pages.iter().map(|page| page.name.as_str()).chain(requests);
            nearest(name, names.chain(["documented", "all"]), 3)
                .into_iter()
                .map(str::to_owned)
                .collect()
        }
        Selector::All | Selector::Documented => Vec::new(),
    };
    match near.as_slice() {
        [] => found.help("a selector is a page, a request name, `METHOD /path/{id}`, `type NAME`, `documented` or `all`"),
        near => found.help(format!("did you mean {}?", or_list(near))),
    }
}
