//! Headings and blocks in order become parts inside parts.
//!
//! Levels as shown never jump; readers are inherited and may only become fewer.

use super::audience::Wish;
use super::include::Piece;
use super::stack::Heading;
use super::{Reading, Tree, lines};
use crate::kind::signs;
use crate::lang::Lang;
use crate::model::{
    Attribute, Audience, Block, BlockKind, Key, Kind, Role, Section, plain,
};
use crate::problem::{Code, Problem};
use crate::text::{Span, fold};
use std::collections::BTreeMap;

/// Longest part of a line in a message, in characters.
const SHOWN: usize = 60;

/// Deepest level shown.
const DEEPEST: u8 = 6;

/// A part that is open.
struct Open {
    /// Its level as typed, moved when a fragment stands deeper or a second `#` came.
    raw: u32,
    section: Section,
}

/// A fragment we are inside of.
struct Inside {
    audience: Audience,
    /// How many parts were open when it began.
    depth: usize,
    lowest: u32,
}

struct Builder<'a, 'r, 't> {
    reading: &'r Reading<'a>,
    tree: &'t mut Tree,
    plan: bool,
    open: Vec<Open>,
    inside: Vec<Inside>,
    /// Who may read the text as a whole.
    root: Audience,
    /// 1 once a `#` came that is not the title.
    shift: u32,
    title_done: bool,
    /// Who may read what stands below a heading without words.
    nameless: Option<Audience>,
    /// Who may read the explanation of each footnote, by its place; and whether that is
    /// before the first part.
    notes: BTreeMap<Span, (Audience, bool)>,
}

/// Builds the body of a tree.
pub(super) fn build(
    reading: &Reading<'_>,
    pieces: Vec<Piece>,
    lead: Wish,
    tree: &mut Tree,
) {
    let plan = reading.kind == Kind::Plan;
    let root = lead.audience.clone().unwrap_or_default();
    tree.problems.extend(lead.problems);
    tree.body.audience = match lead.audience {
        Some(audience) => audience,
        None if plan => reading.default_audience.clone(),
        None => Audience::Everyone,
    };
    let mut builder = Builder {
        reading,
        tree,
        plan,
        open: Vec::new(),
        inside: Vec::new(),
        root,
        shift: 0,
        title_done: false,
        nameless: None,
        notes: BTreeMap::new(),
    };
    for piece in pieces {
        match piece {
            Piece::Heading(heading, wish) => builder.heading(heading, wish),
            Piece::Block(block) => builder.block(block),
            Piece::Note(span) => builder.note(span),
            Piece::Enter(audience, lowest) => builder.enter(audience, lowest),
            Piece::Leave => builder.leave(),
        }
    }
    builder.close_to(0);
    let places = std::mem::take(&mut builder.notes);
    tree.body.lead.shrink_to_fit();
    tree.body.sections.shrink_to_fit();
    for note in &mut tree.notes {
        match (places.get(&note.span), &note.blocks) {
            (Some((here, false)), _) => note.audience = here.clone(),
            // The title may have said more about the lines before the first part.
            (Some((here, true)), _) => note.audience = here.narrowed(&tree.body.audience),
            // Without explanation there is nothing to keep inside.
            (None, None) => note.audience = Audience::Everyone,
            (None, Some(_)) => {}
        }
    }
}

