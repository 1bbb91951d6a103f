//! What the place of a text says about it: its kind, and whether it stays inside.

use super::{kinds, walk};
use crate::model::Kind;
use crate::text::TextPath;
use std::path::Path;

/// What the place of a text says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Whether it gets no page of its own.
    pub(super) fragment: bool,
    /// What it is, when it does not say so itself.
    pub(super) kind: Kind,
    /// The name of the folder or the file that says that what it holds stays inside.
    pub(super) closed: Option<String>,
}

/// Returns what the place of a text says. A link opens no door: what is a story, a plan or
/// a draft where it lies, is one under any other name.
pub(super) fn spot(found: &walk::Found, root: &Path) -> Spot {
    let lies = found.on_disk.strip_prefix(root).unwrap_or(Path::new(""));
    let lies = TextPath::new(&lies.to_string_lossy().replace('\\', "/"));
    let linked = (lies != found.path).then_some(&lies);
    let kind = kinds::by_path(&found.path);
    let kind = match linked.map(kinds::by_path) {
        Some(lies @ (Kind::Story | Kind::Plan)) => lies,
        _ => kind,
    };
    let closed = [Some(&found.path), linked].into_iter().flatten().find_map(|path| {
        let folder = kinds::closed_folder(path).map(|folder| format!("{folder}/"));
        folder.or_else(|| kinds::closed_name(path).map(String::from))
    });
    Spot { fragment: found.fragment, kind, closed }
}
