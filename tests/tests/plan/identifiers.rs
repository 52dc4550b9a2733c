//! Whatever the names of the wire are: those of Rust are identifiers, and unique where they stand.

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use msgraph_plan::{Ident, ModelType};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use crate::dump;

/// All tests of this file.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("names_are_identifiers_and_unique", || {
            let mut runner = runner(200);
            let names = || proptest::collection::btree_set(name(), 1..24);
            runner.run(&(names(), names()), |(own, inherited)| hold(&own, &inherited))?;
            Ok(())
        }),
        Trial::test("names_do_not_depend_on_the_order_of_types", || {
            let types = ["aB", "a_b", "AB", "a_b2", "ab"];
            let straight = dump::plan(&schema(&types.map(complex).concat())).0;
            let mut turned = types;
            turned.reverse();
            let turned = dump::plan(&schema(&turned.map(complex).concat())).0;
            let names = |plan: &msgraph_plan::Plan| {
                let types = dump::types(plan);
                types.iter().map(|of| format!("{:?}", of.path())).collect::<Vec<_>>()
            };
            assert_eq!(names(&straight), names(&turned));
            Ok(())
        }),
    ]
}

/// Runs `cases` cases, the same ones each time.
pub(crate) fn runner(cases: u32) -> TestRunner {
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// A name as it may stand in metadata: an ordinary one, one that Rust or the generated code has taken,
/// or anything at all.
fn name() -> impl Strategy<Value = String> {
    let taken = select(
        &[
            "self",
            "Self",
            "super",
            "crate",
            "type",
            "match",
            "gen",
            "_",
            "new",
            "get",
            "list",
            "set",
            "mut",
            "with",
            "option",
            "Vec",
            "view",
            "schema",
            "mod",
            "con",
            "aux",
            "operations",
            "edm",
            "clone",
            "from",
            "value",
            "2",
            "2fa",
            "..",
            "*/",
            "`",
            "\"",
            "a b",
        ][..],
    );
    prop_oneof![
        "[a-zA-Z][a-zA-Z0-9_]{0,6}",
        "[aA_]{1,4}[0-9]{0,2}",
        taken.clone().prop_map(str::to_owned),
        (select(&["set", "set_", "with", "Mut", "_mut", "2", "_2", "_"][..]), taken.clone())
            .prop_map(|(part, name)| format!("{part}{name}")),
        (taken, select(&["Mut", "_mut", "2", "_2", "_", "Type"][..]))
            .prop_map(|(name, part)| format!("{name}{part}")),
        "\\PC{1,8}",
    ]
    .prop_filter("white space at the ends is not kept", |name| !name.trim().is_empty())
}

fn hold(own: &BTreeSet<String>, inherited: &BTreeSet<String>) -> Result<(), TestCaseError> {
    let inherited: BTreeSet<String> = inherited.difference(own).cloned().collect();
    let members = |names: &BTreeSet<String>| -> String {
        names
            .iter()
            .map(|name| format!(r#"<Property Name="{}" Type="graph.zz"/>"#, escaped(name)))
            .collect()
    };
    let types: String =
        own.iter().filter(|name| !name.contains('.')).map(|name| complex(name)).collect();
    let constants: String =
        own.iter().map(|name| format!(r#"<Member Name="{}"/>"#, escaped(name))).collect();
    let csdl = schema(&format!(
        r#"{types}<ComplexType Name="zz"/><EnumType Name="zzEnum">{constants}</EnumType>
        <ComplexType Name="zzBase">{}</ComplexType>
        <ComplexType Name="zzDerived" BaseType="graph.zzBase">{}</ComplexType>"#,
        members(&inherited),
        members(own),
    ));
    let (plan, _) = dump::plan(&csdl);
    let mut types = BTreeSet::new();
    let mut files = BTreeSet::new();
    for of in dump::types(&plan) {
        let path = of.path();
        is_identifier(&path.name)?;
        is_identifier(&path.file)?;
        prop_assert!(types.insert(path.clone()), "two types are called {path:?}");
        let file = (path.module.clone(), path.file.bare().to_lowercase());
        prop_assert!(files.insert(file), "two files are called {}", path.file);
        let names: Vec<&Ident> = match of {
            ModelType::Structured(of) => of
                .members
                .iter()
                .chain(&of.inherited_members)
                .flat_map(|member| {
                    let names = &member.names;
                    [&names.variant, &names.getter, &names.getter_mut, &names.with]
                })
                .collect(),
            ModelType::Enumeration(of) => {
                of.constants.iter().map(|constant| &constant.name).collect()
            }
            ModelType::Definition(_) => Vec::new(),
        };
        let mut unique = BTreeSet::new();
        for name in names {
            is_identifier(name)?;
            prop_assert!(unique.insert(name.bare()), "`{name}` comes twice in {}", path.name);
        }
    }
    // Tokens that are no program would be found here.
    prop_assert!(msgraph_emit::emit(&plan).is_ok());
    Ok(())
}

fn is_identifier(name: &Ident) -> Result<(), TestCaseError> {
    let text = name.as_str();
    let bare = text.strip_prefix("r#").unwrap_or(text);
    let is_plain = bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !bare.starts_with(|first: char| first.is_ascii_digit())
        && !["", "_"].contains(&bare);
    prop_assert!(is_plain, "`{text}` is no identifier");
    Ok(())
}

/// A schema that holds `body`.
pub(crate) fn schema(body: &str) -> String {
    format!(
        r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
        <Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">{body}</Schema>
        </edmx:DataServices></edmx:Edmx>"#
    )
}

fn complex(name: &str) -> String {
    format!(r#"<ComplexType Name="{}"/>"#, escaped(name))
}

/// `text` as the value of an attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push_str(&format!("&#{};", u32::from(c))),
            // XML has no place for these.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
