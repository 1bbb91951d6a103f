//! What may not be in a site: everything the texts hold that nobody may see in it.
//!
//! All that was read, less all that goes out: lines, names, numbers, days, names of files
//! and pieces of them. What the theme and our own tables say is no secret either, so that
//! ordinary words never stop a build.

use super::say::{self, Said};
use crate::compose::{Chosen, Entry};
use crate::files::read_piece;
use crate::kind::anywhere;
use crate::lang::{Lang, spoken};
use crate::model::{AssetId, BlockKind, Library, Text, TextId, walk_blocks};
use crate::sweep::{Words, numbers, plain};
use crate::text::read_date;
use crate::theme::Theme;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Words in a piece of a line: what is cut off or goes on elsewhere is found all the same.
const PIECE: usize = 7;

/// Fewest words of a line that is looked for, and fewest letters.
const FEWEST: (usize, usize) = (3, 12);

/// Fewest letters of a name.
const NAME: usize = 3;

/// How many bytes of a file are looked for.
const BYTES: usize = 48;

/// Gathers what may not be in the site; the numbers are those of texts in the library.
pub(super) fn secrets(
    library: &Library,
    withheld: &BTreeSet<TextId>,
    chosen: &Chosen<'_>,
    theme: &Theme,
) -> Words {
    let mut words = Words::default();
    let mut days: BTreeMap<Date, usize> = BTreeMap::new();
    for (id, text) in library.ids() {
        let from = id.0 as usize;
        let all_inside = withheld.contains(&id) || !is_open(text);
        let told = if all_inside { BTreeSet::new() } else { told(text) };
        let mut hear = |said: Said<'_>| {
            if is_told(said.words(), &told) {
                return;
            }
            take(&mut words, &said, from);
            for day in dates(said.words()) {
                days.entry(day).or_insert(from);
            }
        };
        // Of an open text only the lines at its top may hold what stays inside.
        if all_inside {
            say::text(text, &mut hear);
        } else {
            say::fields(&text.fields, &mut hear);
        }
    }
    let from = library.texts.len();
    for asset in &library.assets {
        let name = plain(asset.path.stem());
        if name.trim().contains(' ') && name.len() > 9 {
            words.lines.insert(name, from);
        }
    }
    if words.count() == 0 && days.is_empty() {
        return words;
    }
    let open = open(chosen, theme);
    words.without(&open);
    let seen = dates(&open);
    days.retain(|day, _| !seen.contains(day) && *day != chosen.today());
    for (day, from) in days {
        spell(day, from, &mut words);
    }
    words.pieces = pieces(library, chosen);
    words
}

/// Returns the words that an open text says below the lines at its top.
fn told(text: &Text) -> BTreeSet<String> {
    let mut told = plain(&text.title);
    say::body(&text.body, &mut |said| told += &plain(said.words()));
    told.split_whitespace().map(String::from).collect()
}

/// Tells whether a line holds only words that its own text says aloud: on a page they may
/// come to stand in a row by themselves, as a title and the first word below it.
fn is_told(line: &str, told: &BTreeSet<String>) -> bool {
    !told.is_empty() && plain(line).split_whitespace().all(|word| told.contains(word))
}

/// Tells whether every part of a text is for everybody.
fn is_open(text: &Text) -> bool {
    let mut open = text.body.audience.is_everyone()
        && text.body.all_sections().iter().all(|part| part.audience.is_everyone())
        && text.notes.iter().all(|note| note.audience.is_everyone());
    walk_blocks(&text.body, &mut |block| {
        if let BlockKind::Group { audience, .. } = &block.kind {
            open &= audience.is_everyone();
        }
    });
    open
}

/// Takes what is to be looked for out of what a text says.
fn take(words: &mut Words, said: &Said<'_>, from: usize) {
    let text = said.words();
    let row = plain(text);
    let row: Vec<&str> = row.split_whitespace().collect();
    for piece in row.chunks(PIECE) {
        let letters = piece.iter().map(|word| word.chars().count()).sum::<usize>();
        if piece.len() >= FEWEST.0 && letters >= FEWEST.1 {
            words.lines.entry(format!(" {} ", piece.join(" "))).or_insert(from);
        }
    }
    for name in names(said) {
        words.names.entry(name).or_insert(from);
    }
    for number in numbers(text).split_whitespace() {
        // The end of it: `06…` and `+316…` are one telephone.
        if number.len() >= 9 {
            let end = number[number.len() - 9..].to_string();
            words.numbers.entry(end).or_insert(from);
        }
    }
}

/// Returns the names in a piece of text: words with a capital that do not begin a sentence;
/// in what is a name, every word with a capital.
fn names(said: &Said<'_>) -> Vec<String> {
    let is_name = matches!(said, Said::Name(_));
    let mut found = Vec::new();
    let mut begins = true;
    for word in said.words().split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        let lower = bare.chars().any(char::is_lowercase);
        if capital && lower && (is_name || !begins) && bare.chars().count() >= NAME {
            let name = plain(bare);
            if name.trim().chars().all(char::is_alphabetic) {
                found.push(name);
            }
        }
        begins = word.ends_with(['.', '!', '?', ':']);
    }
    found
}

