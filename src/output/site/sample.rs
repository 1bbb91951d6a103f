//! A small edition for tests of files that are no pages.

use crate::compose::{Edition, Entry, List, ListKind};
use crate::lang::Lang;
use crate::model::{Kind, Settings, Tree};
use crate::text::Address;
use jiff::civil::Date;
use std::borrow::Cow;

/// What an edition borrows from. Texts whose title starts with `_` are not listed.
pub(super) struct Sample {
    pub(super) settings: Settings,
    pub(super) summary: String,
    pub(super) theme: String,
    lang: Lang,
    entries: Vec<(Address, String, Option<Date>)>,
}

impl Default for Sample {
    fn default() -> Self {
        Sample {
            settings: Settings { title: "Samen".into(), ..Settings::default() },
            summary: String::new(),
            theme: "Rust".into(),
            lang: Lang::dutch(),
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
            summary: self.summary.clone(),
            date: *day,
            themes: vec![0],
            listed: !title.starts_with('_'),
            ..Entry::sample(
                Kind::Tip,
                title,
                &self.lang,
                address.as_str(),
                Cow::Owned(Tree::default()),
            )
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
        let entries = self.entries.iter().map(entry).collect();
        Edition::sample(&self.settings, entries).with_lists(vec![theme])
    }
}
