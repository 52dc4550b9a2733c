//! How much of what real permission tables say can be read, where they are at hand.

use std::fs;

use libtest_mimic::{Failed, Trial};
use msgraph_ir::{Api, Tally};
use msgraph_source::SourceMap;
use msgraph_tests::corpus;

/// The trials.
pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("corpus_permission_tables_are_counted", counts)]
}

fn counts() -> Result<(), Failed> {
    let Some(corpus) = corpus() else {
        return Ok(());
    };
    let mut sources = SourceMap::new();
    let mut pages = Vec::new();
    for entry in fs::read_dir(corpus.join("docs/v1.0/api"))? {
        let path = entry?.path();
        let file = sources.add(&path.to_string_lossy(), fs::read_to_string(&path)?);
        pages.push(msgraph_docs::parse(&sources, file).0);
    }
    // What tables say does not depend on the metadata.
    let mut api = Api::default();
    msgraph_link::merge(&mut api, &pages);
    let permissions = api.agreement.total().permissions;
    assert_eq!(permissions, Tally { all: 6807, agreeing: 6775 });
    Ok(())
}
