//! The keys people may type, Dutch first, English equal, aliases of other tools behind.
//!
//! Everything that asks "which key is this?" asks here: the reader of the block at the
//! top, of lines below a heading, of table columns. `boekje explain` and the forms of
//! `boekje add` read the same rows.

use crate::model::{Key, Kind};
use crate::text::{Known, fold_key};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a value is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Words, literally.
    Text,
    /// A list: commas, semicolons, `[a, b]` or `- ` lines.
    List,
    /// Yes or no.
    Yes,
    /// A day.
    Date,
    /// A whole number.
    Number,
    /// A language.
    Lang,
}

/// One key.
#[derive(Debug)]
pub struct KeyRow {
    /// Which key.
    pub key: Key,
    /// The Dutch name, as printed in plans.
    pub nl: &'static str,
    /// Equal names; the first is the English one.
    pub other: &'static [&'static str],
    /// What its value is.
    pub value: ValueKind,
    /// May stand at the top of a file.
    pub top: bool,
    /// May stand below a heading, in a goal or under a list item.
    pub part: bool,
}

const fn row(
    key: Key,
    nl: &'static str,
    other: &'static [&'static str],
    value: ValueKind,
    top: bool,
    part: bool,
) -> KeyRow {
    KeyRow { key, nl, other, value, top, part }
}

