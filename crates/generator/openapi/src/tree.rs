//! The value of a text's one document, with its places.
//!
//! In comes a text, in JSON or in YAML; out goes what `json` or `yaml` reads of it. Holds: what YAML has beyond JSON is
//! refused with its place, but for comments, styles and aliases, which stand for what they repeat; so are members of
//! one name; depth, size, and what aliases repeat are bounded.

use std::collections::BTreeMap;

use msgraph_source::catalogue::openapi::{
    ALIAS, DUPLICATE_KEY, EMPTY, KEY, MALFORMED, TOO_DEEP, TOO_LARGE,
};
use msgraph_source::{
    Diagnostic, Diagnostics, FileId, Json, JsonKind, JsonMember, Span, shortened,
};

use crate::{json, yaml};

/// The longest text, in bytes: three times that of all of Graph.
const LONGEST: usize = 128 << 20;
/// The deepest nesting. Descriptions of services have some twenty levels.
const DEEPEST: usize = 128;
/// The most values that aliases may repeat, all together.
const MOST_REPEATED: usize = 100_000;
/// The most errors that are told.
const MOST_ERRORS: usize = 100;

/// The value of the text's document.
///
/// # Errors
/// Why there is none: at least one error.
pub(crate) fn tree(text: &str, file: FileId) -> Result<Json, Diagnostics> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = text.len() - bare.len();
    if bare.len() > LONGEST {
        let message = format!("the text is longer than {} MiB", LONGEST >> 20);
        let found = Diagnostic::at(TOO_LARGE, Span::start_of(file), message);
        return Err(vec![found.help("take a part of the description")]);
    }
    let as_yaml = || {
        let mut builder = Builder::default();
        let step = yaml::read(bare, file, skipped, &mut builder);
        builder.finish(step, file)
    };
    // JSON has escapes that YAML lacks, and is read faster as what it is.
    if !bare.trim_start().starts_with(['{', '[']) {
        return as_yaml();
    }
    let mut builder = Builder::default();
    let step = json::read(bare, file, skipped, &mut builder);
    match builder.finish(step, file) {
        // YAML can begin so, too.
        Err(said) if said.iter().all(|found| found.code == MALFORMED) => {
            as_yaml().map_err(|_| said)
        }
        read => read,
    }
}

/// Whether reading goes on; if not, what is said last.
pub(crate) type Step = Result<(), Box<Diagnostic>>;

/// A collection that is not closed yet.
struct Open {
    /// Where it begins.
    start: Span,
    anchor: usize,
    kind: OpenKind,
}

enum OpenKind {
    Array(Vec<Json>),
    /// The members, and the name of the one whose value comes next.
    Object(Vec<JsonMember>, Option<(String, Span)>),
}

/// Puts values together, as they begin and end in the text.
#[derive(Default)]
pub(crate) struct Builder {
    open: Vec<Open>,
    root: Option<Json>,
    /// What aliases may repeat; none for what is too large.
    anchors: BTreeMap<usize, Option<Json>>,
    /// How many values were kept for aliases, and repeated by them.
    repeated: usize,
    errors: Diagnostics,
}

/// What marks a value for aliases; zero marks none.
pub(crate) type Anchor = usize;

impl Builder {
    /// Whether the document is read.
    pub(crate) fn is_whole(&self) -> bool {
        self.root.is_some()
    }

    /// Whether what comes next stands in an array, in an object, or at the root.
    pub(crate) fn inside(&self) -> Inside {
        match self.open.last().map(|open| &open.kind) {
            None => Inside::Root,
            Some(OpenKind::Array(_)) => Inside::Array,
            Some(OpenKind::Object(..)) => Inside::Object,
        }
    }

    /// Whether the next scalar names a member.
    pub(crate) fn is_name_due(&self) -> bool {
        matches!(self.open.last(), Some(Open { kind: OpenKind::Object(_, None), .. }))
    }

    /// The name of the next member.
    pub(crate) fn name(&mut self, text: String, span: Span) {
        if let Some(Open { kind: OpenKind::Object(_, name), .. }) = self.open.last_mut() {
            *name = Some((text, span));
        }
    }

    /// An array begins.
    pub(crate) fn begin_array(&mut self, anchor: Anchor, start: Span) -> Step {
        self.begin(OpenKind::Array(Vec::new()), anchor, start)
    }

    /// An object begins.
    pub(crate) fn begin_object(&mut self, anchor: Anchor, start: Span) -> Step {
        self.begin(OpenKind::Object(Vec::new(), None), anchor, start)
    }

