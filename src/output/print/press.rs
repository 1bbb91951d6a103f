//! The press: booklets and formats go in, finished files come out.
//!
//! [`print`] sets them, [`notice`] only tells what would be noticed.

use super::book::Book;
use super::format::Format;
use super::order::Booklet;
use super::pictures::{Pictures, pictures};
use super::typeset::{Manuscript, Typeset, typeset};
use super::world::Fonts;
use super::{cards, fridge, front, impose, text};
use crate::compose::{Edition, EntryId};
use crate::output::html::Shared;
use crate::problem::{Code, Problem, Where};
use crate::text::Span;
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
    /// What it is.
    pub format: Format,
    /// Number of pages.
    pub pages: usize,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Returns what would be noticed while writing these booklets (T03), without setting them.
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
        problems.extend(letters_missing(&book.missing.borrow()));
    }
    problems
}

/// Makes booklets in the formats asked for, in the order of both. Reports T03, M02, D01.
pub fn print<R>(
    edition: &Edition<'_, R>,
    theme: &Theme,
    wanted: &[(Booklet<'_>, Vec<Format>)],
) -> (Vec<Printed>, Vec<Problem>) {
    let press = Press {
        theme,
        fonts: Arc::new(Fonts::read(theme.print().fonts().into_iter())),
        shared: Shared::new(edition),
        pictures: pictures(edition, wanted.iter().map(|(booklet, _)| booklet)),
    };
    let mut printed = Vec::new();
    let mut problems: Vec<Problem> = Vec::new();
    for (booklet, formats) in wanted {
        let mut a5: Option<Typeset> = None;
        for &format in formats {
            let mut noticed = Vec::new();
            let made = press.make(edition, booklet, format, &mut a5, &mut noticed);
            // Two papers of one booklet notice the same.
            for problem in noticed {
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
            printed.extend(made.map(|made| Printed {
                name: format!("{}{}.pdf", booklet.slug, format.suffix()),
                title: booklet.title.clone(),
                format,
                pages: made.document.pages().len(),
                bytes: made.pdf,
            }));
        }
    }
    (printed, problems)
}

/// What all booklets of a run share.
struct Press<'e> {
    theme: &'e Theme,
    fonts: Arc<Fonts>,
    shared: Shared<'e>,
    pictures: Pictures,
}

impl<'e> Press<'e> {
    /// Makes one format; `None` when there is nothing to put on it. The A5 is kept: the
    /// sheets are made of its pages.
    fn make<R>(
        &self,
        edition: &Edition<'_, R>,
        booklet: &Booklet<'_>,
        format: Format,
        a5: &mut Option<Typeset>,
        problems: &mut Vec<Problem>,
    ) -> Option<Typeset> {
        let book = Book::new(
            edition,
            booklet,
            format.paper(),
            self.theme,
            &self.fonts,
            &self.shared,
            &self.pictures.shown,
        );
        let manuscript = match format {
            Format::A5 | Format::Large => Some(manuscript(&book, &self.pictures, format)),
            Format::Sheets => {
                if a5.is_none() {
                    *a5 = self.make(edition, booklet, Format::A5, &mut None, problems);
                }
                a5.as_ref().map(|a5| self.sheets(&book, a5))
            }
            Format::Fridge => self.sheet(&book, format, fridge::main(&book)),
            Format::Cards => self.sheet(&book, format, cards::cards(&book)),
            Format::Crisis => self.sheet(&book, format, cards::crisis(&book)),
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
