//! The tree of a text: parts in parts, with blocks in them.

use super::{Attribute, Audience, Block, Inline, Role};
use crate::lang::Lang;
use crate::text::Span;
use serde::{Deserialize, Serialize};

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
