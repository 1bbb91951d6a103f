//! What a reader may read: the one question the rest of this room asks.

use super::closed::ClosedFolders;
use super::edition::{AsEbook, OnPaper, Public};
use super::wall::{self, Channel};
use crate::model::{Audience, Text, TextId};
use crate::problem::Problem;
use jiff::civil::Date;

/// Somebody an edition is made for.
pub(super) trait Reads {
    /// Decides whether a text goes to this reader on this day; when it does not, the
    /// problems say why.
    fn lets_in(
        &self,
        id: TextId,
        text: &Text,
        folders: &ClosedFolders<'_>,
        today: Date,
    ) -> Result<(), Vec<Problem>>;

    /// Tells whether this reader may read a part.
    fn may_read(&self, audience: &Audience) -> bool;

    /// Tells whether this is everybody, who sees no picture of a closed text.
    fn is_everybody(&self) -> bool;
}

impl Reads for Public {
    fn lets_in(
        &self,
        _: TextId,
        text: &Text,
        folders: &ClosedFolders<'_>,
        today: Date,
    ) -> Result<(), Vec<Problem>> {
        to_everybody(text, folders, today, Channel::Site)
    }

    fn may_read(&self, audience: &Audience) -> bool {
        audience.is_everyone()
    }

    fn is_everybody(&self) -> bool {
        true
    }
}

impl Reads for OnPaper {
    fn lets_in(
        &self,
        _: TextId,
        text: &Text,
        folders: &ClosedFolders<'_>,
        today: Date,
    ) -> Result<(), Vec<Problem>> {
        both(text, folders, today, Channel::Booklet, self.at_site)
    }

    fn may_read(&self, audience: &Audience) -> bool {
        audience.is_everyone()
    }

    fn is_everybody(&self) -> bool {
        true
    }
}

/// Decides whether a text goes to everybody: it may, and no folder around it is closed.
fn to_everybody(
    text: &Text,
    folders: &ClosedFolders<'_>,
    today: Date,
    channel: Channel,
) -> Result<(), Vec<Problem>> {
    wall::verdict(text, today, channel)?;
    folders.said(text).map_or(Ok(()), |problem| Err(vec![problem]))
}

impl Reads for AsEbook {
    fn lets_in(
        &self,
        _: TextId,
        text: &Text,
        folders: &ClosedFolders<'_>,
        today: Date,
    ) -> Result<(), Vec<Problem>> {
        both(text, folders, today, Channel::Ebook, self.at_site)
    }

    fn may_read(&self, audience: &Audience) -> bool {
        audience.is_everyone()
    }

    fn is_everybody(&self) -> bool {
        true
    }
}

/// Decides for a channel, and for the site when it can be had from there: a yes for paper is
/// no yes for a file that everybody can find.
fn both(
    text: &Text,
    folders: &ClosedFolders<'_>,
    today: Date,
    channel: Channel,
    at_site: bool,
) -> Result<(), Vec<Problem>> {
    if at_site {
        wall::verdict(text, today, Channel::Site)?;
    }
    to_everybody(text, folders, today, channel)
}
