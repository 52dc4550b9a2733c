//! Keys: which segments are keys, and which key they give.
//!
//! In comes a segment behind a collection that is neither an operation nor a cast, or what stands in
//! parentheses; out goes the step of a key, or the names that the segment resembles.
//!
//! **Which words are keys.** What stands in parentheses, a placeholder, and whatever no name could
//! look like (a GUID, base64 with its `=`, `contoso.com`, `19:…@thread.v2`, anything long) is a key.
//! Only a *word*, that is at most 40 letters, digits and underscores starting with a letter, could
//! be a name. It is a key unless it resembles what a writer may have meant: an operation of the
//! collection (`delta2`), or a member or operation of its elements with the key left out (`thread`);
//! a member whose type has none itself is nothing that a URL leads to.
//! Resemblance is narrow, because `inbox` and `email` are keys: the same name in any case, one edit
//! from five letters on, two from ten on. Nor is a word a key that reads like an operation
//! (`getUserOwnedObjects`): it has several words, of which the first starts the name of an operation
//! of the model. Who means such a word as a key writes it in parentheses.

use msgraph_ir::{ItemId, PathStep, Property, Structured, TypeRef, TypeTarget, WireName};
use msgraph_source::edit_distance;

use super::segments::{arguments, bare, decoded, is_placeholder, unquoted};
use super::walk::{Resolver, Walk};
use super::{Ending, Leniency};

/// Longer than any name that is worth comparing.
const LONGEST_WORD: usize = 40;

/// How a key is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyForm {
    /// `/groups/{id}`
    Segment,
    /// `/groups('{id}')`
    Parentheses,
}

