//! What of a text can be found, and how heavy it weighs.
//!
//! Only what is on its page: the parts this reader may read, the footnotes and pictures
//! that those parts point to, and its title, themes and summary.

use super::words::words;
use crate::compose::Entry;
use crate::kind::headings::title_in;
use crate::model::{
    Attribute, Block, BlockKind, Inline, InlineKind, Key, NoteId, PictureId, Section,
    for_inner, for_lines, inlines, plain,
};
use crate::text::redact;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// Stands in the weight of a word that is in a title, above every weight that adds up.
pub(super) const IN_TITLE: u32 = 1 << 24;

/// Weights of the places a word may stand in.
const TITLE: u32 = IN_TITLE + 12;
const THEME: u32 = 8;
const HEADING: u32 = 4;
const SUMMARY: u32 = 2;
const BODY: u32 = 1;

/// Calls `say` with every piece of text and its weight; service numbers are covered.
pub(super) fn texts(entry: &Entry<'_>, themes: &[&str], say: &mut dyn FnMut(u32, &str)) {
    say(TITLE, &redact(&entry.title));
    themes.iter().for_each(|theme| say(THEME, &redact(theme)));
    say(SUMMARY, &redact(&entry.summary));
    let (waiting, read, pictures) = Default::default();
    let mut walk = Walk { entry, waiting, read, pictures, say };
    walk.blocks(&entry.body.lead);
    entry.body.sections.iter().for_each(|part| walk.section(part));
    walk.marked();
}

/// A word of a text as written, how often it stands there, and what that weighs.
pub(super) type Heard = (String, u32, u32);

/// Returns the words of a text.
pub(super) fn heard(entry: &Entry<'_>, themes: &[&str]) -> Vec<Heard> {
    let mut heard: HashMap<String, (u32, u32)> = HashMap::new();
    texts(entry, themes, &mut |weight, text| {
        words(text, &mut |written| {
            let (times, weighs) = match heard.get_mut(written) {
                Some(known) => known,
                None => heard.entry(written.to_string()).or_default(),
            };
            *times += 1;
            *weighs = weighs.saturating_add(weight);
        });
    });
    let heard = heard.into_iter().map(|(word, (times, weighs))| (word, times, weighs));
    heard.collect()
}

/// The longest text that is kept to show a passage from, in bytes.
const LONGEST: usize = 40_000;

/// Returns the running text of a page, for passages around what is found. Between a heading
/// and what stands below it is a mark: in one line nobody sees where one ends.
pub(super) fn running(entry: &Entry<'_>) -> String {
    let mut out = String::new();
    texts(entry, &[], &mut |weight, text| {
        if matches!(weight, BODY | HEADING) && out.len() < LONGEST {
            if out.ends_with(|c: char| c.is_alphanumeric()) && !text.trim().is_empty() {
                out.push_str(" ·");
            }
            for word in text.split_whitespace() {
                out.push_str(if out.is_empty() { "" } else { " " });
                out.push_str(word);
            }
        }
    });
    out
}

struct Walk<'w, 'e> {
    entry: &'w Entry<'e>,
    /// Notes that the page marks and that wait to be read.
    waiting: BTreeSet<NoteId>,
    /// Notes that were read.
    read: BTreeSet<NoteId>,
    /// Pictures that were read.
    pictures: BTreeSet<PictureId>,
    say: &'w mut dyn FnMut(u32, &str),
}

impl Walk<'_, '_> {
    fn section(&mut self, part: &Section) {
        // As it stands on the page.
        let lang = part.lang.as_ref().unwrap_or(self.entry.lang);
        match title_in(lang, part.role, &part.title) {
            Some(own) => (self.say)(HEADING, &redact(&own)),
            None => self.line(HEADING, &part.title),
        }
        self.attributes(&part.attributes);
        self.blocks(&part.blocks);
        part.sections.iter().for_each(|inner| self.section(inner));
    }

    /// Pages do not show who may read a part, and its language; then neither is found.
    fn attributes(&mut self, list: &[Attribute]) {
        let told = |one: &&Attribute| !matches!(one.key, Some(Key::For | Key::Language));
        list.iter().filter(told).for_each(|one| self.line(BODY, &one.value));
    }

    fn blocks(&mut self, list: &[Block]) {
        for block in list {
            self.names(block);
            match &block.kind {
                BlockKind::Attributes(list) => self.attributes(list),
                _ => for_lines(block, &mut |line| self.line(BODY, line)),
            }
            for_inner(block, &mut |inner| self.blocks(inner));
        }
    }

    /// What stands in a block as plain words, outside its lines.
    fn names(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Quote { voice: Some(voice), .. } => {
                self.plain(&voice.name);
                self.plain(&voice.role);
            }
            BlockKind::Callout { label, .. } => self.plain(label),
            BlockKind::Code { text, .. } => self.plain(text),
            BlockKind::Figure { picture, .. } => self.picture(*picture),
            BlockKind::People(list) => list.iter().for_each(|one| self.plain(&one.name)),
            BlockKind::Entries(list) => {
                list.iter().for_each(|one| self.plain(&one.date_typed));
            }
            _ => {}
        }
    }

    fn plain(&mut self, text: &str) {
        (self.say)(BODY, &redact(text));
    }

    fn line(&mut self, weight: u32, line: &[Inline]) {
        let text = match line {
            [Inline { kind: InlineKind::Text(text), .. }] => Cow::Borrowed(text.as_str()),
            line => Cow::Owned(plain(line)),
        };
        (self.say)(weight, &redact(&text));
        inlines(line, &mut |inline| match inline.kind {
            InlineKind::Picture(id) => self.picture(id),
            InlineKind::Note(id) if !self.read.contains(&id) => {
                self.waiting.insert(id);
            }
            _ => {}
        });
    }

    fn picture(&mut self, id: PictureId) {
        let Some(picture) = self.entry.pictures.get(&id) else { return };
        if !picture.decorative && self.pictures.insert(id) {
            self.plain(&picture.alt);
        }
    }

    /// The notes that are marked, also by other notes.
    fn marked(&mut self) {
        let entry = self.entry;
        while let Some(id) = self.waiting.pop_first() {
            self.read.insert(id);
            if let Some(blocks) = entry.notes.get(&id).and_then(|n| n.blocks.as_ref()) {
                self.blocks(blocks);
            }
        }
    }
}
