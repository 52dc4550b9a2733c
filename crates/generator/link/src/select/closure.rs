//! From operations to all types that they need.
//!
//! In come the roots; out goes the selection, closed under base types and the types of members, both
//! structural and navigation. Types derived from a selected one are not followed: of all Graph's
//! types a third derives from `entity`. Holds: each type carries the reason that brought it in first.

use std::collections::VecDeque;
use std::collections::btree_map::Entry;

use msgraph_ir::{
    Api, BoundOperation, ItemId, Operation, OperationId, PathStep, Selection, Site, TypeRef,
    TypeTarget,
};

use super::roots::Roots;

/// Closes over `roots`.
pub(crate) fn close(api: &mut Api, roots: Roots) {
    let is_whole = roots.is_whole;
    let operations = in_order(api, roots.operations);
    let mut closure = Closure { api, selection: Selection::default(), waiting: VecDeque::new() };
    for &id in &operations {
        closure.operation(id);
    }
    for (id, reason) in roots.items {
        closure.add(TypeTarget::Item(id), || reason);
    }
    closure.follow();
    let selection = Selection { operations, is_whole, ..closure.selection };
    api.selection = selection;
}

/// Operations in the order of their paths, then of their methods.
pub(crate) fn in_order(
    api: &Api,
    operations: impl IntoIterator<Item = OperationId>,
) -> Vec<OperationId> {
    let path = |id: OperationId| {
        let operation = &api.operations[id];
        (operation.paths.first().map(|path| path.template.as_str()), operation.method, id)
    };
    let mut operations: Vec<OperationId> = operations.into_iter().collect();
    operations.sort_by(|&a, &b| path(a).cmp(&path(b)));
    operations
}

struct Closure<'a> {
    api: &'a Api,
    selection: Selection,
    waiting: VecDeque<ItemId>,
}

impl Closure<'_> {
    fn operation(&mut self, id: OperationId) {
        let api = self.api;
        let operation: &Operation = &api.operations[id];
        let path = operation.paths.first().map_or("", |path| path.template.as_str());
        let name = format!("{} {path}", operation.method.as_str());
        if let Some(TypeRef { target, .. }) = operation.request {
            self.add(target, || format!("request body of {name}"));
        }
        for response in &operation.responses {
            if let Some(TypeRef { target, .. }) = response.value.body {
                self.add(target, || format!("answer of {name}"));
            }
        }
        for error in &operation.errors {
            if let Some(TypeRef { target, .. }) = error.body {
                self.add(target, || format!("answer {} of {name}", error.status));
            }
        }
        for parameter in &operation.parameters {
            let of = format!("parameter {} of {name}", parameter.name);
            self.add(parameter.type_ref.target, || of);
        }
        // Functions on the way take arguments, too.
        let on_the_way = operation.paths.iter().flat_map(|path| &path.steps);
        let called = on_the_way.filter_map(|step| match step {
            PathStep::Bound(id, _) => Some(*id),
            _ => None,
        });
        let at_end = match operation.site {
            Site::Bound(id) => Some(id),
            Site::Root(_) | Site::Property { .. } | Site::Segment(_) => None,
        };
        for id in called.chain(at_end) {
            let bound: &BoundOperation = &api.bound[id];
            for parameter in &bound.parameters {
                let of = format!("parameter {} of {name}", parameter.name);
                self.add(parameter.type_ref.target, || of);
            }
        }
    }

    fn add(&mut self, target: TypeTarget, reason: impl FnOnce() -> String) {
        let TypeTarget::Item(id) = target else { return };
        if let Entry::Vacant(entry) = self.selection.items.entry(id) {
            entry.insert(reason());
            self.waiting.push_back(id);
        }
    }

    fn follow(&mut self) {
        let api = self.api;
        while let Some(id) = self.waiting.pop_front() {
            let item = &api.items[id];
            let Some(structured) = item.structured() else {
                continue;
            };
            if let Some(base) = structured.base {
                self.add(TypeTarget::Item(base), || format!("base type of {}", item.name.name));
            }
            for property in &structured.properties {
                self.add(property.type_ref.target, || {
                    format!("type of {}.{}", item.name.name, property.name)
                });
            }
        }
    }
}
