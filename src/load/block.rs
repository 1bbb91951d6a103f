//! Finds the block of `Kenmerk: waarde` lines at the top of a text: where it ends, and
//! its lines. What the lines mean is read in `entries` and `fields`.
//!
//! Tolerant of dashes an editor changed, of a missing end, of no fences at all. A rule of
//! dashes above a text without keys stays a rule.

use super::line::{Line, Look, json_parts, split_key, trim_range};
use crate::kind::{nearest_key, words::read_yes};
use crate::model::Key;
use crate::problem::Code;
use std::ops::Range;

/// Longest block, in lines; a second fence further down is part of the text.
const LONGEST: usize = 1000;

/// Keys that keep something inside or decide what a text is: also read below an empty
/// line when the end of the block is missing.
const HOLD: [Key; 10] = [
    Key::Kind,
    Key::Draft,
    Key::Consent,
    Key::ConsentUntil,
    Key::ConsentFor,
    Key::Public,
    Key::TellerAge,
    Key::PublishOn,
    Key::Expires,
    Key::Readers,
];

/// Keys that may open a text alone on its first line, without fences.
const ALONE: [Key; 4] = [Key::Title, Key::Kind, Key::Draft, Key::Consent];

/// The block at the top.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Its lines, without fences and ends of line.
    pub(super) lines: Vec<Range<usize>>,
    /// Whether it is written as TOML (`key = value`, between `+++`).
    pub(super) toml: bool,
    /// Whether it is written as JSON (`"key": value,` between braces).
    pub(super) json: bool,
    /// Where the text below it starts.
    pub(super) body: usize,
    /// The line of a `#` heading above it, when that stands between the top and the keys.
    pub(super) heading: Option<Range<usize>>,
    /// K03, K04: code, place, and the dashes as typed.
    pub(super) notes: Vec<(Code, Range<usize>, String)>,
}

/// Finds the block at the top of a text; without one, the body starts at 0.
pub(super) fn find(text: &str) -> Block {
    let first = first_line(text, 0);
    match Fence::of(first.text(text).trim()) {
        Some(fence) => fenced(text, &first, fence).map(|block| and_next(text, block)),
        None if first.text(text).starts_with("# ") => under_heading(text, &first),
        None => one_line(text, &first).or_else(|| unfenced(text, first)),
    }
    .unwrap_or_default()
}

/// Returns the first line with something on it; comments for ourselves are passed over.
fn first_line(text: &str, start: usize) -> Line {
    let mut line = Line::at(text, start, false);
    while line.next < text.len() {
        if line.look == Look::Blank {
            line = Line::at(text, line.next, false);
            continue;
        }
        let rest = &text[line.range.start..];
        let Some(end) =
            rest.trim_start().starts_with("<!--").then(|| rest.find("-->")).flatten()
        else {
            break;
        };
        let last = Line::at(text, line.range.start + end, false);
        if last.text(text) != "-->" && !last.text(text)[3..].trim().is_empty() {
            break;
        }
        line = Line::at(text, last.next, false);
    }
    line
}

/// `{"title": "a", "draft": true}` alone on the first line.
fn one_line(text: &str, line: &Line) -> Option<Block> {
    let range = trim_range(text, line.range.clone());
    let inner = text[range.clone()].strip_prefix('{')?.strip_suffix('}')?;
    let inner = range.start + 1..range.start + 1 + inner.len();
    let known = |part: Range<usize>| {
        let typed = &text[part];
        typed.trim_start().starts_with('"')
            && split_key(typed, false).is_some_and(|split| split.known.is_some())
    };
    json_parts(text, inner.clone()).into_iter().any(known).then(|| Block {
        lines: vec![inner],
        json: true,
        body: line.next,
        ..Block::default()
    })
}

