//! Titles that name whose plan a text is: `Plan van Noor`, `Familiegroepsplan fam. de Vries`.
//!
//! [`names`] is the entry. A title like `Ons plan` or `Plan van aanpak` names nobody.

use crate::text::fold;

/// Plans that only families have.
const FAMILY: [&str; 8] = [
    "familiegroepsplan",
    "familieplan",
    "gezinsplan",
    "1gezin1plan",
    "veiligheidsplan",
    "toekomstplan",
    "hulpplan",
    "steunplan",
];

/// Words between a plan and whose it is.
const OF: [&str; 5] = ["van", "voor", "of", "for", "met"];

/// Words for a family, with a name or without.
const US: [&str; 6] = ["fam", "familie", "gezin", "family", "ons", "us"];

/// What a plan may be of without being anybody's.
const NOBODY: [&str; 4] = ["aanpak", "eisen", "action", "nederland"];

/// Tells whether a title says whose plan a text is.
pub fn names(title: &str) -> bool {
    let words: Vec<&str> = title
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .collect();
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let Some(at) = folded.iter().position(|word| is_plan(word)) else { return false };
    let is_own = FAMILY.contains(&folded[at].as_str());
    let behind = folded.get(at + 1).is_some_and(|word| OF.contains(&word.as_str()));
    let whose = if behind { at + 2 } else { at + 1 };
    let Some((word, folded)) = words.get(whose).zip(folded.get(whose)) else {
        return false;
    };
    let named = word.chars().next().is_some_and(char::is_uppercase)
        && !NOBODY.contains(&folded.as_str());
    (behind || is_own) && (named || US.contains(&folded.as_str()))
}

fn is_plan(word: &str) -> bool {
    word.ends_with("plan")
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn titles_that_name_somebody() {
        for title in [
            "Plan van Noor",
            "Het plan van Noor en haar familie",
            "Plan voor ons gezin",
            "Familiegroepsplan Noor",
            "Familiegroepsplan fam. de Vries",
            "1Gezin1Plan Bilal",
            "Plan for Noor",
        ] {
            assert!(names(title), "{title}");
        }
        for title in [
            "Een plan maken",
            "Ons plan",
            "Over ons plan",
            "Plan van aanpak",
            "Plan van Eisen",
            "Familiegroepsplan",
            "Wat is een familiegroepsplan?",
            "Zo maak je een familiegroepsplan met je familie",
            "Ons plan voor een nieuwe speeltuin in de buurt",
            "Planeten",
            "Plan voor de buurt",
        ] {
            assert!(!names(title), "{title}");
        }
    }
}
