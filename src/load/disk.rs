//! Reads one file, once, up to a length.

use std::fs::File;
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
    let closed = |_| Unread::Closed;
    let file = open(path)?;
    let facts = file.metadata().map_err(closed)?;
    if facts.len() > limit {
        return Err(Unread::TooLong);
    }
    // One byte more than promised: a file that grows while we read is still bounded.
    let mut bytes = Vec::with_capacity(facts.len() as usize + 1);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(closed)?;
    if bytes.len() as u64 > limit { Err(Unread::TooLong) } else { Ok(bytes) }
}

/// Reads the first `length` bytes of a file, or fewer when it is shorter.
pub(super) fn start(path: &Path, length: u64) -> Result<Vec<u8>, Unread> {
    let file = open(path)?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes).map_err(|_| Unread::Closed)?;
    Ok(bytes)
}

/// Opens a file; a pipe or a device would keep us waiting.
fn open(path: &Path) -> Result<File, Unread> {
    let is_file = std::fs::metadata(path).is_ok_and(|facts| facts.is_file());
    if is_file {
        File::open(path).map_err(|_| Unread::Closed)
    } else {
        Err(Unread::Closed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

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
