//! Real metadata: the counts of all of Graph, and that every other service's is read.

use std::path::Path;

use libtest_mimic::{Failed, Trial};
use msgraph_csdl::{Document, OperationKind, Schema, StructuredKind};
use msgraph_source::{Severity, SourceMap, render};
use msgraph_tests::corpus;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("corpus_graph_has_its_counts", || {
            corpus().map_or(Ok(()), |folder| graph(&folder.join("v1.0.csdl")))
        }),
        Trial::test("corpus_other_services_are_read_without_complaint", || {
            corpus().map_or(Ok(()), |folder| others(&folder.join("csdl")))
        }),
    ]
}

/// The document and what was said of it.
type Parsed = (Option<Document>, Vec<(Severity, String)>);

fn parse(path: &Path) -> Result<Parsed, Failed> {
    let mut sources = SourceMap::new();
    let file = sources
        .add_bytes("metadata", std::fs::read(path)?)
        .map_err(|diagnostic| diagnostic.message)?;
    let (document, diagnostics) = msgraph_csdl::parse(&sources, file);
    let said = diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.severity(), render::human(&sources, diagnostic, false)))
        .collect();
    Ok((document, said))
}

fn graph(path: &Path) -> Result<(), Failed> {
    let (document, said) = parse(path)?;
    assert_eq!(said, [], "nothing is to be said about Graph's metadata");
    let document = document.ok_or("Graph's metadata is not read")?;
    let types = |kind| {
        count(&document, |schema| {
            schema.structured_types.iter().filter(|found| found.kind == kind).count()
        })
    };
    let operations = |kind| {
        count(&document, |schema| {
            schema.operations.iter().filter(|found| found.kind == kind).count()
        })
    };
    let counts = [
        ("schemas", document.schemas.len(), 11),
        ("aliases", count(&document, |schema| usize::from(schema.alias.is_some())), 5),
        ("entity types", types(StructuredKind::Entity), 1182),
        ("complex types", types(StructuredKind::Complex), 1779),
        (
            "properties",
            count(&document, |schema| {
                schema.structured_types.iter().map(|found| found.properties.len()).sum()
            }),
            6131 + 4394,
        ),
        (
            "navigation properties",
            count(&document, |schema| {
                schema.structured_types.iter().map(|found| found.navigation_properties.len()).sum()
            }),
            1385 + 47,
        ),
        ("enum types", count(&document, |schema| schema.enum_types.len()), 861),
        (
            "enum members",
            count(&document, |schema| {
                schema.enum_types.iter().map(|found| found.members.len()).sum()
            }),
            6347,
        ),
        ("actions", operations(OperationKind::Action), 857),
        ("functions", operations(OperationKind::Function), 326),
        (
            "bound operations",
            count(&document, |schema| {
                schema
                    .operations
                    .iter()
                    .filter(|found| found.is_bound.is_some_and(|bound| bound.value))
                    .count()
            }),
            857 + 326,
        ),
        (
            "entity sets",
            count(&document, |schema| {
                schema.containers.iter().map(|found| found.entity_sets.len()).sum()
            }),
            41,
        ),
        (
            "singletons",
            count(&document, |schema| {
                schema.containers.iter().map(|found| found.singletons.len()).sum()
            }),
            31,
        ),
        ("terms", count(&document, |schema| schema.terms.len()), 11),
        ("type definitions", count(&document, |schema| schema.type_definitions.len()), 0),
        ("targets", count(&document, |schema| schema.annotations.len()), 4878),
        (
            "annotations of targets",
            count(&document, |schema| {
                schema.annotations.iter().map(|found| found.annotations.len()).sum()
            }),
            5724,
        ),
        (
            "bindings",
            count(&document, |schema| {
                schema
                    .containers
                    .iter()
                    .map(|found| {
                        found.entity_sets.iter().map(|set| set.bindings.len()).sum::<usize>()
                            + found
                                .singletons
                                .iter()
                                .map(|singleton| singleton.bindings.len())
                                .sum::<usize>()
                    })
                    .sum()
            }),
            45 + 56,
        ),
    ];
    for (what, found, expected) in counts {
        assert_eq!(found, expected, "{what}");
    }
    Ok(())
}

fn count(document: &Document, of: impl Fn(&Schema) -> usize) -> usize {
    document.schemas.iter().map(of).sum()
}

fn others(folder: &Path) -> Result<(), Failed> {
    let mut read = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let (document, said) = parse(&path)?;
        let worst = said.iter().map(|(severity, _)| *severity).max();
        assert!(worst.is_none_or(|worst| worst == Severity::Note), "{}: {said:#?}", path.display());
        let schemas = document.map_or(0, |document| document.schemas.len());
        assert!(schemas > 0, "{} has no schema", path.display());
        read += 1;
    }
    assert!(read >= 12, "{read} files");
    Ok(())
}
