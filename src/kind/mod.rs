//! Floor 6: what may stand in a text, and what people may type for it.
//!
//! [`KINDS`] has a row per kind, [`KEYS`] one per key, [`headings`] and [`words`] hold the
//! headings of a plan, status words, callout labels. Everything is a table, Dutch first,
//! English equal; reading is tolerant (case, accents, spaces do not matter).

pub mod abroad;
pub mod alone;
pub mod clothes;
mod exit;
pub mod headings;
pub mod inside;
mod keys;
pub mod only;
pub mod packed;
pub mod people;
pub mod planners;
pub mod signs;
mod table;
pub mod tellers;
pub mod withdrawn;
pub mod words;

pub use exit::{Exit, anywhere, read_exit};
pub use keys::{
    KEYS, KeyRow, ValueKind, find_key, is_idle, key_name, key_names, nearest_key,
};
pub use table::{KINDS, KindRow, find_kind, row};
