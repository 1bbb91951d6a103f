//! Citizen service numbers (BSN): found so that they can be covered.
//!
//! Nine digits that pass the "11-test", written in one piece or as `123.456.782`,
//! `1234 56 782` or `1.234.56.782`, and not a part of a longer number or a telephone number. In doubt it is
//! one: a covered invoice number does no harm, an open BSN does.

use std::borrow::Cow;
use std::ops::Range;

/// What stands where a number stood.
pub const COVER: &str = "▇▇▇";

/// A run of digits without anything between.
struct Group {
    range: Range<usize>,
    digits: Vec<u32>,
}

/// Returns where citizen service numbers stand, in bytes, in order.
pub fn find_bsn(text: &str) -> Vec<Range<usize>> {
    if !may_hold(text) {
        return Vec::new();
    }
    let groups = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        match length(text, &groups, at) {
            Some(count) => {
                found.push(groups[at].range.start..groups[at + count - 1].range.end);
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

/// Covers every citizen service number in a text.
pub fn redact(text: &str) -> Cow<'_, str> {
    let found = find_bsn(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut covered = String::with_capacity(text.len());
    let mut from = 0;
    for range in found {
        covered.push_str(&text[from..range.start]);
        covered.push_str(COVER);
        from = range.end;
    }
    covered.push_str(&text[from..]);
    Cow::Owned(covered)
}

/// Tells quickly whether nine digits stand close to each other at all: nearly every text says
/// no here.
fn may_hold(text: &str) -> bool {
    const STEP: usize = 32;
    // From one digit to the next: two bytes, and three of a mark between them.
    const FAR: usize = 5;
    let (mut near, mut last) = (0, 0);
    for (at, part) in text.as_bytes().chunks(STEP).enumerate() {
        if digits_in(part) == 0 {
            continue;
        }
        for (step, _) in part.iter().enumerate().filter(|(_, byte)| may_be_digit(byte)) {
            let here = at * STEP + step;
            near = if here - last <= FAR { near + 1 } else { 1 };
            last = here;
            if near == 9 {
                return true;
            }
        }
    }
    false
}

/// Counts the digits in a text; of some other Arabic signs too.
pub fn count_digits(text: &str) -> usize {
    // Many bytes at a time, as many as one byte can count.
    let parts = text.as_bytes().chunks(64);
    parts.map(|part| usize::from(digits_in(part))).sum()
}

fn digits_in(part: &[u8]) -> u8 {
    part.iter().map(|byte| u8::from(may_be_digit(byte))).sum()
}

/// Arabic digits start with one of two bytes.
fn may_be_digit(byte: &u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, 0xd9 | 0xdb)
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(c as u32 - 0x6f0),
        _ => None,
    }
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut next = 0;
    while let Some(step) = text.as_bytes()[next..].iter().position(may_be_digit) {
        let at = next + step;
        next = at + 1;
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            continue;
        };
        let Some(value) = digit(c) else { continue };
        let end = at + c.len_utf8();
        match groups.last_mut() {
            Some(last) if last.range.end == at => {
                last.range.end = end;
                last.digits.push(value);
            }
            _ => groups.push(Group { range: at..end, digits: vec![value] }),
        }
    }
    groups
}

/// Returns how many groups from `at` make a number, when they do.
fn length(text: &str, groups: &[Group], at: usize) -> Option<usize> {
    const FORMS: [&[usize]; 4] = [&[9], &[3, 3, 3], &[4, 2, 3], &[1, 3, 2, 3]];
    FORMS.iter().find_map(|form| {
        let window = groups.get(at..at + form.len())?;
        let sizes = window.iter().zip(*form).all(|(one, size)| one.digits.len() == *size);
        let joined =
            || window.windows(2).all(|two| gap(text, &two[0], &two[1]).is_some());
        let digits = || window.iter().flat_map(|one| &one.digits);
        let alone = || stands_alone(text, groups, at, form.len());
        (sizes && joined() && passes(digits()) && alone()).then_some(form.len())
    })
}

