//! Blocks and lines become HTML: valid, accessible, and nothing an author typed comes out
//! unescaped.
//!
//! Make [`Shared`] once for an edition, then [`body`] for every page, in parallel. Every
//! citizen service number is covered on the way ([`crate::text::redact`]); titles and
//! summaries are covered where the edition is made.

mod block;
mod escape;
mod glossary;
mod inline;
mod inside;
mod notes;
mod part;
mod picture;
mod shared;
mod table;
#[cfg(test)]
mod tests;
mod url;
mod writer;

pub(super) use escape::capital;
pub use escape::{covered, push, push_covered};
pub use inside::Inside;
pub use part::{AttributeHtml, ContentsLine, Html, Part};
pub use shared::Shared;
pub use url::outside;
#[cfg(feature = "print")]
pub(super) use writer::{PIECE, groups_of_digits as digits_in_order, unmarked};

use crate::compose::Entry;
use crate::lang::Table;
#[cfg(feature = "print")]
use crate::model::Block;
use crate::text::Address;

/// Makes the body of an entry for its own page.
pub fn body(shared: &Shared<'_>, entry: &Entry<'_>, words: &Table) -> Html {
    body_on(shared, entry, &entry.address, words)
}

/// Makes the body of an entry as it stands on `page`: links are relative to that page.
pub fn body_on(
    shared: &Shared<'_>,
    entry: &Entry<'_>,
    page: &Address,
    words: &Table,
) -> Html {
    whole(writer::Writer::new(shared, entry, page, words), entry)
}

/// Makes the body of an entry for its own page, with a mark ([`PIECE`]) where each heading
/// and each block of a part begins, counted from 1.
#[cfg(feature = "print")]
pub(super) fn body_in_pieces(
    shared: &Shared<'_>,
    entry: &Entry<'_>,
    words: &Table,
) -> Html {
    let mut writer = writer::Writer::new(shared, entry, &entry.address, words);
    writer.pieces = Some(0);
    whole(writer, entry)
}

/// Makes some blocks of an entry, as they stand on its own page.
#[cfg(feature = "print")]
pub(super) fn some_blocks(
    shared: &Shared<'_>,
    entry: &Entry<'_>,
    words: &Table,
    blocks: &[&Block],
) -> String {
    let mut writer = writer::Writer::new(shared, entry, &entry.address, words);
    blocks.iter().for_each(|block| writer.blocks(std::slice::from_ref(*block)));
    let made = writer.take();
    made + &writer.all_notes()
}

fn whole<'w>(mut writer: writer::Writer<'w>, entry: &'w Entry<'w>) -> Html {
    writer.pieces(&entry.body.lead);
    let lead = writer.take();
    let mut contents = Vec::new();
    let parts = writer.parts(&entry.body.sections, &mut contents);
    let notes = writer.all_notes();
    Html { lead, parts, notes, contents }
}

/// Makes the picture of an entry as a whole (`beeld:`), as it stands on `page`; it is
/// loaded at once. `None` when there is none, or when it is not there.
pub fn image_on(
    shared: &Shared<'_>,
    entry: &Entry<'_>,
    page: &Address,
    words: &Table,
) -> Option<String> {
    let picture = entry.pictures.get(&entry.image?)?;
    let mut writer = writer::Writer::new(shared, entry, page, words);
    writer.image(picture, false);
    Some(writer.take()).filter(|made| !made.is_empty())
}
