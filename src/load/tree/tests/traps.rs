//! The traps of the parser, and the blocks of any text.

use super::*;
use crate::model::BlockKind;

/// Reads a page and compares it in short; returns the codes.
fn shows(text: &str, expected: &str) -> Vec<&'static str> {
    let tree = page(text);
    assert_eq!(outline(&tree).trim_end(), expected, "{text:?}");
    codes(&tree).into_iter().map(Code::name).collect()
}

#[test]
fn spaces_in_front_make_no_code() {
    assert_eq!(shows("    Dag *jij*\n\ntekst", "p Dag *jij*\np tekst"), ["S03"]);
    assert_eq!(shows("\tEen\n\n\tTwee\n", "p Een\np Twee"), ["S03"]);
    assert_eq!(
        shows("# K\n\n\t- a\n\t- b\n", "## K\nlist None tight\n  p a\n  p b"),
        ["S03"]
    );
    assert_eq!(shows("- a\n\n      diep\n", "list None loose\n  p a\n  p diep"), ["S03"]);
    let code = "code  \"fn a() {\\n    b();\\n}\"";
    assert!(shows("    fn a() {\n        b();\n    }\n", code).is_empty());
    assert!(shows("```rust\n    a\n```\n", "code rust \"    a\"").is_empty());
}

#[test]
fn words_behind_a_fence_are_not_lost() {
    assert!(shows("```rust,ignore\nx\n```", "code rust \"x\"").is_empty());
    assert!(shows("```js title=\"a b\"\nx\n```", "code js \"x\"").is_empty());
    let code = "code  \"Let op dit is belangrijk\\nx\"";
    assert!(shows("```Let op dit is belangrijk\nx\n```", code).is_empty());
}

#[test]
fn a_heading_made_by_dashes_stays_one() {
    assert_eq!(shows("Tekst\n---\nmeer", "## Tekst\np meer"), ["S02"]);
    assert!(shows("Tekst\n\n---\n\nmeer", "p Tekst\nrule\np meer").is_empty());
    assert!(shows("Kop\n===\n\nmeer", "## Kop\np meer").is_empty());
}

#[test]
fn years_are_no_lists_and_foreign_marks_are() {
    assert!(shows("2026. Dat was *goed*.", "p 2026. Dat was *goed*.").is_empty());
    assert!(
        shows("12. Januar 2026 war es gut.", "p 12. Januar 2026 war es gut.").is_empty()
    );
    let day = "list None tight\n  p 12. Januar 2026: Tee";
    assert!(shows("- 12. Januar 2026: Tee", day).is_empty());
    assert!(
        shows("1. Januar\n2. Februar", "list Some(1) tight\n  p Januar\n  p Februar")
            .is_empty()
    );
    assert!(shows("1. a\n2. b", "list Some(1) tight\n  p a\n  p b").is_empty());
    let list = "list None tight\n  p brood\n  p melk";
    for mark in ["• ", "•\t", "o\t", "▪\t", "· ", "*\u{a0}", "-\u{a0}", "-\t"] {
        assert!(shows(&format!("{mark}brood\n{mark}melk"), list).is_empty(), "{mark:?}");
    }
    let list = "list Some(1) tight\n  p brood\n  p melk";
    for mark in [") ", ".\t", ".\u{a0}"] {
        assert!(
            shows(&format!("1{mark}brood\n2{mark}melk"), list).is_empty(),
            "{mark:?}"
        );
    }
    let list = "list None tight\n  p a) brood\n  p b) melk";
    assert!(shows("a) brood\nb) melk", list).is_empty());
    let list = "p Neem mee:\nlist None tight\n  p a\n  list None tight\n    p b\n  p c";
    assert!(shows("Neem mee:\n•\ta\n\to\tb\n•\tc", list).is_empty());
    assert!(shows("-brood\n-melk", "list None tight\n  p brood\n  p melk").is_empty());
    assert!(shows("– brood\n– melk", "list None tight\n  p brood\n  p melk").is_empty());
    assert!(shows("– zei hij.", "p – zei hij.").is_empty());
    assert!(shows("-5 graden", "p -5 graden").is_empty());
    assert!(shows("tekst\n• melk", "p tekst⏎⏎• melk").is_empty());
    assert!(
        shows("> • a\n> • b", "quote\n  list None tight\n    p a\n    p b").is_empty()
    );
}

