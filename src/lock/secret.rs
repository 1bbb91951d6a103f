//! What a reader knows: words on a card, or 32 bytes in a link. The first half of what
//! follows from it finds the slot without trying, the second half opens it.

use super::header::Header;
use super::key::{Chance, Key, NoChance};
use super::slot::{NONCE, SLOT, Slot, TAG};
use super::words::norm;
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use sha2::Sha256;
use zeroize::Zeroizing;

/// What a slot is bound to, for [`Header::bound`].
const KIND: u8 = 1;

/// What opens a slot. Kept in the keys file, so that readers keep their card when another
/// one leaves; the words themselves are kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret(pub Key);

impl Secret {
    /// Makes the secret of somebody who types words.
    pub fn of_words(words: &str, header: &Header) -> Secret {
        let words = Zeroizing::new(norm(words));
        let mut bytes = Zeroizing::new([0; 32]);
        pbkdf2::pbkdf2_hmac::<Sha256>(
            words.as_bytes(),
            &header.salt,
            header.iterations,
            bytes.as_mut(),
        );
        Secret(Key::new(*bytes))
    }

    /// Makes the secret of somebody who gets a link.
    pub fn of_link(chance: &mut Chance<'_>) -> Result<Secret, NoChance> {
        Key::by_chance(chance).map(Secret)
    }

    /// Shuts the key of a reader in a slot that this secret opens.
    pub fn slot(
        &self,
        reader: &Key,
        header: &Header,
        chance: &mut Chance<'_>,
    ) -> Result<Slot, NoChance> {
        let (tag, lock) = self.halves(header);
        let mut nonce = [0; NONCE];
        chance(&mut nonce)?;
        let bound = header.bound(KIND, &tag);
        let shut = lock
            .encrypt(&nonce.into(), Payload { msg: reader.bytes(), aad: &bound })
            .expect("32 bytes are never too long for AES-GCM");
        let mut slot = Slot([0; SLOT]);
        slot.0[..TAG].copy_from_slice(&tag);
        slot.0[TAG..TAG + NONCE].copy_from_slice(&nonce);
        slot.0[TAG + NONCE..].copy_from_slice(&shut);
        Ok(slot)
    }

    /// Finds the slot of this secret and opens it; `None` when there is none.
    pub fn open(&self, header: &Header) -> Option<Key> {
        let (tag, lock) = self.halves(header);
        let slot = header.slots.iter().find(|slot| slot.0[..TAG] == tag)?;
        let (nonce, shut) = slot.0[TAG..].split_first_chunk::<NONCE>()?;
        let bound = header.bound(KIND, &tag);
        let open = lock.decrypt(nonce.into(), Payload { msg: shut, aad: &bound }).ok()?;
        let open = Zeroizing::new(open);
        Some(Key::new(*open.first_chunk()?))
    }

    /// Returns where to look, and the lock.
    fn halves(&self, header: &Header) -> ([u8; TAG], Aes256Gcm) {
        let both: Zeroizing<[u8; 64]> =
            Zeroizing::new(self.0.derive(&header.salt, "slot", header.epoch));
        let (tag, lock) = both.split_at(TAG);
        let mut found = [0; TAG];
        found.copy_from_slice(tag);
        (found, Aes256Gcm::new_from_slice(lock).expect("the other half is 32 bytes"))
    }
}
