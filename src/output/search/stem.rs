//! Stems: `luisteren`, `luistert` and `luisterde` are found by each other.

use super::words::{folded, lowered};
use rust_stemmers::{Algorithm, Stemmer};

/// Makes stems in one language; in a language without stemmer a word is its own stem.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
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
            _ => return Stems { stemmer: None },
        };
        Stems { stemmer: Some(Stemmer::create(algorithm)) }
    }

    /// Returns the words a written word becomes, each with its stem.
    pub(super) fn of(&self, written: &str) -> Vec<(String, String)> {
        let words = folded(written);
        let stem = match (&self.stemmer, words.len()) {
            (Some(stemmer), 1) => {
                folded(&stemmer.stem(&lowered(written))).into_iter().next()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let stem = |lang, word| Stems::new(lang).of(word).pop().map(|(_, stem)| stem);
        assert_eq!(stem("nl", "luisteren"), stem("nl", "Luistert"));
        assert_eq!(stem("en", "listening"), stem("en", "listens"));
        assert_eq!(stem("pl", "słuchać"), Some("sluchac".into()));
        assert_eq!(stem("nl", "’"), None);
    }
}
