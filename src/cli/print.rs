//! `boekje print`, `druk`: makes the booklets on paper.

use super::progress::Progress;
use super::refusal::Refusal;
use super::report::count;
use super::screen::Screen;
use super::speech::Speech;
use super::{day, folder};
use crate::lang::Lang;
use crate::output::print::{Form, Format, Printed};
use crate::pipeline::{self, Request};
use crate::problem::{Problem, Severity, terminal};
use clap::Args;
use std::path::{Path, PathBuf};

/// What to print.
#[derive(Debug, Args)]
pub(super) struct Wish {
    /// The folder of texts.
    dir: Option<PathBuf>,
    /// Where the booklets go.
    #[arg(long, alias = "uit")]
    out: Option<PathBuf>,
    /// Which editions, with commas between them.
    #[arg(long, alias = "uitgave", value_delimiter = ',')]
    edition: Vec<String>,
    /// Also as A5 with bleed and crop marks, for a print shop.
    #[arg(long, alias = "afloop")]
    bleed: bool,
    /// An empty form to fill in by pen.
    #[arg(long, alias = "leeg", value_delimiter = ',')]
    empty: Vec<String>,
    /// For one reader of a plan: the parts that are theirs, in a folder of their own.
    #[arg(long, alias = "lezer", conflicts_with = "empty")]
    reader: Option<String>,
    /// The day to print for.
    #[arg(long, alias = "datum")]
    date: Option<String>,
}

/// Prints, and says what came out.
pub(super) fn run(wish: &Wish, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    if !wish.empty.is_empty() {
        return forms(wish, speech, screen);
    }
    let request = Request {
        dir: folder::texts(wish.dir.as_deref())?,
        today: day::day(wish.date.as_deref(), speech)?,
        search: false,
        booklets: false,
        hints: false,
    };
    let wanted = formats(wish, &speech.lang())?;
    let progress = Progress::new(screen, speech.lang());
    let show = |step| progress.show(step);
    let printed = match &wish.reader {
        Some(reader) => {
            pipeline::print_for(&request, reader, wish.out.as_deref(), &wanted, &show)
        }
        None => {
            let out = wish.out.clone().unwrap_or_else(|| PathBuf::from("druk"));
            pipeline::print(&request, &out, &wanted, &show).map(|printed| (out, printed))
        }
    };
    progress.end();
    let (out, printed) = printed?;
    let lang = speech.for_site(&printed.report.library.settings.lang);
    let shown: Vec<Problem> = printed
        .report
        .problems
        .iter()
        .filter(|problem| problem.severity() >= Severity::HeadsUp)
        .cloned()
        .collect();
    let sources = &printed.report.library.sources;
    let mut text = terminal::show(&shown, sources, &lang, screen.colour);
    if !text.is_empty() {
        text.push('\n');
    }
    if printed.files.is_empty() {
        text.push_str(lang.terminal().get("print.nothing"));
    } else {
        text.push_str(&made(&printed.files, &out, &lang));
        if let Some(reader) = &wish.reader {
            text.push_str(&lang.terminal().say("print.for-reader", &[("n", reader)]));
        }
    }
    screen.say(text.trim_end());
    Ok(u8::from(printed.files.is_empty()))
}

/// Returns the editions that are asked for. For one reader there is no e-book.
fn formats(wish: &Wish, lang: &Lang) -> Result<Vec<Format>, Refusal> {
    let has = |one: &Format| wish.reader.is_none() || *one != Format::Epub;
    let all = || Format::all().filter(has).map(Format::name).collect();
    let read = |name: &str| Format::read(name).filter(has);
    let mut wanted = names(&wish.edition, read, all, lang)?;
    if wish.bleed && !wanted.contains(&Format::Bleed) {
        wanted.push(Format::Bleed);
    }
    Ok(wanted)
}

/// Makes empty forms, and says which.
fn forms(wish: &Wish, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    let lang = speech.lang();
    let out = wish.out.clone().unwrap_or_else(|| PathBuf::from("formulieren"));
    let today = day::day(wish.date.as_deref(), speech)?;
    let forms = names(&wish.empty, Form::read, || Form::names().collect(), &lang)?;
    // Without texts the forms come in the theme that is in the program.
    let dir = folder::texts(wish.dir.as_deref());
    let dir = if wish.dir.is_some() { Some(dir?) } else { dir.ok() };
    let files = pipeline::forms(dir.as_deref(), &out, &forms, &lang, today)?;
    screen.say(made(&files, &out, &lang).trim_end());
    Ok(u8::from(files.is_empty()))
}

/// Returns what was made, a line each.
fn made(files: &[Printed], out: &Path, lang: &Lang) -> String {
    let words = lang.terminal();
    let mut text = String::new();
    for one in files {
        let path = out.join(&one.name).display().to_string();
        text.push_str(&match one.pages {
            Some(pages) => {
                let pages = count(pages, "pages", lang);
                words.say("print.file", &[("path", &path), ("pages", &pages)])
            }
            None => words.say("print.ebook", &[("path", &path)]),
        });
        text.push('\n');
    }
    text
}

/// Reads names as typed.
fn names<T>(
    typed: &[String],
    read: impl Fn(&str) -> Option<T>,
    all: impl Fn() -> Vec<&'static str>,
    lang: &Lang,
) -> Result<Vec<T>, Refusal> {
    let typed = typed.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
    let one = |name: &str| {
        read(name).ok_or_else(|| {
            let list = all().join(", ");
            let words = lang.terminal();
            Refusal::Words(words.say("words.value", &[("x", name), ("list", &list)]))
        })
    };
    typed.map(one).collect()
}
