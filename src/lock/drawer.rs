//! A drawer of notes: what was worked out before, kept for the next time.
//!
//! A note is found and opened with the sum of all that it was worked out of, so only who
//! has all of that can tell that it is there, or read it. A drawer may lose any of its
//! notes: what is not in it is worked out again.
//!
//! As bytes it is a row of sheaves: the number of its notes as a little-endian `u32`; for
//! each of them its name of 16 bytes and its length, a `u32` too; and the sealed notes. So
//! who looks for one reads the names, and that note. New notes go behind the last, as a
//! sheaf of their own; whatever follows a sheaf that was cut off is not read.

use super::key::NoChance;
use super::note::{Name, NoteKey, NoteKeys};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Length of what tells of one note: its name, and how long it is.
const HEAD: usize = size_of::<Name>() + 4;

/// Fills bytes by chance, on any thread.
pub type AnyChance = fn(&mut [u8]) -> Result<(), NoChance>;

/// The bytes of a drawer, as they were kept.
pub trait KeptBytes: Send + Sync {
    /// Returns how many there are.
    fn length(&self) -> u64;

    /// Reads some of them; `None` when they are not to be had.
    fn read(&self, range: Range<u64>) -> Option<Cow<'_, [u8]>>;
}

impl KeptBytes for Vec<u8> {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, range: Range<u64>) -> Option<Cow<'_, [u8]>> {
        let range =
            usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?;
        self.get(range).map(Cow::Borrowed)
    }
}

/// Notes that were kept, and new ones.
pub struct Drawer {
    /// Notes of another program are not found.
    keys: NoteKeys,
    chance: AnyChance,
    kept: Box<dyn KeptBytes>,
    places: HashMap<Name, Place>,
    /// Whether a note that should be there did not open.
    damaged: AtomicBool,
    new: Mutex<New>,
}

/// The notes that are not written yet.
struct New {
    /// Where the last whole sheaf ends.
    end: u64,
    /// Whether sheaves of ours stand there already.
    begun: bool,
    notes: Vec<(Name, Vec<u8>)>,
}

/// The name of a note, and where its sealed bytes are.
type Lies = (Name, Range<u64>);

/// Where the sealed bytes of a note are.
struct Place {
    range: Range<u64>,
    /// Whether somebody asked for it.
    asked: AtomicBool,
}

/// What is to be written so that a drawer holds its new notes too.
#[derive(Debug, PartialEq, Eq)]
pub struct Fresh {
    /// From this place on; whatever stood there goes. From 0: in the place of all.
    pub from: u64,
    /// The bytes, one piece after the other.
    pub pieces: Vec<Vec<u8>>,
}

impl Drawer {
    /// Opens a drawer as it was kept; `salt` tells which program works out its notes.
    pub fn open(kept: Box<dyn KeptBytes>, salt: &[u8], chance: AnyChance) -> Drawer {
        let (mut places, mut end) = (HashMap::new(), 0);
        while let Some((sheaf, behind)) = sheaf(&*kept, end) {
            places.extend(sheaf.into_iter().map(|(name, range)| {
                (name, Place { range, asked: AtomicBool::new(false) })
            }));
            end = behind;
        }
        let keys = NoteKeys::new(salt);
        let damaged = AtomicBool::new(false);
        let new = Mutex::new(New { end, begun: false, notes: Vec::new() });
        Drawer { keys, chance, kept, places, damaged, new }
    }

    /// Returns the note that was worked out of what adds up to `sum`.
    pub fn find(&self, sum: &[u8; 32]) -> Option<Vec<u8>> {
        let (key, place) = self.place(sum)?;
        let kept = self.kept.read(place.range.clone());
        let words = kept.and_then(|kept| key.open(&kept, &key.name()));
        let found = if words.is_some() { &place.asked } else { &self.damaged };
        found.store(true, Ordering::Relaxed);
        words
    }

    /// Tells whether there is a note of what adds up to `sum`, for who may ask for it later:
    /// it stays. Whether it opens is seen then.
    pub fn holds(&self, sum: &[u8; 32]) -> bool {
        let place = self.place(sum);
        place.inspect(|(_, place)| place.asked.store(true, Ordering::Relaxed)).is_some()
    }

    /// Tells whether a note that is there did not open. One that was held for later is not
    /// worked out again by who put it: then it is best to do without the whole drawer.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    /// Keeps a note. Where there is no chance to be had, it is not kept; nor when it is too
    /// long to tell its length.
    pub fn put(&self, sum: &[u8; 32], words: &[u8]) {
        let key = self.keys.of(sum);
        let note = key.seal(words, &key.name(), &mut |bytes| (self.chance)(bytes));
        let Ok(note) = note else { return };
        if u32::try_from(note.len()).is_ok() {
            self.to_write().notes.push((key.name(), note));
        }
    }

