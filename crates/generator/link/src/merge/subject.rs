//! Which of several permission tables is about a path.
//!
//! In come the words above, in or beside each table ("group [event](…)", "Permissions acting on
//! self"), and a path; out goes the table that is meant. Holds: every word must be understood; the
//! table whose resource stands furthest down the path is meant, of those the one that says most; where
//! two are left, none is.

use msgraph_docs::Text;
use msgraph_ir::{Api, PathStep, TypeTarget};

/// What a table is about.
pub(crate) struct Subject {
    /// Any one of these.
    resources: Vec<Resource>,
    /// Whether it is about the signed-in user, or about others.
    who: Option<Who>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Me,
    Others,
}

/// A resource in words: "group event" is an event below a group.
struct Resource {
    /// What it may be called.
    names: Vec<String>,
    /// What else must stand on the path.
    qualifiers: Vec<String>,
}

/// A path in words.
pub(crate) struct Route {
    /// For each step the name of its type and that of the segment, in lower case.
    steps: Vec<Vec<String>>,
    /// Whether it starts at `me`.
    pub(crate) is_me: bool,
}

/// Words that say nothing of a resource.
const FILLERS: [&str; 21] = [
    "a",
    "acting",
    "all",
    "an",
    "for",
    "from",
    "in",
    "least",
    "most",
    "object",
    "objects",
    "of",
    "on",
    "permission",
    "permissions",
    "privileged",
    "resource",
    "resources",
    "the",
    "to",
    "type",
];

/// Words of one subject that are looked at.
const MOST_WORDS: usize = 40;

/// The one of `subjects` that `route` is about.
pub(crate) fn told(subjects: &[Subject], route: &Route) -> Option<usize> {
    let mut best: Option<((usize, usize), usize)> = None;
    let mut is_tie = false;
    for (index, subject) in subjects.iter().enumerate() {
        let Some(fit) = subject.fit(route) else { continue };
        match best {
            Some((known, _)) if known > fit => {}
            Some((known, _)) if known == fit => is_tie = true,
            _ => (best, is_tie) = (Some((fit, index)), false),
        }
    }
    best.filter(|_| !is_tie).map(|(_, index)| index)
}

impl Subject {
    /// Reads `text`.
    pub(crate) fn new(text: Option<&Text>) -> Self {
        let words = text.map(|text| words(&text.value)).unwrap_or_default();
        let is = |wanted: &[&str]| {
            let named =
                |word: &Word| matches!(word, Word::Plain(w) if wanted.contains(&w.as_str()));
            words.iter().any(named)
        };
        let who = match (is(&["self"]), is(&["other", "others"])) {
            (true, false) => Some(Who::Me),
            (false, true) => Some(Who::Others),
            _ => None,
        };
        let resources = match who {
            Some(_) => Vec::new(),
            None => words.split(|word| matches!(word, Word::Or)).flat_map(resources).collect(),
        };
        Self { resources, who }
    }

    /// How far down `route` it stands, and how much it says; none where it is about something else.
    fn fit(&self, route: &Route) -> Option<(usize, usize)> {
        if let Some(who) = self.who {
            return ((who == Who::Me) == route.is_me).then_some((0, 0));
        }
        self.resources.iter().filter_map(|resource| resource.fit(route)).max()
    }
}

impl Resource {
    fn fit(&self, route: &Route) -> Option<(usize, usize)> {
        let depth = route.steps.iter().rposition(|step| stands_in(step, &self.names))?;
        let is_there = |word: &String| {
            route.steps.iter().any(|step| stands_in(step, std::slice::from_ref(word)))
        };
        self.qualifiers.iter().all(is_there).then_some((depth, self.qualifiers.len()))
    }
}

