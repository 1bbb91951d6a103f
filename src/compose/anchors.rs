//! The headings of a page, as links name them: by anchor, or by their words.

use crate::model::{Body, plain};
use crate::text::{fold_key, slug};
use std::collections::HashMap;

/// The headings of one body; made once, however many links ask.
#[derive(PartialEq, Eq)]
pub(super) struct Anchors {
    /// The anchors, in order.
    ids: Vec<String>,
    /// Anchor → its number.
    by_id: HashMap<String, usize>,
    /// Folded words → the first heading that says them.
    by_words: HashMap<String, usize>,
}

impl Anchors {
    /// Gathers the headings of a body.
    pub(super) fn of(body: &Body) -> Anchors {
        let sections = body.all_sections();
        let mut anchors = Anchors {
            ids: Vec::with_capacity(sections.len()),
            by_id: HashMap::with_capacity(sections.len()),
            by_words: HashMap::with_capacity(sections.len()),
        };
        for (at, part) in sections.into_iter().enumerate() {
            anchors.ids.push(part.id.clone());
            anchors.by_id.entry(part.id.clone()).or_insert(at);
            anchors.by_words.entry(fold_key(&plain(&part.title))).or_insert(at);
        }
        anchors
    }

    /// Returns the anchor of the first heading a link may mean.
    pub(super) fn find(&self, typed: &str) -> Option<&str> {
        let found = [
            self.by_id.get(typed),
            self.by_id.get(&slug(typed)),
            self.by_id.get(&slug(&format!("deel {typed}"))),
            self.by_words.get(&fold_key(typed)),
        ];
        let first = found.into_iter().flatten().min()?;
        self.ids.get(*first).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Inline, InlineKind, Section};

    fn body(titles: impl Iterator<Item = String>) -> Body {
        let sections = titles.map(|title| Section {
            span: Default::default(),
            level: 2,
            id: String::new(),
            title: vec![Inline {
                span: Default::default(),
                kind: InlineKind::Text(title),
            }],
            role: Default::default(),
            lang: None,
            audience: Default::default(),
            attributes: Vec::new(),
            blocks: Vec::new(),
            sections: Vec::new(),
        });
        let mut body = Body { sections: sections.collect(), ..Body::default() };
        body.name_sections();
        body
    }

    #[test]
    fn the_first_heading_that_may_be_meant() {
        let titles = ["Kop 2", "Kop", "Kop", "Een Heel Stuk"].map(String::from);
        let anchors = Anchors::of(&body(titles.into_iter()));
        for (typed, found) in [
            ("kop-2", Some("kop-2")),
            ("Kop", Some("kop")),
            ("kop 2", Some("kop-2")),
            ("kop-3", Some("kop-3")),
            ("een heel stuk", Some("een-heel-stuk")),
            ("Weg", None),
        ] {
            assert_eq!(anchors.find(typed), found, "{typed}");
        }
    }

    #[test]
    fn many_headings_and_as_many_links_stay_quick() {
        let anchors = Anchors::of(&body((0..60_000).map(|at| format!("Kop {at}"))));
        for at in 0..60_000 {
            assert_eq!(anchors.find(&format!("Kop {at}")), Some(&*format!("kop-{at}")));
        }
    }
}
