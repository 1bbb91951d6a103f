//! The keys file on disk: read whole, written whole, by one program at a time.

use super::form::{self, Unread};
use super::place::Place;
use super::ring::Ring;
use super::safe;
use crate::files;
use crate::problem::Failure;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The keys, held open: nobody else changes them until this goes.
#[derive(Debug)]
pub struct Open {
    place: Place,
    /// What is in it.
    pub ring: Ring,
    _lock: File,
}

impl Open {
    /// Reads the keys without holding them. `None`: there is no keys file.
    pub fn look(place: &Place, site: Option<&Path>) -> Result<Option<Ring>, Failure> {
        safe::place(place, site)?;
        read(&place.file)
    }

    /// Takes the keys to change them; without a file it begins an empty ring.
    pub fn take(place: &Place) -> Result<Open, Failure> {
        safe::place(place, None)?;
        if let Some(folder) = place.file.parent() {
            files::private_folder(folder)
                .map_err(|cause| Failure::writing(folder, cause))?;
        }
        let lock = hold(&beside(&place.file, "lock"), &place.file)?;
        let ring = read(&place.file)?.unwrap_or_default();
        Ok(Open { place: place.clone(), ring, _lock: lock })
    }

    /// Writes the keys: first beside the old file, whole and on the disk, then in its
    /// place. What was there stays until then.
    pub fn keep(&self) -> Result<(), Failure> {
        let text = form::write(&self.ring, &self.place.texts.to_string_lossy());
        let new = beside(&self.place.file, "new");
        let written = match fs::remove_file(&new) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => Err(cause),
            _ => private_file(&new)
                .and_then(|mut file| {
                    file.write_all(text.as_bytes()).and_then(|()| file.sync_all())
                })
                .and_then(|()| fs::rename(&new, followed(&self.place.file))),
        };
        written.map_err(|cause| {
            let _ = fs::remove_file(&new);
            Failure::writing(&self.place.file, cause)
        })
    }
}

/// Returns what a link leads to, so that it stays a link.
fn followed(file: &Path) -> PathBuf {
    file.canonicalize().unwrap_or_else(|_| file.to_path_buf())
}

fn beside(file: &Path, what: &str) -> PathBuf {
    let mut name = followed(file).into_os_string();
    name.push(".");
    name.push(what);
    name.into()
}

fn read(path: &Path) -> Result<Option<Ring>, Failure> {
    let unreadable = |cause| Failure::new("keys-unread", path, cause);
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(unreadable(cause)),
    };
    let facts = file.metadata().map_err(unreadable)?;
    if !facts.is_file() {
        return Err(Failure::refused("keys-damaged", path));
    }
    safe::rights(path, &facts)?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(facts.len() as usize));
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    let ring = std::str::from_utf8(&bytes)
        .map_err(|_| Unread::Damaged)
        .and_then(form::read)
        .map_err(|unread| match unread {
            Unread::Damaged => Failure::refused("keys-damaged", path),
            Unread::Later => Failure::refused("keys-later", path),
        })?;
    Ok(Some(ring))
}

/// Waits for nobody: two at once would lose what one of them did.
fn hold(path: &Path, keys: &Path) -> Result<File, Failure> {
    let refuse = |cause| Failure::writing(keys, cause);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    private(&mut options);
    let file = options.open(path).map_err(refuse)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Failure::refused("keys-busy", keys)),
        Err(fs::TryLockError::Error(cause)) => Err(refuse(cause)),
    }
}

/// Makes a file that only its owner can read; fails when something is there already.
pub fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options);
    options.open(path)
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn private(_options: &mut OpenOptions) {}

#[cfg(test)]
mod tests {
    use super::super::ring::tests::{CHANGE, PLAN, chance};
    use super::*;

    struct Home(tempfile::TempDir);

    impl Home {
        fn new() -> (Home, Place) {
            let home = Home(tempfile::tempdir().expect("a folder"));
            let real = home.0.path().canonicalize().expect("there");
            fs::create_dir(real.join("teksten")).expect("a folder");
            let file = real.join("thuis/boekje/keys.json");
            (home, Place { file, texts: real.join("teksten") })
        }
    }

    fn add(place: &Place, name: &str) -> Result<(), Failure> {
        let mut open = Open::take(place)?;
        open.ring.give(PLAN, name, &CHANGE, &mut chance()).expect("chance");
        open.keep()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("there")
            .map(|entry| entry.expect("one").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn keys_are_kept_and_found_again() {
        let (_home, place) = Home::new();
        assert!(Open::look(&place, None).expect("safe").is_none());
        add(&place, "oma").expect("kept");
        add(&place, "school").expect("kept");
        let ring = Open::look(&place, None).expect("safe").expect("there");
        assert!(ring.reader(PLAN, "oma").is_some());
        assert!(ring.reader(PLAN, "school").is_some());
        let folder = place.file.parent().expect("a folder");
        assert_eq!(names(folder), ["keys.json", "keys.json.lock"]);
    }

    #[test]
    #[cfg(unix)]
    fn nobody_else_can_read_what_is_made() {
        use std::os::unix::fs::MetadataExt;
        let (_home, place) = Home::new();
        add(&place, "oma").expect("kept");
        let mode = |path: &Path| fs::metadata(path).expect("there").mode() & 0o777;
        assert_eq!(mode(&place.file), 0o600);
        assert_eq!(mode(place.file.parent().expect("a folder")), 0o700);
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        fs::set_permissions(&place.file, open).expect("rights");
        for failure in [
            Open::look(&place, None).expect_err("refused"),
            add(&place, "school").expect_err("refused"),
        ] {
            assert_eq!(failure.what, "keys-open");
        }
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "damage on purpose")]
    fn a_damaged_file_is_refused_and_stays_as_it_is() {
        let (_home, place) = Home::new();
        add(&place, "oma").expect("kept");
        let whole = fs::read_to_string(&place.file).expect("there");
        for damaged in [&whole[..whole.len() / 2], "", "x", &whole.replace("oma", "opa")]
        {
            fs::write(&place.file, damaged).expect("written");
            let failure = add(&place, "school").expect_err("refused");
            assert_eq!(failure.what, "keys-damaged");
            assert_eq!(fs::read_to_string(&place.file).expect("there"), damaged);
        }
        fs::write(&place.file, whole.replace("\"form\": 1", "\"form\": 9")).expect("w");
        assert_eq!(add(&place, "school").expect_err("refused").what, "keys-later");
    }

    #[test]
    fn two_at_once_never_lose_a_key() {
        let (_home, place) = Home::new();
        let held = Open::take(&place).expect("free");
        assert_eq!(add(&place, "school").expect_err("held").what, "keys-busy");
        drop(held);
        add(&place, "school").expect("free again");
    }

    #[test]
    fn inside_the_texts_nothing_is_even_made() {
        let (_home, place) = Home::new();
        let inside = Place { file: place.texts.join("geheim/keys.json"), ..place };
        assert_eq!(add(&inside, "oma").expect_err("refused").what, "keys-in-texts");
        assert!(names(&inside.texts).is_empty());
    }
}
