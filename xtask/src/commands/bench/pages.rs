//! All pages of the reference held against the whole metadata.
//!
//! In come the metadata and the folders of pages; out go the times of reading, parsing, linking and
//! checking for a growing part of the pages, a floor, and the peak of memory of `cargo xtask lint`.
//! Holds: the parts are spread evenly over the pages, so that they are alike.

use std::fs;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use msgraph_pipeline::{Pass, lint};
use msgraph_source::SourceMap;

use super::{best, inputs, line, own_cpu, peak, target, timed};
use crate::clock::Clock;
use crate::config::Target;

/// The name of the lap in which texts are read from the disk.
const READ: &str = "read";

/// Measures and prints.
pub(super) fn measure(
    out: &mut impl Write,
    metadata: &Path,
    docs: &[PathBuf],
    runs: u32,
) -> io::Result<()> {
    let paths = paths(metadata, docs)?;
    let parts: Vec<(&str, Vec<PathBuf>)> = [("none", 0), ("a quarter", 4), ("half", 2), ("all", 1)]
        .into_iter()
        .map(|(name, each)| (name, part(&paths, each)))
        .collect();
    let mut walls = Vec::new();
    let mut whole = Clock::default();
    for (_, part) in &parts {
        let target = target(metadata, part.clone());
        let mut fastest = Duration::MAX;
        for _ in 0..runs.max(1) {
            let clock = once(&target)?;
            if clock.total() < fastest {
                fastest = clock.total();
                whole = clock;
            }
        }
        walls.push(fastest);
    }
    let all = walls.last().copied().unwrap_or_default();
    line(out, &format!("{} pages against the whole metadata", paths.len()), all, "< 1000 ms")?;
    line(out, "  of it reading the texts from the disk", whole.of(&[READ]), "")?;
    line(out, "  of it parsing pages and metadata", whole.of(&[Pass::Parse.name()]), "")?;
    line(out, "  of it linking the metadata", whole.of(&[Pass::Resolve.name()]), "")?;
    line(out, "  of it resolving URLs and checking", whole.of(&[Pass::Merge.name()]), "")?;
    let before = own_cpu();
    for _ in 0..runs.max(1) {
        black_box(once(&target(metadata, paths.clone()))?);
    }
    if let (Some(before), Some(after)) = (before, own_cpu()) {
        line(out, "  CPU of all cores, mean", after.saturating_sub(before) / runs.max(1), "")?;
    }
    let floor = best(runs, || timed(|| floor(metadata, &paths)))?;
    line(out, "  floor: reading the bytes, and the XML parser alone", floor, "")?;
    writeln!(out, "  ratio to the floor {:.2}", all.as_secs_f64() / floor.as_secs_f64())?;
    growth(out, &parts, &walls)?;
    memory(out, metadata, docs)
}

/// Reads, parses, links and checks once.
fn once(target: &Target) -> io::Result<Clock> {
    let mut clock = Clock::default();
    clock.start(READ);
    let mut sources = SourceMap::new();
    let input = inputs(&mut sources, target)?;
    let review = lint(&sources, &input, &target.version, &mut |pass| clock.start(pass.name()));
    clock.stop();
    black_box(review);
    Ok(clock)
}

/// How the time grows with the pages: what each part takes beyond no page at all, by the page.
fn growth(
    out: &mut impl Write,
    parts: &[(&str, Vec<PathBuf>)],
    walls: &[Duration],
) -> io::Result<()> {
    let none = walls.first().copied().unwrap_or_default();
    for ((name, part), wall) in parts.iter().zip(walls) {
        line(out, &format!("  {name} of the pages ({})", part.len()), *wall, "")?;
        if !part.is_empty() {
            let each = wall.saturating_sub(none).as_secs_f64() * 1e6 / part.len() as f64;
            writeln!(out, "    {each:.1} µs a page beyond the metadata")?;
        }
    }
    Ok(())
}

/// The pages below `docs`, as the commands find them.
fn paths(metadata: &Path, docs: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut sources = SourceMap::new();
    let input = inputs(&mut sources, &target(metadata, docs.to_vec()))?;
    Ok(input.pages.iter().map(|&page| PathBuf::from(sources.file(page).path())).collect())
}

/// Every `each`th page; none for zero.
fn part(paths: &[PathBuf], each: usize) -> Vec<PathBuf> {
    match each {
        0 => Vec::new(),
        _ => paths.iter().step_by(each).cloned().collect(),
    }
}

/// The least that must be done: the bytes of all files, and the elements of the metadata.
fn floor(metadata: &Path, paths: &[PathBuf]) -> io::Result<()> {
    let text = fs::read_to_string(metadata)?;
    let document = roxmltree::Document::parse(&text).map_err(io::Error::other)?;
    black_box(document.descendants().count());
    for path in paths {
        black_box(fs::read(path)?);
    }
    Ok(())
}

/// The peak of memory of `lint`.
fn memory(out: &mut impl Write, metadata: &Path, docs: &[PathBuf]) -> io::Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["lint", "--summary", "--timings", "--metadata"]).arg(metadata);
    command.arg("--docs").args(docs);
    peak(out, "`lint`", &mut command, "< 300 MB")
}
