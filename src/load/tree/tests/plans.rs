//! Plans: who may read what, and what the known parts hold.

use super::*;
use crate::model::{Role, plain};

fn shows(text: &str, expected: &str) -> Vec<&'static str> {
    let tree = planned(text);
    assert_eq!(outline(&tree).trim_end(), expected, "{text:?}");
    codes(&tree).into_iter().map(Code::name).collect()
}

#[test]
fn readers_are_inherited_and_only_narrowed() {
    assert_eq!(
        shows(
            "## A\n\nx\n\n## B\nVoor: school, wijkteam\n\n### C\n\n### D\nVoor: school, familie\n\n#### E\nVoor: iedereen\n",
            "## A @gezin\np x\n## B @gezin,school,wijkteam\n.Voor=school, wijkteam\n### C @gezin,school,wijkteam\n### D @gezin,school\n.Voor=school, familie\n#### E @gezin,school\n.Voor=iedereen"
        ),
        ["P03", "P14", "P14"]
    );
    assert!(
        shows("## B\nVoor: iedereen\ntekst\n", "## B\n.Voor=iedereen\np tekst")
            .is_empty()
    );
    assert!(
        shows("## B\n\n**Voor:** school\n", "## B @gezin,school\n.Voor=school")
            .is_empty()
    );
    assert!(
        shows(
            "## B\n\n- Voor: school\n\ntekst",
            "## B @gezin,school\n.Voor=school\np tekst"
        )
        .is_empty()
    );
    assert!(
        shows(
            "## B\nEen zin.\nVoor: school\nNog een.\n",
            "## B @gezin,school\n.Voor=school\np Een zin.\np Nog een."
        )
        .is_empty()
    );
}

#[test]
fn doubt_is_for_the_family() {
    for (text, code) in [
        ("## A\nVor: school\n\ngeheim", "P01"),
        ("## A\nVoor; school\n\ngeheim", "P01"),
        ("## A\nVoor:\n\ngeheim", "P01"),
        ("## A {voor: school}\n\ngeheim", "P01"),
        ("## A {.klas}\nVoor: school\n\ngeheim", "P01"),
        ("## A\nVoor: schol\n\ngeheim", "P02"),
        ("## A\nVoor: school\n\nx\n\nVoor: wijkteam\n\ngeheim", "P01"),
        ("## A\nVoor: school\n\n> x\n> Voor: gezin\n", "P01"),
        ("## A\nVoor: school\n\n<div>\nVoor: gezin\n</div>\n", "P01"),
        ("## A\nVoor: school\n\n- x\n  Voor: gezin\n", "P01"),
        ("## Voor: school\n\ngeheim", "P01"),
    ] {
        let mut folder = folder(Kind::Plan, &[("a.md", text)]);
        folder.default = Audience::Everyone;
        let tree = folder.read();
        assert_eq!(tree.body.sections[0].audience, Audience::family(), "{text:?}");
        assert!(codes(&tree).iter().any(|seen| seen.name() == code), "{text:?}");
    }
}

#[test]
fn who_may_read_is_the_same_with_the_commas_of_arabic() {
    for value in [
        "gezin, school",
        "school; wijkteam",
        "school, iedereen",
        "gezin, schol",
        "school, niet wijkteam",
        "school, ?",
    ] {
        for shape in
            ["## A\nVoor: {}\n\ngeheim", "## A ({})\n\ngeheim", "## A\n\n(alleen {})"]
        {
            let read = |value: &str| {
                let tree = planned(&shape.replace("{}", value));
                let codes: Vec<_> = codes(&tree).into_iter().map(Code::name).collect();
                (tree.body.sections[0].audience.clone(), codes)
            };
            let arabic = value.replace(',', "،").replace(';', "؛");
            assert_eq!(read(&arabic), read(value), "{shape} {arabic}");
        }
    }
}

