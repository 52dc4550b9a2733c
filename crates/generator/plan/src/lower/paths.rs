//! Paths: from steps in the model to templates, parameters, and the builders on the way.
//!
//! What a path cannot be walked for, is said in words; the operation is then left out.

use msgraph_ir::{
    Api, BoundId, BoundKind, BoundOperation, ItemId, Key, Path, PathStep, RootKind, Site, TypeRef,
    TypeTarget, WireName,
};

use super::members::primitive_shape;
use super::path_arguments::{argument_type, need};
use super::path_names::{cast_label, clean, label, parameter_name, segment_text};
use crate::data::{
    ArgumentType, Need, NodeShape, PathArgument, PathParameter, PathValue, Scalar, Shape,
};
use crate::naming::{Case, LOCALS, Names, Scope, claim};

/// A path, walked.
#[derive(Clone, Debug, Default)]
pub(super) struct Walk {
    /// Which of the operation's paths this is.
    pub index: usize,
    /// `/groups/{group-id}/threads`
    pub template: String,
    /// The parameters, in order.
    pub parameters: Vec<PathParameter>,
    /// The static segments, by which operations are named; the last with the casts behind it.
    pub statics: Vec<String>,
    /// The steps.
    pub steps: Vec<Step>,
}

/// A step of a path, and where it leads.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// From where; none at the root.
    pub from: Option<Place>,
    /// By what.
    pub by: By,
    /// To where.
    pub to: Place,
}

/// What a step adds to the path.
#[derive(Clone, Debug)]
pub(super) enum By {
    /// A static segment: as named on the wire, and as written in a path.
    Segment(String, String),
    /// An ending: `$count`.
    Ending(&'static str),
    /// A key, which is the parameter at this index.
    Key(usize),
    /// A function: its name on the wire, and its arguments, the parameters at these indices.
    Call(String, Vec<usize>),
    /// An alternate key: the parameters at these indices.
    AlternateKey(Vec<usize>),
    /// The path to an item below, which is the parameter at this index.
    Path(usize),
}

/// Where a path has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub shape: NodeShape,
    pub resource: ItemId,
    pub site: Site,
}

/// Walks `path`, the one at `index` of its operation, or says why it cannot be walked.
pub(super) fn walk(api: &Api, names: &Names, index: usize, path: &Path) -> Result<Walk, String> {
    let mut walker = Walker {
        api,
        names,
        walk: Walk {
            index,
            template: String::new(),
            parameters: Vec::new(),
            statics: Vec::new(),
            steps: Vec::new(),
        },
        place: None,
        is_addressed: false,
        arguments: Scope::with(LOCALS),
    };
    for step in &path.steps {
        walker.step(step)?;
    }
    if walker.walk.steps.is_empty() {
        return Err("its path is empty".to_owned());
    }
    Ok(walker.walk)
}

struct Walker<'a> {
    api: &'a Api,
    names: &'a Names,
    walk: Walk,
    place: Option<Place>,
    /// Whether the template ends in the path to an item, which a colon closes.
    is_addressed: bool,
    arguments: Scope,
}

