//! Floor 8: an edition becomes files.
//!
//! [`html`] turns the tree of a text into HTML, [`search`] makes the index; [`site`] and
//! the other outputs use them. [`mod@print`] makes the booklet, on paper and for e-readers.

mod about;
mod columns;
mod download;
pub mod html;
pub mod locked;
#[cfg(feature = "print")]
pub mod print;
pub mod search;
pub mod site;

pub use download::{Beside, Download, SharePicture};
