//! Titles that name whose story a text is: `Het verhaal van Noor`, `Dirk's story`,
//! `Mijn verhaal`, `Interview met Noor`, `Het verhaal van een jonge moeder`.
//!
//! [`names`] is the entry. A title like `Over verhalen` or `Ons verhaal` names nobody.

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

/// Stories that are somebody's by their very name.
const OWN: [&str; 2] = ["ervaringsverhaal", "levensverhaal"];

/// Words behind a story that say what one does with it.
const DOING: [&str; 32] = [
    "schrijven",
    "vertellen",
    "delen",
    "lezen",
    "maken",
    "insturen",
    "opschrijven",
    "plaatsen",
    "sturen",
    "toevoegen",
    "aanleveren",
    "voorbeeld",
    "sjabloon",
    "tips",
    "hulp",
    "uitleg",
    "kring",
    "write",
    "writing",
    "tell",
    "telling",
    "share",
    "sharing",
    "read",
    "reading",
    "example",
    "template",
    "circle",
    "board",
    "time",
    "telt",
    "formulier",
];

/// People a story may be of without a name.
const PEOPLE: [&str; 44] = [
    "moeder",
    "vader",
    "ouder",
    "mama",
    "papa",
    "oma",
    "opa",
    "jongere",
    "kind",
    "meisje",
    "meid",
    "jongen",
    "dochter",
    "zoon",
    "broer",
    "broertje",
    "zus",
    "zusje",
    "tante",
    "oom",
    "pleegmoeder",
    "pleegvader",
    "pleegouder",
    "pleegkind",
    "gezin",
    "vrouw",
    "man",
    "tiener",
    "puber",
    "mother",
    "father",
    "parent",
    "mum",
    "mom",
    "dad",
    "child",
    "girl",
    "boy",
    "daughter",
    "son",
    "teenager",
    "family",
    "woman",
    "ervaringsdeskundige",
];

/// Words between `verhaal van` and those people.
const BEFORE: [&str; 9] = ["een", "de", "het", "a", "an", "the", "mijn", "my", "onze"];

/// Words behind `verhaal van` that are no name.
const NOBODY: [&str; 35] = [
    "de", "het", "een", "the", "a", "an", "ons", "onze", "our", "deze", "dit", "this",
    "ouders", "jongeren", "kinderen", "anderen", "others", "change", "mensen", "people",
    "families", "gezinnen", "iedereen", "alle", "all", "hoop", "hope", "je", "your",
    "thuis", "gemeente", "wijkteam", "school", "mij", "me",
];

/// More words than this are a sentence.
const MOST_WORDS: usize = 8;

/// Tells whether a title or the name of a file names whose story it is.
pub fn names(title: &str) -> bool {
    let all: Vec<&str> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .skip_while(|word| word.chars().all(char::is_numeric))
        .take(MOST_WORDS + 1)
        .collect();
    if all.len() > MOST_WORDS {
        return false;
    }
    // In the name of a file nothing needs a capital.
    let low = !title.chars().any(char::is_uppercase);
    let folded: Vec<String> = all.iter().map(|word| fold(word)).collect();
    let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
    let name = |at: usize| {
        let first = all.get(at).and_then(|word| word.chars().next()).unwrap_or('1');
        let known = |word: &&str| NOBODY.contains(word) || DOING.contains(word);
        first.is_alphabetic()
            && (low || first.is_uppercase())
            && !folded.get(at).is_some_and(known)
    };
    match folded.as_slice() {
        [_, "s", last] if STORY.contains(last) => return name(0),
        [whose, last] if STORY.contains(last) && whose.ends_with('s') && name(0) => {
            return true;
        }
        _ => {}
    }
    // An article may stand before it.
    let from = folded.first().is_some_and(|word| BEFORE.contains(word) && !is_mine(word));
    let from = usize::from(from);
    let rest = folded.get(from..).unwrap_or_default();
    match rest {
        [mine, story, rest @ ..] if is_mine(mine) && STORY.contains(story) => {
            !rest.first().is_some_and(|word| DOING.contains(word))
        }
        [story, rest @ ..] if OWN.contains(story) => {
            !rest.first().is_some_and(|word| DOING.contains(word))
        }
        ["interview", "met" | "with", rest @ ..] => name(from + 2) || person(rest),
        [story, "van" | "of" | "door" | "by", rest @ ..] if STORY.contains(story) => {
            name(from + 2) || person(rest)
        }
        // `Verhaal Noor`
        [story, _] if STORY.contains(story) && !story.ends_with("en") => name(from + 1),
        _ => false,
    }
}

fn is_mine(word: &str) -> bool {
    matches!(word, "mijn" | "my")
}

/// Tells whether words begin with somebody: `een moeder`, `a young mother`.
fn person(words: &[&str]) -> bool {
    match words {
        [before, rest @ ..] if BEFORE.contains(before) => {
            rest.iter().take(2).any(|word| PEOPLE.contains(word))
        }
        _ => false,
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
            "Mijn verhaal",
            "mijn-verhaal",
            "My story",
            "Mijn verhaal: weg van huis",
            "verhaal Noor",
            "verhaal-noor",
            "Verhaal Noor",
            "Ervaringsverhaal",
            "Ervaringsverhaal over weglopen van huis",
            "Een ervaringsverhaal van thuis",
            "Het verhaal van een moeder",
            "Het verhaal van een jonge vader uit Almelo",
            "het-verhaal-van-een-jongere",
            "A story of a young mother",
            "Interview met Noor",
            "interview-met-noor",
            "Interview with Dirk",
            "Een interview met een moeder",
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
            "een-verhaal-schrijven",
            "verhaal-schrijven",
            "Verhaal Schrijven",
            "Mijn verhaal delen",
            "Mijn plan",
            "Ervaringsverhalen",
            "Ervaringen Delen",
            "Our story",
            "Het verhaal van de gemeente",
            "Interview met de gemeente",
            "Interview met mensen",
            "Interviews",
            "Waarom het verhaal telt",
            "Het verhaal van een methode die in het land werkt",
            "Mijn verhaal is niet zomaar een verhaal voor iedereen",
            "",
        ] {
            assert!(!names(title), "{title}");
        }
    }
}
