//! The receipt of a build: what it read, what it wrote, what it said. The next build of the
//! same texts has nothing to do, and says the same.
//!
//! A receipt stands in the folder where programs keep what may be thrown away. Nothing in
//! it is in clear: what was said opens with a key that follows from every byte that was
//! read, so that only who has the texts can read it. With keys of readers in the game there
//! is none.

use super::notes::{MOST, NAME, put, remove};
use super::{Request, real, themes};
use crate::files;
use crate::keys::Place;
use crate::load::{self, Footprint, Seen};
use crate::lock::{Chance, NoteKey};
use crate::stamp::Stamp;
use crate::theme;
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What a build says when nothing was to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The exit code.
    pub code: u8,
    /// The words.
    pub words: String,
}

/// Looks at the folder of a build that may leave a receipt: none does with keys of readers,
/// and one from before there were any goes.
pub fn look(
    request: &Request,
    keys: Option<&Place>,
    out: &Path,
    cache: &Path,
) -> Option<Seen> {
    if keys.is_some_and(Place::has_keys) {
        remove(&place(&request.dir, out, cache));
        return None;
    }
    load::look(&request.dir).ok()
}

/// Returns where the receipt of a folder and its site stands.
fn place(dir: &Path, out: &Path, cache: &Path) -> PathBuf {
    let place = format!("{:?} {:?}", real(dir), real(out));
    cache.join(&files::hash(place.as_bytes())[..NAME])
}

/// Where the receipt of a build stands, and the key of what it would read now.
#[derive(Debug)]
pub struct Receipt {
    file: PathBuf,
    seen: Footprint,
    out: PathBuf,
    key: NoteKey,
}

/// Returns the folder for what may be thrown away; `get` reads the environment.
pub fn cache(get: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let at = |name: &str, below: &str| {
        let path = PathBuf::from(get(name).filter(|value| !value.is_empty())?);
        path.is_absolute().then(|| path.join(below))
    };
    let folder = if cfg!(windows) {
        at("LOCALAPPDATA", "")
    } else if cfg!(target_os = "macos") {
        at("HOME", "Library/Caches")
    } else {
        at("XDG_CACHE_HOME", "").or_else(|| at("HOME", ".cache"))
    };
    Some(folder?.join("boekje"))
}

impl Receipt {
    /// Sums up all that a build would read: the texts as they were seen, the themes, the
    /// program itself, what is asked, and how it is said (`voice`). `None` when one of these
    /// cannot be relied on.
    pub fn new(
        request: &Request,
        seen: &Seen,
        out: &Path,
        voice: &str,
        cache: &Path,
    ) -> Option<Receipt> {
        let seen = seen.footprint()?.clone();
        let program = std::env::current_exe().and_then(fs::metadata).ok()?;
        let out = real(out);
        let asked = format!(
            "{} {} {} {} {:?} {voice}",
            request.today, request.search, request.booklets, request.hints, out
        );
        let mut sum = Sha256::new();
        sum.update(seen.content);
        sum.update(theme::footprint(themes(&request.dir).as_deref()));
        sum.update(Stamp::of(&program)?.bytes());
        sum.update(asked.as_bytes());
        let file = place(&request.dir, &out, cache);
        let key = NoteKey::new(b"receipt", &sum.finalize().into());
        Some(Receipt { file, seen, out, key })
    }

    /// Returns what to say when a build has nothing to do: all it would read is as it was
    /// read, and the site lies as it was written.
    pub fn said(&self) -> Option<Said> {
        let receipt = files::read_own(&self.file, MOST).ok()?;
        let (name, receipt) = receipt.split_first_chunk::<16>()?;
        let (site, note) = receipt.split_first_chunk::<32>()?;
        if *name != self.key.name() || files::footprint(&self.out)? != *site {
            return None;
        }
        let note = self.key.open(note, site)?;
        let (code, words) = note.split_first()?;
        Some(Said { code: *code, words: String::from_utf8(words.to_vec()).ok()? })
    }

    /// Keeps what a build says that has nothing to do, for the next one; `site` is how the
    /// site lies there. Nothing is kept when a file changed while this one was made; that
    /// nothing can be kept is fine.
    pub fn keep(&self, said: &Said, site: &[u8; 32], chance: &mut Chance<'_>) {
        let kept = self.kept(said, site, chance).ok_or(ErrorKind::Other);
        let kept = kept
            .and_then(|bytes| put(&self.file, &[bytes]).map_err(|cause| cause.kind()));
        if kept.is_err() {
            let _ = fs::remove_file(&self.file);
        }
    }

    fn kept(
        &self,
        said: &Said,
        site: &[u8; 32],
        chance: &mut Chance<'_>,
    ) -> Option<Vec<u8>> {
        if !self.seen.is_as_seen() {
            return None;
        }
        let words = [&[said.code], said.words.as_bytes()].concat();
        let note = self.key.seal(&words, site, chance).ok()?;
        Some([&self.key.name()[..], site, &note].concat())
    }
}
