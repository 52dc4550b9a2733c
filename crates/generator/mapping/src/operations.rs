//! Actions and functions: from the paths that end in one.

use std::collections::{BTreeMap, BTreeSet};

use msgraph_csdl::{
    Annotation, Operation as Syntax, OperationKind, Parameter as SyntaxParameter, ReturnType,
};
use msgraph_openapi::{Document, Operation};
use msgraph_source::{Span, Spanned};

use crate::annotations;
use crate::body::{answer, sent_schema};
use crate::names::Names;
use crate::schemas::Model;
use crate::template::{Arguments, Segment};
use crate::value::{Value, value};

/// An action or a function.
pub(crate) struct Bound {
    /// Action or function.
    pub(crate) kind: OperationKind,
    /// The namespace.
    pub(crate) namespace: String,
    /// The name.
    pub(crate) name: Spanned<String>,
    /// The type that it is bound to, and whether to a collection; none at the root.
    pub(crate) binding: Option<(String, bool)>,
    /// The other parameters.
    pub(crate) parameters: Vec<Parameter>,
    /// What it answers.
    pub(crate) returns: Option<Value>,
    /// Whether a path goes on behind it.
    pub(crate) is_composable: bool,
    /// What is said of it.
    annotations: Vec<Annotation>,
    span: Span,
}

/// A parameter of an action or a function.
#[derive(PartialEq)]
pub(crate) struct Parameter {
    name: Spanned<String>,
    value: Value,
    is_optional: bool,
    description: Option<Annotation>,
}

/// The action or function that `segment` calls, as `operation` describes it.
pub(crate) fn bound(
    document: &Document,
    names: &Names,
    (namespace, name): (String, Spanned<String>),
    binding: Option<(String, bool)>,
    segment: &Segment<'_>,
    operation: Operation<'_>,
) -> Bound {
    let is_action = operation.method.value == "post";
    let parameters = match is_action {
        true => of_action(document, names, operation),
        false => of_function(document, names, segment, operation),
    };
    let said = operation.json();
    let mut annotations = Vec::new();
    annotations.extend(said.get("description").and_then(annotations::description));
    annotations.extend(operation.is_deprecated().then(|| annotations::deprecation(said)));
    Bound {
        kind: if is_action { OperationKind::Action } else { OperationKind::Function },
        namespace,
        name,
        binding,
        parameters,
        returns: answer(document, names, operation),
        is_composable: false,
        annotations,
        span: operation.span(),
    }
}

fn of_action(document: &Document, names: &Names, operation: Operation<'_>) -> Vec<Parameter> {
    let Some(schema) = sent_schema(operation) else { return Vec::new() };
    let schema = match schema.reference() {
        Some(reference) => document.schema(&reference.value).unwrap_or(schema),
        None => schema,
    };
    let members = schema.properties().filter(|(name, _)| !name.value.contains('@'));
    members
        .map(|(name, member)| Parameter {
            name: name.map(str::to_owned),
            value: value(document, names, member),
            is_optional: false,
            description: member.json().get("description").and_then(annotations::description),
        })
        .collect()
}

fn of_function(
    document: &Document,
    names: &Names,
    segment: &Segment<'_>,
    operation: Operation<'_>,
) -> Vec<Parameter> {
    let Some(Arguments::Named(arguments)) = segment.arguments() else { return Vec::new() };
    let stated = operation.parameters();
    let parameter = |(name, placeholder): (&str, &str)| {
        let of = stated.iter().find(|parameter| parameter.name.value == placeholder);
        let span = of.map_or(operation.span(), |of| of.name.span);
        let text = || Value {
            name: "Edm.String".to_owned(),
            span,
            is_collection: false,
            is_nullable: true,
        };
        let schema = of.and_then(|of| of.schema());
        let is_optional = of.is_some_and(|of| !of.is_required());
        Parameter {
            name: Spanned::new(name.to_owned(), span),
            value: schema.map_or_else(text, |schema| value(document, names, schema)),
            is_optional,
            description: None,
        }
    };
    arguments.into_iter().map(parameter).collect()
}

/// How an operation is called, whatever it is bound to.
type Call = (OperationKind, String, String, Vec<(String, String, bool)>, Option<bool>);

impl Bound {
    fn call(&self) -> Call {
        let parameter =
            |it: &Parameter| (it.name.value.clone(), it.value.name.clone(), it.value.is_collection);
        (
            self.kind,
            self.namespace.clone(),
            self.name.value.clone(),
            self.parameters.iter().map(parameter).collect(),
            self.binding.as_ref().map(|(_, is_collection)| *is_collection),
        )
    }

    /// The type that it is bound to; at the root the empty name.
    fn bound_to(&self) -> &str {
        self.binding.as_ref().map_or("", |(name, _)| name.as_str())
    }

    /// As metadata declares it.
    pub(crate) fn into_syntax(self) -> Syntax {
        let span = self.span;
        let is_bound = self.binding.is_some();
        let mut parameters = Vec::new();
        if let Some((name, is_collection)) = self.binding {
            let value = Value { name, span, is_collection, is_nullable: true };
            parameters.push(syntax(Parameter {
                name: Spanned::new("bindingParameter".to_owned(), span),
                value,
                is_optional: false,
                description: None,
            }));
        }
        parameters.extend(self.parameters.into_iter().map(syntax));
        Syntax {
            kind: self.kind,
            name: self.name,
            is_bound: is_bound.then(|| Spanned::new(true, span)),
            is_composable: self.is_composable.then(|| Spanned::new(true, span)),
            entity_set_path: None,
            parameters,
            return_type: self.returns.map(|returns| ReturnType {
                type_name: returns.type_name(),
                facets: returns.facets(),
                annotations: Vec::new(),
                span: returns.span,
            }),
            annotations: self.annotations,
            span,
        }
    }
}

fn syntax(parameter: Parameter) -> SyntaxParameter {
    let span = parameter.name.span;
    let optional = parameter.is_optional.then(|| annotations::optional(span));
    SyntaxParameter {
        name: parameter.name,
        type_name: parameter.value.type_name(),
        facets: parameter.value.facets(),
        annotations: parameter.description.into_iter().chain(optional).collect(),
        span,
    }
}

/// Each once: what is bound to a type is shown at all places of what derives from it.
pub(crate) fn unique(all: Vec<Bound>, model: &Model<'_>) -> Vec<Bound> {
    let mut bound: BTreeMap<Call, BTreeSet<String>> = BTreeMap::new();
    for one in &all {
        bound.entry(one.call()).or_default().insert(one.bound_to().to_owned());
    }
    // The type that one is bound to in truth: the last base type for which it is shown, too.
    let origin = |one: &Bound| {
        let shown = bound.get(&one.call());
        let types = model.ancestry(one.bound_to()).map(|base| base.name.value.as_str());
        let last = types.filter(|name| shown.is_some_and(|shown| shown.contains(*name))).last();
        last.unwrap_or_else(|| one.bound_to()).to_owned()
    };
    let mut kept: Vec<Bound> = Vec::new();
    let mut places: BTreeMap<(Call, String), usize> = BTreeMap::new();
    for one in all {
        let origin = origin(&one);
        let is_own = origin == one.bound_to();
        match places.get(&(one.call(), origin.clone())).copied() {
            Some(at) => {
                let Some(known) = kept.get_mut(at) else { continue };
                let is_composable = known.is_composable || one.is_composable;
                if is_own && known.bound_to() != origin {
                    *known = one;
                }
                known.is_composable = is_composable;
            }
            None => {
                places.insert((one.call(), origin), kept.len());
                kept.push(one);
            }
        }
    }
    kept
}
