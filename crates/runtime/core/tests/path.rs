//! An id is one segment of a path, whatever it holds, and is found again by who takes the path apart.

use msgraph_core::path::{Key, decode, encode, key_in_parentheses};
use proptest::prelude::*;

#[test]
fn an_id_stays_one_segment() {
    for (id, path) in [
        ("42", "/42"),
        ("meganb@contoso.com", "/meganb@contoso.com"),
        ("AAMkAD=", "/AAMkAD="),
        ("a/b", "/a%2Fb"),
        ("/", "/%2F"),
        ("a\\b", "/a%5Cb"),
        ("../x", "/..%2Fx"),
        ("a\r\nHost: x", "/a%0D%0AHost%3A%20x"),
        ("a?b#c", "/a%3Fb%23c"),
        ("%2f", "/%252f"),
        ("%2e%2e", "/%252e%252e"),
        ("a;b=c", "/a%3Bb=c"),
        ("a'b", "/a%27b"),
        ("a+b c", "/a%2Bb%20c"),
        ("é\u{202e}", "/%C3%A9%E2%80%AE"),
        ("root:", "/root%3A"),
        ("\0", "/%00"),
        ("...", "/..."),
    ] {
        assert_eq!(Key::new(id).as_str(), path, "{id:?}");
    }
}

#[test]
fn an_id_that_would_be_read_as_something_else_goes_in_parentheses() {
    for (id, path) in [
        ("", "('')"),
        (".", "('.')"),
        ("..", "('..')"),
        ("$count", "('%24count')"),
        ("$ref", "('%24ref')"),
        ("$", "('%24')"),
        ("delta", "('delta')"),
        ("DELTA", "('DELTA')"),
        ("delta()", "('delta%28%29')"),
        ("microsoft.graph.delta", "('microsoft.graph.delta')"),
        ("Microsoft.Graph.user", "('Microsoft.Graph.user')"),
        ("$o'brien", "('%24o%27%27brien')"),
        ("f(x='1')", "('f%28x=%27%271%27%27%29')"),
    ] {
        assert_eq!(Key::new(id).as_str(), path, "{id:?}");
    }
    assert_eq!(Key::beside("reply", &["reply", "forward"]).to_string(), "('reply')");
    assert_eq!(Key::beside("reply", &[]).to_string(), "/reply");
}

#[test]
fn a_segment_is_decoded_or_refused() {
    assert_eq!(decode("a%2Fb").as_deref(), Some("a/b"));
    assert_eq!(decode("%252f").as_deref(), Some("%2f"));
    assert_eq!(decode("%C3%A9").as_deref(), Some("é"));
    for broken in ["%", "%2", "%zz", "%c3", "%ff", "%+f"] {
        assert_eq!(decode(broken), None, "{broken}");
    }
}

#[test]
fn a_key_in_parentheses_is_taken_apart() {
    assert_eq!(key_in_parentheses("groups('delta')"), Some(("groups", "delta".to_owned())));
    assert_eq!(
        key_in_parentheses("groups('o%27%27brien')"),
        Some(("groups", "o'brien".to_owned()))
    );
    assert_eq!(key_in_parentheses("groups('o''brien')"), Some(("groups", "o'brien".to_owned())));
    assert_eq!(key_in_parentheses("groups(%27delta%27)"), Some(("groups", "delta".to_owned())));
    for other in [
        "groups",
        "groups()",
        "groups(42)",
        "groups('a'b')",
        "('a')",
        "groups('a",
        "groups(')",
        "groups('%zz')",
        "delta(token='x')",
    ] {
        assert_eq!(key_in_parentheses(other), None, "{other}");
    }
}

proptest! {
    #[test]
    fn every_id_is_found_again(id: String) {
        let path = format!("groups{}", Key::new(&id));
        prop_assert!(path.is_ascii());
        prop_assert!(!path.contains(['?', '#', '\\', ' ']));
        let found = match path.split_once('/') {
            Some((name, segment)) => {
                prop_assert_eq!(name, "groups");
                prop_assert!(!segment.contains(['/', '?', '#', '\\', '(', ')', '\'']));
                prop_assert!(!matches!(segment, "" | "." | "..") && !segment.starts_with('$'));
                decode(segment).unwrap().into_owned()
            }
            None => key_in_parentheses(&path).unwrap().1,
        };
        prop_assert_eq!(found, id);
    }

    #[test]
    fn what_is_encoded_is_decoded(text: String) {
        let encoded = encode(&text);
        let decoded = decode(&encoded);
        prop_assert_eq!(decoded.as_deref(), Some(&*text));
    }

    #[test]
    fn nothing_makes_taking_apart_fail(text: String) {
        let _ = decode(&text);
        let _ = key_in_parentheses(&text);
        let _ = key_in_parentheses(&format!("groups('{text}')"));
    }
}
