//! The booklet around its texts: settings for the theme, covers, colophon, contents,
//! openers of parts, and the order of the chapters.

use super::book::{Book, name};
use super::order::Part;
use super::writer::{Writer, tag};
use crate::compose::EntryId;
use crate::model::{Block, Inline, Key, plain};
use crate::output::about;
use std::fmt::Write;

/// Words of the language tables that theme files may use, by the name they have there.
const WORDS: [(&str, &str); 5] = [
    ("page", "booklet.page"),
    ("contents", "booklet.contents"),
    ("tip", "kind.tip"),
    ("story", "kind.story"),
    ("plan", "kind.plan"),
];

/// Sizes that a theme file may use.
const SIZES: [&str; 10] =
    ["body", "small", "table", "lead", "voice", "cover", "title", "h1", "h2", "h3"];

/// Writes `/settings.typ`: what theme files read.
pub(super) fn settings(book: &Book<'_>) -> String {
    let print = book.theme.print();
    let words = book.words(book.booklet.lang);
    let (lang, region) = tag(book.booklet.lang);
    let mut out = String::from("// What this booklet is about.\n");
    let _ = writeln!(out, "#let edition = \"{}\"", book.paper.name);
    let _ = writeln!(out, "#let lang = \"{lang}\"\n#let region = {region}");
    let _ = writeln!(out, "#let rtl = {}", book.booklet.lang.is_rtl());
    let _ = writeln!(out, "#let bleed = {}mm", book.paper.bleed);
    dictionary(&mut out, "colour", |out| {
        for (name, value) in print.colours() {
            let _ = write!(out, "{name}: rgb(\"{value}\"), ");
        }
    });
    dictionary(&mut out, "font", |out| {
        for of in ["text", "code"] {
            let _ = write!(out, "{of}: (");
            for family in families(book, of) {
                let _ = write!(out, "{}, ", book.literal(&family));
            }
            out.push_str("), ");
        }
    });
    let size = |name: &str| {
        let named = print.measures().get(&format!("{}{name}", book.paper.prefix));
        named.map_or("11pt", String::as_str).to_string()
    };
    dictionary(&mut out, "size", |out| {
        for name in SIZES {
            let _ = write!(out, "{name}: {}, ", size(name));
        }
    });
    dictionary(&mut out, "page-size", |out| {
        let _ = write!(
            out,
            "width: {}mm, height: {}mm, margin: (",
            book.paper.width, book.paper.height
        );
        for name in ["inside", "outside", "top", "bottom"] {
            let _ = write!(out, "{name}: {}, ", size(name));
        }
        let _ =
            write!(out, "), cover: (x: {}, y: {}), ", size("outside"), size("outside"));
    });
    dictionary(&mut out, "word", |out| {
        for (name, key) in WORDS {
            let _ = write!(out, "{name}: {}, ", book.literal(words.get(key)));
        }
    });
    dictionary(&mut out, "info", |out| {
        let _ = write!(out, "title: {}, ", book.literal(&book.booklet.title));
        let makers = book.booklet.said(Key::Authors);
        let makers = makers.map_or(String::new(), |names| book.literal(&names) + ",");
        let _ = write!(out, "makers: ({makers}), ");
        let _ = write!(out, "summary: {}, ", maybe(book, summary(book).as_deref()));
        let day = book.today;
        let _ = write!(
            out,
            "date: datetime(year: {}, month: {}, day: {}), parts: {}, ",
            day.year(),
            day.month(),
            day.day(),
            book.booklet.has_parts()
        );
    });
    out
}

fn dictionary(out: &mut String, name: &str, write: impl FnOnce(&mut String)) {
    let _ = write!(out, "#let {name} = (");
    write(out);
    out.push_str(")\n");
}

fn maybe(book: &Book<'_>, words: Option<&str>) -> String {
    words.map_or("none".into(), |words| book.literal(words))
}

/// Returns what the booklet is about, in a sentence.
fn summary(book: &Book<'_>) -> Option<String> {
    book.booklet.said(Key::Summary).or_else(|| book.booklet.said(Key::Subtitle))
}

/// Returns the fonts for text or code: the theme's own choice, then all others, so that
/// every script finds its letters.
fn families(book: &Book<'_>, of: &str) -> Vec<String> {
    let known: Vec<String> = {
        let mut names: Vec<String> =
            book.fonts.list.iter().map(|font| font.info().family.clone()).collect();
        names.dedup();
        names
    };
    let wished = book.theme.print().families(of).into_iter();
    let mono = |name: &String| (of == "code") != name.contains("Mono");
    let mut list: Vec<String> = wished.filter(|name| known.contains(name)).collect();
    let (last, first): (Vec<String>, Vec<String>) = known.into_iter().partition(mono);
    for name in first.into_iter().chain(last) {
        if !list.contains(&name) {
            list.push(name);
        }
    }
    list
}

/// Writes `/theme.typ`: the functions of all layers under one name, the strongest last.
pub(super) fn functions(paths: &[String]) -> String {
    paths.iter().map(|path| format!("#import \"/{path}\": *\n")).collect()
}

