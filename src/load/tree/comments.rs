//! Comments: words for those who write, that never leave the machine. In doubt they go.
//!
//! `<!-- … -->`, and what a word processor makes of it (`‹!— … —›`, `<!– … –>`,
//! `&lt;!-- … --&gt;`, `<!- … ->`); `%% … %%` of Obsidian; a line `[//]: # (…)` or
//! `[comment]: <> (…)`. [`find`] is the entry: it looks in the text as the parser read it,
//! outside code. A comment without an end goes to the end of the text.

use super::prepared::{Edit, Prepared};
use crate::text::{Span, fold};
use std::ops::Range;

/// The comments of a text.
#[derive(Default)]
pub(super) struct Found {
    /// Takes them out.
    pub(super) edits: Vec<Edit>,
    /// The last one when it has no end: where it begins, and what would end it.
    pub(super) open: Option<(Span, &'static str)>,
}

/// How strictly a mark was typed; a comment ends at a mark that is as strict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Typed {
    /// `<!--` and `-->`.
    Exact,
    /// With long dashes, other brackets, or `&lt;`.
    Loose,
    /// With one hyphen.
    Thin,
}

/// A mark that may begin or end a comment.
#[derive(Debug, Clone)]
struct Mark {
    range: Range<usize>,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Open(Typed),
    Close(Typed),
    /// `%%`; whether it may begin a comment.
    Percent(bool),
    /// A whole comment: a line, or lines up to their `)`.
    Whole,
    /// The same, without its end.
    WholeOpen,
}

/// Finds the comments that do not lie in code; `code` holds the ranges of code, in order.
pub(super) fn find(prepared: &Prepared<'_>, code: &[Range<usize>]) -> Found {
    let text: &str = &prepared.text;
    let mut found = Found::default();
    if !may_hold(text) {
        return found;
    }
    let marks = marks_in(text);
    let ends = ends_of(text, &marks);
    let mut from = 0;
    for (index, mark) in marks.iter().enumerate() {
        if mark.range.start < from {
            continue;
        }
        let behind = code.partition_point(|range| range.end <= mark.range.start);
        if let Some(inside) =
            code.get(behind).filter(|range| range.start <= mark.range.start)
        {
            from = inside.end;
            continue;
        }
        let end = match (mark.what, ends[index]) {
            (What::Close(_) | What::Percent(false), _) => continue,
            (What::Whole, _) => mark.range.end,
            (_, Some(end)) => end,
            (_, None) => {
                let close = match mark.what {
                    What::Percent(_) => "%%",
                    What::WholeOpen => ")",
                    _ => "-->",
                };
                found.open = Some((prepared.span(mark.range.clone()), close));
                text.len()
            }
        };
        // A space in its place: what stood around it may not become a comment.
        let source = prepared.source_range(mark.range.start..end);
        let insert = " ".into();
        found.edits.push(Edit { at: source.start, delete: source.len(), insert });
        from = end;
    }
    found
}

/// Returns where comments lie in words that hold no code, each with whether it is closed.
pub(in crate::load) fn ranges(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    if !may_hold(text) {
        return found;
    }
    let marks = marks_in(text);
    let ends = ends_of(text, &marks);
    let mut from = 0;
    for (mark, end) in marks.iter().zip(ends) {
        let end = match mark.what {
            What::Close(_) | What::Percent(false) => continue,
            What::Whole => Some(mark.range.end),
            _ => end,
        };
        if mark.range.start >= from {
            from = end.unwrap_or(text.len());
            found.push((mark.range.start..from, end.is_some()));
        }
    }
    found
}

/// Returns what stands before the first comment of a line.
pub(super) fn before(line: &str) -> &str {
    let begins =
        |mark: &Mark| !matches!(mark.what, What::Close(_) | What::Percent(false));
    let first = marks_in(line).into_iter().find(begins);
    first.map_or(line, |mark| &line[..mark.range.start])
}

/// Tells whether there may be a comment; most texts have none.
fn may_hold(text: &str) -> bool {
    text.contains("%%") || text.contains("]:") || text.contains('!') && has_opening(text)
}

fn has_opening(text: &str) -> bool {
    text.match_indices('!').any(|(at, _)| opening(text, at).is_some())
}

/// What may stand for `<` and for `>`.
const LEFT: [&str; 6] = ["<", "‹", "＜", "&lt;", "&LT;", "&#60;"];
const RIGHT: [&str; 6] = [">", "›", "＞", "&gt;", "&GT;", "&#62;"];

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '−')
}

