//! What is left of a text besides its tree: its title and fields, and the links, pictures
//! and notes its tree points to. Parts that were taken out take theirs with them.

use super::cover::Cover;
use super::parts::keep;
use super::reader::Reads;
use super::{notes, shown};
use crate::model::{
    BlockKind, Body, Fields, InlineKind, LinkId, Note, NoteId, Picture, PictureId, Text,
    walk_blocks, walk_inlines,
};
use crate::problem::Problem;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What a text that goes out has and points to.
pub(super) struct Left<'a> {
    /// Its title.
    pub(super) title: Cow<'a, str>,
    /// Its fields, as far as pages may show them.
    pub(super) fields: Fields,
    /// Its links.
    pub(super) links: BTreeSet<LinkId>,
    /// The pictures it shows, and the one of the text as a whole.
    pub(super) pictures: BTreeMap<PictureId, Picture>,
    /// The notes it marks, with only what this reader may read.
    pub(super) notes: BTreeMap<NoteId, Note>,
}

/// What a tree points to.
#[derive(Default)]
struct Seen {
    links: BTreeSet<LinkId>,
    pictures: BTreeSet<PictureId>,
    notes: BTreeSet<NoteId>,
}

impl<'a> Left<'a> {
    /// Looks at what is left of the tree of a text, and at the notes it marks.
    /// L10 for a note that marks one that stays inside.
    pub(super) fn of(
        text: &'a Text,
        body: &Body,
        reader: &impl Reads,
        cover: &Cover<'a, '_>,
        problems: &mut Vec<Problem>,
    ) -> Left<'a> {
        let closed = notes::closed(text, reader);
        let mut seen = Seen::default();
        seen.see(body);
        seen.pictures.extend(text.image);
        let mut kept = BTreeMap::new();
        // Notes may point to notes: go on until nothing new is seen.
        while let Some(id) = seen.notes.pop_first() {
            let Some(note) = text.notes.get(id.0 as usize) else { continue };
            if kept.contains_key(&id) || closed.contains(&id) {
                continue;
            }
            let lead = note.blocks.as_ref().map(|blocks| keep(blocks, reader));
            let body = Body { lead: lead.unwrap_or_default(), ..Body::default() };
            let mut body = Cow::Owned(body);
            notes::unmark(text, &mut body, &closed, problems);
            cover.body(&mut body);
            seen.see(&body);
            let blocks = note.blocks.is_some().then_some(body.into_owned().lead);
            kept.insert(id, Note { blocks, ..note.clone() });
        }
        let picture = |id: PictureId| {
            let mut picture = text.pictures.get(id.0 as usize)?.clone();
            cover.picture(&mut picture);
            Some((id, picture))
        };
        let mut fields = shown::fields(&text.fields);
        cover.fields(&mut fields);
        Left {
            title: cover.title(),
            fields,
            links: seen.links,
            pictures: seen.pictures.into_iter().filter_map(picture).collect(),
            notes: kept,
        }
    }
}

impl Seen {
    fn see(&mut self, body: &Body) {
        walk_inlines(body, &mut |inline| match inline.kind {
            InlineKind::Link(link, _) => _ = self.links.insert(link),
            InlineKind::Picture(picture) => _ = self.pictures.insert(picture),
            InlineKind::Note(note) => _ = self.notes.insert(note),
            _ => {}
        });
        walk_blocks(body, &mut |block| {
            if let BlockKind::Figure { picture, .. } = &block.kind {
                self.pictures.insert(*picture);
            }
        });
    }
}
