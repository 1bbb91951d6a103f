//! Two folders change places in one step, or in two that can be taken back.

use super::workplace::Workplace;
use std::fs;
use std::io;
use std::path::Path;

/// Puts the finished folder in place of the old one. Afterwards the workplace holds the
/// old site. What the system says is returned as it is: there is another way to write.
pub(super) fn swap(place: &Workplace, out: &Path) -> io::Result<()> {
    let new = place.fresh();
    if !out.exists() {
        return fs::rename(new, out);
    }
    match exchange(&new, out) {
        Ok(()) => return Ok(()),
        Err(cause) if cannot_exchange(&cause) => {}
        Err(cause) => return Err(cause),
    }
    // Two steps; `recover` takes the first one back when the second did not happen.
    fs::rename(out, place.old())?;
    fs::rename(&new, out).inspect_err(|_| _ = fs::rename(place.old(), out))
}

/// Tells whether the disk does not know how to exchange, as against not allowing it.
fn cannot_exchange(cause: &io::Error) -> bool {
    matches!(cause.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(left: &Path, right: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, left, CWD, right, RenameFlags::EXCHANGE).map_err(Into::into)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_left: &Path, _right: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
