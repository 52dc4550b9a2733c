//! The documentation of a method, and of a verb the documented call as a program.

use msgraph_plan::{BuilderMethod, Example, Ident, MethodKind};
use proc_macro2::TokenStream;
use quote::quote;

use crate::print::{Imports, bindings, call, docs, link_docs, value};

/// The documentation of a method, and of a verb the documented call.
pub(super) fn method_docs(of: &BuilderMethod, models: &Ident) -> TokenStream {
    let mut out = docs(&of.docs);
    if let MethodKind::Verb { example: Some(example), .. } = &of.kind
        && let Some(lines) = example_lines(example, models)
    {
        for line in ["", "# Example", "", "```no_run"] {
            out.extend(doc_line(line));
        }
        for line in lines {
            out.extend(doc_line(&line));
        }
        out.extend(doc_line("```"));
    }
    out
}

fn doc_line(line: &str) -> TokenStream {
    if line.is_empty() { quote!(#[doc = ""]) } else { link_docs(line) }
}

/// The documented call as a program that is compiled, but not run.
fn example_lines(example: &Example, models: &Ident) -> Option<Vec<String>> {
    let mut imports = Imports::default();
    let body = example.body.as_ref().map(|of| value(of, models, &mut imports));
    let argument = body.is_some().then(|| quote!(body));
    let graph = quote!(graph);
    let call = call(&graph, example, argument, models, &mut imports);
    let bindings = bindings(example, models, &mut imports);
    let make = body.map(|body| quote!(let body = #body;));
    let send =
        if example.answers { quote!(let response = #call.await?;) } else { quote!(#call.await?;) };
    let program = quote! { fn example() { #bindings #make #send } };
    let file: syn::File = syn::parse2(program).ok()?;
    let printed = prettyplease::unparse(&file);
    let inside: Vec<&str> = printed.lines().skip(1).collect();
    let (_, inside) = inside.split_last()?;
    let mut lines: Vec<String> = imports.declarations(0).lines().map(str::to_owned).collect();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let library = models.as_str().strip_suffix("_models").unwrap_or(models.as_str());
    lines.push(format!(
        "# async fn example(graph: {library}_client::Graph) -> Result<(), Box<dyn std::error::Error>> {{"
    ));
    lines.extend(inside.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()));
    lines.push("# Ok(())".to_owned());
    lines.push("# }".to_owned());
    Some(lines)
}
