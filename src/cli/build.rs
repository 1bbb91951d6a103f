//! `boekje build`, `bouw`: makes the site.

use super::progress::Progress;
use super::refusal::Refusal;
use super::report::{Closed, Counts, count};
use super::screen::Screen;
use super::speech::Speech;
use super::{chance, day, folder, inside};
use crate::keys::Place;
use crate::lang::Lang;
use crate::pipeline::{self, Before, Built, Notes, Private, Receipt, Request, Said};
use crate::problem::{Code, Problem, Severity, once, terminal};
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
    /// Leaves the booklets out.
    #[arg(long, alias = "zonder-boekjes")]
    no_booklets: bool,
    /// Makes single files too, for who gets the page by mail; and where.
    #[arg(long, alias = "los", num_args = 0..=1, require_equals = true,
        default_missing_value = "los")]
    single: Option<PathBuf>,
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
        booklets: !wish.no_booklets,
        hints: false,
    };
    let progress = Progress::new(screen, speech.lang());
    // Where there is no place for keys, there are none: nothing is locked.
    let place = Place::find(&request.dir, |name| std::env::var_os(name)).ok();
    let private = Private { keys: place.as_ref(), singles: wish.single.as_deref() };
    // Single files are always made.
    let cache = pipeline::cache(|name| std::env::var_os(name));
    let cache = cache.filter(|_| wish.single.is_none());
    let seen = cache
        .as_ref()
        .and_then(|cache| pipeline::look(&request, place.as_ref(), &wish.out, cache));
    let receipt = seen.as_ref().zip(cache.as_ref()).and_then(|(seen, cache)| {
        let voice = format!("{:?} {:?} {speech:?} {}", wish.dir, wish.out, screen.colour);
        Receipt::new(&request, seen, &wish.out, &voice, cache)
    });
    if let Some(said) = receipt.as_ref().and_then(Receipt::said) {
        screen.say(&said.words);
        return Ok(said.code);
    }
    let show = |step| progress.show(step);
    let notes =
        cache.and_then(|cache| Notes::open(&request.dir, place.as_ref(), &cache, chance));
    let before = seen.map(|seen| Before { seen, notes });
    let built = pipeline::build_with(&request, before, &private, &wish.out, &show);
    progress.end();
    let mut built = built?;
    let lang = speech.for_site(&built.report.library.settings.lang);
    screen.say(&text(&built, &wish.out, &lang, screen));
    let code = u8::from(!built.published || shows_closed(&built.report.problems));
    if let Some((receipt, site)) = receipt.zip(built.site) {
        built.unchanged += std::mem::take(&mut built.written);
        built.deleted = 0;
        let words = text(&built, &wish.out, &lang, screen);
        // Words about a text that changed meanwhile are no words about the one that was read.
        if built.report.library.sources.are_as_read() {
            receipt.keep(&Said { code, words }, &site, &mut chance);
        }
    }
    // The program ends here: ten thousand texts need not be let go of one by one.
    std::mem::forget(built);
    Ok(code)
}

/// Tells whether a page for everybody asks for a picture or file of a closed text. It is
/// left out, and the run is no good one: a script that publishes stops there. What is taken
/// back elsewhere still goes: a picture is no reason to leave that on the web.
fn shows_closed(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.code == Code::R06)
}

/// Returns what to look at, and how it went.
fn text(built: &Built, out: &Path, lang: &Lang, screen: &Screen) -> String {
    let report = &built.report;
    let sources = &report.library.sources;
    let problems = once(&report.problems, sources, lang);
    let mut counts = Counts::of(&problems, &Closed::of(report));
    let hints = std::mem::take(&mut counts.hints) > 0;
    let loud = |problem: &&Problem| problem.severity() >= Severity::HeadsUp;
    let shown: Vec<Problem> = problems.iter().filter(loud).cloned().collect();
    let mut text = terminal::show(&shown, sources, lang, screen.colour);
    if !text.is_empty() {
        text.push('\n');
    }
    if !built.published {
        return text + &screen.bold(lang.terminal().get("build.not-published"));
    }
    let inside = inside::counted(report, lang).into_iter().collect();
    let done = lang.terminal().say(
        "build.done",
        &[
            ("pages", &count(built.pages, "pages", lang)),
            ("rest", &counts.sentence(inside, lang)),
        ],
    );
    let mut lines = vec![screen.bold(&done)];
    lines.extend(inside::short(report, &problems, lang));
    lines.extend(closing(built, out, hints, lang));
    text + &lines.join("\n")
}

/// Returns the last lines: what was written, where the hints are, how to open it.
fn closing(built: &Built, out: &Path, hints: bool, lang: &Lang) -> Vec<String> {
    let words = lang.terminal();
    let home = out.join("index.html").display().to_string();
    let mut lines = vec![words.say(
        "build.files",
        &[
            ("written", &count(built.written, "files", lang)),
            ("unchanged", &built.unchanged.to_string()),
            ("deleted", &built.deleted.to_string()),
        ],
    )];
    if !built.booklets.is_empty() {
        lines.push(words.say("build.booklets", &[("list", &built.booklets.join(", "))]));
    }
    let (plans, readers) = built.locked;
    if plans > 0 {
        let plans = count(plans, "locked", lang);
        let readers = count(readers, "readers", lang);
        let args = [("plans", plans.as_str()), ("readers", &readers)];
        lines.push(words.say("build.locked", &args));
    }
    if built.looked_for > 0 {
        let n = count(built.looked_for, "sought", lang);
        lines.push(words.say("build.looked", &[("n", &n)]));
    }
    for one in &built.singles {
        let path = one.path.display().to_string();
        let args = [
            ("n", one.reader.as_str()),
            ("t", &one.title),
            ("path", &path),
            ("hash", &one.hash),
        ];
        lines.push(words.say("build.single", &args));
    }
    if hints {
        lines.push(words.get("build.hints").into());
    }
    lines.push(words.say("build.open", &[("path", &home)]));
    lines
}
