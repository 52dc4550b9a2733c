//! `cargo xtask bench-scale`: what the whole of an API costs, to generate and to compile, beside floors and peers.
//!
//! Comes in: metadata and pages. Goes out: a table, each row with wall time, processor time, and the peak of the
//! largest process. Third parties and the runtime are built before and not counted; nothing is incremental.
//! Everything lies in one folder, which is a workspace of its own.

pub(crate) mod meter;
mod peers;

use std::ffi::OsString;
use std::fs;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::config;
use crate::exit::Exit;
use meter::Measure;
use peers::Peers;

/// Measure the whole: generating it, checking it, building it, and packing it.
///
/// Run it as `cargo bench-scale`, which builds the generator with optimisations.
#[derive(clap::Args)]
#[command(after_help = "\
Rows:
  generate   the process, into an empty folder; then again, when nothing has changed
  floors     reading the bytes, the XML parser alone, formatting the output alone
  empty      cargo check of structs without members, as many as there are types
  models     cargo check of the models, in one crate or two; the peak is that of the largest
  all        cargo check of models, client and server
  debug      cargo build of all crates
  release    cargo build --release of all crates
  groups     cargo check of models and client with the feature `groups` alone
  packages   packed sizes and numbers of features
  serde      cargo check of the same types as structs with derived serde traits: takes some two
             minutes and 6 GB, and is measured only where --only names it

Examples:
  cargo bench-scale
  cargo bench-scale --only models --only serde
  cargo bench-scale --select documented --only generate --only all")]
pub(crate) struct Arguments {
    /// The metadata [default: ../shared/corpus/v1.0.csdl].
    #[arg(long, value_name = "FILE")]
    metadata: Option<PathBuf>,

    /// The pages [default: ../shared/corpus/docs/v1.0].
    #[arg(long, value_name = "DIR", num_args = 1..)]
    docs: Vec<PathBuf>,

    /// What is compiled.
    #[arg(long, value_name = "SELECTOR", default_value = "all")]
    select: String,

    /// Only this row (repeatable).
    #[arg(long, value_name = "ROW")]
    only: Vec<Row>,

    /// The folder that takes the crates and what is built of them [default: target/scale].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Row {
    Generate,
    Floors,
    Empty,
    Models,
    All,
    Debug,
    Release,
    Groups,
    Packages,
    Serde,
}

/// The folders of the crates; that of values is there where the types are too many for one crate.
const MODELS: &str = "models";
const VALUES: &str = "models/values";
const CLIENT: &str = "client";
const SERVER: &str = "server";

/// The workspace that is measured.
struct Bench {
    metadata: PathBuf,
    docs: Vec<PathBuf>,
    select: String,
    only: Vec<Row>,
    folder: PathBuf,
}

/// Measures and prints.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Exit> {
    let mut out = io::stdout().lock();
    if cfg!(debug_assertions) {
        writeln!(out, "note: this build is not optimised; run `cargo bench-scale`\n")?;
    }
    let corpus = config::workspace().join("../shared/corpus");
    let metadata = arguments.metadata.clone().unwrap_or_else(|| corpus.join("v1.0.csdl"));
    let docs = match arguments.docs.is_empty() {
        true => vec![corpus.join("docs/v1.0")],
        false => arguments.docs.clone(),
    };
    if let Some(missing) = docs.iter().chain([&metadata]).find(|path| !path.exists()) {
        writeln!(out, "left out: all of it ({} is not there)", missing.display())?;
        return Ok(Exit::Done);
    }
    let folder = arguments.out.clone();
    let folder = folder.unwrap_or_else(|| config::workspace().join("target/scale"));
    fs::create_dir_all(&folder)?;
    let bench = Bench {
        metadata: std::path::absolute(metadata)?,
        docs: docs.iter().map(std::path::absolute).collect::<io::Result<_>>()?,
        select: arguments.select.clone(),
        only: arguments.only.clone(),
        folder: std::path::absolute(folder)?,
    };
    bench.measure(&mut out)?;
    bench.delete_former()?;
    Ok(Exit::Done)
}

impl Bench {
    fn wants(&self, row: Row) -> bool {
        if self.only.is_empty() { row != Row::Serde } else { self.only.contains(&row) }
    }

