//! Files that travel with a page in one parcel: the page names them by a number, not by an
//! address, because they have none.

use crate::text::Address;
use std::sync::{Mutex, PoisonError};

/// The files a parcel takes along, in the order in which its pages name them.
#[derive(Debug, Default)]
pub struct Inside {
    taken: Mutex<Vec<Address>>,
}

impl Inside {
    /// Returns the number of a file; it comes along from now on.
    pub(in crate::output) fn number(&self, address: &Address) -> usize {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let at = taken.iter().position(|one| one == address);
        at.unwrap_or_else(|| {
            taken.push(address.clone());
            taken.len() - 1
        })
    }

    /// Returns the files that come along, by number.
    pub fn taken(self) -> Vec<Address> {
        self.taken.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}
