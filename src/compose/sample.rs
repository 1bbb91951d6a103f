//! Small editions for the tests of outputs. Their reader is nobody in particular: an
//! edition for everybody comes through the wall, in tests too.

use super::edition::{Chosen, Edition, Entry, List, PlacedPicture, Term, VoiceRow};
use crate::lang::Lang;
use crate::model::{AssetId, Fields, Kind, Settings, Tree};
use crate::text::Address;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

impl<'a> Edition<'a, ()> {
    /// Makes an edition of these entries.
    pub(crate) fn sample(settings: &Settings, entries: Vec<Entry<'a>>) -> Self {
        let chosen = Chosen {
            today: jiff::civil::date(2026, 1, 1),
            settings: settings.clone(),
            entries: entries.into_iter().map(Arc::new).collect(),
            home: None,
            lists: Vec::new(),
            menu: Vec::new(),
            voices: Vec::new(),
            terms: Vec::new(),
            pictures: Arc::default(),
            attachments: BTreeMap::new(),
            redirects: BTreeMap::new(),
            named: BTreeMap::new(),
        };
        Edition { reader: (), chosen }
    }

    /// Adds lists.
    pub(crate) fn with_lists(mut self, lists: Vec<List>) -> Self {
        self.chosen.lists = lists;
        self
    }

    /// Adds voices and terms.
    pub(crate) fn with_words(mut self, voices: Vec<VoiceRow>, terms: Vec<Term>) -> Self {
        (self.chosen.voices, self.chosen.terms) = (voices, terms);
        self
    }

    /// Adds a picture.
    pub(crate) fn with_picture(mut self, id: AssetId, placed: PlacedPicture<'a>) -> Self {
        Arc::make_mut(&mut self.chosen.pictures).insert(id, placed);
        self
    }
}

impl<'a> Entry<'a> {
    /// Makes an entry that has a title, an address and a body, and nothing else.
    pub(crate) fn sample(
        kind: Kind,
        title: &str,
        lang: &'a Lang,
        address: &str,
        body: Cow<'a, Tree>,
    ) -> Self {
        Entry {
            kind,
            title: Cow::Owned(title.to_string()),
            lang,
            address: Address::new(address),
            summary: String::new(),
            date: None,
            number: None,
            series: None,
            themes: Vec::new(),
            voices: Vec::new(),
            fields: Fields::default(),
            body,
            links: Vec::new(),
            pictures: BTreeMap::new(),
            image: None,
            notes: BTreeMap::new(),
            list: None,
            translations: Vec::new(),
            children: Vec::new(),
            listed: true,
        }
    }
}
