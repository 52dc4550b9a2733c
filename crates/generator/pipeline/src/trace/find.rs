//! From a name to the things that it may mean.
//!
//! In comes what a person types; out go the things of the model, types before members before
//! operations, or the nearest names. Holds: an exact name goes before one in other case.

use std::collections::BTreeSet;

use msgraph_ir::{BoundId, ItemId, ItemKind, Operation, OperationId};
use msgraph_link::UrlError;
use msgraph_source::{Code, Diagnostic, catalogue::config as codes, nearest, or_list};

use super::Model;

/// A name, by its form.
pub(super) enum Query<'q> {
    /// `POST /groups/{id}/threads`
    Url {
        /// `POST`
        method: Option<&'q str>,
        /// `/groups/{id}/threads`
        url: &'q str,
    },
    /// `graph::ConversationThread::topic`
    Rust(&'q str),
    /// `conversationThread.topic`
    Wire(&'q str),
}

/// A thing of the model.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Type(ItemId),
    /// A property, or a member of an enumeration.
    Member(ItemId, usize),
    Root(usize),
    Bound(BoundId),
    Operation(OperationId),
}

impl<'q> Query<'q> {
    pub(super) fn new(name: &'q str) -> Self {
        let name = name.trim();
        let is_path = |text: &str| {
            text.starts_with('/') || text.starts_with("http:") || text.starts_with("https:")
        };
        if let Some((method, url)) = name.split_once(char::is_whitespace)
            && !method.is_empty()
            && method.bytes().all(|byte| byte.is_ascii_alphabetic())
        {
            return Self::Url { method: Some(method), url: url.trim() };
        }
        match name {
            // `groups/{id}` is a path, `microsoft.graph.group/threads` is not.
            _ if is_path(name) || name.contains(['{', '<', '$']) => {
                Self::Url { method: None, url: name }
            }
            _ if name.contains("::") => Self::Rust(name),
            _ => Self::Wire(name),
        }
    }

    fn text(&self) -> &'q str {
        match self {
            Self::Url { url, .. } => url,
            Self::Rust(name) | Self::Wire(name) => name,
        }
    }
}