/// A second block directly below the first (two files pasted into one) counts when it
/// says something that keeps a text inside.
fn and_next(text: &str, mut block: Block) -> Block {
    let line = first_line(text, block.body);
    let Some(fence) = Fence::of(line.text(text).trim()) else { return block };
    let Some(next) = fenced(text, &line, fence) else { return block };
    let closed = next.notes.iter().all(|(code, ..)| *code != Code::K03);
    let holds = next.lines.iter().any(|range| {
        matches!(Line::at(text, range.start, next.toml).look, Look::Key(Some(key)) if HOLD.contains(&key))
    });
    if closed && holds && next.toml == block.toml && next.json == block.json {
        block.lines.extend(next.lines);
        block.body = next.body;
    }
    block
}

/// Keys directly below the title: read as the block of the text when one of them keeps
/// it inside or says what it is, or when they are clearly keys; other lines there stay
/// text.
fn under_heading(text: &str, heading: &Line) -> Option<Block> {
    let mut lines = Vec::new();
    let mut at = heading.next;
    while at < text.len() && lines.len() < LONGEST {
        let line = Line::at(text, at, false);
        at = line.next;
        if !matches!(line.look, Look::Key(_)) {
            break;
        }
        lines.push(line);
    }
    let holds =
        |line: &Line| matches!(line.look, Look::Key(Some(key)) if HOLD.contains(&key));
    let ends = Line::at(text, lines.last()?.next, false).look == Look::Blank;
    let clear = ends && are_clear(&lines);
    if !clear && !lines.iter().any(holds) {
        return None;
    }
    let body = lines.last()?.next;
    let lines = lines.into_iter().map(|line| line.range).collect();
    Some(Block { lines, body, heading: Some(heading.range.clone()), ..Block::default() })
}

/// The kinds of fences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fence {
    Dashes,
    Plus,
    Stars,
    Braces,
}

impl Fence {
    /// Reads an opening fence.
    fn of(typed: &str) -> Option<Fence> {
        if weight(typed) >= 3 {
            return Some(Fence::Dashes);
        }
        if typed == "{" {
            return Some(Fence::Braces);
        }
        let all = |mark: char| typed.len() >= 3 && typed.chars().all(|c| c == mark);
        if all('+') {
            return Some(Fence::Plus);
        }
        all('*').then_some(Fence::Stars)
    }

    /// Tells whether a line closes a block that this fence opened.
    fn is_closed_by(self, typed: &str) -> bool {
        let dashes = || typed == "..." || weight(typed) >= 2;
        match self {
            Fence::Dashes => dashes(),
            Fence::Braces => typed == "}",
            Fence::Plus => Fence::of(typed) == Some(Fence::Plus),
            Fence::Stars => Fence::of(typed) == Some(Fence::Stars) || dashes(),
        }
    }
}

/// How many hyphens a line of dashes stands for, after an editor joined some; 0 when
/// there is anything else in it.
fn weight(typed: &str) -> usize {
    let mut weight = 0;
    for c in typed.chars() {
        weight += match c {
            '-' | '\u{2010}' | '\u{2011}' | '\u{2212}' => 1,
            '–' => 2,
            '—' | '―' => 3,
            _ => return 0,
        };
    }
    weight
}

fn fenced(text: &str, open: &Line, fence: Fence) -> Option<Block> {
    let toml = fence == Fence::Plus;
    let mut lines = Vec::new();
    let mut close = None;
    let mut at = open.next;
    while at < text.len() && lines.len() < LONGEST {
        let line = Line::at(text, at, toml);
        at = line.next;
        if fence.is_closed_by(line.text(text).trim()) {
            close = Some(line);
            break;
        }
        lines.push(line);
    }
    let odd = matches!(fence, Fence::Stars | Fence::Braces)
        || weight(open.text(text).trim()) > 3;
    let json = fence == Fence::Braces;
    let mut block = Block { toml, json, ..Block::default() };
    note_fence(text, open, &mut block);
    if let Some(close) = close {
        let sure = (json || is_whole(&lines, toml)) && (!odd || knows_a_key(&lines));
        if sure || (!json && lines.iter().all(|line| line.look == Look::Blank)) {
            block.lines = lines.into_iter().map(|line| line.range).collect();
            block.body = close.next;
            note_fence(text, &close, &mut block);
            return Some(block);
        }
    }
    if json { None } else { unclosed(text, lines, block) }
}

