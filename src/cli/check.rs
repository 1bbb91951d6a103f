//! `boekje check`, `controle`: all problems, nothing written.

use super::refusal::Refusal;
use super::report::{Closed, Counts, count};
use super::screen::Screen;
use super::speech::Speech;
use super::{day, folder, inside};
use crate::lang::Lang;
use crate::pipeline::{self, Report, Request};
use crate::problem::{Problem, Severity, github, json, once, terminal};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What to check, and how to show it.
#[derive(Debug, Args)]
pub(super) struct Wish {
    /// The folder of texts.
    dir: Option<PathBuf>,
    /// One JSON object.
    #[arg(long)]
    json: bool,
    /// How to show it.
    #[arg(long, alias = "vorm", value_enum, conflicts_with = "json")]
    format: Option<Format>,
    /// Also what is only good to know.
    #[arg(long, alias = "alles")]
    all: bool,
    /// The day to check for.
    #[arg(long, alias = "datum")]
    date: Option<String>,
}

/// For whom problems are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// People.
    #[value(alias = "tekst")]
    Text,
    /// Programs.
    Json,
    /// GitHub's list of notes beside a change.
    Github,
}

/// Checks, and says what was seen. 1 when something stays inside.
pub(super) fn run(wish: &Wish, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    let report = pipeline::check(&Request {
        dir: folder::texts(wish.dir.as_deref())?,
        today: day::day(wish.date.as_deref(), speech)?,
        search: false,
        booklets: false,
        hints: true,
    })?;
    let lang = speech.for_site(&report.library.settings.lang);
    let sources = &report.library.sources;
    let format =
        if wish.json { Format::Json } else { wish.format.unwrap_or(Format::Text) };
    screen.say(&match format {
        Format::Text => text(&report, wish.all, &lang, screen),
        // Programs choose for themselves: they get everything, with its weight.
        Format::Json => {
            json::json(&report.problems, sources, &lang, report.library.texts.len())
        }
        Format::Github => {
            github::github(&loud(&report.problems, wish.all), sources, &lang)
        }
    });
    Ok(u8::from(Counts::of(&report.problems, &Closed::default()).stops > 0))
}

fn loud(problems: &[Problem], all: bool) -> Vec<Problem> {
    let least = if all { Severity::Quiet } else { Severity::Hint };
    problems.iter().filter(|problem| problem.severity() >= least).cloned().collect()
}

fn text(report: &Report, all: bool, lang: &Lang, screen: &Screen) -> String {
    let sources = &report.library.sources;
    let problems = once(&report.problems, sources, lang);
    let shown = loud(&problems, all);
    let mut text = terminal::show(&shown, sources, lang, screen.colour);
    if !text.is_empty() {
        text.push('\n');
    }
    let counts = Counts::of(&problems, &Closed::of(report));
    let texts = count(report.library.texts.len(), "texts", lang);
    let inside = inside::counted(report, lang).into_iter().collect();
    let rest = counts.sentence(inside, lang);
    let done = lang.terminal().say("check.done", &[("texts", &texts), ("rest", &rest)]);
    let mut lines = vec![screen.bold(&done)];
    lines.extend(inside::whole(report, &problems, lang));
    if !shown.is_empty() {
        lines.push(lang.terminal().get("check.explain").into());
    }
    text + &lines.join("\n")
}
