//! What a file uses, and how it writes it.
//!
//! A path comes in, and what stands in the code goes out: the last name, which is then declared in a
//! `use`; or the whole path, where that name means something else in this file. No name is made here.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use msgraph_plan::Ident;
use proc_macro2::TokenStream;
use quote::quote;

use super::layout::WIDTH;
use super::order::compare;
use super::tokens::word;

/// Names of the prelude that generated code uses: they mean nothing else in any file.
const PRELUDE: &[&str] = &[
    "AsRef",
    "Default",
    "Err",
    "Future",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Send",
    "Some",
    "String",
    "Sync",
];

/// The names that a file uses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Imports {
    /// Names that the file defines itself.
    defined: BTreeSet<String>,
    /// Each imported name with its path.
    used: BTreeMap<String, Vec<String>>,
    /// A crate whose names are never imported, but written with its path: `models::graph::User`.
    written_out: Option<String>,
    /// Whether modules are imported in place of names.
    by_module: bool,
}

impl Imports {
    /// A file that defines `names`.
    pub(crate) fn defining<'a>(names: impl IntoIterator<Item = &'a Ident>) -> Self {
        let defined = names.into_iter().map(|name| name.as_str().to_owned()).collect();
        Self { defined, ..Self::default() }
    }

    /// Names of the crate `library`, which the root of this crate has as `models`, are not imported: some of
    /// them wait for features.
    pub(crate) fn write_out(&mut self, library: &Ident) {
        self.written_out = Some(library.as_str().to_owned());
    }

    /// The file imports modules, and writes names with them in front: `graph::User`, `edm::Date`,
    /// `msgraph_core::Table`. Each imported name is an item of its own to the compiler, some 3 kB of its
    /// memory, and the files of types, which are thousands, use most names once.
    pub(crate) fn by_module(mut self) -> Self {
        self.by_module = true;
        self
    }

    /// The file defines `name`, too.
    pub(crate) fn define(&mut self, name: &str) {
        self.defined.insert(name.to_owned());
    }

    /// `path`, a path of names with `::` between them, as it is written in this file: its last name, or
    /// with the module in front, or the whole of it.
    pub(crate) fn path(&mut self, path: &str) -> TokenStream {
        let written_out = self.written_out.as_deref();
        let inside = written_out.and_then(|library| path.strip_prefix(library)?.strip_prefix("::"));
        if let Some(inside) = inside {
            let mut out = self.path("crate::models");
            for segment in inside.split("::").map(word) {
                out.extend(quote!(:: #segment));
            }
            return out;
        }
        // By module, `graph::User` stands for `crate::graph::User`, and `View` for `crate::View`.
        let behind_root = path.matches("::").count();
        match self.by_module {
            true if path.starts_with("crate::") || behind_root > 1 => {
                self.shown(path, &[behind_root])
            }
            true => self.shown(path, &[]),
            false => self.shown(path, &[1, 2]),
        }
    }

    /// `path` by its last name, also in a file that imports modules: for what the file writes often.
    pub(crate) fn name(&mut self, path: &str) -> TokenStream {
        self.shown(path, &[1, 2])
    }

    /// As many of the last names of `path` as the first of `lengths` says that is free, or all of them.
    fn shown(&mut self, path: &str, lengths: &[usize]) -> TokenStream {
        let segments: Vec<String> = path.split("::").map(str::to_owned).collect();
        let shown = lengths.iter().find_map(|length| {
            let first = segments.len().checked_sub(*length).filter(|first| *first > 0)?;
            let (imported, shown) = (segments.get(..=first)?, segments.get(first..)?);
            self.import(imported).then(|| shown.to_vec())
        });
        let mut out = TokenStream::new();
        for (index, segment) in shown.unwrap_or(segments).iter().enumerate() {
            let segment = word(segment);
            out.extend(if index == 0 { quote!(#segment) } else { quote!(:: #segment) });
        }
        out
    }

    /// Whether the last name of `path` means this path in the file, which it does from now on where it
    /// was free.
    fn import(&mut self, path: &[String]) -> bool {
        let is_free =
            |name: &&String| !self.defined.contains(*name) && !PRELUDE.contains(&name.as_str());
        let Some(name) = path.last().filter(is_free) else {
            return false;
        };
        self.used.entry(name.clone()).or_insert_with(|| path.to_vec()) == path
    }

    /// `root`, a module and a name in it, as it is written in this file.
    pub(crate) fn item(&mut self, root: &str, module: &[Ident], name: &Ident) -> TokenStream {
        let mut path = root.to_owned();
        for segment in module.iter().chain([name]) {
            path.push_str("::");
            path.push_str(segment.as_str());
        }
        self.path(&path)
    }

    /// The declarations, one for each module, sorted as `rustfmt` sorts them, `indent` columns deep.
    pub(crate) fn declarations(&self, indent: usize) -> String {
        let mut modules: BTreeMap<(u8, String), Vec<&str>> = BTreeMap::new();
        for (name, path) in &self.used {
            let Some((_, module)) = path.split_last() else { continue };
            let module = module.join("::");
            let rank = match module.split("::").next() {
                Some("crate") => 0,
                Some("super") => 1,
                _ => 2,
            };
            modules.entry((rank, module)).or_default().push(name);
        }
        let mut declarations: Vec<String> = modules
            .into_iter()
            .map(|((_, module), names)| declaration(&module, names, indent))
            .collect();
        declarations.sort_by(|a, b| order(a, b));
        let lead = " ".repeat(indent);
        let lines = declarations.iter().flat_map(|declaration| declaration.lines());
        lines.map(|line| format!("{lead}{line}\n")).collect()
    }
}

/// `use module::{A, B};`, over several lines where one is too short.
fn declaration(module: &str, mut names: Vec<&str>, indent: usize) -> String {
    let width = WIDTH - indent;
    names.sort_by(|a, b| compare(a.trim_start_matches("r#"), b.trim_start_matches("r#")));
    if let [name] = names.as_slice() {
        return format!("use {module}::{name};\n");
    }
    let line = format!("use {module}::{{{}}};\n", names.join(", "));
    if line.trim_end().len() + 2 <= width {
        return line;
    }
    let mut out = format!("use {module}::{{\n");
    let mut columns = 0;
    let last = names.last().copied();
    for name in names {
        let taken = name.len() + 2;
        // The comma behind the last name does not count.
        let room = width - 5 + usize::from(Some(name) == last);
        if columns > 0 && columns + taken - 1 > room {
            out.truncate(out.trim_end().len());
            out.push('\n');
            columns = 0;
        }
        if columns == 0 {
            out.push_str("    ");
        }
        out.push_str(name);
        out.push_str(", ");
        columns += taken;
    }
    out.truncate(out.trim_end().len());
    out.push_str("\n};\n");
    out
}

/// `rustfmt` puts `crate` first, and compares the rest segment by segment, braces last.
fn order(a: &str, b: &str) -> Ordering {
    let mut left = segments(a);
    let mut right = segments(b);
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some((rank, one)), Some((other_rank, other))) => {
                match rank.cmp(&other_rank).then_with(|| compare(one, other)) {
                    Ordering::Equal => {}
                    unequal => return unequal,
                }
            }
        }
    }
}

/// The segments of a declaration, each with its rank.
fn segments(declaration: &str) -> impl Iterator<Item = (u8, &str)> {
    let path = declaration.trim_start_matches("use ").trim_end().trim_end_matches(';');
    path.split("::").map(|segment| {
        let rank = match segment {
            "crate" => 0,
            _ if segment.starts_with('{') => 2,
            _ => 1,
        };
        (rank, segment.trim_start_matches("r#"))
    })
}