fn knows_a_key(lines: &[Line]) -> bool {
    lines.iter().any(|line| matches!(line.look, Look::Key(Some(_))))
}

/// K04: dashes that were changed on the way.
fn note_fence(text: &str, line: &Line, block: &mut Block) {
    let range = trim_range(text, line.range.clone());
    let typed = &text[range.clone()];
    if !matches!(typed, "---" | "+++" | "..." | "{" | "}") && block.notes.is_empty() {
        block.notes.push((Code::K04, range, typed.to_string()));
    }
}

/// Tells whether all lines between two fences belong to a block. Below an empty line
/// that takes a key we know, further down: else text between two rules would be eaten.
fn is_whole(lines: &[Line], toml: bool) -> bool {
    let parts: Vec<&[Line]> = lines
        .split(|line| line.look == Look::Blank)
        .filter(|part| !part.is_empty())
        .collect();
    let Some((first, later)) = parts.split_first() else { return false };
    let starts = first.iter().find(|line| line.look != Look::Comment);
    if !starts.is_some_and(|line| matches!(line.look, Look::Key(_) | Look::Section)) {
        return false;
    }
    let last_known = first
        .iter()
        .rposition(|line| matches!(line.look, Look::Key(Some(_))))
        .unwrap_or(0);
    let loose = |at: usize, line: &Line| line.look == Look::Other && at >= last_known;
    if first.iter().enumerate().any(|(at, line)| loose(at, line)) {
        return false;
    }
    if later.iter().any(|part| part.iter().any(|line| line.look == Look::Other)) {
        return false;
    }
    later.last().is_none_or(|part| {
        knows_a_key(part)
            || part.iter().all(|line| line.look == Look::Indented)
            || (toml
                && part
                    .iter()
                    .any(|line| matches!(line.look, Look::Key(_) | Look::Section)))
    })
}

/// A block without its end: up to the first empty line or the first line without key.
fn unclosed(text: &str, lines: Vec<Line>, mut block: Block) -> Option<Block> {
    let first =
        lines.iter().find(|line| !matches!(line.look, Look::Blank | Look::Comment))?;
    let known = match first.look {
        Look::Key(Some(_)) => true,
        Look::Key(None) => split_key(first.text(text), block.toml)
            .and_then(|split| nearest_key(&first.text(text)[split.key], true))
            .is_some(),
        _ => false,
    };
    if !known {
        return None;
    }
    let count = run(text, &lines);
    block.body = lines[..count].last().map_or(0, |line| line.next);
    // The place to put the missing line: where the text starts.
    let mut start = Line::at(text, block.body, false);
    while start.look == Look::Blank && start.next < text.len() {
        start = Line::at(text, start.next, false);
    }
    block.lines = lines.into_iter().take(count).map(|line| line.range).collect();
    block.notes.push((Code::K03, start.range, String::new()));
    Some(block)
}

/// Returns how many lines from the first belong to a block whose end nobody marked.
fn run(text: &str, lines: &[Line]) -> usize {
    let mut count = 0;
    let mut empty = false;
    let mut blank = false;
    for (at, line) in lines.iter().enumerate() {
        let belongs = match line.look {
            Look::Blank => {
                blank = count > 0;
                continue;
            }
            Look::Comment => continue,
            Look::Key(key) => !blank || key.is_some_and(|key| HOLD.contains(&key)),
            Look::Item => !blank && empty,
            Look::Indented => !blank && count > 0,
            Look::Section => true,
            Look::Other => false,
        };
        if !belongs {
            break;
        }
        if let Look::Key(_) = line.look {
            let line = line.text(text);
            empty =
                split_key(line, false).is_some_and(|s| line[s.value..].trim().is_empty());
        }
        blank = false;
        count = at + 1;
    }
    count
}

