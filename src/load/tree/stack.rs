//! The blocks that are open: quotes in lists in quotes, as deep as we let them lie.
//!
//! [`Stack`] takes blocks as they end and puts each where it belongs. What is nested too
//! deep goes to the block around it: no text is lost.

use super::prepared::Prepared;
use super::{lines, quotes};
use crate::model::{Block, BlockKind, Definition, Inline, Item, plain};
use crate::text::Span;
use pulldown_cmark::BlockQuoteKind;
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

impl Heading {
    /// Returns what it says, in plain words.
    pub(super) fn words(&self) -> String {
        plain(&self.title).trim().to_string()
    }
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
    /// The explanation of a footnote stands here; its words are in the tree's notes.
    Note(Span),
}

/// A block that is open and holds others.
struct Frame {
    holds: Holds,
    start: usize,
    blocks: Vec<Block>,
    /// Whether an include was taken out of it: then it may turn out to be empty.
    included: bool,
}

/// What an open block holds.
pub(super) enum Holds {
    /// A quote or callout.
    Quote(Option<BlockQuoteKind>),
    /// A list: its first number, and its items so far.
    List {
        /// The first number.
        start: Option<u64>,
        /// The items that ended.
        items: Vec<Item>,
        /// The number each was typed with.
        numbers: Vec<Option<u64>>,
        /// Whether no empty lines stand between them.
        tight: bool,
    },
    /// An item; ticked or not when it has a box.
    Item {
        /// Whether its box is ticked.
        done: Option<bool>,
        /// The number it was typed with.
        number: Option<u64>,
    },
    /// Terms and their meanings.
    Definitions(Vec<Definition>),
    /// A meaning.
    Meaning,
    /// The explanation of a footnote, by its name in lower case.
    Note(String),
}

/// An explanation of a footnote that ended.
pub(super) struct Explained {
    /// The name of the footnote, in lower case.
    pub(super) name: String,
    /// What it says.
    pub(super) blocks: Vec<Block>,
    /// Where it stands in the prepared text.
    pub(super) range: Range<usize>,
}

/// The open blocks, and what stands at the top so far.
pub(super) struct Stack<'p> {
    prepared: &'p Prepared<'p>,
    frames: Vec<Frame>,
    /// Blocks that are too deep and still open.
    through: usize,
    flat: Vec<Flat>,
    /// Includes that stand in open blocks: they come behind those.
    includes: Vec<(String, Span)>,
}

impl<'p> Stack<'p> {
    pub(super) fn new(prepared: &'p Prepared<'p>) -> Self {
        Stack {
            prepared,
            frames: Vec::new(),
            through: 0,
            flat: Vec::new(),
            includes: Vec::new(),
        }
    }

    /// Returns what stands at the top.
    pub(super) fn finish(self) -> Vec<Flat> {
        self.flat
    }

    /// Tells whether no block is open.
    pub(super) fn is_top(&self) -> bool {
        self.frames.is_empty()
    }

    /// Tells whether a quote is open.
    pub(super) fn is_quoted(&self) -> bool {
        self.frames.iter().any(|frame| matches!(frame.holds, Holds::Quote(_)))
    }

    /// Returns the first number of the list that an item begins in.
    pub(super) fn list_start(&self) -> Option<u64> {
        match self.frames.last() {
            Some(Frame { holds: Holds::List { start, .. }, .. }) if self.through == 0 => {
                *start
            }
            _ => None,
        }
    }

    /// Adds a heading of the text.
    pub(super) fn heading(&mut self, heading: Heading) {
        self.flat.push(Flat::Heading(heading));
    }

    /// Marks the place where a footnote is explained.
    pub(super) fn note(&mut self, span: Span) {
        self.flat.push(Flat::Note(span));
    }

    /// Adds an include: here, or behind the list or quote it stands in.
    pub(super) fn include(&mut self, path: String, span: Span) {
        match self.frames.last_mut() {
            Some(frame) => {
                frame.included = true;
                self.includes.push((path, span));
            }
            None => self.flat.push(Flat::Include(path, span)),
        }
    }

    /// Adds a block where it stands.
    pub(super) fn push(&mut self, block: Block) {
        match self.frames.last_mut() {
            Some(frame) => frame.blocks.push(block),
            None => self.flat.push(Flat::Block(block)),
        }
    }

    /// Adds blocks where they stand.
    pub(super) fn push_all(&mut self, blocks: Vec<Block>) {
        blocks.into_iter().for_each(|block| self.push(block));
    }

