//! Titles that name whose story a text is: `Het verhaal van Noor`, `Dirk's story`.
//!
//! [`names`] is the entry. A title like `Over verhalen` names nobody.

use crate::text::fold;

const STORY: [&str; 8] = [
    "verhaal",
    "levensverhaal",
    "ervaringsverhaal",
    "ervaring",
    "ervaringen",
    "story",
    "experience",
    "experiences",
];

/// Words behind `verhaal van` that are no name.
const NOBODY: [&str; 30] = [
    "de", "het", "een", "the", "a", "an", "ons", "onze", "our", "deze", "dit", "this",
    "ouders", "jongeren", "kinderen", "anderen", "others", "change", "mensen", "people",
    "families", "gezinnen", "iedereen", "alle", "all", "hoop", "hope", "je", "your",
    "thuis",
];

/// Tells whether a title or the name of a file names whose story it is.
pub fn names(title: &str) -> bool {
    let all: Vec<&str> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .skip_while(|word| word.chars().all(char::is_numeric))
        .take(9)
        .collect();
    if all.len() > 7 {
        return false;
    }
    // In the name of a file nothing needs a capital.
    let low = !title.chars().any(char::is_uppercase);
    let name = |word: &str| {
        let first = word.chars().next().unwrap_or('1');
        first.is_alphabetic()
            && (low || first.is_uppercase())
            && !NOBODY.contains(&fold(word).as_str())
    };
    let story = |word: &str| STORY.contains(&fold(word).as_str());
    let of = |word: &str| matches!(fold(word).as_str(), "van" | "of" | "door" | "by");
    match all.as_slice() {
        [whose, "s" | "S", last] => name(whose) && story(last),
        [whose, last] if story(last) => name(whose) && fold(whose).ends_with('s'),
        words => words.windows(3).take(2).any(|three| match three {
            [first, second, third] => story(first) && of(second) && name(third),
            _ => false,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_story() {
        for title in [
            "Verhaal van Dirk",
            "Het verhaal van Noor",
            "Dirk's story",
            "Story of Dirk",
            "Ervaring van Sam",
            "01-verhaal-van-dirk",
            "The story of Dirk",
            "Dirks verhaal",
        ] {
            assert!(names(title), "{title}");
        }
        for title in [
            "Verhalen",
            "Over verhalen",
            "Het verhaal van 1Gezin1Plan",
            "Het verhaal van de methode",
            "het-verhaal-van-de-methode",
            "Ons verhaal",
            "Ervaring van anderen",
            "Story of change",
            "Een verhaal schrijven",
            "",
        ] {
            assert!(!names(title), "{title}");
        }
    }
}
