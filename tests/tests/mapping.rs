//! Metadata out of OpenAPI: each construct of both dialects as a fixture, then real documents.

#[path = "mapping/corpus.rs"]
mod corpus;
#[path = "mapping/hostile.rs"]
mod hostile;

use msgraph_ir::dump;
use msgraph_source::{Diagnostic, SourceMap, render};
use msgraph_tests::{Fixture, fixtures, run};

fn main() -> std::io::Result<()> {
    let mut trials = fixtures("mapping", show)?;
    trials.extend(corpus::trials());
    trials.extend(hostile::trials());
    run(trials)
}

/// What the linker makes of the metadata that is read out of `input.yaml`, then what there is to say. Where there is an
/// `input.csdl` that it was made of, only what the conversion lost or changed.
fn show(fixture: &Fixture) -> String {
    let mut sources = SourceMap::new();
    let file = sources.add("input.yaml", fixture.input("yaml"));
    let (document, mut found) = msgraph_openapi::parse(&sources, file);
    let mut parts = Vec::new();
    match document.as_ref().and_then(msgraph_mapping::metadata) {
        Some((metadata, said)) => {
            found.extend(said);
            let (api, said) = msgraph_link::declare_and_resolve(&[metadata], "v1.0");
            found.extend(said);
            match fixture.input("csdl") {
                "" => parts.push(dump::api(&api, None, None)),
                text => {
                    let file = sources.add("input.csdl", text);
                    let (metadata, said) = msgraph_csdl::parse(&sources, file);
                    found.extend(said);
                    let metadata: Vec<_> = metadata.into_iter().collect();
                    let (metadata, said) = msgraph_link::declare_and_resolve(&metadata, "v1.0");
                    found.extend(said);
                    found.extend(msgraph_link::conversion(&metadata, &api));
                }
            }
        }
        // References that lead nowhere have been told; nothing can be made of them.
        None if !found.iter().any(Diagnostic::is_error) => {
            let Some(document) = &document else { return parts.join("\n") };
            let (service, said) = msgraph_mapping::service(document);
            found.extend(said);
            let (api, said) = msgraph_link::declare_service(&service, "v1.0");
            found.extend(said);
            parts.push(format!(
                "service {:?} at {:?}",
                service.title,
                service.base_url.map(|it| it.value)
            ));
            parts.push(dump::api(&api, None, None));
        }
        None => {}
    }
    parts.extend(found.iter().map(|diagnostic| render::human(&sources, diagnostic, false)));
    parts.join("\n")
}
