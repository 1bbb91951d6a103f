//! A note: words that are kept on this computer and open only for who has the key again.
//!
//! AES-256-GCM with a nonce by chance in front; bound to bytes that lie beside it in clear.
//! Its name and its key are derived together: HKDF-SHA-256 with `info` = "boekje/1 note".

use super::key::{Chance, Key, NoChance};
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use hkdf::HkdfExtract;
use sha2::Sha256;

/// The nonce in front.
const NONCE: usize = 12;

/// What a note is found by; it tells nothing of its key.
pub(super) type Name = [u8; 16];

/// Derives the keys of notes that share a salt.
pub(super) struct NoteKeys(HkdfExtract<Sha256>);

/// The key of one note, and its name. Never shown, not even by `{:?}`.
#[derive(Debug)]
pub struct NoteKey {
    name: Name,
    key: Key,
}

impl NoteKeys {
    /// Works out once what the salt adds.
    pub(super) fn new(salt: &[u8]) -> NoteKeys {
        NoteKeys(HkdfExtract::new(Some(salt)))
    }

    /// Returns the key of what was worked out of all that adds up to `sum`.
    pub(super) fn of(&self, sum: &[u8; 32]) -> NoteKey {
        let mut extract = self.0.clone();
        extract.input_ikm(sum);
        let (mut name, mut key) = (Name::default(), [0; 32]);
        let (_, hkdf) = extract.finalize();
        let mut both = [0; 48];
        hkdf.expand(b"boekje/1 note", &mut both).expect("HKDF gives up to 8160 bytes");
        name.copy_from_slice(&both[..16]);
        key.copy_from_slice(&both[16..]);
        NoteKey { name, key: Key::new(key) }
    }
}

impl NoteKey {
    /// Returns the key of what was worked out of all that adds up to `sum`.
    pub fn new(salt: &[u8], sum: &[u8; 32]) -> NoteKey {
        NoteKeys::new(salt).of(sum)
    }

    /// Returns the name of the note.
    pub fn name(&self) -> [u8; 16] {
        self.name
    }

    /// Seals the note, bound to `beside`.
    pub fn seal(
        &self,
        words: &[u8],
        beside: &[u8],
        chance: &mut Chance<'_>,
    ) -> Result<Vec<u8>, NoChance> {
        let mut nonce = [0; NONCE];
        chance(&mut nonce)?;
        let payload = Payload { msg: words, aad: beside };
        let sealed = self.cipher().encrypt(&nonce.into(), payload);
        Ok([&nonce[..], &sealed.map_err(|_| NoChance)?].concat())
    }

    /// Opens the note; `None` with another key, or when a byte is not as it was.
    pub fn open(&self, note: &[u8], beside: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = note.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: beside };
        self.cipher().decrypt(&(*nonce).into(), payload).ok()
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new_from_slice(self.key.bytes()).expect("a key is 32 bytes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_opens_for_its_key_and_place_alone() {
        let key = NoteKey::new(b"salt", &[7; 32]);
        let mut chance = |bytes: &mut [u8]| {
            bytes.fill(3);
            Ok(())
        };
        let note = key.seal(b"Noor", b"here", &mut chance).expect("a note");
        assert!(!note.windows(4).any(|four| four == b"Noor"));
        let again = NoteKey::new(b"salt", &[7; 32]);
        assert_eq!(again.name(), key.name());
        assert_eq!(again.open(&note, b"here").as_deref(), Some(&b"Noor"[..]));
        assert_eq!(key.open(&note, b"there"), None);
        assert_eq!(key.open(&note[..11], b"here"), None);
        for (salt, sum) in [(b"salt", [8; 32]), (b"sand", [7; 32])] {
            let other = NoteKey::new(salt, &sum);
            assert_ne!(other.name(), key.name());
            assert_eq!(other.open(&note, b"here"), None);
        }
    }
}
