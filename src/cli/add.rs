//! `boekje add`, `erbij`: a new text from a form with friendly questions.

use super::paper::{write_free, write_new};
use super::refusal::Refusal;
use super::screen::Screen;
use super::speech::Speech;
use super::{day, folder};
use crate::kind;
use crate::lang::{Lang, fill};
use crate::model::Kind;
use crate::pipeline::{self, Request};
use crate::problem::Failure;
use crate::text::slug;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// What to add.
#[derive(Debug, Args)]
pub(super) struct Wish {
    /// What it is.
    #[arg(value_enum, ignore_case = true)]
    kind: New,
    /// Its title.
    title: String,
    /// The folder of texts.
    #[arg(long, alias = "map")]
    dir: Option<PathBuf>,
}

/// The kinds that have a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum New {
    Tip,
    #[value(alias = "verhaal")]
    Story,
    Plan,
    #[value(aliases = ["pagina", "bladzijde"])]
    Page,
    /// No text: a copy of the theme, to change.
    #[value(alias = "thema")]
    Theme,
}

impl New {
    /// Returns the kind of text; `None` for a theme.
    fn kind(self) -> Option<Kind> {
        Some(match self {
            New::Tip => Kind::Tip,
            New::Story => Kind::Story,
            New::Plan => Kind::Plan,
            New::Page => Kind::Page,
            New::Theme => return None,
        })
    }

    fn form(self, dutch: bool) -> &'static str {
        match (self, dutch) {
            (New::Tip, true) => include_str!("forms/nl/tip.md"),
            (New::Tip, false) => include_str!("forms/en/tip.md"),
            (New::Story, true) => include_str!("forms/nl/story.md"),
            (New::Story, false) => include_str!("forms/en/story.md"),
            (New::Plan, true) => include_str!("forms/nl/plan.md"),
            (New::Plan, false) => include_str!("forms/en/plan.md"),
            (New::Page, true) => include_str!("forms/nl/page.md"),
            (New::Page, false) => include_str!("forms/en/page.md"),
            (New::Theme, _) => "",
        }
    }
}

/// Writes the form, and says where it is.
pub(super) fn run(wish: &Wish, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    let texts = folder::texts(wish.dir.as_deref())?;
    let lang = site_lang(&texts, speech);
    let dutch = lang.primary() == "nl";
    let title = wish.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let today = lang.day(day::today());
    let text = fill(wish.kind.form(dutch), &[("title", &title), ("today", &today)]);
    let Some(kind) = wish.kind.kind() else {
        return theme(&texts, &title, &lang, screen);
    };
    let home = home(&texts, kind, dutch);
    let name = name(&title, kind);
    let path = write_free(&home, &name, &text)?;
    let first = home.join(format!("{name}.md"));
    let key = if path == first { "add.done" } else { "add.again" };
    let (path, first) = (path.display().to_string(), first.display().to_string());
    screen.say(&lang.terminal().say(key, &[("path", &path), ("first", &first)]));
    Ok(0)
}

/// Writes a copy of the theme into `themes/` among the texts, and says how to use it.
fn theme(texts: &Path, title: &str, lang: &Lang, screen: &Screen) -> Result<u8, Refusal> {
    let name = Some(slug(title)).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| "thema".to_string());
    let home = texts.join("themes").join(&name);
    if home.exists() {
        return Err(Failure::refused("exists", &home).into());
    }
    for (path, text) in crate::theme::copy(&name) {
        write_new(&home.join(path), &text)?;
    }
    let path = home.display().to_string();
    screen.say(&lang.terminal().say("add.theme", &[("path", &path), ("name", &name)]));
    Ok(0)
}

/// Returns the language of the site, for the form and for what we say.
fn site_lang(texts: &Path, speech: &Speech) -> Lang {
    let request = Request {
        dir: texts.to_path_buf(),
        today: day::today(),
        search: false,
        booklets: false,
        hints: false,
    };
    match pipeline::check(&request) {
        Ok(report) => speech.for_site(&report.library.settings.lang),
        // A folder without texts yet: this is the first.
        Err(_) => speech.lang(),
    }
}

/// Returns the folder for texts of a kind: the one that is there, else the one in the
/// site's language.
fn home(texts: &Path, kind: Kind, dutch: bool) -> PathBuf {
    let names = kind::row(kind).folders;
    let there = names.iter().map(|name| texts.join(name)).find(|path| path.is_dir());
    let fresh = if dutch { names.first() } else { names.last() };
    there.unwrap_or_else(|| fresh.map_or(texts.to_path_buf(), |name| texts.join(name)))
}

/// Returns the name of the file, without its extension.
fn name(title: &str, kind: Kind) -> String {
    let name = slug(title);
    if name.is_empty() { kind::row(kind).typed[0].to_string() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_that_is_there_wins() {
        let folder = tempfile::tempdir().expect("a folder");
        let texts = folder.path();
        assert_eq!(home(texts, Kind::Story, true), texts.join("verhalen"));
        assert_eq!(home(texts, Kind::Story, false), texts.join("stories"));
        std::fs::create_dir(texts.join("stories")).expect("a folder");
        assert_eq!(home(texts, Kind::Story, true), texts.join("stories"));
        assert_eq!(home(texts, Kind::Page, true), texts);
    }

    #[test]
    fn any_title_gives_a_name() {
        assert_eq!(name("Kom terug!", Kind::Tip), "kom-terug");
        assert_eq!(name("?!", Kind::Story), "verhaal");
        assert_eq!(name("../../etc/passwd", Kind::Page), "etc-passwd");
    }

    #[test]
    fn forms_ask_and_leave_no_gap() {
        for new in [New::Tip, New::Story, New::Plan, New::Page] {
            for dutch in [true, false] {
                let values = [("title", "T"), ("today", "1-1-2026")];
                let text = fill(new.form(dutch), &values);
                assert!(text.contains('?') && text.contains("<!--"), "{new:?}");
                assert!(!text.contains('{'), "{new:?}: {text}");
            }
        }
    }
}
