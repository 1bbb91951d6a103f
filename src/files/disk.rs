//! Small steps on disk, each with the failure it can end in.

use crate::problem::Failure;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Reads a file of the folder of texts, for an output that shows or copies it.
pub fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    #[allow(clippy::disallowed_methods, reason = "the one place outputs read through")]
    fs::read(path)
}

/// Turns what the system said into a failure.
pub(super) fn refused(path: &Path, cause: std::io::Error) -> Failure {
    let what = match cause.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "disk-full",
        _ => "cannot-write",
    };
    Failure::new(what, path, cause)
}

/// Makes a folder and the ones above it.
pub(super) fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|cause| refused(path, cause))
}

/// Writes a new file; its folder is there.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    #[allow(clippy::disallowed_methods, reason = "the one place that writes")]
    fs::write(path, bytes).map_err(|cause| refused(path, cause))
}

/// Gives a file a second name, or copies it where the disk knows no second names.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let kind =
        fs::symlink_metadata(from).map_err(|cause| refused(from, cause))?.file_type();
    if kind.is_symlink() {
        return copy_symlink(from, to);
    }
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to).map_err(|cause| refused(to, cause))?;
    // A copy keeps the time of its original: unchanged files keep their time stamps.
    if let Ok(time) = fs::metadata(from).and_then(|facts| facts.modified())
        && let Ok(file) = fs::File::options().write(true).open(to)
    {
        let _ = file.set_modified(time);
    }
    Ok(())
}

#[cfg(unix)]
fn copy_symlink(from: &Path, to: &Path) -> Result<(), Failure> {
    let target = fs::read_link(from).map_err(|cause| refused(from, cause))?;
    std::os::unix::fs::symlink(target, to).map_err(|cause| refused(to, cause))
}

#[cfg(not(unix))]
fn copy_symlink(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::copy(from, to).map(|_| ()).map_err(|cause| refused(to, cause))
}

/// Removes a folder that boekje made; that it is not there is fine.
pub(super) fn remove_folder(path: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(path) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(refused(path, cause)),
        _ => Ok(()),
    }
}

/// Returns a hidden path beside a folder: `site` → `.site.boekje-<name>`.
pub(super) fn beside(folder: &Path, name: &str) -> PathBuf {
    let own = folder.file_name().map_or("site".into(), |own| own.to_string_lossy());
    folder.with_file_name(format!(".{own}.boekje-{name}"))
}
