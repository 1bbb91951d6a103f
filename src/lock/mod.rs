//! Floor 2: bytes to locked bytes and back; pure functions, no disk and no clock.
//!
//! The format is called BKJ1 and is written down in `docs/format.md`, so that a stranger
//! can open what we locked. [`Header`] stands in the unlock page: sixteen slots, of which
//! some hold the key of a reader ([`Secret::slot`]) and the others are chance. A
//! [`Reader`] seals texts and files into blobs ([`Reader::seal`]) that look like chance
//! too. [`pick`] makes the six words for the card. Chance is handed in ([`Chance`]):
//! the same keys and the same texts give the same bytes. A note ([`NoteKey`]) and
//! a [`Drawer`] of them are for this computer alone.

mod blob;
mod drawer;
mod header;
mod key;
mod note;
mod reader;
mod secret;
mod slot;
mod words;

#[cfg(test)]
mod tests;

pub use blob::{Kind, Shut, Space};
pub use drawer::{AnyChance, Drawer, Fresh, KeptBytes};
pub use header::{HEADER, Header, ITERATIONS, SLOTS};
pub use key::{Chance, Key, NoChance};
pub use note::NoteKey;
pub use reader::{Opened, Reader};
pub use secret::Secret;
pub use slot::{SLOT, Slot};
pub use words::{list, norm, pick};
