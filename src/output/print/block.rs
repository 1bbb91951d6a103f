//! Blocks of text: paragraphs, quotes with their voice, callouts, lists, people, dates,
//! pictures.

use super::writer::{DEEPEST, Writer};
use crate::kind::words::callout_name;
use crate::model::{
    Block, BlockKind, Callout, Definition, Entry, Inline, InlineKind, Item, Person,
    Picture, PictureId, Voice, for_inner, for_lines, plain,
};
use crate::output::html::capital;

impl<'w> Writer<'w> {
    /// Writes blocks, each a call of its own.
    pub(super) fn blocks(&mut self, blocks: &'w [Block]) {
        self.depth += 1;
        blocks.iter().for_each(|block| self.block(block));
        self.depth -= 1;
    }

    fn block(&mut self, block: &'w Block) {
        self.span = block.span;
        if self.depth > DEEPEST {
            return self.flat(block);
        }
        match &block.kind {
            BlockKind::Paragraph(line) => self.paragraph(line),
            BlockKind::Subhead(line) => {
                self.call("subhead", |w| w.quietly(|w| w.line(line)));
            }
            BlockKind::Quote { voice, blocks } => self.quote(voice.as_deref(), blocks),
            BlockKind::Callout { callout, label, blocks } => {
                self.callout(*callout, label, blocks);
            }
            BlockKind::List { start, items, tight } => self.list(*start, items, *tight),
            BlockKind::Definitions(list) => self.definitions(list),
            BlockKind::Code { text, .. } => {
                self.code("t.code-block(");
                let text = text.trim_end_matches('\n');
                super::literal::push_exact(&mut self.out, text);
                self.code(");\n");
            }
            BlockKind::Table(table) => self.table(table),
            BlockKind::Figure { picture, caption } => self.figure(*picture, caption),
            BlockKind::Group { lang: Some(lang), blocks, .. } => {
                self.code("t.passage(");
                self.language(lang);
                self.block_of(|w| w.within(lang, |w| w.blocks(blocks)));
                self.code(");\n");
            }
            BlockKind::Group { blocks, .. } => self.blocks(blocks),
            BlockKind::Rule => self.code("t.rule();\n"),
            // A new page can begin between blocks of the page only.
            BlockKind::PageBreak if self.depth <= 1 => self.code("t.page-break();\n"),
            BlockKind::PageBreak => {}
            BlockKind::Attributes(list) => self.attributes(list),
            BlockKind::Agreements { columns, list } => self.agreements(columns, list),
            BlockKind::People(list) => self.people(list),
            BlockKind::Entries(list) => self.entries(list),
        }
    }

    /// What lies too deep for frames: its words as paragraphs.
    fn flat(&mut self, block: &'w Block) {
        let mut lines: Vec<&'w [Inline]> = Vec::new();
        gather(block, &mut lines);
        lines.into_iter().for_each(|line| self.paragraph(line));
        if let BlockKind::Code { text, .. } = &block.kind {
            self.code("t.paragraph(");
            self.literal(text);
            self.code(");\n");
        }
    }

    /// A paragraph; a picture that stands in it alone becomes a figure.
    pub(super) fn paragraph(&mut self, line: &'w [Inline]) {
        match line {
            [] => {}
            [Inline { kind: InlineKind::Picture(id), .. }] => self.figure(*id, &[]),
            _ => {
                self.call("paragraph", |w| w.line(line));
                self.code("\n");
            }
        }
    }

    fn quote(&mut self, voice: Option<&'w Voice>, blocks: &'w [Block]) {
        self.code("t.quoted(");
        self.block_of(|w| w.quietly(|w| w.blocks(blocks)));
        if let Some(voice) = voice {
            let shared = self.book.shared;
            // `— jongere`: only a role was typed, in the place of the name.
            let (name, role) = match voice.role.trim() {
                "" if shared.voice(&voice.name).is_some() => ("", voice.name.trim()),
                role => (voice.name.trim(), role),
            };
            let row = shared.voice(role).map_or("other", |row| row.name.as_str());
            self.code(&format!(", voice: (name: \"{row}\""));
            let role = capital(role);
            self.named("role", Some(role.as_str()).filter(|role| !role.is_empty()));
            self.named("who", Some(name).filter(|name| !name.is_empty()));
            self.code(")");
        }
        self.code(&format!(", short: {});\n", self.is_short(blocks)));
    }

