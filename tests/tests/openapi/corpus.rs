//! A real document: all of Graph, as the OASIS tool converts it.

use libtest_mimic::{Failed, Trial};
use msgraph_openapi::Version;
use msgraph_source::SourceMap;
use msgraph_tests::{corpus, unpacked};

pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("corpus_graph_has_its_counts_and_no_loose_reference", || {
        corpus().map_or(Ok(()), |folder| graph(&folder.join("openapi/v1.0-oasis.json.gz")))
    })]
}

fn graph(path: &std::path::Path) -> Result<(), Failed> {
    let mut sources = SourceMap::new();
    let file = sources.add("openapi.json", unpacked(path)?);
    let (document, said) = msgraph_openapi::parse(&sources, file);
    assert_eq!(said, [], "nothing is to be said about it");
    let document = document.ok_or("it is not read")?;
    assert_eq!(document.version, Version::V3_0);
    assert_eq!((document.paths().count(), document.schemas().count()), (3_505, 7_388));
    assert_eq!(document.references, 35_584);
    Ok(())
}
