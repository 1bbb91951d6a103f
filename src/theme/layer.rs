//! One theme folder: its files, from the disk or from the program.

use super::BUILT_IN;
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

static THEMES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// Files larger than this are not read: a theme is small, a film is not part of it.
const LARGEST: u64 = 8 << 20;

/// One theme folder.
pub(super) struct Layer {
    /// Name of the theme.
    pub(super) name: String,
    /// Path inside the folder → bytes.
    pub(super) files: BTreeMap<String, Cow<'static, [u8]>>,
    /// Whether it is in the program.
    pub(super) built_in: bool,
}

impl Layer {
    /// Returns a path of this layer as people see it.
    pub(super) fn shown(&self, path: &str) -> String {
        format!("themes/{}/{path}", self.name)
    }

    /// Returns a file as text.
    pub(super) fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        self.files.get(path).map(|bytes| String::from_utf8_lossy(bytes))
    }

    /// Returns the theme below all others.
    pub(super) fn built_in() -> Layer {
        Layer::in_program(BUILT_IN).unwrap_or_else(|| Layer {
            name: BUILT_IN.into(),
            files: BTreeMap::new(),
            built_in: true,
        })
    }

    /// Returns a theme that is in the program.
    pub(super) fn in_program(name: &str) -> Option<Layer> {
        let dir = THEMES.dirs().find(|dir| dir.path().to_str() == Some(name))?;
        let mut files = BTreeMap::new();
        gather(dir, name, &mut files);
        Some(Layer { name: name.into(), files, built_in: true })
    }

    /// Returns the names of the themes in the program.
    pub(super) fn names_in_program() -> impl Iterator<Item = &'static str> {
        THEMES.dirs().filter_map(|dir| dir.path().to_str())
    }

    /// Returns all themes in the program.
    #[cfg(test)]
    pub(super) fn all_built_in() -> impl Iterator<Item = Layer> {
        Layer::names_in_program().filter_map(Layer::in_program)
    }

    /// Reads a folder of the project; `None` when it is not there.
    #[allow(clippy::disallowed_methods, reason = "theme/ reads its own files")]
    pub(super) fn on_disk(name: &str, folder: &Path) -> Option<Layer> {
        if !folder.is_dir() {
            return None;
        }
        let mut files = BTreeMap::new();
        let walk = walkdir::WalkDir::new(folder).max_depth(6).sort_by_file_name();
        for entry in walk.into_iter().filter_map(Result::ok) {
            let small = entry.metadata().is_ok_and(|facts| facts.len() <= LARGEST);
            if !entry.file_type().is_file() || !small {
                continue;
            }
            let Ok(inside) = entry.path().strip_prefix(folder) else { continue };
            let Some(path) = inside.to_str() else { continue };
            let path = path.replace('\\', "/");
            if path.split('/').any(|part| part.starts_with('.')) {
                continue;
            }
            if let Ok(bytes) = std::fs::read(entry.path()) {
                files.insert(path, Cow::Owned(bytes));
            }
        }
        Some(Layer { name: name.into(), files, built_in: false })
    }
}

fn gather(
    dir: &'static Dir<'static>,
    theme: &str,
    files: &mut BTreeMap<String, Cow<'static, [u8]>>,
) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if let Some(inside) = path.strip_prefix(theme) {
            let inside = inside.trim_start_matches('/').to_string();
            files.insert(inside, Cow::Borrowed(file.contents()));
        }
    }
    for inner in dir.dirs() {
        gather(inner, theme, files);
    }
}
