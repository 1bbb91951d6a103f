//! The box an e-book goes in: a ZIP file as the OCF of EPUB wants it.
//!
//! Written by hand: no names of machines, no clock, so the same book is the same bytes.

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::Write;

/// A file on its way into the box.
pub(super) struct Boxed<'f> {
    pub(super) path: &'f str,
    pub(super) bytes: &'f [u8],
    /// Packed smaller; the first file tells what the box is and stays as it is.
    pub(super) packed: bool,
}

/// The first day a ZIP file can name: 1 January 1980, midnight.
const DAY: u16 = (1 << 5) | 1;
/// Names are in UTF-8.
const UTF_8: u16 = 1 << 11;

/// Puts files in a box, in this order; `None` when it would be larger than such a box can
/// be (4 GB, 65 535 files).
pub(super) fn boxed(files: &[Boxed<'_>]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut list = Vec::new();
    for file in files {
        let at = u32::try_from(out.len()).ok()?;
        let facts = facts(file)?;
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&facts.head);
        out.extend_from_slice(&0u16.to_le_bytes());
        out.extend_from_slice(file.path.as_bytes());
        out.extend_from_slice(&facts.bytes);
        // The list at the end: made by version 2.0 on no system in particular.
        list.extend_from_slice(b"PK\x01\x02\x14\x00");
        list.extend_from_slice(&facts.head);
        // No extra field, no comment, first disk, no attributes.
        list.extend_from_slice(&[0; 12]);
        list.extend_from_slice(&at.to_le_bytes());
        list.extend_from_slice(file.path.as_bytes());
    }
    let count = u16::try_from(files.len()).ok()?.to_le_bytes();
    let at = u32::try_from(out.len()).ok()?.to_le_bytes();
    let size = u32::try_from(list.len()).ok()?.to_le_bytes();
    out.append(&mut list);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    for part in [&count[..], &count, &size, &at, &[0, 0]] {
        out.extend_from_slice(part);
    }
    Some(out)
}

/// A file as it stands in the box.
struct Facts {
    /// From the version needed up to the length of the name.
    head: Vec<u8>,
    bytes: Vec<u8>,
}

fn facts(file: &Boxed<'_>) -> Option<Facts> {
    let mut crc = Crc::new();
    crc.update(file.bytes);
    let (method, bytes) = match file.packed {
        true => (8u16, packed(file.bytes)?),
        false => (0, file.bytes.to_vec()),
    };
    let name = u16::try_from(file.path.len()).ok()?;
    let mut head = Vec::with_capacity(24);
    for part in [20, UTF_8, method, 0, DAY] {
        head.extend_from_slice(&part.to_le_bytes());
    }
    let sizes = [u32::try_from(bytes.len()).ok()?, u32::try_from(file.bytes.len()).ok()?];
    for part in [crc.sum(), sizes[0], sizes[1]] {
        head.extend_from_slice(&part.to_le_bytes());
    }
    head.extend_from_slice(&name.to_le_bytes());
    Some(Facts { head, bytes })
}

fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
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
