//! Floor 2: pictures, bytes to clean bytes. No disk, no addresses.
//!
//! [`inspect`] says what a picture is and refuses what browsers cannot show; [`renditions`]
//! says in which sizes and formats it leaves; [`make`] makes them: turned upright, made
//! anew from its pixels (or, for drawings, from the shapes we know), so that no metadata,
//! no thumbnail and no outside reference leaves with it.
//!
//! A picture is known by its content, never by its name.

mod canvas;
mod colour;
mod decode;
mod encode;
mod facts;
mod metadata;
mod rendition;
mod sniff;
mod svg;
mod whole;

pub use facts::{Facts, Format, Refusal};
pub use rendition::{Rendition, renditions};
pub use sniff::{is_picture, is_picture_name};
pub use whole::{inspect, make, make_one, tells};

#[cfg(test)]
mod tests;
