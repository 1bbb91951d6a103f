//! Drawings in lines: read as XML, and written anew from the elements and attributes that
//! draw something. What we do not know does not leave, nor does what nobody sees.
//!
//! Entries: [`inspect`] and [`clean`]. `rules` says what may stay, `style` does the same
//! for style sheets, `size` reads how large the drawing is. `drawn` takes out what is not
//! seen from the `tree`, with what the `sheet` says about it.
//!
//! Not `svg-hush`: it lays out the XML anew, which puts spaces between the letters of a
//! text, and keeps references to other files of the same site. The tests use it as a
//! second pair of eyes.

mod clean;
mod drawn;
mod rules;
mod sheet;
mod size;
mod style;
mod tree;

pub(super) use clean::{Drawing, clean};

use crate::picture::facts::{Facts, Format, Refusal};

/// Says what a drawing is.
pub(super) fn inspect(bytes: &[u8]) -> Result<Facts, Refusal> {
    let Drawing { width, height, metadata, cleaned, .. } = clean(bytes)?;
    Ok(Facts {
        width,
        height,
        format: Format::Svg,
        metadata,
        cleaned,
        transparent: true,
        flat: true,
    })
}
