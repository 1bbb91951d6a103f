//! A slot as bytes: used or chance, nobody can tell. [`super::Secret`] shuts and opens it.

use super::key::{Chance, NoChance};

/// Where to look.
pub(super) const TAG: usize = 32;

/// The nonce of the seal.
pub(super) const NONCE: usize = 12;

/// How long a slot is: where to look, a nonce, the shut key with its seal.
pub const SLOT: usize = TAG + NONCE + 48;

/// One slot of a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot(pub [u8; SLOT]);

impl Slot {
    /// Makes a slot for nobody.
    pub fn dummy(chance: &mut Chance<'_>) -> Result<Slot, NoChance> {
        let mut slot = Slot([0; SLOT]);
        chance(&mut slot.0)?;
        Ok(slot)
    }
}
