//! The headings of a plan, a tip, a goal: what they are about.

use super::abroad;
use crate::lang::{self, Lang};
use crate::model::{Inline, Role, plain};
use crate::text::{Known, fold};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// A heading people may type for a role; folded, without marks at the end.
type Row = (Role, &'static [&'static str]);

/// Headings of a plan, Dutch first. Order does not matter; none is required.
const PLAN: &[Row] = &[
    (
        Role::People,
        &[
            "wie doen mee",
            "wie doet mee",
            "wie zijn wij",
            "who takes part",
            "who is involved",
            "people",
        ],
    ),
    (
        Role::Question,
        &[
            "onze vraag",
            "waar draait het om",
            "de vraag",
            "mijn vraag",
            "our question",
            "what it is about",
        ],
    ),
    (Role::Questions, &["drie vragen", "de drie vragen", "three questions"]),
    (
        Role::Strengths,
        &[
            "wat gaat goed",
            "wat gaat er goed",
            "wat al goed gaat",
            "what goes well",
            "what is going well",
            "strengths",
        ],
    ),
    (
        Role::Worries,
        &[
            "waar maken we ons zorgen over",
            "waar maken wij ons zorgen over",
            "zorgen",
            "onze zorgen",
            "what worries us",
            "what we worry about",
            "worries",
        ],
    ),
    (Role::LifeAreas, &["leefgebieden", "life areas", "life domains"]),
    (
        Role::Goals,
        &[
            "wensen en doelen",
            "doelen",
            "wensen",
            "doelen en wensen",
            "wishes and goals",
            "goals",
            "goals and wishes",
        ],
    ),
    (Role::Agreements, &["afspraken", "onze afspraken", "agreements", "our agreements"]),
    (
        Role::Signs,
        &[
            "als het even niet gaat",
            "als het niet gaat",
            "signalen",
            "signaleringsplan",
            "crisis",
            "when things are hard",
            "when it does not go well",
            "warning signs",
        ],
    ),
    (
        Role::Reviews,
        &[
            "wanneer kijken we terug",
            "terugkijken",
            "kijk terug",
            "when do we look back",
            "when we look back",
            "reviews",
        ],
    ),
    (Role::Log, &["logboek", "log", "logbook", "diary"]),
    (
        Role::Different,
        &[
            "wat anders liep en wat we leerden",
            "wat we leerden",
            "wat anders liep",
            "what went differently and what we learned",
            "what we learned",
        ],
    ),
];

/// Headings of the three questions, also per person ("aan Noor").
const QUESTIONS: &[Row] = &[
    (
        Role::Important,
        &[
            "wat vind jij belangrijk",
            "wat vinden jullie belangrijk",
            "wat is belangrijk",
            "what matters to you",
            "what is important to you",
        ],
    ),
    (
        Role::Needs,
        &[
            "wat heb jij nodig",
            "wat hebben jullie nodig",
            "wat is nodig",
            "what do you need",
        ],
    ),
    (
        Role::Solution,
        &[
            "wat zie jij zelf als oplossing",
            "wat zien jullie zelf als oplossing",
            "wat zie jij als oplossing",
            "what do you see as a solution",
            "what do you think would help",
        ],
    ),
];

/// Headings inside "als het even niet gaat"; the first word decides.
const SIGNS: &[Row] = &[
    (Role::Green, &["groen", "green"]),
    (Role::Orange, &["oranje", "orange", "amber"]),
    (Role::Red, &["rood", "red"]),
];

/// Headings of a tip.
const TIP: &[Row] = &[
    (Role::ThisWay, &["zo kan het", "like this", "how to do it"]),
    (Role::RatherNot, &["liever niet", "rather not", "better not"]),
    (Role::TryThis, &["probeer eens", "probeer dit", "try this"]),
];

