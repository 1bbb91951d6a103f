//! Locked pages: what everybody gets to see, and what only a reader can open.
//!
//! [`unlock_page`] makes the page with the lock; it is the same text for every plan, only
//! the header differs. [`seal`] makes the blobs beside it: what one reader gets, as the
//! theme shows it, sealed by [`crate::lock`]. [`Before`] knows how large they were, [`address`]
//! says where they stand.

mod before;
mod name;
mod page;
mod parcel;
mod style;

pub use before::Before;
pub use page::{Door, blank_page, reader_script, unlock_page, without_header};
pub use parcel::{Bundle, Parcel, Sealed, opened, opened_file, seal};
pub use style::Style;

use crate::lock::Reader;
use crate::text::Address;

/// Where the list of words stands that helps with slips: beside the plans.
pub const WORDS: &str = "p/words.txt";

/// Returns where a file of a plan stands.
pub fn address(plan: &[u8; 16], file: &str) -> Address {
    Address::new(&format!("p/{}/{file}", name::hex(plan)))
}

/// Tells whether it is the address of a page with a lock.
pub fn is_door(address: &Address) -> bool {
    let mut parts = address.as_str().split('/');
    parts.next() == Some("p")
        && parts.next().is_some_and(name::is_name)
        && parts.next() == Some("index.html")
        && parts.next().is_none()
}

/// Returns the name of the single file of a reader: it tells nothing of who that is.
pub fn single_name(reader: &Reader<'_>) -> String {
    let name = name::hex(&reader.bundle_name());
    format!("boekje-{}.html", &name[..12])
}