/// A block without any fence: the first lines are clearly keys we know.
fn unfenced(text: &str, first: Line) -> Option<Block> {
    let Look::Key(Some(first_key)) = first.look else { return None };
    let mut lines = vec![first];
    while let Some(last) = lines.last()
        && last.next < text.len()
        && lines.len() < LONGEST
    {
        let line = Line::at(text, last.next, false);
        // A missing first fence: the second one ends the block.
        if weight(line.text(text).trim()) >= 3 {
            break;
        }
        if line.look == Look::Other {
            lines.push(line);
            break;
        }
        lines.push(line);
    }
    let count = run(text, &lines);
    let after = lines.get(count);
    let ends = after.is_none_or(|line| matches!(line.look, Look::Blank | Look::Comment));
    let bold = split_key(lines[0].text(text), false).is_some_and(|split| split.is_bold);
    let alone = || {
        let sure = ends || says_yes_or_no(text, &lines[0]);
        keys(&lines[..count]).1 == 1 && ALONE.contains(&first_key) && sure && !bold
    };
    if !are_clear(&lines[..count]) && !alone() {
        return None;
    }
    let mut body = lines[..count].last().map_or(0, |line| line.next);
    if after.is_none() {
        let line = Line::at(text, body.min(text.len()), false);
        if weight(line.text(text).trim()) >= 3 {
            body = line.next;
        }
    }
    lines.truncate(count);
    let lines = lines.into_iter().map(|line| line.range).collect();
    Some(Block { lines, body, ..Block::default() })
}

/// Counts the keys of some lines: those we know, and all.
fn keys(lines: &[Line]) -> (usize, usize) {
    let count =
        |is: fn(&Look) -> bool| lines.iter().filter(|line| is(&line.look)).count();
    let known = count(|look| matches!(look, Look::Key(Some(_))));
    (known, count(|look| matches!(look, Look::Key(_))))
}

/// Tells whether some lines are clearly keys: several that we know, and few others.
fn are_clear(lines: &[Line]) -> bool {
    let (known, all) = keys(lines);
    known >= 2 && known * 2 >= all
}

