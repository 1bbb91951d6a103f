//! "Did you mean": the known word nearest to a typed one.

use super::fold_key;

/// Returns the candidate nearest to `typed`, when it is near enough to be a slip of the
/// finger: one change in words up to four characters, two up to nine, three beyond.
///
/// Distance: Damerau–Levenshtein (insert, delete, replace, swap of neighbours). The first
/// of equals wins, so the order of the candidates decides, not chance.
pub fn nearest<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let typed = fold_key(typed);
    let length = typed.chars().count();
    let limit = match length {
        0 | 1 => return None,
        2..=4 => 1,
        5..=9 => 2,
        _ => 3,
    };
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let folded = fold_key(candidate);
        if folded.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&typed, &folded);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_only() {
        assert_eq!(nearest("tittel", ["titel", "taal"]), Some("titel"));
        assert_eq!(nearest("Vor", ["voor", "wie"]), Some("voor"));
        assert_eq!(nearest("categorie", ["titel", "taal"]), None);
        assert_eq!(nearest("x", ["y"]), None);
    }
}
