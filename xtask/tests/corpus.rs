//! The real inputs, where they are at hand: real pages against the whole metadata.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use msgraph_tests::FAMILY;
use support::{codegen, workspace, xtask};

/// The real inputs. Says on standard error that a test is skipped where they are not.
fn corpus() -> Option<PathBuf> {
    let folder = workspace().join("../shared/corpus");
    if folder.is_dir() {
        return Some(folder.canonicalize().unwrap());
    }
    eprintln!("skipped: there is no corpus at {}", folder.display());
    None
}

/// Runs cargo in a generated crate, outside of any workspace but with the versions of this one.
fn cargo(folder: &Path, arguments: &[&str]) {
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", workspace().join("target/corpus"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUSTFLAGS", "-Dwarnings")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "cargo {arguments:?} in {}\n{}{}",
        folder.display(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn the_real_pages_generate_crates_that_compile_and_pass_their_contract_tests() {
    let Some(corpus) = corpus() else { return };
    for (version, pages) in [("v1.0", "docs/v1.0"), ("beta", "docs/beta")] {
        let root = tempfile::tempdir().unwrap();
        let out = root.path().join("out");
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        let run = xtask(
            root.path(),
            &[
                "codegen",
                "--metadata",
                &text(&corpus.join("v1.0.csdl")),
                "--docs",
                &text(&corpus.join(pages)),
                "--select",
                "group-post-threads",
                "--version",
                version,
                "--out",
                &text(&out),
            ],
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
        for name in ["models", "client"] {
            cargo(&out.join(name), &["check", "--quiet"]);
        }
        cargo(&out.join("server"), &["test", "--quiet"]);
    }
}

#[test]
fn the_whole_as_openapi_generates_crates_that_pass_the_contract_tests_of_the_documented_page() {
    let Some(corpus) = corpus() else { return };
    let root = tempfile::tempdir().unwrap();
    let packed = fs::File::open(corpus.join("openapi/v1.0-oasis.json.gz")).unwrap();
    let mut document = fs::File::create(root.path().join("openapi.json")).unwrap();
    std::io::copy(&mut flate2::read::GzDecoder::new(packed), &mut document).unwrap();
    for (pages, select) in [
        (corpus.join("docs/v1.0"), "group-post-threads"),
        (workspace().join("schemas/v1/docs"), "documented"),
    ] {
        let out = root.path().join(select);
        let arguments = ["codegen", "--openapi", "openapi.json", "--docs", pages.to_str().unwrap()];
        let rest = ["--select", select, "--out", out.to_str().unwrap()];
        let run = xtask(root.path(), &[&arguments[..], &rest[..]].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        cargo(&out.join("server"), &["test", "--quiet"]);
    }
}

#[test]
fn what_the_whole_reference_has_to_say_is_known_once_it_is_written_down() {
    let Some(corpus) = corpus() else { return };
    let root = tempfile::tempdir().unwrap();
    let text = |path: &str| corpus.join(path).to_str().unwrap().to_owned();
    let lint = |arguments: &[&str]| {
        let inputs = ["lint", "--metadata", &text("v1.0.csdl"), "--docs", &text("docs/v1.0")];
        xtask(root.path(), &[&inputs[..], arguments].concat())
    };
    let written = lint(&["--write-baseline", "known.txt"]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    let known = lint(&["--deny", "all", "--baseline", "known.txt"]);
    assert_eq!((known.code, known.stdout.as_str()), (0, ""), "{}", known.stderr);
    let log = lint(&["--message-format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&log.stdout).unwrap();
    let lines = fs::read_to_string(root.path().join("known.txt")).unwrap();
    let entries = lines.lines().filter(|line| !line.starts_with('#')).count();
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), entries);
}

#[test]
fn every_page_of_the_family_generates_or_says_what_is_not_supported() {
    let Some(corpus) = corpus() else { return };
    for page in FAMILY {
        let root = tempfile::tempdir().unwrap();
        let out = root.path().join("out");
        let run = codegen(
            &corpus.join("v1.0.csdl"),
            &corpus.join(format!("docs/v1.0/api/{page}.md")),
            page,
            &out,
        );
        match run.code {
            0 => assert!(out.join("server/src/lib.rs").exists(), "{page}"),
            1 => assert!(run.stderr.contains("not_supported"), "{page}\n{}", run.stderr),
            code => panic!("{page} ended with {code}\n{}", run.stderr),
        }
    }
}

#[test]
fn the_whole_reference_gives_the_same_bytes_in_any_order_and_on_any_number_of_threads() {
    let Some(corpus) = corpus() else { return };
    let docs = corpus.join("docs/v1.0");
    let root = tempfile::tempdir().unwrap();
    let run = |select: &str, threads: &str, pages: &[&str], out: &str| {
        let out = &format!("{select}/{out}");
        let mut arguments = vec!["codegen".to_owned(), "--metadata".to_owned()];
        arguments.push(corpus.join("v1.0.csdl").to_str().unwrap().to_owned());
        for page in pages {
            arguments.extend(["--docs".to_owned(), docs.join(page).to_str().unwrap().to_owned()]);
        }
        arguments.extend(["--select", select, "--out", out].map(str::to_owned));
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(&arguments)
            .current_dir(root.path())
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut files = support::tree(&root.path().join(out));
        // It names its inputs as the command line does.
        let prefix = root.path().join(out);
        files.remove(&prefix.join("codegen.lock"));
        files
            .into_iter()
            .map(|(path, bytes)| (path.strip_prefix(&prefix).unwrap().to_path_buf(), bytes))
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    for (select, files) in [("documented", 4_000), ("all", 8_000)] {
        let one = run(select, "1", &["api", "resources"], "one");
        let has_values = one.contains_key(Path::new("models/values/Cargo.toml"));
        assert_eq!(has_values, select == "all", "{select}: types of values are apart");
        assert!(one.len() > files, "{select}: {} files", one.len());
        let other = run(select, "2", &["resources", "api"], "other");
        assert!(other == one, "{select}: two threads, and another order of the pages");
    }
}
