//! What all pages of an edition share, made once: the glossary, the voices, the pictures.

use super::glossary::Glossary;
use super::inside::Inside;
use crate::compose::{Chosen, PlacedPicture, Term, VoiceRow};
use crate::model::AssetId;
use crate::text::fold;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Made once for an edition, read by every page in parallel.
pub struct Shared<'e> {
    pub(super) glossary: Arc<Glossary<'e>>,
    pub(super) pictures: &'e BTreeMap<AssetId, PlacedPicture<'e>>,
    pub(super) inside: Option<&'e Inside>,
    /// Who reads a plan, for who may know it: see [`Chosen::named`].
    pub(super) named: &'e BTreeMap<String, String>,
    voices: &'e [VoiceRow],
    by_typed: BTreeMap<String, usize>,
}

impl<'e> Shared<'e> {
    /// Gathers what the pages of this edition share.
    pub fn new(edition: &'e Chosen<'_>) -> Self {
        let pages = edition
            .entries()
            .map(|entry| (&entry.address, entry.kind, entry.lang.primary()));
        let mut by_typed = BTreeMap::new();
        for (at, voice) in edition.voices().iter().enumerate() {
            for typed in voice.typed.iter().cloned().chain([fold(&voice.word)]) {
                if !typed.is_empty() {
                    by_typed.entry(typed).or_insert(at);
                }
            }
        }
        Shared {
            glossary: Arc::new(Glossary::new(edition.terms(), pages)),
            pictures: edition.pictures(),
            inside: None,
            named: edition.named(),
            voices: edition.voices(),
            by_typed,
        }
    }

    /// Gathers the same for an edition that has the same glossary, voices and pictures.
    pub fn like<'b>(&self, edition: &'b Chosen<'_>) -> Shared<'b>
    where
        'e: 'b,
    {
        Shared {
            glossary: Arc::clone(&self.glossary) as Arc<Glossary<'b>>,
            pictures: edition.pictures(),
            inside: self.inside,
            named: edition.named(),
            voices: edition.voices(),
            by_typed: self.by_typed.clone(),
        }
    }

    /// Lets pictures and files travel with the pages.
    pub fn within(self, inside: &'e Inside) -> Self {
        Shared { inside: Some(inside), ..self }
    }

    /// Returns the terms of the glossary in a piece of text in this language, in order.
    pub fn terms_in(&self, text: &str, lang: &str) -> Vec<(Range<usize>, &'e Term)> {
        let found = self.glossary.find(text, lang).into_iter();
        found.filter_map(|(range, at)| Some((range, self.glossary.term(at)?))).collect()
    }

    /// Returns the voice for a role as typed.
    pub fn voice(&self, role: &str) -> Option<&'e VoiceRow> {
        let at = self.by_typed.get(fold(role.trim()).as_str())?;
        self.voices.get(*at)
    }
}
