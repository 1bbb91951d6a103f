//! Floor 5: the library of typed texts, plain structs without I/O and without HTML.
//!
//! A [`Library`] holds the sources, the settings of the site and all [`Text`]s, also the
//! ones that will be withheld: what goes where is decided later, by `compose`. A text has
//! [`Fields`] (`Kenmerk: waarde`) and a [`Body`]: a tree of [`Section`]s with [`Block`]s
//! and [`Inline`]s, each with the span it came from.

mod audience;
mod block;
mod field;
mod ids;
mod inline;
mod library;
mod plan;
mod shared;
mod text;
mod walk;

pub use audience::{Audience, FAMILY};
pub use block::{
    Agreement, Align, Attribute, Block, BlockKind, Callout, Cell, Definition, Entry,
    Item, Person, Table, Voice,
};
pub use field::{Extra, Field, Fields, Key, Value};
pub use ids::{AssetId, LinkId, NoteId, PictureId, TextId};
pub use inline::{Inline, InlineKind, plain};
pub use library::{Asset, Leaves, Library, Settings};
pub use plan::{Role, Status};
pub use shared::Shared;
pub use text::{Body, Kind, Link, Note, Picture, Section, Target, Text};
pub use walk::{
    change_blocks, change_lines, fit, for_inner, for_inner_mut, for_lines, inlines,
    walk_blocks, walk_inlines,
};
