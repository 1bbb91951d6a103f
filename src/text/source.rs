//! Source texts and positions in them.
//!
//! A [`Source`] is one decoded file: no byte order mark, every line end a `\n`. A [`Span`]
//! points into one source by bytes; [`Sources::place`] turns it into the line and
//! character a person counts. No value that came from a writer loses its span before the
//! last check is done.

use super::TextPath;
use rayon::prelude::*;
use serde::ser::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// Names one source in a [`Sources`] list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SourceId(pub u32);

/// A range of bytes in one source; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The source the range lies in.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

thread_local! {
    /// The source that spans are kept for, and read for, on this thread.
    static KEPT: Cell<Option<SourceId>> = const { Cell::new(None) };
}

/// Keeps or reads values of which all spans lie in one source. That source is not kept with
/// them: it may have another number the next time.
pub fn for_source<T>(source: SourceId, act: impl FnOnce() -> T) -> T {
    let before = KEPT.replace(Some(source));
    let done = act();
    KEPT.set(before);
    done
}

impl Serialize for Span {
    /// Where it begins, and its length, without its source. Inside [`for_source`] it refuses
    /// a span of another source.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let other = KEPT.get().is_some_and(|kept| kept != self.source);
        let length = self.end.checked_sub(self.start).filter(|_| !other);
        let length =
            length.ok_or_else(|| S::Error::custom("a span of another source"))?;
        (self.start, length).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (start, length) = <(u32, u32)>::deserialize(from)?;
        let source = KEPT.get().unwrap_or_default();
        Ok(Span { source, start, end: start.saturating_add(length) })
    }
}

impl Span {
    /// Returns the span of `range` in `source`. Files beyond 4 GiB are refused at the
    /// door, so the narrowing cannot lose anything.
    pub fn new(source: SourceId, range: std::ops::Range<usize>) -> Self {
        Span { source, start: range.start as u32, end: range.end.max(range.start) as u32 }
    }

    /// Returns the range in bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the smallest span that covers both; the other is ignored when it lies in
    /// another source.
    pub fn to(self, other: Span) -> Span {
        if self.source != other.source {
            return self;
        }
        Span {
            source: self.source,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// Where a person finds something: both count from 1; columns count Unicode characters,
/// a tab is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Character in the line, from 1.
    pub column: u32,
}

/// Reads a text again; nothing when it is not there as it was.
pub type Again = Box<dyn Fn() -> Option<String> + Send + Sync>;

/// One file's text, decoded, with the path a person knows it by.
pub struct Source {
    /// Path inside the folder of texts.
    pub path: TextPath,
    text: OnceLock<String>,
    again: Option<Again>,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Source({:?}, {:?})", self.path, self.text())
    }
}

impl Source {
    /// Makes a source of a decoded text: no byte order mark, `\n` line ends, no control
    /// characters.
    pub fn new(path: TextPath, text: String) -> Source {
        Source { path, text: text.into(), again: None }
    }

    /// With a way to read it again, it can let go of its text; one without text has none to
    /// let go of.
    pub fn with_again(self, again: Option<Again>) -> Source {
        let again = again.filter(|_| !self.text().is_empty());
        Source { again, ..self }
    }

    /// Returns the decoded text. Nothing stands in one that was let go, and is not there
    /// any more as it was.
    pub fn text(&self) -> &str {
        let read = || self.again.as_ref().and_then(|again| again()).unwrap_or_default();
        self.text.get_or_init(read)
    }

    /// Lets go of its text, where it can be read again.
    fn let_go(&mut self) {
        if self.again.is_some() {
            self.text.take();
        }
    }

    /// Returns the place of a byte offset; one past the end counts as the end.
    pub fn place(&self, offset: usize) -> Place {
        let text = self.text();
        let before = &text[..text.floor_char_boundary(offset)];
        let line = before.bytes().filter(|&byte| byte == b'\n').count() as u32 + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Place { line, column: before[start..].chars().count() as u32 + 1 }
    }

    /// Returns the byte offset where a line (from 1) starts; the end when there are fewer.
    pub fn line_start(&self, line: u32) -> usize {
        if line <= 1 {
            return 0;
        }
        let text = self.text();
        text.bytes()
            .enumerate()
            .filter(|&(_, byte)| byte == b'\n')
            .nth(line as usize - 2)
            .map_or(text.len(), |(at, _)| at + 1)
    }
}

/// All sources of a library, in the order they were read. A copy shares the list until one
/// of both changes.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    list: Arc<Vec<Arc<Source>>>,
}

