//! Keys of 32 bytes: made by chance, derived from one another, wiped when done with.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroize;

/// Fills bytes by chance. The program hands in the system's; tests hand in their own.
pub type Chance<'a> = dyn FnMut(&mut [u8]) -> Result<(), NoChance> + 'a;

/// The system has no chance to give: then nothing is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoChance;

/// Thirty-two secret bytes. Never shown, not even by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Key {
    /// Makes a key by chance.
    pub fn by_chance(chance: &mut Chance<'_>) -> Result<Key, NoChance> {
        let mut key = Key([0; 32]);
        chance(&mut key.0)?;
        Ok(key)
    }

    /// Takes bytes that were kept.
    pub fn new(bytes: [u8; 32]) -> Key {
        Key(bytes)
    }

    /// Returns the bytes, to keep or to print once.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Derives bytes for one purpose: HKDF-SHA-256 with `info` = "boekje/1 ", the purpose
    /// and the epoch.
    pub(super) fn derive<const N: usize>(
        &self,
        salt: &[u8],
        purpose: &str,
        epoch: u32,
    ) -> [u8; N] {
        let mut out = [0; N];
        let info: [&[u8]; 3] = [b"boekje/1 ", purpose.as_bytes(), &epoch.to_be_bytes()];
        Hkdf::<Sha256>::new(Some(salt), &self.0)
            .expand_multi_info(&info, &mut out)
            .expect("64 bytes at most are asked for; HKDF gives up to 8160");
        out
    }

    /// Derives a key for one purpose.
    pub(super) fn child(&self, salt: &[u8], purpose: &str, epoch: u32) -> Key {
        Key(self.derive(salt, purpose, epoch))
    }

    /// Marks bytes with this key: HMAC-SHA-256 over all parts.
    pub(super) fn mark(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .expect("HMAC takes a key of any length");
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_never_shows_itself() {
        assert_eq!(format!("{:?}", Key::new([7; 32])), "Key(…)");
    }

    #[test]
    fn purpose_epoch_and_salt_each_make_another_key() {
        let key = Key::new([7; 32]);
        let one: [u8; 32] = key.derive(b"salt", "siv", 1);
        for other in [
            key.derive(b"salt", "enc", 1),
            key.derive(b"salt", "siv", 2),
            key.derive(b"sand", "siv", 1),
            Key::new([8; 32]).derive(b"salt", "siv", 1),
        ] {
            assert_ne!(one, other);
        }
    }
}
