//! In which sizes and formats a picture leaves. Depends on its facts only, so that pages
//! can name the files before they are made.
//!
//! Entry: [`renditions`].

use super::facts::{Facts, Format};

/// The widths a page asks for: a telephone, a column, a column on a sharp screen.
const WIDTHS: [u32; 3] = [480, 960, 1600];
/// WebP knows no side above 16 383 pixels; a scroll of a drawing is made to fit.
const MAX_HEIGHT: u32 = 16_000;

/// One file made from a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `webp`, `jpg`, `png` or `svg`.
    pub extension: &'static str,
    /// Its media type.
    pub mime: &'static str,
    /// What comes after the name of the picture: `-480.webp`, `-960.jpg`, `.svg`.
    pub suffix: String,
}

/// Lists the files made from a picture: WebP from narrow to wide, then, for browsers that
/// do not know WebP, one or two as JPEG or PNG. A drawing in lines is one SVG.
pub fn renditions(facts: &Facts) -> Vec<Rendition> {
    if facts.format == Format::Svg {
        return vec![Rendition {
            width: facts.width,
            height: facts.height,
            extension: "svg",
            mime: "image/svg+xml",
            suffix: ".svg".to_owned(),
        }];
    }
    let own = widest(facts);
    let widths: Vec<u32> =
        WIDTHS.into_iter().filter(|width| *width < own).chain([own]).collect();
    let (extension, mime) = if facts.transparent || facts.flat {
        ("png", "image/png")
    } else {
        ("jpg", "image/jpeg")
    };
    let plain = widths.iter().filter(|width| **width == 960 || **width == own);
    let webp = widths.iter().map(|width| one(facts, *width, "webp", "image/webp"));
    webp.chain(plain.map(|width| one(facts, *width, extension, mime))).collect()
}

/// Its own width, or the widest we make.
fn widest(facts: &Facts) -> u32 {
    let (width, height) = (u64::from(facts.width), u64::from(facts.height));
    let fits = if height > u64::from(MAX_HEIGHT) {
        width * u64::from(MAX_HEIGHT) / height
    } else {
        width
    };
    u32::try_from(fits).unwrap_or(u32::MAX).clamp(1, 1600)
}

fn one(
    facts: &Facts,
    width: u32,
    extension: &'static str,
    mime: &'static str,
) -> Rendition {
    let whole = u64::from(facts.width.max(1));
    let height = (u64::from(facts.height) * u64::from(width) + whole / 2) / whole;
    let height = u32::try_from(height).unwrap_or(MAX_HEIGHT).clamp(1, MAX_HEIGHT);
    let suffix = format!("-{width}.{extension}");
    Rendition { width, height, extension, mime, suffix }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts(width: u32, height: u32, format: Format) -> Facts {
        Facts {
            width,
            height,
            format,
            metadata: false,
            cleaned: false,
            transparent: false,
            flat: false,
        }
    }

    fn suffixes(facts: &Facts) -> Vec<String> {
        renditions(facts).into_iter().map(|one| one.suffix).collect()
    }

    #[test]
    fn a_photo_leaves_in_three_widths_and_two_fallbacks() {
        assert_eq!(
            suffixes(&facts(4000, 3000, Format::Jpeg)),
            ["-480.webp", "-960.webp", "-1600.webp", "-960.jpg", "-1600.jpg"]
        );
        assert_eq!(
            suffixes(&facts(700, 500, Format::Jpeg)),
            ["-480.webp", "-700.webp", "-700.jpg"]
        );
        assert_eq!(
            suffixes(&facts(960, 500, Format::Jpeg)),
            ["-480.webp", "-960.webp", "-960.jpg"]
        );
    }

    #[test]
    fn a_small_drawing_keeps_its_own_width() {
        let drawing = Facts { transparent: true, ..facts(32, 32, Format::Png) };
        assert_eq!(suffixes(&drawing), ["-32.webp", "-32.png"]);
        assert_eq!(suffixes(&facts(30, 20, Format::Svg)), [".svg"]);
    }

    proptest! {
        #[test]
        fn no_rendition_is_wider_than_the_picture_or_empty(w in 1u32..30_000, h in 1u32..30_000) {
            let list = renditions(&facts(w, h, Format::Jpeg));
            prop_assert!(list.iter().all(|one| one.width <= w && one.width <= 1600));
            prop_assert!(list.iter().all(|one| one.width > 0 && one.height > 0));
            prop_assert!(list.iter().all(|one| one.height <= 16_000));
            let mut names: Vec<_> = list.iter().map(|one| &one.suffix).collect();
            names.dedup();
            prop_assert_eq!(names.len(), list.len());
        }
    }
}
