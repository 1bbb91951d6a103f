//! Names of languages, and which way they run.

use super::tables::{Sentences, Table};
use serde::{Deserialize, Serialize, Serializer};

/// A language by its BCP 47 name, such as `nl`, `ar` or `pt-BR`; always a well-formed tag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub struct Lang(Box<str>);

/// Languages people name in words: Dutch, English and own names, folded.
const NAMES: &[(&str, &[&str])] = &[
    ("nl", &["nederlands", "dutch", "vlaams"]),
    ("en", &["engels", "english"]),
    ("de", &["duits", "german", "deutsch"]),
    ("fr", &["frans", "french", "francais"]),
    ("ar", &["arabisch", "arabic"]),
    ("tr", &["turks", "turkish", "turkce"]),
    ("pl", &["pools", "polish", "polski"]),
    ("uk", &["oekraiens", "ukrainian"]),
    ("fy", &["fries", "frisian", "frysk"]),
    ("ti", &["tigrinya"]),
    ("so", &["somalisch", "somali"]),
    ("fa", &["perzisch", "farsi", "persian"]),
    ("es", &["spaans", "spanish"]),
    ("pap", &["papiaments", "papiamento"]),
];

/// The languages with a name of two letters, as ISO 639-1 lists them.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br \
    bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga \
    gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki \
    kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms \
    mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw \
    sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr \
    ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

impl Lang {
    /// Reads a typed language: a tag (`nl`, `nl_NL`, `pt-br`) or a name (`Arabisch`).
    /// `None` when it is neither, or no language has a tag of these two letters.
    pub fn read(typed: &str) -> Option<Lang> {
        let typed = typed.trim();
        let folded = crate::text::fold(typed);
        if let Some((tag, _)) =
            NAMES.iter().find(|(_, names)| names.contains(&folded.as_str()))
        {
            return Some(Lang((*tag).into()));
        }
        let typed = typed.replace('_', "-");
        let mut parts = typed.split('-');
        let first = parts.next()?;
        if !(2..=3).contains(&first.len())
            || !first.bytes().all(|b| b.is_ascii_alphabetic())
        {
            return None;
        }
        let mut tag = first.to_ascii_lowercase();
        let mut known = TWO_LETTERS.as_bytes().chunks(3);
        if tag.len() == 2 && !known.any(|known| known.starts_with(tag.as_bytes())) {
            return None;
        }
        for part in parts {
            let letters = part.bytes().all(|b| b.is_ascii_alphabetic());
            let digits = part.bytes().all(|b| b.is_ascii_digit());
            tag.push('-');
            match part.len() {
                2 if letters => tag.push_str(&part.to_ascii_uppercase()),
                3 if digits => tag.push_str(part),
                4 if letters => {
                    tag.push_str(&part[..1].to_ascii_uppercase());
                    tag.push_str(&part[1..].to_ascii_lowercase());
                }
                _ => return None,
            }
        }
        Some(Lang(tag.into()))
    }

    /// Returns Dutch, the language of a booklet that does not say.
    pub fn dutch() -> Lang {
        Lang("nl".into())
    }

    /// Returns English.
    pub fn english() -> Lang {
        Lang("en".into())
    }

    /// Returns the tag, for `lang=`.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// Returns the part before the first hyphen.
    pub fn primary(&self) -> &str {
        // Most tags have no other part.
        match self.0.len() {
            2 => &self.0,
            _ => self.0.split('-').next().unwrap_or_default(),
        }
    }

    /// Tells whether the language runs from right to left.
    pub fn is_rtl(&self) -> bool {
        const RTL: [&str; 12] =
            ["ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb", "arc", "prs"];
        RTL.contains(&self.primary())
    }

    /// Returns the value for `dir=`.
    pub fn dir(&self) -> &'static str {
        if self.is_rtl() { "rtl" } else { "ltr" }
    }

    /// Returns the words on pages in this language (English where we have no table).
    pub fn words(&self) -> &'static Table {
        super::tables::words(self.primary())
    }

    /// Returns what the terminal says in this language.
    pub fn terminal(&self) -> &'static Table {
        super::tables::terminal(self.primary())
    }

    /// Returns what the live preview says in the browser in this language.
    pub fn preview(&self) -> &'static Table {
        super::tables::preview(self.primary())
    }

    /// Returns the sentences of problems in this language.
    pub fn sentences(&self) -> &'static Sentences {
        super::tables::sentences(self.primary())
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_names() {
        let tag = |typed| Lang::read(typed).map(|lang| lang.tag().to_string());
        assert_eq!(tag("NL"), Some("nl".into()));
        assert_eq!(tag("nl_nl"), Some("nl-NL".into()));
        assert_eq!(tag("zh-hant"), Some("zh-Hant".into()));
        assert_eq!(tag("Arabisch"), Some("ar".into()));
        assert_eq!(tag("x\" onload=1"), None);
        assert_eq!(tag(""), None);
        assert_eq!(tag("xx"), None, "no language has this tag");
        assert_eq!(tag("pap"), Some("pap".into()));
        let ours = crate::lang::TABLES.iter().map(|row| row.tag);
        assert!(
            ours.chain(NAMES.iter().map(|(tag, _)| *tag)).all(|one| tag(one).is_some())
        );
        assert_eq!(TWO_LETTERS.split_whitespace().count(), 185);
        assert!(Lang::read("ar").is_some_and(|lang| lang.is_rtl()));
    }
}
