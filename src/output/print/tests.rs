//! What the typesetter is given for texts of which people say little.

use super::book::Book;
use super::format::Format;
use super::pictures::Pictures;
use super::world::Fonts;
use super::{cards, fridge, text, whole};
use crate::compose;
use crate::output::html::Shared;
use crate::theme::Theme;

/// Writes something of a booklet of one file, in the language of the site.
fn written(path: &str, file: &str, write: impl Fn(&Book<'_>) -> String) -> String {
    let library = crate::load::read_bytes(&[(path, file.as_bytes())]).library;
    let composed = compose::on_paper(&library, jiff::civil::date(2026, 6, 1), false);
    let edition = &composed.edition;
    let (theme, _) = Theme::load(crate::theme::BUILT_IN, None);
    let fonts = Fonts::read(theme.print().fonts().into_iter());
    let (booklet, shared) = (whole(edition), Shared::new(edition));
    let pictures = Pictures::default();
    let paper = Format::A5.paper();
    let shown = &pictures.shown;
    write(&Book::new(edition, &booklet, paper, &theme, &fonts, &shared, shown))
}

fn chapter(file: &str) -> String {
    written("tekst.md", file, |book| {
        book.texts().map(|(id, entry)| text::chapter(book, id, entry)).collect()
    })
}

#[test]
fn numbers_in_a_script_nobody_named_keep_their_order() {
    let made = chapter("> اتصلت على الرقم 06 1234 5678 وقالت: تعالي.\n");
    assert!(made.contains("\u{2066}06 1234 5678\u{2069}"), "{made}");
    // The line as a whole runs its own way, up to its full stop.
    let (start, end) = (made.find('\u{2067}').unwrap(), made.rfind('\u{2069}').unwrap());
    assert!(made[start..end].contains("تعالي."), "{made}");
    let made = chapter("> **اتصل** الآن: **06 1234 5678**.\n");
    assert!(made.contains("\u{2066}06 1234 5678\u{2069}"), "{made}");
    let made = chapter("Bel 06 1234 5678.\n");
    assert!(!made.contains(['\u{2066}', '\u{2067}']), "{made}");
    let made = chapter("---\ntaal: ar\n---\n\nbelt om 9.00 uur naar 0800 2000\n");
    let start = made.find("\"\u{2066}\";").expect(&made);
    assert!(made[start..].contains("belt om"), "{made}");
}

#[test]
fn a_long_note_begins_behind_its_number() {
    let made = chapter("Een.[^1]\n\n[^1]: Kort.\n\n    Nog een.\n");
    assert!(made.contains("-noot0\", {\"Kort.\";t.paragraph("), "{made}");
}

#[test]
fn small_papers_say_the_language_of_a_text_of_its_own() {
    let tip = "taal: ar\ntitel: انتظر\n\nاسأل.\n";
    let made = written("tips/een.md", tip, |book| cards::cards(book).unwrap());
    assert!(made.contains("\"اسأل.\", (\"ar\", none, true)),"), "{made}");
    let tip = "titel: Wacht\n\nVraag.\n";
    let made = written("tips/een.md", tip, |book| cards::cards(book).unwrap());
    assert!(made.contains("\"Vraag.\"),"), "{made}");
    let plan = "taal: ar\nopenbaar: ja\nverzonnen: ja\ndelen: iedereen\n\n\
                ## Afspraken\n\n- سلمى\n  Wie: سلمى\n\n\
                ## Als het even niet gaat\n\n### Groen\n\nتضحك\n";
    for write in [fridge::main, cards::crisis] {
        let made = written("plannen/een.md", plan, |book| write(book).unwrap());
        assert!(made.contains("t.passage(\"ar\", none, true, {\nt."), "{made}");
    }
}

#[test]
fn what_everybody_promised_stands_with_everybody() {
    let plan = "openbaar: ja\nverzonnen: ja\ndelen: iedereen\n\n## Afspraken\n\n\
                | Wie | Wat |\n|---|---|\n| Noor | belt |\n| Iedereen | zegt sorry |\n";
    let made = written("plannen/een.md", plan, |book| fridge::main(book).unwrap());
    assert_eq!(made.matches("t.fridge(").count(), 2, "{made}");
    assert_eq!(made.matches("zegt sorry").count(), 2, "{made}");
    assert!(!made.contains("Iedereen: "), "{made}");
}
