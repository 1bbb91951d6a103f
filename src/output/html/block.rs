//! Blocks of text: paragraphs, quotes with their voice, callouts, lists, people, dates.

use super::escape::capital;
use super::writer::Writer;
use crate::kind::words::callout_name;
use crate::lang::Lang;
use crate::model::{
    Block, BlockKind, Callout, Definition, Entry, Inline, InlineKind, Item, Person,
    Voice, plain,
};
use crate::text::fold;

impl<'w> Writer<'w> {
    /// Writes blocks, each on a line of its own.
    pub(super) fn blocks(&mut self, blocks: &'w [Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'w Block) {
        match &block.kind {
            BlockKind::Paragraph(line) => self.paragraph(line),
            BlockKind::Subhead(line) => {
                self.raw("<p class=\"subhead\"><strong>");
                self.quietly(|w| w.line(line));
                self.raw("</strong></p>\n");
            }
            BlockKind::Quote { voice, blocks } => self.quote(voice.as_deref(), blocks),
            BlockKind::Callout { callout, label, blocks } => {
                self.callout(*callout, label, blocks);
            }
            BlockKind::List { start, items, tight } => self.list(*start, items, *tight),
            BlockKind::Definitions(list) => self.definitions(list),
            BlockKind::Code { language, text } => self.code(language, text),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Figure { picture, caption } => self.figure(*picture, caption),
            BlockKind::Group { lang, blocks, .. } => match lang {
                Some(lang) => {
                    self.raw("<div");
                    self.lang_attributes(lang);
                    self.raw(">\n");
                    self.within(lang, |w| w.blocks(blocks));
                    self.raw("</div>\n");
                }
                None => self.blocks(blocks),
            },
            BlockKind::Rule => self.raw("<hr>\n"),
            BlockKind::PageBreak => self.raw("<div class=\"page-break\"></div>\n"),
            BlockKind::Attributes(list) => {
                let list = self.attributes(list);
                self.raw(&super::part::attribute_list(&list));
            }
            BlockKind::Agreements { columns, list } => self.agreements(columns, list),
            BlockKind::People(list) => self.people(list),
            BlockKind::Entries(list) => self.entries(list),
        }
    }

    /// A paragraph; nothing when there is nothing in it.
    pub(super) fn paragraph(&mut self, line: &'w [Inline]) {
        if line.is_empty() {
            return;
        }
        self.raw(if self.only_links(line) { "<p class=\"only-link\">" } else { "<p>" });
        self.line(line);
        self.raw("</p>\n");
    }

    fn quote(&mut self, voice: Option<&'w Voice>, blocks: &'w [Block]) {
        let Some(voice) = voice else {
            if blocks.is_empty() {
                return;
            }
            self.raw("<blockquote>\n");
            self.quietly(|w| w.blocks(blocks));
            self.raw("</blockquote>\n");
            return;
        };
        // `— jongere`: only a role was typed, in the place of the name.
        let shared = self.shared;
        let (name, role) = match voice.role.trim() {
            "" if shared.voice(&voice.name).is_some() => ("", voice.name.trim()),
            role => (voice.name.trim(), role),
        };
        let row = shared.voice(role);
        self.raw("<figure class=\"voice voice-");
        self.raw(row.map_or("other", |row| row.name.as_str()));
        self.raw(if has_marks(blocks) { " own-marks" } else { "" });
        self.raw("\">\n<blockquote>\n");
        self.quietly(|w| w.blocks(blocks));
        self.raw("</blockquote>\n<figcaption>");
        self.raw("<span class=\"voice-shape\" aria-hidden=\"true\"></span>");
        if !role.is_empty() {
            // The word the writer chose ("moeder"); it starts the line, so a capital.
            let known = row.map(|row| format!("voice.{}", row.name));
            let word = known.and_then(|key| self.translated(&key, role)).unwrap_or(role);
            self.spoken("voice-role", word);
            self.plain(&capital(word));
            self.raw("</span>");
        }
        if !role.is_empty() && !name.is_empty() {
            self.plain(self.words.get("download.colon"));
        }
        if !name.is_empty() {
            self.spoken("voice-name", name);
            self.plain(name);
            self.raw("</span>");
        }
        self.raw("</figcaption>\n</figure>\n");
    }

