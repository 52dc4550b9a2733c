//! Bad input: a clear diagnostic with its place, an exit code, and the old output untouched.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;
use std::path::PathBuf;

use support::{Run, codegen, schemas, tree};

/// A folder with good output in it, and inputs to be spoilt.
struct Bench {
    root: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Self { root: tempfile::tempdir().unwrap() };
        fs::copy(schemas().join("metadata.csdl"), bench.metadata()).unwrap();
        fs::create_dir(bench.docs()).unwrap();
        for page in
            ["api/group-post-threads.md", "resources/conversationthread.md", "resources/post.md"]
        {
            let name = page.split_once('/').unwrap().1;
            fs::copy(schemas().join("docs").join(page), bench.docs().join(name)).unwrap();
        }
        let run = bench.generate();
        assert_eq!(run.code, 0, "{}", run.stderr);
        bench
    }

    fn metadata(&self) -> PathBuf {
        self.root.path().join("metadata.csdl")
    }

    fn docs(&self) -> PathBuf {
        self.root.path().join("docs")
    }

    fn page(&self) -> PathBuf {
        self.docs().join("group-post-threads.md")
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("out")
    }

    fn generate(&self) -> Run {
        self.select("group-post-threads")
    }

    fn select(&self, selector: &str) -> Run {
        codegen(&self.metadata(), &self.docs(), selector, &self.out())
    }

    /// Holds that a run with what is now in place fails with `code` at `place`, and leaves the output.
    fn refuses(&self, code: &str, place: &str) -> Run {
        let before = tree(&self.out());
        let run = self.generate();
        self.refused(&run, code, place);
        assert_eq!(tree(&self.out()), before, "the old output stands");
        run
    }

    fn refused(&self, run: &Run, code: &str, place: &str) {
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(run.stderr.contains(&format!("error[{code}]")), "{code} in\n{}", run.stderr);
        assert!(run.stderr.contains(place), "{place} in\n{}", run.stderr);
    }

    fn spoil_page(&self, from: &str, to: &str) {
        let text = fs::read_to_string(self.page()).unwrap();
        assert!(text.contains(from), "{from:?} is in the page");
        fs::write(self.page(), text.replacen(from, to, 1)).unwrap();
    }
}

#[test]
fn malformed_xml() {
    let bench = Bench::new();
    let text = fs::read_to_string(bench.metadata()).unwrap();
    fs::write(bench.metadata(), text.replacen("</EnumType>", "</EnumTyp>", 1)).unwrap();
    bench.refuses("csdl::malformed", "metadata.csdl:13:");
}

#[test]
fn html_instead_of_xml() {
    let bench = Bench::new();
    fs::write(bench.metadata(), "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n").unwrap();
    bench.refuses("csdl::html", "metadata.csdl:1:");
}

#[test]
fn an_empty_metadata_file() {
    let bench = Bench::new();
    fs::write(bench.metadata(), "").unwrap();
    bench.refuses("csdl::empty", "metadata.csdl:1:1");
}

#[test]
fn metadata_that_is_not_utf_8() {
    let bench = Bench::new();
    fs::write(bench.metadata(), b"<?xml version=\"1.0\"?>\n<a>\xff</a>").unwrap();
    bench.refuses("source::encoding", "metadata.csdl");
}

#[test]
fn a_page_without_annotations() {
    let bench = Bench::new();
    fs::write(bench.page(), "# Create conversation thread\n\nNothing else.\n").unwrap();
    bench.refuses("link::page_without_annotations", "group-post-threads.md:1:");
}

#[test]
fn an_unclosed_fence() {
    let bench = Bench::new();
    bench.spoil_page("}\n```\n\n<!-- {\n  \"type\"", "}\n\n<!-- {\n  \"type\"");
    bench.refuses("docs::unclosed_fence", "group-post-threads.md:");
}

#[test]
fn an_annotation_that_is_no_json() {
    let bench = Bench::new();
    bench.spoil_page("\"blockType\": \"request\",", "\"blockType\" = \"request\",");
    bench.refuses("docs::annotation_json", "group-post-threads.md:");
}

#[test]
fn a_selector_that_matches_nothing() {
    let bench = Bench::new();
    let before = tree(&bench.out());
    let run = bench.select("group-post-thread");
    bench.refused(&run, "link::selector_matches_nothing", "group-post-threads");
    assert_eq!(tree(&bench.out()), before, "the old output stands");
}

#[test]
fn an_output_folder_that_is_a_file() {
    let bench = Bench::new();
    let file = bench.root.path().join("file");
    fs::write(&file, "mine").unwrap();
    let run = codegen(&bench.metadata(), &bench.docs(), "group-post-threads", &file);
    bench.refused(&run, "output::not_a_folder", "file");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn an_input_that_is_not_there() {
    let bench = Bench::new();
    fs::remove_file(bench.metadata()).unwrap();
    bench.refuses("config::invalid", "metadata.csdl");
}

#[test]
fn a_file_by_hand_in_the_output() {
    let bench = Bench::new();
    fs::write(bench.out().join("models/src/lib.rs"), "// by hand\n").unwrap();
    let run = bench.generate();
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("error[output::foreign_file]"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(bench.out().join("models/src/lib.rs")).unwrap(), "// by hand\n");
}
