//! Floor 6: an edition becomes files.
//!
//! [`html`] turns the tree of a text into HTML; the site and the other outputs use it.

pub mod html;
pub mod site;
