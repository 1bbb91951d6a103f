//! Where somebody speaks inside a line: `“…”`, `‘…’`, `„…”`, `«…»` and straight quotes.

use super::line::Line;
use std::ops::Range;

/// Returns the stretches of a line that are not the writer's own plain words: speech,
/// code, other languages, and with `cited` also emphasis. In order, none overlaps.
pub(super) fn quiet(line: &Line<'_>, cited: bool) -> Vec<Range<usize>> {
    let mut all = spoken(&line.text);
    all.extend(line.foreign.iter().cloned());
    if cited {
        all.extend(line.cited.iter().cloned());
    }
    all.sort_by_key(|range| range.start);
    let mut quiet: Vec<Range<usize>> = Vec::with_capacity(all.len());
    for range in all {
        match quiet.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => quiet.push(range),
        }
    }
    quiet
}

/// Tells whether a range touches one of these, which are in order.
pub(super) fn touches(ordered: &[Range<usize>], range: &Range<usize>) -> bool {
    let before = ordered.partition_point(|one| one.start < range.end);
    before > 0 && ordered[before - 1].end > range.start
}

/// Returns the stretches between quotation marks, marks included, in order. A double mark
/// that never closes speaks to the end of the line; a single one is an apostrophe.
fn spoken(line: &str) -> Vec<Range<usize>> {
    if !line.contains(['“', '”', '„', '«', '‘', '’', '"', '\'']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut previous = None;
    let mut singles = true;
    let mut rest = line.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|(_, next)| *next);
        match open {
            Some((from, mark)) if closes(mark, c, previous, next) => {
                found.push(from..at + c.len_utf8());
                open = None;
            }
            Some(_) => {}
            None if opens(c, previous, next) => {
                let single = matches!(c, '‘' | '\'');
                let closed = !single || (singles && closes_later(&line[at..], c));
                singles = !single || closed;
                open = closed.then_some((at, c));
            }
            None => {}
        }
        previous = Some(c);
    }
    if let Some((from, _)) = open {
        found.push(from..line.len());
    }
    found
}

fn opens(c: char, previous: Option<char>, next: Option<char>) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '“' | '„' | '«' => true,
        '‘' => !word(previous),
        '"' | '\'' => !word(previous) && next.is_some_and(|next| !next.is_whitespace()),
        _ => false,
    }
}

fn closes(mark: char, c: char, previous: Option<char>, next: Option<char>) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match mark {
        '“' => c == '”',
        '„' => matches!(c, '”' | '“'),
        '«' => c == '»',
        '"' => c == '"' && !word(next),
        '‘' => c == '’' && !word(next),
        _ => c == '\'' && !word(next) && previous.is_some_and(|c| !c.is_whitespace()),
    }
}

/// Tells whether a single mark at the start of `rest` is closed further on.
fn closes_later(rest: &str, mark: char) -> bool {
    let mut previous = None;
    let mut chars = rest.chars().skip(1).peekable();
    while let Some(c) = chars.next() {
        if closes(mark, c, previous, chars.peek().copied()) {
            return true;
        }
        previous = Some(c);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> Vec<&str> {
        spoken(line).into_iter().map(|range| &line[range]).collect()
    }

    #[test]
    fn speech_is_found() {
        assert_eq!(said("Ze zei: “de casus” en ‘ja’."), ["“de casus”", "‘ja’"]);
        assert_eq!(said("Ze zei: \"de casus\" en 'ja'."), ["\"de casus\"", "'ja'"]);
        assert_eq!(said("«De casus», „traject”"), ["«De casus»", "„traject”"]);
        assert_eq!(said("Ze begon: “de casus"), ["“de casus"]);
    }

    #[test]
    fn an_apostrophe_is_no_speech() {
        assert_eq!(said("’s Ochtends en ‘s avonds, Noor’s plan"), [""; 0]);
        assert_eq!(said("'s Ochtends, foto's en Noor's plan"), [""; 0]);
        assert_eq!(
            said("‘Hij is ’s avonds thuis’, zei zij"),
            ["‘Hij is ’s avonds thuis’"]
        );
    }

    proptest::proptest! {
        #[test]
        fn ranges_fit(line in "[“”‘’'\"„«» a-cé.]{0,60}") {
            let mut end = 0;
            for range in spoken(&line) {
                proptest::prop_assert!(range.start >= end && line.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}
