//! What a reader may read: the one question the rest of this room asks.

use super::edition::{AsEbook, OnPaper, Public};
use super::wall::{self, Channel};
use crate::model::{Audience, Text};
use crate::problem::Problem;
use jiff::civil::Date;

/// Somebody an edition is made for.
pub(super) trait Reads {
    /// Decides whether a text goes to this reader on this day; when it does not, the
    /// problems say why.
    fn lets_in(&self, text: &Text, today: Date) -> Result<(), Vec<Problem>>;

    /// Tells whether this reader may read a part.
    fn may_read(&self, audience: &Audience) -> bool;
}

impl Reads for Public {
    fn lets_in(&self, text: &Text, today: Date) -> Result<(), Vec<Problem>> {
        wall::verdict(text, today, Channel::Site)
    }

    fn may_read(&self, audience: &Audience) -> bool {
        audience.is_everyone()
    }
}

impl Reads for OnPaper {
    fn lets_in(&self, text: &Text, today: Date) -> Result<(), Vec<Problem>> {
        both(text, today, Channel::Booklet, self.at_site)
    }

    fn may_read(&self, audience: &Audience) -> bool {
        audience.is_everyone()
    }
}

impl Reads for AsEbook {
    fn lets_in(&self, text: &Text, today: Date) -> Result<(), Vec<Problem>> {
        both(text, today, Channel::Ebook, self.at_site)
    }

    fn may_read(&self, audience: &Audience) -> bool {
        audience.is_everyone()
    }
}

/// Decides for a channel, and for the site when it can be had from there: a yes for paper is
/// no yes for a file that everybody can find.
fn both(
    text: &Text,
    today: Date,
    channel: Channel,
    at_site: bool,
) -> Result<(), Vec<Problem>> {
    if at_site {
        wall::verdict(text, today, Channel::Site)?;
    }
    wall::verdict(text, today, channel)
}
