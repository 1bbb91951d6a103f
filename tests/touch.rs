//! A touch makes the same site as reading all of it again: after any series of edits, every
//! text, every page and every other file is as if it was read for the first time.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test")]

use boekje::files::Store;
use boekje::load;
use boekje::output::Beside;
use boekje::output::site::{SiteOptions, site};
use boekje::pipeline::{Haste, Live, Remembered, Request, live};
use boekje::problem::Problem;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

const SITE: &[(&str, &str)] = &[
    ("site.md", "titel: Samen\ntaal: nl\nadres: https://samen.example/\n\n"),
    ("index.md", "# Welkom\n\nFijn dat je er bent. Zie [tips](tips/).\n"),
    ("woorden.md", "soort: woorden\n\n# Woorden\n\n## Regie\n\nZelf kiezen.\n"),
    ("boekje.md", "soort: boekje\n\n# Ons boekje\n\n- alle tips\n- [een](tips/een.md)\n"),
    ("tips/een.md", "nummer: 1\nthema: rust\n\n# Een\n\nTekst over regie.\n"),
    ("tips/twee.md", "nummer: 2\nreeks: samen\n\n# Twee\n\nZie [een](een.md#later).\n"),
    ("tips/drie.md", "# Drie\n\n[[invoegen: tips/vier]]\n\n![](beeld.svg)\n"),
    ("tips/vier.md", "# Vier\n\nStaat ook elders.\n"),
    ("tips/beeld.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 2\"/>"),
    ("verhalen/noor.md", "toestemming: ja\nverteller: Noor\n\n# Noor\n\nIk ging.\n"),
    ("verhalen/dicht.md", "# Dicht\n\nNiet voor allen.\n"),
    ("plannen/plan.md", "lezers: gezin\n\n# Plan\n\n## Doel\n\nSlapen.\n"),
    (
        "plannen/open.md",
        "verzonnen: ja\n\n# Open plan\n\n## Thuis\nVoor: gezin\n\nStil.\n",
    ),
    ("delen/hulp.md", "Bel ons.\n"),
];

const TEXTS: [&str; 9] = [
    "index.md",
    "tips/een.md",
    "tips/twee.md",
    "tips/drie.md",
    "verhalen/noor.md",
    "verhalen/dicht.md",
    "plannen/plan.md",
    "plannen/open.md",
    "tips/vier.md",
];

/// What somebody adds below a text: most of it is nothing but words.
const MORE: [&str; 22] = [
    "Een zin meer.",
    "Nog een zin, over regie en rust.",
    "Zie [twee](twee.md) en [noor](../verhalen/noor.md).",
    "Zie [[Dicht]] of verhalen/dicht.md in de map.",
    "Zie [[Een#Later]].",
    "Terug [naar boven](#later).",
    "## Later\n\nDaarna.",
    "## Alleen ons\nVoor: gezin\n\nGEHEIM [twee](tips/twee.md).",
    "> Ik werd gehoord.\n> — Noor, jongere",
    "![Een beeld](beeld.svg)",
    "[[invoegen: delen/hulp]]",
    "Een noot.[^1]\n\n[^1]: Met uitleg.",
    "| Wie | Wat | Status |\n|---|---|---|\n| oma | belt | gestopt |",
    "- een\n- twee",
    "Bel 06-12345678 of mail noor@example.org.",
    "We wrote this together, around one table, and it took us a year. Some of us live with it \
     every day, and some of us come to help. Come back after a bad talk: send a message.",
    "# Nog een titel",
    "lezers: school",
    "<b>html</b>",
    "---",
    "::: let op\nPas op.\n:::",
    "",
];

/// What somebody puts above a text.
const ABOVE: [&str; 4] =
    ["concept: ja\n\n", "thema: moed\n\n", "adres: elders\n\n", "Los.\n\n"];

#[derive(Debug, Clone)]
enum Act {
    Add(usize, usize),
    Drop(usize),
    Above(usize, usize),
    Back(usize),
    Beside(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let text = 0..TEXTS.len();
    prop_oneof![
        12 => (text.clone(), 0..MORE.len()).prop_map(|(at, more)| Act::Add(at, more)),
        3 => text.clone().prop_map(Act::Drop),
        1 => (text.clone(), 0..ABOVE.len()).prop_map(|(at, above)| Act::Above(at, above)),
        1 => text.clone().prop_map(Act::Back),
        1 => text.prop_map(Act::Beside),
    ]
}

impl Act {
    /// Does it; returns the files that changed.
    fn apply(&self, dir: &Path) -> BTreeSet<PathBuf> {
        let (Act::Add(at, _)
        | Act::Drop(at)
        | Act::Above(at, _)
        | Act::Back(at)
        | Act::Beside(at)) = self;
        let path = dir.join(TEXTS[*at]);
        let text = fs::read_to_string(&path).unwrap();
        let mut changed = BTreeSet::from([path.clone()]);
        let new = match self {
            Act::Add(_, more) => format!("{}\n\n{}\n", text.trim_end(), MORE[*more]),
            Act::Drop(_) => {
                text.trim_end().rsplit_once("\n\n").map_or(&*text, |it| it.0).into()
            }
            Act::Above(_, above) => format!("{}{text}", ABOVE[*above]),
            Act::Back(_) => SITE.iter().find(|one| one.0 == TEXTS[*at]).unwrap().1.into(),
            Act::Beside(_) => {
                changed.insert(path.with_extension("md~"));
                changed.insert(dir.join("tips/4913"));
                text
            }
        };
        write(&path, &new);
        changed
    }
}

fn write(path: &Path, text: &str) {
    use std::io::Write;
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}

fn project() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    SITE.iter().for_each(|(path, text)| write(&dir.path().join(path), text));
    dir
}

