//! Floor 7: the wall. Decides what one reader gets, and in which order.
//!
//! [`public`] makes the edition for everybody from a [`crate::model::Library`]. An
//! [`Edition`] carries its reader in its type: the site accepts only
//! `Edition<Public>`, and there is no way to make one but through here. Where only the words
//! of some texts changed, [`Composed::touch`] lets those through the same wall, and shares
//! the rest.

mod ages;
mod anchors;
mod attachments;
mod booklet;
mod closed;
mod cover;
mod different;
mod edition;
mod entries;
mod finder;
mod joins;
mod left;
mod links;
mod lists;
mod looking;
mod menu;
mod notes;
mod one;
mod parents;
mod parts;
mod pictures;
mod places;
mod public;
mod reach;
mod reader;
mod rows;
#[cfg(test)]
mod sample;
mod shown;
mod touch;
mod wall;

pub use edition::{
    AsEbook, Chosen, Destination, Edition, Entry, EntryId, List, ListKind, MenuItem,
    OnPaper, PlacedPicture, Public, Series, Term, VoiceRow,
};
pub use looking::{Looking, looking, readers};
pub use one::{Closed, One, one};
pub use places::fixed;
pub use public::{Composed, Withheld, as_ebook, on_paper, public};
pub use touch::Touched;
