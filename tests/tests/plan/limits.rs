//! Metadata without measure: planned in time and without a deep stack, or refused with a word.

use libtest_mimic::Trial;
use msgraph_plan::ModelType;

use crate::dump;
use crate::identifiers::schema;

/// All tests of this file.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("each_member_of_the_widest_type_has_a_slot", || {
            let members: String = (0..10_000)
                .map(|at| format!(r#"<Property Name="p{at}" Type="Edm.String"/>"#))
                .collect();
            let (plan, found) = dump::plan(&schema(&format!(
                r#"<ComplexType Name="wide">{members}</ComplexType>"#
            )));
            assert_eq!(
                found.iter().filter(|one| one.code.id() == "plan::not_supported").count(),
                0
            );
            let types = dump::types(&plan);
            let ModelType::Structured(wide) = types[0] else { panic!("a structured type") };
            assert!(wide.members.iter().map(|member| member.slot).eq(0..10_000));
            Ok(())
        }),
        Trial::test("the_longest_line_of_base_types_is_planned", || {
            let types: String = (0..64)
                .map(|at: u32| {
                    let base =
                        at.checked_sub(1).map(|base| format!(r#" BaseType="graph.t{base}""#));
                    let base = base.unwrap_or_default();
                    let member = format!(r#"<Property Name="p{at}" Type="Edm.String"/>"#);
                    format!(r#"<ComplexType Name="t{at}"{base}>{member}</ComplexType>"#)
                })
                .collect();
            let (plan, _) = dump::plan(&schema(&types));
            let types = dump::types(&plan);
            let last = types.iter().find(|of| of.path().name.as_str() == "T63");
            let Some(ModelType::Structured(last)) = last else { panic!("a structured type") };
            assert_eq!((last.inherited, last.inherited_members.len()), (63, 63));
            Ok(())
        }),
        Trial::test("many_names_of_one_stem_take_no_quadratic_time", || {
            // 4,096 spellings of twelve letters, all of one name in Rust.
            let types: String = (0_u32..4_096)
                .map(|bits| {
                    let name: String =
                        (0..12).map(|at| if bits >> at & 1 == 0 { "a_" } else { "a__" }).collect();
                    format!(r#"<ComplexType Name="{name}"/>"#)
                })
                .collect();
            let (plan, found) = dump::plan(&schema(&types));
            assert_eq!(dump::types(&plan).len(), 4_096);
            assert_eq!(
                found.iter().filter(|one| one.code.id() == "plan::name_taken").count(),
                4_095
            );
            Ok(())
        }),
    ]
}