impl Model<'_> {
    /// The things that `query` may mean, in the order of their kinds.
    pub(super) fn find(&self, query: &Query<'_>) -> Vec<Subject> {
        match query {
            Query::Url { method, url } => self.of_segments(*method, url),
            Query::Rust(path) => self.of_rust(path),
            Query::Wire(name) => {
                let exact = self.of_wire(name, |a, b| a == b);
                if exact.is_empty() { self.of_wire(name, str::eq_ignore_ascii_case) } else { exact }
            }
        }
    }

    /// The operations of a service that is no OData which a request for `url` may reach.
    fn of_segments(&self, method: Option<&str>, url: &str) -> Vec<Subject> {
        let Some(service) = &self.api.service else { return Vec::new() };
        let base = service.base_url.as_deref().unwrap_or_default();
        let path = url.strip_prefix(base).unwrap_or(url);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let is_reached = |template: &str| {
            let mut parts = template.split('/').zip(path.split('/'));
            template.split('/').count() == path.split('/').count()
                && parts.all(|(known, part)| known == part || known.starts_with('{'))
        };
        let is_meant = |operation: &Operation| {
            method.is_none_or(|method| method.eq_ignore_ascii_case(operation.method.as_str()))
                && operation.paths.iter().any(|path| is_reached(&path.template))
        };
        let operations = self.api.operations.iter();
        operations.filter(|(_, of)| is_meant(of)).map(|(id, _)| Subject::Operation(id)).collect()
    }

    fn of_rust(&self, path: &str) -> Vec<Subject> {
        let plain = |path: &str| path.replace("r#", "");
        let wanted = plain(path.trim_start_matches("::"));
        let is_wanted = |full: &String| {
            let full = plain(full);
            full.strip_suffix(&wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with("::"))
        };
        let names = self.names;
        let types = names.types.iter().filter(|(_, path)| is_wanted(path));
        let members = names.members.iter().filter(|(_, paths)| paths.iter().any(is_wanted));
        let operations = names.operations.iter().filter(|(_, path)| is_wanted(path));
        types
            .map(|(&id, _)| Subject::Type(id))
            .chain(members.map(|(&(owner, index), _)| Subject::Member(owner, index)))
            .chain(operations.map(|(&id, _)| Subject::Operation(id)))
            .collect()
    }

    fn of_wire(&self, name: &str, same: fn(&str, &str) -> bool) -> Vec<Subject> {
        let mut found = BTreeSet::new();
        let types = |wanted: &str| {
            let wanted = wanted.trim_start_matches('#');
            let full = match wanted.rsplit_once('.') {
                Some((alias, simple)) => {
                    let namespace = self.api.namespaces.iter().find(|namespace| {
                        namespace.alias.as_ref().is_some_and(|known| known.as_str() == alias)
                    });
                    namespace.map(|namespace| format!("{}.{simple}", namespace.name))
                }
                None => None,
            };
            let wanted = full.unwrap_or_else(|| wanted.to_owned());
            let is_wanted =
                move |full: &str, simple: &str| same(full, &wanted) || same(simple, &wanted);
            let items = self.api.items.iter();
            items
                .filter(move |(_, item)| is_wanted(&item.name.to_string(), item.name.name.as_str()))
                .map(|(id, _)| id)
                .collect::<Vec<ItemId>>()
        };
        found.extend(types(name).into_iter().map(Subject::Type));
        if let Some((owner, member)) = name.rsplit_once('/').or_else(|| name.rsplit_once('.')) {
            for id in types(owner) {
                let inherited = self.api.ancestry(id).flat_map(|owner| self.members_of(owner));
                found.extend(inherited.filter(|(_, known)| same(known, member)).map(|(s, _)| s));
            }
        }
        let simple = |name: &str| !name.contains(['/', '.']);
        if simple(name) {
            let members = self.api.items.ids().flat_map(|owner| self.members_of(owner));
            found.extend(members.filter(|(_, known)| same(known, name)).map(|(s, _)| s));
        }
        for (index, root) in self.api.container.roots.iter().enumerate() {
            if same(root.name.as_str(), name) {
                found.insert(Subject::Root(index));
            }
        }
        for (id, bound) in self.api.bound.iter() {
            if same(bound.name.name.as_str(), name) || same(&bound.name.to_string(), name) {
                found.insert(Subject::Bound(id));
            }
        }
        for (id, operation) in self.api.operations.iter() {
            let pages = operation.page.iter().chain(&operation.other_pages);
            let is_page = pages.into_iter().any(|page| same(&page.page, name));
            let is_called = operation.name.as_ref().is_some_and(|it| same(it.as_str(), name));
            if is_page
                || is_called
                || operation.examples.iter().any(|example| same(&example.name, name))
            {
                found.insert(Subject::Operation(id));
            }
        }
        found.into_iter().collect()
    }

    /// The members that `owner` itself declares.
    fn members_of(&self, owner: ItemId) -> impl Iterator<Item = (Subject, &str)> {
        let names: Vec<&str> = match &self.api.items[owner].kind {
            ItemKind::Entity(structured) | ItemKind::Complex(structured) => {
                structured.properties.iter().map(|property| property.name.as_str()).collect()
            }
            ItemKind::Enumeration(enumeration) => {
                enumeration.members.iter().map(|member| member.name.as_str()).collect()
            }
            ItemKind::TypeDefinition(_) => Vec::new(),
        };
        names.into_iter().enumerate().map(move |(at, name)| (Subject::Member(owner, at), name))
    }

    /// The name of `subject` as it can be asked for.
    pub(super) fn name(&self, subject: Subject) -> String {
        let api = self.api;
        match subject {
            Subject::Type(id) => api.items[id].name.to_string(),
            Subject::Member(owner, at) => {
                let members = self.members_of(owner).find(|(member, _)| *member == subject);
                let name = members.map_or_else(|| at.to_string(), |(_, name)| name.to_owned());
                format!("{}/{name}", api.items[owner].name)
            }
            Subject::Root(index) => api
                .container
                .roots
                .get(index)
                .map_or_else(String::new, |root| root.name.to_string()),
            Subject::Bound(id) => api.bound[id].name.to_string(),
            Subject::Operation(id) => {
                let operation = &api.operations[id];
                let path = operation.paths.first().map_or("", |path| path.template.as_str());
                format!("{} {path}", operation.method.as_str())
            }
        }
    }

    /// That nothing is called so.
    pub(super) fn nothing(&self, query: &Query<'_>) -> Diagnostic {
        let text = query.text();
        let found = Diagnostic::new(NOTHING, format!("nothing is called `{text}`"));
        let near: Vec<String> = match query {
            _ if text.len() > 128 => Vec::new(),
            Query::Rust(_) => {
                let names = self.names;
                let members = names.members.values().filter_map(|paths| paths.first());
                let all = names.types.values().chain(members).chain(names.operations.values());
                // As many names of each path count as were given.
                let count = text.matches("::").count() + 1;
                let tails = all.map(|path| match path.rmatch_indices("::").nth(count - 1) {
                    Some((at, _)) => path.get(at + 2..).unwrap_or(path),
                    None => path,
                });
                nearest(text, tails, 3).into_iter().map(str::to_owned).collect()
            }
            Query::Wire(_) | Query::Url { .. } => self.nearest_wire(text),
        };
        match (near.as_slice(), query) {
            ([], Query::Rust(_)) => found.help("the Rust names of types, members and operations are known, of what is selected: name a target of the configuration, or add --select"),
            ([], _) => found.help("a name is that of a type, `type/member`, an action or function, a page or example, a Rust path, or a URL"),
            (near, _) => found.help(format!("did you mean {}?", or_list(near))),
        }
    }

    fn nearest_wire(&self, text: &str) -> Vec<String> {
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        if let Some((owner, member)) = text.rsplit_once('/').or_else(|| text.rsplit_once('.')) {
            let types = self.of_wire(owner, str::eq_ignore_ascii_case);
            let of_type = types.iter().find_map(|subject| match subject {
                Subject::Type(id) => Some(*id),
                _ => None,
            });
            if let Some(id) = of_type {
                let members = self.api.ancestry(id).flat_map(|owner| self.members_of(owner));
                let near: Vec<String> = owned(nearest(member, members.map(|(_, name)| name), 3));
                return near.into_iter().map(|name| format!("{owner}/{name}")).collect();
            }
        }
        let simple = text.rsplit('.').next().unwrap_or(text);
        let types = self.api.items.iter().map(|(_, item)| item.name.name.as_str());
        let members = self.api.items.ids().flat_map(|owner| self.members_of(owner));
        let bound = self.api.bound.iter().map(|(_, bound)| bound.name.name.as_str());
        let roots = self.api.container.roots.iter().map(|root| root.name.as_str());
        let all = types.chain(members.map(|(_, name)| name)).chain(bound).chain(roots);
        owned(nearest(simple, all, 3))
    }
}

/// The code of a name that means nothing.
const NOTHING: Code = codes::UNKNOWN_NAME;

/// That a URL means nothing.
pub(super) fn unresolved(error: &UrlError) -> Diagnostic {
    let found = Diagnostic::new(NOTHING, error.message());
    let found = match &error.note {
        Some(note) => found.note(note.clone()),
        None => found,
    };
    found.help(error.way_out())
}
