//! The drawers of a folder of texts, on disk: what one build worked out, for the next.
//!
//! They stand in the folder where programs keep what may be thrown away, and only their
//! owner can open them. They change no result.

use super::real;
use crate::files;
use crate::keys::{Place, private_file};
use crate::load::Drawers;
use crate::lock::{AnyChance, Drawer, Fresh, KeptBytes};
use crate::stamp::Stamp;
use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// How the names of the drawers end.
const TEXTS: &str = "texts";
const TREES: &str = "trees";
const FILES: &str = "files";

/// How the name of one ends that is not whole yet.
const NEW: &str = "new";

/// Length of the names of receipts and drawers, without how they end.
pub(super) const NAME: usize = 32;

/// How long stays what nobody wrote again: half a year.
const LONG: Duration = Duration::from_secs(180 * 24 * 60 * 60);

/// Most bytes of a drawer, and of a receipt: of more, something is the matter.
pub(super) const MOST: u64 = 1 << 29;

/// So many bytes of new notes do not wait for the end.
const MUCH: usize = 1 << 20;

/// What builds of one folder leave for each other.
pub struct Notes {
    /// The texts as they were made, without their trees.
    texts: Arc<Kept>,
    /// Their trees: most of them nobody asks for.
    trees: Arc<Kept>,
    /// What the files of sites were made of.
    pub(super) files: Kept,
}

/// A drawer, and where it is kept.
pub(super) struct Kept {
    file: PathBuf,
    /// What is in it.
    pub(super) drawer: Arc<Drawer>,
}

/// A drawer that stays on the disk: only what is asked for is read.
struct OnDisk {
    file: Mutex<File>,
    length: u64,
}

impl Notes {
    /// Opens the drawers of a folder; empty ones when there are none yet. With keys of
    /// readers those that are there go, and there are none; nor when this program cannot be
    /// told from another.
    pub fn open(
        dir: &Path,
        keys: Option<&Place>,
        cache: &Path,
        chance: AnyChance,
    ) -> Option<Notes> {
        let name = files::hash(format!("{:?}", real(dir)).as_bytes());
        let at = |extension| cache.join(&name[..NAME]).with_extension(extension);
        if keys.is_some_and(Place::has_keys) {
            [TEXTS, TREES, FILES]
                .into_iter()
                .for_each(|extension| remove(&at(extension)));
            return None;
        }
        let program = std::env::current_exe().and_then(fs::metadata).ok()?;
        let salt = Stamp::of(&program)?.bytes();
        let opened = |extension, kept| {
            let drawer = Arc::new(Drawer::open(kept, &salt, chance));
            Kept { file: at(extension), drawer }
        };
        let whole = |extension| {
            let kept = files::read_own(&at(extension), MOST).unwrap_or_default();
            opened(extension, Box::new(kept))
        };
        let trees: Box<dyn KeptBytes> = match OnDisk::open(&at(TREES)) {
            Ok(kept) => Box::new(kept),
            Err(_) => Box::<Vec<u8>>::default(),
        };
        Some(Notes {
            texts: whole(TEXTS).into(),
            trees: opened(TREES, trees).into(),
            files: whole(FILES),
        })
    }

    /// Returns the drawers that reading uses.
    pub(super) fn drawers(&self) -> Drawers {
        let (texts, trees) = (Arc::clone(&self.texts), Arc::clone(&self.trees));
        Drawers {
            texts: Arc::clone(&texts.drawer),
            trees: Arc::clone(&trees.drawer),
            write: Arc::new(move || {
                [&texts, &trees].into_iter().for_each(|one| one.begin())
            }),
        }
    }

    /// Keeps what is new about the texts; the drawer of texts is done with.
    pub(super) fn keep_texts(self) -> Left {
        self.trees.keep();
        self.texts.keep();
        Left { trees: self.trees, files: self.files }
    }
}

/// The drawers that are used while pages are made.
pub(super) struct Left {
    trees: Arc<Kept>,
    /// What the files of sites were made of.
    pub(super) files: Kept,
}

impl Left {
    /// Keeps what is new about the files. Where a tree did not open, the drawer of trees
    /// goes: the next build makes all of it again, and is quick after that.
    pub(super) fn keep(self) {
        self.files.keep();
        if self.trees.drawer.is_damaged() {
            let _ = fs::remove_file(&self.trees.file);
        }
    }
}

impl OnDisk {
    fn open(path: &Path) -> std::io::Result<OnDisk> {
        let file = files::open_own(path, File::options().read(true))?;
        let length = file.metadata()?.len();
        if length > MOST {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        Ok(OnDisk { file: Mutex::new(file), length })
    }
}

impl KeptBytes for OnDisk {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, range: Range<u64>) -> Option<Cow<'_, [u8]>> {
        let mut bytes = vec![0; usize::try_from(range.end - range.start).ok()?];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(range.start)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        Some(Cow::Owned(bytes))
    }
}

impl Kept {
    /// Keeps what is new in it. That nothing can be kept is fine.
    fn keep(&self) {
        let Some(fresh) = self.drawer.fresh() else { return };
        self.write(&fresh);
        tidy(self.file.parent().unwrap_or(Path::new("")));
    }

    /// Keeps what is new in it so far, when that is much and nothing was kept before.
    fn begin(&self) {
        if let Some(fresh) = self.drawer.begun(MUCH) {
            self.write(&fresh);
        }
    }