#[test]
fn a_line_of_dashes_does_not_swallow_readers() {
    let tree = planned("## A\nVoor: gezin\n---\nx\n");
    assert_eq!(outline(&tree), "## A @gezin\n.Voor=gezin\nrule\np x\n");
    let tree = planned("## Doelen\n\n### A\n\ntekst\n\nStatus: loopt\n---\n");
    assert!(
        outline(&tree).contains("p tekst\n.Status=loopt\nrule"),
        "{}",
        outline(&tree)
    );
    let mut folder = folder(Kind::Plan, &[("a.md", "## A\nVor: gezin\ngeheim\n---\n")]);
    folder.default = Audience::Everyone;
    assert!(
        folder.read().body.sections.iter().all(|one| one.audience == Audience::family())
    );
}

#[test]
fn a_heading_without_words_does_not_widen() {
    let tree = planned("## A\nVoor: school\n\nx\n\n##\n\ngeheim\n");
    assert_eq!(
        outline(&tree),
        "## A @gezin,school\n.Voor=school\np x\ngroup Groups({\"gezin\"})\n  p geheim\n"
    );
}

#[test]
fn the_lines_below_the_title_go_for_all() {
    let mut folder = folder(
        Kind::Plan,
        &[(
            "a.md",
            "# Titel\nVoor: school\n\nx\n\n## A\nVoor: school, wijkteam\n\n## B\n",
        )],
    );
    folder.default = Audience::Everyone;
    let tree = folder.read();
    assert_eq!(tree.body.audience, Audience::groups(["school"]));
    assert!(
        tree.body.sections.iter().all(|one| one.audience == Audience::groups(["school"]))
    );
}

#[test]
fn included_parts_are_for_the_stricter_of_both() {
    let texts = [
        (
            "a.md",
            "## A\nVoor: school, wijkteam\n\n[[invoegen: delen/b.md]]\n\nna\n\n## Z\n",
        ),
        ("delen/b.md", "@school\ntekst\n\n# Kop\n\nmeer\n"),
    ];
    let tree = folder(Kind::Plan, &texts).read();
    assert_eq!(
        outline(&tree),
        "## A @gezin,school,wijkteam\n.Voor=school, wijkteam\ngroup Groups({\"gezin\", \"school\"})\n  p tekst\np na\n### Kop @gezin,school\np meer\n## Z @gezin\n"
    );
    let texts = [
        ("a.md", "## A\nVoor: school\n\n[[invoegen: b]]\n"),
        ("b.md", "Vor: school\n\ngeheim\n"),
    ];
    let tree = folder(Kind::Plan, &texts).read();
    assert!(
        outline(&tree).contains("group Groups({\"gezin\"})\n  p Vor: school\n  p geheim")
    );
}

#[test]
fn a_plan_may_be_made_of_parts() {
    let texts =
        [("a.md", "[[invoegen: b.md]]\n\nslot\n"), ("b.md", "## A\nVoor: school\n\nx\n")];
    let tree = folder(Kind::Plan, &texts).read();
    assert_eq!(outline(&tree), "p slot\n## A @gezin,school\n.Voor=school\np x\n");
    assert_eq!(tree.body.audience, Audience::family());
}

#[test]
fn includes_are_bounded() {
    let circle = [
        ("a.md", "x [[b]]\n\n[[invoegen: b.md]]\n"),
        ("b.md", "y\n\n[[invoegen: a.md]]\n"),
    ];
    let tree = folder(Kind::Page, &circle).read();
    assert_eq!(codes(&tree), [Code::L05]);
    assert_eq!(outline(&tree), "p x [b](0)\np y\n");
    assert_eq!(codes(&page("[[invoegen: ../../../etc/passwd]]")), [Code::L06]);
    assert_eq!(codes(&page("[[invoegen: weg.md]]")), [Code::L12]);
    let bomb: String = "[[invoegen: b.md]]\n\n".repeat(300);
    let tree = folder(Kind::Page, &[("a.md", &bomb), ("b.md", "x")]).read();
    assert_eq!(tree.body.lead.len(), 200);
}

