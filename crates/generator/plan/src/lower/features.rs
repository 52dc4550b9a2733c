//! Features by area: who compiles what.
//!
//! In come the planned crates of models and client; out go their features, and what each type, each module of
//! operations and each method of a builder waits for. An area is the first segment of the paths of
//! operations; types that no area needs belong to their namespaces. Types that the same areas need wait for one
//! feature, which these areas enable. Holds: where a type is compiled, all that it refers to is.

use std::collections::{BTreeMap, BTreeSet};

use super::code;
use crate::data::{
    ArgumentType, Body, Client, Feature, MethodKind, ModelType, Models, Module, OperationModule,
    PathArgument, Shape, TypePath,
};
use crate::naming::{Ident, Scope};

/// The feature that enables all areas.
const FULL: &str = "full";

/// Sets the features of `models` and `client`, and who waits for which.
pub(super) fn set_features(models: &mut Models, client: &mut Client) {
    set_features_of_models(models);
    client.has_conditions =
        !models.conditions.is_empty() || !models.operation_conditions.is_empty();
    let library = &models.manifest.package;
    client.manifest.features =
        models.manifest.features.iter().map(|of| passed_on(of, library)).collect();
    if !client.manifest.features.is_empty() {
        let dependencies = client.manifest.dependencies.iter_mut();
        dependencies
            .filter(|dependency| dependency.name == *library)
            .for_each(|dependency| dependency.has_default_features = false);
    }
    for marker in &mut client.resources {
        marker.condition =
            marker.model.as_ref().and_then(|model| models.conditions.get(model)).cloned();
    }
    let nodes = client.builders.iter_mut().flat_map(|builder| &mut builder.nodes);
    for method in nodes.flat_map(|(_, methods)| methods) {
        method.conditions = conditions(&method.kind, models);
    }
}

/// What a method of a builder names in the models: these features are needed for it.
fn conditions(method: &MethodKind, models: &Models) -> Vec<String> {
    let of_type = |path: &TypePath| models.conditions.get(path).cloned();
    let of_arguments = |arguments: &[(Ident, PathArgument)]| -> BTreeSet<String> {
        let types = arguments.iter().filter_map(|(_, argument)| match &argument.of {
            ArgumentType::Enumeration(path) => of_type(path),
            ArgumentType::Text | ArgumentType::Scalar(_) | ArgumentType::Texts => None,
        });
        types.collect()
    };
    let needed = match method {
        MethodKind::Verb { operation, .. } => {
            let area = operation.first().and_then(|name| models.operation_conditions.get(name));
            area.into_iter().cloned().collect()
        }
        MethodKind::Call { arguments, .. } | MethodKind::AlternateKey { arguments, .. } => {
            of_arguments(arguments)
        }
        MethodKind::UndocumentedRead { model, .. } => of_type(model).into_iter().collect(),
        MethodKind::UndocumentedCall { body, answer, .. } => {
            let bodies = body.iter().map(|(_, body)| body).chain(answer);
            bodies.filter_map(named).filter_map(of_type).collect()
        }
        MethodKind::Segment { .. }
        | MethodKind::Ending { .. }
        | MethodKind::Key { .. }
        | MethodKind::Parameter { .. }
        | MethodKind::ByPath { .. } => BTreeSet::new(),
    };
    needed.into_iter().collect()
}

/// The feature of the models as the client has it.
fn passed_on(of: &Feature, models: &str) -> Feature {
    let mut feature = of.clone();
    if feature.name != "default" {
        feature.enables.push(format!("{models}/{}", feature.name));
    }
    feature
}