    fn begin(&mut self, kind: OpenKind, anchor: usize, start: Span) -> Step {
        if self.is_name_due() {
            return Err(Box::new(
                Diagnostic::at(KEY, start, "the name of this member is no text")
                    .help("a member of an object has a text for its name"),
            ));
        }
        if self.open.len() >= DEEPEST {
            return Err(Box::new(Diagnostic::at(
                TOO_DEEP,
                start,
                format!("values are nested more than {DEEPEST} levels deep"),
            )));
        }
        self.open.push(Open { start, anchor, kind });
        Ok(())
    }

    /// An array or an object ends.
    pub(crate) fn end(&mut self, end: Span) {
        let Some(Open { start, anchor, kind }) = self.open.pop() else { return };
        // The end of what no bracket closes is known only where the next thing begins.
        let is_closed = !end.range().is_empty();
        let (kind, last) = match kind {
            OpenKind::Array(elements) => {
                let last = elements.last().map(|element| element.span);
                (JsonKind::Array(elements), last)
            }
            OpenKind::Object(members, _) => {
                self.duplicates(&members);
                let last = members.last().map(|member| member.value.span);
                (JsonKind::Object(members), last)
            }
        };
        let span = start.to(if is_closed { end } else { last.unwrap_or(start) });
        self.value(Json { kind, span }, anchor);
    }

    /// A value: of the member whose name came before, of the array, or the whole.
    pub(crate) fn value(&mut self, value: Json, anchor: Anchor) {
        if anchor != 0 {
            self.repeated += count(&value);
            let kept = (self.repeated <= MOST_REPEATED).then(|| value.clone());
            self.anchors.insert(anchor, kept);
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(value),
            Some(OpenKind::Array(elements)) => elements.push(value),
            Some(OpenKind::Object(members, due)) => {
                if let Some((name, name_span)) = due.take() {
                    members.push(JsonMember { name, name_span, value });
                }
            }
        }
    }

    /// A copy of what `anchor` marks.
    pub(crate) fn alias(&mut self, anchor: Anchor, span: Span) -> Step {
        if self.is_name_due() {
            return Err(Box::new(
                Diagnostic::at(KEY, span, "the name of this member is an alias")
                    .help("write the name out"),
            ));
        }
        let Some(kept) = self.anchors.get(&anchor) else {
            return Err(Box::new(
                Diagnostic::at(
                    ALIAS,
                    span,
                    "this alias stands inside of the value that it repeats",
                )
                .help("use `$ref`, which may refer to what it stands in"),
            ));
        };
        self.repeated += kept.as_ref().map_or(0, count);
        let Some(value) = kept.as_ref().filter(|_| self.repeated <= MOST_REPEATED) else {
            let message = format!("aliases repeat more than {MOST_REPEATED} values");
            return Err(Box::new(
                Diagnostic::at(ALIAS, span, message).help("use `$ref`, which repeats nothing"),
            ));
        };
        let value = Json { kind: value.kind.clone(), span };
        self.value(value, 0);
        Ok(())
    }

    fn duplicates(&mut self, members: &[JsonMember]) {
        let mut names: Vec<(&str, Span)> =
            members.iter().map(|member| (member.name.as_str(), member.name_span)).collect();
        names.sort_by_key(|(name, _)| *name);
        let twice: Vec<Diagnostic> = names
            .windows(2)
            .filter_map(|pair| match pair {
                [(name, first), (again, second)] if name == again => {
                    let message = format!("the member `{}` stands here twice", shortened(name));
                    let found = Diagnostic::at(DUPLICATE_KEY, *second, message);
                    Some(found.label(*first, "the first").help("take one of them out"))
                }
                _ => None,
            })
            .collect();
        twice.into_iter().for_each(|found| self.say(found));
    }

    /// Tells of something that does not end the reading.
    pub(crate) fn say(&mut self, found: Diagnostic) {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(found);
        }
    }

    fn finish(mut self, last: Step, file: FileId) -> Result<Json, Diagnostics> {
        if let Err(last) = last {
            self.errors.push(*last);
        }
        match self.root {
            Some(root) if self.errors.is_empty() => Ok(root),
            None if self.errors.is_empty() => {
                let found = Diagnostic::at(EMPTY, Span::start_of(file), "the text is empty");
                Err(vec![found.help("it may have been cut off: fetch it again")])
            }
            _ => Err(self.errors),
        }
    }
}

/// Where the next value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inside {
    Root,
    Array,
    Object,
}

/// How many values there are in `value`.
fn count(value: &Json) -> usize {
    match &value.kind {
        JsonKind::Array(elements) => 1 + elements.iter().map(count).sum::<usize>(),
        JsonKind::Object(members) => {
            1 + members.iter().map(|member| count(&member.value)).sum::<usize>()
        }
        _ => 1,
    }
}