    fn callout(&mut self, callout: Callout, label: &'w str, blocks: &'w [Block]) {
        let name = callout_name(callout);
        let key = format!("callout.{name}");
        let words = self.words;
        let typed = label.trim();
        let label = match self.translated(&key, typed) {
            Some(word) => word,
            None if typed.is_empty() => words.get(&key),
            None => typed,
        };
        self.raw("<div class=\"callout callout-");
        self.raw(name);
        self.raw("\" role=\"note\">\n<p class=\"callout-label\">");
        self.raw("<span class=\"callout-shape\" aria-hidden=\"true\"></span><strong>");
        self.plain(label);
        self.raw("</strong></p>\n");
        self.blocks(blocks);
        self.raw("</div>\n");
    }

    fn list(&mut self, start: Option<u64>, items: &'w [Item], tight: bool) {
        if items.is_empty() {
            return;
        }
        let checks = items.iter().any(|item| item.done.is_some());
        let element = if start.is_some() { "ol" } else { "ul" };
        self.raw("<");
        self.raw(element);
        if checks {
            self.raw(" class=\"checklist\"");
        }
        if let Some(first) = start.filter(|first| *first != 1) {
            self.raw(&format!(" start=\"{}\"", first.min(i32::MAX as u64)));
        }
        self.raw(">\n");
        items.iter().for_each(|item| self.item(item, tight));
        self.raw("</");
        self.raw(element);
        self.raw(">\n");
    }

