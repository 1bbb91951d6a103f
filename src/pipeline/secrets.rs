//! What may not be in a site: everything the texts hold that nobody may see in it.
//!
//! All that was read, less all that goes out: lines, names, numbers, days, names of files
//! and pieces of them. What the theme and our own tables say is no secret either, so that
//! ordinary words never stop a build.

use super::say::{self, Said};
use crate::compose::{Chosen, Entry, fixed};
use crate::files::{read, read_piece};
use crate::kind::anywhere;
use crate::lang::{self, Lang, spoken};
use crate::model::{Asset, AssetId, Library, Text, TextId};
use crate::output::locked::blank_page;
use crate::output::site::EVERYBODY;
use crate::sweep::{Open, TooMuch, Words, numbers, plain};
use crate::text::{fold, read_date};
use crate::theme::Theme;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use jiff::civil::Date;
use memchr::memmem;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Words in a piece of a line: what is cut off or goes on elsewhere is found all the same.
const PIECE: usize = 7;

/// Fewest words of a line that is looked for, and fewest letters.
const FEWEST: (usize, usize) = (3, 12);

/// Fewest letters of a name.
const NAME: usize = 3;

/// Up to this size a file is read whole to find what is its own, in bytes.
const SMALL: u64 = 1 << 20;

/// What our own files are called.
const NAMES: &str = "p index html words txt bin robots sitemap feed xml";

/// How many bytes of a file are looked for.
const BYTES: usize = 48;

/// What may not be seen, and where it was heard first.
#[derive(Default)]
struct Heard {
    words: Words,
    days: BTreeMap<Date, usize>,
}

/// Gathers what may not be in the site; the numbers are those of texts in the library.
pub(super) fn secrets(
    library: &Library,
    withheld: &BTreeSet<TextId>,
    chosen: &Chosen<'_>,
    theme: &Theme,
) -> Result<Words, TooMuch> {
    // Of an open text only the lines at its top may hold what stays inside.
    // What pages show of those is no secret: not looked for at all.
    let shown = shown(chosen);
    let (mut inside, mut tops) = (Heard::default(), Heard::default());
    let mut open_texts = Vec::new();
    for (id, text) in library.ids() {
        let from = id.0 as usize;
        if withheld.contains(&id) || !is_open(text) {
            say::text(text, &mut |said| inside.hear(&said, from));
        } else {
            say::fields(&text.fields, &mut |said| {
                if !shown.contains(said.words()) {
                    tops.hear(&said, from);
                }
            });
            open_texts.push((from, text));
        }
    }
    let from = library.texts.len();
    for asset in library.assets.iter() {
        let name = plain(asset.path.stem());
        if name.trim().contains(' ') && name.len() > 9 {
            inside.words.lines.insert(name, from);
        }
    }
    // All that people may see is gathered only where something may stay inside.
    if !inside.is_empty() || !tops.is_empty() {
        let open = open(chosen, theme);
        let mut seen = days_in(&open.words());
        seen.insert(chosen.today());
        inside.without(&open, &seen)?;
        tops.without(&open, &seen)?;
        inside.join(tops.untold(&open_texts));
    }
    for (day, from) in inside.days {
        spell(day, from, &mut inside.words);
    }
    inside.words.pieces = pieces(library, chosen);
    Ok(inside.words)
}

impl Heard {
    fn is_empty(&self) -> bool {
        self.words.count() == 0 && self.days.is_empty()
    }

    /// Takes in a piece of the text with this number.
    fn hear(&mut self, said: &Said<'_>, from: usize) {
        take(&mut self.words, said, from);
        for day in dates(said.words()) {
            self.days.entry(day).or_insert(from);
        }
    }

    /// Takes out what may be seen.
    fn without(&mut self, open: &Open, days: &BTreeSet<Date>) -> Result<(), TooMuch> {
        self.days.retain(|day, _| !days.contains(day));
        self.words.without(open)
    }

    /// Returns what these texts do not say aloud themselves: a line of which every word is
    /// said in its own text may come to stand on its page by itself, as a title and the
    /// first word below it.
    fn untold(&self, texts: &[(usize, &Text)]) -> Heard {
        let mut untold = Heard::default();
        if self.is_empty() {
            return untold;
        }
        for (from, text) in texts {
            let mut words = None;
            say::fields(&text.fields, &mut |said| {
                let mut heard = Heard::default();
                heard.hear(&said, *from);
                heard.only(self);
                if heard.is_empty()
                    || is_told(&said, words.get_or_insert_with(|| told(text)))
                {
                    return;
                }
                untold.join(heard);
            });
        }
        untold
    }

    /// Leaves only what is in the other too.
    fn only(&mut self, other: &Heard) {
        self.words.lines.retain(|line, _| other.words.lines.contains_key(line));
        self.words.names.retain(|name, _| other.words.names.contains_key(name));
        self.words.numbers.retain(|number, _| other.words.numbers.contains_key(number));
        self.days.retain(|day, _| other.days.contains_key(day));
    }

    /// Takes in all of the other; what was there stays as it is.
    fn join(&mut self, other: Heard) {
        add(&mut self.words.lines, other.words.lines);
        add(&mut self.words.names, other.words.names);
        add(&mut self.words.numbers, other.words.numbers);
        add(&mut self.days, other.days);
    }
}

fn add<K: Ord>(all: &mut BTreeMap<K, usize>, more: BTreeMap<K, usize>) {
    for (key, from) in more {
        all.entry(key).or_insert(from);
    }
}

