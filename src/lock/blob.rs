//! A blob: a text or a file, padded and sealed, in bytes that look like chance.
//!
//! Each blob has its own key, which follows from what is in it: the same text gives the
//! same bytes, and no key ever seals two texts.

use super::header::Header;
use super::key::Key;
use aes_gcm::aead::{Aead, AeadInOut, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use zeroize::Zeroizing;

/// What is in a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The texts of a reader, with the list of their files.
    Bundle,
    /// A picture, a booklet, another file.
    File,
}

impl Kind {
    /// Returns the byte a blob is bound to.
    fn byte(self) -> u8 {
        match self {
            Kind::Bundle => 2,
            Kind::File => 3,
        }
    }

    /// Returns the smallest size of what is padded.
    fn least(self) -> usize {
        match self {
            Kind::Bundle => 64 * 1024,
            Kind::File => 16 * 1024,
        }
    }
}

/// A sealed blob, and the key that opens it alone.
#[derive(Debug)]
pub struct Shut {
    /// The bytes to publish.
    pub bytes: Vec<u8>,
    /// The key of this blob: for a file it stands in the bundle.
    pub key: Key,
}

/// How much place a blob gets beyond what is in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Space {
    /// What may come before it grows.
    pub room: usize,
    /// How long the blob was that was published before, in bytes. That size stays while it
    /// fits, so that a small change shows in no size, also near a step.
    pub before: Option<usize>,
}

impl Space {
    /// Returns the size for a length.
    fn size(self, length: usize, kind: Kind) -> Option<usize> {
        let fresh = size(length.checked_add(self.room)?, kind)?;
        let most = if fresh <= DOUBLES { 2 * fresh } else { fresh + fresh / 8 };
        let before = self.before.and_then(|bytes| bytes.checked_sub(SIV + SEAL));
        let stays = |before: &usize| {
            (length..=most).contains(before) && size(*before, kind) == Some(*before)
        };
        Some(before.filter(stays).unwrap_or(fresh))
    }
}

const SIV: usize = 32;

/// What AES-GCM puts behind.
const SEAL: usize = 16;

/// Up to here sizes double; beyond, they grow by three per cent at most.
const DOUBLES: usize = 1024 * 1024;

/// Seals what is in a blob, in pieces. `None` when it is longer than four gigabytes.
pub(super) fn seal(
    header: &Header,
    reader: &Key,
    kind: Kind,
    name: &[u8; 16],
    inside: &[&[u8]],
    space: Space,
) -> Option<Shut> {
    let length = inside.iter().map(|part| part.len()).sum::<usize>();
    let size = space.size(length.checked_add(4)?, kind)?;
    let mut bytes = pad(inside, size)?;
    let bound = header.bound(kind.byte(), name);
    let siv = reader.child(&header.salt, "siv", header.epoch).mark(&[
        &(bound.len() as u64).to_be_bytes(),
        &bound,
        &bytes[SIV..],
    ]);
    let key = key(header, reader, &siv);
    let aad = &[&bound[..], &siv].concat();
    // Where it stands: the text is gone when it is shut.
    let (front, padded) = bytes.split_at_mut(SIV);
    let seal = lock(&key).encrypt_inout_detached(&[0; 12].into(), aad, padded.into());
    front.copy_from_slice(&siv);
    bytes.extend_from_slice(&seal.ok()?);
    Some(Shut { bytes: std::mem::take(&mut *bytes), key })
}

/// Returns the key of a blob that begins with `siv`.
pub(super) fn key(header: &Header, reader: &Key, siv: &[u8]) -> Key {
    reader.child(&header.salt, "enc", header.epoch).child(siv, "cek", header.epoch)
}

/// Returns the key of a blob, read from its first bytes.
pub(super) fn key_of(header: &Header, reader: &Key, blob: &[u8]) -> Option<Key> {
    Some(key(header, reader, blob.get(..SIV)?))
}

