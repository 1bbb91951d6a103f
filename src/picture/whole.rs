//! The two things done with a whole picture: looking at it and making it anew.

use image::ImageFormat;

use super::canvas::Canvas;
use super::facts::{Facts, Format, Refusal};
use super::rendition::{Rendition, renditions};
use super::sniff::{self, Content};
use super::{decode, encode, metadata, svg};

/// Says what the picture in `bytes` is, or why it cannot leave.
///
/// The whole picture is decoded: what passes here, [`make`] can make.
pub fn inspect(bytes: &[u8]) -> Result<Facts, Refusal> {
    let format = match sniff::content(bytes)? {
        Content::Drawing => return svg::inspect(bytes),
        Content::Pixels(format) => format,
    };
    let seen = metadata::look(bytes, format);
    if !seen.whole {
        return Err(Refusal::Broken);
    }
    let decoded = decode::decode(bytes, format)?;
    let (width, height) = decoded.upright_size();
    let canvas = Canvas::from_image(decoded.image);
    Ok(Facts {
        width,
        height,
        format: match format {
            ImageFormat::Jpeg => Format::Jpeg,
            ImageFormat::Png => Format::Png,
            _ => Format::Other,
        },
        metadata: seen.metadata,
        cleaned: false,
        transparent: canvas.is_transparent(),
        flat: format != ImageFormat::Jpeg && canvas.has_few_colours(),
    })
}

/// Makes the bytes of every rendition of `facts`, in the order of [`renditions`].
///
/// `facts` is what [`inspect`] said of the same bytes; if the picture has changed since,
/// it is refused as broken.
pub fn make(bytes: &[u8], facts: &Facts) -> Result<Vec<Vec<u8>>, Refusal> {
    let list = renditions(facts);
    let largest = list.iter().max_by_key(|one| one.width).ok_or(Refusal::Broken)?;
    let base = match base(bytes, facts, largest)? {
        Base::Drawing(bytes) => return Ok(vec![bytes]),
        Base::Pixels(canvas) => canvas,
    };
    let mut made: Vec<Vec<u8>> = Vec::with_capacity(list.len());
    for one in &list {
        let canvas = base.resized(one.width, one.height)?;
        made.push(encode::encode(&canvas, one.extension, facts.flat)?);
    }
    Ok(made)
}

/// Makes the bytes of one rendition of `facts`, as [`make`] would.
pub fn make_one(
    bytes: &[u8],
    facts: &Facts,
    one: &Rendition,
) -> Result<Vec<u8>, Refusal> {
    match base(bytes, facts, one)? {
        Base::Drawing(bytes) => Ok(bytes),
        Base::Pixels(canvas) => {
            let canvas = canvas.resized(one.width, one.height)?;
            encode::encode(&canvas, one.extension, facts.flat)
        }
    }
}

/// Tells whether a picture tells more than it shows: place, day, device, a thumbnail.
pub fn tells(bytes: &[u8]) -> bool {
    match sniff::content(bytes) {
        Ok(Content::Pixels(format)) => metadata::look(bytes, format).metadata,
        _ => false,
    }
}

/// What renditions are made from.
enum Base {
    /// A drawing, clean.
    Drawing(Vec<u8>),
    /// Pixels, upright.
    Pixels(Canvas),
}

fn base(bytes: &[u8], facts: &Facts, largest: &Rendition) -> Result<Base, Refusal> {
    let format = match sniff::content(bytes)? {
        Content::Drawing if facts.format == Format::Svg => {
            return svg::clean(bytes).map(|drawing| Base::Drawing(drawing.bytes));
        }
        Content::Pixels(format) if facts.format != Format::Svg => format,
        _ => return Err(Refusal::Broken),
    };
    let decoded = decode::decode(bytes, format)?;
    if decoded.upright_size() != (facts.width, facts.height) {
        return Err(Refusal::Broken);
    }
    decode::upright(decoded, largest.width, largest.height, facts.transparent)
        .map(Base::Pixels)
}
