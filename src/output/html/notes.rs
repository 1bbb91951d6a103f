//! Footnotes: a mark in the text, the note at the end, and the way back.

use super::writer::Writer;
use crate::model::NoteId;

/// Keeps a mark from its word: who hears a heading, a cell or the name of a table would hear
/// "footnoteNote 1". It takes no room, and no line ends there.
const APART: &str = "<span>\u{a0}</span>";

impl Writer<'_> {
    /// A mark. One note may have several; each has its own anchor.
    pub(super) fn note_mark(&mut self, note: NoteId) {
        let Some(explained) = self.entry.notes.get(&note) else { return };
        if explained.blocks.is_none() {
            self.raw("[^");
            self.plain(&explained.name);
            self.raw("]");
            return;
        }
        let at = *self.note_places.entry(note).or_insert_with(|| {
            self.notes.push((note, 0));
            self.notes.len() - 1
        });
        let number = at + 1;
        let mark = self.notes.get_mut(at).map_or(1, |(_, marks)| {
            *marks += 1;
            *marks
        });
        if self.in_link {
            // A link may not stand in a link: the number alone.
            let id = mark_id(number, mark);
            return self.raw(&format!(
                "<sup class=\"note-ref\" id=\"{id}\">{APART}{number}</sup>"
            ));
        }
        let label = self.words.say("part.note", &[("n", &number.to_string())]);
        self.raw(&format!(
            "<sup class=\"note-ref\">{APART}<a id=\"{}\" href=\"#{}\" role=\"doc-noteref\" aria-label=\"",
            mark_id(number, mark),
            note_id(number)
        ));
        self.plain(&label);
        self.raw(&format!("\">{number}</a></sup>"));
    }

    /// All notes that were marked, also by other notes; empty when there are none.
    pub(super) fn all_notes(&mut self) -> String {
        if self.notes.is_empty() {
            return String::new();
        }
        let mut items: Vec<String> = Vec::new();
        let entry = self.entry;
        // A note may mark another note: the list grows while we go.
        while let Some((note, _)) = self.notes.get(items.len()).copied() {
            let before = self.take();
            let blocks = entry.notes.get(&note).and_then(|one| one.blocks.as_ref());
            if let Some(blocks) = blocks {
                self.blocks(blocks);
            }
            items.push(std::mem::replace(&mut self.out, before));
        }
        let before = self.take();
        self.raw("<section class=\"notes\" role=\"doc-endnotes\">\n<h2 id=\"noten_\">");
        self.plain(self.words.get("part.notes"));
        self.raw("</h2>\n<ol>\n");
        for (at, item) in items.iter().enumerate() {
            let marks = self.notes.get(at).map_or(1, |(_, marks)| *marks);
            self.note(at + 1, marks, item);
        }
        self.raw("</ol>\n</section>\n");
        std::mem::replace(&mut self.out, before)
    }

    fn note(&mut self, number: usize, marks: u32, item: &str) {
        self.raw(&format!(
            "<li id=\"{}\">\n{item}<p class=\"note-back\">",
            note_id(number)
        ));
        let label = self.words.say("part.back", &[("n", &number.to_string())]);
        for mark in 1..=marks {
            let id = mark_id(number, mark);
            self.raw(&format!("<a href=\"#{id}\" role=\"doc-backlink\" aria-label=\""));
            self.plain(&label);
            if marks > 1 {
                self.raw(&format!(" ({mark})"));
            }
            self.raw("\">↩</a> ");
        }
        self.raw("</p></li>\n");
    }
}

// Anchors made from headings never hold `_`, so these are free.
fn note_id(number: usize) -> String {
    format!("noot_{number}")
}

fn mark_id(number: usize, mark: u32) -> String {
    if mark == 1 {
        format!("bij_noot_{number}")
    } else {
        format!("bij_noot_{number}_{mark}")
    }
}
