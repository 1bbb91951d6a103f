//! The press: booklets and formats go in, finished files come out.
//!
//! [`print`] sets them on paper, [`ebooks`] makes them for e-readers, [`notice`] only
//! tells what would be noticed.

use super::book::Book;
use super::card::ReaderCard;
use super::epub::{self, OfPaper};
use super::form::Form;
use super::format::Format;
use super::order::Booklet;
use super::paper::FORM;
use super::pictures::{Pictures, pictures};
use super::typeset::{Manuscript, Typeset, typeset};
use super::world::Fonts;
use super::{cards, fridge, front, impose, text};
use crate::compose::{Edition, EntryId};
use crate::output::html::Shared;
use crate::problem::{Code, Problem, Where, add_new};
use crate::text::{Address, Span};
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::sync::Arc;
use typst::foundations::Bytes;

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Its name: `samen-verder-large.pdf`.
    pub name: String,
    /// Title of the booklet.
    pub title: String,
    /// The page of the text that asks for it; `None` for a booklet of everything.
    pub page: Option<Address>,
    /// What it is.
    pub format: Format,
    /// Number of pages; `None` for an e-book, which has as many as the screen makes of it.
    pub pages: Option<usize>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Returns what would be noticed while writing these booklets (D02, T03), without setting them.
