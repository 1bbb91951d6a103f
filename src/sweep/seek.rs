//! What is looked for, and the looking.

use super::numbers::numbers;
use super::packed::{runs, unpacked};
use super::plain::{plain, push};
use super::rows::{Rows, is_long};
use super::unwrap::unwrap;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What is looked for: a piece, and the number of where it comes from.
#[derive(Debug, Default)]
pub struct Words {
    /// Rows of words, as [`plain`] makes them.
    pub lines: BTreeMap<String, usize>,
    /// Single words: names.
    pub names: BTreeMap<String, usize>,
    /// Eight digits or more.
    pub numbers: BTreeMap<String, usize>,
    /// Bytes out of files.
    pub pieces: BTreeMap<Vec<u8>, usize>,
}

/// Where it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// In something we made: everything counts.
    Ours,
    /// In a file of somebody's own, among much that is not ours: long lines, numbers and
    /// pieces count.
    Theirs,
}

/// Words in a line that count in a file of somebody's own.
const LONG: usize = 6;

/// Letters of a line that count among bytes that are no text.
const SURE: usize = 12;

/// Fewer patterns than this are looked for in the quickest way.
const FEW: usize = 100;

/// How deep packing is undone: a PDF in a zip in base64.
const DEEPEST: usize = 3;

/// Ready to look.
pub struct Sweep {
    /// Long lines; the others stand in the two below.
    rows: Rows,
    lines: Finder,
    /// The same without the space around them: among bytes, words stand against anything.
    bare: Finder,
    names: Finder,
    numbers: Finder,
    pieces: Finder,
}

struct Finder {
    patterns: Option<AhoCorasick>,
    /// Tells in one quick look whether there is anything; most files hold nothing.
    quick: Option<AhoCorasick>,
    /// By the number of a pattern: where it comes from, its words, its letters.
    facts: Vec<(usize, usize, usize)>,
}

impl Words {
    /// Tells how many things are looked for.
    pub fn count(&self) -> usize {
        self.lines.len() + self.names.len() + self.numbers.len() + self.pieces.len()
    }

    /// Takes out what may be seen: lines and names among its words, numbers in it too.
    pub fn without(&mut self, open: &Open) {
        self.without_rows(open);
        drop_found(&mut self.lines, &open.words);
        drop_found(&mut self.names, &open.words);
        drop_found(&mut self.numbers, open.digits.as_bytes());
    }

    /// Takes out the long lines that may be seen.
    fn without_rows(&mut self, open: &Open) {
        let (long, short): (BTreeMap<_, _>, BTreeMap<_, _>) =
            std::mem::take(&mut self.lines)
                .into_iter()
                .partition(|(line, _)| is_long(line));
        let rows = Rows::new(long.iter().map(|(line, from)| (line.as_str(), *from)));
        let seen: BTreeSet<usize> =
            rows.find(&open.words, true).map(|hit| hit.row).collect();
        let kept = long.into_iter().enumerate().filter(|(at, _)| !seen.contains(at));
        self.lines = kept.map(|(_, line)| line).chain(short).collect();
    }
}

/// What may be seen.
#[derive(Debug, Default)]
pub struct Open {
    words: Vec<u8>,
    digits: String,
}

impl Open {
    /// Adds a piece; a number does not run on from one piece into the other, a line does.
    pub fn add(&mut self, text: &str) {
        push(&mut self.words, text);
        self.digits.push_str(&numbers(text));
    }

    /// Returns its words, as [`plain`] makes them.
    pub fn words(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.words)
    }
}

fn drop_found(sought: &mut BTreeMap<String, usize>, open: &[u8]) {
    let names: Vec<String> = sought.keys().cloned().collect();
    let Some(patterns) = automaton(names.iter().map(String::as_bytes)) else { return };
    for found in patterns.find_overlapping_iter(open) {
        if let Some(name) = names.get(found.pattern().as_usize()) {
            sought.remove(name);
        }
    }
}

fn automaton<'a>(patterns: impl Iterator<Item = &'a [u8]>) -> Option<AhoCorasick> {
    let patterns: Vec<&[u8]> = patterns.collect();
    if patterns.is_empty() {
        return None;
    }
    // Quickest for a few; for many it would take too much memory.
    let kind = match patterns.len() {
        0..FEW => AhoCorasickKind::DFA,
        _ => AhoCorasickKind::ContiguousNFA,
    };
    AhoCorasickBuilder::new().kind(Some(kind)).build(patterns).ok()
}

