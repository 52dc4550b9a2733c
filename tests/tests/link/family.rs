//! The pages about conversations, threads, posts and what hangs on them: what the linker finds there, one
//! by one, and why it is so. A finding that is not in the table is a false alarm, or a discovery; one
//! that is missing was lost.
//!
//! What is said of permissions is held by the tests of the permissions, what the tables of resource
//! pages say by those of the tables.

use std::collections::BTreeMap;
use std::fs;

use libtest_mimic::{Failed, Trial};
use msgraph_ir::Api;
use msgraph_source::{Diagnostic, SourceMap};
use msgraph_tests::{FAMILY, corpus};
use msgraph_v1_models::graph::{ConversationThread, Post};

/// The sources disagree, as they are known to.
const KNOWN: &str = "known disagreement";
/// The page is wrong, as a look at it shows.
const PAGE: &str = "fault of the page";

/// Page, code, lines, whether it was known, and what is the case.
type Row = (&'static str, &'static str, &'static [u32], &'static str, &'static str);

#[rustfmt::skip]
const EXPECTED: &[Row] = &[
    ("attachment-delete", "link::required_header", &[93], KNOWN, "only documents know of the header"),
    ("attachment-delete", "link::unresolved_url", &[81], PAGE, "a part of the path is left out"),
    ("attachment-delete", "link::url_spelling", &[62, 63], PAGE, "a segment is spelled without its capital letter"),
    ("attachment-get", "link::unresolved_url", &[120, 123], PAGE, "a part of the path is left out"),
    ("attachment-get", "link::url_spelling", &[92, 93, 95, 96], PAGE, "a segment is spelled without its capital letter"),
    ("conversation-get", "link::placeholder_value", &[88], KNOWN, "a placeholder for a date"),
    ("conversation-list-threads", "link::placeholder_value", &[101], KNOWN, "a placeholder for a date"),
    ("conversation-post-threads", "link::deep_insert", &[62], KNOWN, "posts are created with their thread, and are not Insertable"),
    ("conversation-post-threads", "link::omitted_member", &[60, 62], KNOWN, "created without members that are not nullable"),
    ("conversationthread-get", "link::placeholder_value", &[98], KNOWN, "a placeholder for a date"),
    ("conversationthread-list-posts", "link::enum_member", &[93], PAGE, "an empty text for the content type"),
    ("conversationthread-list-posts", "link::placeholder_value", &[96], KNOWN, "a placeholder for a date"),
    ("conversationthread-reply", "link::enum_member", &[67], PAGE, "an empty text for the content type"),
    ("conversationthread-reply", "link::required_header", &[36], KNOWN, "only documents know of the header"),
    ("conversationthread-reply", "link::parameter_case", &[65], KNOWN, "parameters of the action have capital letters"),
    ("conversationthread-reply", "link::spelling", &[43], KNOWN, "parameters of the action have capital letters"),
    ("conversationthread-update", "link::placeholder_value", &[107], KNOWN, "a placeholder for a date"),
    ("conversationthread-update", "link::type_name", &[62], KNOWN, "a type of the namespace before Graph"),
    ("group-list-conversations", "link::placeholder_value", &[95], KNOWN, "a placeholder for a date"),
    ("group-list-threads", "link::placeholder_value", &[106], KNOWN, "a placeholder for a date"),
    ("group-post-conversations", "link::deep_insert", &[66], KNOWN, "posts are created with their thread, and are not Insertable"),
    ("group-post-conversations", "link::omitted_member", &[62, 65, 67], KNOWN, "created without members that are not nullable"),
    ("group-post-conversations", "link::status_conflict", &[115], KNOWN, "prose says 201 and the example 200"),
    ("group-post-threads", "link::deep_insert", &[62], KNOWN, "posts are created with their thread, and are not Insertable"),
    ("group-post-threads", "link::omitted_member", &[60, 62], KNOWN, "created without members that are not nullable"),
    ("group-post-threads", "link::placeholder_value", &[118], KNOWN, "a placeholder for a date"),
    ("group-post-threads", "docs::reason_phrase", &[103], KNOWN, "201 is called OK"),
    ("group-update-thread", "link::status_conflict", &[39], PAGE, "204, and the other page of this operation says 200"),
    ("group-update-thread", "link::unknown_member", &[58, 59, 60, 64, 65, 66], KNOWN, "the body is that of an event"),
    ("multivaluelegacyextendedproperty-get", "link::url_spelling", &[96], PAGE, "a segment is spelled without its capital letter"),
    ("opentypeextension-get", "link::capability", &[129], KNOWN, "`$expand` where the metadata forbids it"),
    ("opentypeextension-get", "link::enum_spelling", &[335, 338, 375, 503, 506, 543], PAGE, "members of enumerations with capital letters"),
    ("opentypeextension-post-opentypeextension", "link::omitted_member", &[503], KNOWN, "created without members that are not nullable"),
    ("opentypeextension-post-opentypeextension", "link::enum_spelling", &[152, 222, 228, 250, 510], PAGE, "members of enumerations with capital letters"),
    ("opentypeextension-post-opentypeextension", "link::parameter_case", &[430], KNOWN, "the parameter has a capital letter"),
    ("opentypeextension-post-opentypeextension", "link::spelling", &[504, 505, 507, 509, 510, 511, 513], KNOWN, "an example with capital letters throughout"),
    ("opentypeextension-post-opentypeextension", "link::stray_example", &[501], PAGE, "no template of the page creates a conversation"),
    ("opentypeextension-post-opentypeextension", "link::type_without_hash", &[164, 289, 362, 437, 515], PAGE, "the type without `#`"),
    ("opentypeextension-update", "link::type_name", &[211], KNOWN, "a type of the namespace before Graph"),
    ("post-forward", "link::parameter_case", &[66, 67], KNOWN, "parameters of the action have capital letters"),
    ("post-forward", "link::spelling", &[43, 44], KNOWN, "parameters of the action have capital letters"),
    ("post-forward", "link::status_unusual", &[48], KNOWN, "answers 200 and has no body"),
    ("post-get", "link::enum_member", &[91], PAGE, "an empty text for the content type"),
    ("post-get", "link::placeholder_value", &[94], KNOWN, "a placeholder for a date"),
    ("post-post-attachments", "docs::reason_phrase", &[114, 232], KNOWN, "202 is called Accpted"),
    ("post-post-attachments", "link::enum_spelling", &[144], PAGE, "members of enumerations with capital letters"),
    ("post-post-attachments", "link::parameter_case", &[76, 132, 190], KNOWN, "parameters of the action have capital letters"),
    ("post-post-attachments", "link::spelling", &[54], KNOWN, "parameters of the action have capital letters"),
    ("post-post-attachments", "link::type_without_hash", &[141], PAGE, "the type without `#`"),
    ("post-post-attachments", "link::unknown_member", &[198, 199, 200, 201], PAGE, "members that referenceAttachment does not have in v1.0"),
    ("post-reply", "link::enum_member", &[68], PAGE, "an empty text for the content type"),
    ("post-reply", "link::placeholder_value", &[71, 95, 96, 107], KNOWN, "a placeholder for a date"),
    ("post-reply", "link::parameter_case", &[66], KNOWN, "parameters of the action have capital letters"),
    ("post-reply", "link::spelling", &[44], KNOWN, "parameters of the action have capital letters"),
    ("singlevaluelegacyextendedproperty-get", "link::url_spelling", &[106, 170, 377], PAGE, "a segment is spelled without its capital letter"),
];

/// The tests; none where there is no corpus.
pub(crate) fn trials() -> Vec<Trial> {
    if corpus().is_none() {
        return Vec::new();
    }
    vec![
        Trial::test("corpus_family_has_the_findings_of_the_table_and_no_others", findings),
        Trial::test("corpus_family_bodies_called_clean_are_read_strictly", strict),
    ]
}

fn family(sources: &mut SourceMap) -> Result<(Api, Vec<Diagnostic>), Failed> {
    let root = corpus().ok_or("no corpus")?;
    let (known, api, _) = crate::corpus::v1()?;
    *sources = known.clone();
    let mut api = api.clone();
    let (mut pages, mut found) = (Vec::new(), Vec::new());
    for name in FAMILY {
        let path = root.join(format!("docs/v1.0/api/{name}.md"));
        let file = sources.add(&format!("{name}.md"), fs::read_to_string(path)?);
        let (page, mut read) = msgraph_docs::parse(sources, file);
        pages.push(page);
        // Of what the reader finds, the reason phrases of statuses belong here.
        read.retain(|diagnostic| diagnostic.code.id() == "docs::reason_phrase");
        found.append(&mut read);
    }
    assert_eq!(pages.len(), 34);
    found.extend(msgraph_link::merge(&mut api, &pages));
    Ok((api, found))
}

fn findings() -> Result<(), Failed> {
    let mut sources = SourceMap::new();
    let (_, found) = family(&mut sources)?;
    let mut places: BTreeMap<(String, &str), Vec<u32>> = BTreeMap::new();
    for diagnostic in &found {
        let code = diagnostic.code.id();
        if code.contains("permission") {
            continue;
        }
        let span = diagnostic.primary().ok_or("a place")?;
        let page = sources.file(span.file).path().trim_end_matches(".md").to_owned();
        places.entry((page, code)).or_default().push(sources.position(span).line);
    }
    let mut expected: BTreeMap<(String, &str), Vec<u32>> = BTreeMap::new();
    for (page, code, lines, known, why) in EXPECTED {
        assert!([KNOWN, PAGE].contains(known) && !why.is_empty(), "{page} {code}");
        expected.insert(((*page).to_owned(), code), lines.to_vec());
    }
    for lines in places.values_mut() {
        lines.sort_unstable();
    }
    let new: Vec<_> =
        places.iter().filter(|(key, lines)| expected.get(*key) != Some(lines)).collect();
    let lost: Vec<_> =
        expected.iter().filter(|(key, lines)| places.get(*key) != Some(lines)).collect();
    if new.is_empty() && lost.is_empty() {
        return Ok(());
    }
    Err(format!("found {new:#?}\nexpected {lost:#?}").into())
}

fn strict() -> Result<(), Failed> {
    let mut sources = SourceMap::new();
    let (api, _) = family(&mut sources)?;
    let (mut read, mut refused) = (0, 0);
    for (_, operation) in api.operations.iter() {
        for response in operation.examples.iter().filter_map(|example| example.response.as_ref()) {
            let Some(body) = &response.body else { continue };
            let of_status = operation.responses.iter().find(|r| r.value.status == response.status);
            let Some(type_ref) = of_status.and_then(|r| r.value.body) else { continue };
            let name = msgraph_ir::dump::type_ref(&api, type_ref);
            let one = match type_ref.is_collection {
                true => body.get("value").and_then(|value| value.as_array()).unwrap_or_default(),
                false => std::slice::from_ref(body),
            };
            for json in one {
                let text = sources.text(json.span);
                let result = match name.trim_start_matches("Collection(").trim_end_matches(')') {
                    "microsoft.graph.conversationThread" => {
                        ConversationThread::from_json(text).map(|_| ())
                    }
                    "microsoft.graph.post" => Post::from_json(text).map(|_| ()),
                    _ => continue,
                };
                match (response.findings.is_empty(), result) {
                    (true, Ok(())) => read += 1,
                    (true, Err(error)) => return Err(format!("{name}: {error}").into()),
                    (false, Err(_)) => refused += 1,
                    (false, Ok(())) => {}
                }
            }
        }
    }
    assert_eq!((read, refused), (2, 7));
    Ok(())
}
