//! Where types and operations went.
//!
//! In comes what was planned; out goes, for each selected type and operation that is generated, its
//! path in the crate of types and the files of its contract tests.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowering;
use super::operations::Planned;
use super::rust_names::operation_path;
use crate::data::{Location, Server};
use crate::naming::Ident;

impl Lowering<'_> {
    /// Types first, then operations.
    pub(super) fn locations(&self, planned: &[Planned], server: &Server) -> Vec<Location> {
        let types = self.api.selection.items.keys().filter_map(|&id| {
            let rust = self.type_path(id)?;
            Some(Location { wire: self.api.items[id].name.to_string(), rust, tests: Vec::new() })
        });
        let mut tests: BTreeMap<&[Ident], BTreeSet<String>> = BTreeMap::new();
        for page in &server.contract {
            let file = format!("server/tests/contract/{}.rs", page.file.bare());
            for test in &page.tests {
                tests.entry(&test.operation).or_default().insert(file.clone());
            }
        }
        let operations = planned.iter().map(|planned| {
            let path = planned.operation.full_path();
            let tests = tests.get(path.as_slice()).cloned().unwrap_or_default();
            Location {
                wire: self.api.operation_name(planned.id),
                rust: operation_path(planned),
                tests: tests.into_iter().collect(),
            }
        });
        types.chain(operations).collect()
    }
}
