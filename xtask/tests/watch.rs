//! `codegen --watch`: a real process on real files, told to stop as a user does.
//!
//! No test waits for a time: each reads what the process prints until a round has ended. That something
//! is *no* reason for a round is seen from the next one, which must be about the next change alone.

#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use support::project::{PAGE, POST, Project};
use support::tree;

/// A process that watches; it is killed with the test.
struct Watching<R> {
    child: Child,
    lines: Lines<BufReader<R>>,
}

/// What a round told a program.
struct Round {
    codes: Vec<String>,
    event: Value,
}

fn start(project: &Project, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--watch", "--config", "codegen.yaml"])
        .args(arguments)
        .current_dir(project.root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

impl Watching<ChildStdout> {
    /// Talks to a program; the first round has ended.
    fn new(project: &Project, arguments: &[&str]) -> Self {
        let mut child = start(project, &[&["--message-format", "json"], arguments].concat());
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut watching = Self { child, lines };
        let first = watching.round();
        assert_eq!(first.event["ok"], true, "{}", first.event);
        assert_eq!(first.event["inputs"], json!([]));
        watching
    }

    /// The next round, once it has ended.
    fn round(&mut self) -> Round {
        let mut codes = Vec::new();
        loop {
            let line = self.lines.next().expect("it goes on").unwrap();
            let value: Value = serde_json::from_str(&line).unwrap();
            if value["event"] == "round" {
                return Round { codes, event: value };
            }
            codes.push(value["code"].as_str().expect("a finding").to_owned());
        }
    }
}

impl Watching<ChildStderr> {
    /// Talks to a person.
    fn for_people(project: &Project) -> Self {
        let mut child = start(project, &[]);
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        Self { child, lines }
    }

    /// What is said up to the end of the next round.
    fn round(&mut self) -> String {
        let mut text = String::new();
        loop {
            let line = self.lines.next().expect("it goes on").unwrap();
            if line.starts_with("waiting for changes") {
                return text;
            }
            text.push_str(&line);
            text.push('\n');
        }
    }
}

impl<R> Watching<R> {
    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// Ctrl-C: the exit code.
    fn stop(mut self) -> Option<i32> {
        self.signal("-INT");
        self.child.wait().unwrap().code()
    }
}

impl<R> Drop for Watching<R> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Round {
    /// The inputs that differed, with how.
    fn inputs(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let inputs = self.event["inputs"].as_array().unwrap();
        inputs.iter().map(|input| (text(&input["path"]), text(&input["change"]))).collect()
    }

    /// The files that were written.
    fn written(&self) -> Vec<String> {
        let targets = self.event["targets"].as_array().unwrap();
        let files = targets.iter().flat_map(|target| target["written"].as_array().unwrap());
        files.map(|file| file.as_str().unwrap().to_owned()).collect()
    }

    /// Holds that the round was about these inputs and no others, and went well.
    #[track_caller]
    fn is_about(&self, expected: &[(&str, &str)]) -> &Self {
        let expected: Vec<(String, String)> =
            expected.iter().map(|(path, how)| ((*path).into(), (*how).into())).collect();
        assert_eq!(self.inputs(), expected, "{}", self.event);
        assert_eq!(self.event["ok"], true, "{}", self.event);
        self
    }
}

/// Changes what is said of `hasAttachments`; each call to another text.
fn reword(project: &Project, words: &str) {
    let text = project.text(POST);
    let (before, rest) = text.split_once("| hasAttachments ").unwrap();
    let (_, after) = rest.split_once("|\n").unwrap();
    let text = format!("{before}| hasAttachments | Boolean | {words} |\n{after}");
    project.put(POST, text);
}

/// The round that a change of this page makes.
const REWORDED: [(&str, &str); 1] = [(POST, "changed")];

#[test]
fn a_changed_page_is_generated_again_and_people_are_told() {
    let project = Project::fresh("docs: [docs]");
    let mut watching = Watching::for_people(&project);
    let first = watching.round();
    for expected in ["note[link::deep_insert]", "out: 36 files written"] {
        assert!(first.contains(expected), "{expected:?} in\n{first}");
    }

    reword(&project, "Whether anything is attached.");
    let second = watching.round();
    for expected in [
        "docs/resources/post.md changed\n",
        "out: 2 files written, 0 deleted, 34 unchanged\n",
        "  docs/resources/post.md changed since the last run: microsoft.graph.post (graph::Post)\n",
    ] {
        assert!(second.contains(expected), "{expected:?} in\n{second}");
    }
    assert!(!second.contains("note["), "what was told is not repeated: {second}");
    assert!(project.text("out/models/src/graph/post.rs").contains("Whether anything is attached."));

    let good = project.text(PAGE);
    project.edit(PAGE, "\"blockType\": \"request\",", "\"blockType\" = \"request\",");
    let broken = watching.round();
    assert!(broken.contains("error[docs::annotation_json]"), "{broken}");
    assert!(broken.ends_with("nothing was written: the old output stands\n"), "{broken}");
    project.put(PAGE, good);
    let mended = watching.round();
    assert!(!mended.contains("note["), "nor after errors: {mended}");
    assert_eq!(watching.stop(), Some(0));
    project.check(0);
}

#[test]
fn a_broken_page_leaves_the_output_until_it_is_mended() {
    let project = Project::fresh("docs: [docs]");
    let mut watching = Watching::new(&project, &[]);
    let before = tree(&project.path("out"));
    let good = project.text(PAGE);

    project.edit(PAGE, "\"blockType\": \"request\",", "\"blockType\" = \"request\",");
    let broken = watching.round();
    assert!(broken.codes.contains(&"docs::annotation_json".to_owned()), "{:?}", broken.codes);
    assert_eq!((&broken.event["ok"], &broken.event["targets"]), (&json!(false), &json!([])));
    assert_eq!(tree(&project.path("out")), before);

    // Another input changes meanwhile: still broken, still the old output.
    reword(&project, "Whether anything is attached.");
    assert_eq!(watching.round().event["ok"], false);
    assert_eq!(tree(&project.path("out")), before);

    project.put(PAGE, good);
    let mended = watching.round();
    mended.is_about(&[(PAGE, "changed")]);
    assert_eq!(mended.written(), ["models/src/graph/post.rs", "codegen.lock"]);
    assert_eq!(watching.stop(), Some(0));
    project.check(0);
}

#[test]
fn a_page_that_is_no_text_is_survived() {
    let project = Project::fresh("docs: [docs]");
    let mut watching = Watching::new(&project, &[]);
    let good = project.text(PAGE);
    project.put(PAGE, b"\xff\xfe");
    assert_eq!(watching.round().codes, ["source::encoding"]);
    project.put(PAGE, good);
    assert_eq!(watching.round().event["ok"], true);
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn a_burst_is_one_round() {
    let project = Project::fresh("docs: [docs]");
    let mut watching = Watching::new(&project, &[]);
    // While the process is stopped, the system keeps for it what happened.
    watching.signal("-STOP");
    fs::create_dir(project.path("docs/more")).unwrap();
    for number in 0..200 {
        fs::write(project.path(&format!("docs/more/{number:03}.md")), "# Other\n").unwrap();
    }
    reword(&project, "Whether anything is attached.");
    watching.signal("-CONT");
    let round = watching.round();
    assert_eq!(round.inputs().len(), 201);
    assert_eq!(round.written(), ["models/src/graph/post.rs", "codegen.lock"]);

    reword(&project, "Once more.");
    watching.round().is_about(&REWORDED);
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn pages_and_folders_come_move_and_go() {
    let project = Project::fresh("docs: [docs]");
    let mut watching = Watching::new(&project, &[]);
    fs::rename(project.path(POST), project.path("docs/posts.md")).unwrap();
    watching.round().is_about(&[("docs/posts.md", "added"), (POST, "removed")]);

    fs::rename(project.path("docs/posts.md"), project.path(POST)).unwrap();
    watching.round().is_about(&[("docs/posts.md", "removed"), (POST, "added")]);

    // A new folder, and then something in it.
    fs::create_dir(project.path("aside")).unwrap();
    fs::write(project.path("aside/other.md"), "# Other\n").unwrap();
    fs::rename(project.path("aside"), project.path("docs/other")).unwrap();
    watching.round().is_about(&[("docs/other/other.md", "added")]);
    project.put("docs/other/more.md", "# More\n");
    watching.round().is_about(&[("docs/other/more.md", "added")]);
    fs::remove_dir_all(project.path("docs/other")).unwrap();
    // Its files and it itself go one after the other: one round or two.
    let mut gone = watching.round().inputs();
    if gone.len() < 2 {
        gone.extend(watching.round().inputs());
    }
    gone.sort();
    let removed = |name: &str| (format!("docs/other/{name}.md"), "removed".to_owned());
    assert_eq!(gone, [removed("more"), removed("other")]);

    // The whole folder of pages goes and comes back.
    fs::rename(project.path("docs"), project.path("aside")).unwrap();
    let round = watching.round();
    assert_eq!((&round.event["ok"], round.inputs().len()), (&json!(false), 3), "{}", round.event);
    fs::rename(project.path("aside"), project.path("docs")).unwrap();
    assert_eq!(watching.round().event["ok"], true);
    reword(&project, "Whether anything is attached.");
    watching.round().is_about(&REWORDED);
    assert_eq!(watching.stop(), Some(0));
    project.check(0);
}

#[test]
fn the_metadata_and_the_configuration_are_watched() {
    let project = Project::fresh("docs: [docs]");
    let mut watching = Watching::new(&project, &[]);
    project.edit("metadata.csdl", "\"isLocked\"", "\"isSealed\"");
    let round = watching.round();
    round.is_about(&[("metadata.csdl", "changed")]);
    let causes = &round.event["targets"][0]["causes"];
    assert_eq!(causes[0]["code"], "lock::input_changed");
    assert_eq!(causes[0]["touches"][0]["name"], "microsoft.graph.conversationThread");

    project.configure("docs: [docs]", "group-post-threads, type microsoft.graph.fileAttachment");
    let round = watching.round();
    round.is_about(&[("codegen.yaml", "changed")]);
    assert!(round.written().contains(&"models/src/graph/file_attachment.rs".to_owned()));

    // A configuration with errors ends nothing; what it named before is still watched.
    project.edit("codegen.yaml", "select", "selct");
    let broken = watching.round();
    assert_eq!(
        (broken.codes.as_slice(), &broken.event["ok"]),
        (&["config::syntax".to_owned()][..], &json!(false))
    );
    project.configure("docs: [docs/api, docs/resources]", "group-post-threads");
    let round = watching.round();
    round.is_about(&[("codegen.yaml", "changed")]);
    assert_eq!(
        round.event["targets"][0]["deleted"],
        json!(["models/src/graph/file_attachment.rs"])
    );
    reword(&project, "Whether anything is attached.");
    watching.round().is_about(&REWORDED);
    assert_eq!(watching.stop(), Some(0));
    project.check(0);
}

#[test]
fn accepted_findings_are_left_out_as_soon_as_they_are_accepted() {
    let project = Project::fresh("docs: [docs]");
    let yaml = format!("suppressions: accepted.yaml\n{}", project.text("codegen.yaml"));
    project.put("codegen.yaml", yaml);
    project.put("accepted.yaml", "[]\n");
    let mut watching = Watching::new(&project, &[]);
    reword(&project, "Whether anything is attached.");
    let deep = "link::deep_insert".to_owned();
    assert!(watching.round().codes.contains(&deep));
    project.put(
        "accepted.yaml",
        "- { code: link::deep_insert, page: \"**\", reason: the documents are right }\n",
    );
    let round = watching.round();
    round.is_about(&[("accepted.yaml", "changed")]);
    assert!(!round.codes.contains(&deep), "{:?}", round.codes);
    assert_eq!(round.written(), [] as [&str; 0]);
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn what_changes_no_text_makes_no_round() {
    let project = Project::fresh("docs: [docs]");
    let mut watching = Watching::new(&project, &[]);
    fs::write(project.path("docs/resources/.post.md.swp"), "swap").unwrap();
    fs::write(project.path("docs/resources/notes.txt"), "mine").unwrap();
    project.put(PAGE, project.text(PAGE));
    project.put(PAGE, project.text(PAGE).replace('\n', "\r\n"));
    fs::remove_file(project.path("docs/resources/.post.md.swp")).unwrap();
    fs::create_dir(project.path("docs/empty")).unwrap();
    reword(&project, "Whether anything is attached.");
    watching.round().is_about(&REWORDED);
    // A file that is written in place, by one write.
    let mut page = fs::OpenOptions::new().append(true).open(project.path(PAGE)).unwrap();
    page.write_all(b"\nThe end.\n").unwrap();
    let round = watching.round();
    assert_eq!(round.is_about(&[(PAGE, "changed")]).written(), ["codegen.lock"]);
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn output_among_the_pages_makes_no_round() {
    // Everything in one folder, the output within it.
    let project = Project::fresh("docs: [.]");
    let mut watching = Watching::new(&project, &[]);
    for words in ["Whether anything is attached.", "Once more.", "And again."] {
        reword(&project, words);
        watching.round().is_about(&REWORDED);
    }
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn what_could_not_be_written_is_tried_again() {
    let project = Project::fresh("docs: [docs]");
    let mut watching = Watching::new(&project, &[]);
    let file = project.path("out/models/src/graph/post.rs");
    let generated = fs::read(&file).unwrap();
    fs::write(&file, "// by hand\n").unwrap();
    reword(&project, "Whether anything is attached.");
    let round = watching.round();
    assert_eq!(
        (round.codes.last().unwrap().as_str(), &round.event["ok"]),
        ("output::foreign_file", &json!(false))
    );
    fs::write(&file, generated).unwrap();
    // No text of the inputs differs, but something happened to them.
    project.put(POST, project.text(POST));
    let round = watching.round();
    assert_eq!(round.event["ok"], true);
    assert_eq!(round.written(), ["models/src/graph/post.rs", "codegen.lock"]);
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn the_disk_is_looked_at_where_the_system_does_not_tell() {
    let project = Project::fresh("docs: [docs]");
    let mut watching = Watching::new(&project, &["--poll"]);
    reword(&project, "Whether anything is attached.");
    watching.round().is_about(&REWORDED);
    project.put("docs/other.md", "# Other\n");
    watching.round().is_about(&[("docs/other.md", "added")]);
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn inputs_named_on_the_command_line_are_watched() {
    let project = Project::fresh("docs: [docs]");
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--watch", "--message-format", "json", "--metadata", "metadata.csdl"])
        .args(["--docs", PAGE, POST, "--select", "group-post-threads", "--out", "out"])
        .current_dir(project.root())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut watching = Watching { child, lines };
    assert_eq!(watching.round().event["ok"], true);
    reword(&project, "Whether anything is attached.");
    watching.round().is_about(&REWORDED);
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn watching_and_checking_exclude_each_other() {
    let project = Project::fresh("docs: [docs]");
    assert_eq!(project.codegen(&["--watch", "--check"]).code, 2);
    assert_eq!(project.codegen(&["--poll"]).code, 2);
}
