//! One text: its fields, its tree, and what the tree points to.

use super::{
    AssetId, Attribute, Audience, Block, Fields, Inline, PictureId, Role, Shared,
};
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
    /// Its language.
    pub lang: Lang,
    /// Its fields.
    pub fields: Fields,
    /// Its tree.
    pub body: Shared<Body>,
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

/// The tree of a text: what stands before the first heading, and the parts below it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Body {
    /// Who may read the lead.
    pub audience: Audience,
    /// Blocks before the first heading.
    pub lead: Vec<Block>,
    /// Parts.
    pub sections: Vec<Section>,
}

/// A heading with what stands below it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Where the heading stands.
    pub span: Span,
    /// Level as shown, 2 to 6: never jumps, the title of the page is 1.
    pub level: u8,
    /// Anchor, unique on the page; see [`Body::name_sections`].
    pub id: String,
    /// The heading.
    pub title: Vec<Inline>,
    /// What it is about.
    pub role: Role,
    /// Its language, when it differs from what is around it.
    pub lang: Option<Lang>,
    /// Who may read it, inheritance included.
    pub audience: Audience,
    /// Lines `Kenmerk: waarde` directly below the heading.
    pub attributes: Vec<Attribute>,
    /// Blocks before the next heading.
    pub blocks: Vec<Block>,
    /// Parts inside this part.
    pub sections: Vec<Section>,
}

impl Body {
    /// Gives every section its anchor, from its heading. Call it again after parts were
    /// taken out: a number behind an anchor may not tell of a part that is not there.
    pub fn name_sections(&mut self) {
        let mut slugs = crate::text::Slugs::default();
        // Anchors that pages use themselves.
        for own in ["inhoud", "top", "zoek", "main", "notes", "header", "footer"] {
            slugs.keep(own);
        }
        name(&mut self.sections, &mut slugs);
    }

    /// Returns all sections with this one's, outer before inner, in order.
    pub fn all_sections(&self) -> Vec<&Section> {
        fn push<'a>(sections: &'a [Section], all: &mut Vec<&'a Section>) {
            for section in sections {
                all.push(section);
                push(&section.sections, all);
            }
        }
        let mut all = Vec::new();
        push(&self.sections, &mut all);
        all
    }
}

fn name(sections: &mut [Section], slugs: &mut crate::text::Slugs) {
    for section in sections {
        let mut title = super::plain(&section.title);
        // An anchor begins with a letter: that is what style sheets and older tools read.
        if title.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_numeric) {
            title.insert_str(0, "deel ");
        }
        section.id = slugs.take(&title, "deel");
        name(&mut section.sections, slugs);
    }
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
