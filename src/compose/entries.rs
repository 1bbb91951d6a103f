//! Makes entries from what is left of the texts.

use super::attachments::Attachments;
use super::edition::{Destination, Entry, PlacedPicture, VoiceRow};
use super::left::Left;
use super::links::largest;
use super::places::Places;
use super::reach::{Leads, Resolved};
use super::rows::shortened;
use crate::model::{Asset, AssetId, Fields, Key, Kind, Library, Text, TextId, Tree};
use crate::text::{Address, redact};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Makes entries from texts.
pub(super) struct Maker<'a, 'b> {
    pub(super) library: &'a Library,
    pub(super) places: &'b Places,
    pub(super) voices: &'b [VoiceRow],
    pub(super) attachments: &'b Attachments,
    pub(super) pictures: &'b BTreeMap<AssetId, PlacedPicture<'a>>,
}

/// The entries, and the files they link to.
pub(super) struct Made<'a> {
    pub(super) ids: Vec<TextId>,
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) attachments: BTreeMap<Address, &'a Asset>,
}

impl<'a> Maker<'a, '_> {
    /// Makes an entry of every text that goes out.
    pub(super) fn entries(
        &self,
        mut bodies: BTreeMap<TextId, Cow<'a, Tree>>,
        left: BTreeMap<TextId, Left<'a>>,
        mut resolved: Resolved,
    ) -> Made<'a> {
        let there = left.into_iter().filter_map(|(id, left)| {
            let (address, body) = (self.places.of.get(&id)?, bodies.remove(&id)?);
            Some((id, address, body, left, resolved.remove(&id).unwrap_or_default()))
        });
        let there: Vec<_> = there.collect();
        let make = |(id, address, body, left, leads): (_, &Address, _, _, Vec<Leads>)| {
            let mut attachments = Vec::new();
            let links = leads.into_iter().map(|one| self.place(one, &mut attachments));
            let links = links.collect();
            (id, self.entry(id, address.clone(), body, left, links), attachments)
        };
        let made: Vec<_> = there.into_par_iter().map(make).collect();
        let mut all = Made {
            ids: Vec::with_capacity(made.len()),
            entries: Vec::with_capacity(made.len()),
            attachments: BTreeMap::new(),
        };
        for (id, entry, attachments) in made {
            all.ids.push(id);
            all.entries.push(entry);
            all.attachments.extend(attachments);
        }
        all
    }

    fn place(
        &self,
        leads: Leads,
        attachments: &mut Vec<(Address, &'a Asset)>,
    ) -> Destination {
        let (id, page) = match leads {
            Leads::To(destination) => return destination,
            Leads::Asset(id, page) => (id, page),
        };
        let asset = self.library.asset(id);
        let address = match self.pictures.get(&id) {
            Some(placed) => largest(&placed.base, asset),
            None => self.attachments.get(id).cloned().inspect(|address| {
                attachments.push((address.clone(), asset));
            }),
        };
        address.map_or(Destination::Nothing, |address| Destination::File(address, page))
    }

    fn entry(
        &self,
        id: TextId,
        address: Address,
        body: Cow<'a, Tree>,
        left: Left<'a>,
        links: Vec<Destination>,
    ) -> Entry<'a> {
        let text = self.library.text(id);
        let fields = left.fields;
        Entry {
            kind: text.kind,
            title: redacted(left.title),
            lang: &text.lang,
            address,
            summary: summary(&fields, &body),
            date: fields.date(Key::Date).or(fields.date(Key::MadeOn)),
            number: None,
            series: None,
            themes: Vec::new(),
            voices: voices_of(self.voices, text, &body),
            fields,
            links,
            pictures: left.pictures,
            image: text.image,
            notes: left.notes,
            list: None,
            translations: Vec::new(),
            children: Vec::new(),
            listed: !self.places.indexes.contains(&id),
            body,
        }
    }
}

/// Returns what a text is about, in a few words.
pub(super) fn summary(fields: &Fields, body: &Tree) -> String {
    let said = fields.text(Key::Summary).map(String::from);
    let words = said.or_else(|| body.glance().first_words.clone()).unwrap_or_default();
    redact(&shortened(&words, 180)).into_owned()
}

/// Returns the voices a text names, and the ones that are quoted in it: indices in `all`.
pub(super) fn voices_of(all: &[VoiceRow], text: &Text, body: &Tree) -> Vec<usize> {
    let mut roles: Vec<&str> =
        text.fields.list(Key::Voices).iter().map(|(role, _)| role.as_str()).collect();
    if text.kind != Kind::Plan {
        roles.extend(body.glance().roles.iter().map(String::as_str));
    }
    let found: BTreeSet<usize> = roles
        .iter()
        .filter_map(|role| all.iter().position(|voice| voice.is(role)))
        .collect();
    found.into_iter().collect()
}

fn redacted(title: Cow<'_, str>) -> Cow<'_, str> {
    match redact(&title) {
        Cow::Owned(covered) => Cow::Owned(covered),
        Cow::Borrowed(_) => title,
    }
}
