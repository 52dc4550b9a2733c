//! Follows every path through the model.
//!
//! In come types with their members; out go [`Sites`]. Holds: each segment is a root, a member, a key, a cast, an
//! ending, or calls something that is described at the end of its own path; or it is told that it leads nowhere.

use std::collections::BTreeMap;

use msgraph_openapi::{Document, Operation, PathItem};
use msgraph_source::{Diagnostic, Diagnostics, Spanned, catalogue::openapi as codes, shortened};

use crate::body::{answer, sent};
use crate::dialect::Dialect;
use crate::names::Names;
use crate::operations::{self, Bound};
use crate::schemas::Model;
use crate::sites::{Methods, Root, Site, Sites};
use crate::template::{Arguments, Segment, segments};
use crate::value::Value;

/// Where a path has come to.
#[derive(Clone)]
struct Place {
    type_name: String,
    is_collection: bool,
    site: Option<Site>,
    /// Whether a key has named one of the site.
    is_item: bool,
}

/// How a path ends.
enum End {
    /// At a place.
    Place(Place),
    /// At an action or a function; its binding stands in front of it.
    Call(Option<Place>),
    /// Behind a place, at its raw value.
    Value(Place),
    /// Behind a place, at what needs no more than the place.
    Other,
}

/// Follows the paths of `document`.
pub(crate) fn walk(
    document: &Document,
    names: &Names,
    model: &Model<'_>,
    diagnostics: &mut Diagnostics,
) -> Sites {
    let mut items = BTreeMap::new();
    for item in document.paths() {
        items.entry(item.path.value).or_insert(item);
    }
    let mut walker = Walker { document, names, model, items, sites: Sites::default() };
    walker.roots();
    for item in document.paths() {
        if let Err(found) = walker.path(item) {
            diagnostics.push(*found);
        }
    }
    let mut sites = walker.sites;
    sites.operations = operations::unique(sites.operations, model);
    sites
}

struct Walker<'a> {
    document: &'a Document,
    names: &'a Names,
    model: &'a Model<'a>,
    items: BTreeMap<&'a str, PathItem<'a>>,
    sites: Sites,
}

impl<'a> Walker<'a> {
    /// Finds the roots: what answers entities at the first segment, or behind a key of it.
    fn roots(&mut self) {
        for item in self.document.paths() {
            let segments = segments(item.path.value);
            let (first, is_keyed) = match segments.as_slice() {
                [first] => (first, matches!(first.arguments(), Some(Arguments::Key(_)))),
                [first, key] if key.placeholder().is_some() => (first, true),
                _ => continue,
            };
            let is_known = self.sites.root_index.contains_key(first.name);
            let is_call = first.arguments.is_some() && !is_keyed;
            if is_known || is_call || first.name.starts_with('$') || called(item).is_some() {
                continue;
            }
            let Some(value) = self.held(item) else { continue };
            if self.model.get(&value.name).is_none() {
                continue;
            }
            self.sites.entities.insert(value.name.clone());
            self.sites.root_index.insert(first.name.to_owned(), self.sites.roots.len());
            self.sites.roots.push(Root {
                name: Spanned::new(first.name.to_owned(), item.path.span),
                type_name: Spanned::new(value.name, value.span),
                is_collection: value.is_collection || is_keyed,
            });
        }
    }

    /// What stands at a path.
    fn held(&self, item: PathItem<'_>) -> Option<Value> {
        let read = item.operation("get").and_then(|get| answer(self.document, self.names, get));
        let is_type = |value: &Value| self.model.get(&value.name).is_some();
        if read.as_ref().is_some_and(is_type) {
            return read;
        }
        let made = item.operation("post").and_then(|post| sent(self.document, self.names, post));
        if let Some(made) = made.filter(is_type) {
            return Some(Value { is_collection: true, ..made });
        }
        let changed = item.operation("patch").or_else(|| item.operation("put"));
        changed.and_then(|change| sent(self.document, self.names, change)).or(read)
    }

    fn path(&mut self, item: PathItem<'a>) -> Result<(), Box<Diagnostic>> {
        let segments = segments(item.path.value);
        let mut place: Option<Place> = None;
        for (position, segment) in segments.iter().enumerate() {
            let is_last = position + 1 == segments.len();
            let end = self.step(item, segment, place)?;
            place = match end {
                end if is_last => {
                    self.end(item, segment, end);
                    return Ok(());
                }
                End::Place(place) => Some(place),
                End::Call(binding) => Some(self.behind_call(item, segment, binding)?),
                End::Value(_) | End::Other => return Err(nowhere(item, segment, None)),
            };
        }
        Ok(())
    }