    /// Returns what to write so far, where nothing was kept before: then a build has so many
    /// notes that they had better not wait for its end. Nothing is to be had while there are
    /// few of them.
    pub fn begun(&self, few: usize) -> Option<Fresh> {
        let mut new = self.to_write();
        let length: usize = new.notes.iter().map(|(_, note)| note.len()).sum();
        if !self.places.is_empty() || length < few {
            return None;
        }
        new.begun = true;
        Some(new.behind())
    }

    /// Returns what to write, when there is anything new: only once. Notes that nobody asked
    /// for go when they are most of what was kept.
    pub fn fresh(&self) -> Option<Fresh> {
        let mut to_write = self.to_write();
        if to_write.notes.is_empty() {
            return None;
        }
        if to_write.begun {
            return Some(to_write.behind());
        }
        let (end, new) = (to_write.end, std::mem::take(&mut to_write.notes));
        let asked =
            self.places.iter().filter(|(_, place)| place.asked.load(Ordering::Relaxed));
        let mut asked: Vec<(&Name, &Range<u64>)> =
            asked.map(|(name, place)| (name, &place.range)).collect();
        let length: u64 = asked.iter().map(|(_, range)| range.end - range.start).sum();
        let more: usize = new.iter().map(|(_, note)| HEAD + note.len()).sum();
        let length = length + (HEAD * asked.len()) as u64;
        if end.saturating_sub(length) < length + more as u64 {
            return Some(Fresh { from: end, pieces: pieces(new) });
        }
        asked.sort_by_key(|(_, range)| range.start);
        let asked = asked.into_iter().filter_map(|(name, range)| {
            Some((*name, self.kept.read(range.clone())?.into_owned()))
        });
        Some(Fresh { from: 0, pieces: pieces(asked.chain(new).collect()) })
    }

    /// Returns where the note of what adds up to `sum` is, and its key.
    fn place(&self, sum: &[u8; 32]) -> Option<(NoteKey, &Place)> {
        if self.places.is_empty() {
            return None;
        }
        let key = self.keys.of(sum);
        let place = self.places.get(&key.name())?;
        Some((key, place))
    }

