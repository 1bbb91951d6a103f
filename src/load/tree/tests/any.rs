//! What must hold for any text.

use super::*;
use crate::model::{Block, BlockKind, Inline, walk_blocks, walk_inlines};
use crate::problem::Where;
use crate::text::Span;
use proptest::prelude::*;

/// Markup and words in any order.
fn markup() -> impl Strategy<Value = Vec<String>> {
    const BITS: &[&str] = &[
        "*",
        "**",
        "_",
        "~~",
        "~",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "# ",
        "## ",
        "### ",
        "> ",
        "- ",
        "1. ",
        "2026. ",
        "• ",
        "    ",
        "\t",
        "| ",
        "|---|---|\n",
        "[[a]",
        "[a][",
        "[a]:",
        "&a;",
        "<!",
        "<?",
        "<![CDATA[",
        "a|",
        "@a.b",
        "\"' ",
        "`a``",
        "![[",
        "[^a](",
        "(",
        ")](",
        "-> ",
        "[",
        "](",
        ")",
        "![",
        "[[",
        "]]",
        "[^1]",
        "[^1]: ",
        "<",
        ">",
        "<b>",
        "</",
        "<!",
        "---\n",
        "===\n",
        "\\",
        "Voor: ",
        "Vor: ",
        "Status: ",
        "Wie: ",
        "Taal: en\n",
        ": ",
        "{",
        "}",
        "'",
        "\"",
        "--",
        "...",
        "https://a.nl/",
        "@",
        "&amp;",
        "\u{a0}",
        "é",
        "- [ ] ",
        "— ",
        "[!TIP]\n",
        "[[invoegen: b.md]]\n",
        "<div>\n",
        "\n> ",
        "  ",
        "]: ",
        "::",
        "(",
        "$",
        "+++\n",
    ];
    let bit = prop_oneof![
        4 => prop::sample::select(BITS).prop_map(String::from),
        2 => Just("@".to_string()),
        1 => "[ -~]{1,3}",
    ];
    prop::collection::vec(bit, 0..40)
}

fn check_span(sources: &Sources, span: Span) {
    let text = sources.get(span.source).text();
    assert!(text.get(span.range()).is_some(), "{span:?} does not fit {text:?}");
}

/// Checks every span of a tree.
fn check_spans(folder: &Folder, tree: &Tree) {
    let sources = &folder.sources;
    let check = |span| check_span(sources, span);
    for problem in &tree.problems {
        if let Where::Span(span) = problem.place {
            check(span);
        }
    }
    walk_blocks(&tree.body, &mut |block| check(block.span));
    walk_inlines(&tree.body, &mut |inline| check(inline.span));
    tree.body.all_sections().iter().for_each(|section| check(section.span));
    tree.links.iter().for_each(|link| check(link.span));
    tree.pictures.iter().for_each(|picture| check(picture.span));
    tree.notes.iter().for_each(|note| check(note.span));
}

fn depth(blocks: &[Block]) -> usize {
    let mut deepest = 0;
    for block in blocks {
        let mut inner = 0;
        crate::model::for_inner(block, &mut |list| inner = inner.max(depth(list)));
        if let BlockKind::Paragraph(items) = &block.kind {
            inner = inner.max(inline_depth(items));
        }
        deepest = deepest.max(1 + inner);
    }
    deepest
}

fn inline_depth(items: &[Inline]) -> usize {
    use crate::model::InlineKind::{Emphasis, Language, Link, Strong, Struck};
    let inner = |one: &Inline| match &one.kind {
        Emphasis(list) | Strong(list) | Struck(list) | Link(_, list) => {
            1 + inline_depth(list)
        }
        Language(passage) => 1 + inline_depth(&passage.words),
        _ => 1,
    };
    items.iter().map(inner).max().unwrap_or(0)
}

