//! Through whose eyes a page is looked at, and which texts stand on it.

use crate::compose::readers;
use crate::model::{Library, TextId};
use crate::pipeline::Live;
use crate::text::{Address, fold};

/// The name of the writer in addresses.
const WRITER: &str = "schrijver";

/// Who looks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Eyes {
    /// Everybody: the site as it will be built.
    Everybody,
    /// The writer, who sees everything.
    Writer,
    /// A reader with a card, by their folded name.
    Reader(String),
}

impl Eyes {
    /// Reads who looks, as it stands in an address.
    pub(super) fn read(typed: &str) -> Eyes {
        match fold(typed.trim()).as_str() {
            "" => Eyes::Everybody,
            WRITER => Eyes::Writer,
            name => Eyes::Reader(name.to_string()),
        }
    }

    /// Returns how it stands in an address.
    pub(super) fn id(&self) -> &str {
        match self {
            Eyes::Everybody => "",
            Eyes::Writer => WRITER,
            Eyes::Reader(name) => name,
        }
    }

    /// Returns the reader to look as; `None` for the writer.
    pub(super) fn reader(&self) -> Option<&str> {
        match self {
            Eyes::Reader(name) => Some(name),
            _ => None,
        }
    }

    /// Tells whether somebody of this name can look.
    pub(super) fn are_known(&self, library: &Library) -> bool {
        match self {
            Eyes::Everybody | Eyes::Writer => true,
            Eyes::Reader(name) => readers(library).contains_key(name),
        }
    }

    /// Returns the texts on a page, for who looks.
    pub(super) fn texts_on(&self, live: &Live<'_>, page: &Address) -> Vec<TextId> {
        match self {
            Eyes::Everybody => live.texts_on(page),
            _ => live.look(self.reader(), |look| look.texts_on(page)),
        }
    }

    /// Returns the pages of texts, for who looks; empty where there is none.
    pub(super) fn pages(&self, live: &Live<'_>, texts: &[TextId]) -> Vec<String> {
        let shown =
            |page: Option<&Address>| page.map(Address::escaped).unwrap_or_default();
        match self {
            Eyes::Everybody => texts.iter().map(|&id| shown(live.page(id))).collect(),
            _ => live.look(self.reader(), |look| {
                texts.iter().map(|&id| shown(look.page(id))).collect()
            }),
        }
    }
}