/// Returns what a heading of a plan is about. `parent` is the role of the part it stands
/// in: colours count only under the signs, any heading under the goals is a goal.
pub fn plan_role(title: &str, parent: Role) -> Role {
    let title = bare(title);
    match parent {
        Role::Signs => SIGNS
            .iter()
            .find(|(_, names)| names.iter().any(|name| starts_with_word(&title, name)))
            .map(|(role, _)| *role)
            .or_else(|| spoken().get(first_word(&title)).filter(|role| is_sign(*role)))
            .unwrap_or_default(),
        Role::Goals => Role::Goal,
        Role::Goal => Role::Free,
        _ => {
            let ours =
                || said(&title).filter(|role| !is_sign(*role) && !is_of_tip(*role));
            find(&QUESTIONS_SET, &title)
                .or_else(|| top_role(&title))
                .or_else(ours)
                .unwrap_or_default()
        }
    }
}

/// Returns what a heading of a tip is about.
pub fn tip_role(title: &str) -> Role {
    let title = bare(title);
    let ours = || said(&title).filter(|role| is_of_tip(*role));
    find(&TIP_SET, &title).or_else(ours).unwrap_or_default()
}

/// Every role with a word of ours: what a part is called that has no heading of its own.
const NAMED: [Role; 20] = [
    Role::People,
    Role::Question,
    Role::Questions,
    Role::Important,
    Role::Needs,
    Role::Solution,
    Role::Strengths,
    Role::Worries,
    Role::LifeAreas,
    Role::Goals,
    Role::Agreements,
    Role::Signs,
    Role::Green,
    Role::Orange,
    Role::Red,
    Role::Reviews,
    Role::Log,
    Role::ThisWay,
    Role::RatherNot,
    Role::TryThis,
];

fn is_of_tip(role: Role) -> bool {
    matches!(role, Role::ThisWay | Role::RatherNot | Role::TryThis)
}

fn is_sign(role: Role) -> bool {
    matches!(role, Role::Green | Role::Orange | Role::Red)
}

/// Headings in the words of all our languages, folded and bare.
struct Spoken {
    roles: HashMap<String, Role>,
    /// The first word of each: most headings begin with none of them.
    first: HashSet<String>,
}

impl Spoken {
    fn new() -> Self {
        let langs = lang::ours();
        let own = langs.flat_map(|lang| {
            NAMED.map(|role| {
                let key = format!("role.{}", role.name());
                (bare(lang.words().get(&key)), role)
            })
        });
        let abroad = abroad::headings().map(|(role, words)| (bare(words), role));
        let roles: HashMap<String, Role> = abroad.chain(own).collect();
        let first = roles.keys().map(|words| first_word(words).to_string()).collect();
        Spoken { roles, first }
    }

    fn get(&self, words: &str) -> Option<Role> {
        self.roles.get(words).copied()
    }
}

fn spoken() -> &'static Spoken {
    static WORDS: OnceLock<Spoken> = OnceLock::new();
    WORDS.get_or_init(Spoken::new)
}

