//! What a conversion to OpenAPI lost or changed.
//!
//! In come two representations of one service: of its metadata, and of the OpenAPI that was made of it, neither merged
//! with pages. Out go findings. Holds: what the OpenAPI cannot say is not missed in it (whether a type is abstract, the
//! numbers of members, partners, containment); each finding has a place in the metadata and one in the OpenAPI, unless
//! there is nothing.

use std::collections::BTreeMap;

use msgraph_ir::{
    Api, BoundOperation, Capabilities, Enumeration, Item, ItemId, ItemKind, Property, QueryOption,
    RootKind, Structured, TypeRef, TypeTarget, dump,
};
use msgraph_source::{Diagnostic, Diagnostics, Span, catalogue::link as codes, shortened};

/// Compares `openapi` with the `metadata` that it was made of.
pub fn conversion(metadata: &Api, openapi: &Api) -> Diagnostics {
    let by_name = |api: &Api| -> BTreeMap<String, ItemId> {
        api.items.iter().map(|(id, item)| (item.name.to_string(), id)).collect()
    };
    let (theirs, ours) = (by_name(openapi), by_name(metadata));
    let mut comparing = Comparing { metadata, openapi, found: Diagnostics::new() };
    for (name, &id) in &ours {
        match theirs.get(name) {
            Some(&other) => comparing.item(id, other),
            None => comparing.lost(format!("the type `{name}`"), metadata.items[id].span, None),
        }
    }
    for (name, &other) in theirs.iter().filter(|(name, _)| !ours.contains_key(*name)) {
        let span = openapi.items[other].span;
        comparing.found.push(
            Diagnostic::at(
                codes::CONVERSION_CHANGED,
                span,
                format!("the OpenAPI has the type `{name}`, which the metadata does not declare"),
            )
            .help(AGAIN),
        );
    }
    comparing.roots();
    comparing.bound();
    comparing.found
}

/// The way out, of all findings.
const AGAIN: &str =
    "convert the metadata again, with a converter that keeps it; or accept it in the suppressions";

struct Comparing<'a> {
    metadata: &'a Api,
    openapi: &'a Api,
    found: Diagnostics,
}

