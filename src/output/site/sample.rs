//! A small edition for tests of files that are no pages.

use crate::compose::{Edition, Entry, List, ListKind};
use crate::lang::Lang;
use crate::model::{Body, Fields, Kind, Settings};
use crate::text::Address;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What an edition borrows from. Texts whose title starts with `_` are not listed.
pub(super) struct Sample {
    pub(super) settings: Settings,
    pub(super) summary: String,
    pub(super) theme: String,
    lang: Lang,
    fields: Fields,
    entries: Vec<(Address, String, Option<Date>)>,
}

impl Default for Sample {
    fn default() -> Self {
        Sample {
            settings: Settings { title: "Samen".into(), ..Settings::default() },
            summary: String::new(),
            theme: "Rust".into(),
            lang: Lang::dutch(),
            fields: Fields::default(),
            entries: Vec::new(),
        }
    }
}

impl Sample {
    /// Adds a tip.
    pub(super) fn entry(&mut self, address: &str, title: &str, day: Option<Date>) {
        self.entries.push((Address::new(address), title.to_string(), day));
    }

    /// Makes an edition; its reader is nobody in particular.
    pub(super) fn edition(&self) -> Edition<'_, ()> {
        let entry = |(address, title, day): &(Address, String, Option<Date>)| Entry {
            kind: Kind::Tip,
            title: Cow::Owned(title.clone()),
            lang: &self.lang,
            address: address.clone(),
            summary: self.summary.clone(),
            date: *day,
            number: None,
            series: None,
            themes: vec![0],
            voices: Vec::new(),
            fields: &self.fields,
            body: Cow::Owned(Body::default()),
            links: Vec::new(),
            pictures: &[],
            image: None,
            notes: &[],
            list: None,
            translations: Vec::new(),
            children: Vec::new(),
            listed: !title.starts_with('_'),
        };
        let theme = List {
            kind: ListKind::Theme,
            title: self.theme.clone(),
            lang: self.lang.clone(),
            address: Address::new("thema/rust.html"),
            intro: None,
            entries: Vec::new(),
            lists: Vec::new(),
        };
        Edition {
            reader: (),
            today: jiff::civil::date(2026, 1, 1),
            settings: &self.settings,
            entries: self.entries.iter().map(entry).collect(),
            home: None,
            lists: vec![theme],
            menu: Vec::new(),
            voices: Vec::new(),
            terms: Vec::new(),
            pictures: BTreeMap::new(),
            attachments: BTreeMap::new(),
            redirects: BTreeMap::new(),
        }
    }
}
