//! The types of parameters: those of actions in the body, and those beside the path of services that are no OData.

use std::collections::BTreeMap;

use msgraph_ir::{BoundId, Operation as IrOperation, TypeTarget};

use super::members::MemberSource;
use super::{Lowering, code, paragraph};
use crate::data::{Member, ModelType, Parameters, Placed, Structured, TypePath};
use crate::naming::{Case, Ident, Scope, claim, parameter_members, stem};
use crate::prose::DocText;

/// The types of parameters: those of actions, and the names of all.
#[derive(Default)]
pub(super) struct ParameterTypes {
    types: BTreeMap<BoundId, TypePath>,
    pub(super) scope: Scope,
}

impl Lowering<'_> {
    /// The type of the parameters of an action, which is made once.
    pub(super) fn parameters_of(
        &mut self,
        id: BoundId,
        parameters: &mut ParameterTypes,
    ) -> TypePath {
        if let Some(path) = parameters.types.get(&id) {
            return path.clone();
        }
        let path = self.parameter_type(id, &mut parameters.scope);
        parameters.types.insert(id, path.clone());
        path
    }

    /// The complex type that holds the parameters of an action.
    fn parameter_type(&mut self, id: BoundId, scope: &mut Scope) -> TypePath {
        let bound = &self.api.bound[id];
        let binding = match bound.binding.map(|binding| binding.target) {
            Some(TypeTarget::Item(id)) => self.api.items[id].name.name.to_string(),
            _ => String::new(),
        };
        let names = parameter_members(bound.parameters.iter().map(|p| p.name.as_str()));
        self.parameter_names.insert(id, names.clone());
        let members = bound
            .parameters
            .iter()
            .zip(names)
            .zip(0..)
            .map(|((parameter, names), slot)| {
                let wire = parameter.name.as_str();
                let source = MemberSource {
                    wire,
                    type_ref: parameter.type_ref,
                    docs: paragraph(&format!("The parameter {}.", code(wire))),
                    deprecated: None,
                    span: parameter.span,
                };
                self.member(source, slot, names)
            })
            .collect();
        let name_of = code(&bound.name.to_string());
        let docs = paragraph(&format!("The parameters of the action {name_of}."));
        let wanted = format!("{binding} {} parameters", bound.name.name);
        self.object_of_parameters(&wanted, &bound.name.to_string(), docs, members, scope)
    }

    /// A type of parameters. Those of an action are read in any case, since documents spell them otherwise.
    fn object_of_parameters(
        &mut self,
        wanted: &str,
        wire: &str,
        docs: DocText,
        members: Vec<Member>,
        scope: &mut Scope,
    ) -> TypePath {
        let name = claim(scope, wanted, Case::Pascal);
        let file = Ident::of_stem(&stem(name.as_str(), Case::Snake));
        let module = vec![Ident::fixed("parameters")];
        let path = TypePath { module, name, file };
        self.parameter_types.push(ModelType::Structured(Structured {
            path: path.clone(),
            wire: wire.to_owned(),
            docs,
            deprecated: None,
            base: None,
            derived: Vec::new(),
            is_entity: false,
            is_open: false,
            is_abstract: false,
            is_read_in_any_case: self.api.service.is_none(),
            inherited: 0,
            members,
            inherited_members: Vec::new(),
        }));
        path
    }

    /// The parameters beside the path, and the type that holds them.
    pub(super) fn beside_the_path(
        &mut self,
        operation: &IrOperation,
        name: &str,
        scope: &mut Scope,
    ) -> Option<Parameters> {
        if operation.parameters.is_empty() {
            return None;
        }
        let names = parameter_members(operation.parameters.iter().map(|of| of.name.as_str()));
        let members = operation.parameters.iter().zip(names).zip(0..).map(|((of, names), slot)| {
            let wire = of.name.as_str();
            let place = format!("The parameter {} of the {}.", code(wire), of.location.word());
            let docs = match &of.description {
                Some(prose) => self.operation_prose().text(&prose.value).paragraph(&place),
                None => paragraph(&place),
            };
            let deprecated = self.deprecation(of.deprecation.as_ref());
            let source =
                MemberSource { wire, type_ref: of.type_ref, docs, deprecated, span: of.span };
            self.member(source, slot, names)
        });
        let members = members.collect();
        let placed = operation.parameters.iter().map(|of| Placed {
            name: of.name.to_string(),
            location: of.location,
            separator: of.separator,
            is_required: of.is_required,
        });
        let docs = paragraph(&format!("The parameters of {}.", code(name)));
        let path =
            self.object_of_parameters(&format!("{name} parameters"), name, docs, members, scope);
        Some(Parameters { path, placed: placed.collect() })
    }
}
