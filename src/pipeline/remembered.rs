//! What one reading leaves for the next: texts that were read, the theme, and the booklets
//! that were set last. It changes no result.

use super::{Notes, place, read_again, themes};
use crate::check;
use crate::files;
use crate::load::{Loaded, Memory};
use crate::model::Library;
use crate::output::Download;
use crate::problem::{Failure, Problem};
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

/// A reader of a plan: the path of its text, and their folded name.
pub type Whose = (String, String);

/// What was read before.
#[derive(Default)]
pub struct Remembered {
    texts: Memory,
    /// What was noticed about them.
    advice: check::Memory,
    theme: Option<(u64, Arc<Theme>, Vec<Problem>)>,
    downloads: Vec<Download>,
    /// What readers took along last.
    along: BTreeMap<Whose, Vec<Download>>,
}

impl Remembered {
    /// Begins with what builds made of the texts.
    pub fn with(notes: Option<Notes>) -> Remembered {
        let texts = Memory::with(notes.as_ref().map(Notes::drawers));
        Remembered { texts, ..Remembered::default() }
    }

    /// Returns the booklets that were set last.
    pub(super) fn downloads(&self) -> Vec<Download> {
        self.downloads.clone()
    }

    /// Keeps booklets for the site after this one.
    pub(super) fn keep(&mut self, downloads: &[Download]) {
        self.downloads = downloads.to_vec();
    }

    /// Returns what a reader took along last.
    pub(super) fn along(&self, whose: &Whose) -> Vec<Download> {
        self.along.get(whose).cloned().unwrap_or_default()
    }

    /// Keeps what a reader takes along, for the site after this one.
    pub(super) fn keep_along(&mut self, whose: Whose, files: Vec<Download>) {
        self.along.insert(whose, files);
    }

    /// Hands out what was noticed, to look again beside all else; [`Remembered::noticed`]
    /// takes it back.
    pub(super) fn advice(&mut self) -> check::Memory {
        std::mem::take(&mut self.advice)
    }

    /// Keeps what was noticed.
    pub(super) fn noticed(&mut self, advice: check::Memory) {
        self.advice = advice;
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
