//! Whatever a description or a name holds: the documentation made of it is text, code that is not run, and links
//! to the web, and nothing else; it stays inside its comment, and reads from left to right.

use libtest_mimic::Trial;
use msgraph_plan::ModelType;
use proptest::prelude::*;
use proptest::sample::select;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::dump;
use crate::identifiers::{escaped, runner, schema};

/// All tests of this file.
pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("documentation_is_harmless", || {
        let pieces = select(
            &[
                "`",
                "``",
                "```",
                "```rust\n",
                "~~~",
                "~~~\n",
                "\n",
                "\n\n",
                "\r",
                "\r\n",
                "    ",
                "\t",
                "*/",
                "/*",
                "<b>",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "<",
                ">",
                "&lt;",
                "&#60;",
                "&amp;",
                "[",
                "]",
                "](",
                ")",
                "[Vec]",
                "[a](b)",
                "(javascript:alert(1))",
                "https://contoso.com/a_b",
                "http://",
                "\\",
                "|",
                "#",
                "# ",
                "- ",
                "1. ",
                "> ",
                "* ",
                "_",
                "**",
                "=",
                "---",
                "===",
                "!",
                "![",
                "\u{202e}",
                "\u{200b}",
                "\u{2028}",
                "\u{e000}",
                "\u{1680}",
                "\u{a0}",
                "<div>",
                "<script",
                "<a href=\"x\">",
                "www.contoso.com",
                "&copy;",
                "---|---",
                "| a |",
                "\n|-|\n",
                "~~",
                ".",
                "1)",
                "+ ",
                "- [ ] ",
                "word",
                "two words",
                "{",
                "}",
                "\"",
                "é",
                " ",
                "  ",
                "  \n",
                ":",
                "www.",
                "mailto:a@b.c",
                "[^1]",
                "[x]:",
            ][..],
        );
        let text = prop_oneof![
            3 => proptest::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat()),
            1 => any::<String>(),
        ];
        runner(3_000).run(&text, |text| hold(&text))?;
        Ok(())
    })]
}

fn hold(text: &str) -> Result<(), TestCaseError> {
    let csdl = schema(&format!(
        r#"<ComplexType Name="a"><Annotation Term="Org.OData.Core.V1.Description" String="{0}"/>
        <Property Name="p{0}" Type="Edm.String"/></ComplexType>"#,
        escaped(text)
    ));
    let (plan, _) = dump::plan(&csdl);
    for of in dump::types(&plan) {
        let ModelType::Structured(of) = of else { continue };
        let of_members = of.members.iter().map(|member| &member.docs);
        for docs in of_members.chain([&of.docs]) {
            is_silent(docs.lines())?;
            is_harmless(&docs.lines().join("\n"))?;
        }
    }
    Ok(())
}

/// No line holds what is not seen, or ends the comment.
fn is_silent(lines: &[String]) -> Result<(), TestCaseError> {
    for line in lines {
        let is_odd = |c: char| {
            c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        };
        prop_assert!(!line.contains(is_odd), "an unseen character in {line:?}");
        prop_assert!(!line.contains("*/"), "the end of a comment in {line:?}");
    }
    Ok(())
}

/// Read as rustdoc reads it.
fn is_harmless(markdown: &str) -> Result<(), TestCaseError> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    // rustdoc asks this of every `[name]` that no definition explains.
    let mut asked = None;
    let mut broken = |link: pulldown_cmark::BrokenLink<'_>| {
        asked = Some(link.reference.to_string());
        None
    };
    for event in Parser::new_with_broken_link_callback(markdown, options, Some(&mut broken)) {
        let harm = match &event {
            Event::Html(html) | Event::InlineHtml(html) => Some(html.to_string()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                Some("code that is run".to_owned())
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) if &**kind != "text" => {
                Some(format!("code of the kind {kind:?}"))
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                if !dest_url.starts_with("https://") && !dest_url.starts_with("http://") =>
            {
                Some(format!("a link to {dest_url:?}"))
            }
            Event::Start(Tag::Heading { .. }) => Some("a heading".to_owned()),
            _ => None,
        };
        prop_assert!(harm.is_none(), "{harm:?} in\n{markdown}");
    }
    prop_assert!(asked.is_none(), "a link to resolve, {asked:?}, in\n{markdown}");
    Ok(())
}
