//! Marks typed without the space or the back slash that Markdown asks for.
//!
//! [`scan`] reads the raw lines and puts in what was left out: the space in `##Kop` and in
//! `1.Zonder spatie`, and the back slash before the stars of `5*3*2`.

use super::prepared::Edit;
use crate::text::lines_of;

/// Most digits in the number of a list.
const MOST_DIGITS: usize = 3;

/// Adds the edits for a part of a text; `plan`: one `#` is no heading there, since a
/// heading ends a part that some may read.
pub(super) fn scan(part: &str, base: usize, plan: bool, edits: &mut Vec<Edit>) {
    let mut at = base;
    let mut above: Option<Numbered> = None;
    for line in lines_of(part) {
        let start = at;
        at += line.len();
        let words = line.trim();
        let indent = line.len() - line.trim_start().len();
        if words.is_empty() {
            continue;
        }
        if line.contains('*') {
            keep_stars(line, start, edits);
        }
        if indent < 4
            && let Some(hashes) = unspaced_heading(words, plan)
        {
            edits.push(Edit::insert(start + indent + hashes, " "));
        }
        let here = numbered(words).map(|(number, mark, spaced)| {
            let at = start + indent + mark;
            Numbered { number, at, indent, listed: spaced }
        });
        above = match here {
            Some(here) => Some(join(above, here, edits)),
            // What goes on below an item belongs to it.
            None => above.filter(|_| indent > 0),
        };
    }
}

/// A line that begins with a number and a dot.
struct Numbered {
    number: u32,
    /// Behind its dot.
    at: usize,
    indent: usize,
    /// Whether it is an item of a list already.
    listed: bool,
}

/// Makes items of two lines whose numbers follow each other.
fn join(above: Option<Numbered>, mut here: Numbered, edits: &mut Vec<Edit>) -> Numbered {
    let Some(above) = above else { return here };
    if here.number != above.number + 1 || here.indent != above.indent {
        return here;
    }
    for one in [&above, &here] {
        if !one.listed {
            edits.push(Edit::insert(one.at, " "));
        }
    }
    here.listed = true;
    here
}

/// Returns the number a line begins with, where its words begin, and whether a space stands
/// between them: `1.Zonder`, `1. Met`.
fn numbered(words: &str) -> Option<(u32, usize, bool)> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > MOST_DIGITS {
        return None;
    }
    let rest = words[digits..].strip_prefix(['.', ')'])?;
    let spaced = rest.starts_with([' ', '\t']);
    let fits =
        spaced || rest.starts_with(|c: char| c.is_alphabetic() || "“\"‘".contains(c));
    fits.then_some((words[..digits].parse().ok()?, digits + 1, spaced))
}

/// Returns how many hashes stand against the words of a heading. One hash alone is a tag,
/// unless a sentence stands behind it.
fn unspaced_heading(words: &str, plan: bool) -> Option<usize> {
    let rest = words.trim_start_matches('#');
    let hashes = words.len() - rest.len();
    let first = rest.chars().next()?;
    let alone = || {
        !plan
            && first.is_uppercase()
            && rest.split_whitespace().count() > 1
            && !rest.contains('#')
    };
    let heading = match hashes {
        1 => alone(),
        2..=6 => first.is_alphanumeric() || "“\"‘'¿¡".contains(first),
        _ => false,
    };
    heading.then_some(hashes)
}

/// Keeps the stars of a sum: `5*3*2` speaks of no emphasis.
fn keep_stars(line: &str, base: usize, edits: &mut Vec<Edit>) {
    for word in line.split_whitespace().filter(|word| word.contains('*')) {
        let inside = word.trim_matches('*');
        let front = word.len() - word.trim_start_matches('*').len();
        let back = word.len() - word.trim_end_matches('*').len();
        if inside.contains(['<', '\\', '`'])
            || inside.contains("](")
            || inside.contains("://")
        {
            continue;
        }
        let start = base + front + (word.as_ptr() as usize - line.as_ptr() as usize);
        let bytes = inside.as_bytes();
        let mut at = 0;
        while let Some(found) = inside[at..].find('*').map(|found| at + found) {
            let run = bytes[found..].iter().take_while(|byte| **byte == b'*').count();
            at = found + run;
            let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
            // `**2**3`: the second pair closes the first.
            let pairs = run == front || run == back;
            if found > 0 && digit(found - 1) && digit(at) && !pairs {
                let stars = found..at;
                edits.extend(stars.map(|star| Edit::insert(start + star, "\\")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::tree::prepared::Prepared;
    use crate::text::SourceId;

    fn ready(text: &str) -> String {
        let mut edits = Vec::new();
        scan(text, 0, false, &mut edits);
        Prepared::new(text, SourceId(0), 0..text.len(), &mut edits).text.into_owned()
    }

    #[test]
    fn a_sum_keeps_its_stars() {
        assert_eq!(ready("5*3*2 en 2*3 en 4*5"), "5\\*3\\*2 en 2\\*3 en 4\\*5");
        assert_eq!(ready("2**3**4"), "2\\*\\*3\\*\\*4");
        assert_eq!(ready("**5*3*2 samen**"), "**5\\*3\\*2 samen**");
        for text in ["**2**3", "*2*3", "a*b*c", "5\\*3", "<a@2*3*4>", "[x](2*3*4)"] {
            assert_eq!(ready(text), text);
        }
    }

    #[test]
    fn a_heading_may_lack_its_space() {
        assert_eq!(ready("##Kop\n"), "## Kop\n");
        assert_eq!(ready("#Ons verhaal begint\n"), "# Ons verhaal begint\n");
        for text in ["#hashtag", "#Hashtag", "#Een #Twee", "#", "##", "#!/bin/sh"] {
            assert_eq!(ready(text), text);
        }
        let mut edits = Vec::new();
        scan("#Ons verhaal begint\n", 0, true, &mut edits);
        assert!(edits.is_empty());
    }

    #[test]
    fn numbers_that_follow_are_a_list() {
        assert_eq!(ready("1.Een\n2.Twee"), "1. Een\n2. Twee");
        assert_eq!(ready("1.Een\n\n2.Twee"), "1. Een\n\n2. Twee");
        assert_eq!(ready("1. Een\n2.Twee\n3. Drie"), "1. Een\n2. Twee\n3. Drie");
        for text in
            ["1.Een", "1.5 liter\n1.6 liter", "1.Een\n5.Vijf", "10.Een\ntekst\n11.Twee"]
        {
            assert_eq!(ready(text), text);
        }
    }
}
