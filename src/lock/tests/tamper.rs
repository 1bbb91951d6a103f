//! Every region of a header and of a blob, changed, cut, swapped and put back from earlier:
//! nothing of it opens.

use super::{Plan, TEXT, chance};
use crate::lock::{HEADER, Header, Kind, Reader, SLOT, Secret};

/// Where the slots begin.
const FRONT: usize = 63;

fn flipped(bytes: &[u8], at: usize, bit: u8) -> Vec<u8> {
    let mut other = bytes.to_vec();
    other[at] ^= bit;
    other
}

fn swapped(bytes: &[u8], left: usize, right: usize, length: usize) -> Vec<u8> {
    let mut other = bytes.to_vec();
    other[left..left + length].copy_from_slice(&bytes[right..right + length]);
    other[right..right + length].copy_from_slice(&bytes[left..left + length]);
    other
}

/// The school opens with a link: no rounds to walk, so each byte can have its turn. The
/// rounds are for words; those of another reader are that reader's affair.
#[test]
fn every_byte_of_the_header() {
    let plan = Plan::new();
    let bytes = plan.header.to_bytes();
    let own = FRONT + 9 * SLOT..FRONT + 10 * SLOT;
    for at in 0..HEADER {
        for bit in [1, 0x80] {
            let header = Header::read(&flipped(&bytes, at, bit));
            let open = header.and_then(|header| plan.link.open(&header));
            let shut = match at {
                0..6 | 10..FRONT => true,
                6..10 => continue,
                _ => own.contains(&at),
            };
            assert_eq!(open.is_none(), shut, "byte {at}");
        }
    }
    for length in 0..HEADER {
        assert_eq!(Header::read(&bytes[..length]), None, "{length}");
    }
}

#[test]
fn other_rounds_make_another_secret() {
    let plan = Plan::new();
    let bytes = plan.header.to_bytes();
    for at in 6..10 {
        let Some(header) = Header::read(&flipped(&bytes, at, 1)) else { continue };
        let typed = Secret::of_words("koelkast tuinhek zeepbel", &header);
        assert_eq!(typed.open(&header), None, "byte {at}");
    }
}

#[test]
fn parts_of_two_slots_changed_about() {
    let plan = Plan::new();
    let bytes = plan.header.to_bytes();
    let (oma, school) = (FRONT + 3 * SLOT, FRONT + 9 * SLOT);
    for (from, length) in [(0, 32), (32, 12), (44, 32), (76, 16), (0, 44), (44, 48)] {
        let other = swapped(&bytes, oma + from, school + from, length);
        let header = Header::read(&other).unwrap();
        assert_eq!(plan.words.open(&header), None, "{length} bytes at {from}");
        assert_eq!(plan.link.open(&header), None, "{length} bytes at {from}");
    }
    // A tag that stands twice: the first one counts, and it is not the reader's.
    let mut twice = plan.header.clone();
    twice.slots[1] = twice.slots[3];
    twice.slots[1].0[50] ^= 1;
    assert_eq!(plan.words.open(&twice), None);
}

#[test]
fn every_region_of_a_blob() {
    let plan = Plan::new();
    let oma = plan.oma();
    for kind in [Kind::Bundle, Kind::File] {
        let name = oma.file_name(TEXT);
        let shut = oma.seal(kind, &name, TEXT).unwrap().bytes;
        let closed = |bytes: &[u8]| oma.open(kind, &name, bytes).is_none();
        assert!(!closed(&shut));
        let last = shut.len() - 1;
        let inner = (100..last - 40).step_by(if kind == Kind::File { 61 } else { 997 });
        for at in (0..100).chain(inner).chain(last - 40..=last) {
            assert!(closed(&flipped(&shut, at, 1 << (at % 8))), "byte {at}");
        }
        for length in (0..200).chain((200..last).step_by(499)).chain([last - 16, last]) {
            assert!(closed(&shut[..length]), "cut to {length}");
        }
        for from in [0, 1, 16, 32] {
            assert!(closed(&shut[from + 1..]), "its begin gone");
        }
        for (left, right) in [(0, 16), (32, 48), (32, last - 15), (16, last - 15)] {
            assert!(closed(&swapped(&shut, left, right, 16)), "{left} with {right}");
        }
        assert!(closed(&[&shut[..], &[0]].concat()) && closed(&vec![0; shut.len()]));
    }
}

#[test]
fn parts_of_two_blobs_changed_about() {
    let plan = Plan::new();
    let oma = plan.oma();
    let (one, two) = (oma.file_name(TEXT), oma.file_name(b"other"));
    let first = oma.seal(Kind::File, &one, TEXT).unwrap();
    let other = oma.seal(Kind::File, &two, b"other").unwrap();
    for at in [16, 32, 48, first.bytes.len() - 16] {
        let mixed = [&first.bytes[..at], &other.bytes[at..]].concat();
        for name in [&one, &two] {
            assert!(oma.open(Kind::File, name, &mixed).is_none(), "cut at {at}");
            for key in [&first.key, &other.key] {
                let open = Reader::open_with(&plan.header, name, key, &mixed);
                assert!(open.is_none(), "cut at {at}");
            }
        }
    }
    assert!(oma.open(Kind::File, &one, &other.bytes).is_none());
    assert!(
        Reader::open_with(&plan.header, &one, &other.key, &other.bytes).is_none(),
        "one file under the name of another"
    );
}

/// Somebody who kept the files of last week puts them back, whole or in part.
#[test]
fn an_earlier_epoch_does_not_come_back() {
    let before = Plan::new();
    let mut chance = chance();
    let mut now = before.header.clone();
    now.epoch += 1;
    now.slots[5] = before.words.slot(&before.oma, &now, &mut chance).unwrap();
    assert_eq!(before.words.open(&now), Some(before.oma.clone()), "the card still works");

    let (then, today) = (before.oma(), Reader::new(&now, &before.oma));
    assert_ne!(then.bundle_name(), today.bundle_name());
    for kind in [Kind::Bundle, Kind::File] {
        let old = then.seal(kind, &then.bundle_name(), TEXT).unwrap();
        for name in [then.bundle_name(), today.bundle_name()] {
            assert!(today.open(kind, &name, &old.bytes).is_none());
            assert!(Reader::open_with(&now, &name, &old.key, &old.bytes).is_none());
        }
        let new = today.seal(kind, &today.bundle_name(), TEXT).unwrap();
        assert!(then.open(kind, &today.bundle_name(), &new.bytes).is_none());
        assert!(then.open(kind, &then.bundle_name(), &new.bytes).is_none());
    }
    // An old slot in the new header, and the new slot in the old one.
    let mut mixed = now.clone();
    mixed.slots = before.header.slots;
    assert_eq!(before.words.open(&mixed), None);
    let mut mixed = before.header.clone();
    mixed.slots = now.slots;
    mixed.slots[3] = now.slots[5];
    assert_eq!(before.words.open(&mixed), None);
}

/// A file is opened with a key that stands in the bundle: its first bytes count all the same.
#[test]
fn every_region_of_a_file_that_has_its_own_key() {
    let plan = Plan::new();
    let oma = plan.oma();
    let name = oma.file_name(TEXT);
    let shut = oma.seal(Kind::File, &name, TEXT).unwrap();
    let open =
        |bytes: &[u8]| Reader::open_with(&plan.header, &name, &shut.key, bytes).is_some();
    assert!(open(&shut.bytes));
    let last = shut.bytes.len() - 1;
    for at in (0..64).chain((64..last).step_by(509)).chain(last - 20..=last) {
        assert!(!open(&flipped(&shut.bytes, at, 1)), "byte {at}");
    }
}