/// Tells whether a line is clearly a key: its value is yes or no.
fn says_yes_or_no(text: &str, line: &Line) -> bool {
    let line = line.text(text);
    split_key(line, false).is_some_and(|split| read_yes(&line[split.value..]).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Vec<&str>, &str, Vec<Code>) {
        let block = find(text);
        let lines = block.lines.iter().map(|line| &text[line.clone()]).collect();
        let codes = block.notes.iter().map(|(code, ..)| *code).collect();
        (lines, &text[block.body..], codes)
    }

    #[test]
    fn fences_of_all_kinds() {
        for fence in ["---", "+++", "—-", "—--", "***", "–-", "–––", "—", "----"]
        {
            let text = format!("{fence}\ntitel: Hoi\n{fence}\nTekst\n");
            let (lines, body, codes) = parts(&text);
            assert_eq!((lines, body), (vec!["titel: Hoi"], "Tekst\n"), "{fence}");
            let quiet = matches!(fence, "---" | "+++");
            assert_eq!(codes.is_empty(), quiet, "{fence}");
        }
        assert_eq!(parts("\n\n---\ntitel: a\n...\nb").1, "b");
        assert_eq!(parts("---\n---\nb").1, "b");
    }

    #[test]
    fn a_missing_end_stops_at_the_text() {
        let (lines, body, codes) =
            parts("---\ntitel: a\ntaal: nl\n\nTekst: meer\n\n---\n");
        assert_eq!(lines, ["titel: a", "taal: nl"]);
        assert_eq!((body, codes), ("\nTekst: meer\n\n---\n", vec![Code::K03]));
        let (lines, body, codes) = parts("---\ntitel: a\nDit is de tekst.\n");
        assert_eq!(lines, ["titel: a"]);
        assert_eq!((body, codes), ("Dit is de tekst.\n", vec![Code::K03]));
        // What keeps a text inside is never lost to an empty line.
        let (lines, ..) = parts("---\ntitel: a\n\nconcept: ja\nTekst\n");
        assert_eq!(lines, ["titel: a", "", "concept: ja"]);
    }

    #[test]
    fn rules_and_conversations_stay_text() {
        for text in [
            "---\n\nTekst\n\n---\n",
            "---\nTekst zonder kenmerk\n---\n",
            "***\nLet op: dit is tekst\n***\n",
            "# Kop\n\ntitel: x\n",
            "Let op: dit is belangrijk.\nNoor: ja\n",
            "Voor: wie dit leest\n\nTekst",
            "",
            "\n\n",
        ] {
            let (lines, body, _) = parts(text);
            assert_eq!((lines.len(), body), (0, text), "{text}");
        }
        let (lines, body, _) = parts("---\ntitel: X\n\nNoor: hallo\nSara: hoi\n\n---\n");
        assert_eq!(lines, ["titel: X"]);
        assert!(body.contains("Sara: hoi"));
    }

    #[test]
    fn keys_without_fences() {
        assert_eq!(parts("titel: a\nthema: b\n\nTekst").0, ["titel: a", "thema: b"]);
        assert_eq!(parts("titel: a\n\nTekst").0, ["titel: a"]);
        assert_eq!(parts("titel: a\nTekst").0.len(), 0);
        assert_eq!(parts("titel: a\ntaal: nl\n---\nTekst").1, "Tekst");
        assert_eq!(parts("titel: a\ntaal: nl\nTekst").1, "Tekst");
    }

    #[test]
    fn keys_in_bold_and_keys_below_the_title() {
        let bold = "**Titel:** a\n**Thema**: b\n\nTekst";
        assert_eq!(parts(bold).0, ["**Titel:** a", "**Thema**: b"]);
        assert_eq!(parts("---\n**Titel:** a\n---\nTekst").0, ["**Titel:** a"]);
        let below = "# Kop\nthema: a\ndatum: 3 mei 2026\n\nTekst";
        assert_eq!(parts(below).0, ["thema: a", "datum: 3 mei 2026"]);
        for text in [
            "**Titel:** a\n\nTekst",
            "**Let op:** a\n**Tip:** b\n\nTekst",
            "# Kop\nthema: a\ndatum: 3 mei 2026\nTekst",
            "# Kop\nNoor: a\nthema: b\nBart: c\n\nTekst",
        ] {
            assert_eq!(parts(text).1, text);
        }
    }

    #[test]
    fn empty_lines_and_loose_lines_inside_a_block() {
        let text = "---\ntitle: a\n\nparams:\n  x: y\n\ndraft: true\n---\nb";
        assert_eq!(parts(text).1, "b");
        assert_eq!(parts("---\ntitel: a\nlosse regel\ntaal: nl\n---\nb").1, "b");
        assert_eq!(parts("+++\ntitle = \"a\"\n\n[extra]\nx = 1\n+++\nb").1, "b");
    }

    #[test]
    fn a_draft_is_found_wherever_it_is_said_at_the_top() {
        for text in [
            "concept: ja\nTekst\n",
            "concept： ja\n\nTekst\n",
            "  ---\n  titel: x\n  concept: ja\n  ---\nTekst\n",
            "<!-- voor mij -->\n\n---\nconcept: ja\n---\nTekst\n",
            "---\ntitel: x\n---\n\n---\nconcept: ja\n---\nTekst\n",
            "# Kop\nconcept: ja\nTekst\n",
            "{\n  \"title\": \"x\",\n  \"draft\": true\n}\nTekst\n",
        ] {
            let block = find(text);
            let last = block.lines.last().map(|line| &text[line.clone()]);
            assert!(
                last.is_some_and(|l| l.contains("concept") || l.contains("draft")),
                "{text}"
            );
            assert_eq!(text[block.body..].trim(), "Tekst", "{text}");
        }
        assert_eq!(find("# Kop\nBron: een boek\n\nTekst").lines.len(), 0);
        assert_eq!(find("{\ncode\n}\n").lines.len(), 0);
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_its_parts_inside(text in "([-+*—]{1,3}|[{}]|# k|<!--|-->|titel: x|concept: ja|\\PC{0,12}|\n){0,12}") {
            let block = find(&text);
            proptest::prop_assert!(text.get(block.body..).is_some());
            for line in block.lines {
                proptest::prop_assert!(text.get(line).is_some());
            }
            for (_, range, _) in block.notes {
                proptest::prop_assert!(text.get(range).is_some());
            }
        }
    }
}
