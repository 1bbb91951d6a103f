//! Theme folders on top of each other: the strongest first, the built-in one last.

use super::{BUILT_IN, not_there};
use crate::problem::{Problem, Where};
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
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

    /// Returns the theme in the program.
    pub(super) fn built_in() -> Layer {
        let mut files = BTreeMap::new();
        if let Some(dir) = THEMES.get_dir(BUILT_IN) {
            gather(dir, &mut files);
        }
        Layer { name: BUILT_IN.into(), files, built_in: true }
    }

    /// Reads a folder of the project; `None` when it is not there.
    #[allow(clippy::disallowed_methods, reason = "theme/ reads its own files")]
    fn on_disk(name: &str, folder: &Path) -> Option<Layer> {
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

fn gather(dir: &'static Dir<'static>, files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if let Some(inside) = path.strip_prefix(BUILT_IN) {
            let inside = inside.trim_start_matches('/').to_string();
            files.insert(inside, Cow::Borrowed(file.contents()));
        }
    }
    for inner in dir.dirs() {
        gather(inner, files);
    }
}

/// The layers of one theme.
pub(super) struct Stack {
    /// The strongest first; the last is the built-in theme.
    pub(super) layers: Vec<Layer>,
}

impl Stack {
    /// Stacks the project's theme, its parents and the built-in one.
    pub(super) fn load(name: &str, project: Option<&Path>) -> (Stack, Vec<Problem>) {
        let mut layers: Vec<Layer> = Vec::new();
        let mut problems = Vec::new();
        let mut next = Some((name.trim().to_string(), Where::Folder));
        while let Some((name, place)) = next.take() {
            if layers.iter().any(|layer| layer.name == name) {
                break;
            }
            let found = project.filter(|_| is_plain(&name)).and_then(|folder| {
                Layer::on_disk(&name, &folder.join("themes").join(&name))
            });
            match found {
                Some(layer) => {
                    next = super::look::parent(&layer).map(|(parent, line)| {
                        (parent, Where::Theme(layer.shown("theme.toml"), line, 1))
                    });
                    layers.push(layer);
                }
                None if name == BUILT_IN => {}
                None => problems.push(not_there(&name, &known(project), place)),
            }
        }
        layers.push(Layer::built_in());
        (Stack { layers }, problems)
    }

    /// Finds a file: the strongest layer that has it, and its bytes.
    pub(super) fn find(&self, path: &str) -> Option<(&Layer, &[u8])> {
        self.layers
            .iter()
            .find_map(|layer| layer.files.get(path).map(|bytes| (layer, bytes.as_ref())))
    }

    /// Returns the paths of all files, sorted.
    pub(super) fn paths(&self) -> BTreeSet<&str> {
        self.layers
            .iter()
            .flat_map(|layer| layer.files.keys().map(String::as_str))
            .collect()
    }
}

/// Tells whether a name can only be a folder right below `themes/`.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0'])
}

/// Returns the names of all themes, sorted.
fn known(project: Option<&Path>) -> Vec<String> {
    let mut names = BTreeSet::from([BUILT_IN.to_string()]);
    let folder = project.map(|project| project.join("themes"));
    for entry in folder.iter().filter_map(|dir| std::fs::read_dir(dir).ok()).flatten() {
        let Ok(entry) = entry else { continue };
        if let (true, Some(name)) = (entry.path().is_dir(), entry.file_name().to_str()) {
            names.insert(name.to_string());
        }
    }
    names.into_iter().collect()
}
