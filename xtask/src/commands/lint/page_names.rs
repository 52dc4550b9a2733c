//! Pages named on the command line.
//!
//! In come a pattern with `*` and the path of a page, out goes whether the one names the other.

use msgraph_source::wildcard::matches;

/// Whether `pattern` names the page at `path`: with a `/`, it is the end of the path from a folder on;
/// without, the name of the file with or without its extension.
pub(super) fn names_page(pattern: &str, path: &str) -> bool {
    if pattern.contains('/') {
        return matches(pattern, path) || matches(&format!("*/{pattern}"), path);
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    matches(pattern, name) || matches(pattern, stem(path))
}

/// The name of the file at `path` without folders and extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::names_page;

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
