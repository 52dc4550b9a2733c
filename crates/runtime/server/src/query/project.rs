//! `$select` and `$expand` on an object in memory: what was not asked for is taken away.
//!
//! What is selected stays, and so do expanded properties, and control information but that of what is taken away
//! ("OData JSON Format Version 4.01", section 4.6). A key stays where it is selected, as in Graph.

use msgraph_core::{Object, Sort};

use super::{Expand, Options, Select};

/// Takes away what is not asked for.
pub(super) fn project(object: &mut Object, options: &Options) {
    for expand in &options.expand {
        apply_within(object, expand);
    }
    let Some(select) = &options.select else { return };
    let mut paths: Vec<&[String]> =
        select.properties.iter().map(|path| path.segments.as_slice()).collect();
    let expanded = options.expand.iter().map(|expand| std::slice::from_ref(&expand.property));
    paths.extend(expanded);
    keep(object, select, &paths);
}

fn keep(object: &mut Object, select: &Select, paths: &[&[String]]) {
    if select.all {
        // All that are declared; of the others, those that are named.
        let named =
            |name: &str| paths.iter().any(|path| path.first().is_some_and(|own| own == name));
        for name in unknown(object).into_iter().filter(|name| !named(name)) {
            object.remove_unknown(&name);
        }
    } else {
        keep_paths(object, paths);
    }
}

fn keep_paths(object: &mut Object, paths: &[&[String]]) {
    let table = object.table();
    let declared: Vec<&str> = object.present().collect();
    for name in declared {
        let tails = tails(paths, name);
        let Some(slot) = table.slot(name) else { continue };
        if tails.is_empty() {
            object.remove(slot);
            remove_annotations(object, name);
        } else if !tails.iter().any(|tail| tail.is_empty()) {
            if let Some(inner) = object.object_mut(slot) {
                keep_paths(inner, &tails);
            }
            for inner in object.objects_mut(slot) {
                keep_paths(inner, &tails);
            }
        }
    }
    for name in unknown(object) {
        if tails(paths, &name).is_empty() {
            object.remove_unknown(&name);
            remove_annotations(object, &name);
        }
    }
}

/// What is left of the paths that begin with `name`.
fn tails<'p>(paths: &[&'p [String]], name: &str) -> Vec<&'p [String]> {
    let behind = |path: &&'p [String]| {
        let (first, tail) = path.split_first()?;
        (first == name).then_some(tail)
    };
    paths.iter().filter_map(behind).collect()
}

fn unknown(object: &Object) -> Vec<String> {
    object.unknown_members().map(|(name, _)| name.to_owned()).collect()
}

fn remove_annotations(object: &mut Object, name: &str) {
    let is_of = |full: &str| full.split_once('@').is_some_and(|(target, _)| target == name);
    let names: Vec<String> = object
        .control_information()
        .filter(|(full, _)| is_of(full))
        .map(|(full, _)| full.to_owned())
        .collect();
    for name in names {
        object.remove_control(&name);
    }
}

/// What is asked of an expanded property.
fn apply_within(object: &mut Object, expand: &Expand) {
    let Some(property) = object.table().property(&expand.property) else { return };
    if !matches!(property.sort, Sort::Object(_)) || !object.contains(property.slot) {
        return;
    }
    if let Some(inner) = object.object_mut(property.slot) {
        project(inner, &expand.options);
    } else if property.is_collection && !object.is_null(property.slot) {
        let (items, count) = expand.options.apply_to(object.take_objects(property.slot));
        object.set_objects(property.slot, items);
        if let Some(count) = count {
            object.set_control(&format!("{}@odata.count", property.name), count);
        }
    }
}
