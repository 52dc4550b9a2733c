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

/// Metadata with these declarations in the namespace `a`, from line 4 on.
fn metadata(declarations: &str) -> String {
    format!(
        "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">\n\
         <edmx:DataServices>\n\
         <Schema Namespace=\"a\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\n\
         {declarations}\n</Schema>\n</edmx:DataServices>\n</edmx:Edmx>\n"
    )
}

/// Generates everything that `text` declares, without pages, into a folder that is not there yet.
fn generate_all(text: &str) -> (Run, bool) {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("metadata.csdl"), text).unwrap();
    let arguments = ["codegen", "--metadata", "metadata.csdl", "--select", "all", "--out", "out"];
    let run = support::xtask(root.path(), &arguments);
    (run, root.path().join("out").exists())
}

/// Holds that `text` is refused with `code` at `place`, and that nothing is written.
fn refused_whole(text: &str, code: &str, place: &str) {
    let (run, is_written) = generate_all(text);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains(&format!("error[{code}]")), "{code} in\n{}", run.stderr);
    assert!(run.stderr.contains(place), "{place} in\n{}", run.stderr);
    assert!(!is_written, "{code}: something was written");
}

#[test]
fn base_types_in_a_ring() {
    let types = r#"<EntityType Name="x" BaseType="a.y"/>
<EntityType Name="y" BaseType="a.x"/>"#;
    refused_whole(&metadata(types), "link::base_cycle", "metadata.csdl:4:");
}

#[test]
fn a_ring_of_thousands_of_base_types_is_one_error() {
    let types = (0..5_000).fold(String::new(), |types, index| {
        let next = (index + 1) % 5_000;
        types + &format!("<EntityType Name=\"t{index}\" BaseType=\"a.t{next}\"/>\n")
    });
    let (run, _) = generate_all(&metadata(&types));
    assert_eq!(run.stderr.matches("error[link::base_cycle]").count(), 1, "{}", run.stderr);
    assert!(run.stderr.lines().count() < 60, "the message is short");
}

#[test]
fn a_chain_of_base_types_that_no_table_holds() {
    let types = (1..5_000).fold("<ComplexType Name=\"t0\"/>\n".to_owned(), |types, index| {
        let base = index - 1;
        types + &format!("<ComplexType Name=\"t{index}\" BaseType=\"a.t{base}\"/>\n")
    });
    refused_whole(&metadata(&types), "link::type_too_large", "metadata.csdl:68:");
    let (run, _) = generate_all(&metadata(&types));
    assert_eq!(run.stderr.matches("error[").count(), 1, "only the first one: {}", run.stderr);
}

#[test]
fn more_members_than_a_table_numbers() {
    let members = (0..10_001).fold(String::new(), |members, index| {
        members + &format!("<Property Name=\"p{index}\" Type=\"Edm.String\"/>")
    });
    let text = metadata(&format!("<ComplexType Name=\"x\">{members}</ComplexType>"));
    refused_whole(&text, "link::type_too_large", "metadata.csdl:4:");
    let members = (0..10_001)
        .fold(String::new(), |members, index| members + &format!("<Member Name=\"m{index}\"/>"));
    let text = metadata(&format!("<EnumType Name=\"x\">{members}</EnumType>"));
    refused_whole(&text, "link::type_too_large", "metadata.csdl:4:");
}

#[test]
fn references_to_what_is_not_there() {
    let ty = r#"<ComplexType Name="x"><Property Name="p" Type="a.gone"/></ComplexType>"#;
    refused_whole(&metadata(ty), "link::unresolved_type", "metadata.csdl:4:");
}

#[test]
fn thousands_of_errors_are_counted_beyond_the_first_hundreds() {
    let types = "<ComplexType Name=\"x\"/>\n".repeat(2_001);
    let (run, _) = generate_all(&metadata(&types));
    assert_eq!(run.stderr.matches("error[link::duplicate_name]").count(), 500);
    assert!(run.stderr.contains("1500 more of link::duplicate_name are not shown"));
    assert!(run.stderr.contains("2000 errors, 0 warnings"), "all are counted");
}

#[test]
fn so_many_dangling_references_that_near_names_are_no_longer_looked_for() {
    let types = (0..3_000).fold(String::new(), |types, index| {
        let property = format!("<Property Name=\"p\" Type=\"a.y{index}\"/>");
        types + &format!("<ComplexType Name=\"x{index}\">{property}</ComplexType>\n")
    });
    let (run, is_written) = generate_all(&metadata(&types));
    assert!(run.stderr.contains("did you mean `"), "{}", run.stderr);
    assert!(run.stderr.contains("near ones are no longer looked for"), "{}", run.stderr);
    assert!(run.stderr.contains("3000 errors"), "{}", run.stderr);
    assert!(!is_written);
}

#[test]
fn what_is_declared_twice() {
    let types = "<ComplexType Name=\"x\"/>\n<ComplexType Name=\"x\"/>";
    refused_whole(&metadata(types), "link::duplicate_name", "metadata.csdl:5:");
    let members = "<ComplexType Name=\"x\">\n<Property Name=\"p\" Type=\"Edm.String\"/>\n\
                   <Property Name=\"p\" Type=\"Edm.String\"/>\n</ComplexType>";
    refused_whole(&metadata(members), "link::duplicate_member", "metadata.csdl:6:");
}

#[test]
fn names_of_the_language_and_its_prelude_are_taken_over() {
    let types = ["self", "Self", "crate", "type", "Option", "Vec", "String", "Result", "str"];
    let types = types.map(|name| {
        format!(
            "<ComplexType Name=\"{name}\"><Property Name=\"{name}\" Type=\"a.{name}\"/></ComplexType>"
        )
    });
    let (run, is_written) = generate_all(&metadata(&types.join("\n")));
    assert_eq!((run.code, is_written), (0, true), "{}", run.stderr);
}

#[test]
fn names_of_five_thousand_characters_are_taken_over() {
    let (ty, set) = ("x".repeat(5_000), "y".repeat(5_000));
    let text = metadata(&format!(
        "<EntityType Name=\"{ty}\"><Key><PropertyRef Name=\"id\"/></Key>\
         <Property Name=\"id\" Type=\"Edm.String\"/></EntityType>\n\
         <EntityContainer Name=\"c\"><EntitySet Name=\"{set}\" EntityType=\"a.{ty}\"/></EntityContainer>"
    ));
    let (run, is_written) = generate_all(&text);
    assert_eq!((run.code, is_written), (0, true), "{}", run.stderr);
}

#[test]
fn entities_that_grow_without_end() {
    let entities = (1..10).fold(String::new(), |entities, index| {
        let inner = format!("&e{};", index - 1).repeat(10);
        entities + &format!("<!ENTITY e{index} \"{inner}\">")
    });
    let text =
        metadata("<ComplexType Name=\"x\"><Property Name=\"p\" Type=\"&e9;\"/></ComplexType>");
    let text = format!("<!DOCTYPE edmx [<!ENTITY e0 \"ha\">{entities}]>\n{text}");
    refused_whole(&text, "csdl::dtd", "metadata.csdl:1:");
}

#[test]
fn a_hundred_thousand_annotations_in_one_another() {
    const DEPTH: usize = 100_000;
    for (open, close) in
        [("<Annotation Term=\"a.t\">", "</Annotation>"), ("<Collection>", "</Collection>")]
    {
        let nest = open.repeat(DEPTH) + &close.repeat(DEPTH);
        let text = metadata(&format!("<ComplexType Name=\"x\">{nest}</ComplexType>"));
        refused_whole(&text, "csdl::too_deep", "metadata.csdl:4:");
    }
}
