//! Locked pages: what everybody gets to see, and what only a reader can open.
//!
//! [`unlock_page`] makes the page with the lock; it is the same text for every plan, only
//! the header differs. The blobs beside it are sealed by [`crate::lock`].

mod page;

pub use page::{Door, unlock_page};
