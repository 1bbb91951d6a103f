//! boekje ("little book"): plain Markdown, written together, becomes an accessible site.
//!
//! # The journey of a text
//!
//! 1. [`load`] reads a folder. Every file becomes a source with positions, every source
//!    one or more typed texts with a tree of blocks: a [`model::Library`]. It reads
//!    anything and loses nothing; what it notices becomes a [`problem::Problem`].
//! 2. [`check`] looks at the library and adds advice. It changes nothing.
//! 3. [`compose`] decides what one reader gets: the wall. Its result, an
//!    [`compose::Edition`], carries its reader in its type; a public edition holds no
//!    private word, so nothing made from it can leak one.
//! 4. [`output`] turns an edition and a [`theme`] into [`files::Files`]: addresses, each
//!    with the way to make its bytes.
//! 5. [`files`] writes them: beside the old site first, then in one swap.
//!
//! What one build worked out, the next takes over where it is made of the same
//! ([`lock::Drawer`], [`files::Sum`]); it changes no byte of the result.
//!
//! [`pipeline`] walks the journey; [`serve`] shows it while somebody writes; [`cli`] is the
//! only place that prints. Below all of it
//! lie [`text`] (spans, slugs, dates), [`stamp`] (whether a file may be another one now), [`lang`] (every sentence we say), [`picture`]
//! (bytes to clean bytes), [`lock`] (bytes to locked bytes), [`keys`] (who may open them) and [`kind`] (what people may type). Imports go down only:
//! `tests/house.rs` holds the floors.

pub mod check;
pub mod cli;
pub mod compose;
pub mod files;
pub mod keys;
pub mod kind;
pub mod lang;
pub mod load;
pub mod lock;
pub mod model;
pub mod output;
pub mod picture;
pub mod pipeline;
pub mod problem;
pub mod serve;
pub mod stamp;
pub mod sweep;
pub mod text;
pub mod theme;
