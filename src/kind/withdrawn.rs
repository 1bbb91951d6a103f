//! Words that take a text back: `INGETROKKEN`, `Dit verhaal niet plaatsen!`.
//!
//! [`line`] reads a line that stands alone, [`value`] what somebody noted behind a key,
//! [`name`] the name of a file or a folder.

use super::clothes::{brackets, seen};
use crate::text::fold;
use aho_corasick::AhoCorasick;
use std::sync::OnceLock;

/// Words that say that something was taken back, folded.
const BACK: [&str; 7] = [
    "ingetrokken",
    "teruggetrokken",
    "teruggenomen",
    "herroepen",
    "withdrawn",
    "revoked",
    "retracted",
];

/// What is taken back.
const WHAT: [&str; 16] = [
    "toestemming",
    "verhaal",
    "tekst",
    "stuk",
    "plan",
    "consent",
    "story",
    "text",
    "dit",
    "deze",
    "this",
    "permission",
    "ja",
    "bijdrage",
    "interview",
    "pagina",
];

/// Words that ask to keep something inside, as they stand in a line or a name.
const KEEP: [&[&str]; 9] = [
    &["niet", "plaatsen"],
    &["niet", "publiceren"],
    &["niet", "meer", "plaatsen"],
    &["niet", "meer", "publiceren"],
    &["niet", "gebruiken"],
    &["do", "not", "publish"],
    &["don", "t", "publish"],
    &["do", "not", "post"],
    &["not", "for", "publication"],
];

/// Words that may stand around such a wish without changing it.
const SMALL: [&str; 34] = [
    "dit",
    "deze",
    "this",
    "verhaal",
    "story",
    "tekst",
    "text",
    "stuk",
    "pagina",
    "page",
    "please",
    "let",
    "op",
    "nog",
    "graag",
    "svp",
    "aub",
    "alsjeblieft",
    "voorlopig",
    "zeker",
    "absoluut",
    "echt",
    "helemaal",
    "ook",
    "dus",
    "is",
    "ingetrokken",
    "withdrawn",
    "concept",
    "draft",
    "klad",
    "yet",
    "meer",
    "foto",
];

/// Words behind which more about the withdrawal stands: `ingetrokken door Noor`.
const ABOUT: [&str; 13] = [
    "op", "door", "per", "sinds", "vanaf", "by", "on", "since", "as", "niet", "not",
    "not", "zie",
];

fn words_of(folded: &str) -> Vec<&str> {
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect()
}

/// Longest line that can take a text back, in bytes.
pub(super) const LONGEST: usize = 160;

/// Tells whether a line, all there is, takes a text back or asks to keep it inside.
pub(super) fn line(words: &str) -> bool {
    if words.len() > LONGEST || !may_be(words) {
        return false;
    }
    let folded = fold(words);
    let all = words_of(&folded);
    if all.len() > 14 {
        return false;
    }
    if all.first().is_some_and(|first| BACK.contains(first)) {
        let rest = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
        let rest = rest.trim_start_matches(char::is_alphanumeric).trim_start();
        return rest.is_empty()
            || !rest.starts_with(char::is_alphabetic)
            || all.get(1).is_some_and(|next| ABOUT.contains(next));
    }
    folded.split(['.', '!', ',', ';', ':', '–', '—']).any(|piece| {
        let piece = words_of(piece);
        asks(&piece) || takes_back(&piece)
    })
}

/// Tells quickly whether words may take a text back: most lines hold none of these letters.
pub(super) fn may_be(words: &str) -> bool {
    const PARTS: [&str; 11] = [
        "trok",
        "trek",
        "draw",
        "plaats",
        "publi",
        "roep",
        "nomen",
        "voke",
        "not post",
        "retracted",
        "gebruiken",
    ];
    static FINDER: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let finder = FINDER.get_or_init(|| {
        AhoCorasick::builder().ascii_case_insensitive(true).build(PARTS).ok()
    });
    let Some(finder) = finder else { return true };
    // Two letters that are not plain become plain ones when they are small; they end with
    // these bytes.
    let rare = |found, byte| found | matches!(byte, 0xaa | 0xb0);
    finder.is_match(words)
        || (words.bytes().fold(false, rare)
            && words.contains(['\u{212a}', '\u{130}'])
            && finder.is_match(&words.to_lowercase()))
}

/// `Dit verhaal niet plaatsen`: nothing but the wish and small words.
fn asks(piece: &[&str]) -> bool {
    KEEP.iter().any(|wish| {
        let at = piece.windows(wish.len()).position(|words| words == *wish);
        at.is_some_and(|at| {
            let behind = piece.get(at + wish.len()..).unwrap_or_default();
            let around = piece.iter().take(at).chain(behind);
            around.into_iter().all(|word| SMALL.contains(word))
        })
    })
}

