//! Texts that were made before, in a drawer that one build leaves for the next.
//!
//! A note holds the texts of one file. It is found with the bytes of that file, its stamp,
//! its path, what that says, and its number among the sources: with anything that could make
//! other texts of it. Who guesses what stood in a file that is gone cannot tell by the
//! drawer whether the guess is right, without knowing to the nanosecond when it was saved.

use super::memory::Known;
use super::spot::Spot;
use super::texts::Made;
use crate::lang::Lang;
use crate::lock::Drawer;
use crate::model::{Key, Text};
use crate::problem::Problem;
use crate::text::SourceId;
use sha2::{Digest, Sha256};

/// What a note holds: texts, what was noticed, and the language of each text, where it was
/// looked at.
type Note = (Vec<Text>, Vec<Problem>, Option<Vec<Option<Lang>>>);

/// Adds up all that the texts of a file are made of; `None` for one whose stamp cannot be
/// relied on.
pub(super) fn sum(known: &Known, id: SourceId, spot: &Spot) -> Option<[u8; 32]> {
    let (bytes, stamp) = known.sum?;
    let opened = known.opened.as_ref().ok()?;
    let mut sum = Sha256::new();
    sum.update(b"texts");
    sum.update(bytes);
    sum.update(stamp);
    sum.update(id.0.to_le_bytes());
    sum.update(format!("{spot:?} {:?}", opened.source.path));
    Some(sum.finalize().into())
}

/// Returns the texts of a file as they were made before.
pub(super) fn find(drawer: &Drawer, sum: [u8; 32]) -> Option<Made> {
    let note = drawer.find(sum)?;
    let (texts, problems, tongues): Note = postcard::from_bytes(&note).ok()?;
    Some(Made::known(texts, problems, tongues))
}

/// Keeps the texts of a file that needs no other. Where the site `says` its language,
/// nobody asks what language a text seems to be in.
pub(super) fn put(drawer: &Drawer, sum: [u8; 32], made: &Made, says: bool) {
    let is_said = |text: &Text| text.fields.lang(Key::Language).is_some();
    let asked = !says && !made.texts.iter().all(is_said);
    let tongues = asked.then(|| made.tongues());
    let room = Vec::with_capacity(1 << 12);
    let note = postcard::to_extend(&(&made.texts, &made.problems, tongues), room);
    if let Ok(note) = note {
        drawer.put(sum, &note);
    }
}
