//! What is left of a text besides its tree: its title and fields, and the links, pictures
//! and notes its tree points to. Parts that were taken out take theirs with them.

use super::cover::Cover;
use super::parts::keep;
use super::reader::Reads;
use super::shown;
use crate::model::{
    Body, Fields, Glance, LinkId, Note, NoteId, Picture, PictureId, Text, Tree,
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
    pub(super) pictures: BTreeMap<PictureId, Box<Picture>>,
    /// The notes it marks, with only what this reader may read.
    pub(super) notes: BTreeMap<NoteId, Box<Note>>,
}

impl<'a> Left<'a> {
    /// Looks at what is left of the tree of a text, and at the notes it marks.
    /// L10 for a note that marks one that stays inside.
    pub(super) fn of(
        text: &'a Text,
        body: &Tree,
        reader: &impl Reads,
        cover: &Cover<'a, '_>,
        problems: &mut Vec<Problem>,
    ) -> Left<'a> {
        let closed = super::notes::closed(text, reader);
        let Glance { links, pictures, notes, .. } = body.glance();
        let (mut links, mut pictures, mut notes) =
            (links.clone(), pictures.clone(), notes.clone());
        pictures.extend(text.image);
        let mut kept = BTreeMap::new();
        // Notes may point to notes: go on until nothing new is seen.
        while let Some(id) = notes.pop_first() {
            let Some(note) = text.notes.get(id.0 as usize) else { continue };
            if kept.contains_key(&id) || closed.contains(&id) {
                continue;
            }
            let lead = note.blocks.as_ref().map(|blocks| keep(blocks, reader));
            let body = Body { lead: lead.unwrap_or_default(), ..Body::default() };
            let mut body = Cow::Owned(Tree::from(body));
            super::notes::unmark(text, &mut body, &closed, problems);
            cover.body(&mut body);
            let seen = body.glance();
            links.extend(&seen.links);
            pictures.extend(&seen.pictures);
            notes.extend(&seen.notes);
            let lead = std::mem::take(&mut body.to_mut().lead);
            let blocks = note.blocks.is_some().then_some(lead);
            kept.insert(id, Box::new(Note { blocks, ..note.clone() }));
        }
        let picture = |id: PictureId| {
            let mut picture = text.pictures.get(id.0 as usize)?.clone();
            cover.picture(&mut picture);
            Some((id, Box::new(picture)))
        };
        let mut fields = shown::fields(&text.fields);
        cover.fields(&mut fields);
        Left {
            title: cover.title(),
            fields,
            links,
            pictures: pictures.into_iter().filter_map(picture).collect(),
            notes: kept,
        }
    }
}
