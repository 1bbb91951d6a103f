//! Words for the card: picked by chance from our own list, and read back as people type.

use super::key::{Chance, NoChance};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

/// Our list: 2048 everyday Dutch words, sorted; eleven bits each.
const LIST: &str = include_str!("words-nl.txt");

/// How many words stand in the list.
const COUNT: u16 = 2048;

/// Returns the words of the list, sorted.
pub fn list() -> impl Iterator<Item = &'static str> + Clone {
    LIST.lines()
}

/// Picks words by chance, with spaces between them. Each is as likely as any other; none
/// comes twice, so nobody takes the second for a slip of the pen.
pub fn pick(
    count: usize,
    chance: &mut Chance<'_>,
) -> Result<Zeroizing<String>, NoChance> {
    let mut picked = Zeroizing::new(Vec::with_capacity(count));
    while picked.len() < count.min(usize::from(COUNT)) {
        let mut bytes = [0; 2];
        chance(&mut bytes)?;
        // 2048 divides 65536: no word is favoured.
        let at = u16::from_be_bytes(bytes) % COUNT;
        bytes.zeroize();
        if !picked.contains(&at) {
            picked.push(at);
        }
    }
    let word = |at: &u16| list().nth(usize::from(*at)).unwrap_or_default();
    Ok(Zeroizing::new(picked.iter().map(word).collect::<Vec<_>>().join(" ")))
}

/// Returns typed words in the one form the lock knows: only letters, small. Capitals,
/// spaces, dots, dashes, numbers before the words, wide letters do not matter; also not a
/// telephone that writes “tuin hek” for “tuinhek”.
pub fn norm(typed: &str) -> String {
    typed.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn all() -> Vec<&'static str> {
        list().collect()
    }

    #[test]
    fn the_list_is_whole_and_sorted() {
        let all = all();
        assert_eq!(all.len(), usize::from(COUNT));
        for pair in all.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
        for word in all {
            assert!((4..=8).contains(&word.len()), "{word}");
            assert!(word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
        }
    }

    #[test]
    fn words_are_spelled_as_they_sound() {
        for word in all() {
            let doubt = ["ij", "au", "ou", "y", "q", "x", "gt"];
            assert!(doubt.iter().all(|part| !word.contains(part)), "{word}");
            assert!(!word.replace("oei", "").contains("ei"), "{word}");
            assert!(!word.replace("ch", "").contains('c'), "{word}");
            assert!(!word.ends_with(['d', 'b']) && !word.ends_with("dt"), "{word}");
        }
    }

    /// Tells whether one slip (a letter more, less, other, or two swapped) lies between.
    fn near(left: &str, right: &str) -> bool {
        left.len().abs_diff(right.len()) <= 1 && strsim::osa_distance(left, right) <= 1
    }

    #[test]
    fn no_slip_of_the_finger_makes_another_word() {
        let all = all();
        for (at, left) in all.iter().enumerate() {
            for right in &all[at + 1..] {
                assert!(!near(left, right), "{left} {right}");
            }
        }
    }

    #[test]
    fn no_word_stands_beside_its_plural() {
        let all: BTreeSet<&str> = list().collect();
        for word in &all {
            let last = word.chars().last().expect("no word is empty");
            let short = word.replacen("oo", "o", 1).replacen("aa", "a", 1);
            let short = short.replacen("ee", "e", 1);
            for many in [
                format!("{word}en"),
                format!("{word}{last}en"),
                format!("{short}en"),
                format!("{}zen", word.trim_end_matches('s')),
                format!("{}ven", word.trim_end_matches('f')),
                format!("{word}je"),
                format!("{word}tje"),
            ] {
                assert!(!all.contains(many.as_str()), "{word} {many}");
            }
        }
    }

    #[test]
    fn every_word_can_be_picked() {
        let mut at = 0u16;
        let mut chance = |bytes: &mut [u8]| {
            bytes.copy_from_slice(&at.to_be_bytes());
            at += 1;
            Ok(())
        };
        let picked = pick(usize::from(COUNT), &mut chance).expect("chance");
        assert_eq!(picked.split(' ').collect::<Vec<_>>(), all());
        assert_eq!(pick(1, &mut |_: &mut [u8]| Err(NoChance)), Err(NoChance));
    }

    #[test]
    fn no_word_comes_twice() {
        let mut row = [7, 7, 2055, 9].into_iter();
        let mut chance = |bytes: &mut [u8]| {
            bytes.copy_from_slice(&u16::to_be_bytes(row.next().ok_or(NoChance)?));
            Ok(())
        };
        let picked = pick(2, &mut chance).expect("chance");
        assert_eq!(picked.split(' ').collect::<Vec<_>>(), [all()[7], all()[9]]);
    }

    #[test]
    fn words_are_read_as_people_type_them() {
        for typed in [
            "koelkast tuinhek",
            " Koelkast  TUINHEK. ",
            "koelkast-tuin hek",
            "1. koelkast\n2. tuinhek",
        ] {
            assert_eq!(norm(typed), "koelkasttuinhek", "{typed}");
        }
        assert_eq!(norm("Ｋｏｅｌ\u{a0}kast!"), "koelkast");
        assert_eq!(norm("— … “”"), "");
    }
}
