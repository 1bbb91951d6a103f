//! In which language a folder is written, when nobody says it. A screen reader speaks the
//! language a page names: Dutch sounds would make English words hard to follow.
//!
//! [`Tongues`] answers for a folder and for each text in it, [`of_body`] for one text alone.
//! They answer only when the words tell it clearly; else the folder is Dutch, and the text
//! like its folder.

use crate::lang::Lang;
use crate::model::{Body, InlineKind, Text, walk_inlines};
use std::sync::OnceLock;
use whatlang::{Detector, Lang as Tongue};

/// Letters a text needs before its words tell its language.
const FEW: usize = 150;

/// Letters we look at: a language does not change after them.
const MANY: usize = 400;

/// Texts we look at.
const TEXTS: usize = 50;

/// The languages we have words in, with their tags.
const TONGUES: [(Tongue, &str); 8] = [
    (Tongue::Nld, "nl"),
    (Tongue::Eng, "en"),
    (Tongue::Deu, "de"),
    (Tongue::Fra, "fr"),
    (Tongue::Ara, "ar"),
    (Tongue::Tur, "tr"),
    (Tongue::Pol, "pl"),
    (Tongue::Ukr, "uk"),
];

/// Answers for the text with this number, where it was looked at before.
pub(super) type Kept<'m> = dyn Fn(usize) -> Option<Option<Lang>> + Sync + 'm;

/// The languages of the texts of a folder: each is looked at once, when it is asked for.
pub(super) struct Tongues<'m> {
    kept: &'m Kept<'m>,
    seen: Vec<OnceLock<Option<Lang>>>,
}

impl<'m> Tongues<'m> {
    /// For so many texts.
    pub(super) fn new(texts: usize, kept: &'m Kept<'m>) -> Tongues<'m> {
        Tongues { kept, seen: vec![OnceLock::new(); texts] }
    }

    /// Returns the language a text is in.
    pub(super) fn of(&self, at: usize, text: &Text) -> Option<Lang> {
        let look = || (self.kept)(at).unwrap_or_else(|| of_body(&text.body));
        self.seen.get(at).map_or_else(look, |seen| seen.get_or_init(look).clone())
    }

    /// Returns the language more than half of the texts are in.
    pub(super) fn of_most(&self, texts: &[Text]) -> Option<Lang> {
        let seen = texts.iter().enumerate().filter_map(|(at, text)| self.of(at, text));
        let seen: Vec<Lang> = seen.take(TEXTS).collect();
        let votes = |lang: &Lang| seen.iter().filter(|one| *one == lang).count();
        seen.iter().find(|lang| 2 * votes(lang) > seen.len()).cloned()
    }
}

/// Returns the language a body is in.
pub(super) fn of_body(body: &Body) -> Option<Lang> {
    let words = words(body);
    if words.chars().filter(|c| c.is_alphabetic()).count() < FEW {
        return None;
    }
    let ours = TONGUES.iter().map(|(tongue, _)| *tongue).collect();
    let seen = Detector::with_allowlist(ours).detect(&words)?;
    let (_, tag) = TONGUES.iter().find(|(tongue, _)| *tongue == seen.lang())?;
    seen.is_reliable().then(|| Lang::read(tag))?
}

/// Returns the first words of a body, without code.
fn words(body: &Body) -> String {
    let mut words = String::new();
    walk_inlines(body, &mut |inline| {
        if let InlineKind::Text(text) = &inline.kind
            && words.len() < MANY
        {
            words.push_str(&text[..text.floor_char_boundary(MANY - words.len())]);
            words.push(' ');
        }
    });
    words
}

#[cfg(test)]
mod tests {
    use crate::load;
    use std::io::Write;

    const ENGLISH: &str = "We wrote this together, around one table, and it took us a year. Some of \
        us live with it every day, and some of us come to help. Come back after a bad talk: \
        send a message the same day, without reproach, and be there on Tuesday as you said.";
    const DUTCH: &str = "Wij schreven dit samen, aan één tafel, en het duurde een jaar. Sommigen van \
        ons leven er elke dag mee, anderen komen om te helpen. Kom terug na een slecht gesprek: \
        stuur dezelfde dag een bericht, zonder verwijt, en wees er dinsdag zoals je zei.";

    fn langs(texts: &[&str]) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        for (at, text) in texts.iter().enumerate() {
            let mut file =
                std::fs::File::create(dir.path().join(format!("{at}.md"))).unwrap();
            file.write_all(text.as_bytes()).unwrap();
        }
        let library = load::read(dir.path()).unwrap().library;
        let texts = library.texts.iter().map(|text| text.lang.tag().to_string());
        std::iter::once(library.settings.lang.tag().to_string()).chain(texts).collect()
    }

    #[test]
    fn a_folder_is_in_the_language_of_most_of_its_texts() {
        assert_eq!(langs(&[ENGLISH, ENGLISH, "Yes"]), ["en", "en", "en", "en"]);
        assert_eq!(langs(&["Yes", "No"]), ["nl", "nl", "nl"]);
        assert_eq!(langs(&[DUTCH, DUTCH, ENGLISH]), ["nl", "nl", "nl", "en"]);
    }

    #[test]
    fn what_somebody_says_counts() {
        let site = "soort: site\ntaal: nl\n\n";
        assert_eq!(langs(&[site, ENGLISH]), ["nl", "nl", "nl"]);
        let said = format!("---\ntaal: de\n---\n\n{ENGLISH}");
        assert_eq!(langs(&[ENGLISH, &said]), ["en", "en", "de"]);
    }
}
