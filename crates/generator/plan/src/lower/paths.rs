//! Paths: from steps in the model to templates, parameters, and the builders on the way.
//!
//! What a path cannot be walked for, is said in words; the operation is then left out.

use msgraph_ir::{Api, BoundKind, ItemId, Key, Path, PathStep, RootKind, Site, TypeTarget};

use crate::data::{NodeShape, PathParameter};
use crate::naming::{Case, Ident, LOCALS, Scope, claim, stem};

/// A path, walked.
#[derive(Clone, Debug)]
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
}

/// Where a path has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub shape: NodeShape,
    pub resource: ItemId,
    pub site: Site,
}

/// Walks `path`, the one at `index` of its operation, or says why it cannot be walked.
pub(super) fn walk(api: &Api, index: usize, path: &Path) -> Result<Walk, String> {
    let mut walker = Walker {
        api,
        walk: Walk {
            index,
            template: String::new(),
            parameters: Vec::new(),
            statics: Vec::new(),
            steps: Vec::new(),
        },
        place: None,
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
    walk: Walk,
    place: Option<Place>,
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
            &PathStep::Cast(resource) => {
                let place = self.place.ok_or("its path begins with a cast")?;
                let item = &api.items[resource];
                let shown = format!("As {}", item.name.name);
                let written = segment_text(&item.name.to_string());
                self.walk.template.push('/');
                self.walk.template.push_str(&written);
                if let Some(last) = self.walk.statics.last_mut() {
                    last.push(' ');
                    last.push_str(&shown);
                }
                self.push(By::Segment(shown, written), Place { resource, ..place });
            }
            PathStep::Bound(id, arguments) => {
                let bound = &api.bound[*id];
                let place = self.place.ok_or("it is bound to nothing")?;
                if !arguments.is_empty() {
                    return Err(format!(
                        "the function `{}` takes parameters in the path",
                        bound.name
                    ));
                }
                if bound.kind == BoundKind::Function
                    && !bound.parameters.iter().all(|p| p.is_optional)
                {
                    return Err(format!("the function `{}` needs parameters", bound.name));
                }
                // What follows a composable function is there in what it returns.
                let returned = bound.returns.filter(|_| bound.is_composable);
                let resource = match returned.map(|returned| returned.target) {
                    Some(TypeTarget::Item(id)) => id,
                    _ => place.resource,
                };
                let to = Place { shape: NodeShape::Bound, resource, site: Site::Bound(*id) };
                self.segment(bound.name.name.as_str(), to);
            }
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

    fn segment(&mut self, wire: &str, to: Place) {
        let written = segment_text(wire);
        self.walk.template.push('/');
        self.walk.template.push_str(&written);
        self.walk.statics.push(wire.to_owned());
        self.push(By::Segment(wire.to_owned(), written), to);
    }

    fn ending(&mut self, wire: &'static str, shape: NodeShape) -> Result<(), String> {
        let place = self.place.ok_or("its path is an ending alone")?;
        self.walk.template.push('/');
        self.walk.template.push_str(wire);
        self.walk.statics.push(wire.to_owned());
        self.push(By::Ending(wire), Place { shape, ..place });
        Ok(())
    }

    fn key(&mut self) -> Result<(), String> {
        let place = self.place.ok_or("its path begins with a key")?;
        if place.shape != NodeShape::Collection {
            return Err("its path has a key where there is no collection".to_owned());
        }
        if key_of(self.api, place.resource).len() > 1 {
            let name = &self.api.items[place.resource].name;
            return Err(format!("the key of `{name}` has several properties"));
        }
        let wanted = parameter_name(self.api, place.resource);
        // A second key of the same type is numbered as in Graph's OpenAPI: `{mailFolder-id1}`.
        let is_taken = |wire: &str| self.walk.parameters.iter().any(|known| known.wire == wire);
        let mut wire = wanted.clone();
        let mut number = 0;
        while is_taken(&wire) {
            number += 1;
            wire = format!("{wanted}{number}");
        }
        let name = claim(&mut self.arguments, &wire, Case::Snake);
        self.walk.template.push_str("/{");
        self.walk.template.push_str(&wire);
        self.walk.template.push('}');
        self.walk.parameters.push(PathParameter { wire, name, is_optional: false });
        let by = By::Key(self.walk.parameters.len() - 1);
        self.push(by, Place { shape: NodeShape::Item, ..place });
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

/// `group-id`: the type and its key, as Graph's OpenAPI has it.
fn parameter_name(api: &Api, id: ItemId) -> String {
    let key = key_of(api, id).first();
    let key = key.map_or("id", |key| key.alias.as_ref().unwrap_or(&key.property).as_str());
    let clean = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).take(80).collect()
    };
    format!("{}-{}", clean(api.items[id].name.name.as_str()), clean(key))
}

/// The properties of the key of a type, its own or that of the nearest base type that has one.
fn key_of(api: &Api, id: ItemId) -> &[Key] {
    api.ancestry(id)
        .filter_map(|id| api.items[id].structured())
        .map(|structured| structured.key.as_slice())
        .find(|key| !key.is_empty())
        .unwrap_or_default()
}

/// A name of the wire as a segment: nothing in it can end the segment or be taken for a parameter.
fn segment_text(wire: &str) -> String {
    let mut out = String::with_capacity(wire.len());
    for byte in wire.bytes() {
        if byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'-' | b'~')
            || (byte == b'.' && wire.len() > 2)
        {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The name of a place: that of the root, of type and property, or of type and operation.
pub(super) fn site_name(api: &Api, site: Site) -> String {
    match site {
        Site::Root(index) => {
            api.container.roots.get(index).map_or(String::new(), |root| root.name.to_string())
        }
        Site::Property { owner, index } => {
            let item = &api.items[owner];
            let property = item.structured().and_then(|s| s.properties.get(index));
            let property = property.map_or("", |property| property.name.as_str());
            format!("{} {property}", item.name.name)
        }
        Site::Bound(id) => {
            let bound = &api.bound[id];
            let binding = match bound.binding.map(|binding| binding.target) {
                Some(TypeTarget::Item(id)) => api.items[id].name.name.as_str(),
                _ => "",
            };
            format!("{binding} {}", bound.name.name)
        }
    }
}

/// The name of the method that supplies a key: `by_group_id`.
pub(super) fn key_method(api: &Api, id: ItemId) -> Ident {
    let parameter = stem(&parameter_name(api, id), Case::Snake);
    Ident::of_stem(&format!("by_{parameter}"))
}

/// The name of the argument that supplies a key: `group_id`.
pub(super) fn key_argument(api: &Api, id: ItemId) -> Ident {
    Ident::of_stem(&stem(&parameter_name(api, id), Case::Snake))
}
