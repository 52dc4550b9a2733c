//! The peers: the types of the same metadata written as other generators write them, and as nothing at all.
//!
//! Comes in: the metadata, which is read with the XML parser alone, so that no work of the generator is in the
//! peer. Goes out: the text of a crate of plain structs with derived traits, inheritance flattened, boxes only where
//! a type holds itself; and of a crate of empty structs with the same names, which is the floor of the compiler.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use roxmltree::{Document, Node};

/// The types, in the order of the metadata.
pub(crate) struct Peers<'a> {
    structs: Vec<Struct<'a>>,
    enums: Vec<Enum<'a>>,
    names: BTreeMap<String, Target>,
    aliases: BTreeMap<&'a str, &'a str>,
}

#[derive(Clone, Copy)]
enum Target {
    Struct(usize),
    Enum(usize),
}

struct Struct<'a> {
    name: &'a str,
    base: Option<&'a str>,
    members: Vec<(&'a str, &'a str)>,
}

struct Enum<'a> {
    name: &'a str,
    members: Vec<&'a str>,
}

impl<'a> Peers<'a> {
    pub(crate) fn of(document: &'a Document<'_>) -> Self {
        let mut peers = Self {
            structs: Vec::new(),
            enums: Vec::new(),
            names: BTreeMap::new(),
            aliases: BTreeMap::new(),
        };
        for schema in document
            .descendants()
            .filter(|node| node.has_tag_name(("http://docs.oasis-open.org/odata/ns/edm", "Schema")))
        {
            let namespace = schema.attribute("Namespace").unwrap_or_default();
            if let Some(alias) = schema.attribute("Alias") {
                peers.aliases.insert(alias, namespace);
            }
            for node in schema.children().filter(Node::is_element) {
                peers.declare(namespace, node);
            }
        }
        peers
    }

