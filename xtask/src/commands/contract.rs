//! `cargo xtask contract`: client and server of an API, held to every example of its documentation.
//!
//! In come inputs; out goes a folder of crates with their tests, compiled and run, and the table of how the
//! examples came out. Holds: what is compiled stays in the folder, so that a second run compiles what
//! changed; the crates resolve to the versions that this workspace is locked to.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::Stdio;

use msgraph_source::SourceMap;

use crate::clock::Clock;
use crate::config::{self, Target};
use crate::crates;
use crate::exit::Exit;
use crate::inputs::{Inputs, Selection};
use crate::messages::MessageFormat;
use crate::round;

/// The line in front of the list, as the runner of the tests writes it.
const LISTED: &str = "examples of which more is to be said";

/// Generate an API, and hold its client and server to every documented example.
///
/// Generates all that is documented, compiles the server's contract tests, runs them, and prints how the
/// examples came out: passed, passed but for a finding of `lint`, failed, not run; with the codes that tell why.
#[derive(clap::Args)]
#[command(mut_group("described", |described| described.required(true)), after_help = "\
Examples:
  cargo xtask contract --metadata v1.0.csdl --docs docs/v1.0
  cargo xtask contract --metadata v1.0.csdl --docs docs/v1.0 --select group-post-threads --out target/threads
  cargo xtask contract --metadata v1.0.csdl --docs docs/v1.0 --write contract.txt
  cargo xtask contract --metadata v1.0.csdl --docs docs/v1.0 --expect contract.txt

Exit codes:
  0  every example that is run holds, and the table is the expected one
  1  an example does not hold, the table differs, or the inputs have errors
  3  a file cannot be written

The whole of v1.0 takes minutes the first time. README.md lists the codes of the table.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    selection: Selection,

    /// The folder that takes the crates, and what is compiled [default: target/contract/VERSION].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The table and the list of examples that are to come out; where others do, the lines that differ are shown.
    #[arg(long, value_name = "FILE")]
    expect: Option<PathBuf>,

    /// Write the table, and behind it the list of all examples that are not plainly passed, into this file.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

/// Generates, compiles, runs.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let format = MessageFormat::Human;
    let mut sources = SourceMap::new();
    let version = arguments.inputs.version.as_deref().unwrap_or("v1.0");
    let default = || config::workspace().join("target/contract").join(version);
    let out = arguments.out.clone().unwrap_or_else(default);
    let mut select = arguments.selection.select.clone();
    if select.is_empty() {
        select.push("documented".to_owned());
    }
    let targets = match arguments.inputs.targets(&mut sources, &select, &out) {
        Ok(targets) => targets,
        Err(problems) => {
            format.show(&sources, &problems)?;
            return Ok(Exit::Findings);
        }
    };
    for target in targets {
        let exit = hold(target, arguments, format)?;
        if exit != Exit::Done {
            return Ok(exit);
        }
    }
    Ok(Exit::Done)
}

fn hold(target: Target, arguments: &Arguments, format: MessageFormat) -> io::Result<Exit> {
    let package = format!("msgraph-{}-server", target.name);
    let out = target.output.clone();
    eprintln!("generating {} …", out.display());
    let generated = round::read(target, &mut Clock::default()).generate(&mut Clock::default());
    let Some(ready) = generated.ready else {
        format.show(&generated.sources, &generated.diagnostics)?;
        return Ok(Exit::Findings);
    };
    if let Err(problem) = ready.write() {
        format.show(&SourceMap::new(), &[problem])?;
        return Ok(Exit::Disk);
    }
    if !out.join("server/tests/contract/main.rs").is_file() {
        format.tell("no documented example is about what is selected")?;
        return Ok(Exit::Done);
    }
    crates::workspace(&out)?;
    eprintln!("compiling and running the contract tests of {package} …");
    let output = crates::cargo(&out)
        .args(["test", "--quiet", "--package", &package, "--test", "contract"])
        .args(["--", "--nocapture"])
        // All that is generated compiles without a warning.
        .env("RUSTFLAGS", "-D warnings")
        .stderr(Stdio::inherit())
        .output()?;
    let told = String::from_utf8_lossy(&output.stdout);
    let (table, list) = parts(&told);
    let told_of = if output.status.success() { table } else { told.trim_end() };
    writeln!(io::stdout(), "{}", told_of.trim_end())?;
    if let Some(file) = &arguments.write {
        fs::write(file, format!("{}\n\n{}\n", table.trim_end(), list.trim_end()))?;
    }
    let expect = arguments.expect.as_deref().filter(|_| output.status.success());
    let Some(expect) = expect else {
        return Ok(if output.status.success() { Exit::Done } else { Exit::Findings });
    };
    let expected = fs::read_to_string(expect)?;
    let difference = difference(&expected, &format!("{table}\n{list}"));
    if difference.is_empty() {
        return Ok(Exit::Done);
    }
    let file = expect.display();
    eprintln!("the table is not that of {file} (-), but (+):\n{}", difference.join("\n"));
    Ok(Exit::Findings)
}

/// The table in what a run of the tests tells, and the list of examples behind it.
fn parts(told: &str) -> (&str, &str) {
    let start = told.find("documented  ").unwrap_or(told.len());
    let all = told.get(start..).unwrap_or_default();
    let end = all.find("\n.").or_else(|| all.find("\ntest result")).unwrap_or(all.len());
    let all = all.get(..end).unwrap_or_default().trim_end();
    all.split_at(all.find(LISTED).unwrap_or(all.len()))
}

/// The lines of which only one of the texts has as many, with a sign in front.
fn difference(expected: &str, found: &str) -> Vec<String> {
    let lines = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.trim_end().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    };
    let (expected, found) = (lines(expected), lines(found));
    let gone = expected.iter().filter(|line| !found.contains(line)).map(|line| format!("-{line}"));
    let new = found.iter().filter(|line| !expected.contains(line)).map(|line| format!("+{line}"));
    gone.chain(new).collect()
}

#[cfg(test)]
mod tests {
    use super::{difference, parts};

    #[test]
    fn the_table_ends_before_what_the_harness_tells() {
        let told = "\nrunning 1 test\n\ndocumented   all\nexamples      12\n\n  code   3\n\n\
                    examples of which more is to be said\nnoted   a#1\n.\ntest result: ok";
        let (table, list) = parts(told);
        assert_eq!(table, "documented   all\nexamples      12\n\n  code   3\n\n");
        assert_eq!(list, "examples of which more is to be said\nnoted   a#1");
        assert_eq!(parts("error"), ("", ""));
    }

    #[test]
    fn lines_that_differ_are_shown() {
        let expected = "documented   all\nexamples      12\n";
        assert!(difference(expected, "documented   all\n\nexamples      12").is_empty());
        let told = difference(expected, "documented   all\nexamples      11");
        assert_eq!(told, ["-examples      12", "+examples      11"]);
    }
}
