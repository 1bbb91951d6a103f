//! From pixels to bytes. The encoders get pixels and nothing else, work in one thread and
//! give the same bytes for the same pixels.
//!
//! Entry: [`encode`].

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use super::canvas::Canvas;
use super::facts::Refusal;

/// How good a lossy WebP is, of 100.
const WEBP_QUALITY: f32 = 78.0;
/// How good a JPEG is, of 100.
const JPEG_QUALITY: u8 = 82;
/// Trying lossless too takes time: only for drawings up to this many pixels.
const LOSSLESS_PIXELS: u64 = 600_000;

/// Encodes the canvas; `extension` is that of a [`super::rendition::Rendition`].
pub(super) fn encode(
    canvas: &Canvas,
    extension: &str,
    flat: bool,
) -> Result<Vec<u8>, Refusal> {
    match extension {
        "webp" => webp(canvas, flat),
        "png" => png(canvas),
        _ => jpeg(canvas),
    }
}

fn webp(canvas: &Canvas, flat: bool) -> Result<Vec<u8>, Refusal> {
    let (width, height) = canvas.size();
    let encoder = match canvas {
        Canvas::Opaque(pixels) => webp::Encoder::from_rgb(pixels, width, height),
        Canvas::Alpha(pixels) => webp::Encoder::from_rgba(pixels, width, height),
    };
    let lossy =
        encoder.encode_simple(false, WEBP_QUALITY).map_err(|_| Refusal::Broken)?;
    if flat && u64::from(width) * u64::from(height) <= LOSSLESS_PIXELS {
        let lossless = encoder.encode_simple(true, 75.0).map_err(|_| Refusal::Broken)?;
        if lossless.len() <= lossy.len() {
            return Ok(lossless.to_vec());
        }
    }
    Ok(lossy.to_vec())
}

fn png(canvas: &Canvas) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(
        &mut bytes,
        CompressionType::Default,
        FilterType::Adaptive,
    );
    let (width, height) = canvas.size();
    let kind = match canvas {
        Canvas::Opaque(_) => ExtendedColorType::Rgb8,
        Canvas::Alpha(_) => ExtendedColorType::Rgba8,
    };
    encoder
        .write_image(canvas.samples(), width, height, kind)
        .map_err(|_| Refusal::Broken)?;
    Ok(bytes)
}

fn jpeg(canvas: &Canvas) -> Result<Vec<u8>, Refusal> {
    // A JPEG has no room for what shines through; what we send here has none.
    let Canvas::Opaque(pixels) = canvas else { return Err(Refusal::Broken) };
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY)
        .write_image(pixels, pixels.width(), pixels.height(), ExtendedColorType::Rgb8)
        .map_err(|_| Refusal::Broken)?;
    Ok(bytes)
}
