//! Names with `*`.

/// Whether `text` is what `pattern` says, whose `*` stand for any characters.
///
/// Takes at most the product of both lengths, whatever they hold.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Whether `pattern` names the page at `path`: with a `/`, it is the end of the path from a folder on;
/// without, the name of the file with or without its extension.
pub(crate) fn names_page(pattern: &str, path: &str) -> bool {
    if pattern.contains('/') {
        return matches(pattern, path) || matches(&format!("*/{pattern}"), path);
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    matches(pattern, name) || matches(pattern, stem(path))
}

/// The name of the file at `path` without folders and extension.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::{matches, names_page};

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, text) in
            [("", ""), ("*", ""), ("*", "abc"), ("a*c", "abc"), ("a*b*", "axxb"), ("*a*", "bab")]
        {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("", "a"), ("a", "ab"), ("a*a", "a"), ("*b*b", "ab"), ("a*", "ba")]
        {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn a_page_is_named_by_its_file_or_the_end_of_its_path() {
        assert!(names_page("group-*", "docs/api/group-get.md"));
        assert!(names_page("group-get.md", "docs/api/group-get.md"));
        assert!(names_page("api/group-*", "docs/api/group-get.md"));
        assert!(names_page("docs/*", "docs/api/group-get.md"));
        assert!(!names_page("pi/group-*", "docs/api/group-get.md"));
        assert!(!names_page("api", "docs/api/group-get.md"));
    }
}