impl Walker<'_> {
    fn step(&mut self, step: &PathStep) -> Result<(), String> {
        let api = self.api;
        match step {
            &PathStep::Root(index) => {
                let root = api.container.roots.get(index).ok_or("its root is unknown")?;
                let shape = match root.kind {
                    RootKind::EntitySet => NodeShape::Collection,
                    RootKind::Singleton => NodeShape::Item,
                };
                let to = Place { shape, resource: root.target, site: Site::Root(index) };
                self.segment(root.name.as_str(), to);
            }
            &PathStep::Property { owner, index } => {
                let structured = api.items[owner].structured();
                let property = structured
                    .and_then(|s| s.properties.get(index))
                    .ok_or("a property on its path is unknown")?;
                let site = Site::Property { owner, index };
                let entered = match property.type_ref.target {
                    TypeTarget::Item(id) => Some(id).filter(|&id| is_structured(api, id)),
                    TypeTarget::Primitive(_) | TypeTarget::Json => None,
                };
                let (shape, resource) = match (entered, self.place) {
                    (Some(resource), _) if property.type_ref.is_collection => {
                        (NodeShape::Collection, resource)
                    }
                    (Some(resource), _) => (NodeShape::Item, resource),
                    // A value is no place of its own type, but one of the type that has it.
                    (None, Some(place)) => (NodeShape::Value, place.resource),
                    (None, None) => return Err("its path begins with a value".to_owned()),
                };
                self.segment(property.name.as_str(), Place { shape, resource, site });
            }
            PathStep::Key { .. } => self.key()?,
            PathStep::AlternateKey(parts) => self.alternate_key(parts)?,
            PathStep::ByPath(_) => self.by_path()?,
            &PathStep::Cast(resource) => {
                let place = self.place.ok_or("its path begins with a cast")?;
                let item = &api.items[resource];
                let written = segment_text(&item.name.to_string());
                self.slash();
                self.walk.template.push_str(&written);
                self.qualify(&cast_label(api, resource));
                let namespace = item.name.namespace.as_str();
                let namespace = namespace.strip_prefix("microsoft.").unwrap_or(namespace);
                let shown = format!("{namespace} {}", item.name.name);
                self.push(By::Segment(shown, written), Place { resource, ..place });
            }
            PathStep::Bound(id, _) => self.bound(*id)?,
            PathStep::Count => self.ending("$count", NodeShape::Count)?,
            PathStep::Value => self.ending("$value", NodeShape::Value)?,
            PathStep::Ref => {
                let is_collection = self.place.is_some_and(|p| p.shape == NodeShape::Collection);
                let shape = if is_collection { NodeShape::Refs } else { NodeShape::Ref };
                self.ending("$ref", shape)?;
            }
        }
        Ok(())
    }

    fn bound(&mut self, id: BoundId) -> Result<(), String> {
        let bound = &self.api.bound[id];
        let place = self.place.ok_or("it is bound to nothing")?;
        let (shape, resource) = called(bound).unwrap_or((NodeShape::Bound, place.resource));
        let to = Place { shape, resource, site: Site::Bound(id) };
        let wire = bound.name.name.as_str();
        if bound.kind == BoundKind::Action || bound.parameters.is_empty() {
            self.segment(wire, to);
            return Ok(());
        }
        let mut indices = Vec::new();
        for parameter in &bound.parameters {
            let need = need(parameter);
            indices.push(self.argument(&parameter.name, parameter.type_ref, need)?);
        }
        self.slash();
        self.walk.template.push_str(&segment_text(wire));
        self.parentheses(&indices);
        self.walk.statics.push(label(bound));
        self.push(By::Call(wire.to_owned(), indices), to);
        Ok(())
    }

    fn ending(&mut self, wire: &'static str, shape: NodeShape) -> Result<(), String> {
        let place = self.place.ok_or("its path is an ending alone")?;
        self.slash();
        self.walk.template.push_str(wire);
        self.walk.statics.push(wire.to_owned());
        self.push(By::Ending(wire), Place { shape, ..place });
        Ok(())
    }

    /// The index of the parameter that is the argument `name`.
    fn argument(&mut self, name: &WireName, of: TypeRef, need: Need) -> Result<usize, String> {
        let refused = || format!("the argument `{name}` in its path has a type that no URL holds");
        let of = argument_type(self.api, self.names, of).ok_or_else(refused)?;
        let argument = PathArgument { name: name.to_string(), of, need };
        let wanted = clean(name.as_str(), "_");
        let wanted = if wanted.is_empty() { "argument".to_owned() } else { wanted };
        Ok(self.parameter(wanted, PathValue::Argument(argument)))
    }

    /// The arguments as they stand in a template: `(period='{period}',date={date?})`.
    fn parentheses(&mut self, indices: &[usize]) {
        let written: Vec<String> = indices
            .iter()
            .filter_map(|&index| self.walk.parameters.get(index))
            .filter_map(|parameter| match &parameter.value {
                PathValue::Argument(argument) => Some((parameter, argument)),
                PathValue::Text | PathValue::Key(_) => None,
            })
            .map(|(parameter, argument)| {
                let name = segment_text(&argument.name);
                let mark = if argument.need == Need::Optional { "?" } else { "" };
                let quote = match argument.of {
                    ArgumentType::Text | ArgumentType::Enumeration(_) => "'",
                    ArgumentType::Scalar(_) | ArgumentType::Texts => "",
                };
                format!("{name}={quote}{{{}{mark}}}{quote}", parameter.wire)
            })
            .collect();
        self.walk.template.push_str(&format!("({})", written.join(",")));
    }

    fn alternate_key(&mut self, parts: &[(WireName, String)]) -> Result<(), String> {
        let place = self.collection()?;
        let mut indices = Vec::new();
        for (name, _) in parts {
            let (owner, index) = (self.api.property_of(place.resource, name.as_str()))
                .ok_or_else(|| format!("its path has a key by the unknown property `{name}`"))?;
            let of = self.api.property(owner, index).map(|property| property.type_ref);
            let of = of.ok_or("a property on its path is unknown")?;
            indices.push(self.argument(name, of, Need::Required)?);
        }
        self.parentheses(&indices);
        self.push(By::AlternateKey(indices), Place { shape: NodeShape::Item, ..place });
        Ok(())
    }

    fn by_path(&mut self) -> Result<(), String> {
        let place = self.place.filter(|place| place.shape == NodeShape::Item);
        let place = place.ok_or("its path addresses an item below what is none")?;
        let name = clean(self.api.items[place.resource].name.name.as_str(), "");
        let index = self.parameter(format!("{name}-path"), PathValue::Text);
        self.walk.template.push_str(":/");
        self.placeholder(index);
        self.qualify("by path");
        self.is_addressed = true;
        self.push(By::Path(index), place);
        Ok(())
    }

    /// The collection in which a key names one.
    fn collection(&self) -> Result<Place, String> {
        let place = self.place.ok_or("its path begins with a key")?;
        match place.shape {
            NodeShape::Collection => Ok(place),
            _ => Err("its path has a key where there is no collection".to_owned()),
        }
    }

    /// Adds to the name of the last static segment.
    fn qualify(&mut self, words: &str) {
        if let Some(last) = self.walk.statics.last_mut() {
            last.push(' ');
            last.push_str(words);
        }
    }

    fn slash(&mut self) {
        let is_addressed = std::mem::take(&mut self.is_addressed);
        self.walk.template.push_str(if is_addressed { ":/" } else { "/" });
    }

    /// Adds a parameter. A second one of the same name is numbered as in Graph's OpenAPI:
    /// `{mailFolder-id1}`.
    fn parameter(&mut self, wanted: String, value: PathValue) -> usize {
        let is_taken = |wire: &str| self.walk.parameters.iter().any(|known| known.wire == wire);
        let mut wire = wanted.clone();
        let mut number = 0;
        while is_taken(&wire) {
            number += 1;
            wire = format!("{wanted}{number}");
        }
        let name = claim(&mut self.arguments, &wire, Case::Snake);
        self.walk.parameters.push(PathParameter { wire, name, is_optional: false, value });
        self.walk.parameters.len() - 1
    }

    /// Writes a parameter into the template.
    fn placeholder(&mut self, index: usize) {
        if let Some(parameter) = self.walk.parameters.get(index) {
            self.walk.template.push_str(&format!("{{{}}}", parameter.wire));
        }
    }

    fn segment(&mut self, wire: &str, to: Place) {
        let written = segment_text(wire);
        self.slash();
        self.walk.template.push_str(&written);
        self.walk.statics.push(match to.site {
            Site::Bound(id) => label(&self.api.bound[id]),
            Site::Root(_) | Site::Property { .. } | Site::Segment(_) => wire.to_owned(),
        });
        self.push(By::Segment(wire.to_owned(), written), to);
    }

    fn key(&mut self) -> Result<(), String> {
        let place = self.collection()?;
        if key_of(self.api, place.resource).len() > 1 {
            let name = &self.api.items[place.resource].name;
            return Err(format!("the key of `{name}` has several properties"));
        }
        let value = key_scalar(self.api, place.resource).map_or(PathValue::Text, PathValue::Key);
        let index = self.parameter(parameter_name(self.api, place.resource), value);
        self.slash();
        self.placeholder(index);
        self.push(By::Key(index), Place { shape: NodeShape::Item, ..place });
        Ok(())
    }

    fn push(&mut self, by: By, to: Place) {
        self.walk.steps.push(Step { from: self.place, by, to });
        self.place = Some(to);
    }
}

