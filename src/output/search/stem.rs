//! Stems: `luisteren`, `luistert` and `luisterde` are found by each other.

use super::words::{LONGEST, folded, lowered};
use rust_stemmers::{Algorithm, Stemmer};

/// Makes stems in one language; in a language without stemmer a word is its own stem.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    dutch: bool,
    arabic: bool,
}

impl Stems {
    pub(super) fn new(lang: &str) -> Self {
        let algorithm = match lang {
            "nl" => Algorithm::Dutch,
            "en" => Algorithm::English,
            "de" => Algorithm::German,
            "fr" => Algorithm::French,
            "ar" => Algorithm::Arabic,
            "tr" => Algorithm::Turkish,
            "es" => Algorithm::Spanish,
            "pt" => Algorithm::Portuguese,
            "it" => Algorithm::Italian,
            "da" => Algorithm::Danish,
            "sv" => Algorithm::Swedish,
            "no" | "nb" | "nn" => Algorithm::Norwegian,
            "fi" => Algorithm::Finnish,
            "hu" => Algorithm::Hungarian,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "el" => Algorithm::Greek,
            "ta" => Algorithm::Tamil,
            _ => return Stems { stemmer: None, dutch: false, arabic: false },
        };
        let stemmer = Some(Stemmer::create(algorithm));
        Stems { stemmer, dutch: lang == "nl", arabic: lang == "ar" }
    }

    /// Returns other words people may type for a folded word. Arabic writes `the`, and `and
    /// the`, `by the`, `for the`, on the front of a noun: who looks for the noun types it
    /// without, or with `the` alone.
    pub(super) fn also(&self, word: &str) -> Vec<String> {
        const FRONT: [&str; 6] = ["وال", "بال", "فال", "كال", "لل", "ال"];
        let bare = FRONT.iter().find_map(|front| word.strip_prefix(front));
        match bare.filter(|bare| self.arabic && bare.chars().count() > 2) {
            Some(bare) => vec![bare.to_string(), format!("ال{bare}")],
            None => Vec::new(),
        }
    }

    /// Returns the words a written word becomes, each with its stem.
    pub(super) fn of(&self, written: &str) -> Vec<(String, String)> {
        let words = folded(written);
        // A word that was cut is nobody's word, and stemmers are slow on long ones.
        let whole = matches!(words.as_slice(), [one] if one.chars().count() < LONGEST);
        let stem = match &self.stemmer {
            Some(stemmer) if whole => {
                let stem = folded(&stemmer.stem(&lowered(written))).into_iter().next();
                stem.map(|stem| if self.dutch { verb(stem) } else { stem })
            }
            _ => None,
        };
        let with_stem = |word: String| {
            let stem = stem.clone().unwrap_or_else(|| word.clone());
            (word, stem)
        };
        words.into_iter().map(with_stem).collect()
    }
}

/// The Dutch stemmer leaves the end of a verb: `werkt`, `luisterd(e)`. Nouns lose it too,
/// in all their forms alike, so they still find each other.
fn verb(mut stem: String) -> String {
    let mut back = stem.chars().rev();
    let (last, before) = (back.next(), back.next());
    let consonant =
        before.is_some_and(|c| c.is_ascii_lowercase() && !"aeiouyhs".contains(c));
    let long = stem.chars().count();
    let ends = matches!(last, Some('t')) && long > 4 || last == Some('d') && long > 5;
    if consonant && ends {
        stem.pop();
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let stem = |lang, word| Stems::new(lang).of(word).pop().map(|(_, stem)| stem);
        assert_eq!(stem("nl", "luisteren"), stem("nl", "Luistert"));
        assert_eq!(stem("nl", "werkte"), stem("nl", "werken"));
        assert_eq!(stem("nl", "vriend"), stem("nl", "vrienden"));
        assert_ne!(stem("nl", "kind"), stem("nl", "kin"));
        assert_eq!(stem("en", "listening"), stem("en", "listens"));
        assert_eq!(stem("pl", "słuchać"), Some("sluchac".into()));
        assert_eq!(stem("nl", "’"), None);
        let also = |lang, word| Stems::new(lang).also(word);
        assert_eq!(also("ar", "بالسؤال"), ["سؤال", "السؤال"]);
        assert_eq!(also("ar", "البيت"), ["بيت", "البيت"]);
        assert!(also("ar", "بيت").is_empty() && also("nl", "البيت").is_empty());
        let long = "é".repeat(300_000);
        assert_eq!(stem("nl", &long), Some("e".repeat(LONGEST)));
    }
}
