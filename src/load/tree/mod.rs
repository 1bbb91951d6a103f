//! A source's Markdown becomes a tree.
//!
//! [`read`] is the entry. It prepares the text (traps of the parser), reads it with
//! pulldown-cmark, builds blocks with spans into the *source*, splices includes, and
//! gathers blocks into sections. It knows nothing about the disk.

mod asides;
mod asked;
mod audience;
mod bold;
mod braces;
mod bullets;
mod code;
mod comments;
mod directive;
mod elsewhere;
mod events;
mod grids;
mod groups;
mod include;
mod line;
mod lines;
mod links;
mod marks;
mod openings;
mod plan;
mod prepare;
mod prepared;
mod quotes;
mod repair;
mod sections;
mod smart;
mod source;
mod stack;
mod tables;
mod targets;
#[cfg(test)]
mod tests;
mod verse;
mod waiting;

pub(super) use comments::ranges as comments_in;

use crate::model::{Audience, Body, Kind, Link, Note, Picture, fit};
use crate::problem::Problem;
use crate::text::{SourceId, Sources, Span, TextPath};
use std::collections::BTreeSet;

/// Sets the quotes, dashes and dots of a title as those of a text; `None` when nothing
/// changes.
pub(super) fn set(title: &str) -> Option<String> {
    smart::set(title, '\n', '\n', &[])
}

/// What to read, and what is around it.
pub(super) struct Reading<'a> {
    /// All sources: the text itself and the fragments it may include.
    pub(super) sources: &'a Sources,
    /// The source to read.
    pub(super) source: SourceId,
    /// The bytes to read: what comes after the fields (for one tip of several, its part).
    pub(super) range: std::ops::Range<usize>,
    /// What kind of text it is: a plan's headings mean something.
    pub(super) kind: Kind,
    /// Whether the title was given by a field: then a first `#` heading that says the same
    /// is dropped and another one stays a heading.
    pub(super) title: Option<&'a str>,
    /// For plans: the groups in `lezers:`, folded, and who reads a part without `Voor:`.
    pub(super) readers: BTreeSet<String>,
    /// Who reads a part without `Voor:`; `Everyone` in texts that are no plan.
    pub(super) default_audience: Audience,
    /// Finds a fragment for `[[invoegen: …]]`.
    pub(super) fragments: &'a (dyn Fn(&TextPath) -> Option<Fragment> + Sync),
}

/// A text that may be included in another.
pub(super) struct Fragment {
    /// Its source.
    pub(super) source: SourceId,
    /// Its bytes after the fields.
    pub(super) range: std::ops::Range<usize>,
    /// Who may read it, by its own `voor:`; `None` when it goes to nobody, or not yet.
    pub(super) audience: Option<Audience>,
    /// Whether it needs a yes to go out: on its own page it may, in another text it stays
    /// with the family.
    pub(super) guarded: bool,
}

/// What came out.
#[derive(Default)]
pub(super) struct Tree {
    /// The tree.
    pub(super) body: Body,
    /// Links by number.
    pub(super) links: Vec<Link>,
    /// Pictures by number; `asset` is still open.
    pub(super) pictures: Vec<Picture>,
    /// Footnotes by number.
    pub(super) notes: Vec<Note>,
    /// The first `#` heading, when it serves as title.
    pub(super) heading: Option<(String, Span)>,
    /// What was noticed.
    pub(super) problems: Vec<Problem>,
}

/// Reads a text: its tree, and what was noticed on the way.
pub(super) fn read(reading: &Reading<'_>) -> Tree {
    let mut tree = Tree::default();
    let (flat, lead) =
        source::read(reading, reading.source, reading.range.clone(), &mut tree);
    let pieces = include::Includes::new(reading).expand(flat, &mut tree);
    sections::build(reading, pieces, lead, &mut tree);
    plan::shape(reading, &mut tree);
    tree.body.name_sections();
    fit(&mut tree.body);
    tree.links.shrink_to_fit();
    tree
}
