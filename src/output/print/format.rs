//! The formats a booklet comes in: their names, file names and papers.

use super::paper::{self, Paper};

/// What can be made of a booklet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A5: on screen, and for the printer.
    A5,
    /// A5 pages two on an A4, for the office printer and the stapler.
    Sheets,
    /// A4 with large letters.
    Large,
    /// The agreements of a plan on one page, and one for each person.
    Fridge,
    /// Tip cards, eight on an A4.
    Cards,
    /// A card for when things go less well, folding to the size of a bank card.
    Crisis,
    /// A5 with colour beyond the edge and marks to cut along, for a print shop.
    Bleed,
    /// For e-readers and telephones: EPUB.
    Epub,
}

/// Names as typed, what stands behind the name of the booklet, the paper.
const ROWS: [(Format, &[&str], &str, Paper); 8] = [
    (Format::A5, &["a5"], ".pdf", paper::A5),
    (Format::Sheets, &["sheets", "vellen", "nieten"], "-sheets.pdf", paper::A5),
    (Format::Large, &["large", "groot", "grote letters"], "-large.pdf", paper::LARGE),
    (Format::Fridge, &["fridge", "koelkast"], "-fridge.pdf", paper::FRIDGE),
    (Format::Cards, &["cards", "kaarten", "kaartjes"], "-cards.pdf", paper::CARDS),
    (Format::Crisis, &["crisis", "crisiskaart"], "-crisis.pdf", paper::CRISIS),
    (Format::Bleed, &["bleed", "afloop", "drukker"], "-bleed.pdf", paper::CUT),
    (Format::Epub, &["epub", "e-boek", "e-book", "ebook", "eboek"], ".epub", paper::A5),
];

impl Format {
    /// Returns all of them.
    pub fn all() -> impl Iterator<Item = Format> {
        ROWS.iter().map(|row| row.0)
    }

    /// Returns the name people type.
    pub fn name(self) -> &'static str {
        self.row().1.first().copied().unwrap_or_default()
    }

    /// Reads a name as typed, English or Dutch.
    pub fn read(typed: &str) -> Option<Format> {
        let typed = crate::text::fold(typed.trim());
        ROWS.iter().find(|row| row.1.contains(&typed.as_str())).map(|row| row.0)
    }

    /// Takes a list of names apart, as people type it: `A5, epub en kaartjes`.
    pub(super) fn list(typed: &str) -> impl Iterator<Item = String> {
        let typed = crate::text::fold(typed).replace(" en ", ",").replace(" and ", ",");
        let names: Vec<String> = typed
            .split([',', ';', '+', '&', '/'])
            .map(|name| name.trim().to_string())
            .filter(|name| !name.is_empty())
            .collect();
        names.into_iter()
    }

    /// Returns the name of its file for a booklet.
    pub fn file(self, slug: &str) -> String {
        format!("{slug}{}", self.row().2)
    }

    /// Returns its paper.
    pub(super) fn paper(self) -> Paper {
        self.row().3
    }

    /// Tells whether it is for reading, also for who listens; the others are for a
    /// printer.
    pub(super) fn is_for_reading(self) -> bool {
        self != Format::Sheets
    }

    fn row(self) -> &'static (Format, &'static [&'static str], &'static str, Paper) {
        // Rows stand in the order of the formats; a test holds that.
        &ROWS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_its_row_and_its_names() {
        for (at, row) in ROWS.iter().enumerate() {
            assert_eq!(row.0 as usize, at);
            for name in row.1 {
                assert_eq!(Format::read(name), Some(row.0), "{name}");
            }
        }
        assert_eq!(Format::read("Koelkast "), Some(Format::Fridge));
        assert_eq!(Format::read("a4"), None);
        let typed: Vec<String> = Format::list("A5, epub en kaartjes;").collect();
        assert_eq!(typed, ["a5", "epub", "kaartjes"]);
    }
}
