//! `Cargo.toml`, and the `rustfmt.toml` that fits the printer.

use msgraph_plan::{Dependency, DependencySource, Feature, Manifest};

use crate::output::{MARKER, Output};

/// Adds the manifest of the crate in `folder`, and its settings of `rustfmt`.
pub(crate) fn emit<'plan>(manifest: &'plan Manifest, folder: &str, output: &mut Output<'plan>) {
    output.add(format!("{folder}/Cargo.toml"), || Ok(cargo(manifest)));
    output.add(format!("{folder}/rustfmt.toml"), || Ok(rustfmt()));
}

fn cargo(manifest: &Manifest) -> String {
    let mut out = format!("# {MARKER}\n[package]\n");
    for (key, value) in [
        ("name", &manifest.package),
        ("description", &manifest.description),
        ("version", &manifest.version),
    ] {
        out.push_str(&format!("{key} = {}\n", string(value)));
    }
    out.push_str("edition = \"2024\"\nrust-version = \"1.95\"\npublish = false\n");
    features(&manifest.features, &mut out);
    table("dependencies", &manifest.dependencies, &mut out);
    table("dev-dependencies", &manifest.dev_dependencies, &mut out);
    out
}

fn features(features: &[Feature], out: &mut String) {
    if features.is_empty() {
        return;
    }
    out.push_str("\n[features]\n");
    let mut is_shared = false;
    for feature in features {
        if feature.name.starts_with('_') && !is_shared {
            out.push_str("# What several areas need; not for users.\n");
            is_shared = true;
        }
        if !feature.docs.is_empty() {
            out.push_str(&format!("# {}\n", feature.docs));
        }
        let enables: Vec<String> = feature.enables.iter().map(|name| string(name)).collect();
        out.push_str(&format!("{} = [{}]\n", feature.name, enables.join(", ")));
    }
}

fn table(name: &str, dependencies: &[Dependency], out: &mut String) {
    if dependencies.is_empty() {
        return;
    }
    out.push_str(&format!("\n[{name}]\n"));
    let mut lines: Vec<String> = dependencies.iter().map(dependency).collect();
    lines.sort();
    out.extend(lines);
}

fn dependency(dependency: &Dependency) -> String {
    let source = match &dependency.source {
        DependencySource::Path(path) => format!("path = {}", string(path)),
        DependencySource::Registry(version) => format!("version = {}", string(version)),
    };
    let default = if dependency.has_default_features { "" } else { ", default-features = false" };
    let features: Vec<String> = dependency.features.iter().map(|feature| string(feature)).collect();
    let features = if features.is_empty() {
        String::new()
    } else {
        format!(", features = [{}]", features.join(", "))
    };
    format!("{} = {{ {source}{default}{features} }}\n", dependency.name)
}

/// A basic string of TOML.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The widths of `prettyplease`: a line is broken where it does not fit, and nowhere else.
fn rustfmt() -> String {
    format!(
        "# {MARKER}\n\
         # These are the widths of the printer, so that `cargo fmt` changes nothing here.\n\
         max_width = 89\n\
         use_small_heuristics = \"Max\"\n"
    )
}
