//! The pages of the catalogue as HTML.
//!
//! In comes Markdown that we wrote, out goes HTML in which HTML of the page is text and no link leads
//! anywhere: a report loads nothing.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// `page` without its title.
pub(super) fn explanation(page: &str) -> String {
    let text = page.split_once('\n').map_or("", |(_, text)| text);
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Link { .. } | Tag::Image { .. })
        | Event::End(TagEnd::Link | TagEnd::Image) => None,
        other => Some(other),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

#[cfg(test)]
mod tests {
    use super::explanation;

    #[test]
    fn html_and_links_are_text() {
        let found = explanation("# Title\n\nA `b` <img src=x> [c](http://d).\n");
        assert_eq!(found, "<p>A <code>b</code> &lt;img src=x&gt; c.</p>\n");
    }

    #[test]
    fn no_page_of_the_catalogue_gives_an_attribute_that_could_load() {
        for code in msgraph_source::catalogue::all() {
            let found = explanation(code.page());
            let plain = found.replace("<pre><code class=\"language-", "");
            assert!(!plain.contains("<a ") && !plain.contains("<img"), "{code}: {found}");
            assert!(found.starts_with("<p>"), "{code}: {found}");
        }
    }
}
