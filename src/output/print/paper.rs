//! The papers a booklet is printed on, and how much fits on them.

/// A paper, with the sizes of type that go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paper {
    /// Name in theme files: `a5`, `large`.
    pub(super) name: &'static str,
    /// What stands before the names of its sizes in `theme.toml`.
    pub(super) prefix: &'static str,
    /// Width in millimetres.
    pub(super) width: u32,
    /// Height in millimetres.
    pub(super) height: u32,
    /// Letters on a line of a table.
    pub(super) line: usize,
    /// Letters up to which a card stays whole on a page.
    pub(super) short: usize,
    /// Width of the text in millimetres.
    pub(super) measure: u32,
    /// Colour beyond the edge in millimetres, for a printer who cuts.
    pub(super) bleed: u32,
}

/// A5: reading on screen, and the printer.
pub(super) const A5: Paper = Paper {
    name: "a5",
    prefix: "",
    width: 148,
    height: 210,
    line: 66,
    short: 700,
    measure: 115,
    bleed: 0,
};

/// A5 that a printer cuts.
pub(super) const CUT: Paper = Paper { bleed: 3, ..A5 };

/// A4 with large letters: low vision.
pub(super) const LARGE: Paper = Paper {
    name: "large",
    prefix: "large-",
    width: 210,
    height: 297,
    line: 54,
    short: 420,
    measure: 168,
    bleed: 0,
};

/// A4 for the fridge: to be read from across the kitchen.
pub(super) const FRIDGE: Paper = Paper { name: "fridge", ..LARGE };

/// A4 that is cut into eight cards.
pub(super) const CARDS: Paper = Paper { name: "cards", ..LARGE };

/// A4 that folds to the size of a bank card.
pub(super) const CRISIS: Paper = Paper { name: "crisis", prefix: "", ..LARGE };

/// A4 to fill in by pen.
pub(super) const FORM: Paper = Paper { name: "form", prefix: "", ..LARGE };

/// A picture of a text that other sites show beside a link: 1200 × 630 points, one pixel
/// each (Open Graph).
pub(super) const SHARE: Paper = Paper { name: "share", prefix: "", ..LARGE };

impl Paper {
    /// Returns how wide a picture is shown, in millimetres: no wider than it is sharp, no
    /// higher than two thirds of a page.
    pub(super) fn picture_width(&self, width: u32, height: u32, drawing: bool) -> u32 {
        let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
        // About five pixels a millimetre look sharp enough on paper.
        let sharp = if drawing { u64::MAX } else { (width / 5).max(20) };
        let high = u64::from(self.height) * 55 / 100;
        let fits = high.saturating_mul(width) / height;
        u64::from(self.measure).min(sharp).min(fits).max(5) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_fits_the_page_and_stays_sharp() {
        assert_eq!(A5.picture_width(4000, 3000, false), 115);
        assert_eq!(A5.picture_width(300, 200, false), 60);
        assert_eq!(A5.picture_width(30, 20, true), 115);
        assert!(A5.picture_width(100, 100_000, false) >= 5);
        assert!(A5.picture_width(1000, 2000, false) < 60);
    }
}