/// `Noor heeft haar verhaal ingetrokken`, `Sam trekt zijn toestemming in`.
fn takes_back(piece: &[&str]) -> bool {
    let what = |word: &&str| WHAT.contains(word);
    let back =
        |word: &&str| BACK.contains(word) || *word == "withdrew" || *word == "withdraws";
    let near = piece.iter().position(back).is_some_and(|at| {
        let from = at.saturating_sub(3);
        piece.iter().skip(from).take(6).any(what)
    });
    let pulls =
        piece.iter().any(|word| matches!(*word, "trek" | "trekt" | "trok" | "trekken"));
    near || (pulls && piece.contains(&"in") && piece.iter().any(what))
}

/// Tells whether what somebody noted behind a key takes a yes back.
pub fn value(value: &str) -> bool {
    let folded = fold(value);
    let words = words_of(&folded);
    words
        .iter()
        .any(|word| BACK.contains(word) || matches!(*word, "withdrew" | "withdraws"))
        || takes_back(&words)
        || line(value)
        || [
            "wil niet meer",
            "wil het niet meer",
            "heeft zich bedacht",
            "changed their mind",
        ]
        .iter()
        .any(|said| folded.contains(said))
}

/// Tells whether a remark begins with a word that takes back: `# ingetrokken 4 mei`.
pub fn begins(remark: &str) -> bool {
    let folded = fold(remark);
    words_of(&folded).first().is_some_and(|first| BACK.contains(first)) && line(remark)
}

/// Tells whether what somebody noted behind a key says that the yes is not whole: `Jo wil
/// toch niet`, `wacht op akkoord`.
pub fn doubts(value: &str) -> bool {
    const NOT: [&[&str]; 9] = [
        &["wil", "niet"],
        &["wil", "toch", "niet"],
        &["wil", "het", "niet"],
        &["wil", "het", "toch", "niet"],
        &["wil", "dit", "niet"],
        &["mag", "niet"],
        &["liever", "niet"],
        &["nog", "niet"],
        &["not", "yet"],
    ];
    const WAITS: [&str; 7] =
        ["wacht", "wachten", "wachtend", "afwachting", "waiting", "pending", "later"];
    let folded = fold(value);
    let words = words_of(&folded);
    let starts = words.iter().take(2).any(|word| WAITS.contains(word));
    starts || NOT.iter().any(|not| words.windows(not.len()).any(|some| some == *not))
}

/// Words in a name that keep what has it inside, when they stand at its start or its end
/// or between brackets.
const ROUGH: [&str; 18] = [
    "vervallen",
    "prullenbak",
    "trash",
    "werkversie",
    "concept",
    "conceptversie",
    "klad",
    "kladversie",
    "draft",
    "ingetrokken",
    "withdrawn",
    "teruggetrokken",
    "vertrouwelijk",
    "confidential",
    "prive",
    "geheim",
    "wip",
    "private",
];

/// Small words that make a name of such a word: `concept van herstel`, `een concept`.
const JOINS: [&str; 36] = [
    "van", "of", "voor", "for", "in", "en", "and", "met", "with", "is", "als", "as",
    "het", "een", "de", "the", "a", "an", "dit", "this", "ons", "our", "nieuw", "new",
    "om", "op", "on", "to", "bij", "geen", "no", "wat", "what", "tot", "uit", "over",
];

/// Tells whether the name of a file or a folder, without its extension, keeps what has it
/// inside.
pub fn name(name: &str) -> bool {
    let folded = fold(&seen(name));
    let words = words_of(&folded);
    if KEEP.iter().any(|wish| words.windows(wish.len()).any(|some| some == *wish)) {
        return true;
    }
    let number = |word: &&&str| {
        let bare = word.strip_prefix('v').unwrap_or(word);
        !bare.is_empty() && bare.chars().all(char::is_numeric)
    };
    let lead = words.iter().take_while(number).count();
    let tail = words.iter().rev().take_while(number).count();
    let core = words.get(lead..words.len().saturating_sub(tail)).unwrap_or_default();
    let rough = |word: &&str| {
        let bare = word.trim_end_matches(char::is_numeric);
        ROUGH.contains(&bare)
    };
    let joins = |word: Option<&&str>| word.is_some_and(|word| JOINS.contains(word));
    let first = core.first().is_some_and(rough) && !joins(core.get(1));
    let before = core.len().checked_sub(2).and_then(|at| core.get(at));
    let last = core.last().is_some_and(rough) && !joins(before);
    first || last || shouts(name) || bracketed(&folded)
}

