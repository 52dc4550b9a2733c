//! The crate of request builders.

mod arguments;
mod builder;
mod example;
mod krate;
mod markers;
mod method;
mod node;
mod options;

use msgraph_plan::Client;

use crate::manifest;
use crate::output::Output;

/// Adds all files of the crate.
pub(crate) fn emit<'plan>(client: &'plan Client, output: &mut Output<'plan>) {
    manifest::emit(&client.manifest, "client", output);
    output.add("client/src/lib.rs".to_owned(), || krate::lib(client));
    if client.is_of_segments {
        output.add("client/src/paths.rs".to_owned(), || {
            markers::markers(" Markers of the paths: what a builder stands for.", &client.resources)
        });
    } else {
        output.add("client/src/resources.rs".to_owned(), || {
            markers::markers(
                " Markers of the types on the way: what is at the end of a path so far.",
                &client.resources,
            )
        });
        output.add("client/src/sites.rs".to_owned(), || {
            markers::markers(
                " Markers of the places in the model that a path leads through: which verbs there are.",
                &client.sites,
            )
        });
    }
    if !client.options.is_empty() {
        output.add("client/src/options.rs".to_owned(), || options::options(client));
    }
    for of in &client.builders {
        let path = format!("client/src/builders/{}.rs", of.file.bare());
        output.add(path, || builder::builder(of, client));
    }
    output.add("client/src/builders/mod.rs".to_owned(), || builder::modules(client));
}
