//! How a report calls the files that it is about.
//!
//! In come the folders of pages as the command names them and the path of a file in one of them; out
//! goes the path that counts from its folder. Where there are several folders, as much of their own
//! names stands before it as tells them apart. Nothing else of this machine's paths gets out.

use std::path::{Component, Path, PathBuf};

use crate::config;

/// The folders of a target and what they are called.
pub(super) struct Names {
    /// Folder and name; an inner folder stands before one that holds it.
    roots: Vec<(PathBuf, String)>,
    /// What stands before each name.
    prefix: String,
}

impl Names {
    /// Names for the files in `folders`, with `prefix` before each.
    pub(super) fn new(folders: &[PathBuf], prefix: &str) -> Self {
        let mut folders: Vec<PathBuf> =
            folders.iter().map(|folder| config::normalise(folder)).collect();
        folders.sort();
        folders.dedup();
        let most = folders.iter().map(|folder| folder.components().count()).max().unwrap_or(0);
        let least = usize::from(folders.len() > 1);
        let names = (least..=most)
            .map(|parts| folders.iter().map(|folder| tail(folder, parts)).collect::<Vec<_>>())
            .find(|names| {
                let mut sorted = names.clone();
                sorted.sort();
                sorted.windows(2).all(|pair| pair.first() != pair.last())
            })
            .unwrap_or_else(|| folders.iter().map(|folder| tail(folder, most)).collect());
        let mut roots: Vec<(PathBuf, String)> = folders.into_iter().zip(names).collect();
        roots.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.components().count()));
        Self { roots, prefix: prefix.to_owned() }
    }

    /// What the file at `path` is called.
    pub(super) fn of(&self, path: &str) -> String {
        let path = config::normalise(Path::new(path));
        let found = self.roots.iter().find_map(|(root, name)| {
            let inner = path.strip_prefix(root).ok()?;
            // Every path lies in the folder without a name; only what counts from it does so here.
            let is_inner = inner.components().all(|part| matches!(part, Component::Normal(_)));
            let is_named = !inner.as_os_str().is_empty();
            (is_inner && is_named).then(|| Path::new(name).join(inner))
        });
        let name = found.unwrap_or_else(|| path.file_name().map(PathBuf::from).unwrap_or_default());
        Path::new(&self.prefix).join(name).to_string_lossy().replace('\\', "/")
    }
}

/// The last `parts` names of `folder`.
fn tail(folder: &Path, parts: usize) -> String {
    let names: Vec<String> = folder
        .components()
        .filter_map(|component| match component {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    names.get(names.len().saturating_sub(parts)..).unwrap_or_default().join("/")
}

#[cfg(test)]
mod tests {
    use super::Names;
    use std::path::PathBuf;

    fn names(folders: &[&str], paths: &[&str]) -> Vec<String> {
        let folders: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
        let names = Names::new(&folders, "");
        paths.iter().map(|path| names.of(path)).collect()
    }

    #[test]
    fn a_path_counts_from_its_folder() {
        assert_eq!(names(&["/x/docs/"], &["/x/docs/api/a.md"]), ["api/a.md"]);
        assert_eq!(names(&["."], &["./api/a.md", "x.csdl"]), ["api/a.md", "x.csdl"]);
        assert_eq!(names(&["."], &["/x/x.csdl", "../x.csdl"]), ["x.csdl", "x.csdl"]);
        assert_eq!(names(&["a/../docs"], &["docs/api/a.md"]), ["api/a.md"]);
        assert_eq!(names(&["/x/a.md"], &["/x/a.md"]), ["a.md"]);
    }

    #[test]
    fn several_folders_are_told_apart_by_as_little_as_needed() {
        let paths = ["/x/api/a.md", "/x/resources/a.md"];
        assert_eq!(names(&["/x/api", "/x/resources"], &paths), ["api/a.md", "resources/a.md"]);
        let paths = ["/x/1/docs/a.md", "/x/2/docs/a.md"];
        assert_eq!(names(&["/x/1/docs", "/x/2/docs"], &paths), ["1/docs/a.md", "2/docs/a.md"]);
    }

    #[test]
    fn a_page_of_nested_folders_counts_from_the_inner_one() {
        assert_eq!(names(&["/x", "/x/api"], &["/x/api/a.md", "/x/b.md"]), ["api/a.md", "x/b.md"]);
    }

    #[test]
    fn a_prefix_stands_before_all() {
        let names = Names::new(&["docs".into()], "beta");
        assert_eq!([names.of("docs/a.md"), names.of("m.csdl")], ["beta/a.md", "beta/m.csdl"]);
    }
}
