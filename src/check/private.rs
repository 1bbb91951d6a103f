//! P05: a citizen service number, anywhere in a file. P06: a private telephone number or
//! a home address, in what everybody may read.

use super::lines::Lines;
use super::public::goes_public;
use super::rule::{Ground, Rule};
use crate::model::{Library, Text};
use crate::problem::{Code, Problem};
use crate::text::{Source, SourceId, Span, count_digits, find_bsn};
use std::ops::Range;

/// Most numbers and addresses told in one text: a list of fifty says enough.
const MOST: usize = 50;

/// Furthest that a street may stand in front of its postcode, in characters.
const FAR: usize = 60;

struct Private<'a> {
    library: &'a Library,
}

pub(super) fn make<'a>(ground: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    Box::new(Private { library: ground.library })
}

impl Rule for Private<'_> {
    fn text(&self, text: &Text, lines: &Lines<'_>, found: &mut Vec<Problem>) {
        if !goes_public(text) {
            return;
        }
        let sources = &self.library.sources;
        let open = lines.iter().filter(|line| line.standing.open);
        // A postcode has four.
        let numbered = open.filter(|line| count_digits(&line.text) >= 4);
        let private = numbered.flat_map(|line| {
            // A number may go on below.
            let text = line.text.replace('\n', " ");
            let ranges: Vec<_> =
                telephones(&text).into_iter().chain(homes(&text)).collect();
            ranges.into_iter().map(move |range| (line, range))
        });
        for (line, range) in private.take(MOST) {
            let shown = line.text[range.clone()].replace('\n', " ");
            let span = line.span(range, sources);
            found.push(Problem::at(Code::P06, span).with("x", shown));
        }
    }

    fn source(&self, id: SourceId, source: &Source, found: &mut Vec<Problem>) {
        for range in find_bsn(source.text()) {
            found.push(Problem::at(Code::P05, Span::new(id, range)));
        }
        if !find_bsn(source.path.as_str()).is_empty() {
            found.push(Problem::file(Code::P05, &source.path));
        }
    }
}

/// Returns where mobile telephone numbers stand: `06-12345678`, `+31 6 12 34 56 78`.
fn telephones(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    let next = |from: usize| {
        memchr::memchr2(b'0', b'+', &text.as_bytes()[from..]).map(|at| from + at)
    };
    while let Some(start) = next(from) {
        from = start + 1;
        let before = text[..start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '+') {
            continue;
        }
        if let Some(end) = mobile(text, start) {
            found.push(start..end);
            from = end;
        }
    }
    found
}

/// Returns the end of a mobile number that starts here.
fn mobile(text: &str, start: usize) -> Option<usize> {
    // Digits with at most two marks between each.
    let mut digits = String::new();
    let mut gap = 0;
    for (at, c) in text[start..].char_indices() {
        match c {
            '+' if at == 0 => digits.push('+'),
            '0'..='9' if gap <= 2 && digits.len() < 16 => {
                digits.push(c);
                gap = 0;
                if is_mobile(&digits) {
                    let end = start + at + 1;
                    let next = text[end..].chars().next();
                    return (!next.is_some_and(|c| c.is_alphanumeric())).then_some(end);
                }
            }
            ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{2010}' | '\u{2011}'
            | '\u{2013}' => gap += 1,
            _ => return None,
        }
    }
    None
}

fn is_mobile(digits: &str) -> bool {
    ["06", "+316", "+3106", "00316", "003106"]
        .iter()
        .any(|start| digits.strip_prefix(start).is_some_and(|rest| rest.len() == 8))
}

