//! The lock as a whole: what opens, and what does not. `known` has known answers for what it
//! is built of and for the whole chain, `tamper` changes every region of what it makes.

use super::*;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

/// Chance that is the same each time: SHA-256 of a counter.
fn chance() -> impl FnMut(&mut [u8]) -> Result<(), NoChance> {
    let mut count = 0u64;
    move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(32) {
            count += 1;
            let block = Sha256::digest(count.to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        Ok(())
    }
}

fn hex(text: &str) -> Vec<u8> {
    let text: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    text.chunks(2)
        .map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap())
        .collect()
}

mod known;
mod tamper;

/// A plan with two readers, Oma in slot 3 and school in slot 9.
struct Plan {
    header: Header,
    oma: Key,
    school: Key,
    words: Secret,
    link: Secret,
}

impl Plan {
    fn new() -> Plan {
        let mut chance = chance();
        let mut header = Header::by_chance(100_000, &mut chance).unwrap();
        let (oma, school) =
            (Key::by_chance(&mut chance).unwrap(), Key::by_chance(&mut chance).unwrap());
        let words = Secret::of_words("koelkast tuinhek zeepbel", &header);
        let link = Secret::of_link(&mut chance).unwrap();
        header.slots[3] = words.slot(&oma, &header, &mut chance).unwrap();
        header.slots[9] = link.slot(&school, &header, &mut chance).unwrap();
        Plan { header, oma, school, words, link }
    }

    fn oma(&self) -> Reader<'_> {
        Reader::new(&self.header, &self.oma)
    }
}

const TEXT: &[u8] = b"Noor wil weer naar school. Oma belt op maandag.";

#[test]
fn each_secret_opens_its_own_slot() {
    let plan = Plan::new();
    assert_eq!(plan.words.open(&plan.header), Some(plan.oma.clone()));
    assert_eq!(plan.link.open(&plan.header), Some(plan.school.clone()));
    let typed = Secret::of_words(" Koelkast. Tuin hek, ZEEPBEL", &plan.header);
    assert_eq!(typed.open(&plan.header), Some(plan.oma.clone()));
    let other = Secret::of_words("koelkast tuinhek zeepsop", &plan.header);
    assert_eq!(other.open(&plan.header), None);
}

#[test]
fn a_header_is_read_back_to_the_byte_and_nothing_else_is() {
    let plan = Plan::new();
    let bytes = plan.header.to_bytes();
    assert_eq!(bytes.len(), HEADER);
    assert_eq!(Header::read(&bytes), Some(plan.header.clone()));
    assert_eq!(Header::read(&bytes[..HEADER - 1]), None);
    assert_eq!(Header::read(&[bytes.clone(), vec![0]].concat()), None);
    // Magic, suite, kdf, the number of slots.
    for at in [0, 1, 2, 3, 4, 5, 62] {
        let mut other = bytes.clone();
        other[at] ^= 1;
        assert_eq!(Header::read(&other), None, "byte {at}");
    }
    for rounds in [0u32, 1, 99_999, 10_000_001, u32::MAX] {
        let mut other = bytes.clone();
        other[6..10].copy_from_slice(&rounds.to_be_bytes());
        assert_eq!(Header::read(&other), None, "{rounds} rounds");
    }
}

#[test]
fn a_changed_header_opens_for_nobody() {
    let plan = Plan::new();
    let bytes = plan.header.to_bytes();
    let slot = 63 + 3 * SLOT;
    // Plan, epoch, salt; then where to look, the nonce, the shut key and its seal.
    for at in [10, 25, 26, 29, 30, 61]
        .into_iter()
        .chain([0, 31, 32, 43, 44, 75, 76, SLOT - 1].map(|at| slot + at))
    {
        let mut other = bytes.clone();
        other[at] ^= 0x40;
        let header = Header::read(&other).unwrap();
        assert_eq!(plan.words.open(&header), None, "byte {at}");
    }
    // More or fewer rounds make another secret of the same words.
    let mut header = plan.header.clone();
    header.iterations += 1;
    let typed = Secret::of_words("koelkast tuinhek zeepbel", &header);
    assert_eq!(typed.open(&header), None);
}

#[test]
fn a_slot_of_another_plan_or_an_earlier_epoch_stays_shut() {
    let plan = Plan::new();
    let mut later = plan.header.clone();
    later.epoch += 1;
    assert_eq!(plan.words.open(&later), None);
    let mut chance = chance();
    let mut other = Header::by_chance(100_000, &mut |bytes: &mut [u8]| {
        chance(bytes)?;
        bytes[0] ^= 1;
        Ok(())
    })
    .unwrap();
    other.slots[0] = plan.header.slots[3];
    assert_eq!(plan.words.open(&other), None);
    // Slots may change places: where they stand means nothing.
    let mut moved = plan.header.clone();
    moved.slots.swap(3, 12);
    assert_eq!(plan.words.open(&moved), Some(plan.oma.clone()));
}

