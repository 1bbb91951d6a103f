//! Which way letters run: people paste a sentence in Arabic or Hebrew and do not say so.

/// Counts the letters that run from left to right, and those from right to left.
fn ways(words: &str) -> (usize, usize) {
    let mut counted = (0, 0);
    for letter in words.chars().filter(|letter| letter.is_alphabetic()) {
        if is_rtl(letter) {
            counted.1 += 1;
        } else {
            counted.0 += 1;
        }
    }
    counted
}

/// Tells whether words hold a letter that runs from right to left.
pub fn has_rtl(words: &str) -> bool {
    // No such letter begins with another byte.
    !words.is_ascii()
        && words.bytes().any(|byte| matches!(byte, 0xd6..=0xdf | 0xe0 | 0xef | 0xf0))
        && words.chars().any(is_rtl)
}

/// Tells which way a line runs of which nobody said the language: `Some` when that is
/// another way than the text around it. `words` are those without a language of their own.
pub fn other_way(words: &str, rtl: bool) -> Option<bool> {
    let (left, right) = ways(words);
    if rtl {
        // Names and addresses in Latin letters belong to a line in Arabic.
        (right == 0 && left > 0).then_some(false)
    } else {
        (right > 2 * left).then_some(true)
    }
}

/// Tells whether a letter is Hebrew, Arabic, Syriac or of another script from right to left.
fn is_rtl(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
        && letter.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_in_another_script_runs_its_own_way() {
        assert_eq!(other_way("اتصل على 06 1234 5678.", false), Some(true));
        assert_eq!(other_way("אמא אמרה: Noor", false), None);
        assert_eq!(other_way("Zij zei: اتصل", false), None);
        assert_eq!(other_way("06 1234 5678", false), None);
        assert_eq!(other_way("belt om 9.00 uur", true), Some(false));
        assert_eq!(other_way("Joost يتصل", true), None);
        assert_eq!(other_way("0800 2000", true), None);
    }

    #[test]
    fn letters_from_right_to_left_are_found() {
        assert!(has_rtl("zeg שלום"));
        assert!(has_rtl("ﷲ"));
        assert!(!has_rtl("één – “ja” ½ 😀 їжак ሰላም 漢字"));
    }
}
