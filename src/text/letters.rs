//! What letters tell about a language: people paste a sentence in Arabic or Ukrainian and
//! do not say so, and who hears the page needs another voice for it.

/// A way of writing, as far as languages can be told from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Arabic,
    Cyrillic,
    Hebrew,
    Greek,
    Thai,
    Hangul,
    Han,
    Other,
}

/// All of them, in the order of their numbers.
const SCRIPTS: [Script; 9] = [
    Script::Latin,
    Script::Arabic,
    Script::Cyrillic,
    Script::Hebrew,
    Script::Greek,
    Script::Thai,
    Script::Hangul,
    Script::Han,
    Script::Other,
];

/// Tells whether words hold a letter that is not Latin.
pub fn has_foreign(words: &str) -> bool {
    // No such letter begins with another byte. All are looked at without a stop: that is
    // quicker than to stop at once.
    let begins = |byte: u8| matches!(byte, 0xcd..=0xe1 | 0xe3..=0xf0);
    words.bytes().fold(false, |found, byte| found | begins(byte))
        && words.chars().any(|c| c.is_alphabetic() && script(c) != Script::Latin)
}

/// Returns the language that most letters of a line are of, when they are not the letters
/// of `lang`. `None` where letters alone do not tell.
pub fn spoken(words: &str, lang: &str) -> Option<&'static str> {
    let mut counts = [0_usize; SCRIPTS.len()];
    for letter in words.chars().filter(|letter| letter.is_alphabetic()) {
        counts[script(letter) as usize] += 1;
    }
    let all: usize = counts.iter().sum();
    let most = SCRIPTS.into_iter().find(|&one| counts[one as usize] * 2 > all)?;
    let has = |letters: &str| words.contains(|letter| letters.contains(letter));
    let told = match most {
        Script::Latin | Script::Other => None,
        // Letters that Arabic does not have.
        Script::Arabic if has("ټډړږښۍ") => Some("ps"),
        Script::Arabic if has("ٹڈڑںےہ") => Some("ur"),
        Script::Arabic if has("ێۆڵڕ") => Some("ckb"),
        Script::Arabic if has("پچژگ") => Some("fa"),
        Script::Arabic => Some("ar"),
        Script::Cyrillic if has("іїєґІЇЄҐ") && !has("ўЎ") => Some("uk"),
        Script::Cyrillic if has("ыэёЫЭЁ") && !has("ўЎіІ") => Some("ru"),
        Script::Cyrillic => None,
        Script::Hebrew => Some("he"),
        Script::Greek => Some("el"),
        Script::Thai => Some("th"),
        Script::Hangul => Some("ko"),
        Script::Han if words.chars().any(is_kana) => Some("ja"),
        Script::Han => Some("zh"),
    };
    told.filter(|_| script_of(lang) != most)
}

/// Returns the letters a language is mostly written with.
fn script_of(lang: &str) -> Script {
    match lang {
        "ar" | "fa" | "ur" | "ps" | "sd" | "ug" | "ckb" | "prs" => Script::Arabic,
        "uk" | "ru" | "bg" | "sr" | "mk" | "be" | "kk" | "ky" | "tg" | "mn" | "ce"
        | "tt" | "os" | "cv" => Script::Cyrillic,
        "he" | "yi" => Script::Hebrew,
        "el" => Script::Greek,
        "th" => Script::Thai,
        "ko" => Script::Hangul,
        "zh" | "ja" => Script::Han,
        "am" | "ti" | "hi" | "ne" | "mr" | "bn" | "pa" | "gu" | "ta" | "te" | "ml"
        | "kn" | "si" | "my" | "km" | "lo" | "ka" | "hy" | "dv" | "arc" | "bo" => {
            Script::Other
        }
        _ => Script::Latin,
    }
}

fn script(letter: char) -> Script {
    match letter {
        '\u{0}'..='\u{24f}'
        | '\u{250}'..='\u{36f}'
        | '\u{1d00}'..='\u{1eff}'
        | '\u{2000}'..='\u{2bff}'
        | '\u{a720}'..='\u{a7ff}'
        | '\u{fb00}'..='\u{fb06}'
        | '\u{ff00}'..='\u{ff5f}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => Script::Hebrew,
        '\u{600}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{8a0}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' => Script::Arabic,
        '\u{e00}'..='\u{e7f}' => Script::Thai,
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => Script::Hangul,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
            Script::Han
        }
        letter if is_kana(letter) => Script::Han,
        _ => Script::Other,
    }
}

fn is_kana(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_a_language_or_nothing() {
        for (words, told) in [
            ("مرحبا بكم", Some("ar")),
            ("چطور هستید؟", Some("fa")),
            ("آپ کیسے ہیں", Some("ur")),
            ("Ласкаво просимо, її зробили", Some("uk")),
            ("Мы рады", Some("ru")),
            ("Здравей", None),
            ("שלום", Some("he")),
            ("Καλημέρα", Some("el")),
            ("สวัสดี", Some("th")),
            ("안녕하세요", Some("ko")),
            ("これは日本語です", Some("ja")),
            ("这是中文", Some("zh")),
            ("ሰላም", None),
            ("Zij zei: نعم", None),
            ("één – “ja” 😀 ½ Việt", None),
            ("", None),
        ] {
            assert_eq!(spoken(words, "nl"), told, "{words}");
        }
        // A text in Persian may hold a line without one of its own letters.
        assert_eq!(spoken("سلام", "fa"), None);
        assert_eq!(spoken("Мы рады", "bg"), None);
        assert_eq!(spoken("Мы рады", "ar"), Some("ru"));
    }

    #[test]
    fn what_is_foreign_is_seen_quickly() {
        for words in ["їжак", "שלום", "好", "ሰላም", "ﷲ", "Ω"] {
            assert!(has_foreign(words), "{words}");
        }
        assert!(!has_foreign("één – “ja” ½ 😀 Việt ① ﬁ … ⁂"));
    }
}