/// Returns the opening mark around a `!`.
fn opening(text: &str, at: usize) -> Option<Mark> {
    let before = &text[..at];
    let tight = before.strip_suffix(' ').unwrap_or(before);
    let left = LEFT.iter().find(|left| tight.ends_with(**left))?;
    let behind = &text[at + 1..];
    let behind = behind.strip_prefix(' ').unwrap_or(behind);
    let mut dashes = behind.chars().take_while(|c| is_dash(*c));
    let (first, second) = (dashes.next()?, dashes.next());
    let mut end = text.len() - behind.len() + first.len_utf8();
    let typed = match (first, second) {
        ('-', Some(second)) => {
            end += second.len_utf8();
            let exact = second == '-' && *left == "<" && end == at + 3;
            if exact && tight.len() == at { Typed::Exact } else { Typed::Loose }
        }
        ('-', None) => Typed::Thin,
        _ => Typed::Loose,
    };
    let start = tight.len() - left.len();
    Some(Mark { range: start..end, what: What::Open(typed) })
}

/// Returns the closing mark that ends with the bracket at `at`; it does not reach before
/// `from`.
fn closing(text: &str, at: usize, from: usize) -> Option<Mark> {
    let right = RIGHT.iter().find(|right| text[at..].starts_with(**right))?;
    let before = text.get(from..at)?;
    let mut dashes = before.chars().rev().take(2).take_while(|c| is_dash(*c));
    let (last, other) = (dashes.next()?, dashes.next());
    let start = at - last.len_utf8() - other.map_or(0, char::len_utf8);
    let typed = match (last, other) {
        ('-', Some('-')) if *right == ">" => Typed::Exact,
        ('-', None) => Typed::Thin,
        _ => Typed::Loose,
    };
    Some(Mark { range: start..at + right.len(), what: What::Close(typed) })
}

/// Finds all marks, in order, also those in code and in comments.
fn marks_in(text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut lines = Lines { text, closes: None };
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        // The first bytes of `!`, `%`, `[`, and of all that may stand for `>`.
        if at < from || !matches!(byte, b'!' | b'%' | b'[' | b'>' | b'&' | 0xe2 | 0xef) {
            continue;
        }
        let mark = match byte {
            b'!' => opening(text, at),
            b'%' => percent(text, at),
            b'[' => lines.comment(at),
            _ if text.is_char_boundary(at) => closing(text, at, from),
            _ => None,
        };
        if let Some(mark) = mark {
            // Inside a whole comment others still count: it may lie in code.
            let end = if matches!(mark.what, What::Whole | What::WholeOpen) {
                at + 1
            } else {
                mark.range.end
            };
            from = from.max(end);
            marks.push(mark);
        }
    }
    marks
}

fn percent(text: &str, at: usize) -> Option<Mark> {
    if !text[at..].starts_with("%%") {
        return None;
    }
    let opens = match text[..at].chars().next_back() {
        // `100%%` is a number, and `a%%b` mostly an address.
        Some(before) if before.is_alphabetic() => {
            let rest = &text[at + 2..];
            let near = &rest[..super::prepared::floor(rest, 400)];
            near.split('\n').next().is_some_and(|line| line.contains("%%"))
        }
        Some(before) => !before.is_numeric(),
        None => true,
    };
    Some(Mark { range: at..at + 2, what: What::Percent(opens) })
}

/// Returns for every mark that begins a comment where that ends.
fn ends_of(text: &str, marks: &[Mark]) -> Vec<Option<usize>> {
    let mut ends = vec![None; marks.len()];
    // Openings that wait, each with the first closing mark that is less strict.
    let mut open: Vec<(usize, Typed, Option<usize>)> = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        match mark.what {
            What::Open(typed) => open.push((index, typed, None)),
            What::Close(close) => {
                let Some((_, typed, loose)) = open.last_mut() else { continue };
                let fits = match (*typed, close) {
                    (_, Typed::Exact) | (Typed::Thin, _) => true,
                    (Typed::Loose, close) => close == Typed::Loose,
                    (Typed::Exact, _) => false,
                };
                if fits {
                    let (begin, ..) = open.pop().unwrap_or((index, close, None));
                    ends[begin] = Some(mark.range.end);
                } else if close == Typed::Loose {
                    loose.get_or_insert(mark.range.end);
                }
            }
            _ => {}
        }
    }
    for (index, _, loose) in open {
        ends[index] = loose;
    }
    // Without an end of its own: to the next end that there is.
    let (mut next_close, mut next_percent) = (None, None);
    for (index, mark) in marks.iter().enumerate().rev() {
        match mark.what {
            What::Open(_) => ends[index] = ends[index].or(next_close),
            What::Close(Typed::Exact) => next_close = Some(mark.range.end),
            What::Close(_) => {}
            What::Percent(_) => {
                ends[index] = next_percent;
                next_percent = Some(mark.range.end);
            }
            What::Whole | What::WholeOpen => {}
        }
    }
    to_its_own_end(text, marks, &mut ends);
    ends
}

