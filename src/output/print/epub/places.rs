//! Where links, pictures and pages of one text lead inside an e-book.

use super::nav::PagePlace;
use super::xhtml::Places;
use super::{PageNumbers, file_of};
use crate::compose::{Destination, Entry, EntryId};
use crate::output::html::{covered, outside};
use crate::output::print::book::{Book, anchor};
use crate::output::print::writer::piece;
use crate::text::Address;
use std::collections::{BTreeMap, BTreeSet};

/// One text on its way into the book.
pub(super) struct Here<'h, 'e> {
    pub(super) book: &'h Book<'e>,
    pub(super) id: EntryId,
    pub(super) entry: &'h Entry<'e>,
    /// Path in the book of every size of every picture of the site.
    pub(super) sizes: &'h BTreeMap<String, String>,
    pub(super) numbers: &'h PageNumbers,
    /// Pictures that are shown.
    pub(super) used: &'h mut BTreeSet<String>,
    /// Pages of the A5 that have their place.
    pub(super) pages: &'h mut Vec<PagePlace>,
}

impl Here<'_, '_> {
    /// Returns the address on the site that a relative link means.
    fn address(&self, path: &str) -> Address {
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let mut names: Vec<&str> = self.entry.address.as_str().split('/').collect();
        names.pop();
        for name in path.split('/') {
            match name {
                ".." => drop(names.pop()),
                "" | "." => {}
                name => names.push(name),
            }
        }
        Address::new(&names.join("/"))
    }
}

impl Places for Here<'_, '_> {
    fn link(&mut self, href: &str) -> Option<String> {
        if href.starts_with('#') || href.split(['/', '#']).next()?.contains(':') {
            return Some(href.to_string());
        }
        let (path, inside) = match href.split_once('#') {
            Some((path, inside)) => (path, Some(inside)),
            None => (href, None),
        };
        let address = self.address(path);
        let decoded = inside.map(|inside| {
            percent_encoding::percent_decode_str(inside).decode_utf8_lossy().into_owned()
        });
        let leads = Destination::Page(address.clone(), decoded.clone());
        if let Some((id, place)) = self.book.place(self.id, &leads) {
            let known = decoded.filter(|inside| place == anchor(id, inside));
            return Some(match known.and(inside) {
                Some(inside) => format!("{}#{inside}", file_of(id)),
                None => file_of(id),
            });
        }
        let site = self.book.settings.address.as_deref()?;
        let inside = inside.map(|inside| format!("#{inside}")).unwrap_or_default();
        outside(&format!("{site}{}{inside}", address.escaped()))
            .map(|address| covered(&address))
    }

    fn picture(&mut self, src: &str) -> Option<String> {
        let path = self.sizes.get(self.address(src).as_str())?.clone();
        self.used.insert(path.clone());
        Some(path)
    }

    fn page(&mut self, number: usize) -> Option<String> {
        let page = *self.numbers.get(&piece(&self.entry.address, number))?;
        mark(self.pages, &file_of(self.id), page)
    }
}

/// Returns the mark of a page at the first place that stands on it; a place that came out
/// of its order has none.
pub(super) fn mark(
    pages: &mut Vec<PagePlace>,
    file: &str,
    page: usize,
) -> Option<String> {
    if pages.last().is_some_and(|(last, _)| *last >= page) {
        return None;
    }
    let name = format!("blz_{page}");
    pages.push((page, format!("{file}#{name}")));
    Some(format!(
        "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"{name}\" aria-label=\"{page}\"></span>"
    ))
}
