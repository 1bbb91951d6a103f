//! What was noticed before: after an edit one text is looked at again, and not ten thousand.
//!
//! A memory changes no result. What a check that looks at one text alone found stands as
//! long as that text, its source, the day and what the site says are the same.

use crate::model::{Library, Settings, Text};
use crate::problem::Problem;
use crate::text::{Source, SourceId};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;

/// What was found about something.
pub(super) type Found = Arc<Vec<Problem>>;

/// What checks found when they looked last.
#[derive(Default)]
pub struct Memory {
    asked: Option<Asked>,
    texts: HashMap<Place, KnownText>,
    sources: HashMap<Place, KnownSource>,
}

/// Where something lies in memory: a name, as long as somebody holds it.
type Place = usize;

/// What was asked, beside the texts.
#[derive(Debug, PartialEq)]
pub(super) struct Asked {
    today: Date,
    hints: bool,
    settings: Settings,
    own_words: String,
}

impl Asked {
    /// On a day, about a library, with word hints or without.
    pub(super) fn of(library: &Library, today: Date, hints: bool) -> Asked {
        let mut settings = library.settings.clone();
        // No check that looks at one text alone asks where these stand.
        settings.theme_span = None;
        settings.menu.clear();
        let own_words = library.own_words.clone();
        Asked { today, hints, settings, own_words }
    }
}

struct KnownText {
    text: Arc<Text>,
    source: Arc<Source>,
    found: Found,
}

struct KnownSource {
    id: SourceId,
    source: Arc<Source>,
    found: Found,
}

impl Memory {
    /// Forgets all, when something else is asked than before.
    pub(super) fn ask(&mut self, asked: Asked) {
        if self.asked.as_ref() != Some(&asked) {
            *self = Memory { asked: Some(asked), ..Memory::default() };
        }
    }

    /// Returns what was found about a text, when it is still the same.
    pub(super) fn of_text(&self, library: &Library, text: &Arc<Text>) -> Option<Found> {
        let known = self.texts.get(&tree(text))?;
        let source = shared(library, text.source)?;
        let same = Arc::ptr_eq(&known.source, source) && known.text == *text;
        same.then(|| Arc::clone(&known.found))
    }

    /// Returns what was found about a source, when it is still the same.
    pub(super) fn of_source(&self, id: SourceId, source: &Arc<Source>) -> Option<Found> {
        let known = self.sources.get(&place(source))?;
        let same = Arc::ptr_eq(&known.source, source) && known.id == id;
        same.then(|| Arc::clone(&known.found))
    }

    /// Keeps what was found now about each text and each source of a library, and forgets
    /// all else.
    pub(super) fn keep(&mut self, library: &Library, texts: &[Found], sources: &[Found]) {
        let known = |(text, found): (&Arc<Text>, &Found)| {
            let (text, found) = (Arc::clone(text), Arc::clone(found));
            let source = Arc::clone(shared(library, text.source)?);
            Some((tree(&text), KnownText { text, source, found }))
        };
        self.texts = library.texts.iter().zip(texts).filter_map(known).collect();
        let all = library.sources.shared().iter().zip(sources).enumerate();
        let known = |(at, (source, found)): (usize, (&Arc<Source>, &Found))| {
            let (source, found) = (Arc::clone(source), Arc::clone(found));
            let id = SourceId(at as u32);
            (place(&source), KnownSource { id, source, found })
        };
        self.sources = all.map(known).collect();
    }
}

fn shared(library: &Library, id: SourceId) -> Option<&Arc<Source>> {
    library.sources.shared().get(id.0 as usize)
}

/// Returns where the tree of a text lies: reading again makes a new text around it.
fn tree(text: &Text) -> Place {
    text.body.place()
}

fn place(source: &Arc<Source>) -> Place {
    Arc::as_ptr(source) as Place
}
