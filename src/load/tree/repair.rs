//! What can be seen only after parsing, and asks for another reading.
//!
//! Each function returns edits in the source. Comments outside code are found here, in
//! the text as the parser read it: they never leave the machine. In doubt they go.

use super::prepared::{Edit, Prepared, options};
use crate::text::Span;
use pulldown_cmark::{Event, Parser, RefDefs, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Returns the edits that leave out every comment that does not lie in code. A comment
/// without an end goes to the end of the text; one around another goes as a whole.
pub(super) fn comments(prepared: &Prepared<'_>, code: &[Range<usize>]) -> Vec<Edit> {
    let text = &prepared.text;
    let mut edits = Vec::new();
    let mut from = 0;
    let mut pairs: Option<BTreeMap<usize, usize>> = None;
    while let Some(start) = find_from(text, from, "<!--") {
        let index = code.partition_point(|range| range.end <= start);
        if let Some(inside) = code.get(index).filter(|range| range.start <= start) {
            from = inside.end.max(start + 4);
            continue;
        }
        let end = match pairs.get_or_insert_with(|| pairs_in(text)).get(&start) {
            Some(end) => *end,
            None => find_from(text, start + 4, "-->").map_or(text.len(), |end| end + 3),
        };
        // A space in its place: what stood around it may not become a comment.
        let source = prepared.source_range(start..end);
        edits.push(Edit { at: source.start, delete: source.len(), insert: " ".into() });
        from = end;
    }
    edits
}

/// Returns where a comment begins that has no end, outside code.
pub(super) fn open_comment(
    prepared: &Prepared<'_>,
    code: &[Range<usize>],
) -> Option<Span> {
    let text = &prepared.text;
    let last_end = text.rfind("-->").unwrap_or(0);
    let mut from = last_end.saturating_sub(3);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    loop {
        let start = find_from(text, from, "<!--")?;
        let index = code.partition_point(|range| range.end <= start);
        let in_code = code.get(index).is_some_and(|range| range.start <= start);
        if !in_code && (last_end == 0 || start + 4 > last_end) {
            return Some(prepared.span(start..start + 4));
        }
        from = start + 4;
    }
}

/// Finds the end of every comment that has one of its own.
fn pairs_in(text: &str) -> BTreeMap<usize, usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut pairs = BTreeMap::new();
    for (at, _) in text.match_indices("--") {
        if at >= 2 && text[..at].ends_with("<!") {
            open.push(at - 2);
        } else if text[at..].starts_with("-->")
            && open.last().is_some_and(|start| start + 4 <= at)
            && let Some(start) = open.pop()
        {
            pairs.insert(start, at + 3);
        }
    }
    pairs
}

/// Returns the edits that leave out every comment, also in code.
pub(super) fn all_comments(prepared: &Prepared<'_>) -> Vec<Edit> {
    comments(prepared, &[])
}

fn find_from(text: &str, from: usize, what: &str) -> Option<usize> {
    text.get(from..)?.find(what).map(|at| from + at)
}

/// Shields definitions of links that are no links: `[Noor]: ja` would vanish.
pub(super) fn definitions(prepared: &Prepared<'_>, list: &RefDefs<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (_, definition) in list.iter() {
        let word = !definition.dest.contains(['/', '.', '#', ':', '@', '%', '\\'])
            || definition.dest.contains(['<', '>'])
            || definition.dest.contains(": ");
        let start = definition.span.start;
        if word && prepared.text.get(start..).is_some_and(|rest| rest.starts_with('[')) {
            edits.push(Edit::insert(prepared.source_at(start), "\\"));
        }
    }
    edits
}

/// Returns the footnotes whose marks can be reached from the text, lower case.
pub(super) fn mentioned_notes(prepared: &Prepared<'_>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    if !prepared.text.contains("[^") {
        return reached;
    }
    let mut inside: Vec<String> = Vec::new();
    let mut mentions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut open: Vec<String> = Vec::new();
    for event in Parser::new_ext(&prepared.text, options()) {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                inside.push(name.to_lowercase())
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                inside.pop();
            }
            Event::FootnoteReference(name) => match inside.last() {
                Some(holder) => {
                    mentions.entry(holder.clone()).or_default().push(name.to_lowercase());
                }
                None => open.push(name.to_lowercase()),
            },
            _ => {}
        }
    }
    while let Some(name) = open.pop() {
        if let Some(next) = mentions.remove(&name) {
            open.extend(next);
        }
        reached.insert(name);
    }
    reached
}