impl Resolver<'_> {
    /// What a word behind a collection of `element` may mean instead of a key, the nearest first; none
    /// where it is a key.
    pub(super) fn resembled(&self, element: ItemId, text: &str) -> Option<Vec<String>> {
        let text = decoded(text);
        if !is_word(&text) {
            return None;
        }
        let word = text.to_ascii_lowercase();
        let allowed = match word.len() {
            0..5 => 0,
            5..10 => 1,
            _ => 2,
        };
        let mut found: Vec<(usize, String)> = Vec::new();
        let mut compare = |name: &str, shown: &dyn Fn() -> String| {
            if name.len().abs_diff(word.len()) > allowed {
                return;
            }
            let distance = edit_distance(&word, &name.to_ascii_lowercase());
            if distance <= allowed {
                found.push((distance, shown()));
            }
        };
        for owner in self.api.ancestry(element) {
            for declared in self.index.all_declared(owner) {
                for &id in &declared.on_collection {
                    let name = self.api.bound[id].name.name.as_str();
                    compare(name, &|| name.to_owned());
                }
                for &id in &declared.on_instance {
                    let name = self.api.bound[id].name.name.as_str();
                    compare(name, &|| format!("{{id}}/{name}"));
                }
                for &at in &declared.properties {
                    if let Some(property) = self.api.property(owner, at)
                        && !self.is_marker(property)
                    {
                        let name = property.name.as_str();
                        compare(name, &|| match self.is_key(element, name) {
                            true => format!("{{{name}}}"),
                            false => format!("{{id}}/{name}"),
                        });
                    }
                }
            }
        }
        found.sort();
        found.dedup();
        found.truncate(3);
        let is_operation = self.index.reads_like_an_operation(&text);
        (is_operation || !found.is_empty())
            .then(|| found.into_iter().map(|(_, name)| name).collect())
    }

    /// Whether all that a property says is that it is there: its type has no members. No URL leads to
    /// such a property, as to the `root` of a site, so that `/sites/root` names a site.
    fn is_marker(&self, property: &Property) -> bool {
        let TypeTarget::Item(id) = property.type_ref.target else {
            return false;
        };
        let empty = |id| {
            let of_type: Option<&Structured> = self.api.items[id].structured();
            of_type.is_some_and(|of_type| of_type.properties.is_empty() && !of_type.is_open)
        };
        self.api.ancestry(id).all(empty)
    }

    /// Takes the step of a key; without one, the names in it that the type does not have.
    pub(super) fn key(
        &self,
        walk: &mut Walk<'_>,
        text: &str,
        form: KeyForm,
    ) -> Result<(), Vec<String>> {
        let text = text.trim();
        let element = match walk.at.map(|at| at.target) {
            Some(TypeTarget::Item(id)) => Some(id),
            _ => None,
        };
        let parts = arguments(text);
        // `applications(appId='…')`, `directoryRoles/roleTemplateId={id}`; `AAQk=` has no value.
        let is_named = !parts.is_empty()
            && parts.iter().all(|(name, value)| !name.is_empty() && is_value(value));
        let known = |name: &str| element.and_then(|id| self.property_in_any_case(id, name));
        let strangers = || parts.iter().map(|(name, _)| *name).filter(|name| known(name).is_none());
        if is_named && form == KeyForm::Parentheses && strangers().next().is_some() {
            return Err(strangers().map(str::to_owned).collect());
        }
        let is_named = is_named && strangers().next().is_none();
        let mut alternate = Vec::new();
        if is_named {
            for (name, value) in &parts {
                alternate.extend(self.named_key(walk, element, name, value, form));
            }
        }
        let values: Vec<&str> = match is_named {
            true => parts.iter().map(|(_, value)| *value).collect(),
            false => vec![text],
        };
        let texts: Vec<String> = values.iter().map(|value| written(value)).collect();
        let (text, is_parameter) = match texts.as_slice() {
            [only] => (bare(only).to_owned(), is_placeholder(only)),
            _ => (text.to_owned(), false),
        };
        walk.steps.push(match alternate.is_empty() {
            true => PathStep::Key { text, is_parameter },
            false => PathStep::AlternateKey(alternate),
        });
        walk.values.extend(texts.iter().map(|text| decoded(text).into_owned()));
        walk.on_item = true;
        walk.ending = Ending::Plain;
        if let Some(at) = &mut walk.at {
            *at = TypeRef { is_collection: false, is_nullable: false, ..*at };
        }
        Ok(())
    }

    /// A part of a key that names its property, where that is not the key itself.
    fn named_key(
        &self,
        walk: &mut Walk<'_>,
        element: Option<ItemId>,
        name: &str,
        value: &str,
        form: KeyForm,
    ) -> Option<(WireName, String)> {
        let id = element?;
        let (owner, at) = self.property_in_any_case(id, name)?;
        let Property { name: declared, .. } = self.api.property(owner, at)?;
        walk.other_case(name, declared.as_str());
        if self.is_key(id, declared.as_str()) {
            return None;
        }
        if form == KeyForm::Segment {
            walk.lenient(Leniency::KeySegment { property: declared.to_string() });
        }
        let is_declared = self
            .api
            .ancestry(id)
            .filter_map(|id| self.api.items[id].structured())
            .flat_map(|structured| structured.alternate_keys.iter().flatten())
            .any(|key| key.alias.as_ref().unwrap_or(&key.property) == declared);
        if !is_declared {
            walk.lenient(Leniency::UndeclaredKey { property: declared.to_string() });
        }
        Some((declared.clone(), value.to_owned()))
    }

    /// Whether `name` is the key of `id`, or a part of it.
    pub(super) fn is_key(&self, id: ItemId, name: &str) -> bool {
        self.api
            .ancestry(id)
            .filter_map(|id| self.api.items[id].structured())
            .flat_map(|structured| &structured.key)
            .any(|part| part.alias.as_ref().unwrap_or(&part.property).as_str() == name)
    }
}

/// A value as it is written, without its quotes; a placeholder without escapes.
fn written(value: &str) -> String {
    let text = unquoted(value);
    let plain = decoded(&text);
    if is_placeholder(&plain) { plain.into_owned() } else { text.into_owned() }
}

/// Whether `text` looks like a name.
fn is_word(text: &str) -> bool {
    text.len() <= LONGEST_WORD
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether `text` can be a value: more than the padding of base64.
fn is_value(text: &str) -> bool {
    text.bytes().any(|byte| byte != b'=')
}
