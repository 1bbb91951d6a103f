//! Paths of texts and pictures inside the folder: relative, with `/`, as typed on disk.

use super::nfc;
use serde::{Deserialize, Serialize};

/// A path inside the folder of texts: relative, `/` between names, never `..` or `.`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TextPath(String);

impl TextPath {
    /// Makes a path from a relative one; back slashes become slashes.
    pub fn new(path: &str) -> Self {
        TextPath(path.replace('\\', "/").trim_matches('/').to_string())
    }

    /// Returns the path as typed on disk.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the folder part, without slash at the end; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Returns the last name, with extension.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// Returns the last name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.name();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }

    /// Returns the extension in lower case, empty when there is none.
    pub fn extension(&self) -> String {
        let name = self.name();
        match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension.to_lowercase(),
            _ => String::new(),
        }
    }

    /// Resolves a typed relative path against this text's folder, or against the top when
    /// it starts with `/`. `None` when it climbs out of the folder.
    pub fn join(&self, typed: &str) -> Option<TextPath> {
        let is_slash = |b: &u8| matches!(b, b'/' | b'\\');
        let from_top = typed.as_bytes().first().is_some_and(is_slash);
        let folder = if from_top { "" } else { self.folder() };
        let mut joined = String::with_capacity(folder.len() + 1 + typed.len());
        let push = |joined: &mut String, name: &str| {
            if !joined.is_empty() {
                joined.push('/');
            }
            joined.push_str(name);
        };
        for name in folder.split('/').filter(|name| !name.is_empty()) {
            push(&mut joined, name);
        }
        let mut rest = typed;
        while !rest.is_empty() {
            let end = rest.bytes().position(|b| is_slash(&b)).unwrap_or(rest.len());
            let name = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or_default();
            match name {
                "" | "." => {}
                ".." if joined.is_empty() => return None,
                ".." => joined.truncate(joined.rfind('/').unwrap_or(0)),
                _ => push(&mut joined, name),
            }
        }
        Some(TextPath(joined))
    }

    /// Returns the form two paths are compared by: NFC, lower case.
    pub fn key(&self) -> String {
        nfc(&self.0).to_lowercase()
    }
}

impl std::fmt::Display for TextPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let path = TextPath::new("tips\\01 Kom terug.MD");
        assert_eq!(path.folder(), "tips");
        assert_eq!(path.stem(), "01 Kom terug");
        assert_eq!(path.extension(), "md");
        assert_eq!(TextPath::new(".verborgen").extension(), "");
    }

    #[test]
    fn joining_never_leaves_the_folder() {
        let path = TextPath::new("a/b.md");
        assert_eq!(path.join("../c.md"), Some(TextPath::new("c.md")));
        assert_eq!(path.join("/d/e.md"), Some(TextPath::new("d/e.md")));
        assert_eq!(path.join("..\\..\\c.md"), None);
        assert_eq!(path.join("\\.\\d//e/../f"), Some(TextPath::new("d/f")));
        assert_eq!(path.join("..").as_ref().map(TextPath::as_str), Some(""));
        assert_eq!(path.join("/.."), None);
    }
}
