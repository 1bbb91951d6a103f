//! The booklet: the texts of an edition on paper.
//!
//! # How it is made
//!
//! 1. `order` reads the text of kind *booklet*: parts, and the texts in them.
//! 2. `pictures` makes every picture anew, one size, without metadata.
//! 3. `text` writes each text as one file of Typst **code**: calls of a dozen functions with
//!    the words as string literals (`t.paragraph({"Jongeren ";t.emphasis({"samen"});".";})`).
//!    Only `\` and `"` need care (`literal`), so nothing a writer types can run. One file a
//!    text: when one changes, the typesetter keeps the others.
//! 4. `front` writes the file around them: cover, half-title, colophon, contents, openers
//!    of parts, back cover; and the settings a theme reads.
//! 5. `typeset` compiles them in a world of our own (`world`): files and fonts in memory,
//!    the day as handed in, no network, no packages.
//!
//! The functions that are called **are the print side of a theme**. They stand in
//! `themes/verbinden/print/booklet.typ`; a theme of the project brings only those it wants
//! otherwise. A mistake in it is a problem with its place (M02), and the booklet is made
//! with the functions of the built-in theme.
//!
//! A5 and large print are for reading: PDF/UA-1 and PDF/A-2a in one file. What would break
//! them is taken care of before the typesetter sees it: a letter no font has (T03), a
//! picture without description, a heading that jumps, a frame within a frame within ten.
//!
//! `epub` makes the same booklet for e-readers, of the HTML of the site, with the pages of
//! the A5.
//!
//! Same input, same bytes. This room reads an edition, a theme and the pictures of that
//! edition; what stays inside is in none of them.

mod apart;
mod block;
mod book;
mod card;
mod cards;
mod cover;
mod ends;
mod epub;
mod form;
mod format;
mod fridge;
mod front;
mod impose;
mod inline;
mod letters;
mod literal;
mod order;
mod paper;
mod part;
mod pictures;
mod press;
mod qr;
mod share;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod typeset;
mod world;
mod writer;

pub use card::ReaderCard;
pub use form::Form;
pub use format::Format;
pub use order::{Booklet, booklets, first, plan, whole};
pub use press::{Pages, Printed, Run, ebooks, forms, notice, print, reader_card};
pub use share::share_pictures;
pub use typeset::tidy;
