//! Which types have identity, by what, and which members lead to them.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_openapi::Document;
use msgraph_source::Spanned;

use crate::dialect::Dialect;
use crate::schemas::Model;
use crate::sites::{Site, Sites};

/// Marks entities, their keys and streams, and the members that are relations to them.
pub(crate) fn mark(document: &Document, model: &mut Model<'_>, sites: &Sites, dialect: Dialect) {
    let entities = entities(model, sites);
    for one in &mut model.types {
        one.is_entity = entities.contains(&one.name.value);
        one.has_stream = sites.streams.get(&one.name.value).copied().filter(|_| one.is_entity);
        for member in &mut one.members {
            // This dialect marks only relations to several.
            member.is_navigation |= dialect == Dialect::Oasis
                && !member.value.is_collection
                && entities.contains(&member.value.name);
            let site =
                Site::Member { owner: one.name.value.clone(), name: member.name.value.to_owned() };
            let made = match member.value.is_collection {
                true => &["post"][..],
                false => &["patch", "put"],
            };
            let whole = sites.shown.get(&site).and_then(|shown| shown.whole.as_ref());
            member.is_contained = whole.is_some_and(|whole| whole.any(made));
        }
    }
    keys(document, model, sites);
}

/// The types of places with keys and of relations, with what derives from them, and what they derive from.
fn entities(model: &Model<'_>, sites: &Sites) -> BTreeSet<String> {
    let members = model.types.iter().flat_map(|one| &one.members);
    let related = members.filter(|member| member.is_navigation).map(|it| it.value.name.clone());
    let mut entities: BTreeSet<String> = sites.entities.iter().cloned().chain(related).collect();
    let mut derived: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in &model.types {
        if let Some(base) = &one.base {
            derived.entry(base.value.as_str()).or_default().push(one.name.value.as_str());
        }
    }
    let mut waiting: Vec<String> = entities.iter().cloned().collect();
    while let Some(name) = waiting.pop() {
        let base =
            model.get(&name).and_then(|one| one.base.as_ref()).map(|base| base.value.as_str());
        let below = derived.get(name.as_str()).into_iter().flatten().copied();
        for next in base.into_iter().chain(below) {
            if model.get(next).is_some() && entities.insert(next.to_owned()) {
                waiting.push(next.to_owned());
            }
        }
    }
    entities
}

/// Gives each hierarchy its key, where the properties of it are declared: those that paths show, or else those that are
/// given and never changed, or else `id`.
fn keys(document: &Document, model: &mut Model<'_>, sites: &Sites) {
    let mut keys = BTreeMap::new();
    for (name, properties) in &sites.keys {
        let Some(first) = properties.first() else { continue };
        if let Some((owner, _)) = model.member(name, &first.value) {
            keys.entry(owner.name.value.clone()).or_insert_with(|| properties.clone());
        }
    }
    let is_named = |model: &Model<'_>, name: &str| {
        model.ancestry(name).any(|base| keys.contains_key(&base.name.value))
    };
    let mut others = Vec::new();
    for one in model.types.iter().filter(|one| one.is_entity && !is_named(model, &one.name.value)) {
        let is_key = |name: &str| name == "id" || is_given_once(document, &one.name.value, name);
        let values = one.members.iter().filter(|member| !member.value.is_collection);
        let key: Vec<Spanned<String>> = values
            .filter(|member| is_key(member.name.value))
            .map(|member| member.name.map(str::to_owned))
            .collect();
        if !key.is_empty() {
            others.push((one.name.value.clone(), key));
        }
    }
    keys.extend(others);
    for one in &mut model.types {
        one.key = keys.remove(&one.name.value).unwrap_or_default();
    }
}

/// Whether a property must be given to create, and cannot be given to update. Only the forms of a type that one dialect
/// has tell of it.
fn is_given_once(document: &Document, name: &str, property: &str) -> bool {
    let form = |suffix: &str| document.schema(&format!("{name}{suffix}"));
    form("-create").is_some_and(|create| create.requires(property))
        && form("-update").is_none_or(|update| update.property(property).is_none())
}