/// `<!--` goes on to the first `-->` at least, as in HTML, whatever else begins or ends
/// between them.
fn to_its_own_end(text: &str, marks: &[Mark], ends: &mut [Option<usize>]) {
    let closes: Vec<usize> = text.match_indices("-->").map(|(at, _)| at).collect();
    for (mark, end) in marks.iter().zip(ends) {
        if mark.what == What::Open(Typed::Exact) {
            let next = closes.partition_point(|at| *at < mark.range.end);
            let own = closes.get(next).map(|at| at + "-->".len());
            *end = (*end).max(own);
        }
    }
}

/// Comments that look like the definition of a link.
struct Lines<'t> {
    text: &'t str,
    /// Where a line ends with `)`: looked up once, from the first comment that asks.
    closes: Option<Vec<usize>>,
}

/// Names that stand for a comment, folded.
const NAMES: [&str; 6] = ["//", "comment", "comments", "opmerking", "notitie", "_"];

impl Lines<'_> {
    /// Returns the comment that begins with the `[` at `at`.
    fn comment(&mut self, at: usize) -> Option<Mark> {
        let text = self.text;
        if !begins_line(text, at) {
            return None;
        }
        let line = text[at..].split('\n').next().unwrap_or_default();
        let (name, value) = line.get(1..)?.split_once("]:")?;
        if name.len() > 60 || name.contains(['[', ']']) {
            return None;
        }
        let value = value.trim();
        let bare = value.strip_prefix('#').or_else(|| value.strip_prefix("<>"));
        let marked = bare.is_some_and(|bare| {
            bare.starts_with([' ', '\t'])
                && bare.trim_start().starts_with(['(', '"', '\'', '“', '‘'])
        });
        let leads = !value.contains(' ') && value.contains(['/', '.', '#', '@']);
        let named = NAMES.contains(&fold(name.trim()).as_str());
        if !(marked || named && (!leads || name.trim() == "//")) {
            return None;
        }
        let end = at + line.len();
        let words = bare.unwrap_or(value).trim_start();
        if !words.starts_with('(') || closes(words) {
            return Some(Mark { range: at..end, what: What::Whole });
        }
        match self.close_behind(end) {
            Some(end) => Some(Mark { range: at..end, what: What::Whole }),
            None => Some(Mark { range: at..end, what: What::WholeOpen }),
        }
    }

    /// Returns the first end of a line behind an offset that follows a `)`.
    fn close_behind(&mut self, from: usize) -> Option<usize> {
        let text = self.text;
        let closes = self.closes.get_or_insert_with(|| {
            let mut at = 0;
            let mut closes = Vec::new();
            for line in text.split_inclusive('\n') {
                at += line.len();
                let bare = line.trim_end();
                if bare.ends_with(')') {
                    closes.push(at - line.len() + bare.len());
                }
            }
            closes
        });
        closes.get(closes.partition_point(|end| *end <= from)).copied()
    }
}

/// Tells whether a bracket that opens closes on this line.
fn closes(words: &str) -> bool {
    let mut depth = 0;
    words.ends_with(')')
        || words.bytes().any(|byte| {
            depth += i32::from(byte == b'(') - i32::from(byte == b')');
            depth == 0
        })
}

