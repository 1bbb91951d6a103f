//! The header of a plan: what stands in the unlock page, the same for every visitor.
//!
//! Nothing in it is secret, and nothing in it tells how many readers there are.

use super::key::{Chance, NoChance};
use super::slot::{SLOT, Slot};

/// How many slots a header has, used or not.
pub const SLOTS: usize = 16;

/// How long a header is.
pub const HEADER: usize = FRONT + SLOTS * SLOT;

/// Rounds of PBKDF2 for a new plan: half a second in a browser.
pub const ITERATIONS: u32 = 1_000_000;

/// Rounds we are willing to do for a header made elsewhere: a changed header cannot keep a
/// browser busy for an hour, nor make guessing cheap without notice.
const WILLING: std::ops::RangeInclusive<u32> = 100_000..=10_000_000;

const MAGIC: &[u8; 4] = b"BKJ1";
const SUITE: u8 = 1;
const KDF: u8 = 1;
const FRONT: usize = 4 + 1 + 1 + 4 + 16 + 4 + 32 + 1;

/// The header of one plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Rounds of PBKDF2.
    pub iterations: u32,
    /// The plan: chance, also its folder on the site.
    pub plan: [u8; 16],
    /// Counts how often its readers changed; every key depends on it.
    pub epoch: u32,
    /// Salt of every derivation for this plan.
    pub salt: [u8; 32],
    /// The slots, used and unused alike.
    pub slots: [Slot; SLOTS],
}

impl Header {
    /// Makes the header of a new plan: no readers yet, all slots chance, epoch 0.
    pub fn by_chance(iterations: u32, chance: &mut Chance<'_>) -> Result<Self, NoChance> {
        let mut header = Header {
            iterations,
            plan: [0; 16],
            epoch: 0,
            salt: [0; 32],
            slots: [Slot([0; SLOT]); SLOTS],
        };
        chance(&mut header.plan)?;
        chance(&mut header.salt)?;
        for slot in &mut header.slots {
            *slot = Slot::dummy(chance)?;
        }
        Ok(header)
    }

    /// Returns the bytes for the page.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&[SUITE, KDF]);
        bytes.extend_from_slice(&self.iterations.to_be_bytes());
        bytes.extend_from_slice(&self.plan);
        bytes.extend_from_slice(&self.epoch.to_be_bytes());
        bytes.extend_from_slice(&self.salt);
        bytes.push(SLOTS as u8);
        for slot in &self.slots {
            bytes.extend_from_slice(&slot.0);
        }
        bytes
    }

    /// Reads a header; `None` when it is not one of ours, whole and to the byte.
    pub fn read(bytes: &[u8]) -> Option<Header> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (&[suite, kdf], rest) = rest.split_first_chunk()?;
        let (iterations, rest) = rest.split_first_chunk()?;
        let (plan, rest) = rest.split_first_chunk()?;
        let (epoch, rest) = rest.split_first_chunk()?;
        let (salt, rest) = rest.split_first_chunk()?;
        let (&count, rest) = rest.split_first()?;
        let iterations = u32::from_be_bytes(*iterations);
        let known = suite == SUITE
            && kdf == KDF
            && usize::from(count) == SLOTS
            && rest.len() == SLOTS * SLOT
            && WILLING.contains(&iterations);
        if !known {
            return None;
        }
        let mut slots = [Slot([0; SLOT]); SLOTS];
        for (slot, bytes) in slots.iter_mut().zip(rest.chunks_exact(SLOT)) {
            slot.0.copy_from_slice(bytes);
        }
        let epoch = u32::from_be_bytes(*epoch);
        Some(Header { iterations, plan: *plan, epoch, salt: *salt, slots })
    }

    /// Returns what every lock of this plan is bound to: "boekje/1", the plan, the epoch,
    /// what is locked (`kind`) and its name.
    pub(super) fn bound(&self, kind: u8, name: &[u8]) -> Vec<u8> {
        let mut bound = b"boekje/1\0".to_vec();
        bound.extend_from_slice(&self.plan);
        bound.extend_from_slice(&self.epoch.to_be_bytes());
        bound.push(kind);
        bound.extend_from_slice(name);
        bound
    }
}
