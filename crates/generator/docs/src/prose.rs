//! Prose: paragraphs for doc comments.
//!
//! Comes in: blocks. Goes out: the texts among them as Markdown, one per block, and the namespace
//! that a page states in a line of its own. Holds: lines that only the site's generator
//! understands are not in it; line ends are LF.

use std::ops::Range;

use crate::blocks::{Block, BlockKind};
use crate::lines::{PageText, clean, starts_without_case};
use crate::page::Text;

/// The texts among `blocks`.
pub(crate) fn read(page: &PageText, blocks: &[Block]) -> Vec<Text> {
    blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Text))
        .filter_map(|block| paragraph(page, block, |_| true))
        .collect()
}

/// The texts among `blocks` without the lines `Namespace: …`, and what the first of those says.
pub(crate) fn summary(page: &PageText, blocks: &[Block]) -> (Vec<Text>, Option<Text>) {
    let mut namespace = None;
    let mut texts = Vec::new();
    for block in blocks.iter().filter(|b| matches!(b.kind, BlockKind::Text)) {
        let text = paragraph(page, block, |line| {
            let Some(value) = namespace_in(page, line) else {
                return true;
            };
            namespace.get_or_insert_with(|| page.spanned(value));
            false
        });
        texts.extend(text);
    }
    (texts, namespace)
}

/// The line that `block` is, where it is one that announces what follows, without its colon:
/// `For users:`.
pub(crate) fn label(page: &PageText, block: &Block) -> Option<Text> {
    let BlockKind::Text = block.kind else { return None };
    let mut lines = page.visible(block.lines.clone(), block.span.clone());
    let (line, None) = (lines.next()?, lines.next()) else { return None };
    let line = page.trim(line);
    let text = page.str(line.clone()).trim_end_matches('*').strip_suffix(':')?;
    Some(page.spanned(line.start..line.start + text.len()))
}

/// The lines of a text that are `kept`.
fn paragraph(
    page: &PageText,
    block: &Block,
    mut kept: impl FnMut(Range<usize>) -> bool,
) -> Option<Text> {
    let mut text = String::new();
    let mut place: Option<Range<usize>> = None;
    for line in page.visible(block.lines.clone(), block.span.clone()) {
        let trimmed = page.trim(line.clone());
        // What is left of a quote whose first line was an alert.
        if matches!(page.str(trimmed.clone()), "" | ">") || !kept(trimmed.clone()) {
            continue;
        }
        match &mut place {
            None => place = Some(trimmed.clone()),
            Some(place) => {
                text.push('\n');
                // The indent of lists and their continuations means something.
                text.push_str(&clean(page.str(line.start..trimmed.start)));
                place.end = trimmed.end;
            }
        }
        text.push_str(&clean(page.str(trimmed)));
    }
    place.map(|place| Text::new(text, page.span(place)))
}

/// The value of a line `Namespace: microsoft.graph`.
fn namespace_in(page: &PageText, line: Range<usize>) -> Option<Range<usize>> {
    const KEY: &str = "namespace:";
    let text = page.str(line.clone());
    if !starts_without_case(text, KEY) {
        return None;
    }
    let value = page.trim(line.start + KEY.len()..line.end);
    let text = page.str(value.clone());
    (!text.is_empty() && !text.contains(char::is_whitespace)).then_some(value)
}
