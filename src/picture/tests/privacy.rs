//! Nothing but pixels leaves.

use image::ImageFormat;

use super::samples::{
    every_format, exif, file, jpeg, photo, png, sticker, with_block, with_chunk,
    with_segment,
};
use super::{all, holds, inspect};

const SECRET: &[u8] = b"Dorpsstraat 1, Jan";

fn assert_clean(bytes: &[u8], what: &str) {
    assert!(holds(bytes, SECRET), "{what}: the sample holds no secret");
    let (facts, made) = all(bytes);
    assert!(facts.metadata, "{what}: not noticed");
    for one in made {
        assert!(!holds(&one, SECRET), "{what}: leaked");
        for mark in [&b"Exif"[..], b"EXIF", b"eXIf", b"http://ns.adobe", b"8BIM", b"ICCP"]
        {
            assert!(!holds(&one, mark), "{what}: leaked {mark:?}");
        }
    }
}

#[test]
fn plain_files_are_not_suspected() {
    for (name, bytes) in every_format() {
        let (facts, _) = all(&bytes);
        assert!(!facts.metadata, "{name}");
    }
}

#[test]
fn no_segment_of_a_photo_leaves() {
    let secret = |start: &[u8]| [start, SECRET].concat();
    let photo = jpeg();
    let words = std::str::from_utf8(SECRET).unwrap();
    assert_clean(&with_segment(&photo, 0xE1, &exif(1, words)), "exif");
    let xmp = secret(b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>");
    assert_clean(&with_segment(&photo, 0xE1, &xmp), "xmp");
    let iptc = secret(b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x20\x1c\x02\x5a\0\x12");
    assert_clean(&with_segment(&photo, 0xED, &iptc), "iptc");
    assert_clean(&with_segment(&photo, 0xFE, SECRET), "comment");
    assert_clean(&with_segment(&photo, 0xE0, &secret(b"JFXX\0\x10")), "thumbnail");
    assert_clean(&with_segment(&photo, 0xE2, &secret(b"ICC_PROFILE\0\x01\x01")), "icc");
    assert_clean(&with_segment(&photo, 0xEF, SECRET), "unknown");
    assert_clean(&[&photo, SECRET].concat(), "after the end");
    let film = [&photo[..], b"\0\0\0\x18ftypmp42", SECRET].concat();
    assert_clean(&film, "a film after the end");
}

#[test]
fn no_chunk_of_a_png_leaves() {
    for name in [b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"prVt"] {
        let content = [b"Author\0", SECRET].concat();
        assert_clean(&with_chunk(&png(), name, &content), &format!("{name:?}"));
    }
    assert_clean(&[&png(), SECRET].concat(), "after the end");
}

#[test]
fn no_block_of_the_others_leaves() {
    let gif = file(photo(8, 8), ImageFormat::Gif);
    let note = [&[0x21, 0xFE, SECRET.len() as u8][..], SECRET, &[0]].concat();
    let end = gif.len() - 1;
    let noted = [&gif[..end], &note, &gif[end..]].concat();
    assert_clean(&noted, "gif comment");
    assert_clean(&[&gif, SECRET].concat(), "gif tail");

    let webp = file(photo(8, 8), ImageFormat::WebP);
    assert_clean(&with_block(&webp, b"EXIF", SECRET), "webp exif");
    assert_clean(&with_block(&webp, b"XMP ", SECRET), "webp xmp");
    assert_clean(&[&webp, SECRET].concat(), "webp tail");
    let bmp = file(photo(8, 8), ImageFormat::Bmp);
    assert_clean(&[&bmp, SECRET].concat(), "bmp tail");
}

#[test]
fn what_was_made_transparent_is_gone() {
    let bytes = file(sticker(), ImageFormat::Png);
    let (facts, made) = all(&bytes);
    assert!(facts.transparent);
    for one in made {
        let pixels = image::load_from_memory(&one).unwrap().into_rgba8();
        let hidden = pixels.get_pixel(20, 20).0;
        assert_eq!(hidden[3], 0);
        assert_ne!(hidden[..3], [77, 78, 79], "the colour still hides there");
    }
}

#[test]
fn what_leaves_has_nothing_left_to_find() {
    let words = std::str::from_utf8(SECRET).unwrap();
    let (_, made) = all(&with_segment(&jpeg(), 0xE1, &exif(6, words)));
    for one in made {
        assert!(!inspect(&one).unwrap().metadata);
    }
}