fn request(dir: &Path) -> Request {
    let dir = dir.canonicalize().unwrap();
    let today = date(2026, 11, 22);
    Request { dir, today, search: true, booklets: false, hints: true }
}

/// All that can be told apart of a site, but what was noticed.
fn shown(live: &Live<'_>) -> Vec<String> {
    let library = live.library;
    let withheld = format!("{:?}", live.withheld);
    vec![
        format!("{:?}", library.sources),
        format!("{:?} {:?}", library.settings, library.texts),
        format!("{:?} {:?}", library.assets, library.own_words),
        format!("{:?}", live.edition),
        withheld,
    ]
}

/// Returns how a touched site differs from one that is read for the first time.
fn difference(touched: &Live<'_>) -> Option<String> {
    let memory = Mutex::new(Remembered::default());
    live(touched.request, None, &memory, Haste::Soon, |cold| {
        let parts = shown(touched).into_iter().zip(shown(cold));
        for (now, cold) in parts {
            if now != cold {
                return Some(format!("{now}\n\n{cold}"));
            }
        }
        let options = SiteOptions { search: true };
        let all = site(cold.edition, cold.theme, options, Beside::default());
        let files = touched.files();
        let differs = |address: &&_| {
            files.bytes(address).map(Result::unwrap)
                != all.make(address).map(Result::unwrap)
        };
        all.addresses().find(differs).map(|address| address.to_string())
    })
    .unwrap()
}

/// Does all acts, and compares after each that was no more than a touch; returns how many
/// were.
fn walk(acts: &[Act]) -> Result<usize, String> {
    let dir = project();
    let request = request(dir.path());
    let memory = Mutex::new(Remembered::default());
    let mut acts = acts.iter();
    let mut count = 0;
    let mut more = true;
    while more {
        let done = live(&request, None, &memory, Haste::Soon, |live| {
            let (mut library, mut texts) = (Arc::clone(live.library), BTreeSet::new());
            for act in acts.by_ref() {
                let files = act.apply(&request.dir);
                let Some(touched) = load::touch(&library, &request.dir, &files) else {
                    return Ok(true);
                };
                library = Arc::new(touched.library);
                texts.extend(touched.texts);
                match live.touch(&library, &texts, difference) {
                    Some(None) => count += 1,
                    Some(Some(differs)) => {
                        return Err(format!("after {act:?}: {differs}"));
                    }
                    None => return Ok(true),
                }
            }
            Ok(false)
        });
        more = done.unwrap()?;
    }
    Ok(count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn a_touch_is_as_reading_all_again(
        acts in proptest::collection::vec(act(), 1..16),
    ) {
        prop_assert!(walk(&acts).map_err(TestCaseError::fail).is_ok());
    }
}

/// Returns all that is noticed of a folder.
fn noticed(request: &Request, memory: &Mutex<Remembered>) -> Vec<Problem> {
    live(request, None, memory, Haste::Soon, |live| live.problems().to_vec()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn what_was_noticed_before_changes_nothing(
        acts in proptest::collection::vec((act(), any::<bool>(), any::<bool>()), 1..12),
    ) {
        let dir = project();
        let mut request = request(dir.path());
        let memory = Mutex::new(Remembered::default());
        for (act, later, words) in acts {
            act.apply(&request.dir);
            if later {
                request.today = request.today.tomorrow().unwrap();
            }
            let own = if words { "rust\tkalmte\ttest\n" } else { "" };
            write(&request.dir.join("eigen-woorden.tsv"), own);
            let cold = Mutex::new(Remembered::default());
            prop_assert_eq!(noticed(&request, &memory), noticed(&request, &cold));
        }
    }
}

#[test]
fn other_words_are_no_more_than_a_touch() {
    let acts: Vec<Act> = (0..TEXTS.len())
        .filter(|at| !["twee", "drie", "vier"].iter().any(|it| TEXTS[*at].contains(it)))
        .flat_map(|at| [Act::Add(at, 0), Act::Beside(at), Act::Drop(at), Act::Add(at, 8)])
        .collect();
    assert_eq!(walk(&acts[..2]), Ok(2));
    assert_eq!(walk(&acts).map(|count| count > acts.len() / 2), Ok(true));
}

#[test]
fn what_others_can_see_is_more_than_a_touch() {
    let (een, plan, vier) = (1, 7, 8);
    let shared = Act::Add(vier, 0);
    let titled = Act::Above(een, 2);
    for act in [
        Act::Add(een, 6),
        Act::Add(een, 2),
        Act::Add(een, 9),
        Act::Add(een, 10),
        shared,
        titled,
        Act::Above(plan, 0),
    ] {
        assert_eq!(walk(std::slice::from_ref(&act)), Ok(0), "{act:?}");
    }
}
