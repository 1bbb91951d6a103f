//! Lines of text: emphasis, links, passages in another language, footnotes, terms.

use super::cover::covered;
use super::writer::{DEEPEST, Writer};
use crate::compose::Destination;
use crate::model::{
    Block, BlockKind, Foreign, Inline, InlineKind, LinkId, NoteId, plain,
};
use crate::output::html::{digits_in_order, outside, unmarked};
use crate::text::{has_rtl, other_way};

impl<'w> Writer<'w> {
    /// Writes a whole line: a paragraph, a heading, a cell.
    pub(super) fn line(&mut self, line: &'w [Inline]) {
        let line = covered(line);
        let turned = std::mem::replace(&mut self.turned, has_rtl(&plain(&line)));
        // Nobody said that it is another language: its words, its numbers and its full stop
        // stand in their order all the same.
        let own = other_way(&unmarked(&line), self.lang.is_rtl());
        if let Some(rtl) = own {
            self.code(if rtl { "\"\u{2067}\";" } else { "\"\u{2066}\";" });
        }
        self.inlines(&line);
        if own.is_some() {
            self.code("\"\u{2069}\";");
        }
        self.turned = turned;
    }

    fn inlines(&mut self, line: &[Inline]) {
        self.depth += 1;
        line.iter().for_each(|inline| self.inline(inline));
        self.depth -= 1;
    }

    fn inline(&mut self, inline: &Inline) {
        self.span = inline.span;
        match &inline.kind {
            InlineKind::Text(text) => self.text(text),
            InlineKind::Emphasis(inner) => self.wrapped("emphasis", inner),
            InlineKind::Strong(inner) => self.wrapped("strongly", inner),
            InlineKind::Struck(inner) => self.wrapped("struck", inner),
            InlineKind::Code(text) => {
                self.code("t.code-word(");
                self.literal(text);
                self.code(");");
            }
            InlineKind::Link(link, inner) => self.link(*link, inner),
            InlineKind::Picture(picture) => self.picture_in_line(*picture),
            InlineKind::Language(passage) => {
                let Foreign { lang, words } = &**passage;
                if self.depth > DEEPEST * 2 {
                    return self.inlines(words);
                }
                self.code("t.words-in(");
                self.language(lang);
                let quiet = std::mem::replace(&mut self.quiet, 1);
                let rtl = lang.is_rtl();
                // What runs the other way than the line around it stands by itself, so that
                // its neighbours keep their order.
                let turns = rtl != self.lang.is_rtl();
                self.block_of(|w| {
                    if turns {
                        w.code(if rtl { "\"\\u{2067}\";" } else { "\"\\u{2066}\";" });
                    }
                    match rtl {
                        true => w.inlines_in_order(words),
                        false => w.inlines(words),
                    }
                    if turns {
                        w.code("\"\\u{2069}\";");
                    }
                });
                self.quiet = quiet;
                self.code(");");
            }
            InlineKind::Note(note) => self.note(*note),
            InlineKind::SoftBreak => self.code("\" \";"),
            InlineKind::HardBreak => self.code("linebreak();"),
        }
    }

    /// Writes words that run from right to left inside a line that does not.
    fn inlines_in_order(&mut self, inner: &[Inline]) {
        for inline in inner {
            match &inline.kind {
                InlineKind::Text(text) => self.in_order(text),
                _ => self.inline(inline),
            }
        }
    }

    fn wrapped(&mut self, name: &str, inner: &[Inline]) {
        if inner.is_empty() {
            return;
        }
        if self.depth > DEEPEST * 2 {
            return self.inlines(inner);
        }
        self.call(name, |w| w.inlines(inner));
    }

    /// Text, with words of the glossary linked where they first stand.
    fn text(&mut self, text: &str) {
        if self.quiet > 0 || self.in_link || !self.open_notes.is_empty() {
            return self.marks(text);
        }
        let book = self.book;
        let mut from = 0;
        for (range, term) in book.shared.terms_in(text, self.lang.primary()) {
            let Some(place) = book.term(&term.address, &term.anchor) else { continue };
            let own = book.entries.get(&self.id);
            if own.is_some_and(|entry| entry.address == term.address)
                || !self.terms.insert(term.title.clone())
            {
                continue;
            }
            self.marks(text.get(from..range.start).unwrap_or_default());
            self.code(&format!("t.to-term(\"{place}\", "));
            self.literal(text.get(range.clone()).unwrap_or_default());
            self.code(");");
            from = range.end;
        }
        self.marks(text.get(from..).unwrap_or_default());
    }

