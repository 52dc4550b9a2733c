//! Operations in modules, by the segments of their paths.

use std::collections::BTreeMap;

use super::operations::Planned;
use super::{code, paragraph};
use crate::data::OperationModule;
use crate::naming::{Case, Ident, Scope, claim};

/// The operations in modules, as they are emitted.
pub(super) fn operation_modules(planned: &[Planned]) -> Vec<OperationModule> {
    let mut roots: Vec<OperationModule> = Vec::new();
    for planned in planned {
        let mut level = &mut roots;
        let path = &planned.operation.module;
        for (index, name) in path.iter().enumerate() {
            let at = match level.iter().position(|module| module.path.last() == Some(name)) {
                Some(at) => at,
                None => {
                    level.push(OperationModule {
                        path: path.iter().take(index + 1).cloned().collect(),
                        docs: paragraph(&format!(
                            "Operations below {}.",
                            code(&segments(path, index))
                        )),
                        children: Vec::new(),
                        operations: Vec::new(),
                    });
                    level.len() - 1
                }
            };
            let Some(module) = level.get_mut(at) else { break };
            if index + 1 == path.len() {
                module.operations.push(planned.operation.clone());
            }
            level = &mut module.children;
        }
    }
    sort(&mut roots);
    roots
}

fn sort(modules: &mut [OperationModule]) {
    modules.sort_by(|a, b| a.path.cmp(&b.path));
    for module in modules {
        module.operations.sort_by(|a, b| a.name.cmp(&b.name));
        sort(&mut module.children);
    }
}

fn segments(path: &[Ident], last: usize) -> String {
    path.iter().take(last + 1).map(|name| format!("/{}", name.bare())).collect()
}

/// Modules of operations by their wire segments, unique where two segments become one name.
#[derive(Default)]
pub(super) struct ModuleNames {
    known: BTreeMap<Vec<String>, Vec<Ident>>,
    scopes: BTreeMap<Vec<Ident>, Scope>,
}

impl ModuleNames {
    /// The module of these segments.
    pub(super) fn path(&mut self, segments: &[String]) -> Vec<Ident> {
        let mut path: Vec<Ident> = Vec::new();
        for end in 1..=segments.len() {
            let Some((wire, last)) = segments.get(..end).and_then(|s| Some((s, s.last()?))) else {
                break;
            };
            if let Some(known) = self.known.get(wire) {
                path.clone_from(known);
                continue;
            }
            let scope = self.scopes.entry(path.clone()).or_insert_with(Scope::files);
            let ident = claim(scope, last, Case::Snake);
            path.push(ident);
            self.known.insert(wire.to_vec(), path.clone());
        }
        path
    }
}