/// Returns the lines at the top of texts that their pages show.
fn shown(chosen: &Chosen<'_>) -> HashSet<String> {
    let mut shown = HashSet::new();
    for entry in chosen.entries() {
        shown.insert(entry.title.to_string());
        say::fields(&entry.fields, &mut |said| {
            shown.insert(said.words().to_string());
        });
    }
    shown
}

/// Returns the words that an open text says below the lines at its top.
fn told(text: &Text) -> BTreeSet<String> {
    let mut told = plain(&text.title);
    say::body(&text.body, &mut |said| told += &plain(said.words()));
    told.split_whitespace().map(String::from).collect()
}

/// Tells whether a line holds only words that its own text says aloud.
fn is_told(said: &Said<'_>, told: &BTreeSet<String>) -> bool {
    plain(said.words()).split_whitespace().all(|word| told.contains(word))
}

/// Tells whether every part of a text is for everybody.
fn is_open(text: &Text) -> bool {
    text.body.glance().open && text.notes.iter().all(|note| note.audience.is_everyone())
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
    // Nearly all that people write holds no day at all.
    if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_digit()) {
        return BTreeSet::new();
    }
    days_in(&plain(text))
}

/// Returns the days in a row of words, as [`plain`] makes them.
fn days_in(row: &str) -> BTreeSet<Date> {
    let mut days = BTreeSet::new();
    let mut three = ["", "", ""];
    for word in row.split(' ').filter(|word| !word.is_empty()) {
        three = [three[1], three[2], day_of(word)];
        let is_row = !three[0].is_empty();
        if is_row && (is_year(three[0]) || is_year(three[2])) {
            let gap = if three.iter().all(|word| is_number(word)) { "-" } else { " " };
            days.extend(read_date(&three.join(gap)).date());
        }
    }
    days
}

/// Returns a word without the hour behind a day: `2012-05-03T10:00` for machines.
fn day_of(word: &str) -> &str {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return word;
    }
    match word.split_once('t') {
        Some((day, hour)) if is_number(day) && is_number(hour) => day,
        _ => word,
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && is_number(word)
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
fn open(chosen: &Chosen<'_>, theme: &Theme) -> Open {
    let mut all = Open::default();
    let mut add = |text: &str| all.add(text);
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
    for lang in lang::ours() {
        add(&anywhere(&lang));
        theme.words(&lang).iter().for_each(|(_, word)| add(word));
    }
    theme.texts().for_each(|text| add(&text));
    for lang in spoken().filter_map(Lang::read) {
        all.add_file(&blank_page(&lang));
    }
    fixed::ALL.into_iter().chain([EVERYBODY, NAMES]).for_each(|text| all.add(text));
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
        let Some(piece) = piece(asset) else { continue };
        let signs: BTreeSet<u8> = piece.iter().copied().collect();
        if open.contains(asset.path.as_str()) {
            seen.insert(piece);
        } else if signs.len() > BYTES / 3 {
            closed.insert(piece, library.texts.len());
        }
    }
    closed.retain(|piece, _| !seen.contains(piece));
    let drawn = chosen.pictures().values().map(|placed| placed.asset);
    let drawn = drawn.filter(|asset| fold(asset.path.as_str()).ends_with(".svg"));
    without_common(&mut closed, chosen.attachments().values().copied().chain(drawn));
    closed
}

/// Leaves out what stands in a file too that goes out as it is: drawings of one hand, and
/// documents of one program, have much in common.
fn without_common<'a>(
    closed: &mut BTreeMap<Vec<u8>, usize>,
    open: impl Iterator<Item = &'a Asset>,
) {
    let pieces: Vec<Vec<u8>> = closed.keys().cloned().collect();
    // All of them stay where they cannot be looked for.
    let finder =
        AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&pieces);
    let Some(finder) = finder.ok().filter(|_| !pieces.is_empty()) else { return };
    for asset in open {
        let Ok(bytes) = read(&asset.on_disk) else { continue };
        for found in finder.find_overlapping_iter(&bytes) {
            closed.remove(&pieces[found.pattern().as_usize()]);
        }
    }
}

/// Returns a piece of a file that no other file has.
fn piece(asset: &Asset) -> Option<Vec<u8>> {
    if asset.length > SMALL {
        return read_piece(&asset.on_disk, BYTES);
    }
    let bytes = read(&asset.on_disk).ok()?;
    let own = own(&bytes);
    let middle = own.len().saturating_sub(BYTES) / 2;
    (bytes.len() >= 4 * BYTES)
        .then(|| own.get(middle..middle + BYTES))?
        .map(<[u8]>::to_vec)
}

/// Returns what of a picture is its own: many pictures have the same tables in front, and
/// those make up most of a small one.
fn own(bytes: &[u8]) -> &[u8] {
    // What stands between the mark of a scan and the scan itself, for three colours.
    const SCAN: usize = 14;
    let starts = match bytes {
        // The first scan may be that of a small picture inside it.
        [0xff, 0xd8, 0xff, ..] => {
            let scans =
                [memmem::rfind(bytes, b"\xff\xda"), memmem::find(bytes, b"\xff\xda")];
            scans.map(|at| at.map(|at| at + SCAN))
        }
        [0x89, b'P', b'N', b'G', ..] => {
            [memmem::find(bytes, b"IDAT").map(|at| at + 4), None]
        }
        _ => return bytes,
    };
    let parts = starts.into_iter().flatten().filter_map(|start| bytes.get(start..));
    parts.into_iter().find(|part| part.len() >= BYTES).unwrap_or_default()
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