    fn marks(&mut self, text: &str) {
        if self.turned || self.lang.is_rtl() {
            self.in_order(text)
        } else {
            self.say(text)
        }
    }

    /// Numbers in groups keep their order in a text from right to left.
    fn in_order(&mut self, text: &str) {
        let mut from = 0;
        for range in digits_in_order(text) {
            self.say(text.get(from..range.start).unwrap_or_default());
            let digits = text.get(range.clone()).unwrap_or_default();
            self.say(&format!("\u{2066}{digits}\u{2069}"));
            from = range.end;
        }
        self.say(text.get(from..).unwrap_or_default());
    }

    /// A link: to a place in the booklet, to a page on the site, to another site.
    fn link(&mut self, link: LinkId, inner: &[Inline]) {
        let leads = self.entry.links.get(link.0 as usize);
        let Some(leads) = leads.filter(|_| !self.in_link) else {
            return self.inlines(inner);
        };
        let mut number = None;
        if let Some((id, place)) = self.book.place(self.id, leads) {
            // The way to a place in the same text is short: no page number behind it.
            let name = if id == self.id { "to-term" } else { "to-text" };
            self.code(&format!("t.{name}(\"{place}\", "));
        } else if let Some(address) = self.outside(leads) {
            number = self.number_of(&address);
            self.code("t.outside(");
            super::literal::push_exact(&mut self.out, &address);
            self.code(", ");
        } else {
            return self.inlines(inner);
        }
        self.in_link = true;
        let said = !plain(inner).trim().is_empty();
        let address = self.outside(leads).unwrap_or_default();
        self.block_of(|w| {
            if said {
                w.inlines(inner);
            } else {
                w.say(address.trim_start_matches("https://"));
            }
        });
        self.in_link = false;
        match number {
            Some(number) => self.code(&format!(", number: {number});")),
            None => self.code(");"),
        }
    }

    /// Returns an address outside the booklet: another site, or our own site when it is
    /// known where that stands.
    fn outside(&self, leads: &Destination) -> Option<String> {
        match leads {
            Destination::Outside(address) => outside(address),
            Destination::Page(address, inside) => {
                let site = self.book.settings.address.as_deref()?;
                let inside = inside.as_deref().map(|id| format!("#{id}"));
                let page = address.escaped();
                outside(&format!("{site}{page}{}", inside.unwrap_or_default()))
            }
            Destination::File(address, _) => {
                let site = self.book.settings.address.as_deref()?;
                outside(&format!("{site}{}", address.escaped()))
            }
            Destination::Here(_) | Destination::Nothing => None,
        }
    }

    /// A footnote stands at the foot of the page of its first mark.
    fn note(&mut self, note: NoteId) {
        let Some(explained) = self.entry.notes.get(&note) else { return };
        let Some(blocks) = &explained.blocks else {
            let mark = format!("[^{}]", explained.name);
            return self.say(&mark);
        };
        let name = format!("{}-noot{}", super::book::name(self.id), note.0);
        if self.open_notes.is_empty() {
            if !self.notes.insert(note) {
                self.code(&format!("t.note-again(\"{name}\");"));
                return;
            }
            self.open_notes.push(note);
            self.code(&format!("t.note(\"{name}\", "));
            self.block_of(|w| w.note_words(blocks));
            self.code(");");
        } else {
            // A foot has no foot of its own: what it marks stands between brackets, unless
            // it is told elsewhere on paper, or is being told right here.
            let told = self.notes.contains(&note) || self.open_notes.contains(&note);
            if told {
                return;
            }
            self.open_notes.push(note);
            self.code("\" (\";");
            self.note_words(blocks);
            self.code("\")\";");
        }
        self.open_notes.pop();
    }

    /// The words of a note: its first paragraph stands in the line of its number.
    fn note_words(&mut self, blocks: &'w [Block]) {
        match blocks {
            [Block { kind: BlockKind::Paragraph(line), .. }, rest @ ..] => {
                self.line(line);
                self.blocks(rest);
            }
            _ => self.blocks(blocks),
        }
    }
}