impl Finder {
    fn new<'a>(sought: impl Iterator<Item = (&'a [u8], usize)>) -> Finder {
        let all: Vec<(&[u8], usize)> = sought.collect();
        let facts = all.iter().map(|(pattern, from)| {
            let gaps = pattern.iter().filter(|b| **b == b' ').count();
            (*from, gaps.saturating_sub(1), pattern.len().saturating_sub(gaps))
        });
        let leftmost =
            AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostFirst).clone();
        Finder {
            facts: facts.collect(),
            // Among many there is always one to stop at: a first look gains nothing.
            quick: (all.len() < FEW)
                .then(|| leftmost.build(all.iter().map(|(pattern, _)| *pattern)).ok())
                .flatten(),
            patterns: automaton(all.iter().map(|(pattern, _)| *pattern)),
        }
    }

    fn is_empty(&self) -> bool {
        self.patterns.is_none()
    }

    fn find(&self, bytes: &[u8], counts: impl Fn(usize, usize) -> bool) -> Option<usize> {
        let patterns = self.patterns.as_ref()?;
        if self.quick.as_ref().is_some_and(|quick| !quick.is_match(bytes)) {
            return None;
        }
        let found = patterns.find_overlapping_iter(bytes);
        let facts = found.filter_map(|one| self.facts.get(one.pattern().as_usize()));
        let mut facts = facts.filter(|(_, words, letters)| counts(*words, *letters));
        facts.next().map(|(from, _, _)| *from)
    }
}

impl Sweep {
    /// Makes ready to look for these.
    pub fn new(words: &Words) -> Sweep {
        let text = |sought: &BTreeMap<String, usize>| {
            Finder::new(sought.iter().map(|(line, from)| (line.as_bytes(), *from)))
        };
        let all = || words.lines.iter().map(|(line, from)| (line.as_str(), *from));
        let short = || all().filter(|(line, _)| !is_long(line));
        Sweep {
            rows: Rows::new(all()),
            lines: Finder::new(short().map(|(line, from)| (line.as_bytes(), from))),
            bare: Finder::new(short().map(|(line, from)| (line.trim().as_bytes(), from))),
            names: text(&words.names),
            numbers: text(&words.numbers),
            pieces: Finder::new(
                words.pieces.iter().map(|(b, from)| (b.as_slice(), *from)),
            ),
        }
    }

    /// Looks through a file and its name; returns where the first thing found comes from.
    pub fn look(&self, name: &str, bytes: &[u8], sought: Sought) -> Option<usize> {
        let name = plain(name);
        self.line(name.as_bytes(), |_, _| true)
            .or_else(|| self.names.find(name.as_bytes(), |_, _| sought == Sought::Ours))
            .or_else(|| self.inside(bytes, sought, 0))
    }

    /// Looks for lines among plain words.
    fn line(&self, text: &[u8], counts: impl Fn(usize, usize) -> bool) -> Option<usize> {
        let row = self.rows.find(text, true).find(|hit| counts(hit.count, hit.letters));
        row.map(|hit| hit.from).or_else(|| self.lines.find(text, counts))
    }

    fn inside(&self, bytes: &[u8], sought: Sought, depth: usize) -> Option<usize> {
        if let Some(from) = self.pieces.find(bytes, |_, _| true) {
            return Some(from);
        }
        let found = match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => self.text(text, sought, depth),
            _ => self.bytes(bytes),
        };
        if found.is_some() || depth >= DEEPEST {
            return found;
        }
        unpacked(bytes).iter().find_map(|one| self.inside(one, Sought::Theirs, depth + 1))
    }

    fn text(&self, text: &str, sought: Sought, depth: usize) -> Option<usize> {
        self.words(text, sought).or_else(|| {
            if depth >= DEEPEST {
                return None;
            }
            let mut runs = runs(text);
            runs.find_map(|run| self.inside(&run, Sought::Theirs, depth + 1))
        })
    }

    /// Looks at what a text says, for people and for machines.
    fn words(&self, text: &str, sought: Sought) -> Option<usize> {
        let none =
            [&self.lines, &self.names, &self.numbers].iter().all(|one| one.is_empty());
        if none && self.rows.is_empty() {
            return None;
        }
        let open = unwrap(text);
        let length = open.seen.len() + open.told.len() + open.tags.len();
        let mut seen = Vec::with_capacity(length);
        push(&mut seen, &open.seen);
        push(&mut seen, &open.told);
        if sought == Sought::Ours
            && let Some(from) = self.names.find(&seen, |_, _| true)
        {
            return Some(from);
        }
        push(&mut seen, &open.tags);
        let long = |words, _| sought == Sought::Ours || words >= LONG;
        self.line(&seen, long).or_else(|| {
            if self.numbers.is_empty() {
                return None;
            }
            let told = [&open.seen, &open.told, &open.tags];
            let mut each = told.into_iter().map(|part| numbers(part));
            each.find_map(|part| self.numbers.find(part.as_bytes(), |_, _| true))
        })
    }

    /// Looks among bytes that are no text: at every run of letters in them.
    fn bytes(&self, bytes: &[u8]) -> Option<usize> {
        let letters = letters(bytes);
        // Most of what looks like base64 is none: nothing can be read in it.
        if letters.len() < SURE {
            return None;
        }
        let text = plain(&letters);
        let mut rows = self.rows.find(text.as_bytes(), false);
        let row = rows.find(|hit| hit.letters >= SURE).map(|hit| hit.from);
        row.or_else(|| self.bare.find(text.as_bytes(), |_, letters| letters >= SURE))
    }
}

