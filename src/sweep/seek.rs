//! What is looked for, and the looking.

use super::letters::letters;
use super::numbers::numbers;
use super::packed::{runs, unpacked};
use super::plain::{plain, push};
use super::rows::{Rows, is_long};
use super::unwrap::unwrap;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use sha2::{Digest, Sha256};
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

/// Fewer patterns than this get a quick look first: among many there is always one to stop
/// at.
const FEW: usize = 100;

/// Most bytes of patterns that can be looked for at once.
const MOST: usize = 1 << 30;

/// How deep packing is undone: a PDF in a zip in base64.
const DEEPEST: usize = 3;

/// There is more to look for than can be looked for: nothing may go out unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch;

/// Ready to look.
pub struct Sweep {
    /// Long lines; the others stand in the two below.
    rows: Rows,
    lines: Finder,
    /// The same without the space around them: among bytes, words stand against anything.
    bare: Finder,
    names: Finder,
    numbers: Finder,
    /// Pieces that may stand in a text.
    pieces: Finder,
    /// Pieces that no text can hold.
    raw: Finder,
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

    /// Adds up all that is looked for.
    pub fn sum(&self) -> [u8; 32] {
        let mut sum = Sha256::new();
        let mut part = |sort: u8, bytes: &[u8]| {
            sum.update([sort]);
            sum.update((bytes.len() as u64).to_le_bytes());
            sum.update(bytes);
        };
        for (words, sort) in [&self.lines, &self.names, &self.numbers].iter().zip(0..) {
            words.keys().for_each(|one| part(sort, one.as_bytes()));
        }
        self.pieces.keys().for_each(|one| part(3, one));
        sum.finalize().into()
    }

    /// Takes out what may be seen: lines and names among its words, numbers in it too.
    pub fn without(&mut self, open: &Open) -> Result<(), TooMuch> {
        self.without_lines(open)?;
        drop_found(&mut self.names, &open.words)?;
        drop_found(&mut self.numbers, open.digits.as_bytes())
    }

    /// Takes out the lines that may be seen.
    fn without_lines(&mut self, open: &Open) -> Result<(), TooMuch> {
        let lines = || self.lines.keys().map(String::as_str).enumerate();
        let rows = Rows::near(lines().map(|(at, line)| (line, at)), &open.words);
        let mut seen: BTreeSet<usize> =
            rows.find(&open.words, true).map(|hit| hit.from).collect();
        let (at, short): (Vec<usize>, Vec<&[u8]>) = lines()
            .filter(|(_, line)| !is_long(line))
            .map(|(at, line)| (at, line.as_bytes()))
            .unzip();
        seen.extend(found(&short, &open.words)?.into_iter().map(|one| at[one]));
        let mut place = 0..;
        self.lines.retain(|_, _| place.next().is_some_and(|at| !seen.contains(&at)));
        Ok(())
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

    /// Adds a whole file of ours, as it is looked at later.
    pub fn add_file(&mut self, text: &str) {
        let open = unwrap(text);
        for part in [&open.seen, &open.told, &open.tags] {
            self.add(part);
        }
    }

    /// Returns its words, as [`plain`] makes them.
    pub fn words(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.words)
    }
}

fn drop_found(sought: &mut BTreeMap<String, usize>, open: &[u8]) -> Result<(), TooMuch> {
    let names: Vec<&[u8]> = sought.keys().map(String::as_bytes).collect();
    let seen = found(&names, open)?;
    let mut place = 0..;
    sought.retain(|_, _| place.next().is_some_and(|at| !seen.contains(&at)));
    Ok(())
}

/// Returns the numbers of the patterns that are in a text.
fn found(patterns: &[&[u8]], text: &[u8]) -> Result<BTreeSet<usize>, TooMuch> {
    let Some(patterns) = automaton(patterns, MatchKind::Standard, MOST)? else {
        return Ok(BTreeSet::new());
    };
    let all = patterns.find_overlapping_iter(text);
    Ok(all.map(|one| one.pattern().as_usize()).collect())
}

/// Makes ready to look for patterns of at most so many bytes; `None` when there are none.
fn automaton(
    patterns: &[&[u8]],
    match_kind: MatchKind,
    most: usize,
) -> Result<Option<AhoCorasick>, TooMuch> {
    if patterns.is_empty() {
        return Ok(None);
    }
    if patterns.iter().map(|pattern| pattern.len()).sum::<usize>() > most {
        return Err(TooMuch);
    }
    // Ready at once, and small, however much there is to look for.
    let kind = Some(AhoCorasickKind::ContiguousNFA);
    let made =
        AhoCorasickBuilder::new().kind(kind).match_kind(match_kind).build(patterns);
    made.map(Some).map_err(|_| TooMuch)
}