/// Returns the days in a text, however they are written.
fn dates(text: &str) -> BTreeSet<Date> {
    // `2012-05-03T10:00` for machines: the hour begins a word of its own.
    let row = plain(text);
    let row = row.split_whitespace().map(|word| match word.split_once('t') {
        Some((day, hour)) if is_number(day) && is_number(hour) => day,
        _ => word,
    });
    let row: Vec<&str> = row.collect();
    let year = |word: &str| word.len() == 4 && is_number(word);
    let windows = row.windows(3).filter(|three| year(three[0]) || year(three[2]));
    let read = |three: &[&str]| {
        let gap = if three.iter().all(|word| is_number(word)) { "-" } else { " " };
        read_date(&three.join(gap)).date()
    };
    windows.filter_map(read).collect()
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// Adds the ways to write a day.
fn spell(day: Date, from: usize, words: &mut Words) {
    let (y, m, d) = (day.year(), day.month(), day.day());
    for lang in [Lang::dutch(), Lang::english()] {
        words.lines.insert(plain(&lang.day(day)), from);
    }
    for row in [
        format!(" {y} {m:02} {d:02} "),
        format!(" {d:02} {m:02} {y} "),
        format!(" {d} {m} {y} "),
    ] {
        words.lines.insert(row, from);
    }
    for number in [format!("{y}{m:02}{d:02}"), format!("{d:02}{m:02}{y}")] {
        words.numbers.insert(number, from);
    }
}

/// Returns everything that may be seen: what goes out, and what is ours.
fn open(chosen: &Chosen<'_>, theme: &Theme) -> String {
    let mut all = String::new();
    let mut add = |text: &str| {
        all.push_str(text);
        // Nothing runs on from one into the other.
        all.push_str(" \n\n ");
    };
    for entry in chosen.entries() {
        entry_words(entry, &mut add);
    }
    add(&format!("{:?}", chosen.settings()));
    for list in chosen.lists() {
        add(&list.title);
        add(list.address.as_str());
    }
    for item in chosen.menu() {
        add(&item.title);
    }
    for term in chosen.terms() {
        [&term.title, &term.meaning].into_iter().chain(&term.also).for_each(|it| add(it));
    }
    for voice in chosen.voices() {
        [&voice.word, &voice.meaning].into_iter().for_each(|it| add(it));
    }
    chosen.pictures().values().for_each(|placed| add(&placed.base));
    chosen.attachments().keys().for_each(|address| add(address.as_str()));
    chosen.redirects().keys().for_each(|address| add(address.as_str()));
    add(&chosen.today().to_string());
    for lang in spoken().filter_map(Lang::read) {
        add(&anywhere(&lang));
        theme.words(&lang).iter().for_each(|(_, word)| add(word));
        let lock = lang.terminal().iter().filter(|(key, _)| key.starts_with("lock."));
        lock.for_each(|(_, word)| add(word));
    }
    theme.texts().for_each(|text| add(&text));
    all
}

fn entry_words(entry: &Entry<'_>, add: &mut impl FnMut(&str)) {
    add(&entry.title);
    add(&entry.summary);
    add(entry.address.as_str());
    if let Some(date) = entry.date {
        add(&date.to_string());
    }
    say::entry(entry, &mut |said| {
        add(said.words());
        // A day that is written is also told to machines.
        dates(said.words()).iter().for_each(|day| add(&day.to_string()));
    });
}

/// Returns pieces of the files that do not go out.
fn pieces(library: &Library, chosen: &Chosen<'_>) -> BTreeMap<Vec<u8>, usize> {
    let mut open: BTreeSet<&str> =
        chosen.attachments().values().map(|asset| asset.path.as_str()).collect();
    open.extend(chosen.pictures().values().map(|placed| placed.asset.path.as_str()));
    let (mut closed, mut seen) = (BTreeMap::new(), BTreeSet::new());
    for at in 0..library.assets.len() {
        let asset = library.asset(AssetId(at as u32));
        let Some(piece) = read_piece(&asset.on_disk, BYTES) else { continue };
        let signs: BTreeSet<u8> = piece.iter().copied().collect();
        if open.contains(asset.path.as_str()) {
            seen.insert(piece);
        } else if signs.len() > BYTES / 3 {
            closed.insert(piece, library.texts.len());
        }
    }
    closed.retain(|piece, _| !seen.contains(piece));
    closed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_with_a_capital_inside_a_sentence() {
        let found = |said: Said<'_>| names(&said).join("");
        assert_eq!(found(Said::Line("Morgen belt Riet met Jan-Piet. Dan.")), " riet ");
        assert_eq!(found(Said::Name("Riet Zevenblad")), " riet  zevenblad ");
        assert_eq!(found(Said::Line("De GGZ belt Al.")), "");
    }

    #[test]
    fn a_day_is_one_day_however_it_is_written() {
        for text in ["geboren 3 mei 2012", "2012-05-03T10:00", "03-05-2012", "3-5-2012"] {
            let days: Vec<Date> = dates(text).into_iter().collect();
            assert_eq!(days, [jiff::civil::date(2012, 5, 3)], "{text}");
        }
        assert!(dates("In 2012 was het 3 mei").is_empty());
    }
}
