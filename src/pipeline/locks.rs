//! Locked pages of a build: for every plan, booklet or folder that names readers, and for
//! every reader with a card, a bundle of their own.

use super::Request;
use crate::compose::{self, Closed, Edition, One};
use crate::files::{self, Files};
use crate::keys::{PlanKeys, ReaderKeys, Ring};
use crate::lock::{Reader, list};
use crate::model::{FAMILY, Key, Kind, Library, Text, TextId};
use crate::output::locked::{self, Door, Parcel, WORDS, unlock_page};
use crate::problem::{Code, Problem};
use crate::text::{Address, fold};
use crate::theme::Theme;
use rayon::prelude::*;
use std::path::Path;

/// Where "leave quickly" goes when the site does not say.
const EXIT: &str = "https://www.wikipedia.org/";

/// What was made behind locks.
#[derive(Debug, Default)]
pub(super) struct Locks {
    /// The plans with at least one reader.
    pub(super) plans: Vec<Locked>,
    /// What was noticed: R01–R04, and pictures or files that could not come along.
    pub(super) problems: Vec<Problem>,
}

/// A plan, booklet or folder behind its lock.
#[derive(Debug)]
pub(super) struct Locked {
    /// Its folder on the site.
    pub(super) plan: [u8; 16],
    /// The page with the lock.
    pub(super) door: String,
    /// Its readers, each with their blobs.
    pub(super) readers: Vec<(String, Vec<(String, Vec<u8>)>)>,
}

/// Tells whether a site has locked pages of ours: without their keys, a build would take
/// them away from everybody who has a card.
pub(super) fn are_there(out: &Path) -> bool {
    out.join(WORDS).is_file() && out.join(files::LIST).is_file()
}

/// Makes all of them. Without keys nothing is made, and R02 says how to make some.
pub(super) fn make(
    library: &Library,
    theme: &Theme,
    ring: &Ring,
    request: &Request,
) -> Locks {
    let desk = Desk { library, theme, request, style: locked::style(theme) };
    let mut locks = Locks::default();
    for (id, text) in library.ids().filter(|(_, text)| text.part.is_none()) {
        let keys = ring.plans.get(text.path.as_str());
        if text.kind != Kind::Plan && text.fields.get(Key::Readers).is_none() {
            continue;
        }
        desk.one(id, text, keys, &mut locks);
    }
    locks
}

struct Desk<'a> {
    library: &'a Library,
    theme: &'a Theme,
    request: &'a Request,
    style: String,
}

impl Desk<'_> {
    fn one(&self, id: TextId, text: &Text, keys: Option<&PlanKeys>, locks: &mut Locks) {
        locks.problems.extend(self.without_card(id, text, keys));
        let Some(keys) = keys else { return };
        let made: Vec<_> = keys
            .readers
            .values()
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|reader| (reader, self.reader(id, text, keys, reader)))
            .collect();
        let mut readers = Vec::new();
        for (reader, made) in made {
            match made {
                Ok((blobs, noticed)) => {
                    locks.problems.extend(noticed);
                    readers.push((reader.name.clone(), blobs));
                }
                Err(problem) => locks.problems.push(problem),
            }
        }
        if readers.is_empty() {
            return;
        }
        let exit = self.library.settings.quick_exit.as_deref().unwrap_or(EXIT);
        let door = Door { header: &keys.header, lang: &text.lang, exit, inside: None };
        locks.plans.push(Locked {
            plan: keys.header.plan,
            door: unlock_page(&door),
            readers,
        });
    }

    /// Makes what one reader gets, or says why there is nothing.
    #[allow(clippy::type_complexity, reason = "blobs with their names, and problems")]
    fn reader(
        &self,
        id: TextId,
        text: &Text,
        keys: &PlanKeys,
        reader: &ReaderKeys,
    ) -> Result<(Vec<(String, Vec<u8>)>, Vec<Problem>), Problem> {
        let said = |code| self.about(code, text, &reader.name);
        if reader.term.is_over(self.request.today) {
            let until = reader.term.until.map(|day| day.to_string());
            return Err(said(Code::R03).with("d", until.unwrap_or_default()));
        }
        let edition = self.edition(id, &reader.name).map_err(|closed| match closed {
            Closed::NoPart => said(Code::R01),
            Closed::NotNamed | Closed::Waits => said(Code::R04),
        })?;
        let parcel = Parcel {
            edition: &edition,
            theme: self.theme,
            style: &self.style,
            until: reader.term.until,
        };
        let sealed = locked::seal(&parcel, &Reader::new(&keys.header, &reader.key))?;
        Ok((sealed.blobs, sealed.noticed))
    }

    fn edition(&self, id: TextId, reader: &str) -> Result<Edition<'_, One>, Closed> {
        let (edition, _) = compose::one(self.library, id, reader, self.request.today)?;
        Ok(edition)
    }

    /// Says which readers have no card yet, and how to make one.
    fn without_card(
        &self,
        id: TextId,
        text: &Text,
        keys: Option<&PlanKeys>,
    ) -> Option<Problem> {
        let has = |name: &str| {
            keys.is_some_and(|keys| keys.readers.contains_key(&fold(name.trim())))
        };
        let list = text.fields.list(Key::Readers).iter();
        let without: Vec<&str> = list
            .map(|(name, _)| name.trim())
            .filter(|name| !has(name) && fold(name) != FAMILY)
            .filter(|name| self.edition(id, name).is_ok())
            .collect();
        let first = without.first()?;
        Some(self.about(Code::R02, text, first).with("list", without.join(", ")))
    }

    fn about(&self, code: Code, text: &Text, name: &str) -> Problem {
        let list = text.fields.list(Key::Readers);
        let named = list.iter().find(|(typed, _)| fold(typed.trim()) == fold(name));
        let place = named.map_or(text.title_span, |(_, span)| *span);
        Problem::at(code, place)
            .with("n", name)
            .with("t", text.title.clone())
            .with("dir", self.request.dir.display().to_string())
    }
}

impl Locks {
    /// Adds everything to the files of the site.
    pub(super) fn add<'a>(&'a self, files: &mut Files<'a>) {
        if self.plans.is_empty() {
            return;
        }
        files.add(Address::new(WORDS), || {
            Ok(list().collect::<Vec<_>>().join("\n").into_bytes())
        });
        for plan in &self.plans {
            files.add(locked::address(&plan.plan, "index.html"), || {
                Ok(plan.door.clone().into_bytes())
            });
            for (name, bytes) in plan.readers.iter().flat_map(|(_, blobs)| blobs) {
                files.add(locked::address(&plan.plan, &format!("{name}.bin")), || {
                    Ok(bytes.clone())
                });
            }
        }
    }
}
