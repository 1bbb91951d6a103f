//! Lines and characters for many problems at once: one walk through a source, however
//! many problems it has.

use super::{Problem, Where};
use crate::text::{Place, SourceId, Sources};
use std::collections::{BTreeMap, BTreeSet};

/// The places of all ends of some problems.
pub(super) struct Places(BTreeMap<(SourceId, u32), Place>);

impl Places {
    /// Finds the places of these problems.
    pub(super) fn of<'a>(
        problems: impl IntoIterator<Item = &'a Problem>,
        sources: &Sources,
    ) -> Self {
        let mut ends: BTreeMap<SourceId, BTreeSet<u32>> = BTreeMap::new();
        for problem in problems {
            if let Where::Span(span) = problem.place {
                ends.entry(span.source).or_default().extend([span.start, span.end]);
            }
        }
        let mut places = BTreeMap::new();
        for (source, offsets) in ends {
            let found = walk(sources.get(source).text(), &offsets);
            places.extend(found.map(|(offset, place)| ((source, offset), place)));
        }
        Places(places)
    }

    /// Returns the place of an offset; the top of the file for one that was not asked.
    pub(super) fn get(&self, source: SourceId, offset: u32) -> Place {
        let top = Place { line: 1, column: 1 };
        self.0.get(&(source, offset)).copied().unwrap_or(top)
    }
}

/// Walks through a text once and tells the place of each offset. An offset inside a
/// character is that character's; one past the end is the end.
fn walk<'a>(
    text: &'a str,
    offsets: &'a BTreeSet<u32>,
) -> impl Iterator<Item = (u32, Place)> + 'a {
    let mut place = Place { line: 1, column: 1 };
    let mut rest = text.chars();
    let mut at = 0;
    offsets.iter().map(move |&offset| {
        while let Some(c) = rest.clone().next() {
            if at + c.len_utf8() > offset as usize {
                break;
            }
            rest.next();
            at += c.len_utf8();
            if c == '\n' {
                place = Place { line: place.line + 1, column: 1 };
            } else {
                place.column += 1;
            }
        }
        (offset, place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Source, TextPath};

    proptest::proptest! {
        #[test]
        fn one_walk_finds_the_same_places_as_one_look_each(
            text in "(\\PC{0,6}\n?){0,8}",
            offsets in proptest::collection::btree_set(0u32..80, 0..12),
        ) {
            let source = Source::new(TextPath::new("a.md"), text);
            for (offset, place) in walk(source.text(), &offsets) {
                proptest::prop_assert_eq!(place, source.place(offset as usize));
            }
        }
    }
}
