//! Floor 5: the library of typed texts, plain structs without I/O and without HTML.
//!
//! A [`Library`] holds the sources, the settings of the site and all [`Text`]s, also the
//! ones that will be withheld: what goes where is decided later, by `compose`. A text has
//! [`Fields`] (`Kenmerk: waarde`) and a [`Body`]: a tree of [`Section`]s with [`Block`]s
//! and [`Inline`]s, each with the span it came from.

mod audience;
mod block;
mod body;
mod field;
mod glance;
mod ids;
mod inline;
mod library;
mod plan;
mod text;
mod tree;
mod walk;

pub use audience::{Audience, FAMILY};
pub use block::{
    Agreement, Align, Attribute, Block, BlockKind, Callout, Cell, Definition, Entry,
    Item, Person, Table, Voice,
};
pub use body::{Body, Section};
pub use field::{Extra, Field, Fields, Key, Value};
pub use glance::{Glance, may_name};
pub use ids::{AssetId, LinkId, NoteId, PictureId, TextId};
pub use inline::{Foreign, Inline, InlineKind, plain};
pub use library::{Asset, Leaves, Library, Settings};
pub use plan::{Role, Status};
pub use text::{Kind, Link, Note, Picture, Target, Text};
pub use tree::{Fetch, Tree, as_sum};
pub use walk::{
    change_blocks, change_lines, first_paragraph, fit, for_inner, for_inner_mut,
    for_lines, inlines, walk_blocks, walk_inlines,
};
