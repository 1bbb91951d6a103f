//! Floor 1: pictures, bytes to clean bytes. No disk, no addresses.
//!
//! [`inspect`] says what a picture is and refuses what browsers cannot show; [`renditions`]
//! says in which sizes and formats it leaves; [`make`] makes them: turned upright, without
//! any metadata.

/// What a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Width in pixels after turning upright; for drawings the width of the view box.
    pub width: u32,
    /// Height in pixels after turning upright.
    pub height: u32,
    /// Its format.
    pub format: Format,
    /// Whether metadata (place, date, device, thumbnails, comments) was in it.
    pub metadata: bool,
    /// Whether a drawing held scripts or outside references, which do not leave.
    pub cleaned: bool,
}

/// Formats browsers know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Photos.
    Jpeg,
    /// Drawings and screenshots in pixels.
    Png,
    /// Drawings in lines.
    Svg,
    /// Anything else we can decode; leaves as JPEG or PNG.
    Other,
}

/// Why a picture is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// HEIC or AVIF from a telephone: browsers do not know it, or we cannot read it.
    Heic,
    /// Not whole.
    Broken,
    /// More pixels than we open: could be made to fill the memory.
    TooLarge,
    /// No picture at all.
    Unknown,
}
/// One file made from a picture. A stand-in: the room replaces it whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Width in pixels.
    pub width: u32,
    /// `webp`, `jpg`, `png` or `svg`.
    pub extension: &'static str,
    /// What comes after the name of the picture.
    pub suffix: String,
}

/// Lists the files made from a picture. A stand-in: the room replaces it whole.
pub fn renditions(_facts: &Facts) -> Vec<Rendition> {
    Vec::new()
}