/// All keys.
#[rustfmt::skip]
pub const KEYS: &[KeyRow] = &[
    row(Key::Kind, "soort", &["type", "kind", "layout", "template"], ValueKind::Text, true, false),
    row(Key::Title, "titel", &["title"], ValueKind::Text, true, false),
    row(Key::Subtitle, "ondertitel", &["subtitle"], ValueKind::Text, true, false),
    row(Key::Summary, "kort", &["summary", "lead", "description", "samenvatting", "excerpt"], ValueKind::Text, true, false),
    row(Key::Language, "taal", &["language", "lang", "locale"], ValueKind::Lang, true, true),
    row(Key::Draft, "concept", &["draft"], ValueKind::Yes, true, false),
    row(Key::Menu, "menu", &[], ValueKind::List, true, false),
    row(Key::Order, "volgorde", &["order", "weight"], ValueKind::Number, true, false),
    row(Key::Image, "beeld", &["image", "afbeelding", "foto"], ValueKind::Text, true, false),
    row(Key::ImageAlt, "beeld tekst", &["image alt", "alt"], ValueKind::Text, true, false),
    row(Key::Date, "datum", &["date"], ValueKind::Date, true, false),
    row(Key::Theme, "thema", &["theme", "topic", "tags", "categories", "tag", "category", "themas", "topics", "keywords"], ValueKind::List, true, false),
    row(Key::Number, "nummer", &["number", "no"], ValueKind::Number, true, false),
    row(Key::Series, "reeks", &["series"], ValueKind::Text, true, false),
    row(Key::For, "voor", &["for", "audience"], ValueKind::List, true, true),
    row(Key::Voices, "stemmen", &["voices", "stem", "voice"], ValueKind::List, true, false),
    row(Key::Source, "bron", &["source"], ValueKind::Text, true, false),
    row(Key::Teller, "verteller", &["teller", "storyteller", "verteld door", "told by"], ValueKind::Text, true, false),
    row(Key::NameIs, "naam is", &["name is"], ValueKind::Text, true, false),
    row(Key::TellerAge, "leeftijd verteller", &["teller age", "leeftijd", "leeftijd van de verteller"], ValueKind::Text, true, false),
    row(Key::LifeArea, "leefgebied", &["life area", "life domain"], ValueKind::List, true, true),
    row(Key::ContentNote, "inhoud", &["content note"], ValueKind::Text, true, false),
    row(Key::Consent, "toestemming", &["consent"], ValueKind::Text, true, false),
    row(Key::ConsentFrom, "toestemming van", &["consent from"], ValueKind::Text, true, false),
    row(Key::ConsentOn, "toestemming op", &["consent on"], ValueKind::Date, true, false),
    row(Key::ConsentUntil, "toestemming tot", &["consent until"], ValueKind::Date, true, false),
    row(Key::ConsentFor, "toestemming voor", &["consent for"], ValueKind::List, true, false),
    row(Key::Plan, "plan", &[], ValueKind::Text, true, false),
    row(Key::Of, "van", &["of", "by"], ValueKind::Text, true, false),
    row(Key::MadeOn, "gemaakt op", &["made on"], ValueKind::Date, true, false),
    row(Key::UpdatedOn, "bijgewerkt op", &["updated on", "updated", "lastmod", "last modified"], ValueKind::Date, true, false),
    row(Key::ReviewOn, "kijk terug op", &["review on"], ValueKind::Date, true, false),
    row(Key::Coordinator, "regisseur", &["coordinator"], ValueKind::Text, true, false),
    row(Key::Contact, "contactpersoon", &["contact"], ValueKind::Text, true, false),
    row(Key::Readers, "lezers", &["readers"], ValueKind::List, true, false),
    row(Key::Share, "delen", &["share"], ValueKind::List, true, false),
    row(Key::Public, "openbaar", &["public"], ValueKind::Yes, true, false),
    row(Key::Fictional, "verzonnen", &["fictional", "made up"], ValueKind::Yes, true, false),
    row(Key::Who, "wie", &["who"], ValueKind::Text, false, true),
    row(Key::What, "wat", &["what"], ValueKind::Text, false, true),
    row(Key::When, "wanneer", &["when"], ValueKind::Text, false, true),
    row(Key::Notice, "hoe merken we het", &["how we notice"], ValueKind::Text, false, true),
    row(Key::Status, "status", &[], ValueKind::Text, true, true),
    row(Key::Learned, "geleerd", &["learned"], ValueKind::Text, false, true),
    row(Key::Also, "ook", &["also"], ValueKind::List, false, true),
    row(Key::Authors, "makers", &["authors", "author", "auteur", "auteurs", "maker"], ValueKind::Text, true, false),
    row(Key::Publisher, "uitgever", &["publisher"], ValueKind::Text, true, false),
    row(Key::Year, "jaar", &["year"], ValueKind::Text, true, false),
    row(Key::Isbn, "isbn", &[], ValueKind::Text, true, false),
    row(Key::License, "licentie", &["license", "licence"], ValueKind::Text, true, false),
    row(Key::Cover, "omslag", &["cover"], ValueKind::Text, true, false),
    row(Key::CoverAlt, "omslag tekst", &["cover alt"], ValueKind::Text, true, false),
    row(Key::Format, "formaat", &["size", "format"], ValueKind::Text, true, false),
    row(Key::LargePrint, "grote letters", &["large print"], ValueKind::Yes, true, false),
    row(Key::SaddleStitch, "nieten", &["saddle stitch"], ValueKind::Yes, true, false),
    row(Key::Qr, "qr", &[], ValueKind::Yes, true, false),
    row(Key::Slug, "adres", &["slug", "url", "permalink", "path", "address"], ValueKind::Text, true, false),
    row(Key::OldAddresses, "oud adres", &["aliases", "alias", "old address", "redirect from", "oude adressen"], ValueKind::List, true, false),
    row(Key::TranslationOf, "vertaling van", &["translation of"], ValueKind::Text, true, false),
    row(Key::PublishOn, "publiceren op", &["publish on", "publishdate", "embargo"], ValueKind::Date, true, false),
    row(Key::Expires, "weg na", &["expires", "expirydate"], ValueKind::Date, true, false),
    row(Key::SiteAddress, "adres van de site", &["base url", "site address"], ValueKind::Text, true, false),
    row(Key::Languages, "talen", &["languages"], ValueKind::List, true, false),
    row(Key::Style, "thema stijl", &["theme style", "stijl", "style"], ValueKind::Text, true, false),
    row(Key::Footer, "voettekst", &["footer"], ValueKind::Text, true, false),
    row(Key::QuickExit, "snel weg", &["quick exit", "exit"], ValueKind::Text, true, false),
    row(Key::SharePicture, "deelplaatje", &["share picture", "share image", "deelplaatjes"], ValueKind::Yes, true, false),
    row(Key::Hints, "hints", &[], ValueKind::Yes, true, false),
];