fn first_word(words: &str) -> &str {
    words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// Returns what a bare heading in any of our languages is about: the heading as it stands,
/// or one of more words with others behind it (`Drei Fragen an Mila`).
fn said(title: &str) -> Option<Role> {
    let spoken = spoken();
    if !spoken.first.contains(first_word(title)) {
        return None;
    }
    let gaps = title.char_indices().filter(|(_, c)| !c.is_alphanumeric() && *c != '\'');
    let starts = gaps.map(|(at, _)| title[..at].trim_end());
    std::iter::once(title)
        .chain(starts.filter(|start| start.contains(' ')))
        .find_map(|start| spoken.get(start))
}

/// Returns a heading of a plan in the words of its language, when it was typed exactly as one
/// of the Dutch or English headings we know, in a text of another language we have words in:
/// who listens hears one language, and who reads from the right no question mark in front.
/// Of a sign (`Groen: …`) that is its first word; the rest stays as it was typed.
pub fn title_in(lang: &Lang, role: Role, title: &[Inline]) -> Option<String> {
    let tag = lang.primary();
    let knows =
        |tag: &str| !matches!(tag, "nl" | "en") && lang::written().any(|own| own == tag);
    if !knows(tag) || !NAMED.contains(&role) {
        return None;
    }
    let typed = plain(title);
    let mut rows = PLAN.iter().chain(QUESTIONS).chain(SIGNS).chain(TIP);
    let names = rows.find(|(own, _)| *own == role).map(|(_, names)| *names)?;
    let key = format!("role.{}", role.name());
    let own = lang.words().get(&key);
    if names.contains(&bare(&typed).as_str()) {
        return Some(own.to_string());
    }
    // With marks inside, as a link, a title stays whole.
    let word = typed.trim().split(|c: char| !c.is_alphanumeric()).next()?;
    let rest = typed.trim().strip_prefix(word)?;
    (is_sign(role) && title.len() == 1 && names.contains(&fold(word).as_str()))
        .then(|| format!("{own}{rest}"))
}

fn top_role(title: &str) -> Option<Role> {
    if let Some(role) = find(&PLAN_SET, title) {
        return Some(role);
    }
    // "Voor school", "For work": a part for one place.
    ["voor ", "for "]
        .iter()
        .any(|word| title.strip_prefix(word).is_some_and(|rest| !rest.contains(' ')))
        .then_some(Role::ForPlace)
}

/// Headings, and the ones a slip may lead to, folded once.
struct Set {
    rows: &'static [Row],
    near: OnceLock<Known<'static>>,
}

static PLAN_SET: Set = Set { rows: PLAN, near: OnceLock::new() };
static QUESTIONS_SET: Set = Set { rows: QUESTIONS, near: OnceLock::new() };
static TIP_SET: Set = Set { rows: TIP, near: OnceLock::new() };

impl Set {
    fn names(&self) -> impl Iterator<Item = (Role, &'static str)> {
        self.rows.iter().flat_map(|(role, names)| names.iter().map(|name| (*role, *name)))
    }

    fn nearest(&self, title: &str) -> Option<&'static str> {
        let long = || self.names().map(|(_, name)| name).filter(|name| name.len() > 5);
        self.near.get_or_init(|| Known::new(long())).nearest(title)
    }
}

/// Finds an exact heading, one followed by more words ("drie vragen aan Noor"), or one a
/// slip of the finger away.
fn find(set: &'static Set, title: &str) -> Option<Role> {
    let row = set
        .names()
        .find(|(_, name)| *name == title)
        .or_else(|| {
            let more = |name: &str| starts_with_word(title, name) && name.contains(' ');
            set.names().find(|(_, name)| more(name))
        })
        .or_else(|| {
            let near = set.nearest(title)?;
            set.names().find(|(_, name)| *name == near)
        });
    row.map(|(role, _)| role)
}

fn starts_with_word(title: &str, name: &str) -> bool {
    // Most begin with another letter: known without a call.
    title.as_bytes().first() == name.as_bytes().first()
        && title
            .strip_prefix(name)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Folds a heading and strips numbers in front ("1. ") and marks behind.
fn bare(title: &str) -> String {
    let folded = fold(title.trim());
    let start = folded.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '.' | ')' | ' ' | '-')
    });
    let bare = if start.is_empty() { &folded } else { start };
    let bare = bare.trim_end_matches(['?', '!', '.', ':', ' ', '…', '؟', '\u{a0}']);
    without_articles(bare)
}

