//! The kinds: names, folders, and where their lists stand.

use crate::model::Kind;
use crate::text::fold_key;

/// A row per kind.
#[derive(Debug)]
pub struct KindRow {
    /// Which kind.
    pub kind: Kind,
    /// Name of its template, and of its words in the tables (`kind.<name>`).
    pub name: &'static str,
    /// What people may type after `soort:`, Dutch first.
    pub typed: &'static [&'static str],
    /// Folders whose texts are of this kind, Dutch first, English second.
    pub folders: &'static [&'static str],
    /// File names that are of this kind.
    pub files: &'static [&'static str],
}

/// All kinds.
pub const KINDS: &[KindRow] = &[
    KindRow {
        kind: Kind::Tip,
        name: "tip",
        typed: &["tip", "advies"],
        folders: &["tips"],
        files: &[],
    },
    KindRow {
        kind: Kind::Tips,
        name: "tips",
        typed: &["tips", "adviezen"],
        folders: &[],
        files: &["tips"],
    },
    KindRow {
        kind: Kind::Story,
        name: "story",
        typed: &["verhaal", "story", "verhalen", "stories"],
        folders: &["verhalen", "stories"],
        files: &[],
    },
    KindRow {
        kind: Kind::Plan,
        name: "plan",
        typed: &["plan", "plannen", "plans", "familiegroepsplan", "1gezin1plan"],
        folders: &["plannen", "plans"],
        files: &[],
    },
    KindRow {
        kind: Kind::Booklet,
        name: "booklet",
        typed: &["boekje", "booklet", "boek", "book"],
        folders: &[],
        files: &["boekje", "booklet"],
    },
    KindRow {
        kind: Kind::Words,
        name: "words",
        typed: &["woorden", "words", "woordenlijst", "glossary", "begrippen"],
        folders: &[],
        files: &["woorden", "words", "woordenlijst", "glossary"],
    },
    KindRow {
        kind: Kind::Sources,
        name: "sources",
        typed: &["bronnen", "sources"],
        folders: &[],
        files: &["bronnen", "sources"],
    },
    KindRow {
        kind: Kind::Voices,
        name: "voices",
        typed: &["stemmen", "voices"],
        folders: &[],
        files: &["stemmen", "voices"],
    },
    KindRow {
        kind: Kind::Access,
        name: "access",
        typed: &["toegankelijkheid", "toegankelijkheidsverklaring", "accessibility"],
        folders: &[],
        files: &[],
    },
    KindRow {
        kind: Kind::Site,
        name: "site",
        typed: &["site", "website"],
        folders: &[],
        files: &["site"],
    },
    KindRow {
        kind: Kind::Page,
        name: "page",
        typed: &["pagina", "page", "bladzijde", "post", "posts", "tekst", "text"],
        folders: &[],
        files: &[],
    },
];

/// Returns the row of a kind.
pub fn row(kind: Kind) -> &'static KindRow {
    KINDS.iter().find(|row| row.kind == kind).unwrap_or(&KINDS[KINDS.len() - 1])
}

/// Returns the kind for a word typed after `soort:`.
pub fn find_kind(typed: &str) -> Option<Kind> {
    let typed = fold_key(typed);
    KINDS.iter().find(|row| row.typed.contains(&typed.as_str())).map(|row| row.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_names_two_kinds() {
        for (at, row) in KINDS.iter().enumerate() {
            for other in &KINDS[at + 1..] {
                assert!(row.typed.iter().all(|word| !other.typed.contains(word)));
                assert!(row.files.iter().all(|word| !other.files.contains(word)));
            }
        }
        assert_eq!(find_kind("Verhaal "), Some(Kind::Story));
        assert_eq!(find_kind("kaas"), None);
    }

    #[test]
    fn every_kind_has_its_words_in_every_language() {
        for lang in crate::lang::spoken().filter_map(crate::lang::Lang::read) {
            for row in KINDS {
                for key in [format!("kind.{}", row.name), format!("kinds.{}", row.name)] {
                    assert_ne!(lang.words().get(&key), key, "{} lacks it", lang.tag());
                }
            }
        }
    }
}
