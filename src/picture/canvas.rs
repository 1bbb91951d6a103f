//! Pixels in memory: eight bits a colour, three or four colours a pixel.
//!
//! What we make is made from a [`Canvas`] only, which has no room for metadata.

use std::borrow::Cow;
use std::collections::HashSet;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage, RgbaImage};

use super::facts::Refusal;

/// With more colours than this it is a photo.
const FEW_COLOURS: usize = 4096;

/// Pixels, red green blue, and how much shines through.
#[derive(Debug, Clone)]
pub(super) enum Canvas {
    /// Nothing shines through.
    Opaque(RgbImage),
    /// Something may.
    Alpha(RgbaImage),
}

impl Canvas {
    /// Takes the pixels of a decoded picture.
    pub(super) fn from_image(image: DynamicImage) -> Self {
        if image.color().has_alpha() {
            Self::Alpha(image.into_rgba8())
        } else {
            Self::Opaque(image.into_rgb8())
        }
    }

    /// Width and height.
    pub(super) fn size(&self) -> (u32, u32) {
        match self {
            Self::Opaque(pixels) => pixels.dimensions(),
            Self::Alpha(pixels) => pixels.dimensions(),
        }
    }

    /// The samples, row by row.
    pub(super) fn samples(&self) -> &[u8] {
        match self {
            Self::Opaque(pixels) => pixels.as_raw(),
            Self::Alpha(pixels) => pixels.as_raw(),
        }
    }

    /// Whether something shines through anywhere.
    pub(super) fn is_transparent(&self) -> bool {
        match self {
            Self::Opaque(_) => false,
            Self::Alpha(pixels) => pixels.pixels().any(|pixel| pixel.0[3] < 255),
        }
    }

    /// Whether it has the few colours of a drawing.
    pub(super) fn has_few_colours(&self) -> bool {
        let step = if matches!(self, Self::Alpha(_)) { 4 } else { 3 };
        let mut seen: HashSet<&[u8]> = HashSet::new();
        let mut last: &[u8] = &[];
        for pixel in self.samples().chunks_exact(step) {
            if pixel != last {
                seen.insert(pixel);
                last = pixel;
                if seen.len() > FEW_COLOURS {
                    return false;
                }
            }
        }
        true
    }

    /// The same picture in another size.
    pub(super) fn resized(
        &self,
        width: u32,
        height: u32,
    ) -> Result<Cow<'_, Self>, Refusal> {
        if self.size() == (width, height) {
            return Ok(Cow::Borrowed(self));
        }
        let kind = match self {
            Self::Opaque(_) => PixelType::U8x3,
            Self::Alpha(_) => PixelType::U8x4,
        };
        let (w, h) = self.size();
        let source = ImageRef::new(w, h, self.samples(), kind).map_err(broken)?;
        let mut target = Image::new(width, height, kind);
        Resizer::new().resize(&source, &mut target, None).map_err(broken)?;
        Self::from_samples(kind == PixelType::U8x4, width, height, target.into_vec())
            .map(Cow::Owned)
    }

    /// The same picture in another size, without a copy when it has that size already.
    pub(super) fn into_resized(self, width: u32, height: u32) -> Result<Self, Refusal> {
        if self.size() == (width, height) {
            return Ok(self);
        }
        Ok(self.resized(width, height)?.into_owned())
    }

    /// The same picture with other samples, for a change of colours.
    pub(super) fn with_samples(&self, samples: Vec<u8>) -> Option<Self> {
        let (width, height) = self.size();
        Self::from_samples(matches!(self, Self::Alpha(_)), width, height, samples).ok()
    }

    fn from_samples(
        alpha: bool,
        width: u32,
        height: u32,
        samples: Vec<u8>,
    ) -> Result<Self, Refusal> {
        if alpha {
            RgbaImage::from_raw(width, height, samples).map(Self::Alpha)
        } else {
            RgbImage::from_raw(width, height, samples).map(Self::Opaque)
        }
        .ok_or(Refusal::Broken)
    }

    /// Wipes the colours of pixels that are not seen. Who erases a face in a drawing
    /// program often only makes it transparent: the face is still in the file.
    pub(super) fn without_hidden(mut self) -> Self {
        if let Self::Alpha(pixels) = &mut self {
            for pixel in pixels.pixels_mut().filter(|pixel| pixel.0[3] == 0) {
                pixel.0 = [0; 4];
            }
        }
        self
    }

    /// Forgets what shines through.
    pub(super) fn opaque(self) -> Self {
        match self {
            Self::Alpha(_) => {
                let image = DynamicImage::from(self);
                Self::Opaque(image.into_rgb8())
            }
            opaque => opaque,
        }
    }

    /// Turns the picture.
    pub(super) fn turned(self, orientation: Orientation) -> Self {
        if orientation == Orientation::NoTransforms {
            return self;
        }
        let mut image = DynamicImage::from(self);
        image.apply_orientation(orientation);
        Self::from_image(image)
    }
}

impl From<Canvas> for DynamicImage {
    fn from(canvas: Canvas) -> Self {
        match canvas {
            Canvas::Opaque(pixels) => Self::ImageRgb8(pixels),
            Canvas::Alpha(pixels) => Self::ImageRgba8(pixels),
        }
    }
}

fn broken<E>(_: E) -> Refusal {
    Refusal::Broken
}