    fn to_write(&self) -> MutexGuard<'_, New> {
        self.new.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl New {
    /// Returns the notes as a sheaf behind the last.
    fn behind(&mut self) -> Fresh {
        let (from, pieces) = (self.end, pieces(std::mem::take(&mut self.notes)));
        self.end += pieces.iter().map(|piece| piece.len() as u64).sum::<u64>();
        Fresh { from, pieces }
    }
}

/// Returns notes as they lie in a drawer: what tells of them, and each of them.
fn pieces(notes: Vec<(Name, Vec<u8>)>) -> Vec<Vec<u8>> {
    let mut heads = Vec::with_capacity(4 + HEAD * notes.len());
    heads.extend((notes.len() as u32).to_le_bytes());
    for (name, note) in &notes {
        heads.extend(name);
        heads.extend((note.len() as u32).to_le_bytes());
    }
    std::iter::once(heads).chain(notes.into_iter().map(|(_, note)| note)).collect()
}

/// Returns the names of the notes in a sheaf, each with the place of its sealed bytes, and
/// where the sheaf ends.
fn sheaf(kept: &dyn KeptBytes, at: u64) -> Option<(Vec<Lies>, u64)> {
    let number = |bytes: &[u8]| Some(u32::from_le_bytes(*bytes.first_chunk()?));
    let heads = at + 4;
    let left = kept.length().checked_sub(heads)?;
    let length = u64::from(number(&kept.read(at..heads)?)?) * HEAD as u64;
    // One without notes is nobody's: a file that was never written out is full of zeros.
    let mut end = heads + (0 < length && length <= left).then_some(length)?;
    let mut notes = Vec::with_capacity(length as usize / HEAD);
    for head in kept.read(heads..end)?.chunks_exact(HEAD) {
        let (name, length) = head.split_first_chunk()?;
        let start = end;
        end += u64::from(number(length)?);
        notes.push((*name, start..end));
    }
    (end <= kept.length()).then_some((notes, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(kept: &[u8]) -> Drawer {
        let chance = |bytes: &mut [u8]| {
            bytes.fill(3);
            Ok(())
        };
        Drawer::open(Box::new(kept.to_vec()), b"one program", chance)
    }

    fn written(kept: &[u8], fresh: Option<Fresh>) -> Vec<u8> {
        let Some(fresh) = fresh else { return kept.to_vec() };
        [&kept[..fresh.from as usize], &fresh.pieces.concat()].concat()
    }

    fn kept(before: &[u8], notes: &[([u8; 32], &[u8])]) -> Vec<u8> {
        let drawer = open(before);
        notes.iter().for_each(|(sum, words)| drawer.put(sum, words));
        written(before, drawer.fresh())
    }

    #[test]
    fn a_note_is_found_by_who_has_all_it_was_worked_out_of() {
        let bytes = kept(&[], &[([1; 32], b"Noor"), ([2; 32], b"Sam")]);
        assert!(!bytes.windows(4).any(|four| four == b"Noor"));
        let drawer = open(&bytes);
        assert_eq!(drawer.find(&[1; 32]).as_deref(), Some(&b"Noor"[..]));
        assert_eq!(drawer.find(&[2; 32]).as_deref(), Some(&b"Sam"[..]));
        assert_eq!(drawer.find(&[3; 32]), None);
        let other = Drawer::open(Box::new(bytes), b"another program", |_| Err(NoChance));
        assert_eq!(other.find(&[1; 32]), None);
        other.put(&[1; 32], b"x");
        assert_eq!(other.fresh(), None);
    }

    #[test]
    fn new_notes_go_behind_and_forgotten_ones_go_when_they_are_most() {
        let first = kept(&[], &[([1; 32], &[b'a'; 900]), ([2; 32], b"b")]);
        let drawer = open(&first);
        drawer.find(&[1; 32]).expect("it is there");
        drawer.put(&[3; 32], b"c");
        let fresh = drawer.fresh();
        assert!(fresh.as_ref().is_some_and(|fresh| fresh.from == first.len() as u64));
        let second = written(&first, fresh);
        let drawer = open(&second);
        for sum in [[1; 32], [2; 32], [3; 32]] {
            assert!(drawer.find(&sum).is_some());
        }
        assert_eq!(drawer.fresh(), None);
        let drawer = open(&second);
        drawer.find(&[3; 32]).expect("it is there");
        drawer.put(&[4; 32], b"d");
        let third = written(&second, drawer.fresh());
        assert!(third.len() < 200);
        let drawer = open(&third);
        let found = [1, 2, 3, 4].map(|one| drawer.find(&[one; 32]).is_some());
        assert_eq!(found, [false, false, true, true]);
    }

    #[test]
    fn many_new_notes_do_not_wait_for_the_end() {
        let drawer = open(&[]);
        drawer.put(&[1; 32], b"Noor");
        assert_eq!(drawer.begun(1000), None, "there are few");
        drawer.put(&[2; 32], &[b'a'; 1000]);
        let first = written(&[], drawer.begun(1000));
        assert_eq!(drawer.begun(1000), None, "there are none");
        drawer.put(&[3; 32], &[b'b'; 1000]);
        let second = written(&first, drawer.begun(1000));
        drawer.put(&[4; 32], b"Sam");
        let third = written(&second, drawer.fresh());
        assert_eq!(drawer.fresh(), None);
        for (written, notes) in [(&first, 2), (&second, 3), (&third, 4)] {
            let drawer = open(written);
            let found = (1..=4).filter(|&one| drawer.find(&[one; 32]).is_some());
            assert!(found.eq(1..=notes));
        }
        let drawer = open(&third);
        drawer.put(&[5; 32], &[b'c'; 1000]);
        assert_eq!(drawer.begun(1000), None, "what was kept may have to go first");
        assert!(drawer.fresh().is_some());
    }

    #[test]
    fn what_is_held_for_later_stays_and_what_does_not_open_is_told() {
        let first = kept(&[], &[([1; 32], &[b'a'; 900]), ([2; 32], b"Sam")]);
        let drawer = open(&first);
        assert!(drawer.holds(&[2; 32]) && !drawer.holds(&[3; 32]));
        drawer.put(&[3; 32], b"c");
        let second = written(&first, drawer.fresh());
        assert!(second.len() < first.len(), "what nobody asked for is gone");
        let drawer = open(&second);
        assert_eq!(drawer.find(&[2; 32]).as_deref(), Some(&b"Sam"[..]));
        assert!(!drawer.is_damaged());
        let mut third = second;
        third.iter_mut().rev().take(60).for_each(|byte| *byte ^= 1);
        let drawer = open(&third);
        assert!(drawer.holds(&[2; 32]) && !drawer.is_damaged());
        assert!(drawer.find(&[2; 32]).is_none() && drawer.is_damaged());
    }

    #[test]
    fn what_is_cut_off_or_changed_is_not_read() {
        let whole = kept(&[], &[([1; 32], b"Noor"), ([2; 32], b"Sam")]);
        for length in 0..whole.len() {
            let drawer = open(&whole[..length]);
            assert_eq!(drawer.find(&[2; 32]), None);
            drawer.put(&[3; 32], b"c");
            let mended = written(&whole[..length], drawer.fresh());
            assert!(open(&mended).find(&[3; 32]).is_some(), "{length}");
        }
        let zeros = open(&[0; 100]);
        zeros.put(&[3; 32], b"c");
        assert!(zeros.fresh().is_some_and(|fresh| fresh.from == 0));
        for at in 0..whole.len() {
            let mut other = whole.clone();
            other[at] ^= 1;
            let found = open(&other).find(&[2; 32]);
            assert!(found.is_none_or(|words| words == b"Sam"), "{at}");
        }
    }
}
