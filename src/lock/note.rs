//! A note: words that are kept on this computer and open only for who has the key again.
//!
//! AES-256-GCM with a nonce by chance in front; bound to bytes that lie beside it in clear.

use super::key::{Chance, Key, NoChance};
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};

/// The nonce in front.
const NONCE: usize = 12;

impl Key {
    /// Seals a note, bound to `beside`.
    pub fn seal_note(
        &self,
        words: &[u8],
        beside: &[u8],
        chance: &mut Chance<'_>,
    ) -> Result<Vec<u8>, NoChance> {
        let mut nonce = [0; NONCE];
        chance(&mut nonce)?;
        let payload = Payload { msg: words, aad: beside };
        let sealed = self.of_notes().encrypt(&nonce.into(), payload);
        Ok([&nonce[..], &sealed.map_err(|_| NoChance)?].concat())
    }

    /// Opens a note; `None` with another key, or when a byte is not as it was.
    pub fn open_note(&self, note: &[u8], beside: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = note.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: beside };
        self.of_notes().decrypt(&(*nonce).into(), payload).ok()
    }

    /// Returns a name for what this key opens; it tells nothing of the key.
    pub fn name(&self) -> [u8; 16] {
        self.derive(&[], "name", 0)
    }

    fn of_notes(&self) -> Aes256Gcm {
        let key = self.child(&[], "note", 0);
        Aes256Gcm::new_from_slice(key.bytes()).expect("a key is 32 bytes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_opens_for_its_key_and_place_alone() {
        let key = Key::new([7; 32]);
        let mut chance = |bytes: &mut [u8]| {
            bytes.fill(3);
            Ok(())
        };
        let note = key.seal_note(b"Noor", b"here", &mut chance).expect("a note");
        assert!(!note.windows(4).any(|four| four == b"Noor"));
        assert_eq!(key.open_note(&note, b"here").as_deref(), Some(&b"Noor"[..]));
        assert_eq!(key.open_note(&note, b"there"), None);
        assert_eq!(Key::new([8; 32]).open_note(&note, b"here"), None);
        assert_eq!(key.open_note(&note[..11], b"here"), None);
    }
}
