//! Floor 6: an edition becomes files.
//!
//! [`html`] turns the tree of a text into HTML, [`search`] makes the index; [`site`] and
//! the other outputs use them.

pub mod html;
pub mod search;
pub mod site;