#[test]
fn numbers_stay_what_was_typed() {
    let list = "list None tight\n  p punt\n  p nog⏎⏎2026. Dat was";
    assert!(shows("- punt\n- nog\n2026. Dat was", list).is_empty());
    let list = "list Some(1) tight\n  p een\n  p twee⏎⏎1984. Jaar";
    assert!(shows("1. een\n2. twee\n1984. Jaar", list).is_empty());
    let list = "list Some(5) tight\n  p a\n  p b\nlist Some(12) tight\n  p c";
    assert!(shows("5. a\n6. b\n12. c", list).is_empty());
    assert!(
        shows("1. a\n1. b\n1. c", "list Some(1) tight\n  p a\n  p b\n  p c").is_empty()
    );
    assert!(shows("1.Een\n2.Twee", "list Some(1) tight\n  p Een\n  p Twee").is_empty());
    assert!(shows("5*3*2 en *nu*", "p 5*3*2 en *nu*").is_empty());
    assert!(shows("`5*3*2`", "p `5*3*2`").is_empty());
}

#[test]
fn a_heading_without_its_space_is_one() {
    assert_eq!(shows("##Kop\ntekst", "## Kop\np tekst"), ["S11"]);
    assert!(shows("```\n##Kop\n```", "code  \"##Kop\"").is_empty());
    assert!(shows("#hashtag", "p #hashtag").is_empty());
}

#[test]
fn short_lines_stay_under_each_other() {
    assert!(shows("Jan Jansen\nKerkstraat 1", "p Jan Jansen⏎⏎Kerkstraat 1").is_empty());
    assert!(
        shows("- Jan\n  Kerkstraat", "list None tight\n  p Jan⏎⏎Kerkstraat").is_empty()
    );
}

#[test]
fn tags_stay_as_text_and_are_named_once() {
    assert_eq!(
        shows("Dag <naam>, <naam> en <b>", "p Dag <naam>, <naam> en <b>"),
        ["S04", "S04"]
    );
    assert_eq!(shows("<div>\n## Kop\n</div>\n", "p <div>\n## Kop\np </div>"), ["S04"]);
    assert_eq!(
        shows("<script>alert(1)</script>", "p <script>alert(1)</script>"),
        ["S04"]
    );
    assert!(shows("a < b, 3<4 en <3", "p a < b, 3<4 en <3").is_empty());
    assert!(shows("`<b>` en\n\n```\n<b>\n```\n", "p `<b>` en\ncode  \"<b>\"").is_empty());
}

#[test]
fn comments_never_come_out() {
    assert!(shows("a <!-- geheim --> b", "p a   b").is_empty());
    assert!(shows("a\n\n<!-- ge\n\n## heim\n-->\n\nb", "p a\np b").is_empty());
    let open = "a\n\n<!-- tot het einde\n\n## geheim";
    assert_eq!(shows(open, "p a"), ["S07"]);
    assert_eq!(
        shows(
            "- a\n- <!-- geheim -->\n\n> b <!-- geheim",
            "list None tight\n  p a\nquote\n  p b"
        ),
        ["S07"]
    );
    assert!(
        shows("<!-- a --> <!-- ``` -->\n\n<!-- geheim -->tekst", "p tekst").is_empty()
    );
    assert!(shows("    <!-- geheim -->\n\ntekst", "p tekst").is_empty());
    for text in [
        "<!-- x <!-- y --> geheim -->",
        "[x]: <!-- geheim -->",
        "![<!-- geheim -->](a.jpg \"<!-- geheim -->\")",
        "| a | b |\n|---|---|\n| <!-- geheim --> | b | <!-- geheim -->",
        "Een\n`` ` <!-- geheim",
        "[^1]: <!-- geheim -->",
        "<a title=\"<!-- geheim -->\">",
        "\\<!-- geheim -->",
        "<!--> geheim -->",
        "    let x = 1;\n    <!-- geheim -->;\n",
        "term\n: <!-- geheim -->",
        "[x](<!-- geheim -->)",
        "[[<!-- geheim -->]]",
        "<!-- \n```\n--> \n<!-- geheim -->\n```\n",
        "a\n\n```\n<!-- geheim\n```\n",
        "<\0!-- geheim -->",
        "&#x3C;!-- geheim -->",
        "<\\!-- geheim --\\>",
        "a [[opmerking: geheim]] b",
        "[[comment: geheim [[x]] geheim]]",
        "[//]: #\n(geheim)",
    ] {
        let tree = page(text);
        let all =
            format!("{:?}{:?}{:?}{:?}", tree.body, tree.links, tree.pictures, tree.notes);
        assert!(!all.contains("geheim"), "{text:?}\n{all}");
    }
    // Also in code; other marks mean nothing there.
    shows("`a <!-- geheim --> b`", "p `a  b`");
    shows("```\na <!-- geheim -->\n%% b\n```", "code  \"a \\n%% b\"");
    shows(
        "Om `s avonds <!-- geheim --> en `s ochtends",
        "p Om `s avonds  en `s ochtends",
    );
}

