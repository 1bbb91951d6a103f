//! Floor 5: the keys of readers, kept in one file outside the texts and the site.
//!
//! [`Ring`] is what is in it: per plan a header and its readers. [`Place`] says where the
//! file stands and whether it is safe there; [`Open`] holds it while something changes.
//! Words are never in it: only what follows from them, and the card is shown once.

mod disk;
mod form;
mod place;
mod ring;
mod safe;

pub use disk::{Open, private_file};
pub use place::{Place, VARIABLE};
pub use ring::{Card, Change, PlanKeys, ReaderKeys, Ring, Term};
