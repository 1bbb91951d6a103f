//! Small pictures made here, and ways to put things into them.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

/// A soft gradient with a red corner at the top left.
pub(super) fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x < width / 4 && y < height / 4 {
            Rgb([230, 10, 10])
        } else {
            Rgb([20, (x * 200 / width) as u8, (y * 200 / height) as u8 + 40])
        }
    })
}

pub(super) fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(super) fn jpeg() -> Vec<u8> {
    file(photo(64, 48), ImageFormat::Jpeg)
}

pub(super) fn png() -> Vec<u8> {
    file(photo(64, 48), ImageFormat::Png)
}

/// A drawing with a transparent middle in which a colour hides.
pub(super) fn sticker() -> RgbaImage {
    RgbaImage::from_fn(40, 40, |x, y| {
        if (10..30).contains(&x) && (10..30).contains(&y) {
            Rgba([77, 78, 79, 0])
        } else {
            Rgba([0, 90, 200, 255])
        }
    })
}

/// One file of each format in pixels.
pub(super) fn every_format() -> Vec<(&'static str, Vec<u8>)> {
    let small = || photo(24, 16);
    vec![
        ("jpeg", file(small(), ImageFormat::Jpeg)),
        ("png", file(small(), ImageFormat::Png)),
        ("gif", file(small(), ImageFormat::Gif)),
        ("webp", file(small(), ImageFormat::WebP)),
        ("bmp", file(small(), ImageFormat::Bmp)),
        ("tiff", file(small(), ImageFormat::Tiff)),
        ("sticker", file(sticker(), ImageFormat::Png)),
    ]
}

/// A segment right after the beginning of a JPEG.
pub(super) fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xFF, marker]);
    bytes.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
    bytes.extend(content);
    bytes.extend(&jpeg[2..]);
    bytes
}

/// EXIF with an orientation and a device name, as a camera writes it.
pub(super) fn exif(orientation: u8, words: &str) -> Vec<u8> {
    let mut bytes = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    let length = u32::try_from(words.len()).unwrap();
    bytes.extend([0x01, 0x0F, 0, 2]);
    bytes.extend(length.to_be_bytes());
    bytes.extend(38_u32.to_be_bytes());
    bytes.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    bytes.extend([0; 4]);
    bytes.extend(words.as_bytes());
    bytes
}

/// A chunk of a PNG.
pub(super) fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(content.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend(name);
    bytes.extend(content);
    bytes.extend(crc(&bytes[4..]).to_be_bytes());
    bytes
}

/// A chunk right after the header of a PNG.
pub(super) fn with_chunk(png: &[u8], name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&png[..33], &chunk(name, content), &png[33..]].concat()
}

/// Only the beginning of a PNG, with this size, 8 bits, red green blue.
pub(super) fn png_header(width: u32, height: u32, depth: u8, kind: u8) -> Vec<u8> {
    let mut header = width.to_be_bytes().to_vec();
    header.extend(height.to_be_bytes());
    header.extend([depth, kind, 0, 0, 0]);
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header)].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 }
        })
    })
}

/// A block in a WebP, which then has no other notes.
pub(super) fn with_block(webp: &[u8], name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = webp.to_vec();
    bytes.extend(name);
    bytes.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
    bytes.extend(content);
    if content.len() % 2 == 1 {
        bytes.push(0);
    }
    let size = u32::try_from(bytes.len() - 8).unwrap();
    bytes[4..8].copy_from_slice(&size.to_le_bytes());
    bytes
}

/// Writes the pictures the fuzz target starts from.
#[test]
#[ignore = "writes files: run it by name before fuzzing"]
#[expect(clippy::disallowed_methods, reason = "no part of the program")]
fn seeds() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/picture");
    std::fs::create_dir_all(folder).unwrap();
    let turned = with_segment(&jpeg(), 0xE1, &exif(6, "camera"));
    let drawing =
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9mm' viewBox='0 0 8 4'>\
        <style>.a{fill:url(#b)}</style><g id='b' onclick='x'><use href='#b'/></g></svg>";
    let more = [("turned", turned), ("drawing", drawing.to_vec())];
    for (name, bytes) in every_format().into_iter().chain(more) {
        std::fs::write(format!("{folder}/{name}"), bytes).unwrap();
    }
}
