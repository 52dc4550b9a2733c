//! Types to the crate of models: modules, files, tables, documentation.
//!
//! In come the selected types, the modules of operations, and the parameter types that operations made; out
//! goes the whole crate. Holds: a derived type's slots continue its base's.

use std::collections::BTreeMap;

use msgraph_ir::{Enumeration as IrEnumeration, Item, ItemId, ItemKind};

use super::members::primitive_shape;
use super::{Lowering, code, paragraph};
use crate::data::{
    EnumConstant, Enumeration, Member, ModelType, Models, Module, OperationModule, Structured,
    TypeDefinition, TypePath,
};
use crate::naming::{Ident, TypeNames};
use crate::prose::DocText;

impl Lowering<'_> {
    /// The selected types.
    pub(super) fn types(&mut self) -> Vec<ModelType> {
        let api = self.api;
        let mut members: BTreeMap<ItemId, Vec<Member>> = BTreeMap::new();
        let mut types = Vec::new();
        for &id in api.selection.items.keys() {
            let Some(names) = self.names.item(id).cloned() else {
                continue;
            };
            let item = &api.items[id];
            types.push(match &item.kind {
                ItemKind::Entity(_) | ItemKind::Complex(_) => {
                    ModelType::Structured(self.structured(id, names, &mut members))
                }
                ItemKind::Enumeration(enumeration) => {
                    ModelType::Enumeration(self.enumeration(id, item, enumeration, names))
                }
                ItemKind::TypeDefinition(definition) => ModelType::Definition(TypeDefinition {
                    docs: self.type_docs(item, "The type definition", None),
                    path: names.path,
                    shape: primitive_shape(definition.underlying).1,
                }),
            });
        }
        types
    }

    /// The crate of models: the selected types, and those of parameters.
    pub(super) fn models(
        &mut self,
        selected: Vec<ModelType>,
        operations: Vec<OperationModule>,
    ) -> Models {
        let mut types: Vec<ModelType> = std::mem::take(&mut self.parameter_types);
        types.extend(selected);
        Models {
            manifest: self.models_manifest(),
            docs: self.models_docs(),
            modules: self.modules(types),
            operations,
            conditions: BTreeMap::new(),
            operation_conditions: BTreeMap::new(),
            has_deprecated: self.has_deprecated(),
            values: None,
        }
    }

    fn structured(
        &mut self,
        id: ItemId,
        names: TypeNames,
        members: &mut BTreeMap<ItemId, Vec<Member>>,
    ) -> Structured {
        let api = self.api;
        let item = &api.items[id];
        let mut chain: Vec<ItemId> = api.ancestry(id).skip(1).collect();
        chain.reverse();
        let mut inherited_members = Vec::new();
        for ancestor in chain {
            inherited_members.extend(self.members_once(ancestor, inherited_members.len(), members));
        }
        let own = self.members_once(id, inherited_members.len(), members);
        let structured = item.structured();
        let path_of = |id: ItemId| self.names.item(id).map(|names| names.path.clone());
        let base = structured.and_then(|s| s.base).and_then(path_of);
        let mut derived: Vec<TypePath> = structured
            .map(|s| s.derived.as_slice())
            .unwrap_or_default()
            .iter()
            .filter_map(|&id| path_of(id))
            .collect();
        derived.sort();
        let kind = if item.is_entity() { "The entity type" } else { "The complex type" };
        Structured {
            docs: self.type_docs(item, kind, base.as_ref()),
            path: names.path,
            wire: item.name.to_string(),
            deprecated: self.deprecation(item.deprecation.as_ref()),
            base,
            derived,
            is_entity: item.is_entity(),
            is_open: structured.is_some_and(|s| s.is_open),
            is_abstract: structured.is_some_and(|s| s.is_abstract),
            is_read_in_any_case: false,
            inherited: u16::try_from(inherited_members.len()).unwrap_or(u16::MAX),
            members: own,
            inherited_members,
        }
    }

    /// The own members of a type, lowered when they are first asked for.
    fn members_once(
        &mut self,
        id: ItemId,
        inherited: usize,
        known: &mut BTreeMap<ItemId, Vec<Member>>,
    ) -> Vec<Member> {
        if let Some(members) = known.get(&id) {
            return members.clone();
        }
        let slot = u16::try_from(inherited).unwrap_or(u16::MAX);
        let members = self.own_members(id, slot);
        known.insert(id, members.clone());
        members
    }

    fn enumeration(
        &mut self,
        id: ItemId,
        item: &Item,
        enumeration: &IrEnumeration,
        names: TypeNames,
    ) -> Enumeration {
        let constants = enumeration
            .members
            .iter()
            .enumerate()
            .filter_map(|(index, member)| {
                let wire = member.name.as_str();
                let described = member
                    .description
                    .as_ref()
                    .map(|prose| self.resource_prose().text(&prose.value))
                    .filter(|docs| !docs.is_empty());
                Some(EnumConstant {
                    name: self.names.constant(id, index)?.clone(),
                    wire: wire.to_owned(),
                    value: member.value,
                    deprecated: self.deprecation(member.deprecation.as_ref()),
                    docs: described.unwrap_or_else(|| paragraph(&code(wire))),
                })
            })
            .collect();
        let kind = if enumeration.is_flags { "The set of flags" } else { "The enumeration" };
        Enumeration {
            docs: self.type_docs(item, kind, None),
            path: names.path,
            wire: item.name.to_string(),
            deprecated: self.deprecation(item.deprecation.as_ref()),
            is_flags: enumeration.is_flags,
            constants,
        }
    }

    fn type_docs(&self, item: &Item, kind: &str, base: Option<&TypePath>) -> DocText {
        let described = item
            .description
            .as_ref()
            .map(|prose| self.resource_prose().text(&prose.value))
            .filter(|docs| !docs.is_empty());
        let docs =
            described.unwrap_or_else(|| paragraph(&format!("{kind} {}.", self.item_name(item))));
        let mut wire = code(&item.name.to_string());
        if let Some(base) = base {
            wire.push_str(&format!("; derives from {}", link(base)));
        }
        let mut notes = Vec::new();
        if item.structured().is_some_and(|s| s.is_abstract) {
            notes.push("abstract");
        }
        if item.structured().is_some_and(|s| s.is_open) {
            notes.push("open: may hold undeclared members");
        }
        for note in notes {
            wire.push_str("; ");
            wire.push_str(note);
        }
        wire.push('.');
        let docs = docs.paragraph(&wire);
        match &item.page {
            Some(page) => docs.paragraph(&format!("[Documentation]({})", self.page_url(page))),
            None => docs,
        }
    }

    /// Modules by namespace, each a child of the longest namespace that it lies in.
    fn modules(&self, types: Vec<ModelType>) -> Vec<Module> {
        let mut flat: BTreeMap<Vec<Ident>, Module> = BTreeMap::new();
        let namespaces: BTreeMap<&[Ident], &str> =
            self.names.modules().map(|(namespace, path)| (path, namespace)).collect();
        for path in namespaces.keys() {
            for end in 1..=path.len() {
                let Some(path) = path.get(..end) else { continue };
                let docs = match namespaces.get(path) {
                    Some(namespace) => paragraph(&format!("The namespace {}.", code(namespace))),
                    None => paragraph("Namespaces within this one."),
                };
                flat.entry(path.to_vec()).or_insert_with(|| module(path.to_vec(), docs));
            }
        }
        for model_type in types {
            let path = model_type.path().module.clone();
            flat.entry(path.clone())
                .or_insert_with(|| module(path, paragraph("The parameters of bound actions.")))
                .types
                .push(model_type);
        }
        nest(flat)
    }
}

