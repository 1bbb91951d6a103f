//! The edition of a library in which only the words of some texts are other than before
//! (`load::touch`): what is left of those texts is made again, all else is shared.
//!
//! [`Composed::touch`] is the entry. It answers only when it is sure that
//! [`super::public`] would make the same edition; what is noticed is not told here.

use super::anchors::Anchors;
use super::closed::{has_readers, is_first};
use super::cover::Cover;
use super::edition::{Edition, Entry, Public};
use super::entries::{summary, voices_of};
use super::left::Left;
use super::public::{Composed, Withheld, passed};
use super::reader::Reads;
use crate::model::{Library, Link, Target, Text, TextId, Tree};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An edition in which some texts say something else than before.
pub struct Touched<'a> {
    /// The edition.
    pub edition: Edition<'a, Public>,
    /// The texts that stay inside.
    pub withheld: Vec<Withheld>,
}

/// What a text came to behind the wall.
struct Behind<'a> {
    body: Cow<'a, Tree>,
    left: Left<'a>,
    /// Its headings before names of what stays inside were covered.
    anchors: Anchors,
}

impl<'a> Composed<'a, Public> {
    /// Makes the edition again, of a library that differs from the one `before` in the
    /// words of these texts. `None` when anything but their own pages would be other.
    pub fn touch<'b>(
        &'b self,
        before: &'b Library,
        library: &'b Library,
        texts: &BTreeSet<TextId>,
    ) -> Option<Touched<'b>>
    where
        'a: 'b,
    {
        let chosen = self.edition.chosen.clone();
        let edition = Edition { reader: Public::new(), chosen };
        let mut made = Touched { edition, withheld: self.withheld.clone() };
        let (today, reader) = (self.edition.today(), self.edition.reader());
        for &id in texts {
            let text = library.text(id);
            // It could close or open the folder it lies in.
            if is_first(text) && has_readers(text) {
                return None;
            }
            let goes = reader.lets_in(id, text, &self.folders, today);
            match (goes, self.ids.binary_search(&id)) {
                (Ok(()), Ok(at)) => {
                    let entry = self.entry(id, at, before, library)?;
                    *made.edition.chosen.entries.get_mut(at)? = Arc::new(entry);
                }
                (Err(reasons), Err(_)) => {
                    let stays = made.withheld.iter_mut().find(|one| one.text == id);
                    stays?.reasons = reasons;
                }
                _ => return None,
            }
        }
        Some(made)
    }

    fn entry<'b>(
        &'b self,
        id: TextId,
        at: usize,
        before: &'b Library,
        library: &'b Library,
    ) -> Option<Entry<'b>> {
        let (text, was) = (library.text(id), before.text(id));
        // A link to a heading looks into another text.
        if text.links.iter().any(names_heading) {
            return None;
        }
        let old = self.edition.chosen.entries.get(at)?;
        let now = self.behind(library, id, text);
        if !is_alike(&now, &self.behind(before, id, was))
            || Anchors::of(&text.body) != Anchors::of(&was.body)
        {
            return None;
        }
        let Behind { body, mut left, .. } = now;
        for (at, picture) in &mut left.pictures {
            picture.asset = old.pictures.get(at)?.asset;
        }
        let voices = voices_of(&self.edition.voices, text, &body);
        (voices == old.voices).then(|| Entry {
            summary: summary(&left.fields, &body),
            pictures: left.pictures,
            notes: left.notes,
            body,
            ..Entry::clone(old)
        })
    }

    /// Lets a text through the wall; where it leads is as before.
    fn behind<'b>(
        &'b self,
        library: &'b Library,
        id: TextId,
        text: &'b Text,
    ) -> Behind<'b> {
        let (reader, mut noticed) = (self.edition.reader(), Vec::new());
        let mut body = passed(text, reader, &mut noticed);
        let anchors = Anchors::of(&body);
        let bodies = BTreeMap::new();
        let cover = Cover::of(library, &self.finder, (id, text), &[], &bodies);
        cover.body(&mut body);
        let left = Left::of(text, &body, reader, &cover, &mut noticed);
        Behind { body, left, anchors }
    }
}

/// Tells whether two texts look the same to all others: headings, links, pictures.
fn is_alike(now: &Behind<'_>, was: &Behind<'_>) -> bool {
    let files = |left: &Left<'_>| -> Vec<_> {
        left.pictures.iter().map(|(at, picture)| (*at, picture.asset)).collect()
    };
    now.anchors == was.anchors
        && Anchors::of(&now.body) == Anchors::of(&was.body)
        && now.left.title == was.left.title
        && now.left.fields == was.left.fields
        && now.left.links == was.left.links
        && files(&now.left) == files(&was.left)
}

fn names_heading(link: &Link) -> bool {
    match &link.target {
        Target::Inside { fragment, .. } | Target::Title { fragment, .. } => {
            fragment.is_some()
        }
        Target::Outside(_) | Target::Dropped => false,
    }
}
