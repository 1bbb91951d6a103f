//! Parts of a text: a heading with what stands below it, and lines of `Kenmerk: waarde`.

use super::block::weight;
use super::book::anchor;
use super::writer::{DEEPEST, Writer};
use crate::kind::headings::title_in;
use crate::kind::words::read_status;
use crate::model::{Attribute, Key, Role, Section, plain};
use crate::output::html::capital;

impl<'w> Writer<'w> {
    /// Writes parts, in order.
    pub(super) fn parts(&mut self, sections: &'w [Section]) {
        sections.iter().for_each(|section| self.part(section));
    }

    fn part(&mut self, section: &'w Section) {
        self.span = section.span;
        self.piece();
        match &section.lang {
            Some(lang) if *lang != *self.lang => {
                self.code("t.passage(");
                self.language(lang);
                self.block_of(|w| w.within(lang, |w| w.framed(section)));
                self.code(");\n");
            }
            _ => self.framed(section),
        }
    }

    /// A part of which the heading has a meaning gets its frame; the others have none.
    fn framed(&mut self, section: &'w Section) {
        let role = section.role;
        let frame = matches!(
            role,
            Role::Important
                | Role::Needs
                | Role::Solution
                | Role::Question
                | Role::Goal
                | Role::Green
                | Role::Orange
                | Role::Red
                | Role::ThisWay
                | Role::RatherNot
                | Role::TryThis
        );
        if !frame || self.depth > DEEPEST {
            self.heading(section);
            self.inside(section);
            return;
        }
        self.code(&format!("t.section(\"{}\", ", role.name()));
        self.block_of(|w| w.heading(section));
        self.code(", ");
        self.depth += 1;
        self.block_of(|w| {
            w.inside(section);
            let question = matches!(role, Role::Important | Role::Needs | Role::Solution);
            if question && section.blocks.is_empty() && section.sections.is_empty() {
                w.code("t.writing-space();\n");
            }
        });
        self.depth -= 1;
        let short = whole(section) <= self.book.paper.short;
        self.code(&format!(", short: {short});\n"));
    }

    fn inside(&mut self, section: &'w Section) {
        self.attributes(&section.attributes);
        self.pieces(&section.blocks);
        self.parts(&section.sections);
    }

    /// The heading; nothing when the writer left it empty.
    fn heading(&mut self, section: &'w Section) {
        let words = plain(&section.title);
        if words.trim().is_empty() {
            return;
        }
        let lang = section.lang.as_ref().unwrap_or(self.entry.lang);
        let own = title_in(lang, section.role, &section.title);
        // Level 2 stands right below the title of the text.
        let level = (self.base + section.level.max(2) - 1).min(6);
        self.code(&format!("t.head({level}, "));
        match own {
            Some(own) => self.block_of(|w| w.say(&own)),
            None => self.block_of(|w| w.quietly(|w| w.line(&section.title))),
        }
        let place = anchor(self.id, &section.id);
        self.code(", id: ");
        super::literal::push_exact(&mut self.out, &place);
        self.code(");\n");
    }

    /// Lines of `Kenmerk: waarde`. Who may read it and in which language it is show
    /// elsewhere.
    pub(super) fn attributes(&mut self, list: &'w [Attribute]) {
        let told = |one: &&Attribute| !matches!(one.key, Some(Key::For | Key::Language));
        let list: Vec<&'w Attribute> = list.iter().filter(told).collect();
        if list.is_empty() {
            return;
        }
        self.code("t.facts((");
        for one in list {
            self.span = one.span;
            let label = self.label(one);
            self.code("(");
            self.literal(&label);
            self.code(", ");
            if one.key == Some(Key::Status) && !one.value.is_empty() {
                self.status(read_status(&plain(&one.value)), &one.value);
            } else {
                self.block_of(|w| w.line(&one.value));
            }
            self.code("),");
        }
        self.code("));\n");
    }

    fn label(&self, one: &Attribute) -> String {
        let key = one.key.map(|key| format!("field.{}", key.name().replace('_', "-")));
        match key.as_deref().map(|key| (key, self.words.get(key))) {
            Some((key, word)) if key != word => word.to_string(),
            _ => capital(one.name.trim()),
        }
    }
}

/// Returns how much room a part takes with all inside it, in letters.
fn whole(section: &Section) -> usize {
    let inner: usize = section.sections.iter().map(whole).sum();
    80 + section.attributes.len() * 60 + weight(&section.blocks, 0) + inner
}
