//! The permission tables of all real pages, where they are at hand: how many there are of each
//! shape, and what their cells say.
//!
//! A cell counts once for each resource that its table tells apart.

use std::collections::BTreeMap;

use libtest_mimic::{Failed, Trial};
use msgraph_docs::PermissionGrant;

use crate::corpus;

/// The trials.
pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("corpus_permission_tables", counts)]
}

/// What the tables say, those of Intune apart, since their sections are named otherwise.
const EXPECTED: &[(&str, usize)] = &[
    ("Intune: lists", 1556),
    ("Intune: not supported", 788),
    ("Intune: pages with one table", 788),
    ("Intune: tables", 788),
    ("Intune: unreadable", 20),
    ("other: lists", 2611),
    ("other: lists of sets", 81),
    ("other: none needed", 28),
    ("other: not supported", 1711),
    ("other: pages with one table", 1265),
    ("other: pages with several tables", 43),
    ("other: tables", 1265),
    ("other: tables with a subject", 217),
    ("other: unreadable", 12),
];

/// The pages of which some cell cannot be read, with the number of those cells.
const UNREADABLE: &[(&str, usize)] = &[
    ("conditionalaccesspolicy-update", 2),
    ("conditionalaccessroot-post-policies", 2),
    ("directory-deleteditems-get", 1),
    ("educationclass-list-members", 1),
    ("educationuser-get-user", 2),
    ("group-post-members", 1),
    ("intune-cirrus-officeclientconfiguration-get", 2),
    ("intune-cirrus-officeclientconfiguration-list", 2),
    ("intune-cirrus-officeclientconfigurationassignment-delete", 2),
    ("intune-cirrus-officeclientconfigurationassignment-get", 2),
    ("intune-cirrus-officeclientconfigurationassignment-list", 2),
    ("intune-cirrus-officeclientconfigurationassignment-update", 2),
    ("intune-cirrus-windowsofficeclientconfiguration-get", 2),
    ("intune-cirrus-windowsofficeclientconfiguration-list", 2),
    ("intune-cirrus-windowsofficeclientsecurityconfiguration-get", 2),
    ("intune-cirrus-windowsofficeclientsecurityconfiguration-list", 2),
    ("subscription-list", 3),
];

fn counts() -> Result<(), Failed> {
    let Some(sources) = corpus::v1()? else {
        return Ok(());
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut unreadable: BTreeMap<String, usize> = BTreeMap::new();
    for file in sources.ids() {
        let (page, _) = msgraph_docs::parse(&sources, file);
        let area = if page.name.starts_with("intune-") { "Intune" } else { "other" };
        let mut add = |what: &str| *counts.entry(format!("{area}: {what}")).or_default() += 1;
        match page.permissions.len() {
            0 => {}
            1 => add("pages with one table"),
            _ => add("pages with several tables"),
        }
        for table in &page.permissions {
            add(if table.subject.is_some() { "tables with a subject" } else { "tables" });
            for row in &table.rows {
                add(match row.grant {
                    PermissionGrant::NotSupported => "not supported",
                    PermissionGrant::NoneNeeded => "none needed",
                    PermissionGrant::OneOf(_) => "lists",
                    PermissionGrant::OneOfSets(_) => "lists of sets",
                    PermissionGrant::Unreadable(_) => "unreadable",
                });
                if let PermissionGrant::Unreadable(_) = row.grant {
                    *unreadable.entry(page.name.clone()).or_default() += 1;
                }
            }
        }
    }
    let pairs = |of: &BTreeMap<String, usize>| -> Vec<(String, usize)> {
        of.iter().map(|(what, number)| (what.clone(), *number)).collect()
    };
    let expected = |of: &[(&str, usize)]| -> Vec<(String, usize)> {
        of.iter().map(|(what, number)| ((*what).to_owned(), *number)).collect()
    };
    assert_eq!(pairs(&counts), expected(EXPECTED));
    assert_eq!(pairs(&unreadable), expected(UNREADABLE));
    Ok(())
}
