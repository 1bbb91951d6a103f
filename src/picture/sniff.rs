//! What lies in the bytes: known by its first bytes, never by a name.
//!
//! Entry: [`content`]; for others, [`is_picture`] and [`is_picture_name`].

use image::ImageFormat;
use memchr::memmem;
use std::borrow::Cow;

use super::facts::Refusal;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Pixels in this format.
    Pixels(ImageFormat),
    /// Perhaps a drawing: XML in which `<svg` stands. Reading it tells.
    Drawing,
}

/// The `ftyp` brands of HEIC, HEIF and AVIF.
const TELEPHONE: &[&[u8; 4]] = &[
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1",
    b"mif2", b"msf1", b"miaf", b"avif", b"avis",
];

/// How far into a file the word `svg` may stand (after a licence or a document type).
const SEARCH: usize = 1024 * 1024;

/// Says what `bytes` hold.
pub(super) fn content(bytes: &[u8]) -> Result<Content, Refusal> {
    let format = match bytes {
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => ImageFormat::Png,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => ImageFormat::Gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            ImageFormat::WebP
        }
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => ImageFormat::Tiff,
        _ if is_bitmap(bytes) => ImageFormat::Bmp,
        _ if is_from_telephone(bytes) => return Err(Refusal::Heic),
        _ if is_drawing(bytes) => return Ok(Content::Drawing),
        _ => return Err(Refusal::Unknown),
    };
    Ok(Content::Pixels(format))
}

/// Tells whether a file with this extension (in lower case) passes for a picture, also one
/// that we refuse. For deciding what to look into; what it is, its bytes tell.
pub fn is_picture_name(extension: &str) -> bool {
    const NAMES: [&str; 19] = [
        "jpg", "jpeg", "jpe", "jfif", "png", "apng", "gif", "webp", "bmp", "dib", "tif",
        "tiff", "svg", "svgz", "heic", "heif", "hif", "avif", "dng",
    ];
    NAMES.contains(&extension)
}

/// Tells whether the bytes are a picture by their first bytes, also one that we refuse.
pub fn is_picture(bytes: &[u8]) -> bool {
    content(bytes) != Err(Refusal::Unknown)
}

/// `BM` alone could begin a sentence; the size of the second header tells.
fn is_bitmap(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BM")
        && matches!(
            bytes.get(14..18),
            Some([12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0])
        )
}

fn is_from_telephone(bytes: &[u8]) -> bool {
    if bytes.get(4..8) != Some(b"ftyp") {
        return false;
    }
    // The main brand, four bytes of version, and the brands it also fits.
    let Some(brands) = bytes.get(8..bytes.len().min(72)) else { return false };
    let named = brands.first_chunk::<4>().is_some_and(|b| TELEPHONE.contains(&b));
    named
        || brands.chunks_exact(4).skip(2).any(|b| {
            [b"heic", b"mif1", b"avif"].iter().any(|known| b == known.as_slice())
        })
}

fn is_drawing(bytes: &[u8]) -> bool {
    let bytes = &bytes[..bytes.len().min(SEARCH)];
    // UTF-16 has a zero beside every letter.
    let mut letters = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte != 0)
        .skip_while(|(_, byte)| matches!(byte, 0xEF | 0xBB | 0xBF | 0xFE | 0xFF))
        .skip_while(|(_, byte)| byte.is_ascii_whitespace());
    let Some((start, b'<')) = letters.next() else { return false };
    let rest = &bytes[start..];
    let head: Cow<'_, [u8]> = match memchr::memchr(0, rest) {
        None => Cow::Borrowed(rest),
        Some(_) => Cow::Owned(rest.iter().filter(|byte| **byte != 0).copied().collect()),
    };
    [b"<svg", b":svg", b"/svg"].iter().any(|name| memmem::find(&head, *name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_no_bitmap() {
        assert_eq!(content(b"BMW is een auto, geen plaatje."), Err(Refusal::Unknown));
        assert_eq!(content(b""), Err(Refusal::Unknown));
        assert_eq!(content(b"%PDF-1.7"), Err(Refusal::Unknown));
    }

    #[test]
    fn telephones_are_known_by_their_brand() {
        for brand in TELEPHONE {
            let mut bytes = b"\0\0\0\x18ftyp".to_vec();
            bytes.extend_from_slice(*brand);
            assert_eq!(content(&bytes), Err(Refusal::Heic));
        }
        assert_eq!(
            content(b"\0\0\0\x1cftypXXXX\0\0\0\0abcdmif1"),
            Err(Refusal::Heic),
            "a brand it also fits"
        );
        assert_eq!(content(b"\0\0\0\x18ftypisom\0\0\0\0mp42"), Err(Refusal::Unknown));
    }

    #[test]
    fn drawings_may_begin_with_a_mark_or_a_comment() {
        assert_eq!(content(b"\xEF\xBB\xBF <!-- x --><svg/>"), Ok(Content::Drawing));
        assert_eq!(content(b"\xFF\xFE<\0s\0v\0g\0/\0>\0"), Ok(Content::Drawing));
        assert_eq!(content(b"<p>geen tekening</p>"), Err(Refusal::Unknown));
    }
}
