//! The segments of a JPEG: EXIF, XMP, IPTC, comments, thumbnails, profiles, and what
//! telephones hang behind the end (a second picture, a short film).

use super::Seen;
use super::bytes::{has_tail, u16_be};

/// Walks over the segments up to the end of the picture.
pub(super) fn look(bytes: &[u8]) -> Seen {
    let mut seen = Seen { metadata: false, whole: false };
    let mut at = 2;
    while let Some((marker, after)) = next_marker(bytes, at) {
        at = match marker {
            0xD9 => {
                seen.whole = true;
                seen.metadata |= has_tail(bytes, after);
                return seen;
            }
            // Markers without content.
            0x01 | 0xD0..=0xD8 => after,
            _ => {
                let Some(length) = u16_be(bytes, after) else { return seen };
                let end = after + usize::from(length.max(2));
                let content = bytes.get(after + 2..end).unwrap_or_default();
                seen.metadata |= is_metadata(marker, content);
                end
            }
        };
    }
    seen
}

/// The next marker from `at` on, and where it ends. Skips the coded pixels, in which 0xFF
/// is followed by a zero.
fn next_marker(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let rest = bytes.get(at..)?;
    let found = rest
        .windows(2)
        .position(|pair| pair[0] == 0xFF && pair[1] != 0 && pair[1] != 0xFF)?;
    Some((*rest.get(found + 1)?, at + found + 2))
}

fn is_metadata(marker: u8, content: &[u8]) -> bool {
    match marker {
        // JFIF: its last two bytes are the size of a thumbnail.
        0xE0 if content.starts_with(b"JFIF\0") => {
            content.get(12..14).is_some_and(|size| size != [0, 0])
        }
        // Adobe's note on how colours are stored.
        0xEE => !content.starts_with(b"Adobe") || content.len() > 12,
        0xE0..=0xEF | 0xFE => true,
        _ => false,
    }
}