impl Finder {
    fn new<'a>(
        sought: impl Iterator<Item = (&'a [u8], usize)>,
    ) -> Result<Finder, TooMuch> {
        let all: Vec<(&[u8], usize)> = sought.collect();
        let facts = all.iter().map(|(pattern, from)| {
            let gaps = pattern.iter().filter(|b| **b == b' ').count();
            (*from, gaps.saturating_sub(1), pattern.len().saturating_sub(gaps))
        });
        let facts = facts.collect();
        let all: Vec<&[u8]> = all.iter().map(|(pattern, _)| *pattern).collect();
        let quick = if all.len() < FEW { &all[..] } else { &[] };
        Ok(Finder {
            facts,
            quick: automaton(quick, MatchKind::LeftmostFirst, MOST)?,
            patterns: automaton(&all, MatchKind::Standard, MOST)?,
        })
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

/// Tells whether bytes, cut out somewhere, may stand in a text: nothing in them is off but
/// a character that is cut through at either end.
fn may_be_text(piece: &[u8]) -> bool {
    let cut = piece.iter().take(3).take_while(|byte| **byte & 0xc0 == 0x80).count();
    match std::str::from_utf8(&piece[cut..]) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

impl Sweep {
    /// Makes ready to look for these.
    pub fn new(words: &Words) -> Result<Sweep, TooMuch> {
        let text = |sought: &BTreeMap<String, usize>| {
            Finder::new(sought.iter().map(|(line, from)| (line.as_bytes(), *from)))
        };
        let all = || words.lines.iter().map(|(line, from)| (line.as_str(), *from));
        let short = || all().filter(|(line, _)| !is_long(line));
        let bare = short().map(|(line, from)| (line.trim().as_bytes(), from));
        let pieces = words.pieces.iter().map(|(piece, from)| (piece.as_slice(), *from));
        let (pieces, raw): (Vec<_>, Vec<_>) =
            pieces.partition(|(piece, _)| may_be_text(piece));
        Ok(Sweep {
            rows: Rows::new(all()),
            lines: Finder::new(short().map(|(line, from)| (line.as_bytes(), from)))?,
            bare: Finder::new(bare)?,
            names: text(&words.names)?,
            numbers: text(&words.numbers)?,
            pieces: Finder::new(pieces.into_iter())?,
            raw: Finder::new(raw.into_iter())?,
        })
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
        let text = std::str::from_utf8(bytes);
        let raw = || text.is_err().then(|| self.raw.find(bytes, |_, _| true)).flatten();
        let piece = self.pieces.find(bytes, |_, _| true).or_else(raw);
        if piece.is_some() {
            return piece;
        }
        let found = match text {
            Ok(text) if memchr::memchr(0, bytes).is_none() => {
                self.text(text, sought, depth)
            }
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
        Sweep::new(&words).expect("not much")
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
        words.without(&open).expect("not much");
        assert_eq!(words.count(), 0);
    }

    proptest::proptest! {
        #[test]
        fn a_piece_of_a_text_is_known_as_one(text in "\\PC{1,9}", from in 0..9usize, to in 0..36usize) {
            let piece = text.as_bytes().get(from..to.min(text.len())).unwrap_or_default();
            proptest::prop_assert!(may_be_text(piece));
        }
    }

    #[test]
    fn more_than_can_be_looked_for_is_refused() {
        let kind = MatchKind::Standard;
        let patterns: [&[u8]; 2] = [b"noor", b"slaapt"];
        assert_eq!(automaton(&patterns, kind, 9).err(), Some(TooMuch));
        assert!(automaton(&patterns, kind, 10).is_ok_and(|made| made.is_some()));
        assert!(automaton(&[], kind, 0).is_ok_and(|made| made.is_none()));
        // One word of a whole file takes no more memory than many small ones.
        let mut words = Words::default();
        words.lines.insert(plain(&format!("a {} b", "x".repeat(1 << 20))), 1);
        let sweep = Sweep::new(&words).expect("it fits");
        let text = format!("<p>a {} b", "x".repeat(1 << 20));
        assert_eq!(sweep.look("", text.as_bytes(), Sought::Ours), Some(1));
    }
}
