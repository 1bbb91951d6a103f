//! The directory of a TIFF: which notes beside the pixels.

use super::bytes::{u16_be, u16_le, u32_be, u32_le};

/// Descriptions, devices, dates, names, and whole folders of other metadata.
const NOTES: &[u16] = &[
    269, 270, 271, 272, 285, 305, 306, 315, 316, 330, 333, 337, 347, 700, 32932, 33432,
    33723, 34377, 34665, 34675, 34853, 37724,
];

/// Whether a directory holds notes, or there is a second picture (often a thumbnail).
/// What we cannot follow counts as metadata: nothing of it leaves either way.
pub(super) fn has_metadata(bytes: &[u8]) -> bool {
    directory(bytes).unwrap_or(true)
}

fn directory(bytes: &[u8]) -> Option<bool> {
    let small_first = bytes.starts_with(b"II");
    let two = |at| if small_first { u16_le(bytes, at) } else { u16_be(bytes, at) };
    let four = |at| if small_first { u32_le(bytes, at) } else { u32_be(bytes, at) };
    if two(2)? != 42 {
        return None;
    }
    let start = four(4)?;
    let count = usize::from(two(start)?);
    for entry in 0..count {
        if NOTES.contains(&two(start.checked_add(2 + entry * 12)?)?) {
            return Some(true);
        }
    }
    let next = four(start.checked_add(2 + count * 12)?)?;
    Some(next != 0)
}
