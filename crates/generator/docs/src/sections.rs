//! The sections of a page.
//!
//! Comes in: the blocks. Goes out: one section per heading, at any level, with the key by which
//! it is known and the blocks that belong to it. Holds: sections nest by level; a section that
//! stands in an example is an example's, whatever its own title.

use std::ops::Range;

use crate::blocks::{Block, BlockKind};
use crate::lines::PageText;

/// What a heading opens.
pub(crate) struct Section {
    pub(crate) level: u8,
    pub(crate) title: Range<usize>,
    /// The title as a key: lower case, hyphens for spaces, no punctuation; or the name that an
    /// `<a name="…">` in the heading gives, which translated pages keep in English.
    pub(crate) slug: String,
    /// The section around this one.
    pub(crate) parent: Option<usize>,
    /// The blocks up to the next heading of any level.
    pub(crate) own: Range<usize>,
    /// The blocks with those of the sections inside.
    pub(crate) all: Range<usize>,
    /// Whether this section or one around it shows an example.
    pub(crate) in_example: bool,
}

/// The sections of a page in its order.
pub(crate) struct Sections {
    pub(crate) list: Vec<Section>,
}

impl Sections {
    /// Finds the sections of `blocks`.
    pub(crate) fn new(page: &PageText, blocks: &[Block]) -> Self {
        let mut list: Vec<Section> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let BlockKind::Heading { level, title } = &block.kind else {
                continue;
            };
            if let Some(previous) = list.last_mut() {
                previous.own.end = index;
            }
            while let Some(last) = open.last().and_then(|last| list.get_mut(*last)) {
                if last.level < *level {
                    break;
                }
                last.all.end = index;
                open.pop();
            }
            let parent = open.last().copied();
            let slug = slug(page.str(title.clone()));
            let in_example = (*level > 1 && shows_example(&slug))
                || parent
                    .and_then(|parent| list.get(parent))
                    .is_some_and(|parent| parent.in_example);
            open.push(list.len());
            list.push(Section {
                level: *level,
                title: title.clone(),
                slug,
                parent,
                own: index + 1..blocks.len(),
                all: index + 1..blocks.len(),
                in_example,
            });
        }
        Self { list }
    }

    /// The sections outside of examples whose key satisfies `wanted`.
    pub(crate) fn find(&self, wanted: fn(&str) -> bool) -> impl Iterator<Item = &Section> {
        self.list.iter().filter(move |section| !section.in_example && wanted(&section.slug))
    }

    /// The section that `block` belongs to itself.
    pub(crate) fn of_block(&self, block: usize) -> Option<&Section> {
        let next = self.list.partition_point(|section| section.own.start <= block);
        self.list.get(next.checked_sub(1)?)
    }

    /// `section` and the sections around it, from the inside.
    pub(crate) fn around<'a>(
        &'a self,
        section: &'a Section,
    ) -> impl Iterator<Item = &'a Section> + 'a {
        std::iter::successors(Some(section), |inner| self.list.get(inner.parent?))
    }
}

/// Whether a section with this key, or one around it, is about examples.
fn shows_example(slug: &str) -> bool {
    slug.split('-').any(|word| matches!(word, "example" | "examples"))
}

/// The key of a title.
pub(crate) fn slug(title: &str) -> String {
    if let Some(name) = anchor_name(title) {
        return name.to_ascii_lowercase();
    }
    let mut slug = String::with_capacity(title.len());
    let mut in_tag = false;
    let mut in_target = false;
    let mut previous = ' ';
    for c in title.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            '(' if previous == ']' => in_target = true,
            ')' if in_target => in_target = false,
            _ if in_tag || in_target => {}
            ' ' | '\u{a0}' | '\t' => slug.push('-'),
            '-' | '_' => slug.push(c),
            _ if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            _ => {}
        }
        previous = c;
    }
    slug.trim_matches('-').to_owned()
}

/// Where a title stands without the anchor behind it.
pub(crate) fn without_anchor(page: &PageText, title: &Range<usize>) -> Range<usize> {
    let text = page.str(title.clone());
    let end = text.find("<a ").filter(|_| anchor_name(text).is_some());
    title.start..end.map_or(title.end, |end| title.start + end)
}

/// The name that `<a name="…">` gives.
fn anchor_name(title: &str) -> Option<&str> {
    let tag = title.get(title.find("<a ")?..)?;
    let tag = tag.get(..tag.find('>')?)?;
    ["name=", "id="].iter().find_map(|attribute| {
        let value = tag.get(tag.find(attribute)? + attribute.len()..)?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = value.get(1..)?;
        value.get(..value.find(quote)?)
    })
}
