//! What ARCHITECTURE.md calls invariants, held against the tree itself.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use msgraph_tests::workspace;

/// Who of ours knows whom, as a normal dependency: what may be known and is not is no part of the picture.
const KNOWN: &[(&str, &[&str])] = &[
    ("msgraph-source", &[]),
    ("msgraph-csdl", &["msgraph-source"]),
    ("msgraph-openapi", &["msgraph-source"]),
    ("msgraph-mapping", &["msgraph-source", "msgraph-csdl", "msgraph-openapi"]),
    ("msgraph-docs", &["msgraph-source"]),
    ("msgraph-ir", &["msgraph-source"]),
    (
        "msgraph-link",
        &["msgraph-source", "msgraph-csdl", "msgraph-docs", "msgraph-ir", "msgraph-mapping"],
    ),
    ("msgraph-plan", &["msgraph-source", "msgraph-ir"]),
    ("msgraph-emit", &["msgraph-plan"]),
    (
        "msgraph-pipeline",
        &[
            "msgraph-source",
            "msgraph-csdl",
            "msgraph-openapi",
            "msgraph-mapping",
            "msgraph-docs",
            "msgraph-ir",
            "msgraph-link",
            "msgraph-plan",
            "msgraph-emit",
        ],
    ),
    ("msgraph-core", &[]),
    ("msgraph-client", &["msgraph-core"]),
    ("msgraph-server", &["msgraph-core"]),
    ("msgraph-v1-models", &["msgraph-core"]),
    ("msgraph-v1-client", &["msgraph-client", "msgraph-v1-models"]),
    ("msgraph-v1-server", &["msgraph-core", "msgraph-server", "msgraph-v1-models"]),
    ("msgraph-beta-models", &["msgraph-core"]),
    ("msgraph-beta-client", &["msgraph-client", "msgraph-beta-models"]),
    ("msgraph-beta-server", &["msgraph-core", "msgraph-server", "msgraph-beta-models"]),
    ("msgraph-library-models", &["msgraph-core"]),
    ("msgraph-library-client", &["msgraph-client", "msgraph-library-models"]),
    ("msgraph-library-server", &["msgraph-core", "msgraph-server", "msgraph-library-models"]),
    (
        "msgraph-emulator",
        &[
            "msgraph-core",
            "msgraph-server",
            "msgraph-v1-models",
            "msgraph-v1-server",
            "msgraph-beta-models",
            "msgraph-beta-server",
        ],
    ),
    ("xtask", &["msgraph-pipeline", "msgraph-source"]),
];

#[test]
fn dependencies_point_in_one_direction() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(workspace())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let name = |value: &serde_json::Value| value["name"].as_str().unwrap().to_owned();
    let ours: BTreeSet<String> = packages.iter().map(name).collect();
    let known_by = |package: &serde_json::Value| -> BTreeSet<String> {
        let dependencies = package["dependencies"].as_array().unwrap();
        let normal = dependencies.iter().filter(|dependency| dependency["kind"].is_null());
        normal.map(name).filter(|dependency| ours.contains(dependency)).collect()
    };
    let found: BTreeMap<String, BTreeSet<String>> = packages
        .iter()
        .map(|package| (name(package), known_by(package)))
        .filter(|(package, _)| package != "msgraph-tests")
        .collect();
    let expected: BTreeMap<String, BTreeSet<String>> = KNOWN
        .iter()
        .map(|(package, known)| {
            ((*package).to_owned(), known.iter().copied().map(str::to_owned).collect())
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_root_holds_what_it_is_meant_to_hold() {
    let output = Command::new("git").args(["ls-files"]).current_dir(workspace()).output().unwrap();
    let files = String::from_utf8(output.stdout).unwrap();
    let folders: BTreeSet<&str> =
        files.lines().filter_map(|path| path.split_once('/')).map(|(folder, _)| folder).collect();
    let expected: BTreeSet<&str> =
        [".cargo", ".ci", "crates", "generated", "schemas", "tests", "xtask"].into();
    assert_eq!(folders, expected);
}

#[test]
fn generated_files_are_marked_and_nothing_else_is() {
    for file in files(&workspace().join("generated")) {
        let text = fs::read_to_string(&file).unwrap();
        assert!(
            text.lines().take(3).any(|line| line.contains("@generated")),
            "{} is not marked",
            file.display()
        );
    }
    for folder in ["crates", "xtask/src"] {
        for file in files(&workspace().join(folder)) {
            let text = fs::read_to_string(&file).unwrap_or_default();
            assert!(
                !text.lines().next().unwrap_or_default().contains("@generated"),
                "{} is marked",
                file.display()
            );
        }
    }
}

#[test]
fn there_is_no_unsafe_code_in_our_source() {
    let word = concat!("un", "safe");
    for folder in ["crates", "generated", "xtask", "tests"] {
        for file in files(&workspace().join(folder))
            .into_iter()
            .filter(|f| f.extension().is_some_and(|e| e == "rs"))
        {
            let text = fs::read_to_string(&file).unwrap();
            for (number, line) in text.lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                let found = [format!("{word} {{"), format!("{word} fn"), format!("{word} impl")];
                assert!(
                    !found.iter().any(|f| code.contains(f.as_str())),
                    "{}:{}",
                    file.display(),
                    number + 1
                );
            }
        }
    }
    let lints = fs::read_to_string(workspace().join("Cargo.toml")).unwrap();
    assert!(lints.contains(&format!("{word}_code = \"forbid\"")));
    for library in
        ["v1/models", "v1/client", "v1/server", "beta/models", "beta/client", "beta/server"]
    {
        let text =
            fs::read_to_string(workspace().join("generated").join(library).join("src/lib.rs"))
                .unwrap();
        assert!(text.contains(&format!("#![forbid({word}_code)]")), "{library}");
    }
}

#[test]
fn every_code_is_shown_by_a_fixture_or_a_test() {
    let mut shown = String::new();
    for folder in ["tests", "xtask/tests", "xtask/src", "crates/generator"] {
        for file in files(&workspace().join(folder)) {
            let is_evidence = file.extension().is_some_and(|e| e == "snap")
                || (file.extension().is_some_and(|e| e == "rs")
                    && !file
                        .starts_with(workspace().join("crates/generator/source/src/catalogue")));
            if is_evidence && !file.ends_with("tests/tests/architecture.rs") {
                shown.push_str(&fs::read_to_string(&file).unwrap());
            }
        }
    }
    let missing: Vec<&str> = msgraph_source::catalogue::all()
        .map(|code| code.id())
        .filter(|id| !shown.contains(id))
        .collect();
    assert!(missing.is_empty(), "codes that nothing shows: {missing:?}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true if path.ends_with("target") => {}
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    found.sort();
    found
}
