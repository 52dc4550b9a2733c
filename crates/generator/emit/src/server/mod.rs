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
    if server.contract.is_empty() {
        return;
    }
    output.add("server/tests/contract/main.rs".to_owned(), || contract::main(server));
    for page in &server.contract {
        let path = format!("server/tests/contract/{}.rs", page.file.bare());
        output.add(path, || contract::page(page, server));
    }
}
