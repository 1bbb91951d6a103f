//! The drawer of a folder of texts, on disk: what one build worked out, for the next.
//!
//! It stands in the folder where programs keep what may be thrown away, and only its owner
//! can open it. It changes no result.

use super::real;
use crate::files;
use crate::keys::{Place, private_file};
use crate::lock::{AnyChance, Drawer, Fresh};
use crate::stamp::Stamp;
use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A drawer, and where it is kept.
pub struct Notes {
    file: PathBuf,
    /// What is in it.
    pub(super) drawer: Drawer,
}

impl Notes {
    /// Opens the drawer of a folder; an empty one when there is none yet. There is none with
    /// keys of readers, or when this program cannot be told from another.
    pub fn open(
        dir: &Path,
        keys: Option<&Place>,
        cache: &Path,
        chance: AnyChance,
    ) -> Option<Notes> {
        if keys.is_some_and(Place::has_keys) {
            return None;
        }
        let program = std::env::current_exe().and_then(fs::metadata).ok()?;
        let salt = Stamp::of(&program)?.bytes().to_vec();
        let name = files::hash(format!("{:?}", real(dir)).as_bytes());
        let file = cache.join(&name[..32]).with_extension("notes");
        let kept = files::read(&file).unwrap_or_default();
        Some(Notes { file, drawer: Drawer::open(kept, salt, chance) })
    }

    /// Keeps what is new in it. That nothing can be kept is fine.
    pub fn keep(self) {
        let file = self.file;
        let kept = match self.drawer.fresh() {
            Fresh::Nothing => Ok(()),
            Fresh::From(0, all) | Fresh::All(all) => put(&file, &all),
            Fresh::From(at, new) => add(&file, at as u64, &new),
        };
        if kept.is_err() {
            let _ = fs::remove_file(&file);
        }
    }
}

/// Puts a file in its place, whole.
pub(super) fn put(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    files::private_folder(file.parent().unwrap_or(Path::new("")))?;
    let new = file.with_added_extension("new");
    let _ = fs::remove_file(&new);
    private_file(&new)?.write_all(bytes)?;
    fs::rename(&new, file)
}

/// Adds bytes to a file, in place of all behind `at`. Who is stopped here leaves a note that
/// is cut off: nobody reads it.
fn add(file: &Path, at: u64, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::options().write(true).open(file)?;
    file.set_len(at)?;
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}
