//! Reads one file, once, up to a length.

use crate::stamp::Stamp;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;

/// Largest text we read, in bytes.
pub(super) const LARGEST: u64 = 16 * 1024 * 1024;

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// Not there any more, or not for us to open.
    Closed,
    /// Longer than the limit.
    TooLong,
}

/// Reads a whole file of at most `limit` bytes.
pub(super) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Unread> {
    Ok(read_with(path, limit)?.0)
}

/// As [`read`], with the stamp of the file it opened. How old that is counts from before its
/// bytes are read: it may be written again while we read.
pub(super) fn read_with(
    path: &Path,
    limit: u64,
) -> Result<(Vec<u8>, Option<Stamp>), Unread> {
    let (file, facts) = open(path)?;
    let stamp = Stamp::sure(&facts);
    if facts.len() > limit {
        return Err(Unread::TooLong);
    }
    // One byte more than promised: a file that grows while we read is still bounded.
    let mut file = file.take(limit + 1);
    let length = facts.len() as usize;
    let mut bytes = vec![0; length + 1];
    let read = file.read(&mut bytes).ok();
    bytes.truncate(read.unwrap_or(0));
    // There was room for more, and it ends where it says: most files need no second look.
    if read != Some(length) {
        file.read_to_end(&mut bytes).map_err(|_| Unread::Closed)?;
    }
    if bytes.len() as u64 > limit { Err(Unread::TooLong) } else { Ok((bytes, stamp)) }
}

/// Reads the first `length` bytes of a file, or fewer when it is shorter.
pub(super) fn start(path: &Path, length: u64) -> Result<Vec<u8>, Unread> {
    let (file, _) = open(path)?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes).map_err(|_| Unread::Closed)?;
    Ok(bytes)
}

/// Opens a file; a pipe or a device is none, and would keep us waiting.
fn open(path: &Path) -> Result<(File, Metadata), Unread> {
    let mut how = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut how,
        rustix::fs::OFlags::NONBLOCK.bits() as i32,
    );
    let file = how.read(true).open(path).map_err(|_| Unread::Closed)?;
    let facts = file.metadata().map_err(|_| Unread::Closed)?;
    if facts.is_file() { Ok((file, facts)) } else { Err(Unread::Closed) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[cfg(unix)]
    #[test]
    fn a_pipe_keeps_nobody_waiting() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.is_ok_and(|status| status.success()));
        assert_eq!(read(&path, 5), Err(Unread::Closed));
        assert_eq!(start(&path, 5), Err(Unread::Closed));
    }

    /// Such files say that they are empty.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_is_longer_than_it_says_is_read_to_its_end() {
        let path = Path::new("/proc/self/mounts");
        assert!(read(path, LARGEST).is_ok_and(|bytes| bytes.ends_with(b"\n")));
    }

    #[test]
    fn length_is_bounded_and_absence_is_no_panic() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        File::create(&path).unwrap().write_all(b"hallo").unwrap();
        assert_eq!(read(&path, 5), Ok(b"hallo".to_vec()));
        assert_eq!(read(&path, 4), Err(Unread::TooLong));
        assert_eq!(read(&dir.path().join("b.md"), 4), Err(Unread::Closed));
        assert_eq!(read(dir.path(), 4), Err(Unread::Closed));
    }
}
