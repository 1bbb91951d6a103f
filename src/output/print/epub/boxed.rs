//! The box an e-book goes in: a ZIP file as the OCF of EPUB wants it.
//!
//! No names of machines, no clock: the same book is the same bytes.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A file on its way into the box.
pub(super) struct Boxed<'f> {
    pub(super) path: &'f str,
    pub(super) bytes: &'f [u8],
    /// Packed smaller; the first file tells what the box is and stays as it is.
    pub(super) packed: bool,
}

/// How hard to pack: the most.
const LEVEL: i64 = 9;

/// Puts files in a box, in this order; `None` when it would be larger than e-readers open
/// (4 GB).
pub(super) fn boxed(files: &[Boxed<'_>]) -> Option<Vec<u8>> {
    let total: u64 = files.iter().map(|file| file.bytes.len() as u64).sum();
    if total >= u64::from(u32::MAX) {
        return None;
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        let plain = SimpleFileOptions::default()
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let options = match file.packed {
            true => plain
                .compression_method(CompressionMethod::Deflated)
                .compression_level(Some(LEVEL)),
            false => plain.compression_method(CompressionMethod::Stored),
        };
        out.start_file(file.path, options).ok()?;
        out.write_all(file.bytes).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_file_can_be_read_without_unpacking() {
        let first =
            Boxed { path: "mimetype", bytes: b"application/epub+zip", packed: false };
        let second = Boxed { path: "a.txt", bytes: &[b'a'; 500], packed: true };
        let made = boxed(&[first, second]).expect("small enough");
        // Readers look here to tell an e-book from other boxes.
        assert_eq!(&made[30..58], b"mimetypeapplication/epub+zip");
        assert!(made.len() < 300, "{}", made.len());
        let end = made.len() - 22;
        assert_eq!(&made[end..end + 4], b"PK\x05\x06");
        let at = u32::from_le_bytes(made[end + 16..end + 20].try_into().expect("four"));
        assert_eq!(&made[at as usize..at as usize + 4], b"PK\x01\x02");
    }
}