    /// Where `segment` leads from `place`.
    fn step(
        &mut self,
        item: PathItem<'a>,
        segment: &Segment<'a>,
        place: Option<Place>,
    ) -> Result<End, Box<Diagnostic>> {
        let name = segment.name;
        if name == "$value"
            && let Some(place) = place
        {
            return Ok(End::Value(place));
        }
        if name.starts_with('$') {
            return Ok(End::Other);
        }
        if let Some(placeholder) = segment.placeholder() {
            let Some(place) = place.filter(|place| place.is_collection) else {
                return Err(nowhere(item, segment, None));
            };
            return Ok(End::Place(self.key(item, place, &[placeholder])));
        }
        let Some(place) = place else {
            return Ok(self.root(item, segment));
        };
        let member = self.model.member(&place.type_name, name);
        if let Some((owner, member)) = member {
            let site = Site::Member { owner: owner.name.value.clone(), name: name.to_owned() };
            let next = Place {
                type_name: member.value.name.clone(),
                is_collection: member.value.is_collection,
                site: Some(site),
                is_item: false,
            };
            return Ok(End::Place(self.keyed(item, segment, next)));
        }
        let cast = self.names.qualify(name).map(|(namespace, name)| format!("{namespace}.{name}"));
        if let Some(cast) = cast.filter(|cast| self.model.get(cast).is_some()) {
            // What can be done with those of a type is not what can be done with all.
            let next = Place { type_name: cast, site: None, ..place };
            return Ok(End::Place(self.keyed(item, segment, next)));
        }
        let prefix = item.path.value.get(..segment.end).unwrap_or_default();
        let is_described = self.items.get(prefix).copied().is_some_and(|item| {
            called(item).is_some() || name.contains('.') || segment.arguments.is_some()
        });
        match is_described {
            true => Ok(End::Call(Some(place))),
            false => Err(nowhere(item, segment, Some(&place.type_name))),
        }
    }

    fn root(&mut self, item: PathItem<'a>, segment: &Segment<'a>) -> End {
        let at = self.sites.root_index.get(segment.name);
        let Some(root) = at.and_then(|&at| self.sites.roots.get(at)) else {
            return End::Call(None);
        };
        let place = Place {
            type_name: root.type_name.value.clone(),
            is_collection: root.is_collection,
            site: Some(Site::Root(root.name.value.clone())),
            is_item: false,
        };
        End::Place(self.keyed(item, segment, place))
    }

    /// `place`, or one of it where a key stands behind the segment.
    fn keyed(&mut self, item: PathItem<'a>, segment: &Segment<'a>, place: Place) -> Place {
        match segment.arguments() {
            Some(Arguments::Key(placeholder)) if place.is_collection => {
                self.key(item, place, &[placeholder])
            }
            Some(Arguments::Named(parts)) if place.is_collection && !parts.is_empty() => {
                let parts: Vec<&str> = parts.into_iter().map(|(name, _)| name).collect();
                match (self.names.dialect(), parts.len()) {
                    (Dialect::Oasis, 2..) => self.key(item, place, &parts),
                    _ => self.alternate_key(item, place, &parts),
                }
            }
            _ => place,
        }
    }

    /// One of `place`, named by the key whose parts have these placeholders.
    fn key(&mut self, item: PathItem<'a>, place: Place, parts: &[&str]) -> Place {
        let names: Option<Vec<_>> =
            parts.iter().map(|part| self.key_property(item, &place, part)).collect();
        if let Some(names) = names {
            self.sites.keys.entry(place.type_name.clone()).or_insert(names);
        }
        self.sites.entities.insert(place.type_name.clone());
        Place { is_collection: false, is_item: true, ..place }
    }

    /// The property that a placeholder names: `{conversationThread-id}`, or, in the description of a parameter,
    /// `key: id`.
    fn key_property(
        &self,
        item: PathItem<'a>,
        place: &Place,
        placeholder: &str,
    ) -> Option<Spanned<String>> {
        let simple = place.type_name.rsplit('.').next().unwrap_or_default();
        let parameter = item.parameters().find(|parameter| parameter.name.value == placeholder);
        let described = parameter.and_then(|parameter| parameter.text("description"));
        let stated = described.and_then(|text| text.value.strip_prefix("key: "));
        let tail = placeholder.strip_prefix(simple).and_then(|rest| rest.strip_prefix('-'));
        // A second key of the same type is numbered.
        let numbered = tail.map(|tail| tail.trim_end_matches(|c: char| c.is_ascii_digit()));
        [stated, tail, numbered, Some(placeholder)].into_iter().flatten().find_map(|name| {
            self.model.member(&place.type_name, name)?;
            Some(Spanned::new(name.to_owned(), parameter.map_or(item.path.span, |it| it.name.span)))
        })
    }

