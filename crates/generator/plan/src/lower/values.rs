//! The types of values in a crate of their own, where one of all types would be too large for a compiler.
//!
//! In comes the planned crate of models with its features; out of it go the types that lead to no entity, into
//! [`Values`]. Holds: these refer to none that stayed, and a type is where its base and all that derive from it
//! are, since to be seen as its base it has to be a view of the same crate.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowering;
use super::features::of_shape;
use crate::data::{Feature, ModelType, Models, Module, Structured, TypePath, Values};

impl Lowering<'_> {
    /// Sets the types of values apart, where `models` has more members than one crate is to have.
    pub(super) fn set_values_apart(&self, models: &mut Models) {
        let all = members(Module::types(&models.modules));
        if all <= self.options.most_members {
            return;
        }
        let types = leading_to_no_entity(&models.modules);
        let apart = members(Module::types(&models.modules).filter(|of| types.contains(of.path())));
        // Nothing is won where one part is nearly the whole: a service that is no OData has no entity at all.
        if 4 * apart.min(all - apart) < all {
            return;
        }
        let modules: Vec<Module> =
            models.modules.iter_mut().filter_map(|module| taken_out(module, &types)).collect();
        let mut manifest = self.values_manifest();
        let conditions: BTreeSet<&String> =
            types.iter().filter_map(|path| models.conditions.get(path)).collect();
        for feature in &mut models.manifest.features {
            if conditions.contains(&feature.name) {
                feature.enables.push(format!("{}/{}", manifest.package, feature.name));
                let (name, docs) = (feature.name.clone(), String::new());
                manifest.features.push(Feature { name, docs, enables: Vec::new() });
            }
        }
        models.manifest.dependencies.push(self.values_dependency());
        models.docs = std::mem::take(&mut models.docs).paragraph(&self.values_note());
        let docs = self.values_docs();
        models.values = Some(Values { manifest, docs, modules, types });
    }
}

fn structured(model_type: &ModelType) -> Option<&Structured> {
    match model_type {
        ModelType::Structured(of) => Some(of),
        ModelType::Enumeration(_) | ModelType::Definition(_) => None,
    }
}

/// How many members `types` have, own and inherited.
fn members<'plan>(types: impl Iterator<Item = &'plan ModelType>) -> usize {
    types.filter_map(structured).map(|of| of.members.len() + of.inherited_members.len()).sum()
}

/// The types from which no way leads to an entity type, be it through members, bases or derived types.
fn leading_to_no_entity(modules: &[Module]) -> BTreeSet<TypePath> {
    let mut referring: BTreeMap<&TypePath, Vec<&TypePath>> = BTreeMap::new();
    let mut open: Vec<&TypePath> = Vec::new();
    for of in Module::types(modules).filter_map(structured) {
        let members = of.members.iter().filter_map(|member| of_shape(&member.shape));
        for path in members.chain(&of.base).chain(&of.derived) {
            referring.entry(path).or_default().push(&of.path);
        }
        open.extend(of.is_entity.then_some(&of.path));
    }
    let mut leading: BTreeSet<&TypePath> = BTreeSet::new();
    while let Some(path) = open.pop() {
        if leading.insert(path) {
            open.extend(referring.get(path).into_iter().flatten());
        }
    }
    let all = Module::types(modules).map(ModelType::path);
    all.filter(|path| !leading.contains(path)).cloned().collect()
}

/// `module` with those of its types that are among `types`, which it loses; nothing, where it has none.
fn taken_out(module: &mut Module, types: &BTreeSet<TypePath>) -> Option<Module> {
    let children: Vec<Module> =
        module.children.iter_mut().filter_map(|child| taken_out(child, types)).collect();
    let all = std::mem::take(&mut module.types);
    let (taken, left) = all.into_iter().partition::<Vec<_>, _>(|of| types.contains(of.path()));
    module.types = left;
    if taken.is_empty() && children.is_empty() {
        return None;
    }
    let (path, docs) = (module.path.clone(), module.docs.clone());
    Some(Module { path, docs, children, types: taken })
}
