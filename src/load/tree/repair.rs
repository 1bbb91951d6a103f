//! What can be seen only after parsing, and asks for another reading.
//!
//! Each function returns edits in the source.

use super::prepared::{Edit, Prepared};
use crate::text::{DateRead, names_month, read_date};
use pulldown_cmark::{Event, RefDefs, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};

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

/// Returns the footnotes whose marks can be reached from the text, lower case; `events` are
/// all of it.
pub(super) fn mentioned_notes<'e>(
    events: impl Iterator<Item = &'e Event<'e>>,
) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut inside: Vec<String> = Vec::new();
    let mut mentions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut open: Vec<String> = Vec::new();
    for event in events {
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

/// Returns the number that an item of a list begins with, and where its mark stands.
pub(super) fn item_number(prepared: &Prepared<'_>, start: usize) -> Option<(u64, usize)> {
    let rest = prepared.text.get(start..)?;
    let blank = rest.len() - rest.trim_start().len();
    let digits = rest[blank..].bytes().take_while(u8::is_ascii_digit).count();
    let mark = blank + digits;
    let number = rest[blank..mark].parse().ok()?;
    rest[mark..].starts_with(['.', ')']).then_some((number, start + mark))
}

/// Tells whether a number with a point behind it, at `mark`, is the day of a date:
/// `12. Januar 2026`.
pub(super) fn is_day(prepared: &Prepared<'_>, number: u64, mark: usize) -> bool {
    let rest = prepared.text.get(mark..).and_then(|rest| rest.strip_prefix('.'));
    let line = rest.and_then(|rest| rest.lines().next()).unwrap_or_default();
    let mut words = line.split_whitespace();
    let (Some(month), Some(year)) = (words.next(), words.next()) else { return false };
    let year = year.trim_end_matches([':', ',', '.', ';', ')']);
    names_month(month)
        && year.len() == 4
        && read_date(&format!("{number}. {month} {year}")) != DateRead::NoDate
}

/// Tells whether the space behind the hashes of a heading was put in by us.
pub(super) fn lacks_space(prepared: &Prepared<'_>, start: usize) -> bool {
    let rest = prepared.text.get(start..).unwrap_or_default();
    let hashes = rest.bytes().take_while(|byte| *byte == b'#').count();
    hashes > 0 && prepared.is_inserted(start + hashes)
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