/// Takes the article off Arabic nouns: who types `الاتفاقات` means `اتفاقات`.
fn without_articles(title: &str) -> String {
    const ARTICLE: &str = "ال";
    if !title.contains(ARTICLE) {
        return title.to_string();
    }
    let noun = |word: &str| {
        let (and, word) = match word.strip_prefix('و') {
            Some(rest) if rest.starts_with(ARTICLE) => ("و", rest),
            _ => ("", word),
        };
        let long = |rest: &&str| rest.chars().count() > 2;
        format!("{and}{}", word.strip_prefix(ARTICLE).filter(long).unwrap_or(word))
    };
    title.split(' ').map(noun).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_the_sample() {
        let role = |title| plan_role(title, Role::Free);
        assert_eq!(role("Wie doen mee"), Role::People);
        assert_eq!(role("Drie vragen aan Noor"), Role::Questions);
        assert_eq!(role("Wat vinden jullie belangrijk?"), Role::Important);
        assert_eq!(role("Waar maken we ons zorgen over?"), Role::Worries);
        assert_eq!(role("Voor school"), Role::ForPlace);
        assert_eq!(role("Afspraaken"), Role::Agreements);
        assert_eq!(role("Geld"), Role::Free);
        assert_eq!(plan_role("Oranje: hieraan merken we", Role::Signs), Role::Orange);
        assert_eq!(plan_role("Rustige ochtenden", Role::Goals), Role::Goal);
        assert_eq!(tip_role("Zo kan het"), Role::ThisWay);
    }

    #[test]
    fn headings_with_words_behind_them_in_all_our_languages() {
        for (words, role) in &spoken().roles {
            assert_eq!(said(words), Some(*role), "{words}");
            let more = said(&format!("{words} mila"));
            assert_eq!(more.is_some(), words.contains(' '), "{words}");
            assert_eq!(said(&format!("x{words}")), None, "{words}");
        }
    }

    #[test]
    fn headings_in_all_our_languages() {
        for lang in lang::ours() {
            for role in NAMED {
                let key = format!("role.{}", role.name());
                let parent = if is_sign(role) { Role::Signs } else { Role::Free };
                let title = lang.words().get(&key);
                let found = match is_of_tip(role) {
                    true => tip_role(title),
                    false => plan_role(title, parent),
                };
                assert_eq!(found, role, "{title}");
            }
        }
    }

    #[test]
    fn other_forms_in_all_our_languages() {
        let role = |title| plan_role(title, Role::Free);
        assert_eq!(role("Absprachen"), Role::Agreements);
        assert_eq!(role("Die drei Fragen an Mila"), Role::Questions);
        assert_eq!(role("الاتفاقات"), Role::Agreements);
        assert_eq!(role("الأمنيات والأهداف"), Role::Goals);
        assert_eq!(role("ما الذي يسير جيدا؟"), Role::Strengths);
        assert_eq!(role("De quoi avez-vous besoin ?"), Role::Needs);
        assert_eq!(plan_role("Grün: so geht es Mila gut", Role::Signs), Role::Green);
        assert_eq!(plan_role("أحمر", Role::Signs), Role::Red);
        // A heading of a tip is none of a plan.
        assert_eq!(role("Probier mal"), Role::Free);
        for (title, role) in [
            ("So geht es", Role::ThisWay),
            ("Dene", Role::TryThis),
            ("Spróbuj", Role::TryThis),
            ("Краще не", Role::RatherNot),
            ("Wer macht mit", Role::Free),
        ] {
            assert_eq!(tip_role(title), role, "{title}");
        }
    }

    #[test]
    fn known_headings_are_said_in_the_language_of_the_text() {
        let said = |tag, role, typed: &str| {
            let kind = crate::model::InlineKind::Text(typed.into());
            let title = [Inline { span: Default::default(), kind }];
            title_in(&Lang::read(tag).expect("ours"), role, &title)
        };
        let agreements = said("de", Role::Agreements, "Afspraken");
        assert_eq!(agreements.as_deref(), Some("Vereinbarungen"));
        assert_eq!(said("de", Role::Agreements, "Unsere Vereinbarungen"), None);
        assert_eq!(said("ar", Role::Questions, "Drie vragen aan Noor"), None);
        assert_eq!(said("en", Role::Agreements, "Afspraken"), None);
        assert_eq!(said("fa", Role::Agreements, "Afspraken"), None);
        let tried = said("de", Role::TryThis, "Probeer eens");
        assert_eq!(tried.as_deref(), Some("Probier mal"));
        let green = said("ar", Role::Green, "Groen: هكذا ليلى بخير");
        assert_eq!(green.as_deref(), Some("أخضر: هكذا ليلى بخير"));
        assert_eq!(said("de", Role::Green, "Grün: so geht es gut"), None);
    }
}
