//! Values as typed become values as meant: quotes off, lists split, days and numbers read.
//!
//! [`read`] is the entry. What cannot be read as its key asks stays [`Value::Unread`] and
//! is reported: K05, K06, K07, K10, K12, K14, V09.

use super::entries::{Entry, Shape};
use super::line;
use super::tree;
use crate::kind::{ValueKind, words::read_yes};
use crate::lang::Lang;
use crate::model::{Key, Value};
use crate::problem::{Code, Problem};
use crate::text::{DateRead, SourceId, Span, is_comma, read_date};
use jiff::civil::Date;
use std::ops::Range;

/// Keys whose words people read beside the text: quotes, dashes and dots are set as there.
const READ: [Key; 17] = [
    Key::Subtitle,
    Key::Summary,
    Key::Theme,
    Key::Series,
    Key::Teller,
    Key::LifeArea,
    Key::ContentNote,
    Key::Plan,
    Key::Of,
    Key::Coordinator,
    Key::Contact,
    Key::Authors,
    Key::Publisher,
    Key::License,
    Key::ImageAlt,
    Key::CoverAlt,
    Key::Footer,
];

/// What a value is read for.
pub(super) struct Asked<'a> {
    /// The key.
    pub(super) key: Key,
    /// What it asks for.
    pub(super) kind: ValueKind,
    /// The key as typed.
    pub(super) typed: &'a str,
}

/// Returns where the value of an entry stands; behind the key when there is none.
pub(super) fn span(source: SourceId, entry: &Entry) -> Span {
    let range = match (entry.pieces.first(), entry.pieces.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => entry.key.end..entry.key.end,
    };
    Span::new(source, range)
}