fn set_features_of_models(models: &mut Models) {
    let graph = Graph::of(&models.modules);
    let mut areas: Vec<Area> = Vec::new();
    for module in &models.operations {
        areas.extend(module.path.first().map(|name| graph.area(name, module)));
    }
    let mut needed_by = graph.needed_by(&areas);
    graph.add_namespaces(&mut areas, &mut needed_by);

    let mut scope = Scope::default();
    for name in areas.iter().map(|area| area.name.as_str()).chain([FULL, "default"]) {
        scope.reserve(name);
    }
    // Which feature stands for the types that the same areas need.
    let mut shared: BTreeMap<&BTreeSet<usize>, String> = BTreeMap::new();
    let mut conditions = BTreeMap::new();
    for (path, &place) in &graph.places {
        let Some(needed_by) = needed_by.get(place) else { continue };
        if needed_by.len() == areas.len() {
            continue;
        }
        let feature = shared.entry(needed_by).or_insert_with(|| {
            let alone = needed_by.first().filter(|_| needed_by.len() == 1);
            match alone.and_then(|&area| areas.get(area)) {
                Some(area) => area.name.clone(),
                None => scope.claim(&format!("_{}", path.file.bare().replace('_', "-"))),
            }
        });
        conditions.insert((*path).clone(), feature.clone());
    }
    if areas.len() > 1 {
        for module in &models.operations {
            let Some(name) = module.path.first() else { continue };
            models.operation_conditions.insert(name.clone(), area_name(name));
        }
    }
    models.conditions = conditions;
    models.manifest.features = listed(&areas, &needed_by, &shared);
}

/// An area, and the types that its operations name.
struct Area {
    name: String,
    docs: String,
    needs: BTreeSet<usize>,
}

/// The features as the manifest has them: the default, all areas, each area, what areas share.
fn listed(
    areas: &[Area],
    needed_by: &[BTreeSet<usize>],
    shared: &BTreeMap<&BTreeSet<usize>, String>,
) -> Vec<Feature> {
    if areas.is_empty() {
        return Vec::new();
    }
    let feature = |name: &str, docs: String, mut enables: Vec<String>| {
        enables.sort();
        Feature { name: name.to_owned(), docs, enables }
    };
    let names = areas.iter().map(|area| area.name.clone()).collect();
    let mut features = vec![
        feature("default", String::new(), vec![FULL.to_owned()]),
        feature(FULL, "Everything.".to_owned(), names),
    ];
    features.extend(areas.iter().enumerate().map(|(at, area)| {
        let types = needed_by.iter().filter(|needed_by| needed_by.contains(&at)).count();
        let docs = format!("{}; types: {types}.", area.docs);
        let enables = shared
            .iter()
            .filter(|(set, name)| set.contains(&at) && **name != area.name)
            .map(|(_, name)| name.clone());
        feature(&area.name, docs, enables.collect())
    }));
    let mut between: Vec<&str> =
        shared.iter().filter(|(set, _)| set.len() > 1).map(|(_, name)| name.as_str()).collect();
    between.sort_unstable();
    features.extend(between.into_iter().map(|name| feature(name, String::new(), Vec::new())));
    features
}

/// `device-management`
fn area_name(module: &Ident) -> String {
    module.bare().replace('_', "-")
}

/// `/deviceManagement`
fn first_segment(module: &OperationModule) -> &str {
    let Some(operation) = module.operations.first() else {
        return module.children.first().map_or("/", first_segment);
    };
    let end = operation.path.get(1..).and_then(|rest| rest.find(['/', '(']));
    operation.path.get(..end.map_or(operation.path.len(), |end| end + 1)).unwrap_or("/")
}

fn count(module: &OperationModule) -> usize {
    module.operations.len() + module.children.iter().map(count).sum::<usize>()
}

/// What types refer to.
struct Graph<'plan> {
    /// The places of types in `refers`.
    places: BTreeMap<&'plan TypePath, usize>,
    refers: Vec<Vec<usize>>,
}

impl<'plan> Graph<'plan> {
    fn of(modules: &'plan [Module]) -> Self {
        let types: Vec<&ModelType> = Module::types(modules).collect();
        let places = types.iter().map(|of| of.path()).zip(0..).collect();
        let refers = types.iter().map(|model_type| match model_type {
            ModelType::Structured(of) => {
                let members = of.members.iter().filter_map(|member| of_shape(&member.shape));
                of.base.iter().chain(members).filter_map(|path| place(&places, path)).collect()
            }
            ModelType::Enumeration(_) | ModelType::Definition(_) => Vec::new(),
        });
        let refers = refers.collect();
        Self { places, refers }
    }

