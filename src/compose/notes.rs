//! Footnotes behind the wall: an explanation that stands in a part that is not for this
//! reader stays inside, and its marks go with it, so that no number tells of it.

use super::reader::Reads;
use crate::model::{Inline, InlineKind, NoteId, Text, Tree, change_lines, walk_inlines};
use crate::problem::{Code, Problem};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Returns the notes of a text that are not for this reader.
pub(super) fn closed(text: &Text, reader: &impl Reads) -> BTreeSet<NoteId> {
    let numbered = text.notes.iter().enumerate();
    numbered
        .filter(|(_, note)| !reader.may_read(&note.audience))
        .map(|(at, _)| NoteId(at as u32))
        .collect()
}

/// Takes the marks of closed notes out of a body; L10 for each note, at its first mark.
pub(super) fn unmark(
    text: &Text,
    body: &mut Cow<'_, Tree>,
    closed: &BTreeSet<NoteId>,
    problems: &mut Vec<Problem>,
) {
    if closed.is_disjoint(&body.glance().notes) {
        return;
    }
    let mut seen = BTreeSet::new();
    walk_inlines(body, &mut |inline| {
        let InlineKind::Note(id) = inline.kind else { return };
        if closed.contains(&id) && seen.insert(id) {
            let name = text.notes.get(id.0 as usize).map(|note| note.name.as_str());
            let problem = Problem::at(Code::L10, inline.span);
            problems.push(problem.with("x", name.unwrap_or_default()));
        }
    });
    let open =
        |one: &Inline| !matches!(one.kind, InlineKind::Note(id) if seen.contains(&id));
    change_lines(body.to_mut(), &mut |line| line.retain(open));
}
