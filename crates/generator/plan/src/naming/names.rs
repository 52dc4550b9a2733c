//! The names of namespaces, types, members and members of enumerations.
//!
//! In comes the selection, out come identifiers, unique in their scopes. Collisions are resolved in
//! the order of wire names, so that the order of the sources does not show; each is reported.

use std::collections::BTreeMap;

use msgraph_ir::{Api, Item, ItemId, ItemKind};
use msgraph_source::{Diagnostic, Diagnostics, catalogue};

use super::reserved::{FILES, MODEL_MODULES, PRELUDE_TYPES, VIEW_METHODS};
use super::{Case, Ident, Scope, claim, stem};
use crate::data::{MemberNames, TypePath};

/// A longer name would only repeat that of the method.
const LONGEST_ARGUMENT: usize = 20;

/// The names of the model.
#[derive(Debug, Default)]
pub(crate) struct Names {
    modules: BTreeMap<String, Vec<Ident>>,
    types: BTreeMap<ItemId, TypeNames>,
    members: BTreeMap<(ItemId, usize), MemberNames>,
    constants: BTreeMap<(ItemId, usize), Ident>,
}

/// The names of one type.
#[derive(Clone, Debug)]
pub(crate) struct TypeNames {
    /// Its place.
    pub path: TypePath,
}

/// The scopes of one module.
struct ModuleScopes {
    types: Scope,
    files: Scope,
}

impl Names {
    /// Names everything that `api` selects.
    pub(crate) fn of(api: &Api, diagnostics: &mut Diagnostics) -> Self {
        let mut selected: Vec<(ItemId, &Item)> =
            api.selection.items.keys().map(|&id| (id, &api.items[id])).collect();
        selected.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
        let mut names = Self::default();
        let mut scopes = names.name_modules(&selected);
        names.name_types(&selected, &mut scopes, diagnostics);
        let mut of_constants = Diagnostics::new();
        let ((), constants) = rayon::join(
            || names.name_members(api, &selected, diagnostics),
            || name_constants(&selected, &mut of_constants),
        );
        names.constants = constants;
        diagnostics.append(&mut of_constants);
        names
    }

    /// The path of the module of a namespace.
    pub(crate) fn modules(&self) -> impl Iterator<Item = (&str, &[Ident])> {
        self.modules.iter().map(|(namespace, path)| (namespace.as_str(), path.as_slice()))
    }

    /// The names of a type; none where it is not selected.
    pub(crate) fn item(&self, id: ItemId) -> Option<&TypeNames> {
        self.types.get(&id)
    }

    /// The names of the member at `index` of the type that declares it.
    pub(crate) fn member(&self, owner: ItemId, index: usize) -> Option<&MemberNames> {
        self.members.get(&(owner, index))
    }

    /// The name of the member at `index` of an enumeration.
    pub(crate) fn constant(&self, owner: ItemId, index: usize) -> Option<&Ident> {
        self.constants.get(&(owner, index))
    }

    /// One module per namespace; a leading `microsoft` is dropped.
    fn name_modules(&mut self, selected: &[(ItemId, &Item)]) -> BTreeMap<Vec<Ident>, ModuleScopes> {
        let mut scopes: BTreeMap<Vec<Ident>, ModuleScopes> = BTreeMap::new();
        let mut paths: BTreeMap<String, Vec<Ident>> = BTreeMap::new();
        let mut roots = Scope::with(MODEL_MODULES);
        for reserved in FILES {
            roots.reserve(reserved);
        }
        for (_, item) in selected {
            let namespace = item.name.namespace.as_str();
            let mut path: Vec<Ident> = Vec::new();
            let mut wire = String::new();
            for (index, segment) in namespace.split('.').enumerate() {
                wire.push('.');
                wire.push_str(segment);
                let is_vendor =
                    index == 0 && segment == "microsoft" && namespace.len() > segment.len();
                if is_vendor {
                    continue;
                }
                if let Some(known) = paths.get(&wire) {
                    path.clone_from(known);
                    continue;
                }
                let files = scopes.get_mut(&path).map_or(&mut roots, |scopes| &mut scopes.files);
                let ident = claim(files, segment, Case::Snake);
                path.push(ident);
                paths.insert(wire.clone(), path.clone());
                scopes.insert(path.clone(), ModuleScopes::new());
            }
            self.modules.insert(namespace.to_owned(), path);
        }
        scopes
    }

    fn name_types(
        &mut self,
        selected: &[(ItemId, &Item)],
        scopes: &mut BTreeMap<Vec<Ident>, ModuleScopes>,
        diagnostics: &mut Diagnostics,
    ) {
        for &(id, item) in selected {
            let module =
                self.modules.get(item.name.namespace.as_str()).cloned().unwrap_or_default();
            let scope = scopes.entry(module.clone()).or_insert_with(ModuleScopes::new);
            let wire = item.name.name.as_str();
            let wanted = stem(wire, Case::Pascal);
            let base = if PRELUDE_TYPES.contains(&wanted.as_str()) {
                format!("{wanted}Type")
            } else {
                wanted.clone()
            };
            let name = scope.types.claim_group(&base, "", |stem| vec![stem.to_owned()]);
            if name != wanted {
                diagnostics.push(renamed(item, format!("type `{}`", item.name), &wanted, &name));
            }
            let mut file = stem(&name, Case::Snake);
            if !scope.files.is_free(&file) {
                file.push_str("_type");
            }
            let file = scope.files.claim(&file);
            let path =
                TypePath { module, name: Ident::of_stem(&name), file: Ident::of_stem(&file) };
            self.types.insert(id, TypeNames { path });
        }
    }

