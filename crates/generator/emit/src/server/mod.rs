//! The crate of service traits and routes, with its contract tests.

mod contract;
mod krate;
mod service;

use msgraph_plan::Server;

use crate::manifest;
use crate::output::Output;

/// Adds all files of the crate.
pub(crate) fn emit<'plan>(server: &'plan Server, output: &mut Output<'plan>) {
    manifest::emit(&server.manifest, "server", output);
    output.add("server/src/lib.rs".to_owned(), || krate::lib(server));
    for of in &server.services {
        let path = format!("server/src/{}.rs", of.file.bare());
        output.add(path, || service::service(of, server));
    }
    let of = &server.contract;
    if of.calls.is_empty() {
        return;
    }
    let folder = "server/tests/contract";
    output.add(format!("{folder}/main.rs"), || contract::main(server));
    output.add(format!("{folder}/calls.rs"), || contract::calls(of, server));
    output.add(format!("{folder}/services.rs"), || contract::services(of, server));
    for page in &of.pages {
        output.add(format!("{folder}/{}.json", page.file.bare()), || Ok(contract::page(page)));
    }
}
