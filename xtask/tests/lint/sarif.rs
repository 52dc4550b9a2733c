//! `--message-format sarif`: a log has the shape of SARIF 2.1.0 and says what the other formats say.

use super::*;

/// The objects of SARIF 2.1.0 that a log of ours may hold: the keys that lead to one, the members that it
/// must have, and those that it may have.
const SARIF: &[(&str, &[&str], &[&str])] = &[
    ("", &["version", "runs"], &["$schema"]),
    (
        "runs",
        &["tool"],
        &["invocations", "columnKind", "originalUriBaseIds", "artifacts", "results"],
    ),
    ("tool", &["driver"], &[]),
    ("driver", &["name"], &["version", "rules"]),
    ("rules", &["id"], &["shortDescription", "help", "defaultConfiguration", "properties"]),
    ("shortDescription", &["text"], &[]),
    ("help", &["text"], &["markdown"]),
    ("defaultConfiguration", &[], &["level"]),
    ("properties", &[], &["tags"]),
    ("invocations", &["executionSuccessful"], &[]),
    ("originalUriBaseIds", &[], &["%SRCROOT%"]),
    ("%SRCROOT%", &[], &["description"]),
    ("description", &["text"], &[]),
    ("artifacts", &[], &["location", "length", "encoding"]),
    ("location", &[], &["uri", "uriBaseId", "index"]),
    (
        "results",
        &["message"],
        &[
            "ruleId",
            "ruleIndex",
            "level",
            "locations",
            "relatedLocations",
            "partialFingerprints",
            "suppressions",
        ],
    ),
    ("message", &["text"], &[]),
    ("locations", &[], &["physicalLocation"]),
    ("relatedLocations", &[], &["id", "physicalLocation", "message"]),
    ("physicalLocation", &["artifactLocation"], &["region"]),
    ("artifactLocation", &[], &["uri", "uriBaseId", "index"]),
    ("region", &[], &["startLine", "startColumn", "endLine", "endColumn"]),
    ("partialFingerprints", &[], &["msgraphFinding/v1"]),
    ("suppressions", &["kind"], &["status", "justification"]),
];

/// Holds that `value`, to which `key` led, is what the format allows there.
fn is_sarif(key: &str, value: &Value) {
    match value {
        Value::Object(members) => {
            let (_, required, allowed) = SARIF
                .iter()
                .find(|(name, ..)| *name == key)
                .unwrap_or_else(|| panic!("{key} is no object of the format"));
            for name in *required {
                assert!(members.contains_key(*name), "{key} has no {name}: {value}");
            }
            for (name, member) in members {
                let is_known =
                    required.contains(&name.as_str()) || allowed.contains(&name.as_str());
                assert!(is_known, "{key} has {name}");
                is_sarif(name, member);
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| is_sarif(key, element)),
        Value::Number(number) => {
            let least = u64::from(key.starts_with("start") || key.starts_with("end"));
            assert!(number.as_u64().is_some_and(|number| number >= least), "{key} is {number}");
        }
        Value::String(text) => match key {
            "level" => assert!(["error", "warning", "note"].contains(&text.as_str()), "{text}"),
            "kind" => assert_eq!(text, "external"),
            "status" => assert_eq!(text, "accepted"),
            "uri" => assert!(
                text.bytes()
                    .all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}#?".contains(&byte)),
                "{text}"
            ),
            _ => assert!(!text.is_empty(), "{key}"),
        },
        _ => {}
    }
}

#[test]
fn sarif_has_the_shape_of_the_format() {
    let bench = Bench::new();
    bench.write("docs/api/a b#ü.md", PAGE);
    bench.write("s.yaml", "- { code: link::unknown_member, page: '*', reason: r }\n");
    let accepted = ["--suppressions", "s.yaml", "--show-suppressed"];
    let written = bench.sarif(&[&accepted[..], &["--deny", COMMENT]].concat());
    is_sarif("", &written);
    let run = &written["runs"][0];
    assert_eq!(
        (&written["version"], &run["columnKind"]),
        (&"2.1.0".into(), &"unicodeCodePoints".into())
    );
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let results = run["results"].as_array().unwrap();
    let found = results.iter().find(|result| result["ruleId"] == COMMENT).unwrap();
    let rule = &run["tool"]["driver"]["rules"]
        [usize::try_from(found["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!((&rule["id"], &found["level"]), (&COMMENT.into(), &"error".into()));
    assert_eq!(rule["defaultConfiguration"]["level"], "warning");
    assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# "));
    let place = &found["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "docs/api/a%20b%23%C3%BC.md");
    assert_eq!(
        (&place["region"]["startLine"], &place["region"]["startColumn"]),
        (&10.into(), &33.into())
    );
    let index = usize::try_from(place["artifactLocation"]["index"].as_u64().unwrap()).unwrap();
    assert_eq!(run["artifacts"][index]["location"]["uri"], place["artifactLocation"]["uri"]);
    assert!(found["partialFingerprints"]["msgraphFinding/v1"].as_str().unwrap().ends_with(".1"));
}
