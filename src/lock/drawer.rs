//! A drawer of notes: what was worked out before, kept for the next time.
//!
//! A note is found and opened with the sum of all that it was worked out of, so only who
//! has all of that can tell that it is there, or read it. A drawer may lose any of its
//! notes: what is not in it is worked out again.
//!
//! As bytes it is a row of notes: a name of 16 bytes, the length of what follows as a
//! little-endian `u32`, and the sealed note. A new note goes behind the last; whatever
//! follows a note that was cut off is not read.

use super::key::{Key, NoChance};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Length of the name of a note.
const NAME: usize = 16;

/// Length of what stands before a note.
const HEAD: usize = NAME + 4;

type Name = [u8; NAME];

/// Fills bytes by chance, on any thread.
pub type AnyChance = fn(&mut [u8]) -> Result<(), NoChance>;

/// Notes that were kept, and new ones.
pub struct Drawer {
    /// Goes into each key: notes of another program are not found.
    salt: Vec<u8>,
    chance: AnyChance,
    kept: Vec<u8>,
    places: HashMap<Name, Place>,
    new: Mutex<Vec<Vec<u8>>>,
}

/// Where the sealed bytes of a note are.
struct Place {
    range: Range<usize>,
    /// Whether somebody asked for it.
    asked: AtomicBool,
}

/// What is to be written so that a drawer holds its new notes too.
#[derive(Debug, PartialEq, Eq)]
pub struct Fresh {
    /// From this place on; whatever stood there goes. From 0: in the place of all.
    pub from: usize,
    /// The bytes, one piece after the other.
    pub pieces: Vec<Vec<u8>>,
}

impl Drawer {
    /// Opens a drawer as it was kept; `salt` tells which program works out its notes.
    pub fn open(mut kept: Vec<u8>, salt: Vec<u8>, chance: AnyChance) -> Drawer {
        let mut places = HashMap::new();
        let mut at = 0;
        while let Some((name, range)) = next(&kept, at) {
            at = range.end;
            places.insert(name, Place { range, asked: AtomicBool::new(false) });
        }
        kept.truncate(at);
        Drawer { salt, chance, kept, places, new: Mutex::default() }
    }

    /// Returns the note that was worked out of what adds up to `sum`.
    pub fn find(&self, sum: [u8; 32]) -> Option<Vec<u8>> {
        if self.places.is_empty() {
            return None;
        }
        let key = self.key(sum);
        let name = key.name();
        let place = self.places.get(&name)?;
        let words = key.open_note(self.kept.get(place.range.clone())?, &name)?;
        place.asked.store(true, Ordering::Relaxed);
        Some(words)
    }

    /// Keeps a note. Where there is no chance to be had, it is not kept.
    pub fn put(&self, sum: [u8; 32], words: &[u8]) {
        let key = self.key(sum);
        let name = key.name();
        let note = key.seal_note(words, &name, &mut |bytes| (self.chance)(bytes));
        let Ok(note) = note else { return };
        let Some(piece) = piece(&name, &note) else { return };
        self.new.lock().unwrap_or_else(PoisonError::into_inner).push(piece);
    }

    /// Returns what to write, when there is anything new. Notes that nobody asked for go
    /// when they are most of what was kept.
    pub fn fresh(self) -> Option<Fresh> {
        let new = self.new.into_inner().unwrap_or_else(PoisonError::into_inner);
        if new.is_empty() {
            return None;
        }
        let asked =
            self.places.iter().filter(|(_, place)| place.asked.load(Ordering::Relaxed));
        let mut asked: Vec<(&Name, &Range<usize>)> =
            asked.map(|(name, place)| (name, &place.range)).collect();
        let length: usize = asked.iter().map(|(_, range)| HEAD + range.len()).sum();
        let more: usize = new.iter().map(Vec::len).sum();
        if self.kept.len() - length < length + more {
            return Some(Fresh { from: self.kept.len(), pieces: new });
        }
        asked.sort_by_key(|(_, range)| range.start);
        let asked = asked
            .iter()
            .filter_map(|(name, range)| piece(name, self.kept.get((*range).clone())?));
        Some(Fresh { from: 0, pieces: asked.chain(new).collect() })
    }

