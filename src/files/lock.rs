//! One build at a time in one folder.

use super::disk::refused;
use crate::problem::Failure;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// How often we look again when another build takes the file away under our hands.
const TRIES: usize = 20;

/// Holds the right to write.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock at `path` for building `out`.
    pub(super) fn take(path: PathBuf, out: &Path) -> Result<Lock, Failure> {
        for _ in 0..TRIES {
            let file = open(&path).map_err(|cause| {
                match fs::symlink_metadata(&path) {
                    // Somebody's link or folder has our name: neither followed nor moved.
                    Ok(facts) if !facts.is_file() => Failure::refused("not-ours", &path),
                    _ => refused(out, cause),
                }
            })?;
            match file.try_lock() {
                // Who has the lock takes the file away before letting go. So a lock on a
                // file that is no longer there locks nobody out: look again.
                Ok(()) if !is_at(&file, &path) => continue,
                Err(fs::TryLockError::WouldBlock) => break,
                // A disk that knows no locks: going on is better than never building.
                Ok(()) | Err(fs::TryLockError::Error(_)) => {
                    return Ok(Lock { path, _file: file });
                }
            }
        }
        Err(Failure::refused("busy", out))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Still locked while the name goes away; see above.
        let _ = fs::remove_file(&self.path);
    }
}

/// Opens the file, without emptying it and without following a link.
fn open(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32);
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(std::io::ErrorKind::InvalidInput.into())
    }
}

/// Tells whether the open file is the one that stands at this path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(own), Ok(there)) = (file.metadata(), fs::symlink_metadata(path)) else {
        return false;
    };
    (own.dev(), own.ino()) == (there.dev(), there.ino())
}

/// Elsewhere an open file cannot be taken away.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_and_nothing_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = Lock::take(path.clone(), folder.path()).unwrap();
        let second = Lock::take(path.clone(), folder.path());
        assert_eq!(second.unwrap_err().what, "busy");
        drop(first);
        assert!(!path.exists());
        Lock::take(path, folder.path()).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_words_of_others_not_emptied() {
        let folder = tempfile::tempdir().unwrap();
        let precious = folder.path().join("brief.txt");
        super::super::disk::write_new(&precious, b"van oma").unwrap();
        let path = folder.path().join("lock");
        std::os::unix::fs::symlink(&precious, &path).unwrap();
        assert_eq!(
            Lock::take(path, folder.path()).unwrap_err().what,
            "not-ours",
            "a link"
        );
        drop(Lock::take(precious.clone(), folder.path()).unwrap());
        assert!(!precious.exists(), "a file at our own name is ours");
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_on_a_file_that_went_away_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let late = open(&path).unwrap();
        assert!(is_at(&late, &path));
        fs::remove_file(&path).unwrap();
        assert!(!is_at(&late, &path));
        let other = open(&path).unwrap();
        assert!(is_at(&other, &path) && !is_at(&late, &path));
    }

    #[test]
    fn many_at_once_never_two() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let inside = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    use std::sync::atomic::Ordering::SeqCst;
                    for _ in 0..200 {
                        if let Ok(_lock) = Lock::take(path.clone(), folder.path()) {
                            assert_eq!(inside.fetch_add(1, SeqCst), 0, "two at once");
                            std::thread::yield_now();
                            inside.fetch_sub(1, SeqCst);
                        }
                    }
                });
            }
        });
    }
}
