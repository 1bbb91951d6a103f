//! The writer of one text: calls of the theme's functions, and words as literals.
//!
//! Its methods stand in files of their own: lines in `inline`, blocks in `block`, tables in
//! `table`, parts in `part`, the text as a whole in `text`. Every call ends with `;`, so
//! calls and literals follow each other in a block of code.

use super::book::Book;
use super::literal;
use crate::compose::{Entry, EntryId};
use crate::lang::{Lang, Table};
use crate::model::{Block, NoteId};
use crate::output::html::capital;
use crate::text::{Address, Span};
use std::collections::BTreeSet;

/// Blocks in blocks and lines in lines up to here; what lies deeper loses its frame, not
/// its words. The typesetter goes no deeper than some sixty steps.
pub(super) const DEEPEST: u32 = 9;

/// Writes one text.
pub(super) struct Writer<'w> {
    pub(super) out: String,
    pub(super) book: &'w Book<'w>,
    pub(super) entry: &'w Entry<'w>,
    pub(super) id: EntryId,
    /// Level of its title.
    pub(super) base: u8,
    pub(super) words: &'w Table,
    pub(super) lang: &'w Lang,
    /// Above zero: no links to the glossary (headings, quotes, code).
    pub(super) quiet: u32,
    pub(super) in_link: bool,
    pub(super) depth: u32,
    /// Footnotes that stand at a foot.
    pub(super) notes: BTreeSet<NoteId>,
    /// Footnotes that are being written, the outer ones first.
    pub(super) open_notes: Vec<NoteId>,
    /// Where the words being written come from.
    pub(super) span: Span,
    /// The next words begin a sentence: `> **Let op:** pas op` shows "Pas op".
    pub(super) capital: bool,
    /// The line being written holds letters from right to left: numbers keep their order.
    pub(super) turned: bool,
    /// Terms that were linked in this text.
    pub(super) terms: BTreeSet<String>,
    /// Addresses on the web that get a number: see `qr`.
    pub(super) addresses: Vec<String>,
    /// Headings and blocks of parts that were written: see [`Writer::piece`].
    pieces: usize,
}

impl<'w> Writer<'w> {
    pub(super) fn new(book: &'w Book<'w>, id: EntryId, entry: &'w Entry<'w>) -> Self {
        Writer {
            out: String::with_capacity(4096),
            book,
            entry,
            id,
            base: book.level(id),
            words: book.words(entry.lang),
            lang: entry.lang,
            quiet: 0,
            in_link: false,
            depth: 0,
            notes: BTreeSet::new(),
            open_notes: Vec::new(),
            span: Span::default(),
            capital: false,
            turned: false,
            terms: BTreeSet::new(),
            addresses: Vec::new(),
            pieces: 0,
        }
    }

    /// Notes where a heading or a block of a part begins, as in the HTML of the text: an
    /// e-book tells by it on which page of the A5 booklet it stands.
    pub(super) fn piece(&mut self) {
        self.pieces += 1;
        self.place(self.pieces);
    }

    /// Names the place of a piece of this text; the opener is number 0.
    pub(super) fn place(&mut self, number: usize) {
        if self.book.paper == super::paper::A5 {
            let place = piece(&self.entry.address, number);
            self.code("metadata(");
            literal::push_exact(&mut self.out, &place);
            self.code(");");
        }
    }

    /// Writes the blocks of a part.
    pub(super) fn pieces(&mut self, blocks: &'w [Block]) {
        for block in blocks {
            self.piece();
            self.blocks(std::slice::from_ref(block));
        }
    }

    /// Adds code of ours.
    pub(super) fn code(&mut self, code: &str) {
        self.out.push_str(code);
    }

    /// Adds words as a literal.
    pub(super) fn literal(&mut self, words: &str) {
        let words = self.book.printable(words, self.span);
        literal::push(&mut self.out, &words);
    }

    /// Adds words as a statement of their own.
    pub(super) fn say(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if std::mem::take(&mut self.capital) {
            self.literal(&capital(words));
        } else {
            self.literal(words);
        }
        self.code(";");
    }

    /// Adds `name: "words"`, or `name: none`.
    pub(super) fn named(&mut self, name: &str, words: Option<&str>) {
        self.code(", ");
        self.code(name);
        self.code(": ");
        match words {
            Some(words) => self.literal(words),
            None => self.code("none"),
        }
    }

    /// Adds a block of code with what `write` writes.
    pub(super) fn block_of(&mut self, write: impl FnOnce(&mut Self)) {
        self.code("{");
        write(self);
        self.code("}");
    }

    /// Adds `t.name({…})`; what stands behind the block comes from `rest`.
    pub(super) fn call(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.code("t.");
        self.code(name);
        self.code("(");
        self.block_of(write);
        self.code(");");
    }

    /// Runs `write` without links to the glossary.
    pub(super) fn quietly(&mut self, write: impl FnOnce(&mut Self)) {
        self.quiet += 1;
        write(self);
        self.quiet -= 1;
    }

    /// Runs `write` in another language.
    pub(super) fn within(&mut self, lang: &'w Lang, write: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.lang, lang);
        write(self);
        self.lang = around;
    }

    /// Adds the arguments that name a language.
    pub(super) fn language(&mut self, lang: &Lang) {
        let (tag, region) = tag(lang);
        self.code(&format!("\"{tag}\", {region}, {}, ", lang.is_rtl()));
    }
}

/// A sheet of a text in a language that is not the booklet's: what is written between its
/// begin and its end is in that language.
pub(super) struct Own(bool);

impl Own {
    /// Begins it.
    pub(super) fn begin(book: &Book<'_>, entry: &Entry<'_>, out: &mut String) -> Own {
        let own = book.booklet.lang != entry.lang;
        if own {
            let (tag, region) = tag(entry.lang);
            let rtl = entry.lang.is_rtl();
            out.push_str(&format!("t.passage(\"{tag}\", {region}, {rtl}, {{\n"));
        }
        Own(own)
    }

    /// Ends it.
    pub(super) fn end(self, out: &mut String) {
        if self.0 {
            out.push_str("})\n");
        }
    }
}

/// Returns the name of a piece of the text at an address.
pub(super) fn piece(address: &Address, number: usize) -> String {
    format!("{}#{number}", address.as_str())
}

/// Returns the tag of a language as the typesetter takes it, and its region as code.
pub(super) fn tag(lang: &Lang) -> (String, String) {
    let region = lang.tag().split('-').skip(1).find(|part| part.len() == 2);
    let region = region.map_or("none".to_string(), |part| format!("\"{part}\""));
    (lang.primary().to_string(), region)
}