    fn callout(&mut self, callout: Callout, label: &'w str, blocks: &'w [Block]) {
        let name = callout_name(callout);
        let key = format!("callout.{name}");
        let words = self.words;
        let label = if label.trim().is_empty() { words.get(&key) } else { label.trim() };
        self.code(&format!("t.callout(\"{name}\", "));
        self.literal(label);
        self.code(", ");
        self.capital =
            matches!(blocks.first().map(|one| &one.kind), Some(BlockKind::Paragraph(_)));
        self.block_of(|w| w.blocks(blocks));
        self.capital = false;
        self.code(&format!(", short: {});\n", self.is_short(blocks)));
    }

    fn list(&mut self, start: Option<u64>, items: &'w [Item], tight: bool) {
        if items.is_empty() {
            return;
        }
        if items.iter().any(|item| item.done.is_some()) {
            return self.checklist(items);
        }
        match start {
            Some(first) => {
                let first = first.min(u64::from(u32::MAX / 2));
                self.code(&format!("t.numbers({first}, ("));
            }
            None => self.code("t.bullets(("),
        }
        for item in items {
            self.block_of(|w| w.item(item, tight));
            self.code(",");
        }
        self.code(&format!("), tight: {tight});\n"));
    }

    fn checklist(&mut self, items: &'w [Item]) {
        self.code("t.checklist((");
        for item in items {
            let (done, key) = match item.done {
                Some(true) => ("true", "check.done"),
                Some(false) => ("false", "check.open"),
                None => ("none", ""),
            };
            self.code(&format!("({done}, "));
            let word = if key.is_empty() { "" } else { self.words.get(key) };
            self.literal(word);
            self.code(", ");
            self.block_of(|w| w.item(item, true));
            self.code("),");
        }
        self.code("));\n");
    }