    fn measure(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{:44} {:>9} {:>9} {:>9}   aim", "row", "wall", "CPU", "peak")?;
        self.generation(out)?;
        if self.wants(Row::Floors) {
            self.floors(out)?;
        }
        self.prepare()?;
        let mut models = Vec::new();
        for folder in self.folders().filter(|folder| folder.starts_with(MODELS)) {
            models.push(self.package(folder)?);
        }
        let models: Vec<&str> = models.iter().map(String::as_str).collect();
        let (client, server) = (self.package(CLIENT)?, self.package(SERVER)?);
        let all = [models.as_slice(), &[&client, &server]].concat();
        let checks = [
            (Row::Empty, "check of empty structs", vec!["peer-empty"], ""),
            (Row::Models, "check of the models", models.clone(), "≤ 12 s CPU, ≤ 1000 MB"),
            (Row::All, "check of all crates", all.clone(), "≤ 25 s CPU, ≤ 1500 MB"),
            (Row::Serde, "check of serde-derived structs", vec!["peer-serde"], "≥ 8 × the models"),
        ];
        let mut measured = Vec::new();
        for (row, name, packages, aim) in checks {
            if self.wants(row) {
                let measure = self.cargo("check", "dev", &packages, &packages, &[])?;
                print(out, name, measure, aim)?;
                measured.push((row, measure));
            }
        }
        let cpu = |wanted: Row| {
            let found = measured.iter().find(|(row, _)| *row == wanted);
            found.and_then(|(_, measure)| measure.cpu)
        };
        if let (Some(ours), Some(peer)) = (cpu(Row::Models), cpu(Row::Serde)) {
            let ratio = peer.as_secs_f64() / ours.as_secs_f64();
            writeln!(out, "  serde-derived structs take {ratio:.1} × the models' CPU")?;
        }
        if self.wants(Row::Debug) {
            let measure = self.cargo("build", "dev", &all, &all, &[])?;
            print(out, "debug build of all crates", measure, "≤ 40 s CPU, ≤ 2000 MB")?;
        }
        if self.wants(Row::Release) {
            let measure = self.cargo("build", "release", &all, &all, &[])?;
            print(out, "release build of all crates", measure, "≤ 80 s CPU, ≤ 2000 MB")?;
        }
        if self.wants(Row::Groups) {
            if self.features(CLIENT)?.iter().any(|feature| feature == "groups") {
                let features = ["--no-default-features", "--features", "groups"];
                let counted = [models.as_slice(), &[&client]].concat();
                let measure = self.cargo("check", "dev", &counted, &[&client], &features)?;
                print(out, "check with the feature `groups` alone", measure, "≤ 10 s CPU")?;
            } else {
                writeln!(out, "left out: the feature `groups` (the client has none of that name)")?;
            }
        }
        if self.wants(Row::Packages) {
            self.sizes(out)?;
        }
        Ok(())
    }

    /// Generates into the folder; measured where the row is wanted.
    fn generation(&self, out: &mut impl Write) -> io::Result<()> {
        let log = meter::log(&self.folder);
        if !self.wants(Row::Generate) {
            meter::process(&self.codegen(&self.select)?, &log)?;
            return Ok(());
        }
        let mut selections = vec!["documented", "all"];
        // That which is compiled comes last, and stays.
        selections.sort_by_key(|selection| *selection == self.select);
        for selection in selections {
            self.set_aside()?;
            let fresh = meter::process(&self.codegen(selection)?, &log)?;
            print(out, &format!("generate `{selection}`"), fresh, "< 1.5 s wall, < 500 MB")?;
            let again = meter::process(&self.codegen(selection)?, &log)?;
            print(out, "  again, nothing changed", again, "< 0.6 s wall")?;
            let (files, lines, bytes) = self.output()?;
            writeln!(out, "  {files} files, {lines} lines, {:.1} MB", bytes as f64 / 1e6)?;
        }
        if !["documented", "all"].contains(&self.select.as_str()) {
            meter::process(&self.codegen(&self.select)?, &log)?;
        }
        Ok(())
    }

