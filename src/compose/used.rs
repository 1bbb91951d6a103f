//! What is left of a text points to: parts that were taken out take their links, pictures
//! and notes with them.

use super::notes;
use super::parts::keep;
use super::reader::Reads;
use crate::model::{
    BlockKind, Body, InlineKind, LinkId, Note, NoteId, Picture, PictureId, Text,
    walk_blocks, walk_inlines,
};
use crate::problem::Problem;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What a text that goes out points to.
#[derive(Default)]
pub(super) struct Used {
    /// Its links.
    pub(super) links: BTreeSet<LinkId>,
    /// The pictures it shows.
    pictures: BTreeSet<PictureId>,
    /// The notes it marks, with only what this reader may read.
    pub(super) notes: BTreeMap<NoteId, Note>,
}

impl Used {
    /// Looks at what is left of a text, and at the notes it marks.
    /// L10 for a note that marks one that stays inside.
    pub(super) fn of(
        text: &Text,
        body: &Body,
        reader: &impl Reads,
        problems: &mut Vec<Problem>,
    ) -> Used {
        let closed = notes::closed(text, reader);
        let mut used =
            Used { pictures: text.image.into_iter().collect(), ..Used::default() };
        let mut marked = used.see(body);
        // Notes may point to notes: go on until nothing new is seen.
        while let Some(id) = marked.pop_first() {
            let Some(note) = text.notes.get(id.0 as usize) else { continue };
            if used.notes.contains_key(&id) || closed.contains(&id) {
                continue;
            }
            let lead = note.blocks.as_ref().map(|blocks| keep(blocks, reader));
            let body = Body { lead: lead.unwrap_or_default(), ..Body::default() };
            let mut body = Cow::Owned(body);
            notes::unmark(text, &mut body, &closed, problems);
            marked.extend(used.see(&body));
            let blocks = note.blocks.is_some().then_some(body.into_owned().lead);
            used.notes.insert(id, Note { blocks, ..note.clone() });
        }
        used
    }

    /// Notes links and pictures; returns the footnotes that are marked.
    fn see(&mut self, body: &Body) -> BTreeSet<NoteId> {
        let mut marked = BTreeSet::new();
        walk_inlines(body, &mut |inline| match inline.kind {
            InlineKind::Link(link, _) => _ = self.links.insert(link),
            InlineKind::Picture(picture) => _ = self.pictures.insert(picture),
            InlineKind::Note(note) => _ = marked.insert(note),
            _ => {}
        });
        walk_blocks(body, &mut |block| {
            if let BlockKind::Figure { picture, .. } = &block.kind {
                self.pictures.insert(*picture);
            }
        });
        marked
    }

    /// Returns the pictures of a text that this text shows.
    pub(super) fn pictures<'a>(
        &self,
        text: &'a Text,
    ) -> BTreeMap<PictureId, &'a Picture> {
        let shown = |&id: &PictureId| Some((id, text.pictures.get(id.0 as usize)?));
        self.pictures.iter().filter_map(shown).collect()
    }
}
