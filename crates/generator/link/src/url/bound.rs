//! The step of a bound action or function.
//!
//! In comes where the walk stands and a segment's name and arguments; out goes the walk behind the
//! call. Holds: operations of the nearest base type count, and of overloads the one whose parameters
//! fit the arguments best.

use msgraph_ir::{BoundId, BoundKind, PathStep, Site, TypeRef, TypeTarget, WireName};

use super::Ending;
use super::segments::{arguments, is_placeholder};
use super::walk::{Resolver, Walk};

impl Resolver<'_> {
    /// Takes the step of a bound operation of this name, if there is one.
    pub(super) fn operation(
        &self,
        walk: &mut Walk<'_>,
        name: &str,
        in_parentheses: Option<&str>,
        at: TypeRef,
    ) -> bool {
        let (namespace, simple) = match name.rsplit_once('.') {
            Some((namespace, simple)) => {
                (Some(self.aliases.get(namespace).copied().unwrap_or(namespace)), simple)
            }
            None => (None, name),
        };
        let TypeTarget::Item(id) = at.target else {
            return false;
        };
        let Some(candidates) = self.bound.get(&simple.to_ascii_lowercase()) else {
            return false;
        };
        // The nearest base counts: an operation of a derived type hides its base's.
        let overloads = self.api.ancestry(id).find_map(|ancestor| {
            let of: Vec<BoundId> = candidates
                .iter()
                .copied()
                .filter(|&candidate| {
                    let bound = &self.api.bound[candidate];
                    bound.binding.is_some_and(|binding| {
                        binding.target == TypeTarget::Item(ancestor)
                            && binding.is_collection == at.is_collection
                    }) && namespace.is_none_or(|namespace| {
                        bound.name.namespace.as_str().eq_ignore_ascii_case(namespace)
                    })
                })
                .collect();
            (!of.is_empty()).then_some(of)
        });
        let Some(overloads) = overloads else {
            return false;
        };
        let arguments = arguments(in_parentheses.unwrap_or_default());
        let Some(id) = self.overload(&overloads, &arguments, in_parentheses.is_some()) else {
            return false;
        };
        let bound = &self.api.bound[id];
        if bound.name.name.as_str() != simple {
            walk.leniencies.push(format!("`{simple}` is spelled `{}`", bound.name.name));
        }
        if bound.kind == BoundKind::Function && in_parentheses.is_none() {
            walk.leniencies.push(format!("the function `{simple}` is called without parentheses"));
        }
        self.call(walk, id, &arguments);
        true
    }

    /// The overload that fits the arguments best: all names known, all required ones given, and as
    /// few parameters as possible.
    pub(super) fn overload(
        &self,
        overloads: &[BoundId],
        arguments: &[(&str, &str)],
        is_call: bool,
    ) -> Option<BoundId> {
        overloads.iter().copied().min_by_key(|&id| {
            let bound = &self.api.bound[id];
            let known = |name: &str| {
                bound.parameters.iter().any(|p| p.name.as_str().eq_ignore_ascii_case(name))
            };
            let unknown = arguments.iter().filter(|(name, _)| !known(name)).count();
            let missing = bound
                .parameters
                .iter()
                .filter(|p| {
                    !p.is_optional
                        && !arguments
                            .iter()
                            .any(|(name, _)| p.name.as_str().eq_ignore_ascii_case(name))
                })
                .count();
            // Without parentheses an action is meant before a function of the same name.
            let kind = (bound.kind == BoundKind::Function) != is_call;
            let missing = if bound.kind == BoundKind::Function { missing } else { 0 };
            (kind, unknown, missing, bound.parameters.len(), id)
        })
    }

    pub(super) fn call(&self, walk: &mut Walk<'_>, id: BoundId, arguments: &[(&str, &str)]) {
        let bound = &self.api.bound[id];
        let arguments: Vec<(WireName, String)> = arguments
            .iter()
            .map(|&(name, value)| {
                let declared = bound
                    .parameters
                    .iter()
                    .find(|p| p.name.as_str().eq_ignore_ascii_case(name))
                    // A lone value without a name is that of a lone parameter.
                    .or_else(|| bound.parameters.first().filter(|_| name.is_empty()));
                let name = declared.map_or_else(|| WireName::new(name), |p| p.name.clone());
                (name, value.to_owned())
            })
            .collect();
        for (_, value) in &arguments {
            let unquoted = value.trim_matches('\'');
            walk.values.push(if is_placeholder(unquoted) { unquoted } else { value }.to_owned());
        }
        walk.steps.push(PathStep::Bound(id, arguments));
        walk.site = Some(Site::Bound(id));
        walk.on_item = false;
        walk.ending = Ending::Plain;
        walk.at = bound.returns;
    }
}
