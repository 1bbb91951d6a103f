//! Letters for scripts that many e-readers lack: they come along when the book needs them.

use super::package::Item;
use crate::theme::Theme;

/// Borders and words tell voices and boxes apart; every reader keeps their own colours.
const STYLE: &str = include_str!("style.css");

/// A script: its first and last letter, the file of the theme, languages written in it.
struct Script {
    letters: std::ops::RangeInclusive<char>,
    file: &'static str,
    languages: &'static [&'static str],
}

const SCRIPTS: [Script; 3] = [
    Script {
        letters: '\u{600}'..='\u{6ff}',
        file: "NotoSansArabic-Regular.ttf",
        languages: &["ar", "fa", "ur", "ckb", "ps"],
    },
    Script {
        letters: '\u{590}'..='\u{5ff}',
        file: "NotoSansHebrew-Regular.ttf",
        languages: &["he", "yi"],
    },
    Script {
        letters: '\u{1200}'..='\u{137f}',
        file: "NotoSansEthiopic-Regular.ttf",
        languages: &["ti", "am", "tig"],
    },
];

/// Returns the style of a book with these pages, and the fonts it needs.
pub(super) fn letters<'p>(
    theme: &Theme,
    pages: impl Iterator<Item = &'p [u8]>,
) -> (String, Vec<Item>) {
    let mut needed = [false; SCRIPTS.len()];
    for page in pages {
        for c in String::from_utf8_lossy(page).chars().filter(|c| !c.is_ascii()) {
            for (script, needed) in SCRIPTS.iter().zip(&mut needed) {
                *needed |= script.letters.contains(&c);
            }
        }
    }
    let mut style = String::new();
    let mut items = Vec::new();
    for (script, _) in SCRIPTS.iter().zip(needed).filter(|(_, needed)| *needed) {
        let Some(bytes) = theme.print().font(script.file) else { continue };
        let family = script.file.split('-').next().unwrap_or_default();
        style.push_str(&format!(
            "@font-face{{font-family:\"{family}\";src:url(font/{})}}\n",
            script.file
        ));
        let languages: Vec<String> =
            script.languages.iter().map(|tag| format!(":lang({tag})")).collect();
        style.push_str(&format!(
            "{}{{font-family:\"{family}\",sans-serif}}\n",
            languages.join(",")
        ));
        items.push(Item {
            path: format!("font/{}", script.file),
            mime: "font/ttf",
            property: "",
            read: false,
            bytes: bytes.to_vec(),
        });
    }
    style.push_str(STYLE);
    (style, items)
}
