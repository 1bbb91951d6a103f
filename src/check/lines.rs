//! Walks through a text line by line, and tells of each line what stands around it.
//!
//! [`lines`] also gives the words outside the tree: title, summary, other fields that get
//! printed, descriptions of pictures, voices, names, addresses of links.

use super::line::{Line, Standing};
use crate::model::{
    Block, BlockKind, Callout, Inline, Key, Kind, Role, Section, Table, Target, Text,
    Value, for_inner, for_lines, plain,
};
use crate::text::{Sources, Span, fold};
use std::cell::OnceCell;
use std::ops::Deref;

/// The lines of a text, made when a check asks for the first.
pub(super) struct Lines<'a> {
    text: &'a Text,
    sources: &'a Sources,
    made: OnceCell<Vec<Line<'a>>>,
}

impl<'a> Lines<'a> {
    /// Makes none yet.
    pub(super) fn of(text: &'a Text, sources: &'a Sources) -> Self {
        Lines { text, sources, made: OnceCell::new() }
    }
}

impl<'a> Deref for Lines<'a> {
    type Target = [Line<'a>];

    fn deref(&self) -> &[Line<'a>] {
        self.made.get_or_init(|| lines(self.text, self.sources))
    }
}

/// Returns every line of a text.
pub(super) fn lines<'a>(text: &'a Text, sources: &'a Sources) -> Vec<Line<'a>> {
    // A story is somebody's own words, from the first to the last.
    let prose = !matches!(text.kind, Kind::Story | Kind::Sources | Kind::Site);
    let standing = Standing { lang: &text.lang, prose, open: true };
    let mut walk = Walk { sources, kind: text.kind, lines: Vec::new() };
    walk.fields(text, standing);
    walk.points(text, standing);
    let open = text.body.audience.is_everyone();
    walk.blocks(&text.body.lead, Standing { open, ..standing });
    for part in &text.body.sections {
        walk.section(part, standing);
    }
    for note in &text.notes {
        walk.blocks(note.blocks.as_deref().unwrap_or_default(), standing);
    }
    walk.lines
}

struct Walk<'a> {
    sources: &'a Sources,
    kind: Kind,
    lines: Vec<Line<'a>>,
}

impl<'a> Walk<'a> {
    fn line(&mut self, inlines: &'a [Inline], standing: Standing<'a>) {
        if inlines.is_empty() {
            return;
        }
        let mut line = Line::of(inlines, standing, self.sources);
        line.standing.prose &= !is_rather_not(&line.text, true);
        self.lines.push(line);
    }

    fn words(&mut self, words: &str, span: Span, standing: Standing<'a>) {
        if !words.trim().is_empty() {
            self.lines.push(Line::plain(words, span, standing, self.sources));
        }
    }

    /// Title and summary are prose; other fields are only looked at for privacy.
    fn fields(&mut self, text: &Text, standing: Standing<'a>) {
        let aside = Standing { prose: false, ..standing };
        // A title without a place came from the name of the file: nothing to rewrite.
        let typed = text.title_span.start != text.title_span.end;
        let title = if typed { standing } else { aside };
        self.words(&text.title, text.title_span, title);
        for field in &text.fields.list {
            if is_silent(field.key) || field.key == Key::Title {
                continue;
            }
            let prose = standing.prose && field.key == Key::Summary;
            let here = Standing { prose, ..standing };
            match &field.value {
                Value::Text(words) | Value::Unread(words) => {
                    self.words(words, field.value_span, here);
                }
                Value::List(list) => {
                    list.iter().for_each(|(words, span)| self.words(words, *span, here));
                }
                Value::Yes(_) | Value::Date(_) | Value::Number(_) | Value::Lang(_) => {}
            }
        }
    }

    /// What the tree points to: descriptions of pictures, addresses of links.
    fn points(&mut self, text: &Text, standing: Standing<'a>) {
        let aside = Standing { prose: false, ..standing };
        for picture in &text.pictures {
            self.words(&picture.alt, picture.span, aside);
            self.words(&picture.caption, picture.span, aside);
        }
        for link in &text.links {
            if let Target::Outside(address) = &link.target {
                self.words(address, link.span, aside);
            }
        }
    }