#[test]
fn a_blob_opens_for_its_reader_only() {
    let plan = Plan::new();
    let oma = plan.oma();
    let name = oma.bundle_name();
    let shut = oma.seal(Kind::Bundle, &name, TEXT).unwrap();
    assert_eq!(shut.bytes.len(), 32 + 65_536 + 16);
    let open = oma.open(Kind::Bundle, &name, &shut.bytes).unwrap();
    assert_eq!(open.as_slice(), TEXT);
    let school = Reader::new(&plan.header, &plan.school);
    assert_ne!(school.bundle_name(), name);
    assert!(school.open(Kind::Bundle, &name, &shut.bytes).is_none());
    // Not as a file, not under another name, not in another epoch.
    assert!(oma.open(Kind::File, &name, &shut.bytes).is_none());
    assert!(oma.open(Kind::Bundle, &[7; 16], &shut.bytes).is_none());
    let mut later = plan.header.clone();
    later.epoch += 1;
    let then = Reader::new(&later, &plan.oma);
    assert!(then.open(Kind::Bundle, &name, &shut.bytes).is_none());
    assert_ne!(then.bundle_name(), name);
}

#[test]
fn a_file_opens_with_the_key_that_stands_in_the_bundle() {
    let plan = Plan::new();
    let oma = plan.oma();
    let name = oma.file_name(TEXT);
    let shut = oma.seal(Kind::File, &name, TEXT).unwrap();
    let open = Reader::open_with(&plan.header, &name, &shut.key, &shut.bytes).unwrap();
    assert_eq!(open.as_slice(), TEXT);
    assert_ne!(name, oma.file_name(b"other"));
    assert_ne!(name, Reader::new(&plan.header, &plan.school).file_name(TEXT));
}

#[test]
fn a_changed_blob_stays_shut() {
    let plan = Plan::new();
    let oma = plan.oma();
    let name = oma.file_name(TEXT);
    let shut = oma.seal(Kind::File, &name, TEXT).unwrap().bytes;
    let last = shut.len() - 1;
    for at in [0, 31, 32, 35, 36, 80, last / 2, last - 16, last - 15, last] {
        let mut other = shut.clone();
        other[at] ^= 1;
        assert!(oma.open(Kind::File, &name, &other).is_none(), "byte {at}");
    }
    for length in [0, 1, 31, 32, 33, 47, 48, last] {
        assert!(oma.open(Kind::File, &name, &shut[..length]).is_none(), "{length}");
    }
    let longer = [shut.clone(), vec![0]].concat();
    assert!(oma.open(Kind::File, &name, &longer).is_none());
}

#[test]
fn nothing_of_the_text_shows_and_no_two_blobs_share_a_block() {
    let plan = Plan::new();
    let oma = plan.oma();
    let seal = |text: &[u8]| {
        let name = oma.file_name(text);
        oma.seal(Kind::File, &name, text).unwrap().bytes
    };
    let (one, again, other) = (seal(TEXT), seal(TEXT), seal(&TEXT[1..]));
    assert_eq!(one, again);
    assert_eq!(one.len(), other.len());
    for size in [8, 16] {
        let blocks: std::collections::BTreeSet<&[u8]> =
            one.chunks(size).chain(other.chunks(size)).collect();
        assert_eq!(blocks.len(), 2 * one.len().div_ceil(size), "blocks of {size}");
    }
    assert!(!one.windows(4).any(|four| four == b"Noor"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_sealed_comes_back(text: Vec<u8>, key: [u8; 32], bundle: bool) {
        let plan = Plan::blank();
        let key = Key::new(key);
        let reader = Reader::new(&plan, &key);
        let kind = if bundle { Kind::Bundle } else { Kind::File };
        let name = reader.file_name(&text);
        let shut = reader.seal(kind, &name, &text).unwrap();
        let open = reader.open(kind, &name, &shut.bytes).unwrap();
        prop_assert_eq!(open.as_slice(), text.as_slice());
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes: Vec<u8>) {
        let plan = Plan::blank();
        prop_assert!(Header::read(&bytes).is_none());
        let key = Key::new([1; 32]);
        let reader = Reader::new(&plan, &key);
        prop_assert!(reader.open(Kind::File, &[0; 16], &bytes).is_none());
    }

    #[test]
    fn no_mark_and_no_capital_changes_the_words(marks in "[ .,;:0-9\\-–—\u{a0}\t\n]*") {
        let words = ["koelkast", "Tuinhek", "ZEEPBEL"].join(&marks);
        prop_assert_eq!(norm(&format!("{marks}{words}{marks}")), "koelkasttuinhekzeepbel");
    }
}

impl Plan {
    fn blank() -> Header {
        Header::by_chance(100_000, &mut chance()).unwrap()
    }
}