/// Returns the runs of letters and signs among bytes. Nothing at all between two letters
/// counts as part of a run: so is UTF-16 written.
fn letters(bytes: &[u8]) -> String {
    const SHORTEST: usize = 8;
    let (mut out, mut run) = (String::new(), Vec::new());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after.first()) {
            (0, _) => {}
            (b' '..=b'~' | b'\n' | b'\t' | b'\r', _) => run.push(byte),
            // Letters with accents, in UTF-8.
            (0xc3 | 0xc2, Some(&next @ 0x80..=0xbf)) => {
                run.extend([byte, next]);
                rest = &after[1..];
            }
            _ => {
                if run.len() >= SHORTEST {
                    out.push_str(&String::from_utf8_lossy(&run));
                    out.push(' ');
                }
                run.clear();
            }
        }
    }
    out.push_str(&String::from_utf8_lossy(&run));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "Noortje slaapt al weken bij oma Riet.";

    fn sweep() -> Sweep {
        let mut words = Words::default();
        words.lines.insert(plain(LINE), 1);
        words.lines.insert(plain("Oma Riet belt"), 4);
        words.names.insert(plain("Noortje"), 2);
        words.numbers.insert("612345678".into(), 3);
        words.pieces.insert(vec![7, 1, 250, 3, 9, 9, 31, 8], 5);
        Sweep::new(&words)
    }

    fn found(bytes: &[u8]) -> Option<usize> {
        sweep().look("index.html", bytes, Sought::Ours)
    }

    #[test]
    fn a_line_is_found_however_it_is_written_down() {
        let hex: String = LINE.bytes().map(|b| format!("{b:02x}")).collect();
        let percent: String = LINE.bytes().map(|b| format!("%{b:02X}")).collect();
        let entities: String = LINE.chars().map(|c| format!("&#{};", c as u32)).collect();
        let json: String = LINE.chars().map(|c| format!("\\u{:04x}", c as u32)).collect();
        let utf16: Vec<u8> = LINE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let shut = miniz_oxide::deflate::compress_to_vec_zlib(LINE.as_bytes(), 6);
        let pdf = [b"%PDF-1.4\xff stream\n", shut.as_slice(), b"\nendstream"].concat();
        for bytes in [
            LINE.as_bytes().to_vec(),
            LINE.to_uppercase().into_bytes(),
            LINE.replace(' ', "</b> <i>").into_bytes(),
            format!("<img alt=\"{LINE}\">").into_bytes(),
            format!("<p class='{LINE}'>").into_bytes(),
            format!("<!-- {LINE} -->").into_bytes(),
            percent.into_bytes(),
            entities.into_bytes(),
            json.into_bytes(),
            format!("\"{hex}\"").into_bytes(),
            crate::text::base64(LINE.as_bytes()).into_bytes(),
            crate::text::base64(&pdf).into_bytes(),
            utf16,
            pdf,
            [b"RIFF\xff\xfeWEBP", LINE.as_bytes()].concat(),
        ] {
            assert!(found(&bytes).is_some(), "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn names_numbers_pieces_and_file_names() {
        assert_eq!(found(b"<p>Hoi No<wbr>ortje!</p>"), Some(2));
        assert_eq!(found(b"<p class=noortje>Hoi</p>"), None, "a name of a style");
        assert_eq!(found(b"Bel +31 6 1234-5678"), Some(3));
        assert_eq!(found(b"\xff\0\x07\x01\xfa\x03\x09\x09\x1f\x08"), Some(5));
        let named = sweep().look("foto/noortje-480.webp", b"", Sought::Ours);
        assert_eq!(named, Some(2));
        let theirs = |text: &str| sweep().look("a.pdf", text.as_bytes(), Sought::Theirs);
        assert_eq!(theirs("Noortje. Oma Riet belt."), None, "short, and not ours");
        assert_eq!(theirs(LINE), Some(1));
        assert_eq!(found(b"<p>Niets bijzonders.</p>"), None);
    }

    #[test]
    fn what_may_be_seen_is_not_looked_for() {
        let mut words = Words::default();
        words.lines.insert(plain("wij gaan morgen naar zee"), 0);
        words.names.insert(plain("Mei"), 0);
        words.numbers.insert("12345678".into(), 0);
        let mut open = Open::default();
        open.add("… wij gaan, morgen, naar zee. In mei. 1234 56 78");
        words.without(&open);
        assert_eq!(words.count(), 0);
    }
}
