//! Small files that would fill the memory are refused by their headers.

use image::ImageFormat;

use super::samples::{chunk, file, jpeg, photo, png_header};
use super::{Facts, Format, Refusal, inspect, make};

fn refused(bytes: &[u8]) -> Refusal {
    inspect(bytes).unwrap_err()
}

/// Zeros, packed as PNG packs pixels, without a packer: stored blocks would be large, so
/// one run-length block is repeated.
fn packed_zeros(bytes: usize) -> Vec<u8> {
    let image = image::GrayImage::new(30_000, u32::try_from(bytes / 30_001).unwrap());
    let png = file(image, ImageFormat::Png);
    let mut data = Vec::new();
    let mut at = 8;
    while at + 12 <= png.len() {
        let length = u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as usize;
        if &png[at + 4..at + 8] == b"IDAT" {
            data.extend(&png[at + 8..at + 8 + length]);
        }
        at += 12 + length;
    }
    data
}

#[test]
fn a_huge_header_is_refused_before_decoding() {
    let mut bytes = png_header(50_000, 50_000, 8, 2);
    bytes.extend(chunk(b"IDAT", b"x"));
    assert_eq!(refused(&bytes), Refusal::TooLarge);
    for (width, height) in [(30_001, 1), (1, 30_001), (10_001, 10_000), (u32::MAX / 2, 9)]
    {
        let mut bytes = png_header(width, height, 8, 2);
        bytes.extend(chunk(b"IDAT", b"x"));
        assert_eq!(refused(&bytes), Refusal::TooLarge, "{width}×{height}");
    }
    let mut deep = png_header(9_999, 9_999, 16, 6);
    deep.extend(chunk(b"IDAT", b"x"));
    assert_eq!(refused(&deep), Refusal::TooLarge, "deep pixels count too");
}

#[test]
fn huge_headers_of_other_formats_are_refused() {
    let mut gif = file(photo(8, 8), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xFF; 4]);
    assert_eq!(refused(&gif), Refusal::TooLarge);

    let mut bmp = file(photo(8, 8), ImageFormat::Bmp);
    bmp[18..22].copy_from_slice(&40_000_u32.to_le_bytes());
    bmp[22..26].copy_from_slice(&40_000_u32.to_le_bytes());
    assert_eq!(refused(&bmp), Refusal::TooLarge);

    let mut photo = jpeg();
    let at = photo.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    photo[at + 5..at + 9].copy_from_slice(&[0xFF; 4]);
    assert_eq!(refused(&photo), Refusal::TooLarge);
}

#[test]
fn packed_zeros_behind_a_small_header_do_not_grow() {
    let zeros = packed_zeros(60_000_000);
    assert!(zeros.len() < 600_000);
    let bomb = |name: &[u8; 4], content: &[u8]| {
        let mut bytes = png_header(4, 4, 8, 2);
        bytes.extend(chunk(name, content));
        bytes.extend(chunk(b"IDAT", &zeros));
        bytes.extend(chunk(b"IEND", b""));
        bytes
    };
    let profile = [b"x\0\0".as_slice(), &zeros].concat();
    for bytes in [
        bomb(b"gAMA", &[0, 0, 0xB1, 0x8F]),
        bomb(b"iCCP", &profile),
        bomb(b"zTXt", &profile),
    ] {
        // Accepted as a small picture or refused: but never unpacked whole.
        if let Ok(facts) = inspect(&bytes) {
            assert_eq!((facts.width, facts.height), (4, 4));
            let made = make(&bytes, &facts).unwrap_or_default();
            assert!(made.iter().all(|one| one.len() < 1000), "nothing of it goes along");
        }
    }
}

#[test]
fn facts_of_another_picture_are_refused() {
    let facts = inspect(&jpeg()).unwrap();
    let other = Facts { width: 9, ..facts };
    assert_eq!(make(&jpeg(), &other), Err(Refusal::Broken));
    let other = Facts { format: Format::Svg, ..facts };
    assert_eq!(make(&jpeg(), &other), Err(Refusal::Broken));
    assert_eq!(
        make(b"<svg xmlns='http://www.w3.org/2000/svg'/>", &facts),
        Err(Refusal::Broken)
    );
}
