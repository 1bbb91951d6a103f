//! The words of this room: what a picture is, and why one is refused.

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
    /// Whether something behind it shines through.
    pub transparent: bool,
    /// Whether it has the few colours of a drawing or a screenshot, not those of a photo.
    pub flat: bool,
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
