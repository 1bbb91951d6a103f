//! Formats that are a row of blocks: PNG, GIF, WebP; and BMP, which has two headers.
//!
//! Each function tells whether there is a block that the pixels do not need.

use super::bytes::{has_tail, u16_le, u32_be, u32_le};

/// The blocks of a PNG that say something about its pixels only.
const PNG_PIXELS: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT",
    b"bKGD", b"pHYs", b"cICP", b"hIST", b"acTL", b"fcTL", b"fdAT",
];

/// The blocks of a WebP that are pixels.
const WEBP_PIXELS: &[&[u8; 4]] = &[b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"];

/// Looks for text, time, EXIF, profiles, unknown blocks, and a tail.
pub(super) fn png(bytes: &[u8]) -> bool {
    let mut at = 8;
    while let (Some(length), Some(name)) = (u32_be(bytes, at), name(bytes, at + 4)) {
        if !PNG_PIXELS.contains(&name) {
            return true;
        }
        at = at.saturating_add(length).saturating_add(12);
        if name == b"IEND" {
            return has_tail(bytes, at);
        }
    }
    false
}

/// Looks for EXIF, XMP, profiles, unknown blocks, and a tail.
pub(super) fn webp(bytes: &[u8]) -> bool {
    let end = u32_le(bytes, 4).unwrap_or(0).saturating_add(8);
    let mut at = 12_usize;
    while at < end {
        let (Some(name), Some(length)) = (name(bytes, at), u32_le(bytes, at + 4)) else {
            break;
        };
        if !WEBP_PIXELS.contains(&name) {
            return true;
        }
        at = at.saturating_add(8).saturating_add(length).saturating_add(length % 2);
    }
    has_tail(bytes, end)
}

/// Looks for comments, XMP and other extensions, and a tail.
pub(super) fn gif(bytes: &[u8]) -> bool {
    let palette = |flags: u8| if flags & 0x80 != 0 { 3 << ((flags & 7) + 1) } else { 0 };
    let Some(flags) = bytes.get(10) else { return false };
    let mut at = 13 + palette(*flags);
    loop {
        match bytes.get(at) {
            Some(0x21) => {
                let pixels = match bytes.get(at + 1) {
                    Some(0xF9) => true,
                    // How often to repeat.
                    Some(0xFF) => bytes.get(at + 3..).is_some_and(|name| {
                        name.starts_with(b"NETSCAPE2.0")
                            || name.starts_with(b"ANIMEXTS1.0")
                    }),
                    _ => false,
                };
                if !pixels {
                    return true;
                }
                at = after_blocks(bytes, at + 2);
            }
            Some(0x2C) => {
                let flags = bytes.get(at + 9).copied().unwrap_or(0);
                at = after_blocks(bytes, at + 11 + palette(flags));
            }
            Some(0x3B) => return has_tail(bytes, at + 1),
            _ => return false,
        }
    }
}

/// Where a row of small blocks, each after its length, ends.
fn after_blocks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(length) = bytes.get(at) {
        at += 1 + usize::from(*length);
        if *length == 0 {
            break;
        }
    }
    at
}

/// Looks for a profile, and a tail behind the size it names.
pub(super) fn bmp(bytes: &[u8]) -> bool {
    let newest = u32_le(bytes, 14) == Some(124);
    let profile = newest && u32_le(bytes, 14 + 116).is_some_and(|length| length > 0);
    let size = u32_le(bytes, 2).unwrap_or(0);
    let planes = u16_le(bytes, 26);
    profile || (planes == Some(1) && size > 0 && has_tail(bytes, size))
}

fn name(bytes: &[u8], at: usize) -> Option<&[u8; 4]> {
    bytes.get(at..)?.first_chunk()
}
