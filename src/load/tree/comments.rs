//! Comments: words for those who write, that never leave the machine. In doubt they go.
//!
//! `<!-- … -->`, and what a word processor makes of it (`‹!— … —›`, `<!– … –>`,
//! `&lt;!-- … --&gt;`, `<!- … ->`); `%% … %%` of Obsidian; a line `[//]: # (…)` or
//! `[comment]: <> (…)`; `[[opmerking: …]]`; those between `braces`. [`find`] is the entry: it looks in the text as
//! the parser read it. In code only `<!-- … -->` is a comment, but there too: stray
//! backticks make code of words, and what HTML calls a comment never leaves. A comment
//! without an end goes to the end of the text, in code to the end of that.

use super::asides::Asides;
use super::braces::Braces;
use super::openings::{Mark, Typed, What, closing, note, opening, percent};
use super::prepared::{Edit, Prepared};
use crate::kind::clothes;
use crate::text::{ByteSet, Span};
use std::ops::Range;

/// The comments of a text.
#[derive(Default)]
pub(super) struct Found {
    /// Takes them out.
    pub(super) edits: Vec<Edit>,
    /// The last one when it has no end: where it begins, and what would end it.
    pub(super) open: Option<(Span, &'static str)>,
    /// Those that stand in code.
    pub(super) in_code: Vec<Span>,
}

/// Finds the comments; of those in code only the ones of HTML. `code` holds the ranges of code, in order.
pub(super) fn find(prepared: &Prepared<'_>, code: &[Range<usize>]) -> Found {
    let text: &str = &prepared.text;
    let mut found = Found::default();
    if !may_hold(text) {
        return found;
    }
    let marks = marks_in(text);
    if marks.is_empty() {
        return found;
    }
    let ends = ends_of(text, &marks);
    let gaps = gaps_of(text);
    let mut from = 0;
    for (index, mark) in marks.iter().enumerate() {
        if mark.range.start < from {
            continue;
        }
        let behind = code.partition_point(|range| range.end <= mark.range.start);
        let inside = code.get(behind).filter(|range| range.start <= mark.range.start);
        // In code only what HTML calls a comment is one.
        if inside.is_some() && !is_html(text, mark) {
            continue;
        }
        let end = match (mark.what, ends[index]) {
            (What::Close(_) | What::Percent(false), _) => continue,
            (What::Whole, _) => mark.range.end,
            // In another paragraph it is the end of another one.
            (_, Some(end)) if inside.is_none_or(|code| is_near(&gaps, code, end)) => end,
            (_, _) if let Some(code) = inside => end_of(text, code),
            _ => {
                let close = match mark.what {
                    What::Percent(_) => "%%",
                    What::WholeOpen(close) => close,
                    _ => "-->",
                };
                found.open = Some((prepared.span(mark.range.clone()), close));
                text.len()
            }
        };
        if inside.is_some() {
            found.in_code.push(prepared.span(mark.range.start..end));
        }
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
    if marks.is_empty() {
        return found;
    }
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
    text.bytes().any(|byte| FIRST.has(byte))
        && (["%%", "]:", "[["].iter().any(|mark| text.contains(mark))
            || Braces::may_hold(text)
            || has_opening(text))
}

fn has_opening(text: &str) -> bool {
    let may = |byte| matches!(byte, b'<' | b'&' | 0xe2 | 0xef);
    text.bytes().enumerate().any(|(at, byte)| {
        may(byte) && text.is_char_boundary(at) && opening(text, at).is_some()
    })
}

/// Tells whether a mark begins what every browser takes for a comment.
fn is_html(text: &str, mark: &Mark) -> bool {
    let typed = text.get(mark.range.clone()).unwrap_or_default();
    matches!(mark.what, What::Open(Typed::Exact | Typed::Loose))
        && clothes::seen(&typed.replace('\0', "")).starts_with("<!--")
}

/// Returns where the empty lines of a text begin.
fn gaps_of(text: &str) -> Vec<usize> {
    text.match_indices('\n')
        .map(|(at, _)| at)
        .filter(|at| text.as_bytes().get(at + 1) == Some(&b'\n'))
        .collect()
}

/// Tells whether no empty line stands between some code and an offset.
fn is_near(gaps: &[usize], code: &Range<usize>, end: usize) -> bool {
    let next = gaps.get(gaps.partition_point(|gap| *gap < code.end));
    next.is_none_or(|gap| gap + 2 > end)
}

/// Returns where the words of some code end: before the marks that close it.
fn end_of(text: &str, code: &Range<usize>) -> usize {
    let words = text.get(code.clone()).unwrap_or_default().trim_end();
    let marks = if words.starts_with('~') { '~' } else { '`' };
    let inner = words.trim_end_matches(marks);
    code.start + inner.trim_end_matches([' ', '\t', '>']).trim_end_matches('\n').len()
}

/// The first bytes of all that may stand for `<` and for `>`, of `%`, `[` and `{`.
const FIRST: ByteSet = ByteSet::of(&[b'<', b'>', b'%', b'[', b'{', b'&', 0xe2, 0xef]);

/// Finds all marks, in order, also those in code and in comments.
fn marks_in(text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let (mut asides, mut braces) = (Asides::new(text), Braces::new(text));
    let bytes = text.as_bytes();
    let (mut from, mut next) = (0, 0);
    while let Some(step) =
        bytes.get(next..).and_then(|rest| rest.iter().position(|b| FIRST.has(*b)))
    {
        let at = next + step;
        let byte = bytes[at];
        next = at + 1;
        if at < from || !text.is_char_boundary(at) {
            continue;
        }
        let mark = match byte {
            b'%' => percent(text, at),
            b'{' => braces.comment(at),
            b'[' => note(text, at).or_else(|| asides.comment(at)),
            _ => opening(text, at).or_else(|| closing(text, at, from)),
        };
        if let Some(mark) = mark {
            // Inside a whole comment others still count: it may lie in code.
            let end = if matches!(mark.what, What::Whole | What::WholeOpen(_)) {
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
            What::Whole | What::WholeOpen(_) => {}
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
            "a {/* X */} b",
            "a {{/* X\n\nX */}} b",
            "a {{- /* X */ -}} b",
            "a {% comment %}X{% endcomment %} b",
            "a {%- comment \"X\" -%}\n\nX\n{%- endcomment -%} b",
            "a {{< comment >}}X{{< /comment >}} b",
            "a {{% comment %}}\nX\n{{% /comment %}} b",
            "a %% X %% b",
            "a %%X%% b",
            "a (%%X\n\nX%% b",
            "a%%X%% b",
            "a %% <!-- X %% b",
            "a <!-- %% X --> b",
            "a <\\!-- X --\\> b",
            "a <!\\-\\- X \\-\\-> b",
            "a <\0!-- X --> b",
            "a <!\u{200b}-- X --\u{200b}> b",
            "a &#x3C;!-- X --&#x3E; b",
            "a &#0060;&#33;-- X --&gt; b",
            "a &lt !-- X --&gt b",
            "a &lt;&excl;-- X --> b",
            "a ‹！-- X --› b",
            "a ＜！－－ X －－＞ b",
            "a [[opmerking: X]] b",
            "a [[ Comment : X [[c]] X\nX]] b",
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
            "[//]: #\nX X\n\nb",
            "a\n[//]: #\n(X\n\nX)\nb",
            "[comment]: #\n\"X\"\n\nb",
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
            ("a [[opmerking: X", "]]"),
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
            "a &lt; b en &amp; c",
            "[[Noor]] en [[a|b: c]]",
            "[x]: #\ntekst",
        ] {
            assert_eq!(without(text), text);
            assert_eq!(open(text), None, "{text:?}");
        }
    }

    #[test]
    fn in_code_a_comment_of_html_is_one_too() {
        let without = |text: &str, code: Range<usize>| {
            let mut edits = Vec::new();
            let prepared = Prepared::new(text, SourceId(0), 0..text.len(), &mut edits);
            let mut edits = find(&prepared, &[code]).edits;
            Prepared::new(text, SourceId(0), 0..text.len(), &mut edits).text.into_owned()
        };
        assert_eq!(without("`s a <!-- X --> en `s", 0..20), "`s a   en `s");
        assert_eq!(without("`<!--` X", 0..6), "` ` X");
        assert_eq!(without("```\n<!-- X\n```\nb", 0..14), "```\n \n```\nb");
        for text in ["`a <! -b %% c`", "`%% x %%`", "`[[opmerking: x]]`"] {
            assert_eq!(without(text, 0..text.len()), text);
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
