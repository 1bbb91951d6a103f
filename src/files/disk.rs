//! Small steps on disk, each with the failure it can end in.

use crate::problem::Failure;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Reads a file of the folder of texts, for an output that shows or copies it.
pub fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    #[allow(clippy::disallowed_methods, reason = "the one place outputs read through")]
    fs::read(path)
}

/// Walks through a folder in the order of names.
pub(super) fn walk(folder: &Path) -> walkdir::WalkDir {
    // What lies beside it begins the same: as by name, without cutting names off.
    walkdir::WalkDir::new(folder)
        .sort_by(|one, other| one.path().as_os_str().cmp(other.path().as_os_str()))
}

/// Opens a file of our own in a folder of our own: a plain file, and no link to one.
pub fn open_own(path: &Path, how: &mut fs::OpenOptions) -> std::io::Result<fs::File> {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        // Neither follow a link, nor wait for a pipe.
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits() as i32;
        std::os::unix::fs::OpenOptionsExt::custom_flags(how, flags);
    }
    let file = how.open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(ErrorKind::InvalidInput.into())
    }
}

/// Reads such a file, when it has no more than `most` bytes.
pub fn read_own(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    use std::io::Read;
    let file = open_own(path, fs::File::options().read(true))?;
    let length = file.metadata()?.len();
    if length > most {
        return Err(ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::with_capacity(length as usize);
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a few bytes from the middle of a file; `None` when it is too small for a middle.
pub fn read_piece(path: &Path, length: usize) -> Option<Vec<u8>> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = fs::File::open(path).ok()?;
    let size = file.metadata().ok()?.len();
    if size < 4 * length as u64 {
        return None;
    }
    file.seek(SeekFrom::Start(size / 2)).ok()?;
    let mut piece = vec![0; length];
    file.read_exact(&mut piece).ok()?;
    Some(piece)
}

/// Turns what the system said into a failure.
pub(super) fn refused(path: &Path, cause: std::io::Error) -> Failure {
    Failure::writing(path, cause)
}

/// Makes a folder and the ones above it.
pub(super) fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|cause| {
        match path.ancestors().find(|above| is_other(above)) {
            Some(file) => Failure::refused("file-in-way", file),
            None => refused(path, cause),
        }
    })
}

/// Tells whether something stands here that is no folder.
fn is_other(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|facts| !facts.is_dir())
}

/// Writes a file that is not there yet; its folder is.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::File::create_new(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|cause| refused(path, cause))
}

/// Gives a file a second name. A symbolic link gets a second name itself; what it points
/// at is never looked at.
pub(super) fn second_name(from: &Path, to: &Path) -> std::io::Result<()> {
    match fs::hard_link(from, to) {
        Err(_) if is_symlink(from) => copy_symlink(from, to),
        done => done,
    }
}

/// Tells whether a symbolic link stands here.
pub(super) fn is_symlink(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|facts| facts.is_symlink())
}

/// Tells whether a plain file stands here, and no link to one.
pub(super) fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|facts| facts.is_file())
}

/// Tells whether a real folder stands here, and no link to one.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|facts| facts.is_dir())
}

/// Tells whether anything stands here, also a link to nothing.
pub(super) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Gives one of our files a second name, or copies it with its time where the disk knows
/// no second names.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> Result<(), Failure> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to).map_err(|cause| refused(to, cause))?;
    if let Ok(time) = fs::metadata(from).and_then(|facts| facts.modified())
        && let Ok(file) = fs::File::options().write(true).open(to)
    {
        let _ = file.set_modified(time);
    }
    Ok(())
}

#[cfg(unix)]
fn copy_symlink(from: &Path, to: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn copy_symlink(_from: &Path, _to: &Path) -> std::io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Makes a folder that only its owner can open, and those above it that are not there yet;
/// one that is there keeps its rights.
pub fn private_folder(path: &Path) -> std::io::Result<()> {
    for_owner().recursive(true).create(path)
}

/// Returns what makes folders that only their owner can open, where a disk knows of that.
pub(super) fn for_owner() -> fs::DirBuilder {
    #[allow(unused_mut, reason = "only some systems have rights")]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Gives a folder the rights and the owner of another, as far as we may.
pub(super) fn same_rights(from: &Path, to: &Path) {
    let Ok(facts) = fs::metadata(from) else { return };
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let same = fs::metadata(to)
            .is_ok_and(|own| (own.uid(), own.gid()) == (facts.uid(), facts.gid()));
        if !same {
            let _ = chown(to, Some(facts.uid()), Some(facts.gid()));
        }
    }
    let _ = fs::set_permissions(to, facts.permissions());
}

/// Gives a folder the time stamp of another, as far as we may.
pub(super) fn same_time(from: &Path, to: &Path) {
    if let Ok(time) = fs::metadata(from).and_then(|facts| facts.modified())
        && let Ok(folder) = fs::File::open(to)
    {
        let _ = folder.set_modified(time);
    }
}

/// Lets us take things out of a folder that will be removed.
pub(super) fn unlock(_folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions(_folder, fs::Permissions::from_mode(0o700));
    }
}

/// Removes a folder that boekje made, links in it as links; that it is not there is fine.
pub(super) fn remove_folder(path: &Path) -> std::io::Result<()> {
    if !is_folder(path) {
        return Ok(());
    }
    for entry in walkdir::WalkDir::new(path).into_iter().flatten() {
        if entry.file_type().is_dir() {
            unlock(entry.path());
        }
    }
    match fs::remove_dir_all(path) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}
