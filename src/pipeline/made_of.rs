//! What the files of a site are made of, from one build to the next: what is made of the same
//! lies there already.
//!
//! It is noted with how the site lies on the disk, what is looked for in it, and all that is
//! the same for every file: a site that somebody touched, another theme or another word to
//! look for, and every file is made again.

use super::watch::Watch;
use super::{Request, real};
use crate::files::Sum;
use crate::lock::Drawer;
use crate::text::Address;
use crate::theme::Theme;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// What the files of one site are made of.
pub(super) struct MadeOf<'n> {
    drawer: &'n Drawer,
    all: [u8; 32],
}

impl<'n> MadeOf<'n> {
    /// For the site in `out`; noted in this drawer.
    pub(super) fn new(
        drawer: &'n Drawer,
        request: &Request,
        theme: &Theme,
        watch: &Watch,
        out: &Path,
    ) -> Self {
        let mut all = Sha256::new();
        all.update(b"files");
        all.update(theme.sum());
        all.update(watch.sum());
        all.update([u8::from(request.search)]);
        all.update(real(out).as_os_str().as_encoded_bytes());
        MadeOf { drawer, all: all.finalize().into() }
    }

    /// Returns what they were made of when the site was left so.
    pub(super) fn before(&self, site: &[u8; 32]) -> HashMap<Address, Sum> {
        let note = self.drawer.find(&self.key(site));
        note.and_then(|note| postcard::from_bytes(&note).ok()).unwrap_or_default()
    }

    /// Notes what they are made of, with how the site lies there now.
    pub(super) fn note(&self, sums: &[(Address, Sum)], site: &[u8; 32]) {
        let sums: BTreeMap<&Address, &Sum> =
            sums.iter().map(|(at, sum)| (at, sum)).collect();
        let key = self.key(site);
        let kept = self.drawer.find(&key);
        match postcard::to_extend(&sums, Vec::new()) {
            Ok(note) if kept.as_ref() != Some(&note) => self.drawer.put(&key, &note),
            _ => {}
        }
    }

    fn key(&self, site: &[u8; 32]) -> [u8; 32] {
        let mut key = Sha256::new();
        key.update(self.all);
        key.update(site);
        key.finalize().into()
    }
}
