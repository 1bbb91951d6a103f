//! Booklets: what `print` makes, and what `build` puts beside the site.
//!
//! Each channel has an edition of its own: who tells a story may say yes to paper and no to
//! an e-book, and what can be had from the site holds nothing that may not stand there.

use super::{Offer, Report, Request, Step, outside, read, theme};
use crate::compose::{self, Edition, One, Public, Withheld};
use crate::files;
use crate::lang::Lang;
use crate::load::Loaded;
use crate::model::{Kind, Library};
use crate::output::print::{self, Booklet, Form, Format, ReaderCard};
use crate::output::{Download, SharePicture};
use crate::problem::{Failure, Problem, add_new};
use crate::text::Address;
use crate::theme::Theme;
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

/// What printing did.
#[derive(Debug)]
pub struct Printed {
    /// What was read and noticed.
    pub report: Report,
    /// The booklets, without their bytes, in order.
    pub files: Vec<print::Printed>,
}

/// Makes booklets of a folder into `out`: in the formats asked for, or, when none is, in
/// those the texts ask for. Without a text that asks for a booklet there is one of
/// everything.
pub fn print(
    request: &Request,
    out: &Path,
    wanted: &[Format],
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Printed, Failure> {
    outside(&request.dir, out)?;
    // Writing keeps one output a folder: booklets in the folder of a site would end it.
    if out.join("index.html").exists() {
        return Err(Failure::refused("print-in-site", out));
    }
    progress(Step::Reading);
    let Loaded { library, mut problems } = read(&request.dir)?;
    let (theme, noticed) = theme(&library, &request.dir);
    problems.extend(noticed);
    progress(Step::Printing);
    let wish = Wish { wanted, at_site: false };
    let mut made = wish.make(&library, request.today, &theme);
    add_new(&mut problems, made.problems);
    let mut files = files::Files::default();
    for one in &mut made.files {
        let bytes = std::mem::take(&mut one.bytes);
        files.add(Address::new(&one.name), move || Ok(bytes.clone()));
    }
    let written = files::write(&files, out, &|done, total| {
        progress(if done < total { Step::Making { done, total } } else { Step::Writing });
    })?;
    problems.extend(written.problems);
    let withheld = made.withheld;
    Ok(Printed { report: Report { library, problems, withheld }, files: made.files })
}

/// Makes empty forms to fill in by pen into `out`, in a language; in the theme of the texts
/// in `dir`, when there are any.
pub fn forms(
    dir: Option<&Path>,
    out: &Path,
    wanted: &[Form],
    lang: &Lang,
    today: Date,
) -> Result<Vec<print::Printed>, Failure> {
    if out.join("index.html").exists() {
        return Err(Failure::refused("print-in-site", out));
    }
    if let Some(dir) = dir {
        outside(dir, out)?;
    }
    // The texts tell the theme only: none of their words stands in an empty form.
    let site = dir.and_then(|dir| Some((dir, read(dir).ok()?.library)));
    let (theme, _) = match &site {
        Some((dir, library)) => theme(library, dir),
        None => Theme::load(crate::theme::BUILT_IN, None),
    };
    let mut library = Library::default();
    library.settings.lang = Form::lang(lang);
    let composed = compose::on_paper(&library, today, false);
    let mut run = print::forms(&composed.edition, &theme, wanted);
    let mut files = files::Files::default();
    for one in &mut run.files {
        let bytes = std::mem::take(&mut one.bytes);
        files.add(Address::new(&one.name), move || Ok(bytes.clone()));
    }
    files::write(&files, out, &|_, _| {})?;
    Ok(run.files)
}

/// Sets the card of a reader on paper, in the theme of the texts in `dir`. What was noticed
/// is added to `problems`.
pub fn reader_card(
    library: &Library,
    dir: &Path,
    lang: &Lang,
    today: Date,
    card: &ReaderCard,
    problems: &mut Vec<Problem>,
) -> Option<Vec<u8>> {
    let (theme, mut noticed) = theme(library, dir);
    problems.append(&mut noticed);
    // The texts tell the theme only: none of their words stands on a card.
    let mut none = Library::default();
    none.settings.lang = lang.clone();
    let composed = compose::on_paper(&none, today, false);
    print::reader_card(&composed.edition, &theme, card, problems)
}

/// Tells whether any text asks for a booklet.
pub(super) fn wanted(library: &Library) -> bool {
    library.all().any(|text| text.kind == Kind::Booklet)
}

/// Makes the booklets that texts ask for, to stand beside the site; `taken` tells which
/// addresses are not free.
pub(super) fn downloads(
    library: &Library,
    today: Date,
    theme: &Theme,
    taken: &dyn Fn(&Address) -> bool,
    problems: &mut Vec<Problem>,
) -> Vec<Download> {
    let wish = Wish { wanted: &[], at_site: true };
    let made = wish.make(library, today, theme);
    add_new(problems, made.problems);
    let free = |one: Download| match taken(&one.address) {
        // A file of somebody's own goes first.
        true => {
            let address = Address::new(&format!("boekje/{}", one.address.as_str()));
            Download { address, ..one }
        }
        false => one,
    };
    made.files.into_iter().filter_map(download).map(free).collect()
}

/// Makes what one reader of a plan may take along: the formats that the plan asks for, of
/// the parts that this reader may read.
pub(super) fn to_take_along(
    edition: &Edition<'_, One>,
    theme: &Theme,
    problems: &mut Vec<Problem>,
) -> Vec<Download> {
    let Some(wanted) = print::plan(edition) else { return Vec::new() };
    let run = print::print(edition, theme, &[wanted]);
    problems.extend(run.problems);
    run.files.into_iter().filter_map(download).collect()
}

/// Tells whether a plan asks for something to take along.
pub(super) fn is_asked(edition: &Edition<'_, One>) -> bool {
    print::plan(edition).is_some()
}

fn download(one: print::Printed) -> Option<Download> {
    Some(Download {
        booklet: one.page?,
        address: Address::new(&one.name),
        format: one.format.name(),
        pages: one.pages,
        bytes: Arc::new(one.bytes),
    })
}

/// Lets go of what the typesetter keeps of older texts: a preview stands for days.
pub(super) fn tidy() {
    print::tidy();
}

/// Returns the pictures to share that a site wants.
pub(super) fn share_pictures<'a>(
    edition: &Edition<'a, Public>,
    theme: &'a Theme,
) -> Vec<SharePicture<'a>> {
    print::share_pictures(edition, theme)
}

