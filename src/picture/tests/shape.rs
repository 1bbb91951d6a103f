//! Sizes, turning, colours, and the same bytes every time.

use image::{DynamicImage, GrayImage, ImageFormat, Luma};

use super::samples::{every_format, exif, file, jpeg, photo, sticker, with_segment};
use super::{Format, all, inspect, renditions};

#[test]
fn a_photo_on_its_side_is_turned_upright() {
    let bytes = with_segment(&jpeg(), 0xE1, &exif(6, "camera"));
    let (facts, made) = all(&bytes);
    assert_eq!((facts.width, facts.height), (48, 64));
    for one in made {
        let turned = image::load_from_memory(&one).unwrap().into_rgb8();
        assert_eq!(turned.dimensions(), (48, 64));
        let corner = turned.get_pixel(44, 4).0;
        assert!(corner[0] > 150 && corner[1] < 90, "red is now top right: {corner:?}");
    }
}

#[test]
fn every_orientation_keeps_the_picture_whole() {
    for orientation in 0..=9 {
        let bytes = with_segment(&jpeg(), 0xE1, &exif(orientation, "camera"));
        let turned = (5..=8).contains(&orientation);
        let (facts, _) = all(&bytes);
        let size = if turned { (48, 64) } else { (64, 48) };
        assert_eq!((facts.width, facts.height), size, "{orientation}");
    }
}

#[test]
fn every_rendition_has_the_size_it_says() {
    let bytes = file(photo(1700, 401), ImageFormat::Jpeg);
    let (facts, made) = all(&bytes);
    let list = renditions(&facts);
    assert_eq!(list.len(), 5);
    for (one, bytes) in list.iter().zip(&made) {
        let picture = image::load_from_memory(bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (one.width, one.height));
        let format = image::guess_format(bytes).unwrap();
        assert!(format.extensions_str().contains(&one.extension));
        assert_eq!(format.to_mime_type(), one.mime);
    }
}

#[test]
fn the_same_picture_gives_the_same_bytes() {
    for (name, bytes) in every_format() {
        assert_eq!(all(&bytes), all(&bytes), "{name}");
    }
}

#[test]
fn every_format_is_known_by_its_content() {
    for (name, bytes) in every_format() {
        let facts = inspect(&bytes).unwrap();
        let expected = match name {
            "jpeg" => Format::Jpeg,
            "png" | "sticker" => Format::Png,
            _ => Format::Other,
        };
        assert_eq!(facts.format, expected, "{name}");
    }
}

#[test]
fn drawings_fall_back_to_png_and_photos_to_jpeg() {
    let last = |bytes: &[u8]| {
        renditions(&inspect(bytes).unwrap()).pop().map(|one| one.extension).unwrap()
    };
    assert_eq!(last(&jpeg()), "jpg");
    assert_eq!(last(&file(sticker(), ImageFormat::Png)), "png");
    let noise = image::RgbImage::from_fn(128, 128, |x, y| {
        image::Rgb([(x * 2) as u8, (y * 2) as u8, (x * y % 251) as u8])
    });
    assert_eq!(last(&file(noise, ImageFormat::Png)), "jpg", "a photo saved as PNG");
}

#[test]
fn grey_and_deep_pictures_are_made_too() {
    let grey = GrayImage::from_fn(20, 20, |x, y| Luma([(x * y / 2) as u8]));
    let deep = DynamicImage::ImageLuma8(grey.clone()).into_rgba16();
    for bytes in [
        file(grey.clone(), ImageFormat::Jpeg),
        file(grey, ImageFormat::Png),
        file(deep, ImageFormat::Png),
    ] {
        let (facts, made) = all(&bytes);
        assert!(!facts.transparent);
        assert!(made.iter().all(|one| image::load_from_memory(one).is_ok()));
    }
}

#[test]
fn a_profile_with_other_primaries_becomes_srgb() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let start = b"ICC_PROFILE\0\x01\x01".to_vec();
    let icc = [start, profile].concat();
    let plain = file(
        image::RgbImage::from_pixel(16, 16, image::Rgb([200, 60, 60])),
        ImageFormat::Jpeg,
    );
    let middle = |bytes: &[u8]| {
        let (_, made) = all(bytes);
        let picture = image::load_from_memory(made.last().unwrap()).unwrap();
        picture.into_rgb8().get_pixel(8, 8).0
    };
    let (before, after) = (middle(&plain), middle(&with_segment(&plain, 0xE2, &icc)));
    assert!(after[0] > before[0] + 5, "P3 red is redder: {before:?} {after:?}");
    let srgb = moxcms::ColorProfile::new_srgb().encode().unwrap();
    let icc = [b"ICC_PROFILE\0\x01\x01".to_vec(), srgb].concat();
    assert_eq!(middle(&with_segment(&plain, 0xE2, &icc)), before);
}
