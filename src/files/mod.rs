//! Floor 4: files on their way out: address → bytes, made when asked for.
//!
//! [`Files`] is what every output returns: build asks for all, the preview for one, tests
//! compare. [`fn@write`] puts them on disk, [`read`] is how an output reads a picture.

mod before;
mod carry;
mod disk;
mod footprint;
mod inside;
mod list;
mod lock;
mod making;
mod mounts;
mod names;
mod swap;
mod workplace;
mod write;

pub use before::Before;
pub use disk::{open_own, private_folder, read, read_own, read_piece};
pub use footprint::footprint;
pub use list::{LIST, hash, listed, others};
pub use making::{Look, Progress};
pub use write::{How, Written, write, write_as};

use crate::problem::Problem;
use crate::text::Address;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Makes the bytes of one file.
pub type Make<'a> = Box<dyn Fn() -> Result<Vec<u8>, Problem> + Send + Sync + 'a>;

/// Makes the bytes of several files at once, in the order of their addresses' positions
/// (all sizes of one picture, decoded once).
pub type MakeAll<'a> = Arc<dyn Fn() -> Result<Vec<Vec<u8>>, Problem> + Send + Sync + 'a>;

/// What a file is made of, added up: with the same sum come the same bytes.
pub type Sum = [u8; 32];

/// Adds up what a file is made of; nothing when that cannot be told.
pub type Adding<'a> = Arc<dyn Fn() -> Option<Sum> + Send + Sync + 'a>;

/// A file to make.
struct One<'a> {
    content: Content<'a>,
    sum: Option<Adding<'a>>,
}

/// How a file is made.
enum Content<'a> {
    /// Made alone.
    One(Make<'a>),
    /// Made together with others: the maker, and which of its results this is.
    Of(MakeAll<'a>, usize),
}

/// Addresses with the way to make their bytes, sorted.
#[derive(Default)]
pub struct Files<'a> {
    list: BTreeMap<Address, One<'a>>,
}

/// Where one asks for files by their address.
pub trait Store {
    /// Tells whether there is a file at an address.
    fn has(&self, address: &Address) -> bool;

    /// Makes the bytes of one file; `None` when there is no such file.
    fn bytes(&self, address: &Address) -> Option<Result<Vec<u8>, Problem>>;
}

impl Store for Files<'_> {
    fn has(&self, address: &Address) -> bool {
        self.contains(address)
    }

    fn bytes(&self, address: &Address) -> Option<Result<Vec<u8>, Problem>> {
        self.make(address)
    }
}

impl<'a> Files<'a> {
    /// Adds a file that is made alone. The first at an address stays.
    pub fn add(
        &mut self,
        address: Address,
        make: impl Fn() -> Result<Vec<u8>, Problem> + Send + Sync + 'a,
    ) {
        self.put(address, Content::One(Box::new(make)), None);
    }

    /// Adds a file that need not be made again as long as what it is made of is the same.
    pub fn add_of(
        &mut self,
        address: Address,
        sum: Adding<'a>,
        make: impl Fn() -> Result<Vec<u8>, Problem> + Send + Sync + 'a,
    ) {
        self.put(address, Content::One(Box::new(make)), Some(sum));
    }

    /// Adds files that are made together.
    pub fn add_all(&mut self, addresses: Vec<Address>, make: MakeAll<'a>) {
        for (at, address) in addresses.into_iter().enumerate() {
            self.put(address, Content::Of(Arc::clone(&make), at), None);
        }
    }

    /// Adds files that are made together, and need not be as long as what they are made of
    /// is the same.
    pub fn add_all_of(
        &mut self,
        addresses: Vec<Address>,
        sum: &Adding<'a>,
        make: &MakeAll<'a>,
    ) {
        for (at, address) in addresses.into_iter().enumerate() {
            let content = Content::Of(Arc::clone(make), at);
            self.put(address, content, Some(Arc::clone(sum)));
        }
    }

    fn put(&mut self, address: Address, content: Content<'a>, sum: Option<Adding<'a>>) {
        self.list.entry(address).or_insert(One { content, sum });
    }

    /// Tells whether there is a file at an address.
    pub fn contains(&self, address: &Address) -> bool {
        self.list.contains_key(address)
    }

    /// Returns the addresses, sorted.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.list.keys()
    }

    /// Makes the bytes of one file; `None` when there is no such file.
    pub fn make(&self, address: &Address) -> Option<Result<Vec<u8>, Problem>> {
        Some(match &self.list.get(address)?.content {
            Content::One(make) => make(),
            Content::Of(make, at) => make().map(|mut all| std::mem::take(&mut all[*at])),
        })
    }
}
