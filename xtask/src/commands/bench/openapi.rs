//! The whole of Graph as OpenAPI, read as JSON and as YAML.
//!
//! In comes the compressed document; out go the times of reading it, beside parsers that keep no places, of linking what
//! is read, and the peaks of memory of the commands that do so.

use std::fs;
use std::hint::black_box;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use msgraph_pipeline::{Input, Pass, generate, openapi};
use msgraph_source::SourceMap;

use super::{best, line, peak, timed};

/// Measures and prints.
pub(super) fn measure(out: &mut impl Write, compressed: &Path, runs: u32) -> io::Result<()> {
    let mut json = String::new();
    flate2::read::GzDecoder::new(fs::File::open(compressed)?).read_to_string(&mut json)?;
    let value: serde_json::Value = serde_json::from_str(&json)?;
    let yaml = serde_yaml::to_string(&value).map_err(io::Error::other)?;
    drop(value);

    let read = reading(&json, runs)?;
    line(out, &format!("OpenAPI of all v1.0, {} of JSON", megabytes(&json)), read, "< 1000 ms")?;
    let floor = best(runs, || {
        timed(|| {
            black_box(serde_json::from_str::<serde_json::Value>(&json)?);
            Ok(())
        })
    })?;
    line(out, "  peer: serde_json, without places", floor, "")?;
    line(out, "  and linked: read, parse, link", linking(&json, runs)?, "< 1000 ms")?;
    let read = reading(&yaml, runs)?;
    line(out, &format!("the same as {} of YAML", megabytes(&yaml)), read, "")?;
    let floor = best(runs, || {
        timed(|| {
            let value = serde_yaml::from_str::<serde_yaml::Value>(&yaml);
            black_box(value.map_err(io::Error::other)?);
            Ok(())
        })
    })?;
    line(out, "  peer: serde_yaml, without places", floor, "")?;

    let folder = tempfile::tempdir()?;
    for (name, text) in [("openapi.json", &json), ("openapi.yaml", &yaml)] {
        let path = folder.path().join(name);
        fs::write(&path, text)?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["openapi", "--timings"]).arg(&path);
        peak(out, &format!("`openapi {name}`"), &mut command, "< 400 MB")?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["codegen", "--timings", "--select", "all", "--openapi"]).arg(&path);
        command.arg("--out").arg(folder.path().join("out"));
        peak(out, &format!("`codegen --openapi {name} --select all`"), &mut command, "")?;
    }
    Ok(())
}

/// The time from `text` to a representation in which every name is resolved.
fn linking(text: &str, runs: u32) -> io::Result<Duration> {
    let mut sources = SourceMap::new();
    let file = sources.add("openapi", text);
    let input = Input { openapi: Some(file), ..Input::default() };
    let settings = super::settings(&super::target(Path::new(""), Vec::new()));
    best(runs, || {
        timed(|| {
            let outcome = generate(&sources, &input, &settings, Pass::Resolve, &mut |_| {});
            match outcome.api {
                Some(api) if api.statistics.unresolved == 0 => {
                    black_box(api);
                    Ok(())
                }
                _ => Err(io::Error::other("it is not linked")),
            }
        })
    })
}

/// The time of reading `text`: the tree, and where its references lead.
fn reading(text: &str, runs: u32) -> io::Result<Duration> {
    let mut sources = SourceMap::new();
    let file = sources.add("openapi", text);
    best(runs, || {
        timed(|| match openapi::parse(&sources, file) {
            (Some(document), said) if said.is_empty() => {
                black_box(document);
                Ok(())
            }
            (_, said) => Err(io::Error::other(format!("{} findings", said.len()))),
        })
    })
}

fn megabytes(text: &str) -> String {
    format!("{:.0} MB", text.len() as f64 / 1e6)
}
