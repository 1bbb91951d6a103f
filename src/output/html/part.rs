//! A body in parts, for templates: what stands before the first heading, the parts, the
//! notes at the end, and the contents of the page.

use super::escape::{self, capital};
use super::writer::Writer;
use crate::kind::headings::title_in;
use crate::kind::words::read_status;
use crate::lang::Lang;
use crate::model::{
    Attribute, Audience, FAMILY, Inline, Key, Kind, Section, Status, plain,
};
use crate::text::{redact, spoken};

/// A body as HTML.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Html {
    /// Before the first heading.
    pub lead: String,
    /// The parts.
    pub parts: Vec<Part>,
    /// The footnotes, a section with its own heading; empty when there are none.
    pub notes: String,
    /// All headings, in order.
    pub contents: Vec<ContentsLine>,
}

/// A line of the contents of a page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ContentsLine {
    /// Level of the heading, 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words: plain text, not escaped.
    pub title: String,
    /// Its language, when it is not the language of the page.
    pub lang: Option<Lang>,
}

/// A part: a heading with what stands below it.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Part {
    /// Its anchor.
    pub id: String,
    /// What it is about, by [`crate::model::Role::name`].
    pub role: &'static str,
    /// Level of the heading, 2 to 6.
    pub level: u8,
    /// The heading, as HTML; empty when the writer left it empty.
    pub title: String,
    /// What stands before the heading for the pages of a booklet; empty on a site.
    #[serde(skip)]
    pub(super) mark: String,
    /// Its language, when it differs from what is around it.
    pub lang: Option<Lang>,
    /// Which way it runs, when its language differs: `ltr` or `rtl`.
    pub dir: Option<&'static str>,
    /// The groups that may read it; empty: everyone.
    pub audience: Vec<String>,
    /// Lines `Kenmerk: waarde` below the heading, without audience and language.
    pub attributes: Vec<AttributeHtml>,
    /// How it stands, when it says so: a name of [`Status`].
    pub status: Option<&'static str>,
    /// Its own blocks, as HTML.
    pub html: String,
    /// Parts inside it.
    pub parts: Vec<Part>,
}

/// A line `Kenmerk: waarde`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AttributeHtml {
    /// Name of the key; empty for a key we do not know.
    pub key: &'static str,
    /// What people read before it: plain text, not escaped.
    pub label: String,
    /// The value, as HTML.
    pub html: String,
    /// For a status we know: its name.
    pub status: Option<&'static str>,
}

impl Html {
    /// Returns everything as one string: parts as nested sections with their headings,
    /// and the notes at the end.
    pub fn all(&self) -> String {
        let mut out = self.lead.clone();
        self.parts.iter().for_each(|part| part.push(&mut out));
        out.push_str(&self.notes);
        out
    }
}

impl Part {
    /// Returns the part with its heading, attributes, blocks and inner parts.
    pub fn all(&self) -> String {
        let mut out = String::with_capacity(self.html.len() + 128);
        self.push(&mut out);
        out
    }

    fn push(&self, out: &mut String) {
        // A section without heading has no name; then it is no section.
        let element = if self.title.is_empty() { "div" } else { "section" };
        out.push_str(&format!("<{element} class=\"part part-{}\" id=\"", self.role));
        escape::push(out, &self.id);
        if let Some(lang) = &self.lang {
            out.push_str("\" lang=\"");
            escape::push(out, lang.tag());
            out.push_str("\" dir=\"");
            out.push_str(lang.dir());
        }
        out.push_str("\">\n");
        out.push_str(&self.mark);
        if !self.title.is_empty() {
            let level = self.level.clamp(2, 6);
            out.push_str(&format!("<h{level}>{}</h{level}>\n", self.title));
        }
        out.push_str(&attribute_list(&self.attributes));
        out.push_str(&self.html);
        self.parts.iter().for_each(|part| part.push(out));
        out.push_str(&format!("</{element}>\n"));
    }
}

/// Returns lines of `Kenmerk: waarde` as one list; empty when there are none.
pub(super) fn attribute_list(list: &[AttributeHtml]) -> String {
    if list.is_empty() {
        return String::new();
    }
    let mut out = String::from("<dl class=\"attributes\">\n");
    for one in list {
        let key = if one.key.is_empty() { "other" } else { one.key };
        out.push_str(&format!("<div class=\"attribute attribute-{key}\"><dt>"));
        escape::push(&mut out, &one.label);
        out.push_str(&format!("</dt><dd>{}</dd></div>\n", one.html));
    }
    out.push_str("</dl>\n");
    out
}