    fn item(&mut self, item: &'w Item, tight: bool) {
        match item.blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(line), .. }, rest)) if tight => {
                self.line(line);
                self.blocks(rest);
            }
            _ => self.blocks(&item.blocks),
        }
    }

    fn definitions(&mut self, list: &'w [Definition]) {
        if list.is_empty() {
            return;
        }
        self.code("t.definitions((");
        for one in list {
            self.code("(");
            self.block_of(|w| w.quietly(|w| w.line(&one.term)));
            self.code(", (");
            for meaning in &one.meanings {
                self.block_of(|w| w.blocks(meaning));
                self.code(",");
            }
            self.code(")),");
        }
        self.code("));\n");
    }

    fn people(&mut self, list: &'w [Person]) {
        if list.is_empty() {
            return;
        }
        self.code("t.people((");
        for one in list {
            self.code("(");
            self.literal(&one.name);
            self.code(", ");
            self.maybe(&one.note);
            self.code(", ");
            self.block_of(|w| w.blocks(&one.more));
            self.code("),");
        }
        self.code("));\n");
    }

    fn entries(&mut self, list: &'w [Entry]) {
        if list.is_empty() {
            return;
        }
        self.code("t.entries((");
        for one in list {
            self.code("(");
            let own = self.lang.day_in(&one.date_typed, one.date);
            match own.as_deref().unwrap_or(one.date_typed.trim()) {
                "" => self.code("none"),
                typed => self.literal(typed),
            }
            self.code(", ");
            self.maybe(&one.what);
            self.code(", ");
            self.block_of(|w| w.blocks(&one.more));
            self.code("),");
        }
        self.code("));\n");
    }

    /// A line, or `none` when there is nothing in it.
    pub(super) fn maybe(&mut self, line: &'w [Inline]) {
        if line.is_empty() {
            self.code("none");
        } else {
            self.block_of(|w| w.line(line));
        }
    }

    // ------------------------------------------------------------ pictures

    fn figure(&mut self, id: PictureId, caption: &'w [Inline]) {
        let Some(picture) = self.entry.pictures.get(&id) else {
            return self.paragraph(caption);
        };
        self.whole_picture(picture, caption);
    }

    /// A picture on its own, or the words for what would be on it.
    pub(super) fn whole_picture(&mut self, picture: &'w Picture, caption: &'w [Inline]) {
        let book = self.book;
        let shown = picture.asset.and_then(|asset| book.pictures.get(&asset));
        let Some(shown) = shown else {
            if !picture.decorative {
                let said = self.description(picture);
                self.code("t.missing-picture(");
                self.literal(&said);
                self.code(");\n");
            }
            return self.paragraph(caption);
        };
        let width = book.paper.picture_width(shown.width, shown.height, shown.drawing);
        self.code(&format!("t.picture(\"/{}\", ", shown.path));
        let alt = self.alt(picture).to_string();
        self.literal(&alt);
        self.code(&format!(
            ", width: {width}mm, decorative: {}, caption: ",
            picture.decorative
        ));
        self.maybe(caption);
        self.code(");\n");
    }

    /// A picture in a line of text; its caption stands behind it.
    pub(super) fn picture_in_line(&mut self, id: PictureId) {
        let Some(picture) = self.entry.pictures.get(&id) else { return };
        let book = self.book;
        match picture.asset.and_then(|asset| book.pictures.get(&asset)) {
            Some(shown) => {
                self.code(&format!("t.picture-in-line(\"/{}\", ", shown.path));
                let alt = self.alt(picture).to_string();
                self.literal(&alt);
                self.code(&format!(", decorative: {});", picture.decorative));
            }
            None if !picture.decorative => {
                let said = self.description(picture);
                self.say(&said);
            }
            None => {}
        }
        if !picture.caption.is_empty() && !picture.decorative {
            let caption = format!(" {}", picture.caption);
            self.say(&caption);
        }
    }

    fn description(&self, picture: &Picture) -> String {
        if picture.alt.trim().is_empty() {
            self.words.get("part.picture-unnamed").to_string()
        } else {
            self.words.say("part.picture", &[("alt", &picture.alt)])
        }
    }

    fn alt<'p>(&self, picture: &'p Picture) -> &'p str
    where
        'w: 'p,
    {
        match picture.alt.trim() {
            "" => self.words.get("part.picture-unnamed"),
            _ => &picture.alt,
        }
    }

    /// Tells whether blocks are short enough to stay whole on a page.
    pub(super) fn is_short(&self, blocks: &[Block]) -> bool {
        weight(blocks, 0) <= self.book.paper.short
    }
}

/// Returns how much room blocks take, in letters.
pub(super) fn weight(blocks: &[Block], depth: u32) -> usize {
    let mut sum = 0;
    for block in blocks {
        sum += 45;
        sum += match &block.kind {
            BlockKind::Figure { .. } | BlockKind::Code { .. } | BlockKind::Table(_) => {
                5000
            }
            BlockKind::List { items, .. } => items.len() * 30,
            BlockKind::Quote { .. } | BlockKind::Callout { .. } => 120,
            BlockKind::Agreements { list, .. } => list.len() * 200,
            BlockKind::Attributes(list) => list.len() * 45,
            _ => 0,
        };
        for_lines(block, &mut |line| sum += plain(line).chars().count());
        if depth < DEEPEST {
            for_inner(block, &mut |inner| sum += weight(inner, depth + 1));
        } else {
            sum += 5000;
        }
    }
    sum
}

/// Gathers the lines of a block and all inside it, without calling deeper than needed.
fn gather<'w>(block: &'w Block, lines: &mut Vec<&'w [Inline]>) {
    let mut open = vec![block];
    while let Some(block) = open.pop() {
        for_lines(block, &mut |line| lines.push(line));
        let mut inner: Vec<&'w Block> = Vec::new();
        for_inner(block, &mut |blocks| inner.extend(blocks));
        open.extend(inner.into_iter().rev());
    }
}
