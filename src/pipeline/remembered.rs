//! What one reading leaves for the next: texts that were read, the theme, and the booklets
//! that were set last. It changes no result.

use super::{place, read_again, themes};
use crate::files;
use crate::load::{Loaded, Memory};
use crate::model::Library;
use crate::output::Download;
use crate::problem::{Failure, Problem};
use crate::theme::Theme;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

/// What was read before.
#[derive(Default)]
pub struct Remembered {
    texts: Memory,
    theme: Option<(u64, Arc<Theme>, Vec<Problem>)>,
    downloads: Vec<Download>,
}

impl Remembered {
    /// Returns the booklets that were set last.
    pub(super) fn downloads(&self) -> Vec<Download> {
        self.downloads.clone()
    }

    /// Keeps booklets for the site after this one.
    pub(super) fn keep(&mut self, downloads: &[Download]) {
        self.downloads = downloads.to_vec();
    }

    /// Reads a folder.
    pub(super) fn read(&mut self, dir: &Path) -> Result<Loaded, Failure> {
        read_again(dir, &mut self.texts)
    }

    /// Loads the theme, when its name or one of its files is another than before.
    pub(super) fn theme(
        &mut self,
        library: &Library,
        dir: &Path,
    ) -> (Arc<Theme>, Vec<Problem>) {
        let name = &library.settings.theme;
        let folder = themes(dir);
        let number = number(name, folder.as_deref());
        let known = self.theme.take().filter(|known| known.0 == number);
        let known = known.unwrap_or_else(|| {
            let (theme, problems) = Theme::load(name, folder.as_deref());
            (number, Arc::new(theme), problems)
        });
        let (_, theme, problems) = self.theme.insert(known);
        let mut problems = problems.clone();
        place(&mut problems, library);
        (Arc::clone(theme), problems)
    }
}

/// Returns a number for all that a theme is made of.
fn number(name: &str, folder: Option<&Path>) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    let Some(folder) = folder else { return hasher.finish() };
    let all = walkdir::WalkDir::new(folder.join("themes")).follow_links(true);
    for entry in all.sort_by_file_name().into_iter().flatten() {
        entry.path().hash(&mut hasher);
        if entry.file_type().is_file() {
            files::read(entry.path()).unwrap_or_default().hash(&mut hasher);
        }
    }
    hasher.finish()
}
