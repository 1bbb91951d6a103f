//! One text: its fields, its tree, and what the tree points to.

use super::{AssetId, Audience, Block, Fields, PictureId, Tree};
use crate::lang::Lang;
use crate::text::{SourceId, Span, TextPath};
use serde::{Deserialize, Serialize};

/// The kinds of texts; `kind::KINDS` holds a row for each.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
)]
pub enum Kind {
    /// Free text.
    #[default]
    Page,
    /// One tip.
    Tip,
    /// Several tips in one file; each `##` also becomes a [`Kind::Tip`].
    Tips,
    /// A story.
    Story,
    /// A plan of a family.
    Plan,
    /// What stands in a booklet, in which order.
    Booklet,
    /// Glossary.
    Words,
    /// Sources, further reading.
    Sources,
    /// Who speaks.
    Voices,
    /// Who can read the site, and what was looked at.
    Access,
    /// Settings of the site.
    Site,
}

/// One text of the folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The source it came from; several tips may share one. It is not kept with a text: it
    /// may have another number the next time.
    #[serde(skip)]
    pub source: SourceId,
    /// Path of that source.
    pub path: TextPath,
    /// What it is.
    pub kind: Kind,
    /// Its title: field, else first `#` heading, else file name.
    pub title: String,
    /// Where the title stands; the start of the file when it came from the name.
    pub title_span: Span,
    /// The title as it was typed, where that may name a text: see [`super::may_name`].
    pub title_typed: Option<Box<str>>,
    /// Its language.
    pub lang: Lang,
    /// Its fields.
    pub fields: Fields,
    /// Its tree. It is not kept with a text: most of what asks for texts asks for no tree.
    #[serde(skip)]
    pub body: Tree,
    /// Links in the tree, by [`super::LinkId`].
    pub links: Vec<Link>,
    /// Pictures in the tree, by [`PictureId`].
    pub pictures: Vec<Picture>,
    /// Footnotes, by [`super::NoteId`].
    pub notes: Vec<Note>,
    /// The picture of the text as a whole (`beeld:`, `omslag:` in a booklet).
    pub image: Option<PictureId>,
    /// In a file with several tips: the anchor of the heading this tip came from.
    pub part: Option<String>,
}

/// A link as typed. Its source is the span's: an included fragment links from where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where the whole link stands.
    pub span: Span,
    /// Where it leads.
    pub target: Target,
}

/// Where a link leads, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Another site, a mail address, a telephone number: `https:`, `mailto:`, `tel:`.
    Outside(String),
    /// Something in the folder: path as typed (decoded), and heading behind `#`. An empty
    /// path is this same text.
    Inside {
        /// The path as typed.
        path: String,
        /// The heading, without `#`.
        fragment: Option<String>,
    },
    /// `[[Title]]`: a title, file or term.
    Title {
        /// The title as typed.
        title: String,
        /// The heading, without `#`.
        fragment: Option<String>,
    },
    /// Dropped: a scheme that runs code or hides content. A problem was reported.
    Dropped,
}

/// A picture as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Where it stands.
    pub span: Span,
    /// The path as typed, decoded.
    pub path: String,
    /// What is in it; empty when not said.
    pub alt: String,
    /// The words between quotes behind the path.
    pub caption: String,
    /// `"versiering"`: says nothing, screen readers pass by.
    pub decorative: bool,
    /// The file, when it was found in the folder and browsers can show it; else a
    /// problem was reported and pages show the description. Its number is not kept with a
    /// text: it may have another the next time.
    #[serde(skip)]
    pub asset: Option<AssetId>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// The name typed between `[^` and `]`.
    pub name: String,
    /// Where its explanation stands, or the first mark when there is none.
    pub span: Span,
    /// Who may read the explanation: whoever may read the place where it stands.
    pub audience: Audience,
    /// The explanation; `None` when there is none (a problem was reported).
    pub blocks: Option<Vec<Block>>,
}
