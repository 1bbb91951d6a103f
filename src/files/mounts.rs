//! Which folders are the top of a disk of their own. Such a folder stays where it is, and
//! never goes along into a folder that will be removed.

#[cfg(unix)]
use std::path::Path;

/// Tells whether a folder is the top of a disk, or of a part of one that was put here.
#[cfg(unix)]
pub(super) fn is_mount(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let disk = |path: &Path| std::fs::metadata(path).map(|facts| facts.dev()).ok();
    let differs = match (disk(folder), folder.parent().and_then(disk)) {
        (Some(own), Some(above)) => own != above,
        _ => false,
    };
    differs || is_mount_root(folder)
}

/// Elsewhere the system itself refuses to move such a folder.
#[cfg(not(unix))]
pub(super) fn is_mount(_folder: &std::path::Path) -> bool {
    false
}

/// Asks the system; it knows parts of the same disk too.
#[cfg(target_os = "linux")]
fn is_mount_root(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty())
        .is_ok_and(|facts| facts.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_mount_root(_folder: &Path) -> bool {
    false
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_system_has_disks_of_its_own() {
        assert!(is_mount(Path::new("/proc")));
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_mount(folder.path()));
    }
}
