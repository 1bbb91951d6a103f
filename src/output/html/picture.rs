//! Pictures: several widths as WebP, a fallback, and the description for who cannot see.

use super::writer::Writer;
use crate::model::{Inline, Picture, PictureId};
use crate::picture::{Rendition, renditions};
use crate::text::Address;

/// How wide a picture is shown: the column, or the telephone.
const SIZES: &str = "(min-width: 40rem) 36rem, 100vw";

/// Widest picture that travels with a page.
const WIDEST: u32 = 960;

/// Chooses the one size in which a picture travels with its page.
fn inside_one(list: &[Rendition]) -> Option<&Rendition> {
    let fits = |one: &&Rendition| one.extension == "webp" && one.width <= WIDEST;
    list.iter().filter(fits).max_by_key(|one| one.width).or(list.first())
}

/// Tells whether a picture is so much higher than wide that the whole column is too much
/// for it: on a screen nobody would see all of it at once.
fn is_tall(width: u32, height: u32) -> bool {
    u64::from(height) * 5 > u64::from(width) * 6
}

impl<'w> Writer<'w> {
    /// A picture that stands alone.
    pub(super) fn figure(&mut self, id: PictureId, caption: &'w [Inline]) {
        let Some(picture) = self.entry.pictures.get(&id) else {
            return self.paragraph(caption);
        };
        if !self.is_there(picture) {
            if !picture.decorative {
                self.raw("<p class=\"beeld-weg\">");
                self.description(picture);
                self.raw("</p>\n");
            }
            return self.paragraph(caption);
        }
        self.raw("<figure class=\"picture\">");
        self.image(picture, true);
        if !caption.is_empty() {
            self.raw("<figcaption>");
            self.line(caption);
            self.raw("</figcaption>");
        }
        self.raw("</figure>\n");
    }

    /// A picture in a line of text; its caption stands behind it.
    pub(super) fn picture_in_line(&mut self, id: PictureId) {
        let Some(picture) = self.entry.pictures.get(&id) else { return };
        if self.is_there(picture) {
            self.image(picture, true);
        } else if !picture.decorative {
            self.raw("<span class=\"beeld-weg\">");
            self.description(picture);
            self.raw("</span>");
        }
        if !picture.caption.is_empty() && !picture.decorative {
            self.raw(" <span class=\"caption\">");
            self.plain(&picture.caption);
            self.raw("</span>");
        }
    }

    fn is_there(&self, picture: &Picture) -> bool {
        picture
            .asset
            .and_then(|asset| self.shared.pictures.get(&asset))
            .is_some_and(|placed| placed.asset.facts.is_some())
    }

    /// What is in a picture that is not there.
    fn description(&mut self, picture: &Picture) {
        let said = if picture.alt.trim().is_empty() {
            self.words.get("part.picture-unnamed").to_string()
        } else {
            self.words.say("part.picture", &[("alt", &picture.alt)])
        };
        self.plain(&said);
    }

    /// The element itself; `lazy` for all but the picture of the text as a whole.
    pub(super) fn image(&mut self, picture: &Picture, lazy: bool) {
        let placed = picture.asset.and_then(|asset| self.shared.pictures.get(&asset));
        let Some((placed, facts)) =
            placed.and_then(|placed| Some((placed, placed.asset.facts.as_ref()?)))
        else {
            return;
        };
        let list = renditions(facts);
        if let Some(inside) = self.shared.inside {
            let Some(one) = inside_one(&list) else { return };
            let address = Address::new(&format!("{}{}", placed.base, one.suffix));
            let number = inside.number(&address);
            let mut img = format!(
                "<img{} data-b=\"{number}\" width=\"{}\" height=\"{}\" alt=\"",
                if is_tall(facts.width, facts.height) { " class=\"tall\"" } else { "" },
                facts.width.max(1),
                facts.height.max(1)
            );
            super::escape::push_covered(&mut img, self.alt(picture));
            img.push_str("\">");
            return self.raw(&img);
        }
        let webp: Vec<_> = list.iter().filter(|one| one.extension == "webp").collect();
        let other: Vec<_> = list.iter().filter(|one| one.extension != "webp").collect();
        let set = |list: &[&crate::picture::Rendition]| {
            let one = |one: &&crate::picture::Rendition| {
                format!("{} {}w", self.picture_link(&placed.base, &one.suffix), one.width)
            };
            list.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        let (webp, fallback) = (set(&webp), set(&other));
        let Some(first) = other.first() else { return };
        let source = self.picture_link(&placed.base, &first.suffix);
        let mut img = String::from(if is_tall(facts.width, facts.height) {
            "<img class=\"tall\" src=\""
        } else {
            "<img src=\""
        });
        super::escape::push_covered(&mut img, &source);
        if other.len() > 1 {
            img.push_str("\" srcset=\"");
            super::escape::push_covered(&mut img, &fallback);
            img.push_str(&format!("\" sizes=\"{SIZES}"));
        }
        img.push_str(&format!(
            "\" width=\"{}\" height=\"{}\"{} decoding=\"async\" alt=\"",
            facts.width.max(1),
            facts.height.max(1),
            if lazy { " loading=\"lazy\"" } else { "" }
        ));
        super::escape::push_covered(&mut img, self.alt(picture));
        img.push_str("\">");
        if webp.is_empty() {
            return self.raw(&img);
        }
        self.raw("<picture><source type=\"image/webp\" srcset=\"");
        self.plain(&webp);
        self.raw(&format!("\" sizes=\"{SIZES}\">"));
        self.raw(&img);
        self.raw("</picture>");
    }

    fn alt<'p>(&self, picture: &'p Picture) -> &'p str
    where
        'w: 'p,
    {
        if picture.decorative {
            ""
        } else if picture.alt.trim().is_empty() {
            self.words.get("part.picture-unnamed")
        } else {
            &picture.alt
        }
    }

    fn picture_link(&self, base: &str, suffix: &str) -> String {
        self.page.link_to(&Address::new(&format!("{base}{suffix}")))
    }
}
