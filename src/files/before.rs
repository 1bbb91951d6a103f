//! What files were made of when they were made last: what is made of the same need not be
//! made again, and lies there already.

use super::Sum;
use crate::text::Address;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Tells what the files of a site were made of; asked with how the site lies on the disk
/// ([`super::footprint()`]), so that nothing is relied on that somebody touched.
pub type Before<'a> = dyn Fn(&[u8; 32]) -> HashMap<Address, Sum> + 'a;

/// The files of the site as it is, with their hashes, and what they were made of.
#[derive(Default)]
pub(super) struct Known {
    noted: bool,
    sums: HashMap<Address, Sum>,
    hashes: BTreeMap<Address, String>,
}

impl Known {
    /// Asks what is known of a site; `hashes` are those of its files.
    pub(super) fn of(
        out: &Path,
        hashes: BTreeMap<Address, String>,
        before: Option<&Before<'_>>,
    ) -> Known {
        let Some(before) = before else { return Known::default() };
        let sums = super::footprint(out).map(|site| before(&site)).unwrap_or_default();
        Known { noted: true, sums, hashes }
    }

    /// Tells whether anybody notes what files are made of.
    pub(super) fn is_noted(&self) -> bool {
        self.noted
    }

    /// Returns the hash of a file that was made of what adds up to this.
    pub(super) fn hash(&self, address: &Address, sum: &Sum) -> Option<&String> {
        let same = self.sums.get(address).is_some_and(|known| known == sum);
        self.hashes.get(address).filter(|_| same)
    }
}