/// `[`Entity`](crate::graph::Entity)`
pub(super) fn link(path: &TypePath) -> String {
    let module: Vec<&str> = path.module.iter().map(Ident::as_str).collect();
    format!("[`{}`](crate::{}::{})", path.name, module.join("::"), path.name)
}

fn module(path: Vec<Ident>, docs: DocText) -> Module {
    Module { path, docs, children: Vec::new(), types: Vec::new() }
}

/// Puts each module into its parent: the deepest first, so that each is whole when it moves.
fn nest(mut flat: BTreeMap<Vec<Ident>, Module>) -> Vec<Module> {
    let mut paths: Vec<Vec<Ident>> = flat.keys().cloned().collect();
    paths.sort_by_key(|path| std::cmp::Reverse(path.len()));
    for path in paths {
        let Some(module) = flat.remove(&path) else { continue };
        let mut module = module;
        module.children.sort_by(|a, b| a.path.cmp(&b.path));
        module.types.sort_by(|a, b| a.path().cmp(b.path()));
        let parent = path.split_last().map(|(_, parent)| parent).unwrap_or_default();
        match flat.get_mut(parent) {
            Some(parent) => parent.children.push(module),
            None => {
                flat.insert(path, module);
            }
        }
    }
    flat.into_values().collect()
}