/// Returns where home addresses stand: street, number and postcode near each other.
fn homes(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(u8::is_ascii_digit) {
        at += step;
        match postcode(text, at) {
            Some(end) => {
                if let Some(start) = street(text, at) {
                    found.push(start..end);
                } else if let Some(end) = number_behind(text, end) {
                    found.push(at..end);
                }
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the end of a postcode (`1234 AB`) that starts here.
fn postcode(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = bytes.get(start..start + 4)?;
    let fits = digits.iter().all(u8::is_ascii_digit) && digits[0] != b'0';
    let before = text.get(..start)?.chars().next_back();
    if !fits || before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = &text[start + 4..];
    let letters = rest.trim_start_matches([' ', '\u{a0}']);
    let gap = rest.len() - letters.len();
    let pair = letters.as_bytes().get(..2)?;
    // Lower case only right behind the digits: "1234 ab" could be "1250 en".
    let upper = pair.iter().all(u8::is_ascii_uppercase);
    let lower = gap == 0 && pair.iter().all(u8::is_ascii_lowercase);
    let next = letters.get(2..)?.chars().next();
    if gap > 2 || !(upper || lower) || next.is_some_and(char::is_alphanumeric) {
        return None;
    }
    Some(start + 4 + gap + 2)
}

/// Returns where a street with a number starts in front of a postcode.
fn street(text: &str, postcode: usize) -> Option<usize> {
    let before = &text[..postcode];
    let near = before.char_indices().rev().take(FAR).last().map_or(0, |(at, _)| at);
    let words: Vec<&str> =
        before[near..].split(|c: char| c.is_whitespace() || c == ',').collect();
    // The last number behind a name: "Dorpsstraat 12-b".
    let number = words.iter().rposition(|word| {
        let digits = word.chars().take_while(char::is_ascii_digit).count();
        (1..=5).contains(&digits) && word.chars().count() <= digits + 5
    })?;
    let name = words[..number].iter().rposition(|word| !word.is_empty())?;
    let name = words[name];
    let named = name.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let post = name.to_lowercase().contains("postbus");
    let street = named && !post && !name.ends_with(['.', '!', '?']);
    street.then(|| name.as_ptr() as usize - text.as_ptr() as usize)
}

/// Returns the end of a house number right behind a postcode: together they are a home.
fn number_behind(text: &str, postcode: usize) -> Option<usize> {
    let rest = &text[postcode..];
    let number = rest.trim_start_matches([' ', ',', '\u{a0}']);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let gap = rest.len() - number.len();
    ((1..=5).contains(&digits) && (1..=3).contains(&gap))
        .then_some(postcode + gap + digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phones(text: &str) -> Vec<&str> {
        telephones(text).into_iter().map(|range| &text[range]).collect()
    }

    fn addresses(text: &str) -> Vec<&str> {
        homes(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn mobile_numbers_in_every_dress() {
        for typed in [
            "06-12345678",
            "0612345678",
            "06 12 34 56 78",
            "+31 6 12345678",
            "+31612345678",
            "+31 (0)6 12345678",
            "0031 6-1234 5678",
            "06.12.34.56.78",
        ] {
            assert_eq!(phones(&format!("Bel {typed}, ja?")), [typed]);
        }
        assert_eq!(phones("tel:+31612345678"), ["+31612345678"]);
    }

    #[test]
    fn public_numbers_and_dates_are_no_mobile_numbers() {
        for typed in [
            "0800-0113",
            "113",
            "14 010",
            "088 123 45 67",
            "06-06-2026",
            "2026-06-12",
            "061234567",
            "06123456789",
            "€ 0,06",
        ] {
            assert_eq!(phones(typed), [""; 0], "{typed}");
        }
    }

    #[test]
    fn homes_with_street_number_and_postcode() {
        assert_eq!(
            addresses("Wij wonen Dorpsstraat 12-b, 1234 AB Ons Dorp."),
            ["Dorpsstraat 12-b, 1234 AB"]
        );
        assert_eq!(addresses("Lange Wei 3\n1234AB"), ["Wei 3\n1234AB"]);
        assert_eq!(addresses("Post: 1234 AB 56"), ["1234 AB 56"]);
        for typed in [
            "Postbus 12, 1234 AB Ons Dorp",
            "In 2026 EN daarna",
            "De 1250 en meer",
            "Kerkstraat 12",
            "1234 AB",
            "Kom in 2024. 1234 AB",
        ] {
            assert_eq!(addresses(typed), [""; 0], "{typed}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "[0-9 +()é.ABab,\n-]{0,60}") {
            telephones(&text);
            homes(&text);
        }
    }
}