/// Tells whether only the marks of quotes and lists stand before an offset on its line.
fn begins_line(text: &str, at: usize) -> bool {
    let from = super::prepared::floor(text, at.saturating_sub(80));
    let before = text[from..at].rsplit('\n').next().unwrap_or_default();
    before.chars().all(|c| {
        c.is_whitespace()
            || c.is_ascii_digit()
            || matches!(c, '>' | '-' | '*' | '+' | '.' | ')' | '\\')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    fn without(text: &str) -> String {
        let prepared = Prepared::new(text, SourceId(0), 0..text.len(), &mut Vec::new());
        let mut edits = find(&prepared, &[]).edits;
        Prepared::new(text, SourceId(0), 0..text.len(), &mut edits).text.into_owned()
    }

    fn open(text: &str) -> Option<&'static str> {
        let prepared = Prepared::new(text, SourceId(0), 0..text.len(), &mut Vec::new());
        find(&prepared, &[]).open.map(|(_, close)| close)
    }

    #[test]
    fn every_way_of_typing_one() {
        for text in [
            "a <!-- X --> b",
            "a <!-- X\n\nX --> b",
            "a <!-- X <!-- X --> X --> b",
            "a <!-- X <!-- X --> b",
            "a <!-- X -> X --> b",
            "a <!-- X —> X --> b",
            "a <!-- X —> b",
            "a <!-- X --&gt; b",
            "a <! -- X -- > X --> b",
            "a <!— X —> b",
            "a <!– X --> b",
            "a <!— X -> X —> b",
            "a ‹!— X —› b",
            "a ‹!-- X --› b",
            "a <!- X -> b",
            "a <!- X\nX -> b",
            "a &lt;!-- X\n--&gt; b",
            "a &lt;!— X —&gt; b",
            "a ＜!-- X --＞ b",
            "a <!--> X --> b",
            "a <!-- —>X<! --> b",
            "a <!-- —›X&lt;!- --> b",
            "a ‹!— X —› b <!-- X —> X <!-- X --> b",
            "a <!-- X --—> b",
            "a %% X %% b",
            "a %%X%% b",
            "a (%%X\n\nX%% b",
            "a%%X%% b",
            "a %% <!-- X %% b",
            "a <!-- %% X --> b",
        ] {
            let shown = without(text);
            assert!(!shown.contains('X'), "{text:?}: {shown:?}");
            assert!(
                shown.starts_with('a') && shown.ends_with('b'),
                "{text:?}: {shown:?}"
            );
            assert_eq!(open(text), None, "{text:?}");
        }
    }

    #[test]
    fn lines_that_look_like_definitions() {
        for text in [
            "[//]: # (X)\nb",
            "a\n[//]: # \"X\"\nb",
            "a\n[//]: # (X) X\nb",
            "a\n  [//]: <> (X)\nb",
            "a\n[//]: # X\nb",
            "a\n[//]: # (X\n  X)\nb",
            "a\n[//]: # (X\n\n- X (x)X\n)\nb",
            "> [comment]: <> (X)\nb",
            "- [Comment]: # 'X'\nb",
            "1. [opmerking]: X nog vragen\nb",
            "[]: # (X)\nb",
            "[mij]: <> (X)\nb",
        ] {
            let shown = without(text);
            assert!(
                !shown.contains('X') && shown.ends_with("\nb"),
                "{text:?}: {shown:?}"
            );
            assert_eq!(open(text), None, "{text:?}");
        }
    }

    #[test]
    fn without_an_end_they_go_on() {
        for (text, close) in [
            ("a <!-- X", "-->"),
            ("a ‹!— X\n\n## X", "-->"),
            ("a <!- X", "-->"),
            ("a <!-- b --> c %% X", "%%"),
            ("a\n[//]: # (X\n\nX", ")"),
            ("a <!--", "-->"),
            ("a <!-- X -> X", "-->"),
        ] {
            assert!(!without(text).contains('X'), "{text:?}");
            assert_eq!(open(text), Some(close), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_comment_stays() {
        for text in [
            "a -> b --> c —> d",
            "100%% zeker",
            "x%%20y",
            "[Noor]: ja",
            "[n]: a.md",
            "[comment]: https://a.nl/b",
            "[x]: #kop",
            "Zie [//]: # (hier)",
            "a < b! - c",
            "<!DOCTYPE html>",
            "wat!-- en >",
            "[a][b]: (c)",
        ] {
            assert_eq!(without(text), text);
            assert_eq!(open(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_line_has_its_first_comment() {
        assert_eq!(before("js <!-- x -->"), "js ");
        assert_eq!(before("js ‹!— x"), "js ");
        assert_eq!(before("js -->"), "js -->");
    }

    proptest::proptest! {
        #[test]
        fn closed_or_to_the_end(text in "(<|!|-|>|—|%|&lt;|&gt;|‹|›|\\[//\\]: #|\\(|\\)|\n| |X|é){0,30}") {
            // Between `<!--` and its `-->` nothing comes out.
            let text = format!("a <!-- {text} --> b");
            let shown = without(&text);
            let last = text.rfind('X').unwrap_or(0);
            if text[last..].matches("-->").count() == 1 && text.matches("-->").count() == 1 {
                proptest::prop_assert!(!shown.contains('X'), "{:?}: {:?}", text, shown);
            }
        }
    }
}
