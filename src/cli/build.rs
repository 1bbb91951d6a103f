//! `boekje build`, `bouw`: makes the site.

use super::progress::Progress;
use super::refusal::Refusal;
use super::report::{Counts, count};
use super::screen::Screen;
use super::speech::Speech;
use super::{day, folder};
use crate::lang::Lang;
use crate::pipeline::{self, Built, Request};
use crate::problem::{Problem, Severity, terminal};
use clap::Args;
use std::path::{Path, PathBuf};

/// What to build.
#[derive(Debug, Args)]
pub(super) struct Wish {
    /// The folder of texts.
    dir: Option<PathBuf>,
    /// Where the site goes.
    #[arg(long, alias = "uit", default_value = "public")]
    out: PathBuf,
    /// Leaves the search index out.
    #[arg(long, alias = "zonder-zoeken")]
    no_search: bool,
    /// The day to build for.
    #[arg(long, alias = "datum")]
    date: Option<String>,
}

/// Builds, and says what came out.
pub(super) fn run(wish: &Wish, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    let request = Request {
        dir: folder::texts(wish.dir.as_deref())?,
        today: day::day(wish.date.as_deref(), speech)?,
        search: !wish.no_search,
        hints: false,
    };
    let progress = Progress::new(screen, speech.lang());
    let built = pipeline::build(&request, &wish.out, &|step| progress.show(step));
    progress.end();
    let built = built?;
    let lang = speech.for_site(&built.report.library.settings.lang);
    screen.say(&text(&built, &wish.out, &lang, screen));
    Ok(u8::from(!built.published))
}

/// Returns what to look at, and how it went.
fn text(built: &Built, out: &Path, lang: &Lang, screen: &Screen) -> String {
    let report = &built.report;
    let shown: Vec<Problem> = report
        .problems
        .iter()
        .filter(|problem| problem.severity() >= Severity::HeadsUp)
        .cloned()
        .collect();
    let mut text = terminal::show(&shown, &report.library.sources, lang, screen.colour);
    if !text.is_empty() {
        text.push('\n');
    }
    text + &summary(built, out, lang, screen)
}

/// Returns the closing lines: how much was made, what stayed inside, how to open it.
fn summary(built: &Built, out: &Path, lang: &Lang, screen: &Screen) -> String {
    let counts = Counts::of(&built.report.problems);
    let inside = match built.withheld {
        0 => None,
        number if number == counts.stories => Some(count(number, "stories-inside", lang)),
        number => Some(count(number, "texts-inside", lang)),
    };
    let done = lang.terminal().say(
        "build.done",
        &[
            ("pages", &count(built.pages, "pages", lang)),
            ("rest", &counts.sentence(inside.into_iter().collect(), lang)),
        ],
    );
    if !built.published {
        return screen.bold(lang.terminal().get("build.not-published"));
    }
    let files = lang.terminal().say(
        "build.files",
        &[
            ("written", &built.written.to_string()),
            ("unchanged", &built.unchanged.to_string()),
            ("deleted", &built.deleted.to_string()),
        ],
    );
    let home = out.join("index.html").display().to_string();
    let mut lines = vec![screen.bold(&done), files];
    if counts.hints > 0 {
        lines.push(lang.terminal().get("build.hints").into());
    }
    lines.push(lang.terminal().say("build.open", &[("path", &home)]));
    lines.join("\n")
}
