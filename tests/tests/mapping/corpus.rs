//! All of Graph, as the OASIS tool converts it.

use libtest_mimic::{Failed, Trial};
use msgraph_mapping::Dialect;
use msgraph_source::SourceMap;
use msgraph_tests::{corpus, unpacked};

pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("corpus_graph_is_linked_and_every_path_leads_somewhere", || {
        corpus().map_or(Ok(()), |folder| graph(&folder.join("openapi/v1.0-oasis.json.gz")))
    })]
}

fn graph(path: &std::path::Path) -> Result<(), Failed> {
    let mut sources = SourceMap::new();
    let file = sources.add("openapi.json", unpacked(path)?);
    let (document, said) = msgraph_openapi::parse(&sources, file);
    assert_eq!(said, []);
    let document = document.ok_or("it is not read")?;
    assert_eq!(Dialect::of(&document), Some(Dialect::Oasis));
    let (metadata, said) = msgraph_mapping::metadata(&document).ok_or("it is no OData")?;
    assert_eq!(said, []);
    let (api, said) = msgraph_link::declare_and_resolve(&[metadata], "v1.0");
    assert_eq!(said, []);
    assert_eq!(api.statistics.unresolved, 0);
    Ok(())
}
