//! One text as a chapter: its opener, what to know before reading, its body, and what its
//! teller agreed to.

use super::book::{Book, name};
use super::writer::Writer;
use crate::compose::{Entry, EntryId};
use crate::lang::Table;
use crate::model::{Block, Body, Key, Kind, Value};
use crate::output::about;
use crate::text::{Span, redact};

/// Writes the chapter of one text, as the typesetter reads it.
pub(super) fn chapter<'w>(
    book: &'w Book<'w>,
    id: EntryId,
    entry: &'w Entry<'w>,
) -> String {
    let mut writer = Writer::new(book, id, entry);
    writer.code("#import \"/theme.typ\" as t\n#t.pages(");
    writer.literal(&entry.title);
    writer.code(&format!(", \"{}\", ", name(id)));
    let own = book.booklet.lang != entry.lang;
    writer.block_of(|w| {
        if own {
            w.code("t.passage(");
            w.language(entry.lang);
            w.block_of(Writer::whole);
            w.code(");\n");
        } else {
            w.whole();
        }
    });
    writer.code(")\n");
    writer.out
}

impl<'w> Writer<'w> {
    /// The text from its opener to its end.
    fn whole(&mut self) {
        self.code("\n");
        self.place(0);
        self.opener();
        let entry = self.entry;
        let picture = entry.image.and_then(|id| entry.pictures.get(&id));
        if let Some(picture) = picture.filter(|_| entry.kind != Kind::Booklet) {
            self.whole_picture(picture, &[]);
        }
        if let Some(note) = entry.fields.text(Key::ContentNote)
            && entry.kind == Kind::Story
        {
            self.code("t.content-note(");
            self.literal(self.words.get("story.note"));
            self.code(", ");
            self.literal(note);
            self.code(");\n");
        }
        self.facts();
        let consent = about::consent(entry, self.words);
        let (lead, last) = self.with_consent(&entry.body, &consent);
        self.pieces(lead);
        if entry.kind == Kind::Voices {
            self.all_voices();
        }
        self.parts(&entry.body.sections);
        if last.is_empty() {
            self.web_addresses();
            return self.consent(&consent);
        }
        self.code("t.together(");
        self.block_of(|w| {
            w.pieces(last);
            w.web_addresses();
            w.consent(&consent);
        });
        self.code(");\n");
    }

    /// Splits the blocks of a story in those that may break, and a short last one that
    /// stays with the lines about consent: those never stand on a page alone.
    fn with_consent(
        &self,
        body: &'w Body,
        consent: &[String],
    ) -> (&'w [Block], &'w [Block]) {
        let lead = body.lead.as_slice();
        let last = lead.len().saturating_sub(1);
        let stays = !consent.is_empty()
            && body.sections.is_empty()
            && self.is_short(&lead[last..]);
        lead.split_at(if stays { last } else { lead.len() })
    }

    fn consent(&mut self, consent: &[String]) {
        if consent.is_empty() {
            return;
        }
        self.code("t.consent((");
        for sentence in consent {
            self.literal(sentence);
            self.code(",");
        }
        self.code("));\n");
    }

    fn opener(&mut self) {
        let entry = self.entry;
        let fields = &entry.fields;
        let kind = crate::kind::row(entry.kind).name;
        self.code(&format!("t.opener(\"{kind}\", {}, ", self.base));
        self.span = Span::default();
        self.literal(&entry.title);
        self.code(&format!(", \"{}\"", name(self.id)));
        let kicker = self.book.kicker(entry);
        self.named("kicker", kicker.as_deref());
        let lead = fields.text(Key::Subtitle).or(fields.text(Key::Summary));
        self.named("lead", lead);
        let by = by(entry, self.words);
        self.named("by", by.as_deref());
        self.code(", voices: (");
        // A story has one teller; who speaks in it stands in its by-line.
        for &at in entry.voices.iter().filter(|_| entry.kind == Kind::Tip) {
            let Some((name, word, _)) = voice(self.book, at, self.words) else {
                continue;
            };
            self.code(&format!("(\"{name}\", "));
            self.literal(&word);
            self.code("),");
        }
        self.code("));\n");
    }

    /// The fields a kind shows, as lines.
    fn facts(&mut self) {
        let rows = facts(self.entry, self.words);
        if rows.is_empty() {
            return;
        }
        self.code("t.facts((");
        for (label, said) in rows {
            self.code("(");
            self.literal(&label);
            self.code(", ");
            self.literal(&said);
            self.code("),");
        }
        self.code("));\n");
    }

    /// Who speaks in the booklet, with what each voice means.
    fn all_voices(&mut self) {
        self.code("t.voices((");
        for at in 0..self.book.voices.len() {
            let Some((name, word, meaning)) = voice(self.book, at, self.words) else {
                continue;
            };
            self.code(&format!("(\"{name}\", "));
            self.literal(&word);
            self.code(", ");
            self.literal(&meaning);
            self.code("),");
        }
        self.code("));\n");
    }
}

/// Returns who tells a story, or whom a tip is for.
pub(super) fn by(entry: &Entry<'_>, words: &Table) -> Option<String> {
    about::by(entry, words).or_else(|| {
        let names: Vec<&str> =
            entry.fields.list(Key::For).iter().map(|(name, _)| name.as_str()).collect();
        (entry.kind == Kind::Tip && !names.is_empty())
            .then(|| words.say("tip.for", &[("names", &names.join(", "))]))
    })
}

/// Returns the fields a kind shows: label and what it says.
pub(super) fn facts(entry: &Entry<'_>, words: &Table) -> Vec<(String, String)> {
    let keys = about::shown(entry.kind).iter();
    keys.filter_map(|&key| {
        let said = fact(entry, key, words)?;
        let name = key.name().replace('_', "-");
        Some((words.get(&format!("field.{name}")).to_string(), said))
    })
    .collect()
}

/// Returns a voice: its name for shapes and colours, its word, what it means.
pub(super) fn voice<'b>(
    book: &'b Book<'_>,
    at: usize,
    words: &Table,
) -> Option<(&'b str, String, String)> {
    let row = book.voices.get(at)?;
    let named = |key: &str| words.get(&format!("{key}.{}", row.name)).to_string();
    let built_in = row.word.is_empty();
    let word = if built_in { named("voice") } else { row.word.clone() };
    let meaning = match row.meaning.as_str() {
        "" if built_in => named("voice-meaning"),
        meaning => meaning.to_string(),
    };
    Some((&row.name, word, meaning))
}

/// Returns a field as people read it.
pub(super) fn fact(entry: &Entry<'_>, key: Key, words: &Table) -> Option<String> {
    let said = match &entry.fields.get(key)?.value {
        Value::Date(date) => about::day(words, *date),
        Value::List(list) => {
            list.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
        }
        Value::Number(number) => number.to_string(),
        Value::Text(typed) => match about::link(typed) {
            Some((said, leads)) => format!("{said} ({leads})"),
            None => typed.trim().to_string(),
        },
        Value::Yes(_) | Value::Lang(_) | Value::Unread(_) => return None,
    };
    Some(redact(&said).into_owned()).filter(|said| !said.is_empty())
}
