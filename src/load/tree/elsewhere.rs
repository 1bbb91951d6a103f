//! Wishes about readers that stand where we do not take them: in a heading, in a column of
//! a table. [`heading_doubt`] and [`in_table`] find them; what they stand at closes.

use super::asked;
use super::groups::{is_name, is_near, is_phrase, normal, read_groups};
use crate::kind::{clothes, people, signs};
use crate::model::Audience;
use crate::text::fold;
use std::collections::BTreeSet;

/// Tells whether a row of a table has a column for readers, and does not say everybody
/// there. `column` is that column of the table we are in.
pub(super) fn in_table(
    bare: &str,
    next: &str,
    column: &mut Option<usize>,
    readers: &BTreeSet<String>,
) -> bool {
    let Some(cells) = cells(bare) else {
        *column = None;
        return false;
    };
    let is_rule =
        |line: &str| line.contains('-') && line.chars().all(|c| "-:| \t\r\n".contains(c));
    if is_rule(next) {
        *column = cells.iter().position(|cell| names_readers(cell));
        return false;
    }
    let cell = column.and_then(|at| cells.get(at)).filter(|_| !is_rule(bare));
    cell.is_some_and(|cell| {
        !matches!(read_groups(cell, readers), Ok(None | Some(Audience::Everyone)))
    })
}

/// Splits a row of a table.
fn cells(bare: &str) -> Option<Vec<&str>> {
    let inner = bare.strip_prefix('|').unwrap_or(bare);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    (bare.contains('|') && bare.len() < 4000).then(|| inner.split('|').collect())
}

/// Tells whether the title of a column is about who may read.
fn names_readers(cell: &str) -> bool {
    let words = clothes::bare(cell);
    let words = words.trim_end_matches(['?', ':', ' ']);
    let folded = fold(words);
    people::is_for(words)
        || is_near(&normal(words))
        || is_phrase(words)
        || ["mag dit lezen", "mag lezen", "may read", "can read", "openbaar"]
            .iter()
            .any(|phrase| folded.contains(phrase))
}

/// Tells whether a heading asks for readers in a way we do not take: braces, the key, or
/// a group in brackets or behind a dash; the last say nothing new of a part that is
/// `closed` already. `raw` is the heading as typed.
pub(super) fn heading_doubt(
    title: &str,
    raw: &str,
    readers: &BTreeSet<String>,
    closed: bool,
) -> Option<String> {
    let closing =
        || heading_closes(title, readers).or_else(|| asked::heading(raw, readers));
    if let Some(closing) = Some(()).filter(|()| !closed).and_then(|()| closing()) {
        return Some(closing.to_string());
    }
    // A brace nobody closed counts too.
    let braces = title.find('{').and_then(|open| {
        let close = title.rfind('}').filter(|close| *close > open);
        title.get(open..close.map_or(title.len(), |close| close + 1))
    });
    if let Some(braces) = braces {
        return Some(braces.to_string());
    }
    let (before, _) = title.split_once([':', '：', '='])?;
    let last = before.split(['(', '[', '{', ' ', '-', '–', '—', ',', ';']).next_back()?;
    let key = normal(last);
    (is_name(&key) || is_near(&key)).then(|| format!("{}:", last.trim()))
}

/// Returns what closes a heading: `Kop [gezin]`, `Kop (alleen gezin)`, `Kop - niet delen`.
fn heading_closes<'a>(title: &'a str, readers: &BTreeSet<String>) -> Option<&'a str> {
    let title = title.trim();
    if signs::closes(title) {
        return Some(title);
    }
    let groups = |inside: &str| {
        matches!(read_groups(inside, readers), Ok(Some(Audience::Groups(_))))
    };
    let brackets = title.match_indices(['(', '[']).find_map(|(at, _)| {
        let rest = title.get(at + 1..)?;
        let inside = rest.get(..rest.find([')', ']'])?)?;
        (signs::closes(inside) || groups(inside)).then_some(inside)
    });
    let behind = || {
        let dashes = [" - ", " – ", " — ", ": ", ", "];
        dashes.iter().find_map(|dash| {
            let (_, rest) = title.split_once(dash)?;
            signs::closes(rest).then_some(rest)
        })
    };
    brackets.or_else(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readers() -> BTreeSet<String> {
        ["gezin", "school", "opa en oma", "wijkteam"].map(String::from).into()
    }

    #[test]
    fn headings() {
        assert_eq!(
            heading_doubt(
                "Geld {voor: school}",
                "Geld {voor: school}",
                &readers(),
                false
            )
            .as_deref(),
            Some("{voor: school}")
        );
        assert_eq!(
            heading_doubt(
                "Geld (voor: school)",
                "Geld (voor: school)",
                &readers(),
                false
            )
            .as_deref(),
            Some("voor:")
        );
        assert_eq!(
            heading_doubt("Voor: school", "Voor: school", &readers(), false).as_deref(),
            Some("Voor:")
        );
        assert_eq!(heading_doubt("Voor school", "Voor school", &readers(), false), None);
        assert_eq!(
            heading_doubt(
                "Oranje: hieraan merken we",
                "Oranje: hieraan merken we",
                &readers(),
                false
            ),
            None
        );
    }

    #[test]
    fn other_words_for_readers_in_headings() {
        for title in [
            "Kop [gezin]",
            "Kop (alleen gezin)",
            "Kop - alleen voor school",
            "Niet delen",
        ] {
            assert!(heading_doubt(title, title, &readers(), false).is_some(), "{title}");
        }
        for title in ["Voor school", "Wat gaat goed (en wat niet)", "Geld - 2026"] {
            assert_eq!(heading_doubt(title, title, &readers(), false), None, "{title}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "[VvOo0rRfF:;=*_>#|<b/\u{200b}é \n-]{0,80}") { heading_doubt(&text, &text, &readers(), false); }
    }
}
