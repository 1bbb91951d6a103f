//! Lines of text: emphasis, links, passages in another language, footnote marks.

use super::url;
use super::writer::Writer;
use crate::compose::Destination;
use crate::model::{Foreign, Inline, InlineKind, LinkId, plain};

impl<'w> Writer<'w> {
    /// Writes pieces of a line.
    pub(super) fn inlines(&mut self, line: &'w [Inline]) {
        line.iter().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: &'w Inline) {
        match &inline.kind {
            InlineKind::Text(text) => self.text(text),
            InlineKind::Emphasis(inner) => self.wrapped("em", inner),
            InlineKind::Strong(inner) => self.wrapped("strong", inner),
            InlineKind::Struck(inner) => self.wrapped("s", inner),
            InlineKind::Code(text) => {
                self.raw("<code>");
                self.quietly(|w| w.text(text));
                self.raw("</code>");
            }
            InlineKind::Link(link, inner) => self.link(*link, inner),
            InlineKind::Picture(picture) => self.picture_in_line(*picture),
            InlineKind::Language(passage) => {
                let Foreign { lang, words } = &**passage;
                // All of its line: the line runs the way of the passage, its marks too.
                self.raw(if self.single { "<span class=\"whole\"" } else { "<span" });
                self.lang_attributes(lang);
                self.raw(">");
                self.within(lang, |w| w.inlines(words));
                self.raw("</span>");
            }
            InlineKind::Note(note) => self.note_mark(*note),
            InlineKind::SoftBreak => {
                self.step();
                self.raw("\n");
            }
            InlineKind::HardBreak => {
                self.step();
                self.raw("<br>\n");
            }
        }
    }

    fn wrapped(&mut self, element: &str, inner: &'w [Inline]) {
        if inner.is_empty() {
            return;
        }
        self.raw("<");
        self.raw(element);
        self.raw(">");
        self.inlines(inner);
        self.raw("</");
        self.raw(element);
        self.raw(">");
    }

    /// A link inside a link, or one that leads nowhere, shows its words.
    fn link(&mut self, link: LinkId, inner: &'w [Inline]) {
        let href = self.href(link).filter(|_| !self.in_link);
        let Some(href) = href else { return self.inlines(inner) };
        self.raw("<a href=\"");
        self.plain(&href);
        self.raw("\"");
        if let Some(number) = self.inside(link) {
            self.raw(&format!(" data-b=\"{number}\""));
        }
        let words = plain(inner);
        if (words.contains("://") || words.starts_with("www.")) && !words.contains(' ') {
            // It may break anywhere; with places to break in it, who hears the page would
            // hear it in as many pieces.
            self.raw(" class=\"address\"");
            self.raw(if self.lang.is_rtl() { " dir=\"ltr\"" } else { "" });
        }
        self.raw(">");
        self.in_link = true;
        if self.names(inner) {
            self.inlines(inner);
        } else {
            // Nothing to read in it: where it leads is the name of the link.
            self.inlines(inner);
            self.plain(href.trim_start_matches("https://"));
        }
        self.in_link = false;
        self.raw("</a>");
    }

    /// Returns where a link leads from this page.
    pub(super) fn href(&self, link: LinkId) -> Option<String> {
        match self.entry.links.get(link.0 as usize)? {
            Destination::Outside(address) => url::outside(address),
            Destination::Page(address, anchor) => {
                let mut href = self.page.link_to(address);
                if let Some(anchor) = anchor {
                    href.push('#');
                    href.push_str(anchor);
                }
                Some(href)
            }
            Destination::Here(anchor) => {
                // An entry may be shown on another page than its own; anchors go along.
                Some(format!("#{anchor}"))
            }
            Destination::File(..) if self.shared.inside.is_some() => Some("#".into()),
            Destination::File(address, page) => {
                let page = page.map(|page| format!("#page={page}")).unwrap_or_default();
                Some(self.page.link_to(address) + &page)
            }
            Destination::Nothing => None,
        }
    }

    /// Returns the number of a file that travels with the page.
    fn inside(&self, link: LinkId) -> Option<usize> {
        match self.entry.links.get(link.0 as usize)? {
            Destination::File(address, _) => Some(self.shared.inside?.number(address)),
            _ => None,
        }
    }

    /// Tells whether pieces of a line say anything to somebody who hears the page.
    fn names(&self, line: &[Inline]) -> bool {
        let mut said = !plain(line).trim().is_empty();
        crate::model::inlines(line, &mut |inline| {
            if let InlineKind::Picture(id) = inline.kind {
                said |= self
                    .entry
                    .pictures
                    .get(&id)
                    .is_some_and(|one| !one.decorative && !one.alt.trim().is_empty());
            }
        });
        said
    }
}
