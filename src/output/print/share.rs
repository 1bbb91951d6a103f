//! Pictures to share: what other sites show beside a link to a text (Open Graph).
//!
//! One page a text, made by the function `share` of the theme from its title, what it is,
//! and the title of the site; no words of the text itself. All pages are set in one go,
//! when the first is asked for, and drawn one by one.

use super::apart::Apart;
use super::book::Book;
use super::front;
use super::order::whole;
use super::paper::SHARE;
use super::typeset::{Manuscript, draw, pages};
use super::world::Fonts;
use crate::compose::{Edition, Entry, Public};
use crate::output::SharePicture;
use crate::output::html::Shared;
use crate::problem::{Code, Problem, Where};
use crate::text::{Address, Span};
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use typst_layout::PagedDocument;

/// Where the pictures stand on the site; in messages they are called by it.
const FOLDER: &str = "deelplaatje/";

/// Returns a picture to share for each text with a page of its own and none that it
/// brings, for a site that wants them; each is made when it is asked for. D01 or M02 when
/// that cannot be done.
pub fn share_pictures<'a>(
    edition: &Edition<'a, Public>,
    theme: &'a Theme,
) -> Vec<SharePicture<'a>> {
    if !edition.settings().share_pictures {
        return Vec::new();
    }
    let entries: Vec<&Entry<'_>> =
        edition.entries().filter(|entry| entry.image.is_none()).collect();
    let fonts = Arc::new(Fonts::read(theme.print().fonts().into_iter()));
    let set = Arc::new(Set {
        manuscript: manuscript(edition, theme, &fonts, &entries),
        theme,
        fonts,
        count: entries.len(),
        pages: Apart::default(),
    });
    let picture = |(at, entry): (usize, &&Entry<'_>)| {
        let set = Arc::clone(&set);
        let page = entry.address.clone();
        let name = page.as_str().trim_end_matches(".html");
        let address = Address::new(&format!("{FOLDER}{name}.png"));
        SharePicture { page, address, make: Arc::new(move || set.draw(at)) }
    };
    entries.iter().enumerate().map(picture).collect()
}

/// All pictures of a site, set once.
struct Set<'a> {
    manuscript: Manuscript,
    theme: &'a Theme,
    fonts: Arc<Fonts>,
    /// How many texts get a picture.
    count: usize,
    pages: Apart<Result<PagedDocument, Problem>>,
}

impl Set<'_> {
    fn draw(&self, at: usize) -> Result<Vec<u8>, Problem> {
        let document = self.pages.get_or_make(|| self.set());
        let document = document.ok_or_else(|| undone("share()"))?;
        let document = document.as_ref().map_err(Clone::clone)?;
        let page = document.pages().get(at);
        page.and_then(|page| draw(page, 1)).ok_or_else(|| undone("share() → PNG"))
    }

    fn set(&self) -> Result<PagedDocument, Problem> {
        let mut problems = Vec::new();
        let made = pages(&self.manuscript, self.theme, &self.fonts, &mut problems);
        let made =
            made.ok_or_else(|| problems.pop().unwrap_or_else(|| undone("share()")))?;
        match made.pages().len() {
            // With another number a text would get the picture of its neighbour.
            count if count == self.count => Ok(made),
            count => Err(undone(&format!("share() × {} → {count}", self.count))),
        }
    }
}

/// Says that the pictures did not come out; `said` is in the words of the typesetter, as
/// there is nothing else to tell it by.
fn undone(said: &str) -> Problem {
    Problem { code: Code::D01, place: Where::Folder, args: Vec::new() }
        .with("t", FOLDER)
        .with("x", said)
}

fn manuscript(
    edition: &Edition<'_, Public>,
    theme: &Theme,
    fonts: &Fonts,
    entries: &[&Entry<'_>],
) -> Manuscript {
    let (booklet, shared, none) = (whole(edition), Shared::new(edition), BTreeMap::new());
    let book = Book::new(edition, &booklet, SHARE, theme, fonts, &shared, &none);
    let site = book.literal(&edition.settings().title);
    let mut main = String::from("#import \"/theme.typ\" as t\n#{\n");
    for entry in entries {
        let title =
            super::literal::literal(&book.printable(&entry.title, Span::default()));
        let kicker = book.kicker(entry).map_or("none".into(), |said| book.literal(&said));
        let (lang, region) = super::writer::tag(entry.lang);
        let _ = writeln!(
            main,
            "t.share({title}, {kicker}, {site}, lang: \"{lang}\", region: {region}, rtl: {})",
            entry.lang.is_rtl(),
        );
    }
    main.push_str("}\n");
    Manuscript {
        sources: vec![
            ("main.typ".into(), main),
            ("settings.typ".into(), front::settings(&book)),
        ],
        files: Vec::new(),
        ident: FOLDER.into(),
        today: edition.today(),
        reading: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose;
    use crate::model::Library;

    fn site(wanted: bool, file: &str) -> Library {
        let mut library = crate::load::read_bytes(&[
            ("tips/kom.md", file.as_bytes()),
            ("foto.md", b"beeld: stoel.png\n\n# Met een foto\n"),
        ])
        .library;
        library.settings.share_pictures = wanted;
        library
    }

    #[test]
    fn every_text_without_a_picture_has_one_to_share() {
        let (theme, _) = Theme::load(crate::theme::BUILT_IN, None);
        let long = "Een hele lange titel \u{2067}مرحبا\u{2069} \"#panic()\" ".repeat(40);
        for title in ["Kom terug", "", &long] {
            let library = site(true, &format!("# {title}\n\nTekst.\n"));
            let composed = compose::public(&library, jiff::civil::date(2026, 6, 1));
            let shares = share_pictures(&composed.edition, &theme);
            let places: Vec<&str> =
                shares.iter().map(|one| one.address.as_str()).collect();
            assert!(places.contains(&"deelplaatje/tips/kom.png"), "{places:?}");
            for one in &shares {
                let bytes = (one.make)().unwrap();
                let facts = crate::picture::inspect(&bytes).unwrap();
                assert_eq!((facts.width, facts.height), (1200, 630), "{title:?}");
                assert_eq!(bytes, (one.make)().unwrap(), "the same every time");
            }
        }
    }

    #[test]
    fn who_does_not_ask_gets_none() {
        let (theme, _) = Theme::load(crate::theme::BUILT_IN, None);
        let library = site(false, "# Kom terug\n");
        let composed = compose::public(&library, jiff::civil::date(2026, 6, 1));
        assert!(share_pictures(&composed.edition, &theme).is_empty());
    }
}
