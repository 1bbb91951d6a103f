//! Readable names for addresses and anchors.

use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest slug in characters: with a folder and `.html` it fits every file system.
const LONGEST: usize = 80;

/// Turns a title into a name for an address: lower case, no accents, a hyphen for every
/// run of other characters. Letters of any script stay. Empty when there is no letter or
/// digit. Names that some systems keep for themselves (`con`, `nul`) get a hyphen. A citizen
/// service number never becomes part of an address.
pub fn slug(title: &str) -> String {
    let title = super::redact(title);
    let slug = if title.is_ascii() {
        join(title.chars().map(|c| c.to_ascii_lowercase()))
    } else {
        let bare = title.nfkd().filter(|&c| !is_combining_mark(c));
        join(bare.flat_map(char::to_lowercase)).nfc().collect()
    };
    const KEPT: [&str; 6] = ["con", "nul", "prn", "aux", "clock$", "index"];
    let device = slug.len() == 4
        && (slug.starts_with("com") || slug.starts_with("lpt"))
        && slug.ends_with(|c: char| c.is_ascii_digit());
    if device || (KEPT.contains(&slug.as_str()) && slug != "index") {
        return slug + "-";
    }
    slug
}

/// Joins letters and digits, a hyphen for every run of other characters between them.
fn join(letters: impl Iterator<Item = char>) -> String {
    let mut slug = String::with_capacity(LONGEST);
    let mut length = 0;
    for c in letters {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if matches!(c, '’' | '‘' | '\'' | 'ʼ') {
            continue;
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        } else {
            continue;
        }
        length += 1;
        if length >= LONGEST {
            break;
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug.shrink_to_fit();
    slug
}

/// Hands out slugs that are unique: the second `afspraken` becomes `afspraken-2`.
#[derive(Debug, Default, Clone)]
pub struct Slugs {
    taken: BTreeSet<String>,
    /// The number to try next, by name: thousands of equal headings stay quick.
    next: BTreeMap<String, usize>,
}

impl Slugs {
    /// Marks a name as taken, so that no slug becomes it.
    pub fn keep(&mut self, name: &str) {
        self.taken.insert(name.to_string());
    }

    /// Returns a unique slug for `title`, or made from `otherwise` when the title has no
    /// letter or digit.
    pub fn take(&mut self, title: &str, otherwise: &str) -> String {
        let mut base = slug(title);
        if base.is_empty() {
            base = otherwise.to_string();
        }
        if self.taken.insert(base.clone()) {
            return base;
        }
        let number = self.next.entry(base.clone()).or_insert(2);
        loop {
            let name = format!("{base}-{number}");
            *number += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readable() {
        assert_eq!(slug("Eén ’s ochtends: koffie!"), "een-s-ochtends-koffie");
        assert_eq!(slug("مرحبا بكم"), "مرحبا-بكم");
        assert_eq!(slug("../../CON"), "con-");
        assert_eq!(slug("?!"), "");
        assert_eq!(slug("Noor 123.456.782 thuis"), "noor-thuis");
    }

    #[test]
    fn many_equal_titles_stay_quick() {
        let mut slugs = Slugs::default();
        slugs.keep("kop-3");
        let made: Vec<String> = (0..30_000).map(|_| slugs.take("Kop", "deel")).collect();
        assert_eq!(made[..4], ["kop", "kop-2", "kop-4", "kop-5"]);
        assert_eq!(made[29_999], "kop-30001");
    }

    proptest::proptest! {
        #[test]
        fn a_slug_is_a_plain_name(title in "\\PC{0,120}") {
            let made = slug(&title);
            proptest::prop_assert!(made.chars().count() <= LONGEST + 2);
            proptest::prop_assert!(!made.contains(['/', '\\', '.', ':', ' ', '\'', '"', '<']));
            proptest::prop_assert!(!made.starts_with('-'));
        }

        #[test]
        fn unique(titles in proptest::collection::vec("[a-c -]{0,3}", 0..20)) {
            let mut slugs = Slugs::default();
            let made: Vec<_> = titles.iter().map(|t| slugs.take(t, "deel")).collect();
            let set: BTreeSet<_> = made.iter().collect();
            proptest::prop_assert_eq!(set.len(), made.len());
        }
    }
}