    fn section(&mut self, part: &'a Section, around: Standing<'a>) {
        let avoid =
            part.role == Role::RatherNot || is_rather_not(&plain(&part.title), false);
        let here = Standing {
            lang: part.lang.as_ref().unwrap_or(around.lang),
            prose: around.prose && !avoid,
            open: around.open && part.audience.is_everyone(),
        };
        // The glossary explains hard words: there they stand as headings.
        let term = self.kind == Kind::Words;
        self.line(&part.title, Standing { prose: here.prose && !term, ..here });
        for one in &part.attributes {
            self.line(&one.value, Standing { prose: false, ..here });
        }
        self.blocks(&part.blocks, here);
        for inner in &part.sections {
            self.section(inner, here);
        }
    }

    fn blocks(&mut self, list: &'a [Block], standing: Standing<'a>) {
        let mut announced = false;
        for block in list {
            // "Liever niet:" and then a list.
            let avoid = announced && matches!(block.kind, BlockKind::List { .. });
            let prose = standing.prose && !avoid;
            self.block(block, Standing { prose, ..standing });
            announced = match &block.kind {
                BlockKind::Paragraph(line) | BlockKind::Subhead(line) => {
                    is_rather_not(&plain(line), false)
                }
                _ => false,
            };
        }
    }

    fn block(&mut self, block: &'a Block, around: Standing<'a>) {
        let aside = Standing { prose: false, ..around };
        let mut inside = around;
        match &block.kind {
            BlockKind::Quote { voice, .. } => {
                inside = aside;
                if let Some(voice) = voice {
                    self.words(&voice.name, voice.span, aside);
                }
            }
            BlockKind::Callout { callout: Callout::RatherNot, .. } => inside = aside,
            BlockKind::Group { lang, audience, .. } => {
                inside.lang = lang.as_deref().unwrap_or(around.lang);
                inside.open &= audience.is_everyone();
            }
            BlockKind::Code { text, .. } => self.words(text, block.span, aside),
            BlockKind::Table(table) => self.table(table, around),
            BlockKind::People(people) => {
                people.iter().for_each(|one| self.words(&one.name, one.span, aside));
            }
            _ => {}
        }
        let attributes = matches!(block.kind, BlockKind::Attributes(_));
        let here = if attributes { aside } else { around };
        if !matches!(block.kind, BlockKind::Table(_)) {
            for_lines(block, &mut |line| self.line(line, here));
        }
        for_inner(block, &mut |inner| self.blocks(inner, inside));
    }

    /// Columns under "Liever niet" show what to avoid.
    fn table(&mut self, table: &'a Table, standing: Standing<'a>) {
        let avoid: Vec<bool> = table
            .head
            .iter()
            .map(|cell| is_rather_not(&plain(&cell.content), false))
            .collect();
        for row in std::iter::once(&table.head).chain(&table.rows) {
            for (at, cell) in row.iter().enumerate() {
                let shown = !avoid.get(at).copied().unwrap_or(false);
                let prose = standing.prose && shown;
                self.line(&cell.content, Standing { prose, ..standing });
            }
        }
    }
}

/// Tells whether words announce what to avoid; with `colon`, only when they go on after
/// a colon ("Liever niet: de casus").
fn is_rather_not(words: &str, colon: bool) -> bool {
    let words = words.trim_start();
    // Most lines begin with another letter.
    if words.starts_with(|c: char| c.is_ascii() && !"lLrRbB".contains(c)) {
        return false;
    }
    let start: String = words.chars().take(16).collect();
    let start = fold(&start);
    ["liever niet", "rather not", "better not"].iter().any(|label| {
        start.strip_prefix(label).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.starts_with(':') || (!colon && rest.trim_matches(['.', '!']).is_empty())
        })
    })
}

/// Keys whose value is an arrangement, not something people get to read.
fn is_silent(key: Key) -> bool {
    matches!(
        key,
        Key::Kind
            | Key::Language
            | Key::Consent
            | Key::ConsentFrom
            | Key::ConsentFor
            | Key::For
            | Key::Readers
            | Key::Share
            | Key::Status
            | Key::Plan
            | Key::Slug
            | Key::OldAddresses
            | Key::TranslationOf
            | Key::Image
            | Key::Cover
            | Key::Style
            | Key::Isbn
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_avoid_is_announced() {
        assert!(is_rather_not("Liever niet", false));
        assert!(is_rather_not("Liever niet:", false));
        assert!(is_rather_not(" Liever niet: de casus", true));
        assert!(!is_rather_not("Liever niet", true));
        assert!(!is_rather_not("Liever niet over thuis beginnen", false));
        assert!(!is_rather_not("Zo kan het", false));
    }
}