impl Route {
    /// The path of `steps` in words.
    pub(crate) fn new(api: &Api, steps: &[PathStep]) -> Self {
        let type_name = |target: TypeTarget| match target {
            TypeTarget::Item(id) => Some(api.items[id].name.name.as_str().to_ascii_lowercase()),
            _ => None,
        };
        let names = |step: &PathStep| -> Option<Vec<String>> {
            let (target, segment) = match step {
                PathStep::Root(index) => {
                    let root = api.container.roots.get(*index)?;
                    (TypeTarget::Item(root.target), root.name.as_str())
                }
                PathStep::Property { owner, index } => {
                    let property = api.property(*owner, *index)?;
                    (property.type_ref.target, property.name.as_str())
                }
                PathStep::Bound(id, _) => {
                    let bound = &api.bound[*id];
                    (bound.binding?.target, bound.name.name.as_str())
                }
                PathStep::Cast(id) => (TypeTarget::Item(*id), ""),
                _ => return None,
            };
            Some(type_name(target).into_iter().chain([segment.to_ascii_lowercase()]).collect())
        };
        let is_me = matches!(steps.first(), Some(PathStep::Root(index))
            if api.container.roots.get(*index).is_some_and(|root| root.name.as_str() == "me"));
        Self { steps: steps.iter().filter_map(names).collect(), is_me }
    }
}

/// Whether one of `words` names the step, in the singular or the plural.
fn stands_in(step: &[String], words: &[String]) -> bool {
    let singular = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    step.iter()
        .filter(|name| !name.is_empty())
        .any(|name| words.iter().any(|word| name == word || singular(name) == singular(word)))
}

enum Word {
    Plain(String),
    /// A link: the words of its label, and the page it leads to.
    Link(Vec<String>, String),
    /// What follows is another resource.
    Or,
}

/// The words of `text` that say something.
fn words(text: &str) -> Vec<Word> {
    let text = text.to_ascii_lowercase();
    let mut words = Vec::new();
    let mut rest = text.as_str();
    while let Some((before, link)) = rest.split_once('[') {
        plain_words(before, &mut words);
        rest = link;
        let Some((label, target)) = link.split_once("](") else { continue };
        let Some((target, after)) = target.split_once(')') else { continue };
        let mut in_label = Vec::new();
        plain_words(label, &mut in_label);
        let label = in_label.into_iter().filter_map(|word| match word {
            Word::Plain(word) => Some(word),
            _ => None,
        });
        let page = target.rsplit('/').next().unwrap_or_default();
        let page = page.split(['#', '?']).next().unwrap_or_default();
        words.push(Word::Link(label.collect(), page.trim_end_matches(".md").to_owned()));
        rest = after;
        if words.len() > MOST_WORDS {
            break;
        }
    }
    plain_words(rest, &mut words);
    words.truncate(MOST_WORDS);
    words
}

fn plain_words(text: &str, words: &mut Vec<Word>) {
    let parts = text.split_inclusive([',', '/', ' ', '(', ')', '\u{a0}', '-', ':']);
    for part in parts.take(MOST_WORDS) {
        let word: String = part
            .split(['\'', '\u{2019}'])
            .next()
            .unwrap_or_default()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        match word.as_str() {
            "or" | "and" => words.push(Word::Or),
            "" => {}
            // What is somebody's own is a user's.
            "personal" => words.push(Word::Plain("user".to_owned())),
            filler if FILLERS.contains(&filler) => {}
            _ => words.push(Word::Plain(word)),
        }
        if part.ends_with([',', '/']) {
            words.push(Word::Or);
        }
    }
}

/// What the words of one resource can mean: with the last one as its name and the others as its
/// surroundings, or all of them as one name.
fn resources(words: &[Word]) -> Vec<Resource> {
    let mut qualifiers: Vec<String> = Vec::new();
    let mut names: Option<Vec<String>> = None;
    for word in words {
        match word {
            Word::Plain(word) => qualifiers.push(word.clone()),
            Word::Link(label, page) => {
                let own = label.split_last();
                qualifiers.extend(own.into_iter().flat_map(|(_, before)| before).cloned());
                // `callrecords-callrecord` is the page of `callRecords.callRecord`.
                let type_name = page.rsplit('-').next().unwrap_or_default().to_owned();
                let called = own.map(|(last, _)| last.clone()).into_iter();
                let known = names.replace(called.chain([page.clone(), type_name]).collect());
                qualifiers.extend(known.and_then(|names| names.into_iter().next()));
            }
            Word::Or => {}
        }
    }
    if let Some(names) = names {
        return vec![Resource { names, qualifiers }];
    }
    let whole = qualifiers.concat();
    let Some(last) = qualifiers.pop() else { return Vec::new() };
    let as_one =
        (!qualifiers.is_empty()).then(|| Resource { names: vec![whole], qualifiers: Vec::new() });
    std::iter::once(Resource { names: vec![last], qualifiers }).chain(as_one).collect()
}
