//! A plan that nothing can be printed from is refused as a whole. No input leads there, so that the
//! plan is spoiled here; a run reports it as `emit::unprintable`.

use libtest_mimic::Trial;
use msgraph_pipeline::Pass;
use msgraph_tests::Fixture;

use crate::generation;

const METADATA: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <ComplexType Name="body"><Property Name="text" Type="Edm.String"/></ComplexType>
</Schema></edmx:DataServices></edmx:Edmx>"#;

/// All tests of this file.
pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("two_files_of_one_path_are_refused", || {
        let fixture = Fixture {
            name: String::new(),
            folder: std::path::PathBuf::new(),
            inputs: vec![("input.csdl".to_owned(), METADATA.to_owned())],
        };
        let settings = generation::settings(&fixture);
        let (_, outcome) = generation::run(&fixture, &settings, Pass::Analyse);
        let api = outcome.api.expect("the metadata are fine");
        let (mut plan, _) = msgraph_plan::plan(&api, &settings.options);
        assert!(msgraph_emit::emit(&plan).is_ok());
        let module = plan.models.modules.first_mut().expect("a namespace");
        module.types.extend(module.types.clone());
        let errors = msgraph_emit::emit(&plan).expect_err("two files of one path");
        assert_eq!(errors[0].to_string(), "models/src/graph/body.rs: two files have this path");
        Ok(())
    })]
}