    fn write(&self, fresh: &Fresh) {
        let kept = match fresh.from {
            0 => put(&self.file, &fresh.pieces),
            from => add(&self.file, from, &fresh.pieces),
        };
        if kept.is_err() {
            let _ = fs::remove_file(&self.file);
        }
    }
}

/// Clears away what builds wrote a long time ago: those folders are most likely gone. One
/// that is still there is built as a whole once more.
#[allow(clippy::disallowed_methods, reason = "compared with the time of a file only")]
fn tidy(cache: &Path) {
    let Ok(entries) = fs::read_dir(cache) else { return };
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| is_ours(path)) {
        let written = fs::symlink_metadata(&path).and_then(|facts| facts.modified());
        let age =
            written.ok().and_then(|time| SystemTime::now().duration_since(time).ok());
        if age.is_some_and(|age| age > LONG) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Tells whether a file in the folder for what may be thrown away is called as receipts
/// and drawers are.
fn is_ours(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    let (name, rest) = name.split_at_checked(NAME).unwrap_or_default();
    let rest =
        rest.strip_suffix(NEW).and_then(|rest| rest.strip_suffix('.')).unwrap_or(rest);
    name.bytes().all(|byte| byte.is_ascii_hexdigit())
        && ["", ".texts", ".trees", ".files"].contains(&rest)
        && name.len() == NAME
}

/// Removes a receipt or a drawer, and what a build that was stopped left of a new one.
pub(super) fn remove(file: &Path) {
    for file in [file, &new_of(file)] {
        let _ = fs::remove_file(file);
    }
}

/// Returns where a file is written before it takes its place.
fn new_of(file: &Path) -> PathBuf {
    file.with_added_extension(NEW)
}

/// Puts a file in its place, whole.
pub(super) fn put(file: &Path, pieces: &[Vec<u8>]) -> std::io::Result<()> {
    files::private_folder(file.parent().unwrap_or(Path::new("")))?;
    let new = new_of(file);
    let _ = fs::remove_file(&new);
    write(private_file(&new)?, pieces)?;
    fs::rename(&new, file)
}

/// Adds bytes to a file, in place of all behind `at`. Who is stopped here leaves a note that
/// is cut off: nobody reads it.
fn add(file: &Path, at: u64, pieces: &[Vec<u8>]) -> std::io::Result<()> {
    let mut file = files::open_own(file, File::options().write(true))?;
    file.set_len(at)?;
    file.seek(SeekFrom::Start(at))?;
    write(file, pieces)
}

fn write(file: File, pieces: &[Vec<u8>]) -> std::io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 18, file);
    pieces.iter().try_for_each(|piece| file.write_all(piece))?;
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_drawer_that_stays_on_the_disk_any_piece_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("trees");
        let bytes: Vec<u8> = (0..=255).cycle().take(5000).collect();
        put(&path, std::slice::from_ref(&bytes)).expect("a file");
        let kept = OnDisk::open(&path).expect("a file");
        assert_eq!(kept.length(), 5000);
        for range in [0..4, 700..4000, 4999..5000, 3..3] {
            let piece = &bytes[range.start as usize..range.end as usize];
            assert_eq!(kept.read(range).as_deref(), Some(piece));
        }
        assert_eq!(kept.read(4999..5001), None);
        let long = File::options().write(true).open(&path).expect("a file");
        long.set_len(MOST + 1).expect("a long file");
        assert!(OnDisk::open(&path).is_err());
    }

    #[test]
    fn what_is_kept_in_pieces_is_found_as_a_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("x");
        let chance = |bytes: &mut [u8]| {
            bytes.fill(3);
            Ok(())
        };
        let open = |kept| Drawer::open(Box::new(kept), b"program", chance);
        let drawer = Arc::new(open(Vec::new()));
        let kept = Kept { file: place.clone(), drawer };
        let note = |one: u8| vec![one; MUCH / 2];
        for one in 1..=5 {
            kept.drawer.put(&[one; 32], &note(one));
            kept.begin();
            assert_eq!(place.exists(), one >= 2, "it waits until there is much");
        }
        kept.keep();
        let drawer = open(files::read_own(&place, MOST).expect("a drawer"));
        for one in 1..=5 {
            assert_eq!(drawer.find(&[one; 32]), Some(note(one)));
        }
    }

    #[test]
    fn what_nobody_wrote_for_long_goes_and_nothing_else() {
        let cache = tempfile::tempdir().expect("a folder");
        let old = "0123456789abcdef0123456789abcdef";
        let others =
            ["0123456789abcdef0123456789abcdef.txt", "brief.texts", "0123.files"];
        let drawers = [TEXTS, TREES, FILES].map(|extension| format!("{old}.{extension}"));
        let new = [format!("{old}.new"), format!("{old}.{TREES}.new")];
        let own = drawers.iter().chain(&new).map(String::as_str).chain([old]);
        for name in own.chain(others).chain(["new"]) {
            let file = File::create(cache.path().join(name)).expect("a file");
            if name != "new" {
                file.set_modified(SystemTime::UNIX_EPOCH).expect("a time");
            }
        }
        let young = cache.path().join(format!("{}.texts", old.replace('0', "f")));
        fs::rename(cache.path().join("new"), &young).expect("a name");
        tidy(cache.path());
        let left = fs::read_dir(cache.path()).expect("a folder").flatten();
        let mut left: Vec<_> = left.map(|entry| entry.path()).collect();
        left.sort();
        let mut stays: Vec<_> = others.map(|name| cache.path().join(name)).to_vec();
        stays.push(young);
        stays.sort();
        assert_eq!(left, stays);
    }
}