/// Returns all words of a tree.
fn words(tree: &Tree) -> String {
    let mut all =
        format!("{}{:?}{:?}{:?}", outline(tree), tree.pictures, tree.links, tree.notes);
    tree.body.lead.iter().for_each(|block| all += &format!("{block:?}"));
    if let Some((title, _)) = &tree.heading {
        all += title;
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_span_lies_in_its_source(bits in markup(), plan: bool) {
        let text = bits.concat();
        let kind = if plan { Kind::Plan } else { Kind::Page };
        let folder = folder(kind, &[("a.md", &text), ("b.md", "# K\n\nx *y*\n")]);
        check_spans(&folder, &folder.read());
    }

    #[test]
    fn no_word_is_lost(bits in markup(), plan: bool) {
        let mut text = String::new();
        let mut sown = Vec::new();
        for bit in bits {
            if bit == "@" {
                let word = format!("woord{}w", sown.len());
                text += &word;
                sown.push(word);
            } else {
                text += &bit;
            }
        }
        // Definitions of links are seen only where a link uses them.
        let text = text.replace("[^1]: ", "\u{1}").replace("]:", "] :");
        let text = text.replace('\u{1}', "[^1]: ");
        // Settings behind a fence are no words of the text.
        let fence = |line: &str| line.contains("```") || line.contains("~~~");
        let settings = |line: &str| fence(line) && line.contains([',', '=', '{']);
        let commented = comments::before(&text) != text;
        prop_assume!(!commented && !text.lines().any(settings));
        let kind = if plan { Kind::Plan } else { Kind::Page };
        let tree = folder(kind, &[("a.md", &text), ("b.md", "x")]).read();
        let all = words(&tree);
        for word in sown {
            prop_assert!(all.contains(&word), "{word} is gone from {text:?}\n{all}");
        }
    }

    #[test]
    fn comments_stay_inside(bits in markup(), more in markup()) {
        let (before, after) = (bits.concat().replace('`', ""), more.concat().replace('`', ""));
        let text = format!("{before}<!-- geheim {after} -->").replace("~~~", "");
        let tree = folder(Kind::Plan, &[("a.md", &text), ("b.md", "x")]).read();
        let all = words(&tree);
        prop_assert!(!all.contains("geheim"), "{text:?}\n{all}");
    }

    #[test]
    fn never_panics(text in "\\PC{0,80}(\n\\PC{0,40}){0,4}") {
        planned(&text);
    }
}

#[test]
fn hostile_texts_end_and_stay_shallow() {
    const SIZE: usize = 100_000;
    for bit in [
        "[[a]",
        "[a][",
        "[a]:",
        "&a;",
        "<!",
        "<?",
        "<![CDATA[",
        "a|",
        "@a.b",
        "\"' ",
        "`a``",
        "![[",
        "[^a](",
        "(",
        ")](",
        "-> ",
        "[",
        "]",
        ">",
        "> ",
        "*",
        "**a ",
        "_a",
        "<",
        "<a",
        "<!--",
        "<!-- -->",
        "![](",
        "](",
        "|",
        "| a ",
        "- ",
        "1. ",
        "`",
        "``",
        "~",
        "~~a",
        "\\",
        "[[",
        "[[a|",
        "]]",
        "[^",
        "[^1]",
        "[^1]: ",
        "a@",
        "www.a/",
        "(www.a.b",
        "http://",
        "xhttp://",
        "'",
        "\"",
        "'a",
        "&",
        "&#",
        "#",
        "# \n",
        "## a\n",
        ": ",
        "a\n: ",
        "{",
        "<a@",
        "<a:",
        "](<",
        "](a b.c",
        "\t",
        "    a\n\n",
        "> a\nb: c\n",
        "Voor: x\n",
        "[[invoegen: b.md]]\n",
        "| a | b |\n|-|-|\n| c | d | e |\n",
        "• a\n",
        "2026. a\n\n",
        "[a]: b\n",
        "<div>\n",
        "![a](",
        "*a **b _c ",
        "\n",
        "- a\n  Wie: b\n",
        "— a\n",
        "> - ",
        "* * ",
        "[a](b \"",
        "<b>\n\n",
        "a  \n",
        "~~~\n",
        "```\n",
    ] {
        let text = bit.repeat(SIZE / bit.len());
        let folder = folder(Kind::Plan, &[("a.md", &text), ("b.md", "x")]);
        let tree = folder.read();
        let mut deepest = depth(&tree.body.lead);
        for section in tree.body.all_sections() {
            deepest = deepest.max(depth(&section.blocks));
        }
        assert!(deepest <= 40, "{bit:?}: {deepest} deep");
    }
}

#[test]
fn a_link_in_the_name_of_a_picture_keeps_its_words() {
    for text in [
        "![[^a](woord0w)*]]",
        "Zie ![[een](weg.md) stoel]] hier",
        "![[a](b)c|d]]",
        "![[woord]]]()",
        "![[a|woord]]](x.png)",
    ] {
        let tree = folder(Kind::Page, &[("a.md", text), ("b.md", "x")]).read();
        assert!(
            format!("{:?}", tree.body.lead)
                .contains(text.trim_start_matches("Zie ").trim_end_matches(" hier")),
            "{text}"
        );
        assert!(tree.pictures.is_empty(), "{text}");
    }
}