/// Reads the value of an entry; `None` when it is empty.
pub(super) fn read(
    source: SourceId,
    text: &str,
    entry: &Entry,
    asked: &Asked<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Value> {
    if asked.kind == ValueKind::List {
        let list = list(source, text, entry);
        return (!list.is_empty()).then_some(Value::List(list));
    }
    let words = plain(text, entry);
    if words.is_empty() {
        return None;
    }
    let place = span(source, entry);
    let mut report = |code: Code, day: Option<Date>| {
        let code = deciding(code, asked.key);
        let mut problem = Problem::at(code, place).with("v", words.clone());
        if matches!(code, Code::K07 | Code::K10 | Code::K14 | Code::V09) {
            problem = problem.with("k", asked.typed);
        }
        if let Some(day) = day {
            problem = problem.with("d", day.to_string());
        }
        problems.push(problem);
    };
    let value = match asked.kind {
        ValueKind::Text | ValueKind::List => Some(Value::Text(words.clone())),
        ValueKind::Yes => read_yes(&words).map(Value::Yes).or_else(|| {
            report(Code::K10, None);
            None
        }),
        ValueKind::Number => number(&words).map(Value::Number).or_else(|| {
            report(Code::K07, None);
            None
        }),
        ValueKind::Lang => Lang::read(&words).map(Value::Lang).or_else(|| {
            report(Code::K12, None);
            None
        }),
        ValueKind::Date => match read_date(without_remark(asked.key, &words)) {
            DateRead::Sure(date) => Some(Value::Date(date)),
            DateRead::Doubtful(date) => {
                let date = strict(asked.key, &words, date);
                report(Code::K06, Some(date));
                Some(Value::Date(date))
            }
            DateRead::NotOnCalendar | DateRead::NoDate => {
                report(Code::K05, None);
                None
            }
        },
    };
    Some(value.unwrap_or(Value::Unread(words)))
}

/// Returns a day without a remark of another tool: `2028-07-06 # later`. Of somebody's yes
/// every word counts.
fn without_remark(key: Key, words: &str) -> &str {
    match words.find(" #") {
        Some(end) if key != Key::ConsentUntil => {
            words[..end].trim_matches(['\'', '"', ' '])
        }
        _ => words,
    }
}

/// What cannot be read, where it decides who reads, is said with its own words: the text
/// stays inside.
fn deciding(code: Code, key: Key) -> Code {
    match (code, key) {
        (Code::K10, Key::Draft | Key::Public) => Code::K14,
        (Code::K05, Key::ConsentUntil | Key::Expires | Key::PublishOn) => Code::V09,
        _ => code,
    }
}

/// Of two readings, a day that ends something is the early one, a day that opens
/// something the late one: in doubt a text stays inside.
fn strict(key: Key, typed: &str, date: Date) -> Date {
    let other = typed
        .contains('/')
        .then(|| Date::new(date.year(), date.day(), date.month()).ok())
        .flatten()
        .unwrap_or(date);
    match key {
        Key::ConsentUntil | Key::Expires => date.min(other),
        Key::PublishOn => date.max(other),
        _ => date,
    }
}

fn number(words: &str) -> Option<i64> {
    words.trim_start_matches('#').trim_end_matches(['.', ')']).trim().parse().ok()
}

/// Returns a value as plain words, quotes taken off.
pub(super) fn plain(text: &str, entry: &Entry) -> String {
    let between = match entry.shape {
        Shape::Literal => "\n",
        Shape::Items => ", ",
        Shape::Plain | Shape::Loose => " ",
    };
    if let [piece] = entry.pieces.as_slice() {
        let words = &text[piece.clone()];
        if is_brackets(words) && words.contains(['"', '\'', ',']) {
            let parts = split(text, inside(text, piece));
            let parts: Vec<String> =
                parts.into_iter().map(|part| unquote(&text[part])).collect();
            return parts.join(", ");
        }
        return unquote(words);
    }
    let pieces: Vec<&str> =
        entry.pieces.iter().map(|piece| &text[piece.clone()]).collect();
    match entry.shape {
        Shape::Items => {
            pieces.iter().map(|piece| unquote(piece)).collect::<Vec<_>>().join(between)
        }
        _ => unquote(&pieces.join(between)),
    }
}

/// Reads a list: `- ` lines, or commas, semicolons and brackets.
fn list(source: SourceId, text: &str, entry: &Entry) -> Vec<(String, Span)> {
    let parts: Vec<Range<usize>> = if entry.shape == Shape::Items {
        entry.pieces.clone()
    } else {
        whole(text, &entry.pieces)
            .iter()
            .flat_map(|piece| split(text, inside(text, piece)))
            .collect()
    };
    let item = |part: Range<usize>| {
        let words = unquote(&text[part.clone()]);
        (!words.is_empty()).then(|| (words, Span::new(source, part)))
    };
    parts.into_iter().filter_map(item).collect()
}

/// Returns the pieces of a list without the brackets around all of them.
fn whole(text: &str, pieces: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut pieces = pieces.to_vec();
    let ends = pieces.last().is_some_and(|last| text[last.clone()].ends_with(']'));
    if let [first, .., last] = pieces.as_mut_slice()
        && ends
        && text[first.clone()].starts_with('[')
    {
        first.start += 1;
        last.end -= 1;
    }
    pieces
}

fn is_brackets(words: &str) -> bool {
    words.len() >= 2
        && words.starts_with('[')
        && words.ends_with(']')
        && !words.starts_with("[[")
}

/// Returns the range without the brackets around it.
fn inside(text: &str, piece: &Range<usize>) -> Range<usize> {
    if is_brackets(&text[piece.clone()]) {
        piece.start + 1..piece.end - 1
    } else {
        piece.clone()
    }
}

/// Splits at commas and semicolons, also those of Arabic, outside quotes; no empty parts.
fn split(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    let mut quote: Option<char> = None;
    let words = &text[range.clone()];
    let mut push = |start: usize, end: usize| {
        let part = line::trim_range(text, start..end);
        if !part.is_empty() {
            parts.push(part);
        }
    };
    for (at, c) in words.char_indices() {
        let at = range.start + at;
        match quote {
            Some(end) if c == end => quote = None,
            Some(_) => {}
            None if is_comma(c) => {
                push(start, at);
                start = at + c.len_utf8();
            }
            // A quote counts only at the start of a part, and when it is closed: ’s avonds.
            None if text[start..at].trim().is_empty() => {
                quote = closing(c)
                    .filter(|&end| text[at + c.len_utf8()..range.end].contains(end));
            }
            None => {}
        }
    }
    push(start, range.end);
    parts
}

/// Returns the mark that closes a quote.
fn closing(open: char) -> Option<char> {
    Some(match open {
        '"' => '"',
        '\'' => '\'',
        '“' | '„' => '”',
        '‘' => '’',
        '«' => '»',
        _ => return None,
    })
}

/// Sets the words of a value as those of the text; an address stays as typed.
pub(super) fn set(key: Key, mut value: Value) -> Value {
    let set = |words: &mut String| {
        let addressed = words.contains('@') || words.contains("://");
        if let Some(made) = (!addressed).then(|| tree::set(words)).flatten() {
            *words = made;
        }
    };
    match &mut value {
        Value::Text(words) if READ.contains(&key) => set(words),
        Value::List(list) if READ.contains(&key) => {
            list.iter_mut().for_each(|(words, _)| set(words));
        }
        _ => {}
    }
    value
}

/// Takes one pair of quotes off, straight or smart.
pub(super) fn unquote(words: &str) -> String {
    let words = words.trim();
    for triple in ["\"\"\"", "'''"] {
        if words.len() >= 6 && words.starts_with(triple) && words.ends_with(triple) {
            return words[3..words.len() - 3].trim().to_string();
        }
    }
    let bare = words.chars().next().and_then(|open| {
        let rest = &words[open.len_utf8()..];
        let close = closing(open)?;
        let inner = rest.strip_suffix(close).or_else(|| {
            // „Zo” and “zo“ are both usual.
            rest.strip_suffix('“').filter(|_| matches!(open, '„' | '“'))
        })?;
        (!inner.contains(close) || matches!(open, '"' | '\'')).then_some((open, inner))
    });
    match bare {
        Some(('"', inner)) if inner.contains('\\') => inner
            .replace("\\\"", "\"")
            .replace("\\n", " ")
            .replace("\\\\", "\\")
            .trim()
            .into(),
        // "a" and "b": the outer marks are no pair.
        Some(('"', inner)) if inner.contains('"') => words.to_string(),
        Some(('\'', inner)) if inner.replace("''", "").contains('\'') => {
            words.to_string()
        }
        Some(('\'', inner)) => inner.replace("''", "'").trim().to_string(),
        Some((_, inner)) => inner.trim().to_string(),
        None => words.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{block, entries};

    fn value(lines: &str, key: Key, kind: ValueKind) -> (Option<Value>, Vec<Code>) {
        let text = format!("---\ntitel: x\n{lines}\n---\n");
        let entries = entries::read(&text, &block::find(&text));
        let entry = entries.get(1).expect("there is an entry");
        let mut problems = Vec::new();
        let asked = Asked { key, kind, typed: "k" };
        let value = read(SourceId(0), &text, entry, &asked, &mut problems);
        (value, problems.iter().map(|problem| problem.code).collect())
    }

    fn text(lines: &str) -> String {
        match value(lines, Key::Summary, ValueKind::Text).0 {
            Some(Value::Text(text)) => text,
            other => format!("{other:?}"),
        }
    }

    fn items(lines: &str) -> Vec<String> {
        match value(lines, Key::Theme, ValueKind::List).0 {
            Some(Value::List(list)) => list.into_iter().map(|(item, _)| item).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn words_are_literal_but_for_their_quotes() {
        assert_eq!(
            text("kort: Kom, kijk; en: luister # zo"),
            "Kom, kijk; en: luister # zo"
        );
        assert_eq!(text("kort: \"Ze zei \\\"ja\\\"\""), "Ze zei \"ja\"");
        assert_eq!(text("kort: “Kom terug”"), "Kom terug");
        assert_eq!(text("kort: 'It''s'"), "It's");
        assert_eq!(text("kort: \"ja\" en \"nee\""), "\"ja\" en \"nee\"");
        assert_eq!(text("kort: ’s avonds"), "’s avonds");
        assert_eq!(text("kort: een\n  twee"), "een twee");
        assert_eq!(text("kort: |\n  een\n  twee"), "een\ntwee");
        assert_eq!(text("kort: [\"a\", 'b']"), "a, b");
        assert_eq!(text("kort: \"\""), "None");
        assert_eq!(text("kort:"), "None");
    }

    #[test]
    fn lists_of_all_forms() {
        for lines in [
            "thema: a b, c",
            "thema: a b; c;",
            "thema: [a b, c]",
            "thema: [\"a b\", 'c']",
            "thema:\n- a b\n- c",
            "thema:\n  - \"a b\"\n  - c",
            "thema: [a b,\n  c]",
            "thema: a b، c",
            "thema: [a b؛ c]",
        ] {
            assert_eq!(items(lines), ["a b", "c"], "{lines}");
        }
        assert_eq!(items("thema: ’s avonds, “a, b”"), ["’s avonds", "a, b"]);
        assert_eq!(items("thema: []"), Vec::<String>::new());
    }

    #[test]
    fn days_in_doubt_keep_a_text_inside() {
        let day = |key| value("x: 03/04/2026", key, ValueKind::Date);
        let date = |month, day| Some(Value::Date(Date::constant(2026, month, day)));
        assert_eq!(day(Key::Date), (date(4, 3), vec![Code::K06]));
        assert_eq!(day(Key::ConsentUntil).0, date(3, 4));
        assert_eq!(day(Key::PublishOn).0, date(4, 3));
        let (value, codes) = value("x: 31 februari 2026", Key::Date, ValueKind::Date);
        assert_eq!(value, Some(Value::Unread("31 februari 2026".into())));
        assert_eq!(codes, [Code::K05]);
    }

    #[test]
    fn what_is_not_understood_stays_unread() {
        let codes = |lines: &str, kind| value(lines, Key::Qr, kind).1;
        assert_eq!(codes("x: misschien", ValueKind::Yes), [Code::K10]);
        assert_eq!(codes("x: veel", ValueKind::Number), [Code::K07]);
        assert_eq!(codes("x: Klingon!", ValueKind::Lang), [Code::K12]);
        assert_eq!(codes("x: Ja", ValueKind::Yes), []);
        assert_eq!(codes("x: 3.", ValueKind::Number), []);
    }

    proptest::proptest! {
        #[test]
        fn any_words_may_be_unquoted_and_split(words in "[“”„‘’'\"«»,;،؛\\[\\] a\\\\é]{0,20}") {
            unquote(&words);
            for part in split(&words, 0..words.len()) {
                proptest::prop_assert!(words.get(part).is_some());
            }
        }
    }
}
