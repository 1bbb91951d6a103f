//! Two folders change places in one step, or in two that can be taken back.

use super::disk::{beside, refused};
use crate::problem::Failure;
use std::fs;
use std::path::Path;

/// Puts the finished folder in place of the old one. Afterwards `staging` holds the old
/// site, or is gone.
pub(super) fn swap(staging: &Path, out: &Path) -> Result<(), Failure> {
    if !out.exists() {
        return fs::rename(staging, out).map_err(|cause| refused(out, cause));
    }
    if exchange(staging, out).is_ok() {
        return Ok(());
    }
    // Where the system cannot exchange: two steps; `recover` takes the first one back
    // when the second did not happen.
    let old = beside(out, "old");
    super::disk::remove_folder(&old)?;
    fs::rename(out, &old).map_err(|cause| refused(out, cause))?;
    if let Err(cause) = fs::rename(staging, out) {
        let _ = fs::rename(&old, out);
        return Err(refused(out, cause));
    }
    super::disk::remove_folder(&old)
}

/// Brings the old site back when an earlier build was stopped between two steps.
pub(super) fn recover(out: &Path) -> Result<(), Failure> {
    let old = beside(out, "old");
    if old.exists() && !out.exists() {
        return fs::rename(&old, out).map_err(|cause| refused(out, cause));
    }
    super::disk::remove_folder(&old)
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(left: &Path, right: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, left, CWD, right, RenameFlags::EXCHANGE).map_err(Into::into)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_left: &Path, _right: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}
