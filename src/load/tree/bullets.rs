//! Lists typed with marks that Markdown does not know: `•`, `→`, `o` and a tab, `☐`, `a)`.
//!
//! [`repair`] looks at a paragraph and returns the edits that make a list of it.

use super::prepared::{Edit, Prepared};
use crate::text::lines_of;
use std::ops::Range;

/// Marks that mean nothing else: a line between two of them goes on with the first. With
/// other marks every line begins with one.
const SURE: [char; 20] = [
    '•', '◦', '▪', '▫', '‣', '⁃', '∙', '●', '○', '■', '□', '◆', '◇', '➢', '➤', '►', '✓',
    '☐', '\u{f0b7}', '\u{f0a7}',
];
/// Deepest level of a list inside lists.
const DEEPEST: usize = 5;

/// The mark a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    /// What tells it from marks of another level.
    kind: char,
    /// Its bytes, with the white space behind it; 0 when it stays as it is.
    length: usize,
}

/// Reads the mark at the start of a line, its spaces trimmed.
fn mark_of(line: &str) -> Option<Mark> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    let words = rest.trim_start_matches([' ', '\t', '\u{a0}']);
    let blank = &rest[..rest.len() - words.len()];
    let length = line.len() - words.len();
    let kind = match first {
        '☑' => '☐',
        '✔' => '✓',
        _ => first,
    };
    let mark = Some(Mark { kind, length });
    match kind {
        // What is ticked stays ticked.
        '✓' => Some(Mark { kind, length: 0 }),
        _ if SURE.contains(&kind) => mark,
        '–' | '—' => mark,
        '·' => mark.filter(|_| !blank.is_empty()),
        '→' | '➔' | '➜' | '⇒' => mark,
        '-' | '=' if rest.starts_with("> ") => {
            Some(Mark { kind: '→', length: line.len() - rest[1..].trim_start().len() })
        }
        '-' if rest.starts_with(char::is_alphabetic) => mark,
        '-' | '*' | '+' => mark.filter(|_| blank.starts_with('\u{a0}')),
        'o' | '§' => {
            mark.filter(|_| blank.contains(['\t', '\u{a0}']) || blank.len() > 1)
        }
        _ if first.is_ascii_digit() => numbered(line),
        _ if first.is_ascii_alphabetic()
            && rest.starts_with([')', '.'])
            && rest[1..].starts_with(' ') =>
        {
            Some(Mark { kind: ')', length: 0 })
        }
        _ => None,
    }
}

/// Reads `1.` with a space that Markdown does not take for one.
fn numbered(line: &str) -> Option<Mark> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].strip_prefix(['.', ')'])?;
    (digits <= 3 && rest.starts_with('\u{a0}')).then_some(Mark { kind: '1', length: 0 })
}

/// A line of a paragraph.
struct Line<'t> {
    /// Where its words begin in the prepared text.
    at: usize,
    /// The spaces before them, behind the mark of a quote.
    blank: usize,
    words: &'t str,
    mark: Option<Mark>,
}

/// Makes a list of a paragraph, or of its last lines, when they begin with marks.
pub(super) fn repair(
    prepared: &Prepared<'_>,
    range: Range<usize>,
    quoted: bool,
) -> Vec<Edit> {
    let lines = lines(prepared, range);
    let Some(first) = lines.iter().position(|line| line.mark.is_some()) else {
        return Vec::new();
    };
    let (intro, list) = lines.split_at(first);
    let marks: Vec<Mark> = list.iter().filter_map(|line| line.mark).collect();
    let sure = SURE.contains(&marks[0].kind);
    let dash = |mark: &Mark| matches!(mark.kind, '–' | '—');
    // One line with a dash is somebody speaking; in a quote it says who speaks.
    let several = sure || (marks[0].kind == '-' && intro.is_empty());
    let few = marks.len() < 2 && !(several && intro.is_empty());
    let loose = !sure && list.iter().any(|line| line.mark.is_none());
    if few || loose || (quoted && marks.iter().any(dash)) || !follow(list) {
        return Vec::new();
    }
    let mut levels: Vec<char> = Vec::new();
    let mut edits = Vec::new();
    for line in list {
        let Some(mark) = line.mark else { continue };
        match levels.iter().position(|kind| *kind == mark.kind) {
            Some(level) => levels.truncate(level + 1),
            None if levels.len() <= DEEPEST => levels.push(mark.kind),
            None => {}
        }
        let level = levels.len().saturating_sub(1);
        edits.extend(edit(prepared, line, mark, level, list[0].blank));
    }
    edits
}

fn lines<'p>(prepared: &'p Prepared<'_>, range: Range<usize>) -> Vec<Line<'p>> {
    let text = prepared.text.get(range.clone()).unwrap_or_default();
    // Most paragraphs have no mark.
    let bare = |line: &'p str| line.trim_start_matches(['>', ' ', '\t']);
    if !text.split('\n').any(|line| mark_of(bare(line)).is_some()) {
        return Vec::new();
    }
    let mut at = range.start;
    let mut lines = Vec::new();
    for line in lines_of(text) {
        let words = bare(line);
        let here = at + (line.len() - words.len());
        at += line.len();
        if words.trim().is_empty() {
            continue;
        }
        let near = prepared.text.floor_char_boundary(here.saturating_sub(40));
        let before = &prepared.text[near..here];
        let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
        lines.push(Line { at: here, blank, words, mark: mark_of(words) });
    }
    lines
}