/// Opens a blob with its own key; `None` when one byte is not as it was sealed.
pub(super) fn open(
    header: &Header,
    kind: Kind,
    name: &[u8; 16],
    key: &Key,
    blob: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let (siv, msg) = blob.split_at_checked(SIV)?;
    let aad = &[&header.bound(kind.byte(), name), siv].concat();
    let padded = lock(key).decrypt(&[0; 12].into(), Payload { msg, aad }).ok()?;
    let padded = Zeroizing::new(padded);
    let (length, rest) = padded.split_first_chunk()?;
    let inside = rest.get(..u32::from_be_bytes(*length) as usize)?;
    Some(Zeroizing::new(inside.to_vec()))
}

fn lock(key: &Key) -> Aes256Gcm {
    Aes256Gcm::new_from_slice(key.bytes()).expect("a key is 32 bytes")
}

/// Puts the length before, and nothing behind, up to a size; with room in front for the
/// mark, and behind for the seal.
fn pad(inside: &[&[u8]], size: usize) -> Option<Zeroizing<Vec<u8>>> {
    let length = inside.iter().map(|part| part.len()).sum::<usize>();
    let length = u32::try_from(length).ok()?;
    let mut padded = Zeroizing::new(Vec::with_capacity(SIV + size + SEAL));
    padded.resize(SIV, 0);
    padded.extend_from_slice(&length.to_be_bytes());
    inside.iter().for_each(|part| padded.extend_from_slice(part));
    padded.resize(SIV + size, 0);
    Some(padded)
}

/// Returns the size for a length: a power of two up to a megabyte; then Padmé, which keeps
/// only as many leading bits as the length of the length needs.
fn size(length: usize, kind: Kind) -> Option<usize> {
    if length <= DOUBLES {
        return Some(length.next_power_of_two().max(kind.least()));
    }
    let power = length.ilog2();
    let step = 1usize << (power - (power.ilog2() + 1));
    length.checked_next_multiple_of(step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_come_in_few_steps() {
        assert_eq!(size(4, Kind::File), Some(16 * 1024));
        assert_eq!(size(4, Kind::Bundle), Some(64 * 1024));
        assert_eq!(size(65_536, Kind::Bundle), Some(65_536));
        assert_eq!(size(65_537, Kind::Bundle), Some(131_072));
        assert_eq!(size(DOUBLES, Kind::File), Some(DOUBLES));
        // 2^20 + 1: twenty bits, of which five may differ: steps of 2^15.
        assert_eq!(size(DOUBLES + 1, Kind::File), Some(DOUBLES + (1 << 15)));
    }

    #[test]
    fn a_size_that_was_published_stays_while_it_fits() {
        let blob = |size: usize| Some(size + SIV + SEAL);
        let (kind, step) = (Kind::Bundle, 128 * 1024);
        let size = |length, before| Space { room: 8192, before }.size(length, kind);
        // Without an earlier one there is room.
        assert_eq!(size(step - 8192, None), Some(step));
        assert_eq!(size(step - 8191, None), Some(2 * step));
        // Into the room, and back: the same.
        for length in [step / 2 - 8191, step - 8192, step - 1, step] {
            assert_eq!(size(length, blob(step)), Some(step), "{length}");
        }
        assert_eq!(size(step + 1, blob(step)), Some(2 * step));
        assert_eq!(size(step - 9000, blob(2 * step)), Some(2 * step));
        // Far too large, too small, or no size of ours: as if there were none.
        for other in [Some(0), Some(47), blob(4 * step), blob(step + 1), blob(step / 4)] {
            assert_eq!(size(step / 2, other), Some(step), "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn any_earlier_size_holds(length in 4usize..1 << 24, before: Option<u32>) {
            let before = before.map(|before| before as usize >> 6);
            let size = Space { room: 8192, before }.size(length, Kind::File);
            prop_assert!(size.is_some_and(|size| size >= length));
            prop_assert!(size.is_some_and(|size| size <= (4 * (length + 8192)).max(1 << 15)));
        }

        #[test]
        fn a_size_holds_its_length_and_wastes_little(length in 4usize..1 << 31) {
            let size = size(length, Kind::File).expect("a size");
            prop_assert!(size >= length);
            prop_assert!(size <= (2 * length).max(16 * 1024));
            prop_assert!(length <= DOUBLES || (size - length) * 32 <= length);
        }
    }
}
