//! `boekje reader`, `lezer`: who may open which locked page, and the card, shown once.

use super::card;
use super::refusal::Refusal;
use super::screen::Screen;
use super::speech::Speech;
use super::{chance, day, folder};
use crate::keys::{Change, Open, Place, ReaderKeys, Term};
use crate::lang::Lang;
use crate::lock::{ITERATIONS, NoChance};
use crate::model::{FAMILY, Key, Kind, Library, Text};
#[cfg(feature = "print")]
use crate::output::print::ReaderCard;
use crate::pipeline::{self, Request};
use crate::text::{fold, nearest};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::Path;

/// What to do, and for whom.
#[derive(Debug, Args)]
pub(super) struct Wish {
    /// What to do.
    #[arg(value_enum)]
    deed: Deed,
    /// The folder of texts, and the reader.
    #[arg(num_args = 0..=2)]
    rest: Vec<String>,
    /// The text it is about, when several name this reader.
    #[arg(long)]
    plan: Option<String>,
    /// Makes a link too, that opens without words.
    #[arg(long)]
    link: bool,
    /// The card as a PDF too.
    #[cfg(feature = "print")]
    #[arg(long, alias = "kaart")]
    card: Option<std::path::PathBuf>,
    /// How many words.
    #[arg(long, alias = "woorden")]
    words: Option<String>,
    /// The last day.
    #[arg(long, alias = "tot")]
    until: Option<String>,
}

/// What can be done with a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deed {
    #[value(alias = "erbij")]
    Add,
    #[value(alias = "lijst")]
    List,
    #[value(alias = "intrekken")]
    Revoke,
    #[value(alias = "vernieuwen")]
    Renew,
}

impl Wish {
    /// Returns the folder and the reader, as typed.
    fn parts(&self) -> (Option<&Path>, Option<&str>) {
        match (self.deed, self.rest.as_slice()) {
            (Deed::List, [dir, ..]) => (Some(Path::new(dir)), None),
            (_, [dir, name]) => (Some(Path::new(dir)), Some(name)),
            // A folder and nobody: who it is for is asked.
            (_, [dir]) if is_folder(dir) => (Some(Path::new(dir)), None),
            (_, [name]) => (None, Some(name)),
            _ => (None, None),
        }
    }
}

/// Does it, and says what came of it.
pub(super) fn run(wish: &Wish, speech: &Speech, screen: &Screen) -> Result<u8, Refusal> {
    let (dir, name) = wish.parts();
    let dir = folder::texts(dir)?;
    let typed = dir.display().to_string();
    let place = Place::find(&dir, |name| std::env::var_os(name))?;
    let today = day::today();
    let request = Request { dir, today, search: false, hints: false, booklets: false };
    let library = pipeline::check(&request)?.library;
    let lang = speech.for_site(&library.settings.lang);
    let desk = Desk { wish, library: &library, dir: typed, place, lang, today };
    let said = match (wish.deed, name) {
        (Deed::List, _) => desk.list()?,
        (_, None) => return Err(desk.refuse("who", &[])),
        (Deed::Add | Deed::Renew, Some(name)) => desk.give(name)?,
        (Deed::Revoke, Some(name)) => desk.revoke(name)?,
    };
    screen.say(&said);
    Ok(0)
}

/// A card that is to be set on paper. Nothing is left behind of what did not come out, nor
/// of one for which no keys could be kept.
#[cfg(feature = "print")]
struct Paper {
    file: std::fs::File,
    path: std::path::PathBuf,
    written: bool,
}

#[cfg(feature = "print")]
impl Drop for Paper {
    fn drop(&mut self) {
        if !self.written {
            drop(std::fs::remove_file(&self.path));
        }
    }
}

#[cfg(feature = "print")]
impl Paper {
    /// Sets the card, and says where it is, or why it is not.
    fn set(mut self, desk: &Desk<'_>, words: &ReaderCard) -> String {
        use std::io::Write;
        let (library, texts, lang) = (desk.library, &desk.place.texts, &desk.lang);
        let (today, mut noticed) = (desk.today, Vec::new());
        let made =
            pipeline::reader_card(library, texts, lang, today, words, &mut noticed);
        self.written = made.is_some_and(|pdf| self.file.write_all(&pdf).is_ok());
        let key = if self.written { "card.paper" } else { "card.no-paper" };
        let path = self.path.display().to_string();
        let mut said = vec![lang.terminal().say(key, &[("path", &path)])];
        for mut problem in noticed {
            // A card has no title: it is called by its file.
            problem.args.retain(|(name, _)| *name != "t");
            let problem = problem.with("t", path.clone());
            said.push(crate::problem::said(&problem, &library.sources, lang).see);
        }
        said.join("\n")
    }
}

