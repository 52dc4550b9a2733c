//! What the planner keeps free for the runtime, held against the runtime's own source: a method that
//! is added to the views must not be hidden by an accessor of a model.

use std::fs;

use libtest_mimic::Trial;
use msgraph_plan::ModelType;
use msgraph_tests::workspace;

use crate::dump;
use crate::identifiers::schema;

/// All tests of this file.
pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("no_accessor_is_called_like_a_method_of_views", || {
        let methods = inherent_methods();
        assert!(methods.len() > 20, "the methods of views are found: {methods:?}");
        let members: String = methods
            .iter()
            .map(|name| format!(r#"<Property Name="{name}" Type="Collection(Edm.String)"/>"#))
            .collect();
        let (plan, _) =
            dump::plan(&schema(&format!(r#"<ComplexType Name="all">{members}</ComplexType>"#)));
        let types = dump::types(&plan);
        let ModelType::Structured(all) = types[0] else { panic!("a structured type") };
        for member in &all.members {
            let names = &member.names;
            for name in [&names.getter, &names.getter_mut, &names.with] {
                assert!(
                    !methods.iter().any(|method| method == name.as_str()),
                    "`{}` would hide a method of views",
                    name.as_str()
                );
            }
        }
        Ok(())
    })]
}

/// The methods that `views!` gives to `View<S>` itself.
fn inherent_methods() -> Vec<String> {
    let source = fs::read_to_string(workspace().join("crates/runtime/core/src/views/view.rs"))
        .expect("the macro of the views");
    let mut methods = Vec::new();
    let mut is_inherent = false;
    for line in source.lines() {
        if let Some(of) = line.strip_prefix("        impl<") {
            is_inherent = of.ends_with(" View<S> {") && !of.contains(" for ");
        } else if line.starts_with("        pub(crate) mod ") {
            is_inherent = false;
        }
        let code = line.trim_start();
        let function = ["pub fn ", "pub(crate) fn "].iter().find_map(|it| code.strip_prefix(it));
        if let (true, Some(function)) = (is_inherent, function) {
            let end = function.find(['<', '(']).unwrap_or(function.len());
            methods.push(function[..end].to_owned());
        }
    }
    methods
}