    fn key(&self, sum: [u8; 32]) -> Key {
        Key::new(sum).child(&self.salt, "drawer", 0)
    }
}

/// Returns a note as it lies in a drawer; nothing when it is too long to tell its length.
fn piece(name: &Name, note: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(note.len()).ok()?;
    Some([name, &length.to_le_bytes()[..], note].concat())
}

/// Returns the name of the note at a place, and where its sealed bytes are.
fn next(kept: &[u8], at: usize) -> Option<(Name, Range<usize>)> {
    let (name, rest) = kept.get(at..)?.split_first_chunk::<NAME>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    (length <= rest.len()).then(|| (*name, at + HEAD..at + HEAD + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(kept: &[u8]) -> Drawer {
        let chance = |bytes: &mut [u8]| {
            bytes.fill(3);
            Ok(())
        };
        Drawer::open(kept.to_vec(), b"one program".to_vec(), chance)
    }

    fn written(kept: &[u8], fresh: Option<Fresh>) -> Vec<u8> {
        let Some(fresh) = fresh else { return kept.to_vec() };
        [&kept[..fresh.from], &fresh.pieces.concat()].concat()
    }

    fn kept(before: &[u8], notes: &[([u8; 32], &[u8])]) -> Vec<u8> {
        let drawer = open(before);
        notes.iter().for_each(|(sum, words)| drawer.put(*sum, words));
        written(before, drawer.fresh())
    }

    #[test]
    fn a_note_is_found_by_who_has_all_it_was_worked_out_of() {
        let bytes = kept(&[], &[([1; 32], b"Noor"), ([2; 32], b"Sam")]);
        assert!(!bytes.windows(4).any(|four| four == b"Noor"));
        let drawer = open(&bytes);
        assert_eq!(drawer.find([1; 32]).as_deref(), Some(&b"Noor"[..]));
        assert_eq!(drawer.find([2; 32]).as_deref(), Some(&b"Sam"[..]));
        assert_eq!(drawer.find([3; 32]), None);
        let other = Drawer::open(bytes, b"another program".to_vec(), |_| Err(NoChance));
        assert_eq!(other.find([1; 32]), None);
        other.put([1; 32], b"x");
        assert_eq!(other.fresh(), None);
    }

    #[test]
    fn new_notes_go_behind_and_forgotten_ones_go_when_they_are_most() {
        let first = kept(&[], &[([1; 32], &[b'a'; 900]), ([2; 32], b"b")]);
        let drawer = open(&first);
        drawer.find([1; 32]).expect("it is there");
        drawer.put([3; 32], b"c");
        let fresh = drawer.fresh();
        assert!(fresh.as_ref().is_some_and(|fresh| fresh.from == first.len()));
        let second = written(&first, fresh);
        let drawer = open(&second);
        for sum in [[1; 32], [2; 32], [3; 32]] {
            assert!(drawer.find(sum).is_some());
        }
        assert_eq!(drawer.fresh(), None);
        let drawer = open(&second);
        drawer.find([3; 32]).expect("it is there");
        drawer.put([4; 32], b"d");
        let third = written(&second, drawer.fresh());
        assert!(third.len() < 200);
        let drawer = open(&third);
        let found = [1, 2, 3, 4].map(|one| drawer.find([one; 32]).is_some());
        assert_eq!(found, [false, false, true, true]);
    }

    #[test]
    fn what_is_cut_off_or_changed_is_not_read() {
        let whole = kept(&[], &[([1; 32], b"Noor"), ([2; 32], b"Sam")]);
        for length in 0..whole.len() {
            let drawer = open(&whole[..length]);
            assert_eq!(drawer.find([2; 32]), None);
            drawer.put([3; 32], b"c");
            let mended = written(&whole[..length], drawer.fresh());
            assert!(open(&mended).find([3; 32]).is_some(), "{length}");
        }
        for at in 0..whole.len() {
            let mut other = whole.clone();
            other[at] ^= 1;
            let found = open(&other).find([2; 32]);
            assert!(found.is_none_or(|words| words == b"Sam"), "{at}");
        }
    }
}
