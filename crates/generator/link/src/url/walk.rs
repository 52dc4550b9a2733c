//! The walk along a URL's segments through the model.
//!
//! In comes the linked model and a URL; out goes a [`ResolvedPath`] or the first segment that means
//! nothing, with what the walk stood on and the nearest names. Holds: the walk looks at each segment
//! once, and every leniency it needed is told.

use msgraph_ir::{Api, PathStep, RootKind, Site, TypeRef, TypeTarget};
use msgraph_source::{closest, nearest, shortened};

use super::index::Index;
use super::keys::KeyForm;
use super::segments::{arguments, decoded};
use super::{Ending, Leniency, ResolvedPath, Segment, Url, UrlError, UrlErrorKind};

/// Of the leniencies of one URL the first are told.
const MOST_LENIENCIES: usize = 20;

/// Finds what URLs mean in one model.
#[derive(Debug)]
pub struct Resolver<'a> {
    pub(super) api: &'a Api,
    pub(super) index: Index<'a>,
}

/// Where the walk stands.
pub(super) struct Walk<'u> {
    pub(super) steps: Vec<PathStep>,
    pub(super) site: Option<Site>,
    pub(super) on_item: bool,
    pub(super) ending: Ending,
    /// What stands here; none at the service root and behind what returns nothing.
    pub(super) at: Option<TypeRef>,
    pub(super) values: Vec<String>,
    /// The query options, which may give the arguments of a function.
    pub(super) query: Vec<(&'u str, &'u str)>,
    pub(super) member_placeholder: Option<usize>,
    pub(super) leniencies: Vec<Leniency>,
    /// The segment last walked, for messages.
    pub(super) last: &'u str,
}

impl Walk<'_> {
    /// Tells a leniency, unless there are too many.
    pub(super) fn lenient(&mut self, leniency: Leniency) {
        if self.leniencies.len() < MOST_LENIENCIES {
            self.leniencies.push(leniency);
        }
    }

    /// Tells where `written` is not spelled as `declared`.
    pub(super) fn other_case(&mut self, written: &str, declared: &str) {
        if written != declared {
            self.lenient(Leniency::OtherCase {
                written: written.to_owned(),
                declared: declared.to_owned(),
            });
        }
    }
}

impl<'a> Resolver<'a> {
    /// A resolver for `api`.
    pub fn new(api: &'a Api) -> Self {
        Self { api, index: Index::new(api) }
    }

    /// What `url` means: a template or an example, absolute or not.
    ///
    /// # Errors
    /// The first segment that means nothing.
    pub fn resolve(&self, url: &str) -> Result<ResolvedPath, UrlError> {
        let parsed = Url::new(url);
        let blank = |kind| UrlError {
            kind,
            segment: String::new(),
            range: 0..url.len(),
            standing_on: "the service root".to_owned(),
            nearest: Vec::new(),
            note: None,
        };
        if let Some((host, range)) = parsed.foreign_host {
            let segment = host.to_owned();
            return Err(UrlError { segment, range, ..blank(UrlErrorKind::ForeignHost) });
        }
        let mut walk = Walk {
            steps: Vec::new(),
            site: None,
            on_item: false,
            ending: Ending::Plain,
            at: None,
            values: Vec::new(),
            query: parsed.query.clone(),
            member_placeholder: None,
            leniencies: Vec::new(),
            last: "",
        };
        if parsed.is_unclosed {
            walk.lenient(Leniency::Unclosed);
        }
        let mut segments = parsed.segments.iter().peekable();
        while let Some(segment) = segments.next() {
            let addressed = addressed(segment, &walk);
            self.step(&mut walk, addressed.as_ref().unwrap_or(segment))?;
            walk.last = segment.text;
            if addressed.is_some() && segments.peek().is_some() {
                let mut names = Vec::new();
                for within in segments.by_ref() {
                    names.push(within.text.trim_end_matches(':'));
                    if within.text.ends_with(':') {
                        break;
                    }
                }
                let path = names.join("/");
                let names: Vec<_> = names.into_iter().map(decoded).collect();
                walk.values.push(names.join("/"));
                walk.steps.push(PathStep::ByPath(path));
                walk.on_item = true;
            }
        }
        let site = walk.site.ok_or_else(|| blank(UrlErrorKind::Empty))?;
        Ok(ResolvedPath {
            steps: walk.steps,
            site,
            on_item: walk.on_item,
            ending: walk.ending,
            type_ref: walk.at,
            values: walk.values,
            query: parsed.query.iter().map(|(name, _)| decoded(name).into_owned()).collect(),
            version: parsed.version.map(str::to_ascii_lowercase),
            member_placeholder: walk.member_placeholder,
            leniencies: walk.leniencies,
        })
    }

