//! The parser's events become blocks, each with its span in the source.
//!
//! [`build`] reads one prepared text. Blocks at the top come out flat, headings between
//! them; `sections` makes parts of them. Nothing here is recursive: nesting lives on a
//! stack, and what is nested too deep is flattened without losing text.

use super::directive::{self, Directive};
use super::line::Line;
use super::prepared::{Edit, Prepared, options};
use super::{Tree, lines, quotes, repair, tables};
use crate::model::{
    Block, BlockKind, Definition, Inline, InlineKind, Item, Target, plain,
};
use crate::problem::{Code, Problem};
use crate::text::Span;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

/// How deep blocks may lie inside blocks.
const DEEPEST: usize = 16;

/// A heading at the top of the tree.
#[derive(Debug)]
pub(super) struct Heading {
    /// Where it stands.
    pub(super) span: Span,
    /// Where it stands in the prepared text.
    pub(super) prepared: Range<usize>,
    /// The level as typed, 1 to 6.
    pub(super) level: u32,
    /// What it says.
    pub(super) title: Vec<Inline>,
}

/// What stands at the top of a text, in order.
#[derive(Debug)]
pub(super) enum Flat {
    /// A heading.
    Heading(Heading),
    /// A block.
    Block(Block),
    /// `[[invoegen: …]]`: the path as typed.
    Include(String, Span),
}

/// What [`build`] found.
pub(super) struct Built {
    /// Headings and blocks.
    pub(super) flat: Vec<Flat>,
    /// What could be seen only now and asks for another reading.
    pub(super) repairs: Vec<Edit>,
    /// Where a comment begins that has no end.
    pub(super) open_comment: Option<Span>,
}

/// A block that is open and holds others.
struct Frame {
    holds: Holds,
    start: usize,
    blocks: Vec<Block>,
}

enum Holds {
    Quote(Option<BlockQuoteKind>),
    List { start: Option<u64>, items: Vec<Item>, tight: bool },
    Item { done: Option<bool> },
    Definitions(Vec<Definition>),
    Meaning,
    Note(String),
}

struct CodeBlock {
    language: String,
    text: String,
    indented: bool,
    /// Where the parser saw the lines of an indented block begin.
    starts: Vec<usize>,
}

struct Builder<'p, 't> {
    prepared: &'p Prepared<'p>,
    line: Line<'p, 't>,
    frames: Vec<Frame>,
    /// Blocks that are too deep and still open.
    through: usize,
    /// Whether the open line is an item's or meaning's own, without a paragraph.
    loose: bool,
    flat: Vec<Flat>,
    code: Option<CodeBlock>,
    table: Option<tables::Building>,
    /// Names of footnotes whose marks can be reached, lower case.
    mentioned: BTreeSet<String>,
    explained: BTreeSet<String>,
    repairs: Vec<Edit>,
    /// Where code is, when comments are looked for.
    code_ranges: Vec<Range<usize>>,
    end: usize,
}

/// Reads a prepared text. Links, pictures, notes and problems go to `tree`.
pub(super) fn build(prepared: &Prepared<'_>, tree: &mut Tree) -> Built {
    let parser = Parser::new_ext(&prepared.text, options());
    let mut repairs = repair::definitions(prepared, parser.reference_definitions());
    let mut builder = Builder {
        prepared,
        line: Line::new(prepared, tree),
        frames: Vec::new(),
        through: 0,
        loose: false,
        flat: Vec::new(),
        code: None,
        table: None,
        mentioned: repair::mentioned_notes(prepared),
        explained: BTreeSet::new(),
        repairs: Vec::new(),
        code_ranges: Vec::new(),
        end: 0,
    };
    for (event, range) in parser.into_offset_iter() {
        builder.event(event, range);
    }
    builder.end_loose();
    repairs.append(&mut builder.repairs);
    repairs.extend(repair::comments(prepared, &builder.code_ranges));
    let open_comment = repair::open_comment(prepared, &builder.code_ranges);
    Built { flat: builder.flat, repairs, open_comment }
}