/// Returns the single separator between two groups.
fn gap(text: &str, left: &Group, right: &Group) -> Option<char> {
    let mut between = text[left.range.end..right.range.start].chars();
    let one = between.next()?;
    let separates = matches!(
        one,
        '.' | ' '
            | '-'
            | '\u{a0}'
            | '\u{ad}'
            | '\u{2009}'
            | '\u{200b}'
            | '\u{202f}'
            | '\u{2010}'
            | '\u{2011}'
            | '\u{2013}'
    );
    (between.next().is_none() && separates).then_some(one)
}

/// The 11-test: weights 9 to 2, and -1 for the last digit.
fn passes<'a>(digits: impl Iterator<Item = &'a u32> + Clone) -> bool {
    let sum: i64 = (0i64..)
        .zip(digits.clone())
        .map(|(at, digit)| i64::from(*digit) * if at == 8 { -1 } else { 9 - at })
        .sum();
    sum % 11 == 0 && { digits }.any(|digit| *digit != 0)
}

/// Tells whether what stands around makes it no part of something longer.
fn stands_alone(text: &str, groups: &[Group], at: usize, count: usize) -> bool {
    let first = &groups[at];
    let last = &groups[at + count - 1];
    let before = &text[..first.range.start];
    if before.ends_with('+') {
        return false;
    }
    if let Some(previous) = at.checked_sub(1).and_then(|at| groups.get(at)) {
        let between = &text[previous.range.end..first.range.start];
        let country = text[..previous.range.start].ends_with('+')
            || previous.digits.starts_with(&[0]) && previous.digits.len() > 1;
        if country && matches!(between, " " | "-" | ")" | ") " | "\u{a0}") {
            return false;
        }
        let decimals = matches!(between, "." | ",");
        if decimals || (count > 1 && between == "-") {
            return false;
        }
    }
    if let Some(next) = groups.get(at + count) {
        let between = &text[last.range.end..next.range.start];
        let longer =
            count > 1 && next.digits.len() > 1 && gap(text, last, next).is_some();
        if longer || matches!(between, "." | ",") {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_way_of_writing() {
        for typed in [
            "123456782",
            "123.456.782",
            "1234 56 782",
            "1234.56.782",
            "123-456-782",
            "123\u{a0}456\u{a0}782",
            "BSN123456782.",
            "1.234.56.782",
            "1.112.22.333",
            "(111222333)",
            "١٢٣٤٥٦٧٨٢",
            "in 2024 123456782 gekregen",
        ] {
            let covered = redact(typed);
            assert!(covered.contains(COVER), "{typed}");
            assert!(!covered.contains("782") && !covered.contains("333"), "{typed}");
        }
        assert_eq!(redact("één 123456782, twee 111222333!"), "één ▇▇▇, twee ▇▇▇!");
    }

    #[test]
    fn leaves_other_numbers_alone() {
        for typed in [
            "123456789",
            "1234567820",
            "012345678 2",
            "06 12345678",
            "+31 612345678",
            "+31 123456782",
            "0031 123456782",
            "(+31) 123456782",
            "1.123.456.782",
            "123.456.782.000",
            "123456782,50",
            "000000000",
            "14-03-2026",
            "NL91 ABNA 0417 1643 00",
            "NL91ABNA0417164300",
            "NL91 abna 0417164300",
            "BE68 5390 0754 7034",
            "DE89370400440532013000",
            "020-1112223",
            "0111 22 23 33",
            "(0111) 222 333",
            "06 111 222 333",
            "0800-1234567",
        ] {
            assert_eq!(redact(typed), typed);
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_ranges_fit(text in "[0-9 .+é١,-]{0,60}") {
            let mut end = 0;
            for range in find_bsn(&text) {
                proptest::prop_assert!(range.start >= end);
                proptest::prop_assert!(text.get(range.clone()).is_some());
                end = range.end;
            }
        }

        #[test]
        fn what_is_covered_stays_covered(text in "[0-9 .x-]{0,60}") {
            let once = redact(&text).into_owned();
            proptest::prop_assert_eq!(redact(&once).into_owned(), once.clone());
        }
    }
}