pub fn notice<R>(
    edition: &Edition<'_, R>,
    theme: &Theme,
    booklets: &[Booklet<'_>],
) -> Vec<Problem> {
    let fonts = Fonts::read(theme.print().fonts().into_iter());
    let shared = Shared::new(edition);
    let pictures = Pictures::default();
    let mut problems = Vec::new();
    for booklet in booklets {
        let paper = Format::A5.paper();
        let book =
            Book::new(edition, booklet, paper, theme, &fonts, &shared, &pictures.shown);
        manuscript(&book, &pictures, Format::A5);
        problems.extend(booklet.unknown());
        problems.extend(letters_missing(&book.missing.borrow()));
    }
    problems
}

/// What e-books have of A5 booklets, by the slug of the booklet.
pub type Pages = BTreeMap<String, OfPaper>;

/// What one run of the press made.
#[derive(Debug, Default)]
pub struct Run {
    /// The files.
    pub files: Vec<Printed>,
    /// What was noticed: D01, D02, M02, T03.
    pub problems: Vec<Problem>,
    /// The pages of booklets that are also wanted as e-books.
    pub pages: Pages,
}

/// Makes booklets in the formats asked for, in the order of both; of e-books only their
/// pages.
pub fn print<R>(
    edition: &Edition<'_, R>,
    theme: &Theme,
    wanted: &[(Booklet<'_>, Vec<Format>)],
) -> Run {
    let press = Press::new(edition, theme, wanted);
    let mut run = Run::default();
    for (booklet, formats) in wanted {
        add_new(&mut run.problems, booklet.unknown());
        let mut a5: Option<Typeset> = None;
        for &format in formats {
            let mut noticed = Vec::new();
            let made = press.make(edition, booklet, format, &mut a5, &mut noticed);
            add_new(&mut run.problems, noticed);
            if format == Format::Epub {
                let paper = made.map(|a5| a5.of_paper(booklet.parts.len()));
                run.pages.insert(booklet.slug.clone(), paper.unwrap_or_default());
                continue;
            }
            run.files.extend(made.map(|made| Printed {
                name: format.file(&booklet.slug),
                title: booklet.title.clone(),
                page: booklet.entry.map(|entry| entry.address.clone()),
                format,
                pages: Some(made.document.pages().len()),
                bytes: made.pdf,
            }));
        }
    }
    run
}

/// Makes e-books of the booklets that want one; `pages` are those of the A5.
pub fn ebooks<R>(
    edition: &Edition<'_, R>,
    theme: &Theme,
    wanted: &[(Booklet<'_>, Vec<Format>)],
    pages: &Pages,
) -> Run {
    let press = Press::new(edition, theme, wanted);
    let none = OfPaper::default();
    let mut run = Run::default();
    for (booklet, formats) in wanted {
        if !formats.contains(&Format::Epub) {
            continue;
        }
        let book = press.book(edition, booklet, Format::Epub);
        let paper = pages.get(&booklet.slug).unwrap_or(&none);
        match epub::epub(&book, edition, &press.pictures, paper) {
            Some(bytes) => run.files.push(Printed {
                name: Format::Epub.file(&booklet.slug),
                title: booklet.title.clone(),
                page: booklet.entry.map(|entry| entry.address.clone()),
                format: Format::Epub,
                pages: None,
                bytes,
            }),
            None => run.problems.push(
                Problem { code: Code::D01, place: Where::Folder, args: Vec::new() }
                    .with("t", booklet.title.clone())
                    .with("x", "4 GB"),
            ),
        }
    }
    run
}

/// Makes empty forms to fill in by pen, in the language of the edition.
pub fn forms<R>(edition: &Edition<'_, R>, theme: &Theme, forms: &[Form]) -> Run {
    let press = Press::new(edition, theme, &[]);
    let lang = &edition.settings().lang;
    let mut run = Run::default();
    for form in forms {
        let booklet = Booklet {
            slug: form.slug(lang),
            title: form.title(lang).to_string(),
            ..super::whole(edition)
        };
        let pictures = &press.pictures.shown;
        let (fonts, shared) = (&press.fonts, &press.shared);
        let book = Book::new(edition, &booklet, FORM, theme, fonts, shared, pictures);
        let main = Some(form.sheet(&book));
        let Some(manuscript) = press.sheet(&book, Format::A5, main) else { continue };
        let mut noticed = Vec::new();
        let made = typeset(&manuscript, theme, fonts, &mut noticed);
        add_new(&mut run.problems, noticed);
        run.files.extend(made.map(|made| Printed {
            name: Format::A5.file(&booklet.slug),
            title: booklet.title.clone(),
            page: None,
            format: Format::A5,
            pages: Some(made.document.pages().len()),
            bytes: made.pdf,
        }));
    }
    run
}

/// Sets the card of a reader, in the language of the edition. What was noticed is added to
/// `problems`: M02 when the theme stumbles and ours is used, D01 when there is no card.
pub fn reader_card<R>(
    edition: &Edition<'_, R>,
    theme: &Theme,
    card: &ReaderCard,
    problems: &mut Vec<Problem>,
) -> Option<Vec<u8>> {
    let press = Press::new(edition, theme, &[]);
    let booklet = Booklet { title: card.go.clone(), ..super::whole(edition) };
    let (fonts, shared) = (&press.fonts, &press.shared);
    let pictures = &press.pictures.shown;
    let book = Book::new(edition, &booklet, FORM, theme, fonts, shared, pictures);
    let main = Some(card.sheet(&book));
    let manuscript = press.sheet(&book, Format::Crisis, main)?;
    typeset(&manuscript, theme, fonts, problems).map(|made| made.pdf)
}

/// What all booklets of a run share.
struct Press<'e> {
    theme: &'e Theme,
    fonts: Arc<Fonts>,
    shared: Shared<'e>,
    pictures: Pictures,
}

impl<'e> Press<'e> {
    fn new<R>(
        edition: &'e Edition<'_, R>,
        theme: &'e Theme,
        wanted: &[(Booklet<'_>, Vec<Format>)],
    ) -> Press<'e> {
        Press {
            theme,
            fonts: Arc::new(Fonts::read(theme.print().fonts().into_iter())),
            shared: Shared::new(edition),
            pictures: pictures(edition, wanted.iter().map(|(booklet, _)| booklet)),
        }
    }

    fn book<'b, R>(
        &'b self,
        edition: &'b Edition<'b, R>,
        booklet: &'b Booklet<'b>,
        format: Format,
    ) -> Book<'b> {
        let (theme, pictures) = (self.theme, &self.pictures.shown);
        let paper = format.paper();
        Book::new(edition, booklet, paper, theme, &self.fonts, &self.shared, pictures)
    }

    /// Makes one format; `None` when there is nothing to put on it. The A5 is kept: the
    /// sheets are made of its pages, and an e-book tells them.
    fn make<R>(
        &self,
        edition: &Edition<'_, R>,
        booklet: &Booklet<'_>,
        format: Format,
        a5: &mut Option<Typeset>,
        problems: &mut Vec<Problem>,
    ) -> Option<Typeset> {
        let book = self.book(edition, booklet, format);
        if matches!(format, Format::Sheets | Format::Epub) && a5.is_none() {
            *a5 = self.make(edition, booklet, Format::A5, &mut None, problems);
        }
        let manuscript = match format {
            Format::A5 | Format::Large | Format::Bleed => {
                Some(manuscript(&book, &self.pictures, format))
            }
            Format::Sheets => a5.as_ref().map(|a5| self.sheets(&book, a5)),
            Format::Fridge => self.sheet(&book, format, fridge::main(&book)),
            Format::Cards => self.sheet(&book, format, cards::cards(&book)),
            Format::Crisis => self.sheet(&book, format, cards::crisis(&book)),
            Format::Epub => return a5.clone(),
        };
        problems.extend(letters_missing(&book.missing.borrow()));
        let made = typeset(&manuscript?, self.theme, &self.fonts, problems);
        if format == Format::A5 {
            a5.clone_from(&made);
        }
        made
    }

    /// A file that has no chapters.
    fn sheet(
        &self,
        book: &Book<'_>,
        format: Format,
        main: Option<String>,
    ) -> Option<Manuscript> {
        let settings = front::settings(book);
        Some(Manuscript {
            sources: vec![("main.typ".into(), main?), ("settings.typ".into(), settings)],
            files: self.pictures.files.clone(),
            ident: format!("{} ({})", book.booklet.title, format.name()),
            today: book.today,
            reading: format.is_for_reading(),
        })
    }

    fn sheets(&self, book: &Book<'_>, a5: &Typeset) -> Manuscript {
        let sides = impose::order(a5.document.pages().len(), book.booklet.lang.is_rtl());
        let words = book.words(book.booklet.lang);
        let count = (sides.len() / 2).to_string();
        let steps = ["sheets-print", "sheets-fold", "sheets-staple"];
        let steps: Vec<String> = steps
            .iter()
            .map(|key| words.say(&format!("booklet.{key}"), &[("n", &count)]))
            .map(|step| book.literal(&step))
            .collect();
        let title = book.literal(words.get("booklet.sheets"));
        let main = impose::sheets(&sides, &title, &steps);
        Manuscript {
            sources: vec![
                ("main.typ".into(), main),
                ("settings.typ".into(), front::settings(book)),
            ],
            files: vec![("booklet.pdf".into(), Bytes::new(a5.pdf.clone()))],
            ident: format!("{} ({})", book.booklet.title, Format::Sheets.name()),
            today: book.today,
            reading: false,
        }
    }
}

fn manuscript(book: &Book<'_>, pictures: &Pictures, format: Format) -> Manuscript {
    let mut sources = Vec::new();
    let mut chapters: Vec<(EntryId, String)> = Vec::new();
    for (at, (id, entry)) in book.texts().enumerate() {
        let path = format!("text/{at:04}.typ");
        sources.push((path.clone(), text::chapter(book, id, entry)));
        chapters.push((id, path));
    }
    sources.push(("settings.typ".into(), front::settings(book)));
    sources.push(("main.typ".into(), front::main(book, &chapters)));
    Manuscript {
        sources,
        files: pictures.files.clone(),
        ident: format!("{} ({})", book.booklet.title, format.name()),
        today: book.today,
        reading: format.is_for_reading(),
    }
}

fn letters_missing(missing: &BTreeMap<char, Span>) -> Vec<Problem> {
    let problem = |(letter, span): (&char, &Span)| {
        let mut problem = Problem::at(Code::T03, *span)
            .with("x", letter.to_string())
            .with("u", format!("U+{:04X}", u32::from(*letter)));
        if *span == Span::default() {
            problem.place = Where::Folder;
        }
        problem
    };
    missing.iter().map(problem).collect()
}
