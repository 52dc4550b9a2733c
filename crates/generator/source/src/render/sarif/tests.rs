//! What a consumer of the log relies on.

use serde_json::Value;

use super::sarif;
use crate::catalogue::source::{ENCODING, TOO_LARGE};
use crate::render::Finding;
use crate::{Diagnostic, Severity, SourceMap, Span};

fn log(sources: &SourceMap, findings: &[Finding<'_>]) -> Value {
    let text = sarif(sources, findings, true);
    assert!(!text.contains('\n'));
    serde_json::from_str::<Value>(&text).unwrap()["runs"][0].take()
}

#[test]
fn columns_count_code_points_without_the_byte_order_mark() {
    let mut sources = SourceMap::new();
    let file = sources.add("a.md", "\u{feff}🙂é x\r\nzwöi\n");
    let first = Diagnostic::at(ENCODING, Span::new(file, 10..11), "m");
    let second = Diagnostic::at(ENCODING, Span::new(file, 3..17), "m");
    let run = log(&sources, &[(&first).into(), (&second).into()]);
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let region = |index: usize| {
        let region = &run["results"][index]["locations"][0]["physicalLocation"]["region"];
        ["startLine", "startColumn", "endLine", "endColumn"]
            .map(|key| region[key].as_u64().unwrap())
    };
    assert_eq!(region(0), [1, 4, 1, 5]);
    assert_eq!(region(1), [1, 1, 2, 4]);
}

#[test]
fn rules_occur_once_and_results_point_at_them() {
    let large = Diagnostic::new(TOO_LARGE, "m");
    let encoding = Diagnostic::new(ENCODING, "m");
    let run = log(&SourceMap::new(), &[(&large).into(), (&encoding).into(), (&large).into()]);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 2);
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert_eq!(result["locations"].as_array().unwrap().len(), 0);
    }
    assert!(rules[0]["help"]["markdown"].as_str().unwrap().starts_with("# "));
    assert_eq!(rules[0]["defaultConfiguration"]["level"], "error");
}

#[test]
fn texts_can_be_neither_placeholder_nor_link() {
    let found = Diagnostic::new(ENCODING, "`/a/{0}` [x](http://evil) \u{202e}").note("{}");
    let run = log(&SourceMap::new(), &[(&found).into()]);
    let text = &run["results"][0]["message"]["text"];
    assert_eq!(text, "`/a/{{0}}` \\[x\\](http://evil) \u{202e}\nnote: {{}}");
    assert!(sarif(&SourceMap::new(), &[(&found).into()], true).contains(r"\u202e"));
}

#[test]
fn brackets_that_make_no_link_stay() {
    let found = Diagnostic::new(ENCODING, "a[0] is [x]");
    let run = log(&SourceMap::new(), &[(&found).into()]);
    assert_eq!(run["results"][0]["message"]["text"], "a[0] is [x]");
}

#[test]
fn what_the_command_judged_is_told() {
    let found = Diagnostic::new(ENCODING, "m");
    let plain = Finding::from(&found);
    let judged = Finding {
        severity: Severity::Note,
        fingerprint: Some("ab.1"),
        suppression: Some("because"),
        ..plain
    };
    let run = log(&SourceMap::new(), &[judged, plain]);
    let results = &run["results"];
    assert_eq!(results[0]["level"], "note");
    assert_eq!(results[0]["partialFingerprints"]["msgraphFinding/v1"], "ab.1");
    assert_eq!(results[0]["suppressions"][0]["justification"], "because");
    assert_eq!(results[1]["suppressions"].as_array().unwrap().len(), 0);
}

#[test]
fn further_labels_are_related_locations() {
    let mut sources = SourceMap::new();
    let (page, metadata) = (sources.add("p.md", "a\nb\n"), sources.add("m.csdl", "<a/>"));
    let found = Diagnostic::at(ENCODING, Span::new(page, 2..3), "m")
        .label(Span::new(metadata, 0..4), "here")
        .label(Span::new(page, 0..1), "");
    let run = log(&sources, &[(&found).into()]);
    let related = run["results"][0]["relatedLocations"].as_array().unwrap();
    assert_eq!(related.len(), 2);
    assert_eq!(related[0]["message"]["text"], "here");
    assert_eq!(related[0]["physicalLocation"]["artifactLocation"]["uri"], "m.csdl");
    assert_eq!(related[1]["id"], 2);
    assert!(related[1]["message"].is_null());
    assert_eq!(run["artifacts"][1]["location"]["index"], 1);
}