impl Builder<'_, '_, '_> {
    fn audience(&self) -> &Audience {
        self.open.last().map_or(&self.tree.body.audience, |open| &open.section.audience)
    }

    fn blocks(&mut self) -> &mut Vec<Block> {
        match self.open.last_mut() {
            Some(open) => &mut open.section.blocks,
            None => &mut self.tree.body.lead,
        }
    }

    /// Keeps who may read the place where a footnote is explained.
    fn note(&mut self, span: Span) {
        let (lead, here) = (self.open.is_empty(), self.here());
        // A fragment may stand in two places: the stricter of both counts.
        let both = match self.notes.get(&span) {
            Some((other, before)) => (here.narrowed(other), lead || *before),
            None => (here, lead),
        };
        self.notes.insert(span, both);
    }

    /// Returns who may read what stands here.
    fn here(&self) -> Audience {
        let mut audience = self.audience().clone();
        if let Some(nameless) = &self.nameless {
            audience = audience.narrowed(nameless);
        }
        if let Some(inside) = self.inside.last() {
            audience = audience.narrowed(&inside.audience);
        }
        audience
    }

    /// Adds a block; when fewer may read it than the part around it, in a group.
    fn block(&mut self, block: Block) {
        let mut audience = self.here();
        if !self.plan && self.is_private(&block) {
            audience = audience.narrowed(&Audience::family());
        }
        if audience == *self.audience() {
            return self.blocks().push(block);
        }
        if let Some(Block { span, kind: BlockKind::Group { audience: same, blocks, .. } }) =
            self.blocks().last_mut()
            && *same == audience
        {
            *span = span.to(block.span);
            return blocks.push(block);
        }
        let span = block.span;
        let kind = BlockKind::Group { lang: None, audience, blocks: vec![block] };
        self.blocks().push(Block { span, kind });
    }

    /// Tells whether a block is a callout for nobody but its writer: P01. In a plan such a
    /// line closes the part it stands in.
    fn is_private(&mut self, block: &Block) -> bool {
        let source = self.reading.sources.get(block.span.source);
        let words = source.text().get(block.span.range()).unwrap_or_default();
        let Some(first) = words.lines().next().filter(|one| signs::callout_closes(one))
        else {
            return false;
        };
        let around = self.open.last().map(|open| plain(&open.section.title));
        let around = around.or_else(|| self.reading.title.map(String::from));
        let around = around.unwrap_or_else(|| source.path.name().to_string());
        let shown: String = first.chars().take(SHOWN).collect();
        let start = block.span.range().start;
        let place = Span::new(block.span.source, start..start + first.len());
        let problem = Problem::at(Code::P01, place).with("h", around).with("x", shown);
        self.tree.problems.push(problem);
        true
    }

    fn enter(&mut self, audience: Audience, lowest: u32) {
        // The lines before the first heading hold no parts: only the text as a whole does.
        let around = self.open.last().map_or(&self.root, |open| &open.section.audience);
        let around = around.narrowed(&audience);
        let around = match &self.nameless {
            Some(nameless) => around.narrowed(nameless),
            None => around,
        };
        let audience = match self.inside.last() {
            Some(outer) => around.narrowed(&outer.audience),
            None => around,
        };
        self.inside.push(Inside { audience, depth: self.open.len(), lowest });
    }

    /// Ends a fragment. Its last part goes on when the same people may read it; else what
    /// follows belongs to the part around the fragment.
    fn leave(&mut self) {
        let Some(inside) = self.inside.pop() else { return };
        let depth = inside.depth.min(self.open.len());
        let around = match depth.checked_sub(1).and_then(|at| self.open.get(at)) {
            Some(open) => &open.section.audience,
            None => &self.tree.body.audience,
        };
        if self.open[depth..].iter().any(|open| open.section.audience != *around) {
            self.close_to(depth);
        }
    }

    fn heading(&mut self, heading: Heading, wish: Wish) {
        self.tree.problems.extend(wish.problems);
        let words = heading.words();
        if words.is_empty() && heading.title.iter().all(is_words) {
            self.nameless = self.plan.then(|| {
                wish.audience.unwrap_or_else(|| self.reading.default_audience.clone())
            });
            return;
        }
        self.nameless = None;
        if self.take_title(&heading, &words, &wish.audience) {
            return;
        }
        let raw = self.raw_level(heading.level);
        let mut sibling = false;
        while let Some(last) = self.open.last().filter(|last| last.raw >= raw) {
            sibling |= last.raw == raw;
            self.close_to(self.open.len() - 1);
        }
        let parent_raw = self.open.last().map_or(1, |parent| parent.raw);
        let audience = self.narrowed(wish.audience.as_ref());
        self.wider(&heading, &words, wish.audience.as_ref());
        while self.open.last().is_some_and(|parent| parent.section.level >= DEEPEST) {
            self.close_to(self.open.len() - 1);
        }
        let level = self.open.last().map_or(2, |parent| parent.section.level + 1);
        if raw > parent_raw + 1 && !sibling {
            let from = heading.level.saturating_sub(raw - parent_raw).max(1);
            let problem = Problem::at(Code::S01, heading.span)
                .with("a", from.to_string())
                .with("b", heading.level.to_string())
                .with("c", level.to_string());
            self.tree.problems.push(problem);
        }
        let silent = self.plan && level == 2 && wish.audience.is_none();
        if silent && self.reading.default_audience == Audience::family() {
            let problem = Problem::at(Code::P03, heading.span);
            self.tree.problems.push(problem.with("h", words.as_str()));
        }
        let section = Section {
            span: heading.span,
            level,
            id: String::new(),
            title: heading.title,
            role: Role::Free,
            lang: None,
            audience,
            attributes: Vec::new(),
            blocks: Vec::new(),
            sections: Vec::new(),
        };
        self.open.push(Open { raw, section });
    }

    /// A part may not be for more people than the part around it: P14.
    fn wider(&mut self, heading: &Heading, words: &str, wish: Option<&Audience>) {
        let (Some(parent), Some(wish)) = (self.open.last(), wish) else { return };
        let around = &parent.section.audience;
        let Audience::Groups(groups) = around else { return };
        if !self.plan || around.narrowed(wish) == *wish {
            return;
        }
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        let problem = Problem::at(Code::P14, heading.span)
            .with("h", words)
            .with("p", plain(&parent.section.title))
            .with("g", groups.join(", "));
        self.tree.problems.push(problem);
    }

    /// Takes the first `#` as the title of the text, or leaves it out when a field says
    /// the same. What its lines say about readers goes for the whole text.
    fn take_title(
        &mut self,
        heading: &Heading,
        words: &str,
        wish: &Option<Audience>,
    ) -> bool {
        let first = self.open.is_empty() && self.tree.body.sections.is_empty();
        if heading.level != 1 || self.title_done || !first || !self.inside.is_empty() {
            return false;
        }
        self.title_done = true;
        if self.reading.title.is_some_and(|title| fold(title.trim()) != fold(words)) {
            return false;
        }
        if let Some(audience) = wish {
            self.root = self.root.narrowed(audience);
            self.tree.body.audience = match self.tree.body.lead.is_empty() {
                true => self.root.clone(),
                false => self.tree.body.audience.narrowed(audience),
            };
        }
        self.tree.heading = Some((words.to_string(), heading.span));
        true
    }

    /// Returns the level as typed, moved to where it stands.
    fn raw_level(&mut self, level: u32) -> u32 {
        if let Some(inside) = self.inside.last() {
            let host = inside.depth.checked_sub(1).and_then(|at| self.open.get(at));
            let host = host.map_or(1, |open| open.raw);
            return host + 1 + level.saturating_sub(inside.lowest);
        }
        if level == 1 {
            self.shift = 1;
        }
        level + self.shift
    }

    /// Returns who may read a part that begins here and says `wish`.
    fn narrowed(&self, wish: Option<&Audience>) -> Audience {
        let mut audience = match (self.open.last(), wish) {
            (Some(parent), Some(wish)) => parent.section.audience.narrowed(wish),
            (Some(parent), None) => parent.section.audience.clone(),
            (None, Some(wish)) => self.root.narrowed(wish),
            (None, None) if self.plan => {
                self.root.narrowed(&self.reading.default_audience)
            }
            (None, None) => self.root.clone(),
        };
        if let Some(inside) = self.inside.last() {
            audience = audience.narrowed(&inside.audience);
        }
        audience
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(Open { mut section, .. }) = self.open.pop() else { return };
            section.attributes = lines::take_attributes(&mut section.blocks, self.plan);
            if self.plan {
                take_readers(&mut section.blocks, &mut section.attributes);
            }
            section.lang = self.language(&section.attributes);
            section.blocks.shrink_to_fit();
            section.sections.shrink_to_fit();
            match self.open.last_mut() {
                Some(parent) => parent.section.sections.push(section),
                None => self.tree.body.sections.push(section),
            }
        }
    }

    /// Reads `Taal:` below a heading.
    fn language(&mut self, attributes: &[Attribute]) -> Option<Lang> {
        let one = attributes.iter().rev().find(|one| one.key == Some(Key::Language))?;
        let typed = plain(&one.value);
        let lang = Lang::read(&typed);
        if lang.is_none() {
            let problem = Problem::at(Code::K12, one.span).with("v", typed.trim());
            self.tree.problems.push(problem);
        }
        lang
    }
}

/// Tells whether an inline has no more to show than its words.
fn is_words(inline: &crate::model::Inline) -> bool {
    use crate::model::InlineKind::{HardBreak, Picture, SoftBreak, Text};
    match &inline.kind {
        Text(_) | SoftBreak | HardBreak => true,
        Picture(_) => false,
        _ => plain(std::slice::from_ref(inline)).trim().is_empty(),
    }
}

/// Moves `Voor:` lines that stand below the first sentence to the attributes.
fn take_readers(blocks: &mut Vec<Block>, attributes: &mut Vec<Attribute>) {
    blocks.retain_mut(|block| {
        let BlockKind::Paragraph(_) = &block.kind else { return true };
        let kept = block.kind.clone();
        match lines::block_attributes(block, false) {
            Some(list) if list.iter().all(|one| one.key == Some(Key::For)) => {
                attributes.extend(list);
                false
            }
            Some(_) => {
                block.kind = kept;
                true
            }
            None => true,
        }
    });
}
