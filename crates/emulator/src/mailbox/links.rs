//! Links that lead on: opaque to clients, and so free to say what they must.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use msgraph_core::ServiceError;
use msgraph_server::Context;
use msgraph_server::query::Options;
use serde_json::json;

/// What a link of changes says: the latest change that was seen, of which epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChangeToken {
    pub(crate) epoch: i64,
    pub(crate) place: i64,
    /// Behind which change groups that are gone are told: who reads all groups has not seen those that went before.
    pub(crate) gone_since: i64,
}

impl ChangeToken {
    /// The token of a request, behind either name.
    pub(crate) fn of(options: &Options) -> Result<Option<Self>, ServiceError> {
        let named = [(SKIP, &options.skip_token), (DELTA, &options.delta_token)];
        let mut named = named.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?)));
        let Some((name, text)) = named.next() else { return Ok(None) };
        let read = || {
            let text = decoded(text)?;
            let mut numbers = text.split('.').map(|number| number.parse().ok());
            let mut number = || numbers.next().flatten();
            let token = Self { epoch: number()?, place: number()?, gone_since: number()? };
            numbers.next().is_none().then_some(token)
        };
        read().map(Some).ok_or_else(|| malformed(name))
    }

    pub(crate) fn text(self) -> String {
        encoded(&format!("{}.{}.{}", self.epoch, self.place, self.gone_since))
    }
}

/// What a next link of a list says: how many items came before it, which was the last of them, and which the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageToken {
    pub(crate) before: usize,
    pub(crate) last: String,
    pub(crate) next: String,
}

impl PageToken {
    pub(crate) fn of(text: &str) -> Result<Self, ServiceError> {
        let read = || {
            let (before, last, next) = serde_json::from_str(&decoded(text)?).ok()?;
            Some(Self { before, last, next })
        };
        read().ok_or_else(|| malformed(SKIP))
    }

    pub(crate) fn text(&self) -> String {
        encoded(&json!([self.before, self.last, self.next]).to_string())
    }

    /// Where the page begins among the items that there are now: behind the last one that was seen; where that is gone, at
    /// the one that was the next; and where both are, where that would stand if nothing else had changed.
    pub(crate) fn start<'k>(&self, keys: impl Iterator<Item = &'k str> + Clone) -> usize {
        let place_of = |name: &str| keys.clone().position(|key| key == name);
        let behind_last = place_of(&self.last).map(|last| last + 1);
        behind_last.or_else(|| place_of(&self.next)).unwrap_or(self.before.saturating_sub(1))
    }
}

pub(crate) const SKIP: &str = "$skiptoken";
pub(crate) const DELTA: &str = "$deltatoken";

/// The address of a request, with its options, and this token in place of its own.
pub(crate) fn link(context: &Context, name: &str, token: &str) -> String {
    let others = context.query.as_str().split('&').filter(|option| {
        let option = option.split('=').next().unwrap_or_default();
        let option = option.strip_prefix("%24").or(option.strip_prefix('$')).unwrap_or(option);
        let is_token = [SKIP, DELTA].iter().any(|name| option.eq_ignore_ascii_case(&name[1..]));
        !option.is_empty() && !is_token
    });
    let token = format!("{name}={token}");
    let options: Vec<&str> = others.chain([token.as_str()]).collect();
    format!("{}?{}", context.url(), options.join("&"))
}

/// The origin that a request was sent to.
pub(crate) fn origin(context: &Context) -> String {
    let url = context.url();
    let end = url.match_indices('/').nth(2).map_or(url.len(), |(end, _)| end);
    url.get(..end).unwrap_or_default().to_owned()
}

fn encoded(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

fn decoded(text: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

fn malformed(name: &str) -> ServiceError {
    let message = format!("The value of `{name}` is none that was answered.");
    ServiceError::bad_request(message).with_target(name)
}

#[cfg(test)]
mod tests {
    use msgraph_server::Query;
    use msgraph_v1_models::graph::Group;

    use super::{ChangeToken, PageToken};

    fn token_of(query: &str) -> Result<Option<ChangeToken>, msgraph_core::ServiceError> {
        ChangeToken::of(&Query::new(Some(query)).options_of::<Group>()?.into_options())
    }

    #[test]
    fn tokens_are_read_as_they_were_written() {
        let token = ChangeToken { epoch: 3, place: 42, gone_since: 7 };
        for name in ["$skiptoken", "$deltatoken", "deltatoken", "$DeltaToken"] {
            let query = format!("{name}={}", token.text());
            assert_eq!(token_of(&query), Ok(Some(token)));
        }
        assert_eq!(token_of("$select=id"), Ok(None));
        let (last, next) = ("AAQk==.x".to_owned(), "\"".to_owned());
        let token = PageToken { before: 20, last, next };
        assert_eq!(PageToken::of(&token.text()), Ok(token));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "!", "MTI", "eC55"] {
            let query = format!("$deltatoken={text}");
            assert!(token_of(&query).is_err(), "{text}");
            assert!(PageToken::of(text).is_err(), "{text}");
        }
        // "1.2" and "1.2.3.4": a number too few, and one too many.
        for text in ["MS4y", "MS4yLjMuNA"] {
            let query = format!("$deltatoken={text}");
            assert!(token_of(&query).is_err(), "{text}");
        }
    }

    #[test]
    fn a_page_begins_behind_the_last_item_that_was_seen() {
        let token = PageToken { before: 2, last: "b".to_owned(), next: "c".to_owned() };
        assert_eq!(token.start(["a", "b", "c"].into_iter()), 2);
        assert_eq!(token.start(["b", "c"].into_iter()), 1);
        assert_eq!(token.start(["x", "a", "b"].into_iter()), 3);
        assert_eq!(token.start(["a", "c", "d"].into_iter()), 1, "the next one");
        assert_eq!(token.start(["c", "d"].into_iter()), 0, "the next one");
        assert_eq!(token.start(["a", "d"].into_iter()), 1, "where the next one would stand");
    }
}