    fn alternate_key(&mut self, item: PathItem<'a>, place: Place, parts: &[&str]) -> Place {
        let part = |name: &&str| Spanned::new((*name).to_owned(), item.path.span);
        let key: Vec<Spanned<String>> = parts.iter().map(part).collect();
        let known = self.sites.alternate_keys.entry(place.type_name.clone()).or_default();
        let names = |key: &[Spanned<String>]| -> Vec<String> {
            key.iter().map(|part| part.value.clone()).collect()
        };
        if !known.iter().any(|one| names(one) == names(&key)) {
            known.push(key);
        }
        self.sites.entities.insert(place.type_name.clone());
        // What can be done there may be less than with the key.
        Place { is_collection: false, is_item: true, site: None, ..place }
    }

    /// The place that a function leads to, when a path goes on.
    fn behind_call(
        &mut self,
        item: PathItem<'a>,
        segment: &Segment<'a>,
        binding: Option<Place>,
    ) -> Result<Place, Box<Diagnostic>> {
        let prefix = item.path.value.get(..segment.end).unwrap_or_default();
        let described = self.items.get(prefix).copied();
        let get = described.and_then(|item| item.operation("get"));
        let returned = get.and_then(|get| answer(self.document, self.names, get));
        let known = returned.filter(|value| self.model.get(&value.name).is_some());
        let (Some(value), Some(get)) = (known, get) else {
            return Err(nowhere(item, segment, binding.as_ref().map(|it| it.type_name.as_str())));
        };
        let mut bound = self.bound(segment, binding.as_ref(), get);
        bound.is_composable = true;
        self.sites.operations.push(bound);
        Ok(Place {
            type_name: value.name,
            is_collection: value.is_collection,
            site: None,
            is_item: false,
        })
    }

    fn bound(
        &self,
        segment: &Segment<'a>,
        binding: Option<&Place>,
        operation: Operation<'a>,
    ) -> Bound {
        let span = operation.item().path.span;
        let (namespace, name) = self.names.qualify(segment.name).unwrap_or_else(|| {
            let of_binding = binding.and_then(|place| place.type_name.rsplit_once('.'));
            let first = self.names.namespaces.first().map_or("", String::as_str);
            let namespace = of_binding.map_or(first, |(namespace, _)| namespace);
            (namespace.to_owned(), segment.name.to_owned())
        });
        let name = (namespace, Spanned::new(name, span));
        let binding = binding.map(|place| (place.type_name.clone(), place.is_collection));
        operations::bound(self.document, self.names, name, binding, segment, operation)
    }

    /// Takes down what can be done at the end of a path.
    fn end(&mut self, item: PathItem<'a>, segment: &Segment<'a>, end: End) {
        match end {
            End::Place(place) => {
                let Some(site) = place.site else { return };
                let shown = self.sites.shown.entry(site).or_default();
                shown.is_collection |= place.is_collection || place.is_item;
                let slot = if place.is_item { &mut shown.item } else { &mut shown.whole };
                add(slot, item);
            }
            End::Call(binding) => {
                for operation in item.operations() {
                    if matches!(operation.method.value, "get" | "post") {
                        let bound = self.bound(segment, binding.as_ref(), operation);
                        self.sites.operations.push(bound);
                    }
                }
            }
            End::Value(place) if item.operation("get").is_some() => {
                self.sites.streams.entry(place.type_name).or_insert(item.path.span);
            }
            End::Value(_) | End::Other => {}
        }
    }
}

/// The operation of a path item that is marked as an action or a function.
fn called(item: PathItem<'_>) -> Option<Operation<'_>> {
    item.operations().find(|operation| {
        let kind = operation.text("x-ms-docs-operation-type");
        kind.is_some_and(|kind| matches!(kind.value, "action" | "function"))
    })
}

fn add(slot: &mut Option<Methods>, item: PathItem<'_>) {
    let methods = slot.get_or_insert_with(|| Methods {
        span: item.path.span,
        methods: Default::default(),
        options: Default::default(),
        headers: Default::default(),
        is_deprecated: true,
    });
    for operation in item.operations() {
        methods.methods.insert(operation.method.value.to_owned());
        methods.is_deprecated &= operation.is_deprecated();
        if operation.method.value != "get" {
            continue;
        }
        for parameter in operation.parameters() {
            let name = parameter.name.value.to_owned();
            match parameter.location {
                "query" => {
                    methods.options.insert(name);
                }
                "header" => {
                    methods.headers.insert(name, (parameter.is_required(), parameter.name.span));
                }
                _ => {}
            }
        }
    }
}

fn nowhere(item: PathItem<'_>, segment: &Segment<'_>, from: Option<&str>) -> Box<Diagnostic> {
    let name = shortened(segment.name);
    let message = match from {
        Some(from) => {
            format!("`{name}` is no member of `{from}`, and nothing describes it as a call")
        }
        None => format!("`{name}` leads nowhere from what stands in front of it"),
    };
    let found = Diagnostic::at(codes::LOST_PATH, item.path.span, message)
        .note(format!("the path is `{}`", shortened(item.path.value)));
    Box::new(found.help(
        "declare the member in the schema, or mark the operation with `x-ms-docs-operation-type`",
    ))
}
