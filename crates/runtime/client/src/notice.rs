//! What a service says of an operation's end: `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and the link to its words.
//!
//! In come the headers of an answer; out goes an event that names the operation, and no address of a request.

use http::{HeaderMap, HeaderName, header};

use crate::call::Call;
use crate::header::text;
use crate::line::line;

const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// Warns where the service says that the operation of `call` is to end.
pub(crate) fn tell(call: &Call, headers: &HeaderMap) {
    // Nearly no answer has one of them: to look at its few names costs less than to look two up.
    if !headers.keys().any(|name| *name == DEPRECATION || *name == SUNSET) {
        return;
    }
    let shown = |name| text(headers, name).map(|text| line(&text, 80));
    tracing::warn!(
        operation = call.operation(),
        "url.template" = call.template(),
        deprecation = shown(&DEPRECATION),
        sunset = shown(&SUNSET),
        link = headers.get_all(header::LINK).iter().find_map(|link| page(link.to_str().ok()?)),
        "the service is to end this operation"
    );
}

/// The page that a `Link` header (RFC 8288) names for the end of something, without query and fragment.
fn page(link: &str) -> Option<String> {
    let is_meant = |link: &&str| {
        let link = link.to_ascii_lowercase();
        link.contains("deprecation") || link.contains("sunset")
    };
    let link = link.split(", <").find(is_meant)?;
    let (target, _) = link.trim_start().trim_start_matches('<').split_once('>')?;
    Some(line(target.split(['?', '#']).next()?, 200))
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn the_page_is_told_without_its_query() {
        let one = "<https://learn.example/end?user=42#x>; rel=\"deprecation\"; type=\"text/html\"";
        let several = format!("<https://graph.example/next>; rel=\"next\", {one}");
        for link in [one, several.as_str()] {
            assert_eq!(page(link).as_deref(), Some("https://learn.example/end"), "{link}");
        }
    }

    #[test]
    fn other_links_are_nobodys_affair() {
        for link in ["", "<https://graph.example/users/42>; rel=\"next\"", "sunset", "<sunset"] {
            assert_eq!(page(link), None, "{link}");
        }
    }
}
