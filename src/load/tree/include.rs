//! `[[invoegen: …]]`: another text of the folder, put in its place.
//!
//! A fragment is read like any text. Its headings come below the part it stands in, and
//! its readers are the stricter of its own and those of that part. Everything is bounded.

use super::audience::Wish;
use super::stack::{Flat, Heading};
use super::{Fragment, Reading, Tree, source};
use crate::model::{Audience, Block, Kind};
use crate::problem::{Code, Problem};
use crate::text::{SourceId, Span, TextPath};

/// Most fragments in one text.
const MOST: usize = 200;
/// Most bytes of fragments in one text.
const MOST_BYTES: usize = 4 << 20;
/// How deep fragments may lie in fragments.
const DEEPEST: usize = 16;

/// What stands in a text once the fragments are in it, in order.
#[derive(Debug)]
pub(super) enum Piece {
    /// A heading and what its part says about its readers.
    Heading(Heading, Wish),
    /// A block.
    Block(Block),
    /// The explanation of a footnote stands here.
    Note(Span),
    /// A fragment begins: what its `voor:` and its first lines say about its readers, and
    /// the lowest level of its headings.
    Enter(Audience, u32),
    /// The fragment ends.
    Leave,
}

/// Puts fragments into texts.
pub(super) struct Includes<'a, 'r> {
    reading: &'r Reading<'a>,
    /// The sources we are inside of.
    inside: Vec<SourceId>,
    count: usize,
    bytes: usize,
    /// Whether L09 was said: once in a text is enough.
    told: bool,
}

impl<'a, 'r> Includes<'a, 'r> {
    pub(super) fn new(reading: &'r Reading<'a>) -> Self {
        Includes {
            reading,
            inside: vec![reading.source],
            count: 0,
            bytes: 0,
            told: false,
        }
    }

    /// Puts the pieces of a text that was read in order; `tree` gets what was noticed.
    pub(super) fn expand(
        &mut self,
        flat: Vec<(Flat, Wish)>,
        tree: &mut Tree,
    ) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(flat.len());
        self.expand_into(flat, tree, &mut pieces);
        pieces
    }

    fn expand_into(
        &mut self,
        flat: Vec<(Flat, Wish)>,
        tree: &mut Tree,
        pieces: &mut Vec<Piece>,
    ) {
        for (one, wish) in flat {
            match one {
                Flat::Heading(heading) => pieces.push(Piece::Heading(heading, wish)),
                Flat::Block(block) => pieces.push(Piece::Block(block)),
                Flat::Note(span) => pieces.push(Piece::Note(span)),
                Flat::Include(typed, span) => {
                    let Some(fragment) = self.find(&typed, span, tree) else { continue };
                    // A plan is read by its family first: there it has a place.
                    let stays = fragment.guarded && self.reading.kind != Kind::Plan;
                    if stays || fragment.audience.is_none() {
                        let problem = Problem::at(Code::L11, span);
                        tree.problems.push(problem.with("x", typed));
                    }
                    if let Some(audience) = fragment.audience.clone() {
                        self.enter(fragment, audience, tree, pieces);
                    }
                }
            }
        }
    }

    fn enter(
        &mut self,
        fragment: Fragment,
        audience: Audience,
        tree: &mut Tree,
        pieces: &mut Vec<Piece>,
    ) {
        self.inside.push(fragment.source);
        let (flat, lead) =
            source::read(self.reading, fragment.source, fragment.range, tree);
        let headings = flat.iter().filter_map(|(one, _)| match one {
            Flat::Heading(heading) => Some(heading.level),
            _ => None,
        });
        let lowest = headings.min().unwrap_or(1);
        let audience = match &lead.audience {
            Some(wish) => audience.narrowed(wish),
            None => audience,
        };
        tree.problems.extend(lead.problems);
        pieces.push(Piece::Enter(audience, lowest));
        self.expand_into(flat, tree, pieces);
        pieces.push(Piece::Leave);
        self.inside.pop();
    }

    /// Finds a fragment, beside the text that asks for it or from the top.
    fn find(&mut self, typed: &str, span: Span, tree: &mut Tree) -> Option<Fragment> {
        let host = &self.reading.sources.get(span.source).path;
        let mut problem = |code| {
            let problem = Problem::at(code, span);
            tree.problems.push(problem.with("x", typed));
        };
        let paths = [host.join(typed), TextPath::new("").join(typed)];
        if paths.iter().all(Option::is_none) || typed.contains("://") {
            problem(Code::L06);
            return None;
        }
        let find = |path: &TextPath| (self.reading.fragments)(path);
        let named = |path: &TextPath| TextPath::new(&format!("{path}.md"));
        let paths = paths.into_iter().flatten();
        let Some(found) = paths
            .flat_map(|path| [named(&path), path].into_iter().rev())
            .find_map(|path| find(&path))
        else {
            problem(Code::L12);
            return None;
        };
        self.count += 1;
        self.bytes = self.bytes.saturating_add(found.range.len());
        if self.inside.contains(&found.source) {
            problem(Code::L05);
            return None;
        }
        let much = self.count > MOST || self.bytes > MOST_BYTES;
        if much || self.inside.len() > DEEPEST {
            if !std::mem::replace(&mut self.told, true) {
                problem(Code::L09);
            }
            return None;
        }
        Some(found)
    }
}
