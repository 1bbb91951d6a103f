//! Floor 2: what we noticed in somebody's texts.
//!
//! A [`Problem`] holds a [`Code`], a place and arguments, never a finished sentence: the
//! same problem is Dutch in one terminal and English in another. [`said`] makes the
//! sentences; [`terminal`], [`json`] and [`github`] show them. What the *machine* refuses
//! (disk, port) is a [`Failure`], not a problem.

mod code;
mod failure;
pub mod github;
pub mod json;
mod said;
pub mod terminal;

pub use code::{Code, Severity};
pub use failure::Failure;
pub use said::{Said, said};

use crate::text::{Span, TextPath};

/// Something noticed in a writer's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which sentence it is.
    pub code: Code,
    /// Where it is.
    pub place: Where,
    /// What to fill in: placeholder name → value, in the writer's words.
    pub args: Vec<(&'static str, String)>,
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// In a text.
    Span(Span),
    /// A file that is not a text, or could not be read.
    File(TextPath),
    /// In a theme's template or settings: path, line and column from 1.
    Theme(String, u32, u32),
    /// Nowhere in particular.
    Folder,
}

impl Problem {
    /// Makes a problem in a text.
    pub fn at(code: Code, span: Span) -> Self {
        Problem { code, place: Where::Span(span), args: Vec::new() }
    }

    /// Makes a problem about a file as a whole.
    pub fn file(code: Code, path: &TextPath) -> Self {
        Problem { code, place: Where::File(path.clone()), args: Vec::new() }
    }

    /// Adds what to fill in for `{name}`.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Returns how serious it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