/// Keys that some kinds show or use, and those kinds; the others work everywhere.
const ONLY: &[(&[Key], &[Kind])] = &[
    (&[Key::Of, Key::Plan, Key::ReviewOn, Key::Coordinator], &[Kind::Plan]),
    (&[Key::Contact], &[Kind::Plan, Kind::Site]),
    (&[Key::ContentNote, Key::NameIs, Key::LifeArea], &[Kind::Story]),
    (&[Key::Source], &[Kind::Tip, Kind::Tips, Kind::Story]),
    (&[Key::Subtitle], &[Kind::Page, Kind::Booklet, Kind::Site]),
    (
        &[Key::Authors, Key::Publisher, Key::Year, Key::Isbn, Key::License],
        &[Kind::Booklet, Kind::Site],
    ),
    (
        &[
            Key::Cover,
            Key::CoverAlt,
            Key::Format,
            Key::LargePrint,
            Key::SaddleStitch,
            Key::Qr,
        ],
        &[Kind::Booklet],
    ),
    (
        &[Key::SiteAddress, Key::Languages, Key::Style, Key::Footer, Key::SharePicture],
        &[Kind::Site],
    ),
];

/// Tells whether a key does nothing in texts of a kind: no page shows it.
pub fn is_idle(key: Key, kind: Kind) -> bool {
    ONLY.iter().any(|(keys, kinds)| keys.contains(&key) && !kinds.contains(&kind))
}

/// Folded name → row.
fn by_name() -> &'static HashMap<String, &'static KeyRow> {
    static MAP: OnceLock<HashMap<String, &'static KeyRow>> = OnceLock::new();
    MAP.get_or_init(|| {
        KEYS.iter()
            .flat_map(|row| {
                std::iter::once(&row.nl)
                    .chain(row.other)
                    .map(move |name| (fold_key(name), row))
            })
            .collect()
    })
}

/// Letters of the longest name.
const LONGEST: usize = 24;

/// Returns the row of a typed key; case, accents, spaces, hyphens do not matter.
pub fn find_key(typed: &str) -> Option<&'static KeyRow> {
    // Most of what is asked about is no key: known without folding it.
    let least = typed.bytes().filter(u8::is_ascii_alphanumeric).count();
    if least > LONGEST || typed.is_empty() {
        return None;
    }
    by_name().get(&fold_key(typed)).copied()
}

/// Returns the known name nearest to a typed key that may stand at the top (`top`) or in
/// a part of a text.
pub fn nearest_key(typed: &str, top: bool) -> Option<&'static str> {
    static TOP: OnceLock<Known<'static>> = OnceLock::new();
    static PART: OnceLock<Known<'static>> = OnceLock::new();
    let known = if top { &TOP } else { &PART };
    known.get_or_init(|| Known::new(key_names(top))).nearest(typed)
}

/// Returns all names that may stand at the top (`top`) or in a part, Dutch names first.
pub fn key_names(top: bool) -> impl Iterator<Item = &'static str> {
    let rows =
        move || KEYS.iter().filter(move |row| if top { row.top } else { row.part });
    rows().map(|row| row.nl).chain(rows().flat_map(|row| row.other.iter().copied()))
}

/// Returns the name of a key in a language's words: Dutch or the first English name.
pub fn key_name(key: Key, dutch: bool) -> &'static str {
    KEYS.iter().find(|row| row.key == key).map_or(key.name(), |row| {
        if dutch { row.nl } else { row.other.first().copied().unwrap_or(row.nl) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_one_row_and_every_name_one_key() {
        for key in Key::ALL {
            assert_eq!(KEYS.iter().filter(|row| row.key == *key).count(), 1, "{key:?}");
        }
        let names: usize = KEYS.iter().map(|row| 1 + row.other.len()).sum();
        assert_eq!(by_name().len(), names, "two keys share a name");
        assert!(by_name().keys().all(|name| name.chars().count() <= LONGEST));
    }

    #[test]
    fn tolerant() {
        assert_eq!(find_key("Kijk-terug Op").map(|row| row.key), Some(Key::ReviewOn));
        assert_eq!(find_key("SLUG").map(|row| row.key), Some(Key::Slug));
        assert_eq!(nearest_key("tittel", true), Some("titel"));
        assert_eq!(nearest_key("Vor", false), Some("voor"));
    }
}