    fn declare(&mut self, namespace: &str, node: Node<'a, '_>) {
        let name = node.attribute("Name").unwrap_or_default();
        let children = |tags: &'static [&'static str]| {
            node.children().filter(move |child| tags.contains(&child.tag_name().name()))
        };
        let target = match node.tag_name().name() {
            "EntityType" | "ComplexType" => {
                let members = children(&["Property", "NavigationProperty"])
                    .filter_map(|child| Some((child.attribute("Name")?, child.attribute("Type")?)));
                let members = members.collect();
                self.structs.push(Struct { name, base: node.attribute("BaseType"), members });
                Target::Struct(self.structs.len() - 1)
            }
            "EnumType" => {
                let members = children(&["Member"]).filter_map(|child| child.attribute("Name"));
                self.enums.push(Enum { name, members: members.collect() });
                Target::Enum(self.enums.len() - 1)
            }
            _ => return,
        };
        self.names.insert(format!("{namespace}.{name}"), target);
    }

    fn resolve(&self, name: &str) -> Option<Target> {
        let (prefix, last) = name.rsplit_once('.')?;
        let namespace = self.aliases.get(prefix).copied().unwrap_or(prefix);
        self.names.get(&format!("{namespace}.{last}")).copied()
    }

    /// The members of a struct, those of its bases first.
    fn flattened(&self, index: usize) -> Vec<(&'a str, &'a str)> {
        let mut levels = Vec::new();
        let mut next = self.structs.get(index);
        // A ring of bases would be refused by the generator.
        while let Some(level) = next.filter(|_| levels.len() < 64) {
            levels.push(level);
            next = match level.base.and_then(|base| self.resolve(base)) {
                Some(Target::Struct(base)) => self.structs.get(base),
                _ => None,
            };
        }
        levels.iter().rev().flat_map(|level| level.members.iter().copied()).collect()
    }

    /// For each struct, those that it holds in place.
    fn held(&self) -> Vec<BTreeSet<usize>> {
        let held = |index| {
            let members = self.flattened(index).into_iter();
            members
                .filter_map(|(_, ty)| match self.resolve(ty) {
                    Some(Target::Struct(held)) => Some(held),
                    _ => None,
                })
                .collect()
        };
        (0..self.structs.len()).map(held).collect()
    }

    /// Plain structs and enums with derived traits.
    pub(crate) fn derived(&self) -> io::Result<String> {
        let mut out = String::from(
            "#![allow(non_camel_case_types, clippy::all)]\n\
             use serde::{Deserialize, Serialize};\n",
        );
        const DERIVE: &str =
            "#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]\n";
        for (index, item) in self.enums.iter().enumerate() {
            if item.members.is_empty() {
                writeln!(out, "pub type {}_e{index} = String;", item.name)
                    .map_err(io::Error::other)?;
                continue;
            }
            write!(out, "{DERIVE}pub enum {}_e{index} {{\n    #[default]\n", item.name)
                .map_err(io::Error::other)?;
            for (member, wire) in item.members.iter().enumerate() {
                writeln!(out, "    #[serde(rename = {wire:?})]\n    M{member},")
                    .map_err(io::Error::other)?;
            }
            out.push_str("}\n");
        }
        let held = self.held();
        for (index, item) in self.structs.iter().enumerate() {
            writeln!(out, "{DERIVE}pub struct {}_s{index} {{", item.name)
                .map_err(io::Error::other)?;
            for (member, (wire, ty)) in self.flattened(index).iter().enumerate() {
                let ty = self.rust(index, ty, &held);
                writeln!(
                    out,
                    "    #[serde(rename = {wire:?}, skip_serializing_if = \"Option::is_none\")]\n    pub m{member}: Option<{ty}>,"
                )
                .map_err(io::Error::other)?;
            }
            out.push_str("}\n");
        }
        Ok(out)
    }

    /// Structs without members.
    pub(crate) fn empty(&self) -> String {
        let structs = self.structs.iter().map(|item| (item.name, 's')).enumerate();
        let enums = self.enums.iter().map(|item| (item.name, 'e')).enumerate();
        let mut out = String::from("#![allow(non_camel_case_types)]\n");
        for (index, (name, letter)) in structs.chain(enums) {
            out.push_str(&format!("pub struct {name}_{letter}{index};\n"));
        }
        out
    }

    fn rust(&self, owner: usize, ty: &str, held: &[BTreeSet<usize>]) -> String {
        let item = ty.strip_prefix("Collection(").and_then(|item| item.strip_suffix(')'));
        let name = item.unwrap_or(ty);
        let rust = match self.resolve(name) {
            Some(Target::Struct(index)) => {
                let path = self.structs.get(index).map(|item| format!("{}_s{index}", item.name));
                let path = path.unwrap_or_default();
                if item.is_none() && reaches(index, owner, held) {
                    format!("Box<{path}>")
                } else {
                    path
                }
            }
            Some(Target::Enum(index)) => self
                .enums
                .get(index)
                .map(|item| format!("{}_e{index}", item.name))
                .unwrap_or_default(),
            None => primitive(name).to_owned(),
        };
        if item.is_some() { format!("Vec<{rust}>") } else { rust }
    }
}

/// Whether `from` holds `to` in place, or is it.
fn reaches(from: usize, to: usize, held: &[BTreeSet<usize>]) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        if next == to {
            return true;
        }
        if seen.insert(next) {
            open.extend(held.get(next).into_iter().flatten());
        }
    }
    false
}

fn primitive(name: &str) -> &'static str {
    match name.strip_prefix("Edm.").unwrap_or(name) {
        "Boolean" => "bool",
        "Byte" => "u8",
        "SByte" => "i8",
        "Int16" => "i16",
        "Int32" => "i32",
        "Int64" => "i64",
        "Single" => "f32",
        "Double" | "Decimal" => "f64",
        "Untyped" => "serde_json::Value",
        _ => "String",
    }
}