impl<'w> Writer<'w> {
    /// Writes parts, in order; notes are counted over all of them.
    pub(super) fn parts(
        &mut self,
        sections: &'w [Section],
        contents: &mut Vec<ContentsLine>,
    ) -> Vec<Part> {
        sections.iter().map(|section| self.part(section, contents)).collect()
    }

    fn part(&mut self, section: &'w Section, contents: &mut Vec<ContentsLine>) -> Part {
        let around = self.lang;
        if let Some(lang) = &section.lang {
            self.lang = lang;
        }
        let mut words = plain(&section.title);
        let own = title_in(self.lang, section.role, &section.title);
        match own {
            Some(own) => {
                self.plain(&own);
                words = own;
            }
            None => self.quietly(|w| w.line(&section.title)),
        }
        let title = self.take();
        if !words.trim().is_empty() {
            contents.push(ContentsLine {
                level: section.level,
                id: section.id.clone(),
                title: redact(words.trim()).into_owned(),
                lang: match self.lang {
                    lang if lang != self.entry.lang => Some(lang.clone()),
                    lang => spoken(&words, lang.primary()).and_then(Lang::read),
                },
            });
        }
        self.piece();
        let mark = self.take();
        let mut attributes = self.attributes(&section.attributes);
        let outer = std::mem::replace(&mut self.audience, &section.audience);
        if self.audience != outer {
            attributes.splice(..0, self.readers(&section.audience));
        }
        self.pieces(&section.blocks);
        let html = self.take();
        let parts = self.parts(&section.sections, contents);
        (self.lang, self.audience) = (around, outer);
        Part {
            id: section.id.clone(),
            role: section.role.name(),
            level: section.level,
            title,
            mark,
            lang: section.lang.clone(),
            dir: section.lang.as_ref().map(Lang::dir),
            audience: groups(&section.audience),
            status: attributes.iter().find_map(|one| one.status),
            attributes,
            html,
            parts,
        }
    }

    /// Tells the family who may read a part of its plan; nobody else learns of others.
    fn readers(&self, audience: &Audience) -> Option<AttributeHtml> {
        let named = self.shared.named;
        let Audience::Groups(groups) = audience else { return None };
        if named.is_empty() || self.entry.kind != Kind::Plan {
            return None;
        }
        let others = groups.iter().filter(|group| *group != FAMILY);
        let others = others.map(|group| named.get(group).unwrap_or(group).as_str());
        let list: Vec<&str> =
            std::iter::once(self.words.get("plan.family")).chain(others).collect();
        let mut html = String::new();
        escape::push_covered(&mut html, &list.join(", "));
        let label = self.words.get("plan.part-for").to_string();
        Some(AttributeHtml { key: Key::For.name(), label, html, status: None })
    }

    /// Makes lines of `Kenmerk: waarde`. Who may read it and in which language it is show
    /// elsewhere.
    pub(super) fn attributes(&mut self, list: &'w [Attribute]) -> Vec<AttributeHtml> {
        let told = |one: &&Attribute| !matches!(one.key, Some(Key::For | Key::Language));
        list.iter().filter(told).map(|one| self.attribute(one)).collect()
    }

    fn attribute(&mut self, one: &'w Attribute) -> AttributeHtml {
        let before = self.take();
        let status = (one.key == Some(Key::Status))
            .then(|| read_status(&plain(&one.value)))
            .flatten();
        if one.key == Some(Key::Status) {
            self.status(status, &one.value);
        } else {
            self.line(&one.value);
        }
        let html = std::mem::replace(&mut self.out, before);
        let word = one.key.map(|key| format!("field.{}", key.name().replace('_', "-")));
        let known = word.as_deref().map(|key| (key, self.words.get(key)));
        let label = match known {
            Some((key, word)) if key != word => word.to_string(),
            _ => capital(redact(one.name.trim()).as_ref()),
        };
        AttributeHtml {
            key: one.key.map_or("", Key::name),
            label,
            html,
            status: status.map(Status::name),
        }
    }

    /// A status: its word, and a shape beside it.
    pub(super) fn status(&mut self, status: Option<Status>, typed: &'w [Inline]) {
        let name = status.map_or("other", Status::name);
        self.raw("<span class=\"status status-");
        self.raw(name);
        self.raw("\"><span class=\"status-shape\" aria-hidden=\"true\"></span>");
        match status {
            Some(status) => {
                let key = format!("status.{}", status.name());
                self.plain(self.words.get(&key));
            }
            None => self.line(typed),
        }
        self.raw("</span>");
    }
}

/// Returns the names of the groups of an audience; none for everyone.
fn groups(audience: &Audience) -> Vec<String> {
    match audience {
        Audience::Everyone => Vec::new(),
        Audience::Groups(groups) => groups.iter().cloned().collect(),
    }
}