    /// Base types first: what a type inherits keeps its names.
    fn name_members(
        &mut self,
        api: &Api,
        selected: &[(ItemId, &Item)],
        diagnostics: &mut Diagnostics,
    ) {
        let mut scopes: BTreeMap<ItemId, Scope> = BTreeMap::new();
        for &(id, _) in selected {
            let mut chain: Vec<ItemId> = api.ancestry(id).collect();
            chain.reverse();
            let mut inherited = Scope::default();
            for id in chain {
                if let Some(scope) = scopes.get(&id) {
                    inherited = scope.clone();
                    continue;
                }
                self.name_members_of(api, id, &mut inherited, diagnostics);
                if api.items[id].structured().is_some_and(|it| !it.derived.is_empty()) {
                    scopes.insert(id, inherited.clone());
                }
            }
        }
    }

    fn name_members_of(
        &mut self,
        api: &Api,
        id: ItemId,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) {
        let item = &api.items[id];
        let Some(structured) = item.structured() else {
            return;
        };
        for (index, property) in structured.properties.iter().enumerate() {
            let wire = property.name.as_str();
            let wanted = stem(wire, Case::Snake);
            let name = claim_member(scope, &wanted);
            if name != wanted {
                let what = format!("property `{wire}` of `{}`", item.name);
                let mut note = renamed(item, what, &wanted, &name);
                note.labels.clear();
                diagnostics.push(note.label(property.span, "declared here"));
            }
            self.members.insert((id, index), member_names(&name));
        }
    }
}

fn name_constants(
    selected: &[(ItemId, &Item)],
    diagnostics: &mut Diagnostics,
) -> BTreeMap<(ItemId, usize), Ident> {
    let mut constants = BTreeMap::new();
    for &(id, item) in selected {
        let ItemKind::Enumeration(enumeration) = &item.kind else {
            continue;
        };
        let mut scope = Scope::default();
        for (index, member) in enumeration.members.iter().enumerate() {
            let wire = member.name.as_str();
            let wanted = stem(wire, Case::Pascal);
            let name = claim(&mut scope, wire, Case::Pascal);
            if name.as_str() != wanted {
                let what = format!("member `{wire}` of `{}`", item.name);
                diagnostics.push(renamed(item, what, &wanted, name.as_str()));
            }
            constants.insert((id, index), name);
        }
    }
    constants
}

impl ModuleScopes {
    fn new() -> Self {
        Self { types: Scope::default(), files: Scope::with(FILES) }
    }
}

/// The methods of a member.
fn accessors(stem: &str) -> [String; 3] {
    [stem.to_owned(), mutable(stem), format!("with_{stem}")]
}

/// `Posts`
fn variant(name: &str) -> String {
    stem(name, Case::Pascal)
}

/// `posts_mut`; of a stem that has an underscore for a mark, `list_mut_`.
fn mutable(stem: &str) -> String {
    match stem.strip_suffix('_') {
        Some(bare) => format!("{bare}_mut_"),
        None => format!("{stem}_mut"),
    }
}

fn member_names(stem: &str) -> MemberNames {
    MemberNames {
        variant: Ident::of_stem(&variant(stem)),
        getter: Ident::of_stem(stem),
        argument: Ident::of_stem(if stem.len() > LONGEST_ARGUMENT { "value" } else { stem }),
        getter_mut: Ident::of_stem(&mutable(stem)),
        with: Ident::of_stem(&format!("with_{stem}")),
    }
}

fn renamed(item: &Item, what: String, wanted: &str, name: &str) -> Diagnostic {
    Diagnostic::at(
        catalogue::plan::NAME_TAKEN,
        item.span,
        format!("{what} is called `{name}` in Rust, since `{wanted}` is taken"),
    )
}

/// The names of the parameters of an action, which become members of one type.
pub(crate) fn parameter_members<'a>(wires: impl Iterator<Item = &'a str>) -> Vec<MemberNames> {
    let mut scope = Scope::default();
    wires.map(|wire| member_names(&claim_member(&mut scope, &stem(wire, Case::Snake)))).collect()
}

/// A free stem for a member: one that collides with what every view has gets an underscore.
fn claim_member(scope: &mut Scope, wanted: &str) -> String {
    let is_reserved = accessors(wanted).iter().any(|name| VIEW_METHODS.contains(&name.as_str()));
    let base = if is_reserved { &format!("{wanted}_") } else { wanted };
    scope.claim_group(base, "_", |stem| {
        let mut names = Vec::from(accessors(stem));
        names.push(variant(stem));
        names
    })
}
