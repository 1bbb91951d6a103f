//! From generated code to PDF: compiles, and turns what the typesetter says into problems.
//!
//! A mistake in a theme's own file is told with its place, and the booklet is made with the
//! functions of the built-in theme: there always is a booklet.

use super::epub::{OfPaper, PageNumbers};
use super::world::{BookWorld, Fonts, datetime};
use super::{ends, front};
use crate::problem::{Code, Problem, Where};
use crate::theme::Theme;
use jiff::civil::Date;
use std::sync::Arc;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Content, Label, NativeElement, Smart, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

/// Everything a document is made of.
pub(super) struct Manuscript {
    /// Generated sources: path and code. `main.typ` is the first one read.
    pub(super) sources: Vec<(String, String)>,
    /// Pictures and pages: path and bytes.
    pub(super) files: Vec<(String, Bytes)>,
    /// What tells this document from others, for its identifier.
    pub(super) ident: String,
    /// The day, as handed in.
    pub(super) today: Date,
    /// Whether it is for reading, with all marks for who listens; else for the printer.
    pub(super) reading: bool,
}

/// A finished document.
#[derive(Clone)]
pub(super) struct Typeset {
    pub(super) document: PagedDocument,
    pub(super) pdf: Vec<u8>,
}

impl Typeset {
    /// Returns what an e-book has of these pages.
    pub(super) fn of_paper(&self, parts: usize) -> OfPaper {
        let cover = self.document.pages().first().and_then(cover);
        OfPaper { numbers: self.numbers(parts), cover: cover.unwrap_or_default() }
    }

    /// Returns the page on which each piece of a text begins, and each part.
    fn numbers(&self, parts: usize) -> PageNumbers {
        let introspector = self.document.introspector();
        let page = |place: &Content| introspector.page(place.location()?);
        let mut numbers = PageNumbers::new();
        for one in introspector.query(&MetadataElem::ELEM.select()) {
            let name = one.to_packed::<MetadataElem>().map(|it| it.value.clone());
            if let (Some(Value::Str(name)), Some(page)) = (name, page(&one)) {
                numbers.insert(name.to_string(), page.get());
            }
        }
        for at in 0..parts {
            let name = format!("p{at}");
            let label = Label::new(PicoStr::intern(&name));
            let found = label.and_then(|label| introspector.query_label(label).ok());
            if let Some(page) = found.and_then(page) {
                numbers.insert(name, page.get());
            }
        }
        numbers
    }
}

/// Draws the first page for an e-book. Kept: it seldom changes while somebody writes.
#[comemo::memoize]
fn cover(page: &Page) -> Option<Vec<u8>> {
    draw(page, 2)
}

/// Draws a page as a PNG, with so many pixels a point.
pub(super) fn draw(page: &Page, pixels: u8) -> Option<Vec<u8>> {
    let scale = Scalar::new(f64::from(pixels));
    let options = RenderOptions { pixel_per_pt: scale, render_bleed: false };
    typst_render::render(page, &options).encode_png().ok()
}

/// Makes the PDF. What was noticed is added to `problems`; `None` when there is none.
pub(super) fn typeset(
    manuscript: &Manuscript,
    theme: &Theme,
    fonts: &Arc<Fonts>,
    problems: &mut Vec<Problem>,
) -> Option<Typeset> {
    set(manuscript, theme, fonts, problems, |world| {
        let document = compile(world)?;
        let pdf = typst_pdf::pdf(&document, &options(manuscript))
            .map_err(|errors| errors.to_vec())?;
        Ok(Typeset { document, pdf: ends::clear(pdf) })
    })
}

/// Sets the pages, and makes no PDF of them: for pictures of pages.
pub(super) fn pages(
    manuscript: &Manuscript,
    theme: &Theme,
    fonts: &Arc<Fonts>,
    problems: &mut Vec<Problem>,
) -> Option<PagedDocument> {
    set(manuscript, theme, fonts, problems, compile)
}

/// How many turns of [`tidy`] the typesetter keeps what it did not use again.
const KEPT: usize = 4;

/// Lets go of what the typesetter keeps of pages that were not set for some turns.
pub fn tidy() {
    typst::comemo::evict(KEPT);
}

fn compile(world: &BookWorld) -> Result<PagedDocument, Vec<SourceDiagnostic>> {
    typst::compile::<PagedDocument>(world).output.map_err(|errors| errors.to_vec())
}

