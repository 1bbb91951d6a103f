//! Floor 2: looks through bytes for what may not be in them, however it is written down.
//!
//! [`Words`] is what is looked for: lines, names, numbers, pieces of files. [`Sweep::look`]
//! sees through markup, entities, percent signs, JSON, base64, hexadecimal, UTF-16 and
//! compressed streams. It knows nothing of texts or readers.

mod letters;
mod numbers;
mod packed;
mod plain;
mod rows;
mod seek;
mod unwrap;

pub use numbers::numbers;
pub use plain::plain;
pub use seek::{Open, Sought, Sweep, TooMuch, Words};