#[test]
fn keys_below_a_quote_are_no_part_of_it() {
    assert!(
        shows(
            "## D\n> Tekst\n> — Noor, jongere\nStatus: loopt\nGeleerd: *veel*\n",
            "## D\nquote Noor/jongere\n  p Tekst\np Status: loopt⏎⏎Geleerd: *veel*"
        )
        .is_empty()
    );
    assert!(shows("> a\nb\n", "quote\n  p a⏎⏎b").is_empty());
}

#[test]
fn definitions_of_nothing_stay() {
    assert!(shows("[Noor]: ja\n", "p [Noor]: ja").is_empty());
    assert!(shows("[x][n]\n\n[n]: a.md\n", "p [x](0)").is_empty());
}

#[test]
fn tables_keep_every_cell() {
    assert!(
        shows(
            "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | *3* | 4 |\n",
            "table a|b||\n  1|||\n  1|2|*3*|4"
        )
        .is_empty()
    );
    assert!(shows("a | b\n--|--\n1 | 2 | 3\n", "table a|b|\n  1|2|3").is_empty());
    let table = "table a|b\n  1|2";
    assert_eq!(shows("| a | b |\n| 1 | 2 |\n", table), ["S05"]);
    assert_eq!(shows("a | b\n1 | 2\n", table), ["S05"]);
    assert_eq!(shows("a\tb\n1\t2\n", table), ["S09"]);
    assert!(shows("| a | b |\n| — | — |\n| 1 | 2 |\n", table).is_empty());
    assert!(shows("| a | b |\n|---|\n| 1 | 2 |\n", table).is_empty());
    let around = "p voor\ntable a|b\n  1|2\np na";
    assert_eq!(shows("voor\n| a | b |\n| 1 | 2 |\nna\n", around), ["S05"]);
    assert!(shows("voor\n| a | b |\n|--|--|\n| 1 | 2 |\n\nna\n", around).is_empty());
    assert_eq!(
        shows("> | a | b |\n> | 1 | 2 |\n", "quote\n  table a|b\n    1|2"),
        ["S05"]
    );
    assert_eq!(shows("\tma\tdi\nNoor\t1\t2\n", "table |ma|di\n  Noor|1|2"), ["S09"]);
    let code = "code  \"a\\tb\\n1\\t2\\n\\n| a | b |\\n| 1 | 2 |\"";
    assert!(shows("```\na\tb\n1\t2\n\n| a | b |\n| 1 | 2 |\n```\n", code).is_empty());
    assert!(
        shows("```\n\na\tb\n1\t2\n\n```\n", "code  \"\\na\\tb\\n1\\t2\\n\"").is_empty()
    );
    let wide = "| a | b | c | d | e | f | g | h |\n|-|-|-|-|-|-|-|-|\n";
    assert_eq!(shows(wide, "table a|b|c|d|e|f|g|h"), ["S06"]);
}

#[test]
fn quotes_voices_and_callouts() {
    for dash in ["—", "--", "–", "-"] {
        let expected = "quote Noor/jongere\n  p Tekst.";
        assert!(
            shows(&format!("> Tekst.\n> {dash} Noor, jongere\n"), expected).is_empty()
        );
        assert!(
            shows(&format!("> Tekst.\n>\n> {dash} Noor, jongere\n"), expected).is_empty()
        );
    }
    assert!(
        shows("> Tekst.\n> — جارتي، netwerk\n", "quote جارتي/netwerk\n  p Tekst.")
            .is_empty()
    );
    assert!(shows("> Tekst\n> — Noor", "quote Noor/\n  p Tekst").is_empty());
    assert!(
        shows("> - a\n> - b", "quote\n  list None tight\n    p a\n    p b").is_empty()
    );
    assert!(
        shows("> **Let op:** pas op", "callout Attention Let op\n  p pas op").is_empty()
    );
    assert!(shows("> **Vraag**: hoe?", "callout Question Vraag\n  p hoe?").is_empty());
    assert!(shows("> **Noor:** dag", "quote\n  p **Noor:** dag").is_empty());
    assert!(shows("> [!TIP]\n> Doe dit", "callout Try \n  p Doe dit").is_empty());
    assert!(shows("> [!note] Titel\n> Doe", "callout Example Titel\n  p Doe").is_empty());
    let tree = page("> Eén.\n> — Noor, jongere uit Épe\n");
    let BlockKind::Quote { voice: Some(voice), .. } = &tree.body.lead[0].kind else {
        panic!()
    };
    let text = "> Eén.\n> — Noor, jongere uit Épe\n";
    assert_eq!(&text[voice.role_span.range()], "jongere uit Épe");
    assert_eq!(&text[voice.span.range()], "— Noor, jongere uit Épe");
}

