//! Was something about people in the file, beside its pixels? Only looked at, to be able
//! to tell; nothing of it is ever copied, whatever is found here.
//!
//! Entry: [`look`]. One file per family of formats.

mod blocks;
mod bytes;
mod jpeg;
mod tiff;

use image::ImageFormat;

/// What was seen beside the pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    /// Whether there was metadata: place, date, device, text, thumbnail, a tail.
    pub(super) metadata: bool,
    /// Whether the file has an end. Decoders accept a photo that was cut off and make the
    /// rest grey; for people that is half a photo.
    pub(super) whole: bool,
}

/// Looks through the parts of a file.
pub(super) fn look(bytes: &[u8], format: ImageFormat) -> Seen {
    let metadata = match format {
        ImageFormat::Jpeg => return jpeg::look(bytes),
        ImageFormat::Png => blocks::png(bytes),
        ImageFormat::Gif => blocks::gif(bytes),
        ImageFormat::WebP => blocks::webp(bytes),
        ImageFormat::Bmp => blocks::bmp(bytes),
        _ => tiff::has_metadata(bytes),
    };
    Seen { metadata, whole: true }
}
