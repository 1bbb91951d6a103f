//! A reader: one key, and all that follows from it in one epoch of one plan.

use super::blob::{self, Kind, Shut, Space};
use super::header::Header;
use super::key::Key;
use zeroize::Zeroizing;

/// What was in a blob; wiped when done with.
pub type Opened = Zeroizing<Vec<u8>>;

/// A reader of one plan.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    header: &'a Header,
    key: &'a Key,
}

impl<'a> Reader<'a> {
    /// Makes a reader of a plan.
    pub fn new(header: &'a Header, key: &'a Key) -> Self {
        Reader { header, key }
    }

    /// Returns the name of this reader's bundle on the site.
    pub fn bundle_name(&self) -> [u8; 16] {
        self.key.derive(&self.header.salt, "name", self.header.epoch)
    }

    /// Returns the name of a file on the site: it follows from what is in it, and tells
    /// nothing to who has not the key.
    pub fn file_name(&self, inside: &[u8]) -> [u8; 16] {
        let mark =
            self.key.child(&self.header.salt, "file", self.header.epoch).mark(&[inside]);
        let mut name = [0; 16];
        name.copy_from_slice(&mark[..16]);
        name
    }

    /// Seals a text or a file. `None` when it is longer than four gigabytes.
    pub fn seal(&self, kind: Kind, name: &[u8; 16], inside: &[u8]) -> Option<Shut> {
        self.seal_in(kind, name, &[inside], Space::default())
    }

    /// Seals a text or a file, in pieces, that gets a place of a certain size.
    pub fn seal_in(
        &self,
        kind: Kind,
        name: &[u8; 16],
        inside: &[&[u8]],
        space: Space,
    ) -> Option<Shut> {
        blob::seal(self.header, self.key, kind, name, inside, space)
    }

    /// Opens a blob of this reader; `None` when it is not theirs, or not as it was sealed.
    pub fn open(&self, kind: Kind, name: &[u8; 16], bytes: &[u8]) -> Option<Opened> {
        let key = blob::key_of(self.header, self.key, bytes)?;
        blob::open(self.header, kind, name, &key, bytes)
    }

    /// Opens a file with its own key, as it stands in the bundle.
    pub fn open_with(
        header: &Header,
        name: &[u8; 16],
        key: &Key,
        bytes: &[u8],
    ) -> Option<Opened> {
        blob::open(header, Kind::File, name, key, bytes)
    }
}
