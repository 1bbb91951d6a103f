//! Floor 1: plain text, and where in it something stands.
//!
//! Sources and spans, paths inside the folder, addresses on the site, folding for
//! comparison, slugs, dates, and the nearest known word. Nothing here knows Markdown,
//! HTML or the disk.

mod address;
mod base64;
mod bsn;
mod bytes;
mod comma;
mod date;
mod fold;
mod letters;
mod lines;
mod markup;
mod near;
mod path;
mod slug;
mod source;
mod way;
mod web;

pub use address::Address;
pub use base64::{base64, base64_url};
pub use bsn::{COVER, count_digits, find_bsn, redact};
pub use bytes::ByteSet;
pub use comma::is_comma;
pub use date::{DateRead, is_weekday, names_month, read_date};
pub use fold::{fold, fold_key, folds_longer, nfc};
pub use letters::{has_foreign, spoken};
pub use lines::lines_of;
pub use markup::{is_forbidden, suspects};
pub use near::{Ends, Known, is_one_slip, nearest};
pub use path::TextPath;
pub use slug::{Slugs, slug};
pub use source::{Again, Place, Source, SourceId, Sources, Span, for_source};
pub use way::{has_rtl, other_way};
pub use web::web_address;