    fn step<'u>(&self, walk: &mut Walk<'u>, segment: &Segment<'u>) -> Result<(), UrlError> {
        if segment.is_elided() {
            return Err(self.error(walk, segment, UrlErrorKind::Elided, Vec::new()));
        }
        if walk.site.is_none() {
            return self.root(walk, segment);
        }
        if matches!(walk.ending, Ending::Count(_) | Ending::Value | Ending::Ref) {
            return Err(self.error(walk, segment, UrlErrorKind::NothingFollows, Vec::new()));
        }
        if decoded(segment.text).starts_with('$') {
            return self.ending(walk, segment);
        }
        match walk.at {
            Some(at) if at.is_collection => self.in_collection(walk, segment, at),
            Some(TypeRef { target: TypeTarget::Item(id), .. })
                if self.api.items[id].structured().is_some() =>
            {
                self.in_instance(walk, segment, id)
            }
            _ => Err(self.error(walk, segment, UrlErrorKind::NothingFollows, Vec::new())),
        }
    }

    /// Takes the step of a segment that starts with `$`, which is never a key.
    fn ending(&self, walk: &mut Walk<'_>, segment: &Segment<'_>) -> Result<(), UrlError> {
        let is_collection = walk.at.is_some_and(|at| at.is_collection);
        let is_relation = match walk.site {
            Some(Site::Root(_)) => true,
            Some(Site::Property { owner, index }) => {
                self.api.property(owner, index).is_some_and(|p| p.navigation().is_some())
            }
            Some(Site::Bound(_) | Site::Segment(_)) | None => false,
        };
        let (step, ending, fits) = match &*decoded(segment.text).to_ascii_lowercase() {
            "$count" => (PathStep::Count, Ending::Count(None), is_collection),
            "$value" => (PathStep::Value, Ending::Value, walk.at.is_some() && !is_collection),
            "$ref" => (PathStep::Ref, Ending::Ref, is_relation),
            _ => return Err(self.error(walk, segment, UrlErrorKind::NothingFollows, Vec::new())),
        };
        if !fits {
            return Err(self.error(walk, segment, UrlErrorKind::NothingFollows, Vec::new()));
        }
        let declared = match ending {
            Ending::Count(_) => "$count",
            Ending::Value => "$value",
            _ => "$ref",
        };
        walk.other_case(&decoded(segment.text), declared);
        walk.steps.push(step);
        walk.ending = ending;
        Ok(())
    }

    fn root<'u>(&self, walk: &mut Walk<'u>, segment: &Segment<'u>) -> Result<(), UrlError> {
        let (name, in_parentheses) = segment.call();
        let name = &*self.index.meant(name);
        let container = &self.api.container;
        let named = self.index.roots_named(name);
        let exact =
            |&&at: &&usize| container.roots.get(at).is_some_and(|r| r.name.as_str() == name);
        let found = named.iter().find(exact).or_else(|| named.first());
        if let Some((&index, root)) = found.and_then(|at| Some((at, container.roots.get(*at)?))) {
            walk.other_case(name, root.name.as_str());
            walk.steps.push(PathStep::Root(index));
            walk.site = Some(Site::Root(index));
            walk.at = Some(TypeRef {
                target: TypeTarget::Item(root.target),
                is_collection: root.kind == RootKind::EntitySet,
                is_nullable: false,
            });
            return self.key_behind(walk, segment, in_parentheses);
        }
        let imports = self.index.imports_named(name);
        if let Some(import) = imports.first().and_then(|&at| container.imports.get(at)) {
            let arguments = arguments(in_parentheses.unwrap_or_default());
            // Overloads of a function share the import's name.
            let of = self.api.bound[import.operation].name.to_string();
            let overloads = self.index.unbound(&of);
            let arguments = self.with_those_of_query(walk, overloads, arguments);
            if let Some(id) = self.overload(overloads, &arguments, in_parentheses.is_some()) {
                walk.other_case(name, import.name.as_str());
                self.call(walk, id, &arguments);
                return Ok(());
            }
        }
        let roots = container.roots.iter().map(|root| root.name.as_str());
        let names = roots.chain(container.imports.iter().map(|import| import.name.as_str()));
        let is_short = name.len() <= 128;
        let near = if is_short { nearest(name, names.clone(), 3) } else { Vec::new() };
        let near: Vec<String> = near.into_iter().map(str::to_owned).collect();
        let note = closest(name, names)
            .filter(|_| near.is_empty() && is_short)
            .map(|name| format!("of what stands there, `{name}` is nearest in spelling"));
        Err(UrlError { note, ..self.error(walk, segment, UrlErrorKind::Root, near) })
    }

    fn in_collection<'u>(
        &self,
        walk: &mut Walk<'u>,
        segment: &Segment<'u>,
        at: TypeRef,
    ) -> Result<(), UrlError> {
        let (name, in_parentheses) = segment.call();
        let element = match at.target {
            TypeTarget::Item(id) if self.api.items[id].structured().is_some() => Some(id),
            _ => None,
        };
        let is_placeholder = segment.is_placeholder();
        if !is_placeholder {
            let name = &*self.index.meant(name);
            if self.operation(walk, name, in_parentheses, at) {
                return Ok(());
            }
            if let Some(id) = element
                && self.cast(walk, name, id)
            {
                return self.key_behind(walk, segment, in_parentheses);
            }
        }
        let Some(element) = element.filter(|&id| self.api.items[id].is_entity()) else {
            return Err(self.error(walk, segment, UrlErrorKind::NothingFollows, Vec::new()));
        };
        if !is_placeholder
            && in_parentheses.is_none()
            && let Some(near) = self.resembled(element, segment.text)
        {
            let note = self.operation_nearest_to(segment.text, element);
            let note = note.filter(|_| near.is_empty());
            return Err(UrlError { note, ..self.error(walk, segment, UrlErrorKind::Word, near) });
        }
        let taken = match (name, in_parentheses) {
            ("", Some(key)) => self.key(walk, key, KeyForm::Parentheses),
            _ => self.key(walk, segment.text, KeyForm::Segment),
        };
        taken.map_err(|names| self.key_error(walk, segment, element, &names))
    }

    pub(super) fn error(
        &self,
        walk: &Walk<'_>,
        segment: &Segment<'_>,
        kind: UrlErrorKind,
        nearest: Vec<String>,
    ) -> UrlError {
        let standing_on = match (walk.site, walk.at) {
            (None, _) => "the service root".to_owned(),
            (Some(_), Some(at))
                if kind == UrlErrorKind::NothingFollows && walk.ending == Ending::Plain =>
            {
                let last = shortened(walk.last);
                format!("`{last}`, which is {}", msgraph_ir::dump::type_ref(self.api, at))
            }
            (Some(_), _) if kind == UrlErrorKind::NothingFollows => {
                format!("`{}`", shortened(walk.last))
            }
            (Some(_), Some(TypeRef { target: TypeTarget::Item(id), .. }))
                if kind == UrlErrorKind::KeyProperty =>
            {
                self.api.items[id].name.to_string()
            }
            (Some(_), Some(at)) => {
                msgraph_ir::dump::type_ref(self.api, TypeRef { is_nullable: false, ..at })
            }
            (Some(_), None) => walk.last.to_owned(),
        };
        UrlError {
            kind,
            segment: segment.text.to_owned(),
            range: segment.range.clone(),
            standing_on,
            nearest,
            note: None,
        }
    }
}

/// `root:` or `{id}:`, behind which a path to the item follows: the segment without the colon.
fn addressed<'u>(segment: &Segment<'u>, walk: &Walk<'_>) -> Option<Segment<'u>> {
    let text = segment.text.strip_suffix(':')?;
    walk.site?;
    (!text.is_empty())
        .then(|| Segment { text, range: segment.range.start..segment.range.end.saturating_sub(1) })
}