/// Where cards are handed out.
struct Desk<'a> {
    wish: &'a Wish,
    library: &'a Library,
    /// The folder of texts, as it was typed.
    dir: String,
    place: Place,
    lang: Lang,
    today: Date,
}

impl Desk<'_> {
    /// Returns a sentence; every one may name the folder.
    fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        let args = [args, &[("dir", &self.dir)]].concat();
        self.lang.terminal().say(&format!("reader.{key}"), &args)
    }

    fn refuse(&self, key: &str, args: &[(&str, &str)]) -> Refusal {
        Refusal::Words(self.say(key, args))
    }

    /// Makes keys for a new reader, or new ones for a reader who has some.
    fn give(&self, typed: &str) -> Result<String, Refusal> {
        let (plan, name) = self.named(typed)?;
        let change = self.change()?;
        let mut open = Open::take(&self.place)?;
        let path = plan.path.as_str();
        match (self.wish.deed, open.ring.reader(path, &name)) {
            (Deed::Add, Some(_)) => return Err(self.refuse("there", &[("n", &name)])),
            (Deed::Renew, None) => return Err(self.refuse("none", &[("n", &name)])),
            _ => {}
        }
        if open.ring.is_full(path, &name, &change) {
            return Err(self.refuse("full", &[("t", &plan.title)]));
        }
        #[cfg(feature = "print")]
        let paper = self.paper()?;
        let given = open.ring.give(path, &name, &change, &mut chance);
        let given = given.map_err(|NoChance| self.refuse("no-chance", &[]))?;
        open.keep()?;
        let Some(keys) = open.ring.plans.get(path) else { return Ok(String::new()) };
        let site = self.library.settings.address.as_deref();
        let address = card::address(site, &keys.header.plan);
        let file = self.place.file.display().to_string();
        let text = card::text(&given, &address, change.term.until, &self.lang);
        #[cfg(feature = "print")]
        let text = match paper {
            Some(paper) => {
                let words = card::paper(&given, &address, change.term.until, &self.lang);
                [text, paper.set(self, &words)].join("\n")
            }
            None => text,
        };
        let key = if self.wish.deed == Deed::Add { "added" } else { "renewed" };
        let after = self.say(key, &[("n", &name), ("t", &plan.title), ("path", &file)]);
        let here =
            if site.is_none() { self.say("no-address", &[]) } else { String::new() };
        Ok([text, after, here].join("\n").trim_end().to_string())
    }

    /// Makes the place for a card on paper, before there are keys: what cannot be there is
    /// refused while nothing has changed.
    #[cfg(feature = "print")]
    fn paper(&self) -> Result<Option<Paper>, Refusal> {
        let Some(path) = self.wish.card.clone() else { return Ok(None) };
        let file = pipeline::private_file(&self.place.texts, &path)?;
        Ok(Some(Paper { file, path, written: false }))
    }

    /// Takes the keys of a reader away.
    fn revoke(&self, typed: &str) -> Result<String, Refusal> {
        let mut open = Open::take(&self.place)?;
        let all: Vec<(&String, &ReaderKeys)> = readers(&open).collect();
        let mut found: Vec<(String, String)> = all
            .iter()
            .filter(|(_, reader)| fold(&reader.name) == fold(typed))
            .map(|(plan, reader)| ((*plan).clone(), reader.name.clone()))
            .collect();
        if let Some(wanted) = &self.wish.plan {
            let chosen = self.text_called(wanted)?.path.as_str().to_string();
            found.retain(|(plan, _)| *plan == chosen);
        }
        let (plan, name) = match found.as_slice() {
            [one] => one.clone(),
            [] => {
                let names = all.iter().map(|(_, reader)| reader.name.as_str());
                return Err(self.unknown(typed, names.collect(), "no-keys-for"));
            }
            many => {
                let plans: Vec<&str> =
                    many.iter().map(|(plan, _)| plan.as_str()).collect();
                return Err(self.refuse("which", &[("list", &plans.join(", "))]));
            }
        };
        let taken = open.ring.take(&plan, &name, &mut chance);
        taken.map_err(|NoChance| self.refuse("no-chance", &[]))?;
        open.keep()?;
        Ok(self.say("revoked", &[("n", &name), ("plan", &plan)]))
    }

    /// Shows who has keys of what.
    fn list(&self) -> Result<String, Refusal> {
        let file = self.place.file.display().to_string();
        let Some(ring) = Open::look(&self.place, None)? else {
            return Ok(self.say("list-none", &[("path", &file)]));
        };
        let mut lines = Vec::new();
        for (path, plan) in &ring.plans {
            let known = self.library.all().find(|text| text.path.as_str() == path);
            lines.push(match known {
                Some(text) => format!("{} ({path})", text.title),
                None => self.say("list-gone", &[("plan", path)]),
            });
            for reader in plan.readers.values() {
                lines.push(format!("  {}", self.line(reader)));
            }
        }
        lines.push(self.say("list-path", &[("path", &file)]));
        Ok(lines.join("\n"))
    }

    fn line(&self, reader: &ReaderKeys) -> String {
        let made = self.lang.day(reader.term.made);
        let until = reader.term.until.map(|until| self.lang.day(until));
        let key = match &until {
            None => "line",
            Some(_) if reader.term.is_over(self.today) => "line-over",
            Some(_) => "line-until",
        };
        let until = until.unwrap_or_default();
        let mut line =
            self.say(key, &[("n", &reader.name), ("made", &made), ("until", &until)]);
        if reader.link.is_some() {
            line.push_str(&self.say("line-link", &[]));
        }
        line
    }

    /// Finds the text that names this reader, and the name as it stands there.
    fn named(&self, typed: &str) -> Result<(&Text, String), Refusal> {
        let all = || self.library.all().filter(|text| has_readers(text));
        let found: Vec<(&Text, String)> = match &self.wish.plan {
            Some(plan) => {
                let text = self.text_called(plan)?;
                name_in(text, typed).map(|name| (text, name)).into_iter().collect()
            }
            None => {
                all().filter_map(|text| Some((text, name_in(text, typed)?))).collect()
            }
        };
        match found.as_slice() {
            [one] => Ok(one.clone()),
            [] if all().next().is_none() => Err(self.refuse("no-plan", &[])),
            [] => Err(self.unknown(typed, all().flat_map(names).collect(), "unknown")),
            many => {
                let plans: Vec<&str> =
                    many.iter().map(|(text, _)| text.path.as_str()).collect();
                Err(self.refuse("which", &[("list", &plans.join(", "))]))
            }
        }
    }

    /// Finds a text by its path, its file name or its title.
    fn text_called(&self, typed: &str) -> Result<&Text, Refusal> {
        let same = |text: &&Text| {
            let path = text.path.as_str();
            path == typed
                || text.path.stem() == typed.trim_end_matches(".md")
                || fold(&text.title) == fold(typed)
        };
        let mut all = self.library.all().filter(|text| has_readers(text));
        all.find(same).ok_or_else(|| {
            let all = self.library.all().filter(|text| has_readers(text));
            self.unknown(typed, all.map(|text| text.path.as_str()).collect(), "no-text")
        })
    }

    fn unknown(&self, typed: &str, known: BTreeSet<&str>, key: &str) -> Refusal {
        let list: Vec<&str> = known.iter().copied().collect();
        let list = list.join(", ");
        match nearest(typed, known) {
            Some(near) => self.refuse(
                &format!("{key}-near"),
                &[("x", typed), ("s", near), ("list", &list)],
            ),
            None => self.refuse(key, &[("x", typed), ("list", &list)]),
        }
    }

    fn change(&self) -> Result<Change, Refusal> {
        let words = self.wish.words.as_deref().unwrap_or("6");
        let count = words.parse().ok().filter(|count| (6..=12).contains(count));
        let Some(count) = count else {
            return Err(self.refuse("words", &[("x", words)]));
        };
        let typed = self.wish.until.as_deref();
        let until = match typed {
            Some(typed) => {
                let speech = Speech::of(&[], |_| None);
                let until = day::day(Some(typed), &speech);
                Some(until.map_err(|_| self.refuse("day", &[("x", typed)]))?)
            }
            None => None,
        };
        if let (Some(until), Some(typed)) = (until, typed)
            && until < self.today
        {
            return Err(self.refuse("past", &[("x", typed)]));
        }
        let term = Term { made: self.today, until };
        Ok(Change { words: count, link: self.wish.link, rounds: ITERATIONS, term })
    }
}

/// Tells whether what was typed is a path to a folder: a name of a reader may be that of a
/// folder too, so that without a sign of a path there must be texts in it.
fn is_folder(typed: &str) -> bool {
    let path = Path::new(typed);
    path.is_dir() && (typed.contains(['/', '\\', '.']) || folder::has_texts(path))
}

fn readers(open: &Open) -> impl Iterator<Item = (&String, &ReaderKeys)> {
    let plans = open.ring.plans.iter();
    plans.flat_map(|(path, plan)| plan.readers.values().map(move |one| (path, one)))
}

/// Tells whether a text can have readers: a plan always has its family.
fn has_readers(text: &Text) -> bool {
    text.kind == Kind::Plan || text.fields.get(Key::Readers).is_some()
}

fn names(text: &Text) -> impl Iterator<Item = &str> {
    let typed = text.fields.list(Key::Readers).iter().map(|(name, _)| name.as_str());
    typed.chain((text.kind == Kind::Plan).then_some(FAMILY))
}

/// Finds a reader in a text, and returns the name as it stands there.
fn name_in(text: &Text, typed: &str) -> Option<String> {
    names(text).find(|name| fold(name) == fold(typed)).map(String::from)
}