fn is_structured(api: &Api, id: ItemId) -> bool {
    api.items[id].structured().is_some()
}

/// The type of the key of `id`, where it is no text.
pub(super) fn key_scalar(api: &Api, id: ItemId) -> Option<Scalar> {
    let [key] = key_of(api, id) else { return None };
    let (owner, index) = api.property_of(id, key.property.as_str())?;
    match api.property(owner, index)?.type_ref.target {
        TypeTarget::Primitive(primitive) => match primitive_shape(primitive).1 {
            Shape::Scalar(scalar) => Some(scalar),
            _ => None,
        },
        TypeTarget::Item(_) | TypeTarget::Json => None,
    }
}

/// Where a composable function leads: what follows it is there in what it returns.
pub(super) fn called(bound: &BoundOperation) -> Option<(NodeShape, ItemId)> {
    let returned = bound.returns.filter(|_| bound.is_composable)?;
    match (returned.target, returned.is_collection) {
        (TypeTarget::Item(id), true) => Some((NodeShape::Collection, id)),
        (TypeTarget::Item(id), false) => Some((NodeShape::Item, id)),
        _ => None,
    }
}

/// The properties of the key of a type, its own or that of the nearest base type that has one.
pub(super) fn key_of(api: &Api, id: ItemId) -> &[Key] {
    api.ancestry(id)
        .filter_map(|id| api.items[id].structured())
        .map(|structured| structured.key.as_slice())
        .find(|key| !key.is_empty())
        .unwrap_or_default()
}

impl Walk {
    /// The arguments at `indices`.
    pub(super) fn arguments_at<'w>(&'w self, indices: &'w [usize]) -> Vec<&'w PathArgument> {
        let parameters = indices.iter().filter_map(|&index| self.parameters.get(index));
        parameters
            .filter_map(|parameter| match &parameter.value {
                PathValue::Argument(argument) => Some(argument),
                PathValue::Text | PathValue::Key(_) => None,
            })
            .collect()
    }
}