    /// Adds a block made of a range of the prepared text.
    pub(super) fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        let span = self.prepared.span_of_block(range);
        self.push(Block { span, kind });
    }

    /// Ticks the box of the open item.
    pub(super) fn check(&mut self, checked: bool) {
        if self.through == 0
            && let Some(Frame { holds: Holds::Item { done, .. }, .. }) =
                self.frames.last_mut()
        {
            *done = Some(checked);
        }
    }

    /// Opens a block that holds others; too deep, its content goes to the one around it.
    pub(super) fn open(&mut self, holds: Holds, start: usize) {
        let inner = matches!(holds, Holds::Item { .. } | Holds::Meaning);
        if self.through > 0 || (self.frames.len() >= DEEPEST && !inner) {
            self.through += 1;
        } else {
            self.frames.push(Frame { holds, start, blocks: Vec::new(), included: false });
        }
    }

    /// Marks the list around a paragraph as one with space between its items.
    pub(super) fn loosen(&mut self) {
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

    /// Adds a term; its meanings follow.
    pub(super) fn term(&mut self, term: Vec<Inline>, range: Range<usize>) {
        match self.frames.last_mut() {
            Some(Frame { holds: Holds::Definitions(list), .. }) if self.through == 0 => {
                list.push(Definition { term, meanings: Vec::new() });
            }
            _ => self.block(BlockKind::Paragraph(term), range),
        }
    }

    /// Closes the open block; gives back the explanation of a footnote.
    pub(super) fn close(&mut self, range: Range<usize>) -> Option<Explained> {
        if self.through > 0 {
            self.through -= 1;
            return None;
        }
        let Frame { holds, start, mut blocks, included } = self.frames.pop()?;
        blocks.shrink_to_fit();
        let range = start.min(range.start)..range.end;
        let explained = match included && blocks.is_empty() {
            true => None,
            false => self.end(holds, blocks, range),
        };
        if self.frames.is_empty() {
            let includes = self.includes.drain(..);
            self.flat.extend(includes.map(|(path, span)| Flat::Include(path, span)));
        }
        explained
    }

    fn end(
        &mut self,
        holds: Holds,
        blocks: Vec<Block>,
        range: Range<usize>,
    ) -> Option<Explained> {
        match holds {
            Holds::Quote(kind) => {
                let kind = quotes::finish(kind, blocks, self.prepared);
                self.block(kind, range);
            }
            Holds::Item { done, number } => {
                let span = self.prepared.span_of_block(range);
                if let Some(Frame { holds: Holds::List { items, numbers, .. }, .. }) =
                    self.frames.last_mut()
                {
                    numbers.push(number);
                    items.push(Item { span, done, blocks });
                }
            }
            Holds::List { items, .. } if items.is_empty() => self.push_all(blocks),
            Holds::List { start, items, numbers, tight } => {
                match lines::agreements(items) {
                    Ok(kind) => self.block(kind, range),
                    Err(items) => {
                        let mut made = by_number(start, items, &numbers, tight);
                        if let [only] = made.as_mut_slice() {
                            only.span = self.prepared.span_of_block(range);
                        }
                        self.push_all(made);
                    }
                }
                self.push_all(blocks);
            }
            Holds::Meaning => self.close_meaning(blocks),
            Holds::Definitions(list) => {
                self.block(BlockKind::Definitions(list), range);
                self.push_all(blocks);
            }
            Holds::Note(name) => return Some(Explained { name, blocks, range }),
        }
        None
    }

    fn close_meaning(&mut self, blocks: Vec<Block>) {
        let Some(Frame { holds: Holds::Definitions(list), .. }) = self.frames.last_mut()
        else {
            return self.push_all(blocks);
        };
        match list.last_mut() {
            Some(definition) => definition.meanings.push(blocks),
            None => list.push(Definition { term: Vec::new(), meanings: vec![blocks] }),
        }
    }
}

/// Makes a list of items; where a number was left out on purpose (`5.`, then `12.`) a list
/// begins anew, so that every number stays what was typed. Numbers that stay behind
/// (`1. 1. 1.`) only say that this is a list.
fn by_number(
    start: Option<u64>,
    items: Vec<Item>,
    numbers: &[Option<u64>],
    tight: bool,
) -> Vec<Block> {
    let mut lists: Vec<(Option<u64>, Vec<Item>)> = Vec::new();
    let mut next = start;
    for (index, item) in items.into_iter().enumerate() {
        let typed = numbers.get(index).copied().flatten();
        let leaps = next.is_some() && typed > next;
        let here = if leaps { typed } else { next };
        next = here.map(|number| number.saturating_add(1));
        match lists.last_mut() {
            Some((_, last)) if !leaps => last.push(item),
            _ => lists.push((here, vec![item])),
        }
    }
    let made = lists.into_iter().map(|(start, items)| {
        let span = match items.as_slice() {
            [first, .., last] => first.span.to(last.span),
            [one] => one.span,
            [] => Span::default(),
        };
        Block { span, kind: BlockKind::List { start, items, tight } }
    });
    made.collect()
}
