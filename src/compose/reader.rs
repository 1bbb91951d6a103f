//! What a reader may read: the one question the rest of this room asks.

use super::closed::ClosedFolders;
use super::edition::{AsEbook, OnPaper, Public};
use super::wall::{self, Channel};
use crate::model::{Audience, Text, TextId};
use crate::problem::Problem;
use jiff::civil::Date;

/// Somebody an edition is made for.
pub(super) trait Reads: Sync {
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

/// A way to reach everybody: they read the same parts, and differ in the yes they need.
trait ReachesEverybody: Sync {
    /// Returns the channels a text must be allowed for, each with the yes of its people.
    fn channels(&self) -> Vec<Channel>;
}

impl ReachesEverybody for Public {
    fn channels(&self) -> Vec<Channel> {
        vec![Channel::Site]
    }
}

impl ReachesEverybody for OnPaper {
    fn channels(&self) -> Vec<Channel> {
        with_site(Channel::Booklet, self.at_site)
    }
}

impl ReachesEverybody for AsEbook {
    fn channels(&self) -> Vec<Channel> {
        with_site(Channel::Ebook, self.at_site)
    }
}

/// A yes for paper is no yes for a file that everybody can find on the site.
fn with_site(channel: Channel, at_site: bool) -> Vec<Channel> {
    if at_site { vec![Channel::Site, channel] } else { vec![channel] }
}

impl<E: ReachesEverybody> Reads for E {
    fn lets_in(
        &self,
        _: TextId,
        text: &Text,
        folders: &ClosedFolders<'_>,
        today: Date,
    ) -> Result<(), Vec<Problem>> {
        for channel in self.channels() {
            wall::verdict(text, today, channel)?;
        }
        folders.said(text).map_or(Ok(()), |problem| Err(vec![problem]))
    }

    fn may_read(&self, audience: &Audience) -> bool {
        audience.is_everyone()
    }

    fn is_everybody(&self) -> bool {
        true
    }
}
