//! Keys hidden in the block at the top: in a value, in a map on one line, under another
//! key, in a list somebody forgot to close.
//!
//! [`find`] is the entry. It returns only what closes; `net` keeps such a text inside.

use super::entries::{Entry, Shape};
use super::line::trim_range;
use crate::kind::signs::Sign;
use crate::kind::{packed, withdrawn};
use std::ops::Range;

/// Finds them: in the values of the keys that were read, and in every other line.
pub(super) fn find(
    text: &str,
    lines: &[Range<usize>],
    entries: &[Entry],
) -> Vec<(Range<usize>, Sign)> {
    let (mut found, mut remarks) = (Vec::new(), Vec::new());
    let mut look = |range: Range<usize>| {
        let sign = packed::read(&text[range.clone()]);
        found.extend(sign.map(|sign| (range, sign)));
    };
    let own = |entry: &&Entry| entry.section.is_none() && entry.shape != Shape::Loose;
    let mut keys = entries.iter().filter(own).peekable();
    for line in lines {
        let mut is_key = false;
        while let Some(entry) = keys.next_if(|entry| entry.key.start < line.end) {
            is_key |= entry.key.start >= line.start;
            let value = |piece: &&Range<usize>| piece.start < line.end;
            entry.pieces.iter().take_while(value).cloned().for_each(&mut look);
        }
        let trimmed = trim_range(text, line.clone());
        match text[trimmed.clone()].strip_prefix('#') {
            Some(remark) if withdrawn::begins(remark) => remarks.push(trimmed),
            None if !is_key => look(trimmed),
            _ => {}
        }
    }
    found.extend(remarks.into_iter().map(|remark| (remark, Sign::Inside)));
    found
}

#[cfg(test)]
mod tests {
    use crate::load::fields;
    use crate::model::Kind;
    use crate::text::{SourceId, TextPath};

    fn is_found(text: &str) -> bool {
        let path = TextPath::new("a.md");
        let top = fields::read(SourceId(0), text, &path, Kind::Page);
        !top.packed.is_empty()
    }

    #[test]
    fn hidden_keys_are_found() {
        for lines in [
            "extra:\n  openbaar: nee",
            "extra:\n  soort: verhaal",
            "params:\n  status: concept",
            "params:\n  private: true",
            "kort: |\n  a\n  concept: ja",
            "titel: a\n# ingetrokken op 4 mei",
            "kort: >\n  a\n  concept: ja",
            "extra: {concept: ja}",
            "titel: a concept: ja",
            "titel: a; concept: ja",
            "titel: a  toestemming: nee",
            "titel: a\u{2028}concept: ja",
            "tags: [a,\n  toestemming: nee\ntaal: nl",
        ] {
            assert!(is_found(&format!("---\nbron: x\n{lines}\n---\n")), "{lines}");
        }
        assert!(is_found("+++\ntitle = \"a\"\n[extra]\npublished=false\n+++\n"));
    }

    #[test]
    fn other_lines_are_not() {
        for lines in [
            "concept: ja",
            "toestemming: nee",
            "# concept: ja",
            "<!-- concept: ja -->",
            "extra:\n  openbaar: ja\n  consent: true",
            "titel: Toestemming: nee zeggen mag altijd",
            "menu:\n- Noor: noor.md",
        ] {
            assert!(!is_found(&format!("---\nbron: x\n{lines}\n---\n")), "{lines}");
        }
    }
}
