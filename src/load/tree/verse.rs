//! Lines that were typed under each other and mean it: an address, a poem, names.
//!
//! [`keep`] is the entry. Markdown glues the lines of a paragraph together. That is right
//! for prose that an editor broke off at its margin; short lines stay where they stand.

use crate::model::{Inline, InlineKind, plain};

/// Longest line of a paragraph whose lines stay, in characters.
const LONGEST: usize = 45;
/// Narrowest margin at which somebody breaks off prose.
const NARROWEST: usize = 28;
/// How far lines that were broken off at a margin may lie apart.
const RAGGED: usize = 12;

/// Keeps the line ends of a paragraph when its lines are short and were not broken off at
/// a margin.
pub(super) fn keep(items: &mut [Inline]) {
    let soft = |one: &Inline| matches!(one.kind, InlineKind::SoftBreak);
    let picture = |one: &Inline| matches!(one.kind, InlineKind::Picture(_));
    if !items.iter().any(soft) || items.iter().any(picture) {
        return;
    }
    let is_break =
        |one: &Inline| matches!(one.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
    let lines: Vec<String> = items.split(is_break).map(plain).collect();
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    if !is_verse(&lines) {
        return;
    }
    for item in items.iter_mut().filter(|one| soft(one)) {
        item.kind = InlineKind::HardBreak;
    }
}

fn is_verse(lines: &[&str]) -> bool {
    // Who speaks stands below a quote, whatever its margin.
    let lines = match lines {
        [words @ .., last] if last.starts_with(['—', '–', '-']) => words,
        lines => lines,
    };
    let length = |line: &&str| line.chars().count();
    let longest = lines.iter().map(length).max().unwrap_or(0);
    if longest > LONGEST {
        return false;
    }
    longest < NARROWEST || begins_anew(lines) || !broken_off(lines, longest)
}

/// Tells whether at least three lines all begin as a sentence or a number does.
fn begins_anew(lines: &[&str]) -> bool {
    let anew = |line: &&str| {
        let first = line.chars().find(|c| c.is_alphanumeric());
        first.is_some_and(|c| c.is_uppercase() || c.is_numeric())
    };
    lines.len() > 2 && lines.iter().all(anew)
}

/// Tells whether lines look like prose that was broken off at a margin: of nearly one
/// length, or each too long for the first word of the next.
fn broken_off(lines: &[&str], longest: usize) -> bool {
    let Some((_, full)) = lines.split_last() else { return true };
    let length = |line: &str| line.chars().count();
    let even = full.iter().all(|line| length(line) + RAGGED >= longest);
    let filled = lines.windows(2).all(|pair| {
        let word = pair[1].split_whitespace().next().unwrap_or_default();
        length(pair[0]) + 1 + length(word) > longest
    });
    even || filled
}

#[cfg(test)]
mod tests {
    use super::is_verse;

    fn kept(text: &str) -> bool {
        is_verse(&text.lines().collect::<Vec<_>>())
    }

    #[test]
    fn short_lines_stay() {
        assert!(kept("Jan Jansen\nKerkstraat 1\n1234 AB Plaats"));
        assert!(kept("Ik zat bij het raam\nen wachtte op de bus\ntot jij kwam"));
        assert!(kept("De huisarts: 030 - 123 45 67\nDe buren: 030 - 1\nTante Els: 1"));
        assert!(kept("De zon gaat onder achter het huis\nEn niemand weet\nWaar ik ben"));
        assert!(kept("Kom terug.\n— Noor"));
    }

    #[test]
    fn prose_at_a_margin_flows() {
        assert!(!kept(
            "Dit is smal proza dat op veertig\ntekens is afgebroken zodat het past op\neen klein scherm in de trein naar huis\nen terug."
        ));
        assert!(!kept(
            "Dit is smal proza dat op veertig\ntekens is afgebroken zodat het past.\n— Noor"
        ));
        let wide = "Dit is een lange regel die op zeventig tekens is afgebroken.";
        assert!(!kept(&format!("{wide}\nKort.\nKort.")));
    }
}
