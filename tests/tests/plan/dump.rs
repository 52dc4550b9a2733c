//! What a fixture shows of its plan: a line per type, member, operation and builder, names of the wire
//! at the left and those of Rust at the right, then what was found on the way.

use std::fmt::Write;

use msgraph_pipeline::Pass;
use msgraph_plan::{MethodKind, ModelType, Module, OperationModule, Plan};
use msgraph_source::{Diagnostics, SourceMap, render};
use msgraph_tests::Fixture;

use crate::generation;

/// The plan of the metadata `csdl`, and what the planner found.
pub(crate) fn plan(csdl: &str) -> (Plan, Diagnostics) {
    let fixture = Fixture {
        name: String::new(),
        folder: std::path::PathBuf::new(),
        inputs: vec![("input.csdl".to_owned(), csdl.to_owned())],
    };
    let (_, plan, found) = of(&fixture);
    (plan.unwrap_or_else(|| panic!("{found:#?}")), found)
}

/// Runs all passes up to the planner's.
fn of(fixture: &Fixture) -> (SourceMap, Option<Plan>, Diagnostics) {
    let settings = generation::settings(fixture);
    let (sources, outcome) = generation::run(fixture, &settings, Pass::Analyse);
    let mut found = outcome.diagnostics;
    if found.iter().any(|diagnostic| diagnostic.is_error()) {
        return (sources, None, found);
    }
    let plan = outcome.api.map(|api| msgraph_plan::plan(&api, &settings.options));
    let plan = plan.map(|(plan, more)| {
        found.extend(more);
        plan
    });
    (sources, plan, found)
}

/// All types, those that are set apart behind the others.
pub(crate) fn types(plan: &Plan) -> Vec<&ModelType> {
    let apart = plan.models.values.iter().flat_map(|values| Module::types(&values.modules));
    Module::types(&plan.models.modules).chain(apart).collect()
}

/// Runs a fixture.
pub(crate) fn fixture(fixture: &Fixture) -> String {
    let (sources, plan, found) = of(fixture);
    let mut out = String::new();
    if let Some(plan) = plan {
        show(&plan, &mut out);
    }
    for diagnostic in &found {
        out.push('\n');
        out.push_str(&render::human(&sources, diagnostic, false));
    }
    out
}

fn show(plan: &Plan, out: &mut String) {
    for of in types(plan) {
        let path = of.path();
        let module = path.module.iter().map(ToString::to_string).collect::<Vec<_>>().join("::");
        let (file, name) = (&path.file, &path.name);
        let mut line = |wire: &str, name: String| {
            let _ = writeln!(out, "{wire:<32} {name}");
        };
        match of {
            ModelType::Structured(of) => {
                line(&of.wire, format!("{module}::{name} in {file}.rs"));
                for member in &of.members {
                    let names = &member.names;
                    let all = [&names.getter, &names.getter_mut, &names.with];
                    let all = all.map(ToString::to_string).join(" ");
                    line(
                        &format!("  {}", member.wire),
                        format!("{all} {}({})", names.variant, names.argument),
                    );
                }
            }
            ModelType::Enumeration(of) => {
                line(&of.wire, format!("{module}::{name} in {file}.rs"));
                for constant in &of.constants {
                    line(&format!("  {}", constant.wire), constant.name.to_string());
                }
            }
            ModelType::Definition(of) => line("", format!("{module}::{name} = {:?}", of.shape)),
        }
    }
    operations(&plan.models.operations, out);
    for builder in &plan.client.builders {
        for (node, methods) in &builder.nodes {
            let site = node.site.as_ref().map_or("S".to_owned(), ToString::to_string);
            let names = methods.iter().map(|method| match &method.kind {
                MethodKind::Key { argument, .. }
                | MethodKind::Parameter { argument, .. }
                | MethodKind::ByPath { argument, .. } => {
                    format!("{}({argument})", method.name)
                }
                MethodKind::AlternateKey { arguments, .. } | MethodKind::Call { arguments, .. } => {
                    let names = arguments.iter().map(|(name, _)| name.to_string());
                    format!("{}({})", method.name, names.collect::<Vec<_>>().join(", "))
                }
                MethodKind::Segment { .. }
                | MethodKind::Ending { .. }
                | MethodKind::Verb { .. }
                | MethodKind::UndocumentedRead { .. }
                | MethodKind::UndocumentedCall { .. } => method.name.to_string(),
            });
            let names = names.collect::<Vec<_>>().join(" ");
            let _ = writeln!(out, "{:?}<{}, {site}>  {names}", node.shape, node.resource);
        }
    }
    for service in &plan.server.services {
        for method in &service.methods {
            let arguments = method.parameters.iter().map(|key| key.name.to_string());
            let arguments = arguments.collect::<Vec<_>>().join(", ");
            let _ = writeln!(out, "{}::{}({arguments})", service.name, method.name);
        }
    }
}

fn operations(modules: &[OperationModule], out: &mut String) {
    for module in modules {
        for operation in &module.operations {
            let path = operation.full_path();
            let path = path.iter().map(ToString::to_string).collect::<Vec<_>>().join("::");
            let _ = writeln!(out, "{} {} -> {path}", operation.method, operation.path);
        }
        operations(&module.children, out);
    }
}
