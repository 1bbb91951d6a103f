//! What one look at a tree tells. Most who ask something of a text need no more than this:
//! only who shows it, or changes it, walks through the tree itself.

use super::{
    Block, BlockKind, Body, Inline, InlineKind, Key, LinkId, NoteId, PictureId, Section,
    first_paragraph, walk_blocks, walk_inlines,
};
use memchr::memchr2_iter;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What one look at a tree tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    /// About how many bytes of text there are, headings left out.
    pub length: usize,
    /// Whether all of it is for everybody.
    pub open: bool,
    /// Whether a goal or an agreement in it may say how it stands (`status:`).
    pub stands: bool,
    /// Whether words in it may name a text: see [`may_name`].
    pub names: bool,
    /// The words of its first paragraph.
    pub first_words: Option<String>,
    /// The roles of who is quoted in it, as typed, in order.
    pub roles: Vec<String>,
    /// The links in it.
    pub links: BTreeSet<LinkId>,
    /// The pictures in it.
    pub pictures: BTreeSet<PictureId>,
    /// The footnotes it marks.
    pub notes: BTreeSet<NoteId>,
}

impl Glance {
    /// Looks at a tree.
    pub(super) fn of(body: &Body) -> Glance {
        let mut seen = Glance {
            length: length(&body.lead),
            open: body.audience.is_everyone(),
            stands: false,
            names: false,
            first_words: first_words(body),
            roles: Vec::new(),
            links: BTreeSet::new(),
            pictures: BTreeSet::new(),
            notes: BTreeSet::new(),
        };
        body.sections.iter().for_each(|part| seen.section(part));
        walk_inlines(body, &mut |inline| seen.inline(inline));
        walk_blocks(body, &mut |block| seen.block(&block.kind));
        seen
    }

    fn section(&mut self, part: &Section) {
        self.length += length(&part.blocks);
        self.open &= part.audience.is_everyone();
        self.stands |= part.attributes.iter().any(|one| one.key == Some(Key::Status));
        part.sections.iter().for_each(|inner| self.section(inner));
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(words) => self.names = self.names || may_name(words),
            InlineKind::Link(link, _) => _ = self.links.insert(*link),
            InlineKind::Picture(picture) => _ = self.pictures.insert(*picture),
            InlineKind::Note(note) => _ = self.notes.insert(*note),
            _ => {}
        }
    }

    fn block(&mut self, kind: &BlockKind) {
        let mut look = |words: &str| self.names = self.names || may_name(words);
        match kind {
            BlockKind::Quote { voice: Some(voice), .. } => {
                look(&voice.name);
                look(&voice.role);
                self.roles.push(voice.role.clone());
            }
            BlockKind::Callout { label, .. } => look(label),
            BlockKind::People(list) => list.iter().for_each(|one| look(&one.name)),
            BlockKind::Entries(list) => list.iter().for_each(|one| look(&one.date_typed)),
            BlockKind::Figure { picture, .. } => _ = self.pictures.insert(*picture),
            BlockKind::Group { audience, .. } => self.open &= audience.is_everyone(),
            BlockKind::Agreements { list, .. } => {
                self.stands |= list.iter().any(|one| one.status.is_some());
            }
            BlockKind::Attributes(list) => {
                self.stands |= list.iter().any(|one| one.key == Some(Key::Status));
            }
            _ => {}
        }
    }
}

/// Tells whether words may name a text, between two brackets or by its file: nearly all
/// words hold no bracket and no dot that goes on.
pub fn may_name(words: &str) -> bool {
    let bytes = words.as_bytes();
    memchr2_iter(b'[', b'.', bytes).any(|at| {
        matches!(
            (bytes[at], bytes.get(at + 1)),
            (b'[', Some(b'[')) | (b'.', Some(b'm' | b'M'))
        )
    })
}

fn length(list: &[Block]) -> usize {
    list.iter().map(|block| block.span.range().len()).sum()
}

fn first_words(body: &Body) -> Option<String> {
    fn of(sections: &[Section]) -> Option<String> {
        sections
            .iter()
            .find_map(|part| first_paragraph(&part.blocks).or_else(|| of(&part.sections)))
    }
    first_paragraph(&body.lead).or_else(|| of(&body.sections))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Audience, Person, Voice};
    use crate::text::Span;

    fn block(kind: BlockKind) -> Block {
        Block { span: Span::default(), kind }
    }

    fn words(words: &str) -> Vec<Inline> {
        let kind = InlineKind::Text(words.into());
        vec![Inline { span: Span::default(), kind }]
    }

    fn group(audience: Audience, blocks: Vec<Block>) -> Block {
        block(BlockKind::Group { audience, lang: None, blocks })
    }

    /// A tree with a block at the very top, and far inside a part of a part.
    fn trees(one: &Block) -> [Body; 2] {
        let part = |blocks, sections| Section {
            span: Span::default(),
            level: 2,
            id: String::new(),
            title: Vec::new(),
            role: Default::default(),
            lang: None,
            audience: Audience::Everyone,
            attributes: Vec::new(),
            blocks,
            sections,
        };
        let quote = block(BlockKind::Quote { voice: None, blocks: vec![one.clone()] });
        let far = group(Audience::Everyone, vec![quote]);
        let sections = vec![part(Vec::new(), vec![part(vec![far], Vec::new())])];
        let top = Body { lead: vec![one.clone()], ..Body::default() };
        [top, Body { sections, ..Body::default() }]
    }

    #[test]
    fn what_stands_far_inside_is_seen_too() {
        let family = || Audience::family();
        let voice = |name: &str, role: &str| {
            let (span, role_span) = Default::default();
            let (name, role) = (name.into(), role.into());
            Some(Box::new(Voice { span, name, role, role_span }))
        };
        let quote = |voice| block(BlockKind::Quote { voice, blocks: Vec::new() });
        let person = Person {
            span: Span::default(),
            name: "[[Noor]]".into(),
            note: Vec::new(),
            more: Vec::new(),
        };
        for (one, open, names) in [
            (block(BlockKind::Paragraph(words("Dag."))), true, false),
            (group(family(), Vec::new()), false, false),
            (block(BlockKind::Paragraph(words("Zie [[Noor]]"))), true, true),
            (block(BlockKind::Paragraph(words("Zie noor.md"))), true, true),
            (quote(voice("Noor.md", "")), true, true),
            (quote(voice("", "[[Noor]]")), true, true),
            (block(BlockKind::People(vec![person])), true, true),
        ] {
            for body in trees(&one) {
                let seen = Glance::of(&body);
                assert_eq!((seen.open, seen.names), (open, names), "{body:?}");
            }
        }
        let [mut top, far] = trees(&quote(voice("", "oma")));
        assert_eq!(Glance::of(&far).roles, ["oma"]);
        top.audience = family();
        assert!(!Glance::of(&top).open);
        let mut closed = far;
        closed.sections[0].sections[0].audience = family();
        assert!(!Glance::of(&closed).open);
    }
}