/// Writes `/main.typ`: the booklet from cover to cover. `chapters` are the paths of the
/// files of its texts.
pub(super) fn main(book: &Book<'_>, chapters: &[(EntryId, String)]) -> String {
    let mut out = String::from("#import \"/theme.typ\" as t\n#show: t.booklet\n#{\n");
    cover(book, &mut out);
    // The colophon stands on the inside of the cover, the half-title faces it.
    colophon(book, &mut out);
    let title = book.literal(&book.booklet.title);
    let subtitle = maybe(book, book.booklet.said(Key::Subtitle).as_deref());
    let _ = writeln!(out, "t.half-title({title}, {subtitle})");
    let words = book.words(book.booklet.lang);
    let _ = writeln!(out, "t.contents({})", book.literal(words.get("booklet.contents")));
    if !book.booklet.lead.is_empty() {
        let _ = writeln!(out, "t.preface({{{}}})", blocks(book, &book.booklet.lead));
    }
    for (at, part) in book.booklet.parts.iter().enumerate() {
        opener(book, at, part, &mut out);
        for id in &part.texts {
            let path = chapters.iter().find(|(one, _)| one == id);
            if let Some((_, path)) = path {
                let _ = writeln!(out, "include \"/{path}\"");
            }
        }
    }
    back(book, &mut out);
    out.push_str("}\n");
    out
}

fn cover(book: &Book<'_>, out: &mut String) {
    let booklet = book.booklet;
    let _ = write!(
        out,
        "t.cover({}, {}, {}",
        book.literal(&booklet.title),
        maybe(book, booklet.said(Key::Subtitle).as_deref()),
        maybe(book, booklet.said(Key::Authors).as_deref())
    );
    let picture = booklet
        .entry
        .and_then(|entry| entry.pictures.get(&entry.image?))
        .and_then(|picture| Some((picture, book.pictures.get(&picture.asset?)?)));
    if let Some((picture, shown)) = picture {
        let words = book.words(booklet.lang);
        let alt = match picture.alt.trim() {
            "" => words.get("part.picture-unnamed"),
            alt => alt,
        };
        let _ = write!(
            out,
            ", picture: (path: \"/{}\", alt: {}, decorative: {})",
            shown.path,
            book.literal(alt),
            picture.decorative
        );
    }
    out.push_str(")\n");
}

/// Who made it and when, and what happens when a teller wants to stop.
fn colophon(book: &Book<'_>, out: &mut String) {
    let words = book.words(book.booklet.lang);
    out.push_str("t.colophon((");
    for (label, said) in colophon_lines(book) {
        let _ = write!(out, "({}, {}), ", book.literal(&label), book.literal(&said));
    }
    out.push_str("), (");
    for key in ["booklet.withdrawn", "booklet.made-with"] {
        let _ = write!(out, "{}, ", book.literal(words.get(key)));
    }
    out.push_str("))\n");
}

/// Returns the lines of the colophon: label and what it says.
pub(super) fn colophon_lines(book: &Book<'_>) -> Vec<(String, String)> {
    let words = book.words(book.booklet.lang);
    let mut lines = Vec::new();
    for key in [Key::Authors, Key::Publisher, Key::Year, Key::Isbn, Key::License] {
        let entry = book.booklet.entry;
        if let Some(said) = entry.and_then(|entry| super::text::fact(entry, key, words)) {
            let label = words.get(&format!("field.{}", key.name())).to_string();
            lines.push((label, said));
        }
    }
    let made = words.get("booklet.made-on").to_string();
    lines.push((made, about::day(words, book.today)));
    lines
}

fn opener(book: &Book<'_>, at: usize, part: &Part<'_>, out: &mut String) {
    let Some(title) = part.title else { return };
    let _ = write!(out, "t.part({}, \"p{at}\", (", words_of(book, title));
    for &id in &part.texts {
        let Some(entry) = book.entries.get(&id) else { continue };
        let title = match entry.number {
            Some(number) => format!("{number}. {}", entry.title),
            None => entry.title.to_string(),
        };
        let _ = write!(out, "({}, \"{}\"), ", book.literal(&title), name(id));
    }
    out.push(')');
    if !part.lead.is_empty() {
        let _ = write!(out, ", lead: {{{}}}", blocks(book, &part.lead));
    }
    out.push_str(")\n");
}

/// Writes what the text of the booklet itself says.
fn blocks(book: &Book<'_>, blocks: &[&Block]) -> String {
    let Some(entry) = book.booklet.entry else { return String::new() };
    let mut writer = Writer::new(book, EntryId(u32::MAX), entry);
    blocks.iter().for_each(|block| writer.blocks(std::slice::from_ref(*block)));
    writer.web_addresses();
    writer.out
}

fn words_of(book: &Book<'_>, line: &[Inline]) -> String {
    book.literal(plain(line).trim())
}

fn back(book: &Book<'_>, out: &mut String) {
    let booklet = book.booklet;
    let words = book.words(booklet.lang);
    let _ = write!(out, "t.back-cover({}, (", book.literal(&booklet.title));
    if let Some(publisher) = booklet.said(Key::Publisher) {
        let said = words.say("page.published-by", &[("name", &publisher)]);
        let _ = write!(out, "{}, ", book.literal(&said));
    }
    if let Some(isbn) = booklet.said(Key::Isbn) {
        let _ = write!(out, "{}, ", book.literal(&format!("ISBN {isbn}")));
    }
    if let Some(site) = &book.settings.address {
        let _ = write!(out, "{}, ", book.literal(site.trim_end_matches('/')));
    }
    let _ = writeln!(out, "), {})", maybe(book, summary(book).as_deref()));
}