/// Returns what is noticed about the booklets that texts ask for.
pub(super) fn noticed(library: &Library, theme: &Theme, today: Date) -> Vec<Problem> {
    if !wanted(library) {
        return Vec::new();
    }
    let composed = compose::on_paper(library, today, false);
    let booklets = print::booklets(&composed.edition);
    let mut noticed = composed.problems;
    noticed.extend(print::notice(&composed.edition, theme, &booklets));
    if booklets.iter().any(|one| one.asked().contains(&Format::Epub)) {
        add_new(&mut noticed, compose::as_ebook(library, today, false).problems);
    }
    noticed
}

/// Returns what booklets there are to look at: those that texts ask for, or one of
/// everything.
pub(super) fn offers(library: &Library, today: Date) -> Vec<Offer> {
    let composed = compose::on_paper(library, today, false);
    let wish = Wish { wanted: &[], at_site: false };
    let asked = wish.asked(&composed.edition);
    let of = |(booklet, formats): &(Booklet<'_>, Vec<Format>)| -> Vec<Offer> {
        let offer = |format: &Format| Offer {
            name: format.file(&booklet.slug),
            title: booklet.title.clone(),
            format: format.name(),
        };
        formats.iter().map(offer).collect()
    };
    asked.iter().flat_map(of).collect()
}

/// Makes one of the booklets that are offered; `None` when there is none of that name.
pub(super) fn offered(
    library: &Library,
    theme: &Theme,
    today: Date,
    name: &str,
) -> Option<Vec<u8>> {
    let composed = compose::on_paper(library, today, false);
    let of_name =
        |booklet: &Booklet<'_>, format: &Format| format.file(&booklet.slug) == name;
    let wish = Wish { wanted: &[], at_site: false };
    let (slug, format) =
        wish.asked(&composed.edition).into_iter().find_map(|(booklet, all)| {
            let format = all.into_iter().find(|format| of_name(&booklet, format))?;
            Some((booklet.slug, format))
        })?;
    let formats = [format];
    let wish = Wish { wanted: &formats, at_site: false };
    let mut made = wish.make_some(library, today, theme, Some(&slug));
    let at = made.files.iter().position(|one| one.name == name)?;
    Some(made.files.swap_remove(at).bytes)
}

/// What booklets to make.
struct Wish<'w> {
    /// In which formats; none: those the texts ask for.
    wanted: &'w [Format],
    /// Whether they can be had from the site.
    at_site: bool,
}

/// What was made.
struct Made {
    files: Vec<print::Printed>,
    problems: Vec<Problem>,
    withheld: Vec<Withheld>,
}

impl Wish<'_> {
    fn make(&self, library: &Library, today: Date, theme: &Theme) -> Made {
        self.make_some(library, today, theme, None)
    }

    /// Makes all booklets, or the one of a name.
    fn make_some(
        &self,
        library: &Library,
        today: Date,
        theme: &Theme,
        slug: Option<&str>,
    ) -> Made {
        let wanted = |one: &(Booklet<'_>, _)| slug.is_none_or(|slug| one.0.slug == slug);
        let composed = compose::on_paper(library, today, self.at_site);
        let mut asked = self.asked(&composed.edition);
        asked.retain(wanted);
        let mut run = print::print(&composed.edition, theme, &asked);
        let mut problems = composed.problems;
        add_new(&mut problems, run.problems);
        if self.wants_ebooks(&asked) {
            let composed = compose::as_ebook(library, today, self.at_site);
            let mut asked = self.asked(&composed.edition);
            asked.retain(wanted);
            let books = print::ebooks(&composed.edition, theme, &asked, &run.pages);
            add_new(&mut problems, composed.problems);
            add_new(&mut problems, books.problems);
            run.files.extend(books.files);
        }
        Made { files: run.files, problems, withheld: composed.withheld }
    }

    fn wants_ebooks(&self, asked: &[(Booklet<'_>, Vec<Format>)]) -> bool {
        self.wanted.contains(&Format::Epub)
            || asked.iter().any(|(_, formats)| formats.contains(&Format::Epub))
    }

    /// Returns the booklets of an edition with their formats.
    fn asked<'e, R>(
        &self,
        edition: &'e Edition<'e, R>,
    ) -> Vec<(Booklet<'e>, Vec<Format>)> {
        let mut booklets = print::booklets(edition);
        if booklets.is_empty() && !self.at_site {
            booklets.push(print::whole(edition));
        }
        booklets.retain(|booklet| !booklet.is_empty());
        let with_formats = |booklet: Booklet<'e>| match self.wanted {
            [] => {
                let asked = booklet.asked();
                (booklet, asked)
            }
            wanted => (booklet, wanted.to_vec()),
        };
        booklets.into_iter().map(with_formats).collect()
    }
}
