//! Which Rust names things of the model get, for those who ask by either.
//!
//! In comes the API with its selection; out go the paths of types, members and operations. Holds: the
//! names are those of the plan, since the same passes give them.

use std::collections::BTreeMap;

use msgraph_ir::{Api, ItemId, ItemKind, OperationId};
use msgraph_source::Diagnostics;

use super::Lowering;
use super::operations::Planned;
use crate::Options;
use crate::data::MemberNames;
use crate::naming::{Ident, Names};

/// The Rust paths of what is selected, from the crate of types on:
/// `msgraph_v1_models::graph::ConversationThread`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RustNames {
    /// The types.
    pub types: BTreeMap<ItemId, String>,
    /// The members of types, and those of enumerations, by the place in the declaring type: what
    /// reads the member first, then its other names.
    pub members: BTreeMap<(ItemId, usize), Vec<String>>,
    /// The operations.
    pub operations: BTreeMap<OperationId, String>,
}

/// The Rust names of what `api` selects.
pub fn rust_names(api: &Api, options: &Options) -> RustNames {
    let mut diagnostics = Diagnostics::new();
    let names = Names::of(api, &mut diagnostics);
    let mut lowering = Lowering::new(api, options, &names);
    let planned = lowering.operations(&mut super::parameter_types::ParameterTypes::default());
    let library = format!("{}_models", options.crate_prefix.replace('-', "_"));
    let mut found = RustNames::default();
    for &id in api.selection.items.keys() {
        let Some(path) = lowering.type_path(id) else {
            continue;
        };
        let path = format!("{library}::{path}");
        let count = match &api.items[id].kind {
            ItemKind::Entity(structured) | ItemKind::Complex(structured) => {
                structured.properties.len()
            }
            ItemKind::Enumeration(enumeration) => enumeration.members.len(),
            ItemKind::TypeDefinition(_) => 0,
        };
        for index in 0..count {
            let (idents, variant) =
                match (lowering.names.member(id, index), lowering.names.constant(id, index)) {
                    (Some(member), _) => (in_order(member), Some(&member.variant)),
                    (None, Some(constant)) => (vec![constant], None),
                    (None, None) => continue,
                };
            let mut paths: Vec<String> =
                idents.iter().map(|ident| format!("{path}::{ident}")).collect();
            if let (Some(variant), Some(schema)) = (variant, lowering.schema_path(id)) {
                paths.push(format!("{library}::{schema}::{variant}"));
            }
            found.members.insert((id, index), paths);
        }
        found.types.insert(id, path);
    }
    for planned in &planned {
        let path = format!("{library}::{}", operation_path(planned));
        found.operations.insert(planned.id, path);
    }
    found
}

impl Lowering<'_> {
    /// Where the crate of types has a type: `graph::ConversationThread`.
    pub(super) fn type_path(&self, id: ItemId) -> Option<String> {
        let path = &self.names.item(id)?.path;
        Some(joined(path.module.iter().chain([&path.name])))
    }

    /// Where the crate of types names the properties of a type: `graph::schema::ConversationThread`.
    fn schema_path(&self, id: ItemId) -> Option<String> {
        let path = &self.names.item(id)?.path;
        Some(format!("{}::schema::{}", joined(&path.module), path.name))
    }
}

/// Where the crate of types has an operation: `operations::groups::CreateThreads`.
pub(super) fn operation_path(planned: &Planned) -> String {
    format!("operations::{}", joined(&planned.operation.full_path()))
}

/// What reads the member first.
fn in_order(names: &MemberNames) -> Vec<&Ident> {
    vec![&names.getter, &names.getter_mut, &names.with]
}

fn joined<'i>(idents: impl IntoIterator<Item = &'i Ident>) -> String {
    idents.into_iter().map(Ident::to_string).collect::<Vec<String>>().join("::")
}
