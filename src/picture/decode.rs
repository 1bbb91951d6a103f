//! From bytes to pixels, within limits that are set before the first pixel is read.
//!
//! Entries: [`decode`] and [`upright`].

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::canvas::Canvas;
use super::colour;
use super::facts::Refusal;

/// The longest side we open.
const MAX_SIDE: u32 = 30_000;
/// The most pixels we open: a camera of 100 megapixels.
const MAX_PIXELS: u64 = 100_000_000;
/// The most memory a decoder may take.
const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// Pixels as they lie in the file, and what to do with them.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The pixels, not yet turned.
    pub(super) image: DynamicImage,
    /// How to turn them upright.
    orientation: Orientation,
    /// The colour profile, if any.
    profile: Option<Vec<u8>>,
}

impl Decoded {
    /// Width and height after turning upright.
    pub(super) fn upright_size(&self) -> (u32, u32) {
        let (width, height) = (self.image.width(), self.image.height());
        if turns(self.orientation) { (height, width) } else { (width, height) }
    }
}

/// Decodes the picture (of an animation: the first frame).
pub(super) fn decode(bytes: &[u8], format: ImageFormat) -> Result<Decoded, Refusal> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Refusal::Broken);
    }
    if width > MAX_SIDE
        || height > MAX_SIDE
        || u64::from(width) * u64::from(height) > MAX_PIXELS
        || decoder.total_bytes() > MAX_BYTES
    {
        return Err(Refusal::TooLarge);
    }
    // A damaged note about turning or colour is no reason to lose the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    Ok(Decoded { image, orientation, profile })
}

/// Shrinks to `width` × `height` (upright), makes the colours sRGB and turns upright: in
/// this order, so that only the first step works on all pixels.
pub(super) fn upright(
    decoded: Decoded,
    width: u32,
    height: u32,
    transparent: bool,
) -> Result<Canvas, Refusal> {
    let Decoded { image, orientation, profile } = decoded;
    let grey = !image.color().has_color();
    let (w, h) = if turns(orientation) { (height, width) } else { (width, height) };
    let canvas = Canvas::from_image(image).into_resized(w, h)?;
    let canvas = match profile {
        Some(profile) if !grey => colour::to_srgb(canvas, &profile),
        _ => canvas,
    };
    let canvas = if transparent { canvas.without_hidden() } else { canvas.opaque() };
    Ok(canvas.turned(orientation))
}

fn turns(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

fn refusal(error: ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::TooLarge,
        _ => Refusal::Broken,
    }
}