#[test]
fn definitions_rules_breaks_figures() {
    assert!(shows("Term\n: uitleg\n", "term Term\n  p uitleg").is_empty());
    assert!(shows("a\n[[Nieuwe bladzijde]]\nb", "p a\npagebreak\np b").is_empty());
    let tree = page(
        "![Een stoel](beelden/stoel.svg \"In de 'tuin'\")\n\n![](x.jpg \"versiering\")",
    );
    assert_eq!(outline(&tree), "figure 0 In de ‘tuin’\nfigure 1 \n");
    assert_eq!(tree.pictures[0].alt, "Een stoel");
    assert!(tree.pictures[1].decorative && tree.pictures[1].caption.is_empty());
}

#[test]
fn levels_never_jump() {
    assert!(shows("# Titel\n\n## A\n\n### B\n", "## A\n### B").is_empty());
    assert_eq!(
        shows("## A\n\n#### B\n\n#### C\n\n## D\n", "## A\n### B\n### C\n## D"),
        ["S01"]
    );
    assert_eq!(shows("### A\n\n### B\n", "## A\n## B"), ["S01"]);
    assert!(
        shows("# Een\n\n## A\n\n# Twee\n\n## B\n", "## Een\n### A\n## Twee\n### B")
            .is_empty()
    );
    let tree = page("# Titel\n\n## A\n\n# Twee\n\n## B\n");
    assert_eq!(outline(&tree), "## A\n## Twee\n### B\n");
    let tree = page("#### A\n");
    assert_eq!(
        tree.problems[0].args,
        [("a".into(), "1".into()), ("b".into(), "4".into()), ("c".into(), "2".into())]
    );
    assert!(shows("## \n\ntekst\n\n## B", "p tekst\n## B").is_empty());
    assert!(
        shows("> ## A\n\n- # B\n", "quote\n  subhead A\nlist None tight\n  subhead B")
            .is_empty()
    );
    assert!(shows("## Kop {#x .y}\n", "## Kop {#x .y}").is_empty());
}

#[test]
fn the_first_heading_may_be_the_title() {
    let mut folder = folder(Kind::Page, &[("a.md", "# Dag *jij*\n\ntekst\n\n# Meer\n")]);
    folder.title = None;
    let tree = folder.read();
    assert_eq!(tree.heading.as_ref().map(|(title, _)| title.as_str()), Some("Dag jij"));
    assert_eq!(outline(&tree), "p tekst\n## Meer\n");
}

#[test]
fn a_heading_of_several_lines_that_begins_with_a_mark_keeps_all() {
    // Found by a property test: what is put in front of `<` is no heading in bold.
    assert_eq!(shows("<div>\ntweede\n---\n", "## <div>⏎tweede"), ["S04", "S02"]);
}

#[test]
fn languages_below_a_heading() {
    assert!(
        shows("## Hello\nTaal: en\n\ntext", "## Hello lang=en\n.Taal=en\np text")
            .is_empty()
    );
    assert_eq!(shows("## Hello\nTaal: ??\n", "## Hello\n.Taal=??"), ["K12"]);
}

#[test]
fn agreements_in_any_list() {
    assert!(shows(
        "- Opa haalt *Bilal*\n  Wie: Opa\n  Wanneer: dinsdag\n  Leefgebied: school\n- Rust\n",
        "agreements Leefgebied\n  Opa||dinsdag||None||school\n  ||||None||"
            .replace("Opa||dinsdag", "Opa|Opa haalt *Bilal*|dinsdag")
            .replace("  ||||None||", "  |Rust|||None||")
            .as_str()
    )
    .is_empty());
    assert!(
        shows(
            "- Bellen\n  - Wie: Els\n  - Status: gestopt\n",
            "agreements \n  Els|Bellen|||Some(Stopped)||"
        )
        .is_empty()
    );
    assert!(shows("- a\n  b: c\n", "list None tight\n  p a⏎⏎b: c").is_empty());
}