/// Tells whether letters or numbers at the start of lines follow each other.
fn follow(list: &[Line<'_>]) -> bool {
    let lettered = list.iter().filter(|line| line.mark.is_some_and(|m| m.kind == ')'));
    let letters: Vec<u8> =
        lettered.filter_map(|line| line.words.bytes().next()).collect();
    letters.windows(2).all(|pair| pair[1] == pair[0] + 1)
        && letters.first().is_none_or(|first| first.eq_ignore_ascii_case(&b'a'))
}

/// Puts a mark in the place of another; deeper ones stand further in.
fn edit(
    prepared: &Prepared<'_>,
    line: &Line<'_>,
    mark: Mark,
    level: usize,
    base: usize,
) -> Vec<Edit> {
    let at = prepared.source_at(line.at);
    if mark.kind == '1' {
        let digits = line.words.bytes().take_while(u8::is_ascii_digit).count();
        let space = " ".into();
        let delete = '\u{a0}'.len_utf8();
        return vec![Edit { at: at + digits + 1, delete, insert: space }];
    }
    let mark_here = match line.words.chars().next() {
        Some('☐' | '□') => "- [ ] ",
        Some('☑') => "- [x] ",
        _ => "- ",
    };
    if level == 0 {
        return vec![Edit { at, delete: mark.length, insert: mark_here.into() }];
    }
    let blank = prepared.source_range(line.at - line.blank..line.at);
    let insert = format!("{}{mark_here}", " ".repeat(base + level * 2));
    let put = Edit { at, delete: mark.length, insert: insert.into() };
    vec![Edit::delete(blank), put]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceId;

    fn made(text: &str, quoted: bool) -> String {
        let prepared = Prepared::new(text, SourceId(0), 0..text.len(), &mut Vec::new());
        let mut edits = repair(&prepared, 0..text.len(), quoted);
        Prepared::new(text, SourceId(0), 0..text.len(), &mut edits).text.into_owned()
    }

    #[test]
    fn every_mark() {
        for mark in
            ["•", "•\t", "o\t", "▪ ", "· ", "– ", "*\u{a0}", "-\u{a0}", "\u{f0b7}\t"]
        {
            let text = format!("{mark}brood\n{mark}melk\n");
            assert_eq!(made(&text, false), "- brood\n- melk\n", "{mark:?}");
        }
        assert_eq!(made("• brood", false), "- brood");
        assert_eq!(made("☐ bellen\n☑ mailen", false), "- [ ] bellen\n- [x] mailen");
        assert_eq!(made("✓ bellen\n✔ mailen", false), "- ✓ bellen\n- ✔ mailen");
        assert_eq!(made("1.\u{a0}a\n2.\u{a0}b", false), "1. a\n2. b");
        assert_eq!(made("a) brood\nb) melk", false), "- a) brood\n- b) melk");
        assert_eq!(made("a. brood\nb. melk", false), "- a. brood\n- b. melk");
        assert_eq!(made("→ brood\n→ melk", false), "- brood\n- melk");
        assert_eq!(made("-> brood\n-> melk", false), "- brood\n- melk");
    }

    #[test]
    fn lines_around_and_between() {
        assert_eq!(made("Neem mee:\n•\ta\n•\tb", false), "Neem mee:\n- a\n- b");
        assert_eq!(made("• a\n  gaat door\n• b", false), "- a\n  gaat door\n- b");
        assert_eq!(
            made("•\ta\n\to\tb\n\t\t▪\tc\n•\td", false),
            "- a\n  - b\n    - c\n- d"
        );
        assert_eq!(made("> • a\n> • b", true), "> - a\n> - b");
    }

    #[test]
    fn other_things_stay() {
        for text in [
            "tekst",
            "tekst\n• melk",
            "– zei hij.",
            "o ja\no nee",
            "o\tja\nnee",
            "*a*\n*b*",
            "b) x\nc) y",
            "a) x\nc) y",
            "-5 graden\n-6 graden",
            "a) alleen",
            "a. alleen",
            "→ alleen",
            "B. Jansen\nC. Pieters",
            "12 uur\n13 uur",
            "2026.\u{a0}Een jaar.",
        ] {
            assert_eq!(made(text, false), text);
        }
        assert_eq!(made("tekst\n— Noor\n— Els", true), "tekst\n— Noor\n— Els");
    }

    proptest::proptest! {
        #[test]
        fn words_stay(text in "((•|o\t|- |☐|a\\)|b\\)|1\\.|\u{a0}|\t| |>|\n|–|x|é|\\*){0,12})") {
            let shown = made(&text, false);
            let words = |text: &str| text.matches(['x', 'é']).count();
            proptest::prop_assert_eq!(words(&shown), words(&text));
        }
    }
}
