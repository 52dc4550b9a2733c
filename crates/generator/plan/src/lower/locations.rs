//! Where types and operations went.
//!
//! In comes what was planned; out goes, for each selected type and operation that is generated, its
//! path in the crate of types and the files of its contract tests.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowering;
use super::operations::Planned;
use super::rust_names::operation_path;
use crate::data::{Location, Server};

impl Lowering<'_> {
    /// Types first, then operations.
    pub(super) fn locations(&self, planned: &[Planned], server: &Server) -> Vec<Location> {
        let types = self.api.selection.items.keys().filter_map(|&id| {
            let rust = self.type_path(id)?;
            Some(Location { wire: self.api.items[id].name.to_string(), rust, tests: Vec::new() })
        });
        let mut tests: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for page in &server.contract.pages {
            let file = format!("server/tests/contract/{}.json", page.file.bare());
            for run in page.examples.iter().filter_map(|example| example.run.as_ref().ok()) {
                tests.entry(&run.operation).or_default().insert(file.clone());
            }
        }
        let operations = planned.iter().map(|planned| {
            let operation = &planned.operation;
            let name = format!("{} {}", operation.method, operation.path);
            let tests = tests.get(name.as_str()).cloned().unwrap_or_default();
            Location {
                wire: self.api.operation_name(planned.id),
                rust: operation_path(planned),
                tests: tests.into_iter().collect(),
            }
        });
        types.chain(operations).collect()
    }
}