impl Sources {
    /// Adds a source and returns its name.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.add_shared(Arc::new(source))
    }

    /// Adds a source that others hold too, and returns its name.
    pub fn add_shared(&mut self, source: Arc<Source>) -> SourceId {
        Arc::make_mut(&mut self.list).push(source);
        SourceId(self.list.len() as u32 - 1)
    }

    /// Puts other words in the place of a source; its name stays.
    pub fn put(&mut self, id: SourceId, source: Arc<Source>) {
        if let Some(place) = Arc::make_mut(&mut self.list).get_mut(id.0 as usize) {
            *place = source;
        }
    }

    /// Lets go of the texts that can be read again, but for these: they take much room, and
    /// once they are looked through few of them are asked for. Those that others hold stay.
    pub fn let_go(&mut self, but: &BTreeSet<SourceId>) {
        let Some(list) = Arc::get_mut(&mut self.list) else { return };
        list.par_iter_mut().enumerate().for_each(|(at, source)| {
            if !but.contains(&SourceId(at as u32))
                && let Some(source) = Arc::get_mut(source)
            {
                source.let_go();
            }
        });
    }

    /// Tells whether all texts that were let go, and asked for again, were there as they had
    /// been.
    pub fn are_as_read(&self) -> bool {
        let lost = |source: &Arc<Source>| {
            source.again.is_some() && source.text.get().is_some_and(String::is_empty)
        };
        !self.list.iter().any(lost)
    }

    /// Returns the name of the source at a path; sources that were read from a folder are
    /// sorted by path.
    pub fn at(&self, path: &TextPath) -> Option<SourceId> {
        let found = self.list.binary_search_by(|source| source.path.cmp(path)).ok()?;
        Some(SourceId(found as u32))
    }

    /// Returns the sources, to hold on to.
    pub fn shared(&self) -> &[Arc<Source>] {
        &self.list
    }

    /// Returns a source; ids come only from [`Sources::add`].
    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id.0 as usize]
    }

    /// Returns the sources in reading order, with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.list.iter().enumerate().map(|(at, source)| (SourceId(at as u32), &**source))
    }

    /// Returns the text a span covers; empty when the span does not fit its source.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).text().get(span.range()).unwrap_or_default()
    }

    /// Returns where a span starts.
    pub fn place(&self, span: Span) -> Place {
        self.get(span.source).place(span.start as usize)
    }

    /// Returns where a span ends (one past its last character).
    pub fn end(&self, span: Span) -> Place {
        self.get(span.source).place(span.end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new(TextPath::new("a.md"), text.into())
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = source("één\n\tnoor’s plan\n");
        assert_eq!(source.place("één".len()), Place { line: 1, column: 4 });
        let at = source.text().find('s').expect("there is an s");
        assert_eq!(source.place(at), Place { line: 2, column: 7 });
        assert_eq!(source.place(9999), Place { line: 3, column: 1 });
    }

    #[test]
    fn what_was_let_go_is_read_again_when_it_is_asked_for() {
        let mut sources = Sources::default();
        let again = |text: Option<&'static str>| -> Option<Again> {
            Some(Box::new(move || text.map(String::from)))
        };
        let ids = [None, again(Some("b")), again(None), again(Some("d"))]
            .map(|again| sources.add(source("een").with_again(again)));
        sources
            .add(Source::new(TextPath::new("b.md"), "".into()).with_again(again(None)));
        let held = Arc::clone(&sources.shared()[3]);
        sources.let_go(&BTreeSet::from([ids[1]]));
        assert!(sources.are_as_read(), "nobody asked yet");
        let texts = |sources: &Sources| ids.map(|id| sources.get(id).text().to_string());
        assert_eq!(texts(&sources), ["een", "een", "", "een"]);
        assert!(!sources.are_as_read());
        assert_eq!(sources.place(Span::new(ids[2], 2..3)), Place { line: 1, column: 1 });
        drop(held);
        sources.let_go(&BTreeSet::new());
        assert_eq!(texts(&sources), ["een", "b", "", "d"]);
    }

    #[test]
    fn line_starts() {
        let source = source("a\nbb\n\nc");
        assert_eq!([1, 2, 3, 4, 9].map(|line| source.line_start(line)), [0, 2, 5, 6, 7]);
    }

    proptest::proptest! {
        #[test]
        fn every_offset_has_a_place_and_comes_back(text in "\\PC{0,40}(\n\\PC{0,20}){0,5}", at in 0usize..200) {
            let source = source(&text);
            let place = source.place(at);
            let start = source.line_start(place.line);
            let back = source.text()[start..].char_indices().nth(place.column as usize - 1)
                .map_or(source.text().len(), |(i, _)| start + i);
            let mut expected = at.min(text.len());
            while !text.is_char_boundary(expected) { expected -= 1; }
            proptest::prop_assert_eq!(back, expected);
        }
    }
}