    fn codegen(&self, selection: &str) -> io::Result<Vec<OsString>> {
        let mut arguments: Vec<OsString> = vec![std::env::current_exe()?.into()];
        arguments.extend(["codegen", "--metadata"].map(Into::into));
        arguments.push(self.metadata.clone().into());
        arguments.push("--docs".into());
        arguments.extend(self.docs.iter().map(Into::into));
        arguments.extend(["--select", selection, "--out"].map(Into::into));
        arguments.push(self.crates().into());
        Ok(arguments)
    }

    fn crates(&self) -> PathBuf {
        self.folder.join("crates")
    }

    /// Where earlier output waits to be deleted.
    fn former(&self) -> PathBuf {
        self.folder.join("former")
    }

    /// Moves the output out of the way. It is not deleted at once: some file systems are slow to make files for a minute
    /// after many were deleted, since they look for places that were not in use a moment ago.
    fn set_aside(&self) -> io::Result<()> {
        let former = self.former();
        fs::create_dir_all(&former)?;
        let places = (0..).map(|number: u32| former.join(number.to_string()));
        let Some(free) = places.take(1000).find(|place| !place.exists()) else {
            return Err(io::Error::other(format!("{} is full", former.display())));
        };
        match fs::rename(self.crates(), free) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn delete_former(&self) -> io::Result<()> {
        match fs::remove_dir_all(self.former()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// All Rust files of the output.
    fn rust_files(&self) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        let mut folders = vec![self.crates()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                match path.is_dir() {
                    true => folders.push(path),
                    false if path.extension().is_some_and(|end| end == "rs") => files.push(path),
                    false => {}
                }
            }
        }
        Ok(files)
    }

    /// The number of Rust files, of their lines, and of their bytes.
    fn output(&self) -> io::Result<(usize, usize, usize)> {
        let files = self.rust_files()?;
        let (mut lines, mut bytes) = (0, 0);
        for path in &files {
            let text = fs::read(path)?;
            lines += text.iter().filter(|byte| **byte == b'\n').count();
            bytes += text.len();
        }
        Ok((files.len(), lines, bytes))
    }

    /// What no generator of this kind can do without, each on one core.
    fn floors(&self, out: &mut impl Write) -> io::Result<()> {
        let mut floor = |name: &str, work: &mut dyn FnMut() -> io::Result<()>| {
            let since = Instant::now();
            work()?;
            let wall = since.elapsed();
            print(out, name, Measure { wall, ..Measure::default() }, "")
        };
        floor("floor: reading the bytes", &mut || {
            let mut open: Vec<PathBuf> = self.docs.clone();
            open.push(self.metadata.clone());
            while let Some(path) = open.pop() {
                if path.is_dir() {
                    for entry in fs::read_dir(path)? {
                        open.push(entry?.path());
                    }
                } else {
                    black_box(fs::read(path)?);
                }
            }
            Ok(())
        })?;
        floor("floor: the XML parser alone", &mut || {
            let text = fs::read_to_string(&self.metadata)?;
            let document = roxmltree::Document::parse(&text).map_err(io::Error::other)?;
            black_box(document.descendants().count());
            Ok(())
        })?;
        let texts =
            self.rust_files()?.iter().map(fs::read_to_string).collect::<io::Result<Vec<_>>>()?;
        floor("floor: formatting the output alone", &mut || {
            for text in &texts {
                let file = syn::parse_file(text).map_err(io::Error::other)?;
                black_box(prettyplease::unparse(&file));
            }
            Ok(())
        })
    }

    /// Makes the folder a workspace with the peers in it, and builds what is not counted.
    fn prepare(&self) -> io::Result<()> {
        let text = fs::read_to_string(&self.metadata)?;
        let document = roxmltree::Document::parse(&text).map_err(io::Error::other)?;
        let peers = Peers::of(&document);
        let serde = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";
        self.peer("peer-serde", serde, &peers.derived()?)?;
        self.peer("peer-empty", "", &peers.empty())?;
        let members = [MODELS, CLIENT, SERVER].map(|folder| format!("crates/{folder}"));
        let mut members: Vec<&str> = members.iter().map(String::as_str).collect();
        members.extend(["peer-serde", "peer-empty"]);
        fs::write(
            self.folder.join("Cargo.toml"),
            format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
        )?;
        // The versions of third parties are those of this workspace.
        fs::copy(config::workspace().join("Cargo.lock"), self.folder.join("Cargo.lock"))?;
        Ok(())
    }

    fn peer(&self, name: &str, dependencies: &str, text: &str) -> io::Result<()> {
        let folder = self.folder.join(name);
        fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/lib.rs"), text)
    }

    /// What compiling `counted` takes in a run of cargo on `named`.
    fn cargo(
        &self,
        command: &str,
        profile: &str,
        counted: &[&str],
        named: &[&str],
        features: &[&str],
    ) -> io::Result<Measure> {
        let cargo = |arguments: &[&str], packages: &[&str]| {
            let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
            let mut cargo = Command::new(program);
            cargo.args(arguments).args(packages.iter().flat_map(|name| ["--package", name]));
            cargo.current_dir(&self.folder).env("CARGO_TARGET_DIR", self.folder.join("target"));
            cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0");
            cargo.stdin(Stdio::null());
            cargo
        };
        let log = meter::log(&self.folder);
        let build = [&[command, "--quiet", "--profile", profile], features].concat();
        // Once for what stands below, and then the crates that count.
        meter::compilers(&mut cargo(&build, named), &log)?;
        meter::compilers(&mut cargo(&["clean", "--quiet", "--profile", profile], counted), &log)?;
        meter::compilers(&mut cargo(&build, named), &log)
    }

    /// The folders of the crates that were generated, those first that others depend on.
    fn folders(&self) -> impl Iterator<Item = &'static str> {
        [VALUES, MODELS, CLIENT, SERVER]
            .into_iter()
            .filter(|of| self.crates().join(of).join("Cargo.toml").exists())
    }