impl Comparing<'_> {
    fn lost(&mut self, what: String, span: Span, other: Option<Span>) {
        let found = Diagnostic::at(
            codes::CONVERSION_LOST,
            span,
            format!("the OpenAPI does not have {what}"),
        );
        let found = other.into_iter().fold(found, |found, other| found.label(other, "the OpenAPI"));
        self.found.push(found.help(AGAIN));
    }

    /// Tells that `what` is one thing here and another there.
    fn differs(
        &mut self,
        what: &str,
        (here, span): (String, Span),
        (there, other): (String, Span),
    ) {
        if here == there {
            return;
        }
        let message = format!(
            "{what} is {} in the metadata, and {} in the OpenAPI",
            shortened(&here),
            shortened(&there)
        );
        let found = Diagnostic::at(codes::CONVERSION_CHANGED, span, message);
        self.found.push(found.label(other, "the OpenAPI").help(AGAIN));
    }

    fn item(&mut self, id: ItemId, other: ItemId) {
        let (here, there) = (&self.metadata.items[id], &self.openapi.items[other]);
        let name = format!("`{}`", here.name);
        let spans = (here.span, there.span);
        self.differs(&name, (kind(here).to_owned(), spans.0), (kind(there).to_owned(), spans.1));
        self.deprecation(
            &name,
            (here.deprecation.is_some(), spans.0),
            (there.deprecation.is_some(), spans.1),
        );
        match (&here.kind, &there.kind) {
            (ItemKind::Enumeration(one), ItemKind::Enumeration(another)) => {
                self.enumeration(&name, (one, spans.0), (another, spans.1));
            }
            _ => {
                if let (Some(one), Some(another)) = (here.structured(), there.structured()) {
                    self.structured(&name, (one, spans.0), (another, spans.1));
                }
            }
        }
    }

    fn enumeration(
        &mut self,
        name: &str,
        (here, span): (&Enumeration, Span),
        (there, other): (&Enumeration, Span),
    ) {
        let flags = |is_flags| words(is_flags, "a set of its members", "one of its members");
        self.differs(
            &format!("a value of {name}"),
            (flags(here.is_flags), span),
            (flags(there.is_flags), other),
        );
        let has = |of: &Enumeration, name: &str| of.members.iter().any(|m| m.name.as_str() == name);
        let lost: Vec<String> = here
            .members
            .iter()
            .filter(|member| !has(there, member.name.as_str()))
            .map(|member| format!("`{}`", member.name))
            .collect();
        if !lost.is_empty() {
            self.lost(format!("{} of {name}", listed(&lost)), span, Some(other));
        }
    }

    fn structured(
        &mut self,
        name: &str,
        (here, span): (&Structured, Span),
        (there, other): (&Structured, Span),
    ) {
        let base = |api: &Api, of: &Structured| match of.base {
            Some(base) => format!("`{}`", api.items[base].name),
            None => "nothing".to_owned(),
        };
        let bases = (base(self.metadata, here), base(self.openapi, there));
        self.differs(&format!("what {name} derives from"), (bases.0, span), (bases.1, other));
        let openness = |is_open| words(is_open, "open", "closed");
        // What a base type is, is told of that one.
        let inherits = here.base.and_then(|base| self.metadata.items[base].structured());
        if !inherits.is_some_and(|base| base.is_open) {
            self.differs(name, (openness(here.is_open), span), (openness(there.is_open), other));
        }
        let key = |of: &Structured| {
            let parts: Vec<&str> = of.key.iter().map(|part| part.property.as_str()).collect();
            if parts.is_empty() { "nothing".to_owned() } else { format!("`{}`", parts.join(", ")) }
        };
        self.differs(&format!("the key of {name}"), (key(here), span), (key(there), other));
        let mut lost = Vec::new();
        let mut first = span;
        for property in &here.properties {
            let twin = there.properties.iter().find(|twin| twin.name == property.name);
            match twin {
                Some(twin) => self.property(name, property, twin),
                None => {
                    if lost.is_empty() {
                        first = property.span;
                    }
                    lost.push(format!("`{}`", property.name));
                }
            }
        }
        if !lost.is_empty() {
            self.lost(format!("{} of {name}", listed(&lost)), first, Some(other));
        }
    }

    fn property(&mut self, owner: &str, here: &Property, there: &Property) {
        let name = format!("`{}` of {owner}", here.name);
        let spans = (here.span, there.span);
        let type_of = |api: &Api, of: &Property| {
            let mut type_ref = of.type_ref;
            // A collection of entities holds no null, whatever is said.
            if of.navigation().is_some() && type_ref.is_collection {
                type_ref.is_nullable = false;
            }
            dump::type_ref(api, type_ref)
        };
        let (one, another) = (type_of(self.metadata, here), type_of(self.openapi, there));
        let bare = |text: &str| text.replace('?', "");
        if bare(&one) == bare(&another) {
            let nullable = |text: &str| words(text.contains('?'), "nullable", "never null");
            self.differs(&name, (nullable(&one), spans.0), (nullable(&another), spans.1));
        } else {
            self.differs(&name, (format!("`{one}`"), spans.0), (format!("`{another}`"), spans.1));
        }
        let role = |of: &Property| words(of.navigation().is_some(), "a relation", "a value");
        self.differs(&name, (role(here), spans.0), (role(there), spans.1));
        self.deprecation(
            &name,
            (here.deprecation.is_some(), spans.0),
            (there.deprecation.is_some(), spans.1),
        );
        // What lives elsewhere is made and changed there.
        if here.navigation().is_some_and(|navigation| navigation.is_contained) {
            let target = match here.type_ref.target {
                TypeTarget::Item(id) => Some(id),
                _ => None,
            };
            self.forbidden(&name, target, (&here.capabilities, spans.0), &there.capabilities);
        }
    }

    fn deprecation(
        &mut self,
        name: &str,
        (here, span): (bool, Span),
        (there, other): (bool, Span),
    ) {
        let said = |is_deprecated| words(is_deprecated, "deprecated", "not deprecated");
        self.differs(name, (said(here), span), (said(there), other));
    }

    /// The methods and query options that the OpenAPI lacks, and the metadata does not forbid.
    fn forbidden(
        &mut self,
        name: &str,
        target: Option<ItemId>,
        (here, span): (&Capabilities, Span),
        there: &Capabilities,
    ) {
        let methods = [
            ("POST", here.insertable, there.insertable),
            ("PATCH", here.updatable, there.updatable),
            ("DELETE", here.deletable, there.deletable),
            ("GET", here.readable, there.readable),
        ];
        // Where there are no relations or no values, nothing is lost with the option that is for them.
        let has = |option| match option {
            QueryOption::Expand => self.has_properties(target, true),
            QueryOption::Select => self.has_properties(target, false),
            _ => true,
        };
        let options = QueryOption::ALL
            .map(|of| (of.name(), of.said(here), of.said(there).filter(|_| has(of))));
        for lacks in [methods.as_slice(), options.as_slice()] {
            let lost: Vec<(String, Span)> = lacks
                .iter()
                .filter_map(|&(what, here, there)| Some((what, here, there?)))
                .filter(|&(_, here, (is_there, _))| !is_there && here.is_none_or(|(is, _)| is))
                .map(|(what, _, (_, at))| (format!("`{what}`"), at))
                .collect();
            let Some(&(_, at)) = lost.first() else { continue };
            let lost: Vec<String> = lost.into_iter().map(|(what, _)| what).collect();
            let what = format!("{} of {name}, which nothing forbids", listed(&lost));
            self.lost(what, span, Some(at));
        }
    }

    /// Whether the type has relations, or values; of any JSON that is not known.
    fn has_properties(&self, of: Option<ItemId>, is_relation: bool) -> bool {
        of.is_none_or(|id| {
            let types = self.metadata.ancestry(id).map(|id| &self.metadata.items[id]);
            types
                .filter_map(Item::structured)
                .flat_map(|of| &of.properties)
                .any(|of| of.navigation().is_some() == is_relation)
        })
    }

    fn roots(&mut self) {
        let (metadata, openapi) = (self.metadata, self.openapi);
        for root in &metadata.container.roots {
            let twin = openapi.container.roots.iter().find(|twin| twin.name == root.name);
            let Some(twin) = twin else {
                self.lost(format!("the root `{}`", root.name), root.span, None);
                continue;
            };
            let name = format!("the root `{}`", root.name);
            let said = |api: &Api, kind, target: ItemId| {
                let kind = words(kind == RootKind::EntitySet, "a set", "one");
                format!("{kind} of `{}`", api.items[target].name)
            };
            let here = said(metadata, root.kind, root.target);
            let there = said(openapi, twin.kind, twin.target);
            self.differs(&name, (here, root.span), (there, twin.span));
            let here = (&root.capabilities, root.span);
            self.forbidden(&name, Some(root.target), here, &twin.capabilities);
        }
    }

    fn bound(&mut self) {
        let (metadata, openapi) = (self.metadata, self.openapi);
        let mut theirs: BTreeMap<String, Vec<&BoundOperation>> = BTreeMap::new();
        for (_, bound) in openapi.bound.iter() {
            theirs.entry(call(openapi, bound)).or_default().push(bound);
        }
        for (_, bound) in metadata.bound.iter() {
            let like = theirs.get(&call(metadata, bound)).map(Vec::as_slice).unwrap_or_default();
            let twin = like.iter().find(|twin| stands_for((metadata, bound), (openapi, twin)));
            let name = format!("the operation `{}`", bound.name);
            let Some(twin) = twin else {
                let of = bound
                    .binding
                    .map(|of| format!(" of `{}`", dump::type_ref(metadata, of).replace('?', "")));
                self.lost(format!("{name}{}", of.unwrap_or_default()), bound.span, None);
                continue;
            };
            let returns = |api: &Api, of: &BoundOperation| match of.returns {
                Some(type_ref) => format!("`{}`", dump::type_ref(api, type_ref).replace('?', "")),
                None => "nothing".to_owned(),
            };
            let what = format!("what {name} returns");
            self.differs(
                &what,
                (returns(metadata, bound), bound.span),
                (returns(openapi, twin), twin.span),
            );
            self.deprecation(
                &name,
                (bound.deprecation.is_some(), bound.span),
                (twin.deprecation.is_some(), twin.span),
            );
        }
    }
}

