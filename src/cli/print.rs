//! `boekje print`, `druk`: makes the booklets on paper.

use super::progress::Progress;
use super::refusal::Refusal;
use super::screen::Screen;
use super::speech::Speech;
use super::{day, folder};
use crate::lang::Lang;
use crate::pipeline::{self, Request};
use crate::problem::{Problem, Severity, terminal};
use clap::Args;
use std::path::PathBuf;

/// What to print.
#[derive(Debug, Args)]
pub(super) struct Wish {
    /// The folder of texts.
    dir: Option<PathBuf>,
    /// Where the booklets go.
    #[arg(long, alias = "uit", default_value = "druk")]
    out: PathBuf,
    /// Which editions, with commas between them.
    #[arg(long, alias = "uitgave", value_delimiter = ',')]
    edition: Vec<String>,
    /// The day to print for.
    #[arg(long, alias = "datum")]
    date: Option<String>,
}

/// Prints, and says what came out.
pub(super) fn run(wish: &Wish, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    let request = Request {
        dir: folder::texts(wish.dir.as_deref())?,
        today: day::day(wish.date.as_deref(), speech)?,
        search: false,
        booklets: false,
        hints: false,
    };
    let wanted = formats(&wish.edition, &speech.lang())?;
    let progress = Progress::new(screen, speech.lang());
    let printed =
        pipeline::print(&request, &wish.out, &wanted, &|step| progress.show(step));
    progress.end();
    let printed = printed?;
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
    let words = lang.terminal();
    for one in &printed.files {
        let path = wish.out.join(&one.name).display().to_string();
        text.push_str(&match one.pages {
            Some(pages) => {
                let pages = pages.to_string();
                words.say("print.file", &[("path", &path), ("n", &pages)])
            }
            None => words.say("print.ebook", &[("path", &path)]),
        });
        text.push('\n');
    }
    if printed.files.is_empty() {
        text.push_str(words.get("print.nothing"));
    }
    screen.say(text.trim_end());
    Ok(u8::from(printed.files.is_empty()))
}

/// Reads the names of editions; none: what the booklet asks for.
fn formats(
    typed: &[String],
    lang: &Lang,
) -> Result<Vec<crate::output::print::Format>, Refusal> {
    use crate::output::print::Format;
    let mut formats = Vec::new();
    for name in typed.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        match Format::read(name) {
            Some(format) => formats.push(format),
            None => {
                let list: Vec<&str> = Format::all().map(Format::name).collect();
                let list = list.join(", ");
                let sentence =
                    lang.terminal().say("words.value", &[("x", name), ("list", &list)]);
                return Err(Refusal::Words(sentence));
            }
        }
    }
    Ok(formats)
}