/// Keeps a year at the start of a line from becoming a list.
pub(super) fn year(prepared: &Prepared<'_>, start: usize) -> Option<Edit> {
    let rest = prepared.text.get(start..)?;
    let blank = rest.len() - rest.trim_start().len();
    let digits = rest[blank..].bytes().take_while(u8::is_ascii_digit).count();
    let mark = start + blank + digits;
    let marked =
        prepared.text.get(mark..).is_some_and(|rest| rest.starts_with(['.', ')']));
    (digits > 0 && marked).then(|| Edit::insert(prepared.source_at(mark), "\\"))
}

/// Marks of lists that Markdown does not know.
const BULLETS: [char; 9] = ['•', '◦', '▪', '‣', '·', '●', '○', '–', '—'];

/// Makes a list of a paragraph when all its lines begin with a mark for one.
pub(super) fn bullets(
    prepared: &Prepared<'_>,
    range: Range<usize>,
    quoted: bool,
) -> Vec<Edit> {
    let text = prepared.text.get(range.clone()).unwrap_or_default();
    let Some(first) = text.chars().next() else { return Vec::new() };
    let dash = matches!(first, '–' | '—');
    if !(first == '-' || BULLETS.contains(&first)) || (dash && quoted) {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut at = range.start;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(['>', ' ', '\t']);
        let here = at + (line.len() - bare.len());
        at += line.len();
        if bare.trim().is_empty() {
            continue;
        }
        let Some(rest) = bare.strip_prefix(first) else { return Vec::new() };
        let source = prepared.source_at(here);
        if first == '-' {
            if !rest.starts_with(char::is_alphabetic) {
                return Vec::new();
            }
            edits.push(Edit::insert(source + 1, " "));
        } else {
            let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}']).len();
            let delete = first.len_utf8() + blank;
            edits.push(Edit { at: source, delete, insert: "- ".into() });
        }
    }
    // One line with a dash is somebody speaking.
    if dash && edits.len() < 2 { Vec::new() } else { edits }
}

/// Takes the spaces off a paragraph that was read as code; `starts` are where the parser
/// saw its lines begin, behind four columns of space.
pub(super) fn indent(prepared: &Prepared<'_>, starts: &[usize]) -> Vec<Edit> {
    let text = &prepared.text;
    let bytes = text.as_bytes();
    let mut edits = Vec::new();
    for &seen in starts {
        let rest = text.get(seen..).unwrap_or_default();
        let words = seen + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
        let (mut start, mut columns) = (seen, 0);
        // What a list or quote around it needs stays.
        while columns < 4 && start > 0 && matches!(bytes[start - 1], b' ' | b'\t') {
            columns += if bytes[start - 1] == b'\t' { 4 } else { 1 };
            start -= 1;
        }
        if start < words {
            edits.push(Edit::delete(prepared.source_range(start..words)));
        }
    }
    edits
}

/// Tells whether an indented block is a piece of code after all.
pub(super) fn looks_like_code(text: &str) -> bool {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let codelike = |line: &str| {
        let line = line.trim();
        line.ends_with(['{', '}', ';'])
            || ["$ ", "# ", "//", "/*", "#!", "<", "fn ", "let ", "import ", "#include"]
                .iter()
                .any(|start| line.starts_with(start))
            || line.contains("();")
    };
    lines().count() > 1
        && lines().filter(|line| codelike(line)).count() * 2 >= lines().count()
}

/// Tells whether a heading was made by a line of dashes below it.
pub(super) fn is_underlined(heading: &str) -> bool {
    let mut lines = heading.trim_end().lines();
    let last = lines.next_back().unwrap_or_default();
    let dashes = last.trim_start_matches(['>', ' ', '\t']).trim_end();
    lines.next().is_some()
        && !dashes.is_empty()
        && dashes.bytes().all(|byte| byte == b'-')
}