/// Makes something with the functions of the theme, and if those cannot, with ours.
fn set<T>(
    manuscript: &Manuscript,
    theme: &Theme,
    fonts: &Arc<Fonts>,
    problems: &mut Vec<Problem>,
    make: impl Fn(&BookWorld) -> Result<T, Vec<SourceDiagnostic>>,
) -> Option<T> {
    let print = theme.print();
    let all = print.functions();
    let built_in: Vec<String> =
        all.iter().filter(|path| !path.starts_with("themes/")).cloned().collect();
    let own = all.len() > built_in.len();
    let mut tries = vec![all];
    if own {
        tries.push(built_in);
    }
    let mut said = String::new();
    for (turn, functions) in tries.iter().enumerate() {
        let world = world(manuscript, theme, fonts, functions)?;
        match make(&world) {
            Ok(made) => return Some(made),
            Err(errors) => {
                let first = errors.first()?;
                said = first.message.to_string();
                if own && turn == 0 {
                    problems.push(mistake(&world, theme, first, functions));
                }
            }
        }
    }
    problems.push(
        Problem { code: Code::D01, place: Where::Folder, args: Vec::new() }
            .with("t", manuscript.ident.clone())
            .with("x", said),
    );
    None
}

fn world(
    manuscript: &Manuscript,
    theme: &Theme,
    fonts: &Arc<Fonts>,
    functions: &[String],
) -> Option<BookWorld> {
    let mut sources = manuscript.sources.clone();
    let mut files = manuscript.files.clone();
    sources.push(("theme.typ".into(), front::functions(functions)));
    for (path, bytes) in theme.print().files() {
        if path.ends_with(".typ") {
            sources.push((path, String::from_utf8_lossy(bytes).into_owned()));
        } else {
            files.push((path, Bytes::new(bytes.to_vec())));
        }
    }
    BookWorld::new(Arc::clone(fonts), "main.typ", sources, files, manuscript.today)
}

fn options(manuscript: &Manuscript) -> PdfOptions {
    let standards: &[PdfStandard] = if manuscript.reading {
        &[PdfStandard::Ua_1, PdfStandard::A_2a]
    } else {
        &[PdfStandard::V_1_7]
    };
    PdfOptions {
        ident: Smart::Custom(manuscript.ident.clone()),
        creator: Smart::Custom(Some("boekje".into())),
        timestamp: datetime(manuscript.today).map(Timestamp::new_utc),
        page_ranges: None,
        standards: PdfStandards::new(standards).unwrap_or_default(),
        tagged: manuscript.reading,
        pretty: false,
    }
}

/// Finds the place in the theme that an error comes from: where it stands, else the
/// nearest call that led to it, else the file as a whole.
fn mistake(
    world: &BookWorld,
    theme: &Theme,
    error: &SourceDiagnostic,
    functions: &[String],
) -> Problem {
    let print = theme.print();
    let calls = error.trace.iter().map(|call| world.place(call.span));
    let mut places = std::iter::once(world.place(error.span)).chain(calls).flatten();
    let found = places.find_map(|(path, line, column)| {
        print.mistake(path, line, column, &error.message)
    });
    let last = functions.last().map(String::as_str).unwrap_or_default();
    found.or_else(|| print.mistake(last, 1, 1, &error.message)).unwrap_or_else(|| {
        Problem { code: Code::M02, place: Where::Folder, args: Vec::new() }
            .with("x", error.message.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_booklet_that_cannot_be_set_is_told_and_nothing_stops() {
        let (theme, _) = Theme::load(crate::theme::BUILT_IN, None);
        let fonts = Arc::new(Fonts::read(theme.print().fonts().into_iter()));
        let set = |code: &str| {
            let manuscript = Manuscript {
                sources: vec![("main.typ".into(), code.into())],
                files: Vec::new(),
                ident: "Proef (a5)".into(),
                today: jiff::civil::date(2026, 6, 1),
                reading: false,
            };
            let mut problems = Vec::new();
            (typeset(&manuscript, &theme, &fonts, &mut problems).is_some(), problems)
        };
        assert_eq!(set("Goed"), (true, Vec::new()));
        let (made, problems) = set("#panic(\"boem\")");
        assert!(!made);
        assert_eq!(problems.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::D01]);
        // No network, no disk.
        assert!(!set("#import \"@preview/cetz:0.3.0\"").0);
        assert!(!set("#read(\"/etc/passwd\")").0);
    }
}