    /// The name of the package in the folder of a crate.
    fn package(&self, of: &str) -> io::Result<String> {
        let manifest = fs::read_to_string(self.crates().join(of).join("Cargo.toml"))?;
        let name = manifest.lines().find_map(|line| line.strip_prefix("name = "));
        name.map(|name| name.trim_matches('"').to_owned())
            .ok_or_else(|| io::Error::other(format!("the crate in {of} has no name")))
    }

    /// The features of the crate in a folder, read from its manifest; `default` is none.
    fn features(&self, of: &str) -> io::Result<Vec<String>> {
        let manifest = fs::read_to_string(self.crates().join(of).join("Cargo.toml"))?;
        let lines = manifest.lines().skip_while(|line| line.trim() != "[features]").skip(1);
        Ok(lines
            .take_while(|line| !line.starts_with('['))
            .filter_map(|line| line.split_once('='))
            .map(|(name, _)| name.trim().trim_matches('"').to_owned())
            .filter(|name| name != "default" && !name.starts_with('#'))
            .collect())
    }

    /// Packed sizes and features, against what the registry takes.
    fn sizes(&self, out: &mut impl Write) -> io::Result<()> {
        for folder in self.folders() {
            let features = self.features(folder)?.len();
            // `cargo package` wants versions of dependencies that are on no registry; this is what it packs.
            let packed = Command::new("tar")
                .args(["--create", "--gzip", "--file", "-"])
                .arg(format!("--exclude={folder}/values"))
                .arg(folder)
                .current_dir(self.crates())
                .output()?;
            if !packed.status.success() {
                writeln!(out, "left out: the packed size of {folder} (there is no `tar` here)")?;
                continue;
            }
            writeln!(
                out,
                "{:44} {:>6.2} MB {:>9} {:>9}   ≤ 10.49 MB, ≤ 300 features",
                format!("{folder}, packed"),
                packed.stdout.len() as f64 / 1e6,
                "",
                format!("{features} feat.")
            )?;
        }
        Ok(())
    }
}

fn print(out: &mut impl Write, name: &str, measure: Measure, aim: &str) -> io::Result<()> {
    let cpu = measure.cpu.map_or("-".to_owned(), |cpu| format!("{:.2} s", cpu.as_secs_f64()));
    let peak = measure.peak.map_or("-".to_owned(), |peak| format!("{:.0} MB", peak as f64 / 1e6));
    let wall = measure.wall.as_secs_f64();
    writeln!(out, "{name:44} {wall:>7.2} s {cpu:>9} {peak:>9}   {aim}")?;
    out.flush()
}
