//! What every check looks like: made once for a library, asked for each text.

use super::lines::Lines;
use crate::model::{Library, Text};
use crate::problem::{Code, Problem};
use crate::text::{Source, SourceId};
use jiff::civil::Date;

/// What checks may look at.
pub(super) struct Ground<'a> {
    /// Everything that was read.
    pub(super) library: &'a Library,
    /// The day, as handed in.
    pub(super) today: Date,
    /// Whether word and sentence hints are wanted.
    pub(super) hints: bool,
}

/// A check that is ready to look. Texts are looked at in any order, several at once.
pub(super) trait Rule: Sync {
    /// Looks at one text; `lines` are its lines, as `lines::lines` gives them.
    fn text(&self, text: &Text, lines: &Lines<'_>, found: &mut Vec<Problem>);

    /// Looks at one file as typed.
    fn source(&self, _id: SourceId, _source: &Source, _found: &mut Vec<Problem>) {}
}

/// A row of the table of checks.
pub(super) struct Row {
    /// The codes it may report.
    pub(super) codes: &'static [Code],
    /// Whether it looks at one text alone, the day and what the site says: what it found
    /// then stands as long as these do. What it finds in a source as typed always does.
    pub(super) alone: bool,
    /// Makes it ready for a library: gathers what it compares with.
    pub(super) make: for<'a> fn(&'a Ground<'a>) -> Box<dyn Rule + 'a>,
}
