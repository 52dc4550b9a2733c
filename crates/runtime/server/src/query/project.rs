//! `$select` and `$expand` on an object in memory: what was not asked for is taken away.
//!
//! What is selected stays, and so do expanded properties, and control information but that of what is taken away
//! ("OData JSON Format Version 4.01", section 4.6). A key stays where it is selected, as in Graph.

use std::collections::BTreeSet;

use msgraph_core::{Object, Property, ServiceError, Sort};

use super::{Expand, Expanded, Levels, Options, Segment, Select, type_name};

/// A property that is expanded in what it led to, and how often yet; not at all, where there is no level left.
#[derive(Clone, Copy)]
struct Again<'e> {
    expand: &'e Expand,
    left: Option<Levels>,
}

/// Takes away what is not asked for; fails where the filter or the order of what is expanded does.
pub(super) fn project(object: &mut Object, options: &Options) -> Result<(), ServiceError> {
    project_again(object, options, None)
}

fn project_again(
    object: &mut Object,
    options: &Options,
    again: Option<Again<'_>>,
) -> Result<(), ServiceError> {
    for expand in &options.expand {
        expanded(object, expand, expand.levels)?;
    }
    // What is asked for by its name is not asked for by the levels.
    let is_named = |again: &Again<'_>| {
        options.expand.iter().any(|expand| expand.property == again.expand.property)
    };
    let again = again.filter(|again| !is_named(again));
    match again {
        Some(Again { expand, left: Some(left) }) => expanded(object, expand, Some(left))?,
        Some(Again { expand, left: None }) => remove(object, &expand.property),
        None => {}
    }
    let Some(select) = &options.select else { return Ok(()) };
    let mut paths: Vec<&[Segment]> =
        select.properties.iter().map(|path| path.segments.as_slice()).collect();
    let again = again.map(|again| again.expand);
    let named: Vec<Segment> = (options.expand.iter().chain(again))
        .map(|expand| Segment::Property(expand.property.clone()))
        .collect();
    paths.extend(named.iter().map(std::slice::from_ref));
    keep(object, select, &paths);
    Ok(())
}

fn keep(object: &mut Object, select: &Select, paths: &[&[Segment]]) {
    if select.all {
        // All that are declared; of the others, those that are named.
        let paths = of_type(object, paths);
        let named = |name: &str| {
            paths.iter().any(|path| path.first().and_then(Segment::property) == Some(name))
        };
        object.retain_unknown(named);
    } else {
        keep_paths(object, paths);
    }
}

fn keep_paths(object: &mut Object, paths: &[&[Segment]]) {
    let paths = &of_type(object, paths);
    let table = object.table();
    // What is told of members goes with them, all at once: there may be as many as there are members.
    let mut gone = BTreeSet::new();
    let declared: Vec<&str> = object.present().collect();
    for name in declared {
        let tails = tails(paths, name);
        let Some(slot) = table.slot(name) else { continue };
        if tails.is_empty() {
            object.remove(slot);
            gone.insert(name.to_owned());
        } else if !tails.iter().any(|tail| tail.is_empty()) {
            if let Some(inner) = object.object_mut(slot) {
                keep_paths(inner, &tails);
            }
            for inner in object.objects_mut(slot) {
                keep_paths(inner, &tails);
            }
        }
    }
    object.retain_unknown(|name| {
        let is_kept =
            paths.iter().any(|path| path.first().and_then(Segment::property) == Some(name));
        if !is_kept {
            gone.insert(name.to_owned());
        }
        is_kept
    });
    object.retain_control(|name| !target(name).is_some_and(|target| gone.contains(target)));
}

/// The member that an annotation is of.
fn target(annotation: &str) -> Option<&str> {
    annotation.split_once('@').map(|(target, _)| target)
}

/// The paths as far as they are those of the object's type, without the names of types in front.
fn of_type<'p>(object: &Object, paths: &[&'p [Segment]]) -> Vec<&'p [Segment]> {
    let behind_types = |mut path: &'p [Segment]| {
        while let Some((Segment::Cast(name), rest)) = path.split_first() {
            if !type_name::is_of(object, name) {
                return None;
            }
            path = rest;
        }
        Some(path)
    };
    paths.iter().copied().filter_map(behind_types).collect()
}

/// What is left of the paths that begin with `name`.
fn tails<'p>(paths: &[&'p [Segment]], name: &str) -> Vec<&'p [Segment]> {
    let behind = |path: &&'p [Segment]| {
        let (first, tail) = path.split_first()?;
        (first.property() == Some(name)).then_some(tail)
    };
    paths.iter().filter_map(behind).collect()
}

fn remove(object: &mut Object, name: &str) {
    if let Some(slot) = object.table().slot(name) {
        object.remove(slot);
        object.retain_control(|annotation| target(annotation) != Some(name));
    }
}

/// What is asked of an expanded property, on so many levels.
fn expanded(
    object: &mut Object,
    expand: &Expand,
    levels: Option<Levels>,
) -> Result<(), ServiceError> {
    if expand.of.as_ref().is_some_and(|name| !type_name::is_of(object, name)) {
        return Ok(());
    }
    let Some(property) = object.table().property(&expand.property) else { return Ok(()) };
    if !matches!(property.sort, Sort::Object(_)) || !object.contains(property.slot) {
        return Ok(());
    }
    let again = levels.map(|levels| Again { expand, left: levels.next() });
    if let Some(inner) = object.object_mut(property.slot) {
        if expand.to.as_ref().is_some_and(|name| !type_name::is_of(inner, name)) {
            remove(object, property.name);
            return Ok(());
        }
        finish(inner, expand, again)
    } else if property.is_collection && !object.is_null(property.slot) {
        expanded_items(object, property, expand, again)
    } else {
        Ok(())
    }
}

fn expanded_items(
    object: &mut Object,
    property: Property,
    expand: &Expand,
    again: Option<Again<'_>>,
) -> Result<(), ServiceError> {
    let mut items = object.take_objects(property.slot);
    if let Some(name) = &expand.to {
        items.retain(|item| type_name::is_of(item, name));
    }
    let (mut items, count) = expand.options.narrow(items)?;
    if expand.answer == Expanded::Count {
        remove(object, property.name);
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        object.set_control(&format!("{}@odata.count", property.name), count);
        return Ok(());
    }
    for item in &mut items {
        finish(item, expand, again)?;
    }
    object.set_objects(property.slot, items);
    if let Some(count) = count {
        object.set_control(&format!("{}@odata.count", property.name), count);
    }
    Ok(())
}

/// What comes of one expanded object.
fn finish(
    object: &mut Object,
    expand: &Expand,
    again: Option<Again<'_>>,
) -> Result<(), ServiceError> {
    if expand.answer == Expanded::References {
        keep_reference(object);
        return Ok(());
    }
    project_again(object, &expand.options, again)
}

/// Takes away all but the id and the type of an object.
fn keep_reference(object: &mut Object) {
    keep_paths(object, &[]);
    let is_kept = |name: &str| matches!(name, "@odata.id" | "@odata.type" | "@id" | "@type");
    object.retain_control(is_kept);
}
