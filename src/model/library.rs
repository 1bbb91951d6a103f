//! Everything that was read from a folder.

use super::{AssetId, Text, TextId};
use crate::lang::Lang;
use crate::picture::Facts;
use crate::text::{SourceId, Sources, Span, TextPath};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// A folder of texts, read and typed. Holds everything, also what will be withheld.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// All sources, for places in problems.
    pub sources: Sources,
    /// Settings of the site.
    pub settings: Settings,
    /// All texts, sorted by path; [`TextId`] counts in this list. A library that differs in
    /// one text shares the others.
    pub texts: Vec<Arc<Text>>,
    /// All other files that a text may point to, sorted by path.
    pub assets: Arc<[Asset]>,
    /// The reader's own word hints (`eigen-woorden.tsv`): lines as typed.
    pub own_words: String,
    /// Sources on which more depends than a text of their own: their words stand in other
    /// texts too, or a link gives their file another name.
    pub tied: BTreeSet<SourceId>,
}

impl Library {
    /// Returns a text; ids come from [`Library::ids`].
    pub fn text(&self, id: TextId) -> &Text {
        &self.texts[id.0 as usize]
    }

    /// Returns a file; ids come from loading.
    pub fn asset(&self, id: AssetId) -> &Asset {
        &self.assets[id.0 as usize]
    }

    /// Returns all texts.
    pub fn all(&self) -> impl Iterator<Item = &Text> {
        self.texts.iter().map(|text| &**text)
    }

    /// Returns all texts with their ids.
    pub fn ids(&self) -> impl Iterator<Item = (TextId, &Text)> {
        self.all().enumerate().map(|(at, text)| (TextId(at as u32), text))
    }
}

/// A file that is no text: a picture, an attachment. Read when it is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Path inside the folder.
    pub path: TextPath,
    /// Where it is on disk: a real file inside the folder, links followed.
    pub on_disk: PathBuf,
    /// Length in bytes.
    pub length: u64,
    /// What it is, when it is a picture that some text shows and browsers know.
    pub facts: Option<Facts>,
    /// Whether it may go out as it is, when a text links to it.
    pub leaves: Leaves,
}

/// Whether a file may go out as it is, as far as reading can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Leaves {
    /// Where it lies is no reason to keep it.
    #[default]
    Freely,
    /// It lies where files stay inside: below `_…` or `delen`.
    Inside,
    /// It cannot, and reading said so: a picture that cannot be made anew, or a file that
    /// cannot be opened.
    Never,
}

/// What `site.md` (or the booklet, or nothing) says about the site.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Title of the site.
    pub title: String,
    /// Absolute address, `https://…/`, with a slash at the end; `None` when not given.
    pub address: Option<String>,
    /// Language of the site.
    pub lang: Lang,
    /// Languages of the site, its own first.
    pub langs: Vec<Lang>,
    /// Name of the theme.
    pub theme: String,
    /// Where the name of the theme stands, when it was typed.
    pub theme_span: Option<Span>,
    /// Menu as typed: file names, titles or `Words: address`; empty: pages with `menu: ja`.
    pub menu: Vec<(String, Span)>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// A line at the foot of each page.
    pub footer: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Where "Snel weg" leads; `None`: no button.
    pub quick_exit: Option<String>,
    /// Whether word hints are wanted.
    pub hints: bool,
    /// Whether each text gets a picture to share (there is an address then).
    pub share_pictures: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            title: String::new(),
            address: None,
            lang: Lang::dutch(),
            langs: vec![Lang::dutch()],
            theme: "verbinden".into(),
            theme_span: None,
            menu: Vec::new(),
            publisher: None,
            footer: None,
            contact: None,
            quick_exit: None,
            hints: true,
            share_pictures: false,
        }
    }
}