/// How an operation is called: its name and its parameters.
fn call(api: &Api, bound: &BoundOperation) -> String {
    let parameter =
        |name: &str, of| format!("{name}: {}", dump::type_ref(api, of).replace('?', ""));
    let parameters: Vec<String> =
        bound.parameters.iter().map(|of| parameter(of.name.as_str(), of.type_ref)).collect();
    format!("{:?} {}({})", bound.kind, bound.name, parameters.join(", "))
}

/// Whether `there` is `here`, or shows it at a type that derives from what it is bound to.
fn stands_for(
    (metadata, here): (&Api, &BoundOperation),
    (openapi, there): (&Api, &BoundOperation),
) -> bool {
    let (Some(one), Some(another)) = (here.binding, there.binding) else {
        return here.binding.is_none() && there.binding.is_none();
    };
    let name = |api: &Api, of| dump::type_ref(api, of).replace(['?'], "");
    let TypeTarget::Item(derived) = another.target else { return false };
    let wanted = name(metadata, TypeRef { is_collection: false, ..one });
    one.is_collection == another.is_collection
        && openapi.ancestry(derived).any(|id| openapi.items[id].name.to_string() == wanted)
}

fn kind(item: &Item) -> &'static str {
    match item.kind {
        ItemKind::Entity(_) => "an entity type",
        ItemKind::Complex(_) => "a complex type",
        ItemKind::Enumeration(_) => "an enumeration",
        ItemKind::TypeDefinition(_) => "a primitive type",
    }
}

fn words(holds: bool, yes: &str, no: &str) -> String {
    if holds { yes } else { no }.to_owned()
}

/// The first of many, and how many there are beside them.
fn listed(names: &[String]) -> String {
    const MOST: usize = 8;
    match names.get(..MOST) {
        Some(first) if names.len() > MOST => {
            format!("{} and {} more", first.join(", "), names.len() - MOST)
        }
        _ => names.join(", "),
    }
}