impl Builder<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range),
            Event::Html(text) | Event::InlineHtml(text) => {
                // Shielding missed it: shield it now and read again.
                if self.prepared.text[range.clone()].starts_with('<') {
                    let at = self.prepared.source_at(range.start);
                    self.repairs.push(Edit::insert(at, "\\"));
                }
                self.text(text.trim_end_matches('\n'), range);
            }
            Event::Code(text) => {
                self.open_line(range.start);
                self.code_ranges.push(range.clone());
                self.end = range.end;
                self.line.code(&text, range);
            }
            Event::SoftBreak => self.line.line_end(range, false),
            Event::HardBreak => self.line.line_end(range, true),
            Event::FootnoteReference(name) => {
                self.open_line(range.start);
                self.end = range.end;
                self.line.note(&name, range);
            }
            Event::Rule => self.block(BlockKind::Rule, range),
            Event::TaskListMarker(checked) => self.check(checked),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        match &mut self.code {
            Some(code) => {
                if code.indented && (code.text.is_empty() || code.text.ends_with('\n')) {
                    code.starts.push(range.start);
                }
                let literal = text.len() == range.len();
                let bare = self.prepared.without_inserted(range.clone());
                code.text.push_str(if literal { &bare } else { text });
            }
            None => {
                self.open_line(range.start);
                self.end = range.end;
                let literal = text.len() <= range.len();
                let end = if literal { range.start + text.len() } else { range.end };
                let same = self.prepared.text.get(range.start..end) == Some(text);
                self.line.text(text, range.start..if same { end } else { range.end });
            }
        }
    }

    /// Opens a line for text that stands in an item or meaning without a paragraph.
    fn open_line(&mut self, start: usize) {
        if !self.line.is_open() {
            self.line.begin(start);
            self.loose = true;
        }
    }

    fn end_loose(&mut self) {
        if self.loose {
            self.loose = false;
            let start = self.line.start_offset();
            let items = self.line.finish();
            self.paragraph(items, start..self.end.max(start));
        }
    }

    fn check(&mut self, checked: bool) {
        if self.through == 0
            && let Some(Frame { holds: Holds::Item { done }, .. }) =
                self.frames.last_mut()
        {
            *done = Some(checked);
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => {
                self.open_line(range.start);
                self.line.start(tag, range);
                return;
            }
            _ => self.end_loose(),
        }
        match tag {
            Tag::Paragraph => {
                self.loosen();
                self.line.begin(range.start);
            }
            Tag::Heading { .. } | Tag::DefinitionListTitle | Tag::TableCell => {
                self.line.begin(range.start);
            }
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::Table(align) => self.table = Some(tables::Building::new(&align)),
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.start_row();
                }
            }
            Tag::BlockQuote(kind) => self.open(Holds::Quote(kind), range.start),
            Tag::List(start) => {
                self.open(
                    Holds::List { start, items: Vec::new(), tight: true },
                    range.start,
                );
            }
            Tag::Item => {
                self.repair_year(range.start);
                self.open(Holds::Item { done: None }, range.start);
            }
            Tag::DefinitionList => self.open(Holds::Definitions(Vec::new()), range.start),
            Tag::DefinitionListDefinition => self.open(Holds::Meaning, range.start),
            Tag::FootnoteDefinition(name) => {
                self.open(Holds::Note(name.to_lowercase()), range.start);
            }
            _ => {}
        }
    }

    /// A year at the start of a line is no list: `2026. Dat was`.
    fn repair_year(&mut self, start: usize) {
        if self.through > 0 {
            return;
        }
        if let Some(Frame { holds: Holds::List { start: Some(1000..), .. }, .. }) =
            self.frames.last()
        {
            self.repairs.extend(repair::year(self.prepared, start));
        }
    }

    /// Opens a block that holds others; too deep, its content goes to the one around it.
    fn open(&mut self, holds: Holds, start: usize) {
        let inner = matches!(holds, Holds::Item { .. } | Holds::Meaning);
        if self.through > 0 || (self.frames.len() >= DEEPEST && !inner) {
            self.through += 1;
        } else {
            self.frames.push(Frame { holds, start, blocks: Vec::new() });
        }
    }

    /// Marks the list around a paragraph as one with space between its items.
    fn loosen(&mut self) {
        if self.through > 0 {
            return;
        }
        if let [.., list, item] = self.frames.as_mut_slice()
            && let (Holds::List { tight, .. }, Holds::Item { .. }) =
                (&mut list.holds, &item.holds)
        {
            *tight = false;
        }
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let (language, text, indented) = match kind {
            CodeBlockKind::Indented => (String::new(), String::new(), true),
            CodeBlockKind::Fenced(info) => {
                let (language, text) = read_info(info);
                (language, text, false)
            }
        };
        self.code = Some(CodeBlock { language, text, indented, starts: Vec::new() });
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => {
                self.end = range.end;
                self.line.end(tag, range);
                return;
            }
            _ => self.end_loose(),
        }
        match tag {
            TagEnd::Paragraph => {
                let items = self.line.finish();
                self.paragraph(items, range);
            }
            TagEnd::Heading(level) => self.end_heading(level as u32, range),
            TagEnd::CodeBlock => self.end_code(range),
            TagEnd::TableCell => {
                let content = self.line.finish();
                let span = self.span(range.clone());
                if let Some(table) = &mut self.table {
                    table.cell(content, span, range);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(table) = &mut self.table {
                    table.end_row(self.prepared, range, tag == TagEnd::TableHead);
                }
            }
            TagEnd::Table => self.end_table(range),
            TagEnd::DefinitionListTitle => {
                let term = self.line.finish();
                self.end_term(term, range);
            }
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListDefinition
            | TagEnd::FootnoteDefinition => self.close(range),
            _ => {}
        }
    }

    /// Returns the span of a block, without the empty lines behind it.
    fn span(&self, range: Range<usize>) -> Span {
        let text = self.prepared.text.get(range.clone()).unwrap_or_default();
        let end = range.start + text.trim_end().len();
        self.prepared.span(range.start..end)
    }

    fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        let span = self.span(range);
        self.push(Block { span, kind });
    }

    fn push(&mut self, block: Block) {
        match self.frames.last_mut() {
            Some(frame) => frame.blocks.push(block),
            None => self.flat.push(Flat::Block(block)),
        }
    }

    fn paragraph(&mut self, items: Vec<Inline>, range: Range<usize>) {
        if items.is_empty() {
            return;
        }
        let quoted =
            self.frames.iter().any(|frame| matches!(frame.holds, Holds::Quote(_)));
        self.repairs.extend(repair::bullets(self.prepared, range.clone(), quoted));
        if let [Inline { span, kind }] = items.as_slice() {
            match kind {
                InlineKind::Picture(id) => {
                    let caption = self.line.caption(*id, *span);
                    return self
                        .block(BlockKind::Figure { picture: *id, caption }, range);
                }
                InlineKind::Link(id, _) => match self.directive(id.0 as usize) {
                    Some(Directive::PageBreak) => {
                        self.forget_link(id.0 as usize);
                        return self.block(BlockKind::PageBreak, range);
                    }
                    Some(Directive::Include(path)) if self.frames.is_empty() => {
                        self.forget_link(id.0 as usize);
                        return self.flat.push(Flat::Include(path, *span));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        if tables::lacks_dashes(self.prepared, range.clone()) {
            let span = self.span(range.clone());
            self.line.tree.problems.push(Problem::at(Code::S05, span));
        }
        self.block(BlockKind::Paragraph(items), range);
    }

    /// A directive is typed like a link, and leads nowhere: nobody looks for its page.
    fn forget_link(&mut self, link: usize) {
        if let Some(link) = self.line.tree.links.get_mut(link) {
            link.target = Target::Dropped;
        }
    }

    fn directive(&self, link: usize) -> Option<Directive> {
        match self.line.tree.links.get(link).map(|link| &link.target) {
            Some(Target::Title { title, .. }) => directive::read(title),
            _ => None,
        }
    }

    fn end_heading(&mut self, level: u32, range: Range<usize>) {
        let title = self.line.finish();
        let span = self.span(range.clone());
        if self.through == 0 && self.frames.is_empty() {
            if repair::is_underlined(&self.prepared.text[range.clone()]) {
                self.line.tree.problems.push(Problem::at(Code::S02, span));
            }
            self.flat.push(Flat::Heading(Heading {
                span,
                prepared: range,
                level,
                title,
            }));
        } else if !title.is_empty() {
            self.push(Block { span, kind: BlockKind::Subhead(title) });
        }
    }

    fn end_code(&mut self, range: Range<usize>) {
        let Some(CodeBlock { language, mut text, indented, starts }) = self.code.take()
        else {
            return;
        };
        if indented && !repair::looks_like_code(&text) {
            self.repairs.extend(repair::indent(self.prepared, &starts));
            let kind = InlineKind::Text(text.trim().to_string());
            let span = self.span(range);
            let items = vec![Inline { span, kind }];
            if !text.trim_start().starts_with("<!--") {
                self.line.tree.problems.push(Problem::at(Code::S03, span));
            }
            return self.push(Block { span, kind: BlockKind::Paragraph(items) });
        }
        if !indented {
            self.code_ranges.push(range.clone());
            self.report_open_code(range.clone());
        }
        if text.ends_with('\n') {
            text.pop();
        }
        self.block(BlockKind::Code { language, text }, range);
    }

    /// S08: a fence that no other closes.
    fn report_open_code(&mut self, range: Range<usize>) {
        let typed = self.prepared.text.get(range.clone()).unwrap_or_default();
        let mark = if typed.starts_with('~') { '~' } else { '`' };
        let fence: String = typed.chars().take_while(|c| *c == mark).collect();
        let last = typed.trim_end().lines().skip(1).last().unwrap_or_default();
        let last = last.trim_start_matches(['>', ' ', '\t']).trim_end();
        let closed = last.len() >= fence.len() && last.chars().all(|c| c == mark);
        if fence.len() >= 3 && !closed {
            let span = self.span(range.start..range.start + fence.len());
            self.line.tree.problems.push(Problem::at(Code::S08, span).with("x", fence));
        }
    }

    fn end_table(&mut self, range: Range<usize>) {
        let Some(table) = self.table.take() else { return };
        self.repairs.extend(table.repairs(self.prepared));
        let table = table.finish();
        if table.head.len() > super::tables::FIT_ON_PAPER {
            let number = table.head.len().to_string();
            let problem = Problem::at(Code::S06, self.span(range.clone()));
            self.line.tree.problems.push(problem.with("n", number));
        }
        self.block(BlockKind::Table(table), range);
    }

    fn end_term(&mut self, term: Vec<Inline>, range: Range<usize>) {
        match self.frames.last_mut() {
            Some(Frame { holds: Holds::Definitions(list), .. }) if self.through == 0 => {
                list.push(Definition { term, meanings: Vec::new() });
            }
            _ => self.block(BlockKind::Paragraph(term), range),
        }
    }

    fn close(&mut self, range: Range<usize>) {
        if self.through > 0 {
            self.through -= 1;
            return;
        }
        let Some(Frame { holds, start, blocks }) = self.frames.pop() else { return };
        let range = start.min(range.start)..range.end;
        match holds {
            Holds::Quote(kind) => {
                let source = self.prepared;
                let kind = quotes::finish(kind, blocks, source);
                self.block(kind, range);
            }
            Holds::Item { done } => {
                let span = self.span(range);
                if let Some(Frame { holds: Holds::List { items, .. }, .. }) =
                    self.frames.last_mut()
                {
                    items.push(Item { span, done, blocks });
                }
            }
            Holds::List { start, items, tight } => {
                let kind = match lines::agreements(items) {
                    Ok(kind) => kind,
                    Err(items) => BlockKind::List { start, items, tight },
                };
                self.block(kind, range);
                blocks.into_iter().for_each(|block| self.push(block));
            }
            Holds::Meaning => match self.frames.last_mut() {
                Some(Frame { holds: Holds::Definitions(list), .. }) => match list
                    .last_mut()
                {
                    Some(definition) => definition.meanings.push(blocks),
                    None => {
                        list.push(Definition { term: Vec::new(), meanings: vec![blocks] })
                    }
                },
                _ => blocks.into_iter().for_each(|block| self.push(block)),
            },
            Holds::Definitions(list) => {
                self.block(BlockKind::Definitions(list), range);
                blocks.into_iter().for_each(|block| self.push(block));
            }
            Holds::Note(name) => self.end_note(name, blocks, range),
        }
    }

    /// An explanation goes to its note; one that nothing points to stays where it is.
    fn end_note(&mut self, name: String, blocks: Vec<Block>, range: Range<usize>) {
        if self.mentioned.contains(&name) && self.explained.insert(name.clone()) {
            let span = self.span(range);
            self.line.explain(&name, blocks, span);
        } else {
            blocks.into_iter().for_each(|block| self.push(block));
        }
    }
}

/// Returns what a heading says, in plain words.
pub(super) fn heading_words(heading: &Heading) -> String {
    plain(&heading.title).trim().to_string()
}

/// Reads what stands behind a fence: the name of a language, or words that somebody wrote
/// there; those become the first line, so that they are not lost.
fn read_info(info: &str) -> (String, String) {
    let info = info.split("<!--").next().unwrap_or_default().trim();
    let first = info.split_whitespace().next().unwrap_or_default();
    let settings = info.contains([',', '=', '{']) || first == info;
    if !settings || first.len() > 30 {
        return (String::new(), format!("{info}\n"));
    }
    let name = first.split([',', '{']).next().unwrap_or_default();
    let keep = |c: &char| c.is_alphanumeric() || "+-#_.".contains(*c);
    (name.chars().filter(keep).collect(), String::new())
}
