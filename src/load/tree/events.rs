//! The parser's events become blocks, each with its span in the source.
//!
//! [`build`] reads one prepared text. Blocks at the top come out flat, headings between
//! them; `sections` makes parts of them. Nothing here is recursive: nesting lives on the
//! stack of `stack`.

use super::code::{self, CodeBlock};
use super::directive::{self, Directive};
use super::line::Line;
use super::prepared::{Edit, Prepared, options};
use super::stack::{Explained, Flat, Heading, Holds, Stack};
use super::{Tree, bullets, comments, repair, tables, verse};
use crate::model::{Block, BlockKind, Inline, InlineKind, Target};
use crate::problem::{Code, Problem};
use crate::text::Span;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

/// From here on a number at the start of a line is a year.
const FIRST_YEAR: u64 = 1000;

/// What [`build`] found.
pub(super) struct Built {
    /// Headings and blocks.
    pub(super) flat: Vec<Flat>,
    /// What could be seen only now and asks for another reading.
    pub(super) repairs: Vec<Edit>,
    /// Where a comment begins that has no end, and what would end it.
    pub(super) open_comment: Option<(Span, &'static str)>,
}

struct Builder<'p, 't> {
    prepared: &'p Prepared<'p>,
    line: Line<'p, 't>,
    stack: Stack<'p>,
    /// Whether the open line is an item's or meaning's own, without a paragraph.
    loose: bool,
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
        stack: Stack::new(prepared),
        loose: false,
        code: None,
        table: None,
        mentioned: BTreeSet::new(),
        explained: BTreeSet::new(),
        repairs: Vec::new(),
        code_ranges: Vec::new(),
        end: 0,
    };
    let events = parser.into_offset_iter();
    if prepared.text.contains("[^") {
        // Which notes are marked is known when all was read.
        let events: Vec<(Event<'_>, Range<usize>)> = events.collect();
        builder.mentioned =
            repair::mentioned_notes(events.iter().map(|(event, _)| event));
        events.into_iter().for_each(|(event, range)| builder.event(event, range));
    } else {
        events.for_each(|(event, range)| builder.event(event, range));
    }
    builder.end_loose();
    repairs.append(&mut builder.repairs);
    let comments = comments::find(prepared, &builder.code_ranges);
    repairs.extend(comments.edits);
    let told = comments.in_code.into_iter().map(|span| Problem::at(Code::S12, span));
    builder.line.tree.problems.extend(told);
    let open_comment = comments.open;
    Built { flat: builder.stack.finish(), repairs, open_comment }
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
            Event::Rule => self.stack.block(BlockKind::Rule, range),
            Event::TaskListMarker(checked) => self.stack.check(checked),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        match &mut self.code {
            Some(code) => code.text(self.prepared, text, range),
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
                self.stack.loosen();
                self.line.begin(range.start);
            }
            Tag::Heading { .. } | Tag::DefinitionListTitle | Tag::TableCell => {
                self.line.begin(range.start);
            }
            Tag::CodeBlock(kind) => self.code = Some(CodeBlock::new(&kind)),
            Tag::Table(align) => self.table = Some(tables::Building::new(&align)),
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.start_row();
                }
            }
            Tag::BlockQuote(kind) => self.stack.open(Holds::Quote(kind), range.start),
            Tag::List(start) => {
                self.stack.open(
                    Holds::List {
                        start,
                        items: Vec::new(),
                        numbers: Vec::new(),
                        tight: true,
                    },
                    range.start,
                );
            }
            Tag::Item => {
                let number = self.item_number(range.start);
                self.stack.open(Holds::Item { done: None, number }, range.start);
            }
            Tag::DefinitionList => {
                self.stack.open(Holds::Definitions(Vec::new()), range.start)
            }
            Tag::DefinitionListDefinition => self.stack.open(Holds::Meaning, range.start),
            Tag::FootnoteDefinition(name) => {
                self.stack.open(Holds::Note(name.to_lowercase()), range.start);
            }
            _ => {}
        }
    }

    /// Returns the number an item was typed with. A year at the start of a line is no
    /// item: `2026. Dat was`; a day as Germans write it neither: `12. Januar 2026`.
    fn item_number(&mut self, start: usize) -> Option<u64> {
        self.stack.list_start()?;
        let (number, mark) = repair::item_number(self.prepared, start)?;
        if number >= FIRST_YEAR || repair::is_day(self.prepared, number, mark) {
            let at = self.prepared.source_at(mark);
            self.repairs.push(Edit::insert(at, "\\"));
        }
        Some(number)
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
                let span = self.prepared.span_of_block(range.clone());
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
                self.stack.term(term, range);
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

    fn paragraph(&mut self, mut items: Vec<Inline>, range: Range<usize>) {
        if items.is_empty() {
            return;
        }
        let quoted = self.stack.is_quoted();
        self.repairs.extend(bullets::repair(self.prepared, range.clone(), quoted));
        if let [Inline { span, kind }] = items.as_slice() {
            match kind {
                InlineKind::Picture(id) => {
                    let caption = self.line.caption(*id, *span);
                    return self
                        .stack
                        .block(BlockKind::Figure { picture: *id, caption }, range);
                }
                InlineKind::Link(id, _) => match self.directive(id.0 as usize) {
                    Some(Directive::PageBreak) => {
                        self.forget_link(id.0 as usize);
                        return self.stack.block(BlockKind::PageBreak, range);
                    }
                    Some(Directive::Include(path)) => {
                        self.forget_link(id.0 as usize);
                        if !self.stack.is_top() {
                            let problem = Problem::at(Code::S10, *span);
                            self.line.tree.problems.push(problem.with("x", &*path));
                        }
                        return self.stack.include(path, *span);
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        verse::keep(&mut items);
        self.stack.block(BlockKind::Paragraph(items), range);
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
        let mut title = self.line.finish();
        if self.prepared.is_inserted(range.start) {
            title = unbold(title);
        }
        let span = self.prepared.span_of_block(range.clone());
        if self.stack.is_top() {
            if repair::is_underlined(&self.prepared.text[range.clone()]) {
                self.line.tree.problems.push(Problem::at(Code::S02, span));
            }
            if repair::lacks_space(self.prepared, range.start) {
                let shown: String = self.prepared.typed(span).chars().take(40).collect();
                self.line
                    .tree
                    .problems
                    .push(Problem::at(Code::S11, span).with("x", shown));
            }
            self.stack.heading(Heading { span, prepared: range, level, title });
        } else if !title.is_empty() {
            self.stack.push(Block { span, kind: BlockKind::Subhead(title) });
        }
    }

    fn end_code(&mut self, range: Range<usize>) {
        let Some(code) = self.code.take() else { return };
        if code.is_paragraph() {
            let (tree, repairs) = (&mut *self.line.tree, &mut self.repairs);
            let block = code.into_paragraph(self.prepared, range, tree, repairs);
            return self.stack.push(block);
        }
        if code.is_fenced() {
            self.code_ranges.push(range.clone());
            code::report_open(self.prepared, range.clone(), self.line.tree);
        }
        self.stack.block(code.finish(), range);
    }

    fn end_table(&mut self, range: Range<usize>) {
        let Some(mut table) = self.table.take() else { return };
        self.repairs.extend(table.repairs(self.prepared));
        if let Some(code) = table.made(self.prepared) {
            let span = self.prepared.span_of_block(range.clone());
            self.line.tree.problems.push(Problem::at(code, span));
        }
        let table = table.finish();
        if table.head.len() > super::tables::FIT_ON_PAPER {
            let number = table.head.len().to_string();
            let problem =
                Problem::at(Code::S06, self.prepared.span_of_block(range.clone()));
            self.line.tree.problems.push(problem.with("n", number));
        }
        self.stack.block(BlockKind::Table(table.into()), range);
    }

    /// Closes a block. An explanation goes to its note; one that nothing points to stays
    /// where it is.
    fn close(&mut self, range: Range<usize>) {
        let Some(Explained { name, blocks, range }) = self.stack.close(range) else {
            return;
        };
        if self.mentioned.contains(&name) && self.explained.insert(name.clone()) {
            let span = self.prepared.span_of_block(range);
            self.line.explain(&name, blocks, span);
            self.stack.note(span);
        } else {
            self.stack.push_all(blocks);
        }
    }
}

/// Takes the stars off a heading that was typed as a bold line.
fn unbold(mut title: Vec<Inline>) -> Vec<Inline> {
    if title.len() != 1 {
        return title;
    }
    match title.pop() {
        Some(Inline { kind: InlineKind::Strong(inner), .. }) => inner,
        other => other.into_iter().collect(),
    }
}
