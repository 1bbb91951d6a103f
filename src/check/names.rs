//! P07: the name of somebody in a plan that is not public, on a page that is.

use super::lines::Lines;
use super::public::goes_public;
use super::rule::{Ground, Rule};
use crate::model::{BlockKind, Key, Kind, Library, Text, walk_blocks};
use crate::problem::{Code, Problem};
use crate::text::{fold, is_weekday};
use std::collections::{BTreeMap, BTreeSet};

/// Shortest name that is looked for, in letters.
const SHORTEST: usize = 3;

/// Most names told in one text.
const MOST: usize = 5;

/// Words on the lines of people that are no names, folded.
const NO_NAMES: &[&str] = &[
    "oma",
    "opa",
    "tante",
    "oom",
    "mama",
    "papa",
    "moeder",
    "vader",
    "ouder",
    "ouders",
    "broer",
    "zus",
    "broertje",
    "zusje",
    "kind",
    "kinderen",
    "jongere",
    "meester",
    "juf",
    "juffrouw",
    "mevrouw",
    "meneer",
    "buur",
    "buren",
    "buurman",
    "buurvrouw",
    "familie",
    "gezin",
    "netwerk",
    "wijkteam",
    "school",
    "mentor",
    "docent",
    "leraar",
    "huisarts",
    "voogd",
    "jeugdbescherming",
    "hulpverlener",
    "begeleider",
    "coach",
    "maatje",
    "pleegmoeder",
    "pleegvader",
    "pleegouders",
    "vriend",
    "vriendin",
    "vrienden",
    "team",
    "gemeente",
    "politie",
    "iedereen",
    "niemand",
    "het",
    "een",
    "mijn",
    "ons",
    "onze",
    "wij",
    "jij",
    "zij",
    "hij",
    "ook",
    "van",
    "voor",
    "met",
    "den",
    "der",
    "des",
    "ter",
    "ten",
    "naam",
    "plan",
    "samen",
    "soms",
    "alle",
    "nog",
    "iemand",
    "januari",
    "februari",
    "maart",
    "april",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
    "grandma",
    "grandpa",
    "gran",
    "granny",
    "grandad",
    "aunt",
    "uncle",
    "mum",
    "mom",
    "dad",
    "mother",
    "father",
    "parent",
    "parents",
    "brother",
    "sister",
    "child",
    "children",
    "teacher",
    "mister",
    "miss",
    "mrs",
    "neighbour",
    "family",
    "network",
    "friend",
    "friends",
    "social",
    "worker",
    "doctor",
    "guardian",
    "the",
    "and",
    "our",
    "her",
    "his",
    "who",
    "everyone",
    "nobody",
    "somebody",
];

struct Names<'a> {
    library: &'a Library,
    /// Folded name → as typed in the plan.
    private: BTreeMap<String, String>,
}

pub(super) fn make<'a>(ground: &'a Ground<'a>) -> Box<dyn Rule + 'a> {
    let library = ground.library;
    let mut private = BTreeMap::new();
    for text in library.all() {
        if text.kind == Kind::Plan && !goes_public(text) {
            gather(text, &mut private);
        }
    }
    Box::new(Names { library, private })
}

/// Gathers the names in a plan: who takes part, and whose plan it is.
fn gather(plan: &Text, names: &mut BTreeMap<String, String>) {
    let mut add = |line: &str| {
        for (_, word) in name_words(line) {
            let folded = fold(word);
            if !NO_NAMES.contains(&folded.as_str()) && !is_weekday(&folded) {
                names.entry(folded).or_insert_with(|| word.to_string());
            }
        }
    };
    plan.fields.text(Key::Of).into_iter().for_each(&mut add);
    walk_blocks(&plan.body, &mut |block| {
        if let BlockKind::People(people) = &block.kind {
            people.iter().for_each(|one| add(&one.name));
        }
    });
}

/// Returns the words that could be names: a capital (or a script without), long enough.
/// With where they start.
fn name_words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = line.as_ptr() as usize;
    line.split(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
                && word.chars().nth(SHORTEST - 1).is_some()
        })
        .map(move |word| (word.as_ptr() as usize - start, word))
}

impl Names<'_> {
    /// Returns the private name a word is, also as an owner: "Noors fiets".
    fn find(&self, word: &str) -> Option<&str> {
        let folded = fold(word);
        let owner = folded.strip_suffix('s');
        let owner = owner.filter(|name| name.chars().count() >= SHORTEST);
        let found = self.private.get(&folded);
        found.or_else(|| self.private.get(owner?)).map(String::as_str)
    }
}

impl Rule for Names<'_> {
    fn text(&self, text: &Text, lines: &Lines<'_>, found: &mut Vec<Problem>) {
        if self.private.is_empty() || !goes_public(text) {
            return;
        }
        let sources = &self.library.sources;
        let mut told = BTreeSet::new();
        for line in lines.iter().filter(|line| line.standing.open) {
            if told.len() >= MOST {
                return;
            }
            for (at, word) in name_words(&line.text) {
                let Some(name) = self.find(word) else { continue };
                if told.len() < MOST && told.insert(name.to_string()) {
                    let span = line.span(at..at + word.len(), sources);
                    found.push(Problem::at(Code::P07, span).with("n", name));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::{block, library, page, plan, words};
    use crate::check::{Options, check, tests::TODAY};
    use crate::model::Person;
    use crate::text::Span;

    fn told(names: &[&str], open: &str) -> Vec<String> {
        let mut closed = plan();
        let people = names.iter().map(|name| Person {
            span: Span::default(),
            name: (*name).into(),
            note: Vec::new(),
            more: Vec::new(),
        });
        closed.body.lead.push(block(BlockKind::People(people.collect())));
        let mut public = page();
        public.body.lead.push(block(BlockKind::Paragraph(words(open))));
        let found = check(&library(&[closed, public]), TODAY, Options::default());
        let told = found.into_iter().filter(|problem| problem.code == Code::P07);
        // All stand at one place in these tests, so they come sorted by name.
        told.filter_map(|problem| problem.args.into_iter().next().map(|(_, name)| name))
            .collect()
    }

    #[test]
    fn whole_names_once_each() {
        let people = ["Opa Driss", "Noor", "Zoë de Wit", "Bo"];
        assert_eq!(told(&people, "Noor zei dat Noor’s oma lacht."), ["Noor"]);
        assert_eq!(told(&people, "Zoes fiets, en Driss ook."), ["Driss", "Zoë"]);
        assert_eq!(told(&people, "Opa loopt naar het noorden. Bo ook."), [""; 0]);
        assert_eq!(told(&people, "een witte fiets, noor"), [""; 0]);
    }

    #[test]
    fn at_most_five_in_a_file() {
        let people = ["Anna", "Bram", "Cato", "Daan", "Emma", "Fien", "Gijs"];
        assert_eq!(told(&people, &people.join(" en ")).len(), MOST);
    }
}
