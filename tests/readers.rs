//! Each reader their part, and not a word more: a plan with a canary in every corner, looked
//! through in the whole edition, whatever an output would make of it.

#![allow(clippy::unwrap_used, reason = "a test")]

use boekje::compose::{self, Closed};
use boekje::load;
use boekje::model::{Kind, Library, TextId};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 22);

const PLAN: &str = "\
---
soort: plan
titel: Het plan
lezers: gezin, School, buurtteam
---

Kanarie-boven.

## Voor allemaal

Voor: school, buurtteam

Kanarie-samen.[^samen] ![Kanarie-foto](beeld/a.png)

[^samen]: Kanarie-noot-samen

### Alleen de school

Voor: school

Kanarie-school. [Kanarie-link](https://example.org/kanarie-adres)

## Over geld

Kanarie-gezin.[^geheim]

### Een deel dat niet breder wordt

Voor: buurtteam

Kanarie-smal.

## Buurt

Voor: buurtteam

- Kanarie-buurt

## Getikt

Vor: school

Kanarie-getikt.

## Onbekend

Voor: kaasclub

Kanarie-onbekend.

## Met haken {voor: school}

Kanarie-haken.

[^geheim]: Kanarie-noot-geheim
";

const STORY: &str = "---\nsoort: verhaal\ntitel: Kanarie-verhaal\ntoestemming: ja\n---\n\nKanarie-tekst.\n";

const ALL: [&str; 17] = [
    "boven",
    "samen",
    "foto",
    "school",
    "link",
    "adres",
    "gezin",
    "smal",
    "buurt",
    "getikt",
    "onbekend",
    "haken",
    "noot-samen",
    "noot-geheim",
    "verhaal",
    "tekst",
    "ander",
];

fn library(plan: &str) -> Library {
    let other = PLAN.replace("Kanarie-boven", "Kanarie-ander");
    load::read_bytes(&[
        ("site.md", b"---\ntitel: Thuis\n---\n"),
        ("plannen/noor.md", plan.as_bytes()),
        ("plannen/ander.md", other.as_bytes()),
        ("verhalen/een.md", STORY.as_bytes()),
    ])
    .library
}

fn noor(library: &Library) -> TextId {
    let is = |text: &boekje::model::Text| text.path.as_str() == "plannen/noor.md";
    library.ids().find(|(_, text)| text.kind == Kind::Plan && is(text)).unwrap().0
}

/// Returns everything an edition holds, as text.
fn all_of(library: &Library, reader: &str) -> Result<String, Closed> {
    let (edition, _) = compose::one(library, noor(library), reader, TODAY)?;
    Ok(format!("{edition:?}"))
}

fn canaries(held: &str) -> Vec<&'static str> {
    let has = |name: &&&str| held.to_lowercase().contains(&format!("kanarie-{name}"));
    ALL.iter().filter(has).copied().collect()
}

#[test]
fn each_reader_their_part_and_not_a_word_more() {
    let library = library(PLAN);
    for (reader, expected) in [
        ("school", &["samen", "foto", "school", "link", "adres", "noot-samen"][..]),
        ("SCHOOL", &["samen", "foto", "school", "link", "adres", "noot-samen"]),
        ("buurtteam", &["samen", "foto", "buurt", "noot-samen"]),
    ] {
        let held = all_of(&library, reader).unwrap();
        assert_eq!(canaries(&held), expected, "{reader}");
    }
    let family = all_of(&library, "gezin").unwrap();
    assert_eq!(
        canaries(&family),
        ALL[..14],
        "the family reads everything of its own plan"
    );
}

#[test]
fn no_reader_learns_the_name_of_another() {
    let library = library(PLAN);
    for (reader, others) in [
        ("school", ["buurtteam", "kaasclub"]),
        ("buurtteam", ["kaasclub", "voor: school"]),
    ] {
        let held = all_of(&library, reader).unwrap().to_lowercase();
        for other in others {
            assert!(!held.contains(other), "{other} in the edition of {reader}: {held}");
        }
    }
    // Nor the names of headings that stayed inside.
    let school = all_of(&library, "school").unwrap();
    for heading in ["Over geld", "over-geld", "Buurt", "Getikt", "haken", "Onbekend"] {
        assert!(!school.contains(heading), "{heading}");
    }
}

#[test]
fn who_the_plan_does_not_name_reads_nothing() {
    let library = library(PLAN);
    for reader in ["kaasclub", "iedereen", "", "scool", "everyone"] {
        assert_eq!(all_of(&library, reader).unwrap_err(), Closed::NotNamed, "{reader}");
    }
}

#[test]
fn a_reader_without_any_part_gets_no_page() {
    let plan =
        "---\nsoort: plan\nlezers: gezin, school\n---\n\nTekst.\n\n## Een\n\nTekst.\n";
    assert_eq!(all_of(&library(plan), "school").unwrap_err(), Closed::NoPart);
    assert!(all_of(&library(plan), "gezin").is_ok());
}

#[test]
fn a_plan_that_waits_or_says_no_is_for_nobody_else() {
    for (line, family) in [
        ("concept: ja", false),
        ("publiceren op: 2027-01-01", false),
        ("weg na: 2026-01-01", false),
        ("weg na: ooit", false),
        ("toestemming: nee", true),
        ("toestemming: ingetrokken", true),
    ] {
        let library =
            library(&PLAN.replace("soort: plan", &format!("soort: plan\n{line}")));
        assert_eq!(all_of(&library, "school").unwrap_err(), Closed::Waits, "{line}");
        assert_eq!(all_of(&library, "gezin").is_ok(), family, "{line}");
    }
}

#[test]
fn an_open_plan_does_not_open_its_closed_parts_for_another_reader() {
    let open = PLAN.replace("soort: plan", "soort: plan\nopenbaar: ja\nverzonnen: ja");
    let library = library(&open);
    let held = all_of(&library, "buurtteam").unwrap();
    for closed in
        ["kanarie-school", "kanarie-getikt", "kanarie-onbekend", "kanarie-haken"]
    {
        assert!(!held.to_lowercase().contains(closed), "{closed}");
    }
}
