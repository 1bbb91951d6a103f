//! What a reader with a card finds behind the lock, for who writes: the same pages as are
//! sealed for them, with no lock around them. Nothing of it is published, and no key is
//! needed: it is what the texts say that this reader may read.

use super::booklets;
use super::haste::at_the_press;
use super::live::{Along, Live, locked};
use super::remembered::Whose;
use crate::compose::{self, Edition, One};
use crate::model::{Key, Kind, Text, TextId};
use crate::output::Download;
use crate::output::locked::{Before, Parcel, Style, opened, opened_file};
use crate::problem::Problem;
use crate::text::{Address, fold};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, MutexGuard, PoisonError};

impl Live<'_> {
    /// Returns what a reader finds behind a lock, as its script reads it, with the page at an
    /// address in front. `None` when that page is behind no lock of theirs. `place` tells
    /// where a file that comes along can be had.
    pub fn opened(
        &self,
        reader: &str,
        page: &Address,
        place: impl Fn(&Address) -> String,
    ) -> Option<Result<Value, Problem>> {
        if self.edition.entries().any(|entry| entry.address == *page) {
            return None;
        }
        let mut own = self.behind_locks_of(reader);
        let has = |edition: &Edition<'_, One>| {
            edition.entries().any(|entry| entry.address == *page)
        };
        let (text, edition) = own.find(|(_, edition)| has(edition))?;
        let downloads = self.taken_along(text, reader, &edition);
        let before = Before::default();
        let parcel = self.parcel(&edition, &downloads, &before);
        Some(opened(&parcel, place).map(|mut bundle| {
            bundle["first"] = page.as_str().into();
            bundle
        }))
    }

    /// Makes a file that comes along behind a lock of a reader: what is set on paper is set
    /// now, of the texts as they are.
    pub fn opened_file(&self, reader: &str, address: &Address) -> Option<Vec<u8>> {
        self.behind_locks_of(reader).find_map(|(_, edition)| {
            let paper =
                address.as_str().ends_with(".pdf") && booklets::is_asked(&edition);
            let downloads = match paper && self.request.booklets {
                true => self.set_along(&edition),
                false => Vec::new(),
            };
            opened_file(&self.parcel(&edition, &downloads, &Before::default()), address)
                .ok()
        })
    }

    /// Sets what readers may take along whose pages were asked for; tells whether those
    /// pages say something else now.
    pub(super) fn press_along(&self) -> bool {
        let waits =
            |(whose, along): (&Whose, &Along)| (!along.is_set).then(|| whose.clone());
        let asked: Vec<Whose> = self.along().iter().filter_map(waits).collect();
        let mut tells = false;
        for whose in asked {
            let of_path =
                |one: &(&Text, Edition<'_, One>)| one.0.path.as_str() == whose.0;
            let found = self.behind_locks_of(&whose.1).find(of_path);
            let files =
                found.map(|(_, edition)| self.set_along(&edition)).unwrap_or_default();
            let along = Along { is_set: true, files };
            let before = self.along().insert(whose.clone(), along.clone());
            let before = before.unwrap_or_default().files;
            tells |= !before
                .iter()
                .map(Download::told)
                .eq(along.files.iter().map(Download::told));
            locked(self.memory).keep_along(whose, along.files);
        }
        tells
    }

    /// Returns whose pages were asked for that something goes along with.
    pub fn asked_along(&self) -> Vec<Whose> {
        self.along().keys().cloned().collect()
    }

    /// Sets, at the next press, what goes along with the pages of these readers: they were
    /// asked for when another site stood here.
    pub fn expect_along(&self, asked: Vec<Whose>) {
        for whose in asked {
            let files = locked(self.memory).along(&whose);
            self.along().entry(whose).or_insert(Along { is_set: false, files });
        }
    }

    fn along(&self) -> MutexGuard<'_, BTreeMap<Whose, Along>> {
        self.along.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_along(&self, edition: &Edition<'_, One>) -> Vec<Download> {
        // What is noticed is told when the lock itself is made.
        at_the_press(|| booklets::to_take_along(edition, self.theme, &mut Vec::new()))
    }

    /// Returns what can be taken along, as it was known last: setting it takes longer than
    /// a page may.
    fn taken_along(
        &self,
        text: &Text,
        reader: &str,
        edition: &Edition<'_, One>,
    ) -> Vec<Download> {
        if !self.request.booklets || !booklets::is_asked(edition) {
            return Vec::new();
        }
        let whose = (text.path.to_string(), fold(reader));
        let before = || Along { is_set: false, files: locked(self.memory).along(&whose) };
        self.along().entry(whose.clone()).or_insert_with(before).files.clone()
    }

    /// Returns the editions of a reader: one for each text with a lock that lets them in.
    fn behind_locks_of<'l>(
        &'l self,
        reader: &'l str,
    ) -> impl Iterator<Item = (&'l Text, Edition<'l, One>)> {
        let is_inside = |id: TextId| self.withheld.iter().any(|one| one.text == id);
        let locks = |text: &Text| {
            let named = text.fields.get(Key::Readers).is_some();
            text.part.is_none() && (text.kind == Kind::Plan || named)
        };
        let all = self.library.ids();
        let own = all.filter(move |(id, text)| locks(text) && is_inside(*id));
        own.filter_map(move |(id, text)| {
            let today = self.request.today;
            let (edition, _) = compose::one(self.library, id, reader, today).ok()?;
            Some((text, edition))
        })
    }

    fn parcel<'p>(
        &'p self,
        edition: &'p Edition<'p, One>,
        downloads: &'p [Download],
        before: &'p Before,
    ) -> Parcel<'p> {
        let style = self.style.get_or_init(|| Arc::new(Style::new(self.theme, false)));
        let theme = self.theme;
        Parcel { edition, theme, downloads, style, until: None, before }
    }
}