#[test]
fn includes_in_lists_and_quotes_come_behind_them() {
    for (text, expected) in [
        (
            "- a\n- [[invoegen: b.md]]\n- c\n",
            "list None tight\n  p a\n  p c\n## K\np x\n",
        ),
        ("- a\n  [[invoegen: b.md]]\n", "list None loose\n  p a\n## K\np x\n"),
        ("- [[invoegen: b.md]]\n", "## K\np x\n"),
        ("> [[invoegen: b.md]]\n", "## K\np x\n"),
        ("> a\n> [[invoegen: b.md]]\n> c\n", "quote\n  p a\n  p c\n## K\np x\n"),
    ] {
        let tree = folder(Kind::Page, &[("a.md", text), ("b.md", "## K\n\nx\n")]).read();
        assert_eq!(outline(&tree), expected, "{text:?}");
        assert_eq!(codes(&tree), [Code::S10], "{text:?}");
    }
}

#[test]
fn people_agreements_goals_and_the_log() {
    assert_eq!(
        shows(
            "## Wie doen mee\n- Noor, 14 jaar\n- **Els** – tante\n- Oma Riet,\n- Mo (broer),\n- سلمى، 15 سنة،\n\n## Afspraken\n\n| Status | Wat | Wie | Kosten |\n|---|---|---|---|\n| bijna | bellen | Els | 0 |\n",
            "## Wie doen mee (people) @gezin\nperson Noor/14 jaar\nperson Els/tante\nperson Oma Riet/\nperson Mo/(broer)\nperson سلمى/15 سنة\n## Afspraken (agreements) @gezin\nagreements Kosten\n  Els|bellen|||None||0"
        ),
        ["P03", "P03", "A03"]
    );
    assert_eq!(
        shows(
            "## Doelen\nVoor: gezin\n\n### Rust\n\n> Ja\n\n- Status: gelukt\n- Geleerd: veel\n\n## Logboek\nVoor: gezin\n\n- 18 april 2026: gestopt\n- 2026-03-14 10:00 - begonnen\n- 31 februari 2026: niets\n- zomaar: iets\n",
            "## Doelen (goals) @gezin\n.Voor=gezin\n### Rust (goal) @gezin\nquote\n  p Ja\n.Status=gelukt\n.Geleerd=veel\n## Logboek (log) @gezin\n.Voor=gezin\nentry 2026-04-18 gestopt\nentry 2026-03-14 begonnen\nentry  niets\nentry  zomaar: iets"
        ),
        ["K05"]
    );
}

#[test]
fn a_bold_line_may_be_a_heading() {
    let tree = planned("**Wat gaat goed**\n- lachen\n\n**Noor**\n\n**Zorgen**\nslapen\n");
    let roles: Vec<Role> = tree.body.sections.iter().map(|one| one.role).collect();
    assert_eq!(roles, [Role::Strengths, Role::Worries]);
    let titles: Vec<String> =
        tree.body.sections.iter().map(|one| plain(&one.title)).collect();
    assert_eq!(titles, ["Wat gaat goed", "Zorgen"]);
    let code = planned("```\n**Zorgen**\n```\n");
    assert!(code.body.sections.is_empty());
}

#[test]
fn on_a_page_too_brackets_in_a_heading_close_its_part() {
    let text = "Open.\n\n## Geld {voor: gezin}\n\nA\n\n## Rust (alleen gezin)\n\nB\n\n## Zee (en strand)\n\nC\n";
    let tree = folder(Kind::Page, &[("a.md", text)]).read();
    let open: Vec<bool> =
        tree.body.sections.iter().map(|part| part.audience.is_everyone()).collect();
    assert_eq!(open, [false, false, true]);
    assert_eq!(tree.problems.iter().filter(|one| one.code == Code::P01).count(), 2);
}