/// `CONCEPT van ons boekje`: capitals among other letters are a stamp.
pub(super) fn shouts(name: &str) -> bool {
    let words =
        || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let low = |word: &str| word.chars().any(char::is_lowercase);
    let stamp = |word: &str| !low(word) && ROUGH.contains(&fold(word).as_str());
    words().any(low)
        && (words().next().is_some_and(stamp)
            || words().next_back().is_some_and(stamp)
            || name.split(['-', '–', '—']).any(|piece| stamp(piece.trim())))
}

/// Tells whether a sentence asks for the text it stands in: `Deze mag NIET op de site.`
pub(super) fn asks_here(words: &str) -> bool {
    const WISHES: [&str; 6] = [
        "mag niet op de site",
        "mag niet op de website",
        "mag niet online",
        "mag niet op internet",
        "mag niet gepubliceerd",
        "mag niet naar buiten",
    ];
    const LONGEST: usize = 100;
    if words.len() > LONGEST {
        return false;
    }
    // Most lines have no such word, and need no folding to know it.
    let may = |words: &str| {
        let bytes = words.as_bytes();
        let mut starts = memchr::memchr2_iter(b'm', b'M', bytes);
        let is = |word: &[u8]| word.eq_ignore_ascii_case(b"mag ");
        starts.any(|at| bytes.get(at..at + 4).is_some_and(is))
    };
    if words.is_ascii() && !may(words) {
        return false;
    }
    let folded = fold(words);
    if !may(&folded) {
        return false;
    }
    let folded = folded.replace("mag nog niet", "mag niet");
    let here = |word: &str| matches!(word, "dit" | "deze" | "dit verhaal" | "deze tekst");
    folded.split(['.', '!', ',', ';', '(', ')']).any(|piece| {
        let piece = piece.trim();
        let wish = WISHES.iter().find_map(|wish| piece.split_once(wish));
        wish.is_some_and(|(before, _)| before.trim().is_empty() || here(before.trim()))
    })
}

fn bracketed(folded: &str) -> bool {
    brackets(folded)
        .any(|inside| words_of(inside).first().is_some_and(|word| ROUGH.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_take_a_text_back() {
        for words in [
            "INGETROKKEN",
            "Ingetrokken op 3 mei 2026",
            "INGETROKKEN 3 mei — niet plaatsen!",
            "INGETROKKEN door Noor, niet plaatsen!",
            "Withdrawn",
            "⚠️ INGETROKKEN ⚠️",
            "Niet plaatsen!",
            "Let op! Niet plaatsen",
            "Dit verhaal niet plaatsen!",
            "Toestemming ingetrokken op 3 mei",
            "Dit verhaal is ingetrokken.",
            "Noor heeft haar verhaal ingetrokken. Niet plaatsen!",
            "Please do not publish",
            "Sam trekt zijn toestemming in",
            "INGETROKKEN: dit verhaal niet plaatsen",
        ] {
            assert!(line(words), "{words}");
        }
        for words in [
            "Ingetrokken wetten zijn er ook",
            "Mijn vader heeft zijn jas ingetrokken",
            "Je kunt kinderen niet plaatsen",
            "Er waren geen plaatsen meer",
            "Dit verhaal trok iedereen aan",
            "Wij publiceren elke week",
        ] {
            assert!(!line(words), "{words}");
        }
        for note in [
            "Noor heeft het ingetrokken op 3 mei",
            "withdrawn by Noor",
            "niet plaatsen!",
            "Sam wil niet meer dat dit op de site staat",
        ] {
            assert!(value(note), "{note}");
        }
        assert!(!value("mooi verhaal") && !value("geplaatst op de site"));
    }

    #[test]
    fn names_that_keep_inside() {
        for one in [
            "Verhaal NIET PLAATSEN",
            "niet-plaatsen verslag",
            "verslag_niet_plaatsen",
            "verslag-CONCEPT",
            "CONCEPT van ons boekje",
            "concept-verslag",
            "verslag (concept)",
            "verslag [concept 2] nieuw",
            "verslag INGETROKKEN",
            "report-draft",
            "concept2 verslag",
            "01-concept-verslag",
            "concept",
            "verslag concept 2026-01-03",
            "verslag v2 concept",
            "do-not-publish report",
        ] {
            assert!(name(one), "{one}");
        }
        for one in [
            "conceptueel",
            "concept van herstel",
            "herstel als concept in zorg",
            "drafting rules",
            "draftsman",
            "Nederlandse plaatsen",
            "niet plaatselijk",
            "de ingetrokken wet van 2015",
            "een concept",
            "",
        ] {
            assert!(!name(one), "{one}");
        }
    }
}