    /// The types that the operations of a module name.
    fn needs_of(&self, module: &OperationModule, needs: &mut BTreeSet<usize>) {
        for operation in &module.operations {
            let replies =
                std::iter::successors(Some(&operation.reply), |reply| reply.otherwise.as_deref());
            let bodies = operation.request.iter().chain(replies.filter_map(|it| it.body.as_ref()));
            let parameters = operation.parameters.iter().map(|parameters| &parameters.path);
            let named = bodies.filter_map(named).chain(parameters).chain(&operation.errors);
            needs.extend(named.filter_map(|path| place(&self.places, path)));
        }
        for child in &module.children {
            self.needs_of(child, needs);
        }
    }

    /// The area of the operations of `module`.
    fn area(&self, name: &Ident, module: &OperationModule) -> Area {
        let mut needs = BTreeSet::new();
        self.needs_of(module, &mut needs);
        let docs = format!("Operations below {}: {}", code(first_segment(module)), count(module));
        Area { name: area_name(name), docs, needs }
    }

    /// For each type the areas that need it, because they name it, or a type that refers to it.
    fn needed_by(&self, areas: &[Area]) -> Vec<BTreeSet<usize>> {
        let mut needed_by = vec![BTreeSet::new(); self.refers.len()];
        for (at, area) in areas.iter().enumerate() {
            self.mark(area.needs.iter().copied().collect(), at, &mut needed_by);
        }
        needed_by
    }

    /// Makes an area of each namespace that has types which no area needs yet.
    fn add_namespaces(&self, areas: &mut Vec<Area>, needed_by: &mut [BTreeSet<usize>]) {
        let mut namespaces: BTreeMap<&[Ident], Vec<usize>> = BTreeMap::new();
        for (path, &place) in &self.places {
            if needed_by.get(place).is_some_and(BTreeSet::is_empty) {
                namespaces.entry(&path.module).or_default().push(place);
            }
        }
        for (module, places) in namespaces {
            let segments: Vec<&str> = module.iter().map(Ident::bare).collect();
            // No first segment of a path is called so: there are types, not operations.
            let name = format!("types-{}", segments.join("-").replace('_', "-"));
            let docs = format!("Types of {} that no operation needs", code(&segments.join("::")));
            let at = areas.len();
            areas.push(Area { name, docs, needs: places.iter().copied().collect() });
            self.mark(places, at, needed_by);
        }
    }

    /// Adds `area` to all that need one of `open`, and to what these refer to.
    fn mark(&self, mut open: Vec<usize>, area: usize, needed_by: &mut [BTreeSet<usize>]) {
        while let Some(at) = open.pop() {
            if needed_by.get_mut(at).is_some_and(|set| set.insert(area)) {
                open.extend(self.refers.get(at).into_iter().flatten());
            }
        }
    }
}

fn place(places: &BTreeMap<&TypePath, usize>, path: &TypePath) -> Option<usize> {
    places.get(path).copied()
}

/// The type that a member of this shape refers to.
pub(super) fn of_shape(shape: &Shape) -> Option<&TypePath> {
    match shape {
        Shape::Object(path) | Shape::Enumeration(path) | Shape::Flags(path) => Some(path),
        Shape::Text | Shape::Scalar(_) | Shape::Json => None,
    }
}

fn named(body: &Body) -> Option<&TypePath> {
    match body {
        Body::Optional(body) => named(body),
        Body::Object(path) | Body::Page(path) | Body::Array(path) => Some(path),
        Body::Single(shape) | Body::Values(shape) | Body::Plain(shape) | Body::Plains(shape) => {
            of_shape(shape)
        }
        Body::Json | Body::Count | Body::Content | Body::Reference | Body::References => None,
    }
}
