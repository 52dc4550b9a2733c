//! `$search` of groups, as the page that lists them has it: `"displayName:video" OR "description:prod"`.
//!
//! In come entities and what is searched for; out go those that are found. Holds: each word or phrase names a property and
//! tells what it has in it; names and descriptions are looked into word by word, whatever their order, and a word is found
//! by how it begins; other properties are found by how they begin. Capitals mean nothing. Only groups are searched.

use msgraph_core::ServiceError;
use msgraph_server::query::Search;

use super::{Answer, Wire};
use crate::document::Document;
use crate::store::{Entity, Kind};

/// The properties that are looked into word by word.
const BY_WORDS: [&str; 2] = ["displayName", "description"];

/// The entities that are found, which the model `M` shows.
pub(super) fn found<M: Wire>(entities: Vec<Entity>, search: &Search) -> Answer<Vec<Entity>> {
    if entities.iter().any(|entity| entity.kind != Kind::Group) {
        return Err(not_searched());
    }
    for term in search.terms() {
        let (property, wanted) = parts(term);
        // What has no word in it would be found in everything.
        if M::TABLE.property(property).is_none() || words(wanted).is_empty() {
            let message = "A search names a property and what it has: \"displayName:video\".";
            return Err(ServiceError::bad_request(message).with_target("$search"));
        }
    }
    let is_found = |entity: &Entity| search.holds(|term| has(&entity.document, term));
    Ok(entities.into_iter().filter(is_found).collect())
}

/// What is said where something else than groups is searched.
pub(super) fn not_searched() -> ServiceError {
    ServiceError::not_implemented("The emulator searches groups alone.").with_target("$search")
}

/// The property that a word or a phrase names, and what it is to have.
fn parts(term: &str) -> (&str, &str) {
    term.split_once(':').unwrap_or_default()
}

fn has(group: &Document, term: &str) -> bool {
    let (property, wanted) = parts(term);
    let Some(text) = group.get::<String>(property) else { return false };
    if BY_WORDS.contains(&property) {
        let there = words(&text);
        words(wanted).iter().all(|wanted| there.iter().any(|word| word.starts_with(wanted)))
    } else {
        text.to_lowercase().starts_with(&wanted.to_lowercase())
    }
}

/// The words of a text in small letters: parted by what is no letter or digit, between letters and digits, and where a
/// capital follows a small letter.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for character in text.chars() {
        let sort = |c: char| (c.is_alphabetic(), c.is_numeric());
        let is_new =
            sort(before) != sort(character) || before.is_lowercase() && character.is_uppercase();
        if is_new {
            words.push(String::new());
        }
        if character.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_end_where_the_sort_of_character_changes() {
        for (text, expected) in [
            ("", &[][..]),
            ("SFA Videos", &["sfa", "videos"]),
            ("OneVideo", &["one", "video"]),
            ("team-2024b", &["team", "2024", "b"]),
            ("1 2,3", &["1", "2", "3"]),
            ("ÄrzteÖl", &["ärzte", "öl"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}