    fn item(&mut self, item: &'w Item, tight: bool) {
        let (class, word) = match item.done {
            Some(true) => (" class=\"check check-done\"", "check.done"),
            Some(false) => (" class=\"check check-open\"", "check.open"),
            None if tight && self.starts_with_only_links(item) => {
                (" class=\"only-link\"", "")
            }
            None => ("", ""),
        };
        self.raw("<li");
        self.raw(class);
        self.raw(">");
        if !word.is_empty() {
            self.raw("<span class=\"check-mark\">");
            self.raw("<span class=\"check-shape\" aria-hidden=\"true\"></span>");
            self.plain(self.words.get(word));
            self.raw("</span> ");
        }
        match item.blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(line), .. }, rest)) if tight => {
                self.line(line);
                if !rest.is_empty() {
                    self.raw("\n");
                }
                self.blocks(rest);
            }
            _ => self.blocks(&item.blocks),
        }
        self.raw("</li>\n");
    }

    fn definitions(&mut self, list: &'w [Definition]) {
        if list.is_empty() {
            return;
        }
        self.raw("<dl class=\"definitions\">\n");
        for one in list {
            self.raw("<dt>");
            self.quietly(|w| w.line(&one.term));
            self.raw("</dt>\n");
            if one.meanings.is_empty() {
                self.raw("<dd></dd>\n");
            }
            for meaning in &one.meanings {
                self.raw("<dd>\n");
                self.blocks(meaning);
                self.raw("</dd>\n");
            }
        }
        self.raw("</dl>\n");
    }

    fn code(&mut self, language: &str, text: &str) {
        // It scrolls when it is wide, so the keyboard must reach it.
        self.raw("<pre tabindex=\"0\"");
        if self.lang.is_rtl() {
            self.raw(" dir=\"ltr\"");
        }
        self.raw("><code");
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '_');
        if !language.is_empty() && language.chars().all(named) {
            self.raw(" class=\"language-");
            self.plain(language);
            self.raw("\"");
        }
        self.raw(">");
        self.plain(text);
        self.raw("</code></pre>\n");
    }

    fn people(&mut self, list: &'w [Person]) {
        if list.is_empty() {
            return;
        }
        self.raw("<ul class=\"people\">\n");
        for one in list {
            self.raw("<li>");
            if !one.name.is_empty() {
                self.raw("<span class=\"person-name\">");
                self.plain(&one.name);
                self.raw("</span>");
            }
            if !one.note.is_empty() {
                // `Oma (de buurvrouw)` needs no comma.
                let bracket = plain(&one.note).starts_with('(');
                let comma = self.words.get("download.comma");
                let between = if bracket { " " } else { comma };
                self.plain(if one.name.is_empty() { "" } else { between });
                let link = self.only_links(&one.note);
                let class = if link { "person-note only-link" } else { "person-note" };
                self.raw(&format!("<span class=\"{class}\">"));
                self.line(&one.note);
                self.raw("</span>");
            }
            self.more(&one.more);
            self.raw("</li>\n");
        }
        self.raw("</ul>\n");
    }

    fn entries(&mut self, list: &'w [Entry]) {
        if list.is_empty() {
            return;
        }
        self.raw("<ol class=\"entries\">\n");
        for one in list {
            self.raw("<li>");
            let typed = fold(&one.date_typed);
            if !typed.is_empty() {
                // HTML knows the years 1 to 9999.
                match one.date.filter(|date| date.year() > 0) {
                    Some(date) => self.raw(&format!("<time datetime=\"{date}\">")),
                    None => self.raw("<span class=\"when\">"),
                }
                let own = self.lang.day_in(&one.date_typed, one.date);
                self.plain(own.as_deref().unwrap_or(&one.date_typed));
                let known = one.date.is_some_and(|date| date.year() > 0);
                self.raw(if known { "</time>" } else { "</span>" });
                if !one.what.is_empty() {
                    self.plain(self.words.get("download.colon"));
                }
            }
            self.line(&one.what);
            self.more(&one.more);
            self.raw("</li>\n");
        }
        self.raw("</ol>\n");
    }

    /// Tells whether a line holds links and, besides marks, nothing else: no running text,
    /// so larger targets.
    pub(super) fn only_links(&self, line: &[Inline]) -> bool {
        self.linked(line) == Some(true)
    }

    /// Tells whether a line without words outside its links holds a link.
    fn linked(&self, line: &[Inline]) -> Option<bool> {
        line.iter().try_fold(false, |found, inline| {
            let one = match &inline.kind {
                InlineKind::Link(link, _) => self.href(*link).map(|_| true),
                InlineKind::Strong(inner)
                | InlineKind::Emphasis(inner)
                | InlineKind::Struck(inner) => self.linked(inner),
                InlineKind::Language(passage) => self.linked(&passage.words),
                InlineKind::Text(text) => {
                    (!text.contains(char::is_alphanumeric)).then_some(false)
                }
                InlineKind::SoftBreak | InlineKind::HardBreak => Some(false),
                InlineKind::Code(_) | InlineKind::Picture(_) | InlineKind::Note(_) => {
                    None
                }
            };
            one.map(|one| found || one)
        })
    }

    fn starts_with_only_links(&self, item: &Item) -> bool {
        match item.blocks.first().map(|block| &block.kind) {
            Some(BlockKind::Paragraph(line)) => self.only_links(line),
            _ => false,
        }
    }

    /// The word of the page's language for one of our words that was typed in Dutch or
    /// English on a page in another language. A writer's own word stays.
    fn translated(&self, key: &str, typed: &str) -> Option<&'w str> {
        let page = self.words.get("lang");
        let ours = [Lang::dutch(), Lang::english()];
        let foreign = ours.iter().filter(|lang| lang.primary() != page);
        let typed_word = fold(typed);
        let mut words = foreign.map(|lang| fold(lang.words().get(key)));
        if !words.any(|word| word == typed_word) {
            return None;
        }
        self.words.iter().find(|(own, _)| *own == key).map(|(_, word)| word)
    }

    /// Further blocks under an item.
    pub(super) fn more(&mut self, blocks: &'w [Block]) {
        if !blocks.is_empty() {
            self.raw("\n");
            self.blocks(blocks);
        }
    }
}

/// Tells whether somebody put quotation marks around what is said, or begins with them:
/// then a balloon adds none of its own.
fn has_marks(blocks: &[Block]) -> bool {
    const MARKS: [char; 9] = ['"', '“', '„', '”', '«', '»', '‹', '›', '‚'];
    let words = |block: Option<&Block>| match block.map(|block| &block.kind) {
        Some(BlockKind::Paragraph(line)) => plain(line),
        _ => String::new(),
    };
    words(blocks.first()).trim_start().starts_with(MARKS)
        || words(blocks.last()).trim_end().ends_with(MARKS)
}
