//! The step of an action or function.
//!
//! In comes where the walk stands and a segment's name and arguments; out goes the walk behind the
//! call. Holds: operations of the nearest base type count, and of overloads the one whose parameters
//! fit the arguments best.

use msgraph_ir::{BoundId, BoundKind, ItemId, PathStep, Site, TypeRef, TypeTarget, WireName};

use super::index::lower;
use super::segments::{arguments, is_placeholder, unquoted};
use super::walk::{Resolver, Walk};
use super::{Ending, Leniency};

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
            Some((namespace, simple)) => (Some(self.index.namespace(namespace)), simple),
            None => (None, name),
        };
        let TypeTarget::Item(id) = at.target else {
            return false;
        };
        let simple_lower = lower(simple);
        let is_of = |candidate: BoundId| {
            namespace.is_none_or(|namespace| {
                let of = &self.api.bound[candidate].name.namespace;
                of.as_str().eq_ignore_ascii_case(namespace)
            })
        };
        // The nearest base counts: an operation of a derived type hides its base's.
        let overloads = self.api.ancestry(id).find_map(|ancestor| {
            let of = self.bound_to(ancestor, &simple_lower, at.is_collection);
            let of: Vec<BoundId> = of.iter().copied().filter(|&of| is_of(of)).collect();
            (!of.is_empty()).then_some(of)
        });
        let Some(overloads) = overloads else {
            return false;
        };
        let arguments = arguments(in_parentheses.unwrap_or_default());
        let arguments = self.with_those_of_query(walk, &overloads, arguments);
        let Some(id) = self.overload(&overloads, &arguments, in_parentheses.is_some()) else {
            return false;
        };
        let bound = &self.api.bound[id];
        walk.other_case(simple, bound.name.name.as_str());
        if bound.kind == BoundKind::Function && in_parentheses.is_none() {
            let function = bound.name.name.to_string();
            walk.lenient(Leniency::WithoutParentheses { function });
        }
        self.call(walk, id, &arguments);
        true
    }

    /// The operations that `id` itself has under `name`, which is in lower case.
    pub(super) fn bound_to(&self, id: ItemId, name: &str, is_collection: bool) -> &[BoundId] {
        match self.index.declared(id, name) {
            Some(declared) if is_collection => &declared.on_collection,
            Some(declared) => &declared.on_instance,
            None => &[],
        }
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
            let unknown = match arguments {
                [("", _)] if bound.parameters.len() == 1 => 0,
                _ => arguments.iter().filter(|(name, _)| !self.has_parameter(id, name)).count(),
            };
            let missing = self.missing(id, arguments).count();
            // Without parentheses an action is meant before a function of the same name.
            let kind = (bound.kind == BoundKind::Function) != is_call;
            (kind, unknown, missing, bound.parameters.len(), id)
        })
    }

    /// `arguments`, and those that the query gives for the parameters of a function: under the name of the
    /// parameter, with `@` in front or not.
    pub(super) fn with_those_of_query<'u>(
        &self,
        walk: &Walk<'u>,
        overloads: &[BoundId],
        mut arguments: Vec<(&'u str, &'u str)>,
    ) -> Vec<(&'u str, &'u str)> {
        let mut functions = overloads.to_vec();
        functions.retain(|&id| self.api.bound[id].kind == BoundKind::Function);
        for &(name, value) in &walk.query {
            let name = name.strip_prefix('@').unwrap_or(name);
            let is_given = arguments.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
            if !is_given && functions.iter().any(|&id| self.has_parameter(id, name)) {
                arguments.push((name, value));
            }
        }
        arguments
    }

    fn has_parameter(&self, id: BoundId, name: &str) -> bool {
        self.api.bound[id].parameters.iter().any(|p| p.name.as_str().eq_ignore_ascii_case(name))
    }

    /// The parameters that a function must have and `arguments` do not give. Those of an action stand
    /// in the body.
    fn missing<'s>(
        &'s self,
        id: BoundId,
        arguments: &'s [(&str, &str)],
    ) -> impl Iterator<Item = &'s WireName> {
        let bound = &self.api.bound[id];
        let is_function = bound.kind == BoundKind::Function;
        // A lone value without a name is that of a lone parameter.
        let is_lone = matches!(arguments, [("", _)]) && bound.parameters.len() == 1;
        bound
            .parameters
            .iter()
            .filter(move |p| is_function && !is_lone && !p.is_optional)
            .filter_map(move |p| {
                let given =
                    arguments.iter().any(|(name, _)| p.name.as_str().eq_ignore_ascii_case(name));
                (!given).then_some(&p.name)
            })
    }

    /// Takes the step of calling `id`.
    pub(super) fn call(&self, walk: &mut Walk<'_>, id: BoundId, arguments: &[(&str, &str)]) {
        let bound = &self.api.bound[id];
        let operation = || bound.name.name.to_string();
        let names: Vec<String> = self.missing(id, arguments).map(WireName::to_string).collect();
        if !names.is_empty() {
            walk.lenient(Leniency::MissingParameters { function: operation(), names });
        }
        let mut given: Vec<(WireName, String)> = Vec::new();
        for &(name, value) in arguments {
            let declared = bound
                .parameters
                .iter()
                .find(|p| p.name.as_str().eq_ignore_ascii_case(name))
                .or_else(|| bound.parameters.first().filter(|_| name.is_empty()));
            match declared {
                Some(declared) if name.is_empty() => {
                    walk.lenient(Leniency::UnnamedParameter {
                        operation: operation(),
                        name: declared.name.to_string(),
                    });
                }
                Some(declared) => walk.other_case(name, declared.name.as_str()),
                None => walk.lenient(Leniency::UnknownParameter {
                    operation: operation(),
                    name: name.to_owned(),
                }),
            }
            let name = declared.map_or_else(|| WireName::new(name), |p| p.name.clone());
            given.push((name, value.to_owned()));
        }
        // Those of an action stand in the body.
        if bound.kind == BoundKind::Function {
            for parameter in &bound.parameters {
                let value = given.iter().find(|(name, _)| *name == parameter.name);
                let value = value.map_or("", |(_, value)| value.as_str());
                let bare = unquoted(value);
                let is_parameter = is_placeholder(&bare);
                let value = if is_parameter {
                    bare.into_owned()
                } else {
                    self.argument(walk, parameter, value)
                };
                walk.values.push(value);
            }
        }
        walk.steps.push(PathStep::Bound(id, given));
        walk.site = Some(Site::Bound(id));
        walk.on_item = false;
        walk.ending = Ending::Plain;
        walk.at = bound.returns;
    }
}
